from django.db import transaction
from django.utils.translation import gettext as _

from maeul.core.refusal import refuse_if
from maeul.ground.thread import actions as thread
from maeul.voice.agenda import rules
from maeul.voice.agenda.actions.moving import (
    count_supporters,
    due,
    leading_of,
    locked,
    move,
    say,
    tell_authors,
)
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.agenda.rules import State
from maeul.voice.agenda.texts import REFUSALS


@transaction.atomic
def merge(*, item, into, by, at):
    """Gather a sentence, and all that were gathered under it, under another matter.

    A sentence nobody had taken in yet becomes public with it.
    """
    item, into = locked(item, leading_of(into))
    refuse_if(
        rules.why_not_merge(
            state=State(item.state),
            own=by.pk == item.author_id,
            into_state=State(into.state),
            same_dong=item.dong_id == into.dong_id,
        ),
        REFUSALS,
    )
    thread.join(thread=item.thread, into=into.thread, by=by, at=at)
    item.thread.refresh_from_db()
    stood = State.TRIAGED if item.state == State.CAPTURED else item.state
    move(
        item,
        State.MERGED,
        verb="merged",
        title=_("‘%(title)s’에 함께 모았습니다") % {"title": into.title},
        text=item.title,
        by=by,
        at=at,
        is_public=True,
        state_before_merge=stood,
    )
    count_supporters(item)
    _tell_only(
        item,
        at=at,
        text=_("뜻이 같은 의제 ‘%(title)s’에서 함께 다룹니다. 결과도 알려 드립니다.")
        % {"title": into.title},
    )
    return item


@transaction.atomic
def unmerge(*, item, by, at):
    """Undo a merge: the sentence stands where it stood before."""
    item, leading = locked(item, leading_of(item))
    refuse_if(
        rules.why_not_unmerge(state=State(item.state), into_state=State(leading.state)), REFUSALS
    )
    stood = State(item.state_before_merge)
    thread.part(thread=item.thread, by=by, at=at)
    item.thread.refresh_from_db()
    move(
        item,
        stood,
        verb="unmerged",
        title=_("모임에서 풀었습니다"),
        by=by,
        at=at,
        due_in="agenda.answer_days",
    )
    count_supporters(item)
    count_supporters(leading)
    item.refresh_from_db()
    _tell_only(item, at=at, text="", title=_("의제를 다시 따로 다룹니다"))
    return item


@transaction.atomic
def split(*, item, title, by, at, text=""):
    """Take one wish out of a sentence that held two: a child with its own thread."""
    item = locked(item)
    refuse_if(rules.why_not_split(state=State(item.state), title=title), REFUSALS)
    title = title.strip()
    child = AgendaItem.objects.create(
        thread=thread.open(
            title=title,
            dong=item.dong,
            by=by,
            at=at,
            opened_by=item.author,
            origins=[item.thread],
        ),
        dong=item.dong,
        title=title,
        text=text,
        category=item.category,
        source=item.source,
        place=item.place,
        longitude=item.longitude,
        latitude=item.latitude,
        author=item.author,
        shows_name=item.shows_name,
        entered_by=item.entered_by,
        reach=item.reach,
        state=State.TRIAGED,
        is_public=True,
        captured_at=item.captured_at,
        moved_at=at,
        due_on=due(item.dong, "agenda.answer_days", at),
    )
    say(
        child,
        verb="split",
        title=_("‘%(title)s’에서 나누었습니다") % {"title": item.title},
        by=by,
        at=at,
    )
    say(
        item,
        verb="gave_a_part",
        title=_("‘%(title)s’를 따로 나누었습니다") % {"title": child.title},
        by=by,
        at=at,
    )
    _tell_only(child, at=at, text="", title=_("의제 하나를 둘로 나누었습니다"))
    return child


def _tell_only(item, *, at, text, title=None):
    """The author of this very sentence; the others of the matter have no news."""
    tell_authors(item, at=at, text=text, title=title, whole_matter=False)
