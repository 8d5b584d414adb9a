from django.db import transaction

from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.ground.audit.models import name_of
from maeul.ground.thread import rules
from maeul.ground.thread.models import Join, Origin, Step, Thread
from maeul.ground.thread.texts import REFUSALS


@transaction.atomic
def open(*, title, dong, by, at, opened_by=None, origins=()):
    """Open a thread.  `opened_by` is the person whose matter it is (may be nobody with an account);
    `origins` are the threads it was made of."""
    thread = Thread.objects.create(title=title, dong=dong, opened_by=opened_by, opened_at=at)
    thread.root = thread
    thread.save(update_fields=["root"])
    Origin.objects.bulk_create(Origin(thread=thread, source=source) for source in origins)
    audit.note("thread.opened", on=thread, by=by, at=at)
    return thread


@transaction.atomic
def trace(*, thread, origins, by, at):
    """Name the threads that this one was made of, once it is settled what they are (a plan is
    opened empty and filled).  Those that are named already stay."""
    named = Origin.objects.filter(thread=thread).values_list("source", flat=True)
    Origin.objects.bulk_create(
        Origin(thread=thread, source=source) for source in origins if source.pk not in set(named)
    )
    audit.note("thread.traced", on=thread, by=by, at=at)


def note(*, thread, step, title, link, public, by, at, text="", state=""):
    """Add a step.  `step` is `concept.verb`, `link` the address of the thing, `state` its word now.

    `public` is asked each time: a refusal, a moderation or an appeal is for the opener of this
    very thread and its dong's staff alone.
    """
    return Step.objects.create(
        thread=thread,
        step=step,
        title=title,
        text=text,
        link=link,
        state=state,
        public=public,
        by=name_of(by),
        at=at,
    )


@transaction.atomic
def join(*, thread, into, by, at):
    """Make `thread` part of the matter of `into`.  Its steps stay its own; reading is by root."""
    thread, into = _locked(thread, into)
    refuse_if(
        rules.why_not_join(
            root=thread.root_id,
            into_root=into.root_id,
            joined=thread.joins.filter(ended_at=None).exists(),
        ),
        REFUSALS,
    )
    joined = Join.objects.create(thread=thread, into=into, joined_at=at)
    Thread.objects.filter(root=thread.root_id).update(root=into.root_id)
    audit.note("thread.joined", on=thread, by=by, at=at, into=into.pk)
    return joined


@transaction.atomic
def part(*, thread, by, at):
    """Take a thread out again of the matter it was joined into; it leads its own family again."""
    (thread,) = _locked(thread)
    joined = thread.joins.filter(ended_at=None).first()
    refuse_if(rules.why_not_part(joined=joined is not None), REFUSALS)
    joined.ended_at = at
    joined.save(update_fields=["ended_at"])
    family = _below(thread)
    Thread.objects.filter(pk__in=family).update(root=thread)
    audit.note("thread.parted", on=thread, by=by, at=at)


def _locked(*threads):
    rows = Thread.objects.select_for_update().order_by("pk").in_bulk([t.pk for t in threads])
    return [rows[thread.pk] for thread in threads]


def _below(thread):
    """The thread and all that were joined into it and still are."""
    family, news = {thread.pk}, {thread.pk}
    while news:
        news = set(
            Join.objects.filter(into__in=news, ended_at=None).values_list("thread", flat=True)
        )
        family |= news
    return family
