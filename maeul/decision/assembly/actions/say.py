"""What every act of an assembly has in common: its row, the trail, the thread, the index."""

from maeul.core.money import in_words
from maeul.core.refusal import refuse_if
from maeul.decision.assembly.models import Assembly
from maeul.decision.assembly.texts import REFUSALS
from maeul.ground.audit import actions as audit
from maeul.ground.search import actions as search
from maeul.ground.thread import actions as thread
from maeul.vault.record import actions as record


def locked(assembly):
    """The row as it is now, held until the end of the deed."""
    return Assembly.objects.select_for_update(of=["self"]).complete().get(pk=assembly.pk)


def refuse(no):
    refuse_if(no, REFUSALS)


def say(assembly, verb, title, *, by, at, text="", **facts):
    """Trail and thread.  Residents read it from the announcement on."""
    audit.note(f"assembly.{verb}", on=assembly, by=by, at=at, **facts)
    thread.note(
        thread=assembly.thread,
        step=f"assembly.{verb}",
        title=title,
        text=text,
        link=assembly.get_absolute_url(),
        state=str(assembly.get_state_display()),
        public=assembly.is_public,
        by=by,
        at=at,
    )


def register(assembly, kind, title, *, by, at):
    return record.register(
        kind=kind,
        title=title % assembly.title,
        link=assembly.get_absolute_url(),
        public=True,
        dong=assembly.dong,
        by=by,
        at=at,
    )


def index(assembly):
    """What one can find it by: its questions and all that stands on the ballot."""
    limits = [question.limit_won for question in assembly.questions.all() if question.limit_won]
    words = [assembly.place, *(in_words(limit) for limit in limits)]
    for question in assembly.questions.in_order():
        words.append(question.title)
        words.extend(question.tabled.values_list("boxed__title", flat=True).order_by("boxed"))
    search.put(
        link=assembly.get_absolute_url(),
        kind="assembly",
        title=assembly.title,
        text="\n".join(words),
        on=assembly.held_on,
        dong=assembly.dong,
        cost_won=sum(limits) or None,
        state=str(assembly.get_state_display()),
        thread=assembly.thread,
    )


def day(on):
    return f"{on.month}월 {on.day}일"
