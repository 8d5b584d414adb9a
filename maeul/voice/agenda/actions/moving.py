"""What every move of an item has in common: its row, the trail, the thread, the index, the news."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.ground.law.models import Provision
from maeul.ground.notice import actions as notice
from maeul.ground.people import rules as people
from maeul.ground.people.texts import REFUSALS as PEOPLE_REFUSALS
from maeul.ground.search import actions as search
from maeul.ground.thread import actions as thread
from maeul.voice.agenda import rules, texts
from maeul.voice.agenda.models import AgendaItem, Support
from maeul.voice.agenda.rules import State
from maeul.voice.agenda.texts import REFUSALS


def locked(*items):
    """The rows as they are now, held until the end of the deed; in one order, so nobody waits
    for somebody who waits for them."""
    rows = (
        AgendaItem.objects.select_for_update(of=["self"])
        .complete()
        .order_by("pk")
        .in_bulk([item.pk for item in items])
    )
    found = [rows[item.pk] for item in items]
    return found[0] if len(found) == 1 else found


def leading_of(item):
    """The item that stands for its matter now, whatever the caller's copy remembers."""
    return AgendaItem.objects.get(thread__family__agenda_item=item.pk)


def move(item, to, *, verb, by, at, title="", text="", link="", due_in=None, **changes):
    """Bring a locked item into a state.

    `title`, `text` and `link` are what its thread says of it (no title: whoever moved it says it
    there), `due_in` the provision that says when staff owes the next move (none: nobody does),
    `changes` other columns that change with the state.
    """
    refuse_if(rules.why_not_move(state=State(item.state), to=to), REFUSALS)
    item.state, item.moved_at = to, at
    for column, value in {"state_before_merge": "", "outcome": "", **changes}.items():
        setattr(item, column, value)
    if item.owes_an_answer_by_mouth:
        due_in = "agenda.answer_days"
    item.due_on = due(item.dong, due_in, at) if due_in else None
    item.save()
    say(item, verb=verb, title=title, by=by, at=at, text=text, link=link)
    return item


def say(item, *, verb, title, by, at, text="", link="", public=None):
    """Trail, thread (if there is a title) and index; `public` is as the item unless said
    otherwise, `link` leads to the item unless more is to be read elsewhere."""
    refuse_if(people.why_not_write(text), PEOPLE_REFUSALS)
    audit.note(f"agenda.{verb}", on=item, by=by, at=at, state=str(item.state))
    if title:
        thread.note(
            thread=item.thread,
            step=f"agenda.{verb}",
            title=title,
            text=text,
            link=link or item.get_absolute_url(),
            state=str(item.state_label),
            public=item.is_public if public is None else public,
            by=by,
            at=at,
        )
    index(item)


def index(item):
    """The index knows what is public and nothing else."""
    if not item.is_public:
        search.take_away(link=item.get_absolute_url())
        return
    search.put(
        link=item.get_absolute_url(),
        kind="agenda",
        title=item.title,
        text=f"{item.text}\n{item.place}".strip(),
        on=timezone.localdate(item.captured_at),
        dong=item.dong,
        category=str(item.get_category_display()),
        point=item.point,
        state=str(item.state_label),
        contact=_("%(dong)s 주민센터") % {"dong": item.dong},
        thread=item.thread,
    )


def tell_authors(item, *, at, text="", title=None, whole_matter=True):
    """Whoever said it hears of it, and whoever's sentence was gathered under it."""
    title = str(title or texts.NEWS[item.state])
    said = [item]
    if whole_matter:
        said = AgendaItem.objects.of_matter(item.thread).select_related("author")
    authors = {one.author_id: one.author for one in said if one.author_id}
    for author in authors.values():
        notice.tell(
            person=author,
            title=title,
            text=f"‘{item.title}’\n\n{text}".strip(),
            link=item.get_absolute_url(),
            at=at,
        )


def due(dong, key, at):
    """The day until which something is owed."""
    days = Provision.objects.in_force(dong=dong, at=at)[key].days()
    return timezone.localdate(at) + max(days, timedelta(0))


def count_supporters(item):
    """Write down how many different people stand behind the matter of this item."""
    leading = AgendaItem.objects.leading_in(item.thread)
    AgendaItem.objects.filter(pk=leading.pk).update(
        supporter_count=Support.objects.supporters(item.thread)
    )
