from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.ground.people import rules as people
from maeul.ground.people.texts import REFUSALS as PEOPLE_REFUSALS
from maeul.ground.thread import actions as thread
from maeul.voice.agenda import rules
from maeul.voice.agenda.actions.moving import locked, move, tell_authors
from maeul.voice.agenda.rules import Category, State
from maeul.voice.agenda.texts import REFUSALS


@transaction.atomic
def triage(*, item, category, by, at):
    """Take a sentence in: from now on it is a public agenda item of its dong."""
    item = locked(item)
    category = Category(category)
    refuse_if(
        rules.why_not_triage(
            state=State(item.state), own=by.pk == item.author_id, category=category
        ),
        REFUSALS,
    )
    move(
        item,
        State.TRIAGED,
        verb="triaged",
        title=_("의제로 받아들였습니다"),
        text=item.title,
        by=by,
        at=at,
        due_in="agenda.answer_days",
        is_public=True,
        category=category,
    )
    tell_authors(
        item,
        at=at,
        text=_(
            "이제 누구나 보고 공감할 수 있습니다. 다음 연석회의에서 함께 살펴보고, 어떻게 되었는지"
            " 다시 알려 드립니다."
        ),
    )
    return item


@transaction.atomic
def decline(*, item, reason, by, at):
    """Say no, with the reason.

    What a department has reviewed was public and stays so with its answer; anything earlier is
    between its author and the staff (a refusal is nobody else's matter).
    """
    item = locked(item)
    refuse_if(
        rules.why_not_answer(
            state=State(item.state),
            to=State.DECLINED,
            own=by.pk == item.author_id,
            reason=reason,
        ),
        REFUSALS,
    )
    stays = item.state == State.REVIEWED
    move(
        item,
        State.DECLINED,
        verb="declined",
        title=_("하기 어렵다고 답했습니다"),
        text=reason,
        by=by,
        at=at,
        is_public=stays,
        answer=reason,
    )
    tell_authors(item, at=at, text=reason)
    return item


@transaction.atomic
def fix(*, item, answer, by, at):
    """It needed no meeting: an officer had it done at once, and says what."""
    item = locked(item)
    refuse_if(
        rules.why_not_answer(
            state=State(item.state), to=State.FIXED, own=by.pk == item.author_id, reason=answer
        ),
        REFUSALS,
    )
    move(
        item,
        State.FIXED,
        verb="fixed",
        title=_("바로 고쳤습니다"),
        text=answer,
        by=by,
        at=at,
        is_public=True,
        answer=answer,
    )
    tell_authors(item, at=at, text=answer)
    return item


@transaction.atomic
def park(*, item, reason, until, by, at):
    """Put it aside until a day; then it stands in the worklist again."""
    item = locked(item)
    refuse_if(
        rules.why_not_park(
            state=State(item.state),
            own=by.pk == item.author_id,
            reason=reason,
            until=until,
            today=timezone.localdate(at),
        ),
        REFUSALS,
    )
    move(
        item,
        State.PARKED,
        verb="parked",
        title=_("잠시 미루었습니다"),
        text=reason,
        by=by,
        at=at,
        answer=reason,
    )
    item.due_on = until
    item.save(update_fields=["due_on"])
    tell_authors(item, at=at, text=reason)
    return item


@transaction.atomic
def resume(*, item, by, at):
    """Take out again what was put aside."""
    item = locked(item)
    refuse_if(
        rules.why_not_resume(state=State(item.state)),
        REFUSALS,
    )
    move(
        item,
        State.TRIAGED,
        verb="resumed",
        title=_("다시 꺼냈습니다"),
        by=by,
        at=at,
        due_in="agenda.answer_days",
        answer="",
    )
    tell_authors(item, at=at, title=_("미루었던 의제를 다시 꺼냈습니다"))
    return item


@transaction.atomic
def give_back(*, item, how, by, at):
    """Note that somebody without an account was told in person, and forget how to reach them."""
    item = locked(item)
    refuse_if(rules.why_not_give_back(owed=item.owes_an_answer_by_mouth, how=how), REFUSALS)
    refuse_if(people.why_not_write(how), PEOPLE_REFUSALS)
    item.given_back_at, item.reach, item.due_on = at, "", None
    item.save(update_fields=["given_back_at", "reach", "due_on"])
    audit.note("agenda.given_back", on=item, by=by, at=at)
    thread.note(
        thread=item.thread,
        step="agenda.given_back",
        title=_("답을 직접 전했습니다"),
        text=how,
        link=item.get_absolute_url(),
        state=str(item.state_label),
        public=False,
        by=by,
        at=at,
    )
    return item
