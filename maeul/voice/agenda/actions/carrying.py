"""The way from the meeting to the ballot.  Most of these are called from the floors above."""

from django.db import transaction
from django.utils.translation import gettext as _

from maeul.core.refusal import refuse_if
from maeul.voice.agenda import rules, texts
from maeul.voice.agenda.actions.moving import locked, move, say, tell_authors
from maeul.voice.agenda.rules import Outcome, State
from maeul.voice.agenda.texts import REFUSALS


@transaction.atomic
def send_to_review(*, item, by, at, text=""):
    """A department was asked; `text` is what their author hears, on the thread `review` says it."""
    item = locked(item)
    move(item, State.IN_REVIEW, verb="sent_to_review", by=by, at=at)
    tell_authors(item, at=at, text=text)
    return item


@transaction.atomic
def call_back(*, item, by, at):
    """Every question to a department was taken back before an answer came; `review` says it."""
    item = locked(item)
    refuse_if(rules.why_not_call_back(state=State(item.state)), REFUSALS)
    return move(
        item,
        State.TRIAGED,
        verb="called_back",
        by=by,
        at=at,
        due_in="agenda.answer_days",
    )


@transaction.atomic
def mark_reviewed(*, item, by, at, text=""):
    """All departments that were asked have answered; `text` is what their author hears, on the
    thread `review` says each answer."""
    item = locked(item)
    move(
        item,
        State.REVIEWED,
        verb="reviewed",
        by=by,
        at=at,
        due_in="agenda.answer_days",
    )
    tell_authors(item, at=at, text=text)
    return item


@transaction.atomic
def draft(*, item, by, at, text=""):
    """It stands in a draft of the plan (said by `plan`)."""
    item = locked(item)
    move(
        item,
        State.DRAFTED,
        verb="drafted",
        title=_("자치계획 안에 담았습니다"),
        text=text,
        by=by,
        at=at,
    )
    tell_authors(item, at=at, text=text)
    return item


@transaction.atomic
def undraft(*, item, by, at, text=""):
    """It was taken out of the draft again."""
    item = locked(item)
    refuse_if(rules.why_not_undraft(state=State(item.state)), REFUSALS)
    move(
        item,
        State.REVIEWED,
        verb="undrafted",
        title=_("자치계획 안에서 뺐습니다"),
        text=text,
        by=by,
        at=at,
        due_in="agenda.answer_days",
    )
    tell_authors(item, at=at, text=text, title=_("의제를 자치계획 안에서 뺐습니다"))
    return item


@transaction.atomic
def table(*, item, by, at, text=""):
    """It is on a ballot (said by `assembly`)."""
    item = locked(item)
    move(
        item,
        State.TABLED,
        verb="tabled",
        title=_("투표에 올렸습니다"),
        text=text,
        by=by,
        at=at,
    )
    tell_authors(item, at=at, text=text)
    return item


@transaction.atomic
def untable(*, item, by, at, text=""):
    """It was taken off the ballot before anybody decided."""
    item = locked(item)
    refuse_if(rules.why_not_untable(state=State(item.state)), REFUSALS)
    move(
        item,
        State.DRAFTED,
        verb="untabled",
        title=_("투표에서 내렸습니다"),
        text=text,
        by=by,
        at=at,
    )
    tell_authors(item, at=at, text=text, title=_("의제를 투표에서 내렸습니다"))
    return item


@transaction.atomic
def decide(*, item, outcome, by, at, text="", link=""):
    """What the residents decided; `text` says why in a sentence, `link` leads to the result."""
    item = locked(item)
    outcome = Outcome(outcome)
    titles = {
        Outcome.CHOSEN: _("주민이 선정했습니다"),
        Outcome.NOT_CHOSEN: _("이번에는 선정되지 않았습니다"),
        Outcome.AGAIN: _("이번에는 선정되지 않았고 다음 해에 다시 올릴 수 있습니다"),
    }
    move(
        item,
        State.DECIDED,
        verb="decided",
        title=titles[outcome],
        text=text,
        link=link,
        by=by,
        at=at,
        outcome=outcome,
    )
    tell_authors(item, at=at, text="\n".join(filter(None, [titles[outcome] + ".", text])))
    return item


@transaction.atomic
def mark_again(*, item, by, at, text=""):
    """Not chosen, but worth another year."""
    item = locked(item)
    refuse_if(
        rules.why_not_come_again(
            state=State(item.state), outcome=_outcome(item), wanted=Outcome.NOT_CHOSEN
        ),
        REFUSALS,
    )
    item.outcome, item.moved_at = Outcome.AGAIN, at
    item.save(update_fields=["outcome", "moved_at"])
    say(
        item,
        verb="marked_again",
        title=_("다음 해에 다시 올릴 수 있습니다"),
        text=text,
        by=by,
        at=at,
    )
    tell_authors(item, at=at, text=text, title=texts.OUTCOMES[Outcome.AGAIN])
    return item


@transaction.atomic
def bring_again(*, item, by, at):
    """A new year: what may come again is gathered again."""
    item = locked(item)
    refuse_if(
        rules.why_not_come_again(
            state=State(item.state), outcome=_outcome(item), wanted=Outcome.AGAIN
        ),
        REFUSALS,
    )
    move(
        item,
        State.TRIAGED,
        verb="brought_again",
        title=_("새해의 의제로 다시 올렸습니다"),
        by=by,
        at=at,
        due_in="agenda.answer_days",
    )
    tell_authors(item, at=at, title=_("의제를 새해에 다시 올렸습니다"))
    return item


def _outcome(item):
    return Outcome(item.outcome) if item.outcome else None
