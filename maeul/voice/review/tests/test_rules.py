from datetime import date, timedelta
from itertools import product

import pytest

from maeul.core.no import No
from maeul.voice.agenda.rules import State as ItemState
from maeul.voice.review import rules
from maeul.voice.review.rules import MOVES, State, Verdict, Why

DUE = date(2026, 5, 26)


@pytest.mark.parametrize("state", ItemState)
def test_departments_are_asked_between_triage_and_the_draft(state):
    why = rules.why_not_ask(item_state=state, already=False, question="되나요?")
    allowed = state in (ItemState.TRIAGED, ItemState.IN_REVIEW, ItemState.REVIEWED)
    assert why == (None if allowed else No(Why.NOT_UP_FOR_REVIEW))


def test_a_department_is_asked_once_at_a_time_and_in_words():
    how = {"item_state": "triaged"}
    assert rules.why_not_ask(already=True, question="되나요?", **how) == No(Why.ALREADY_ASKED)
    assert rules.why_not_ask(already=False, question=" ", **how) == No(Why.QUESTION_MISSING)


@pytest.mark.parametrize(("state", "to"), [*product(State, State)])
def test_an_answer_is_given_once(state, to):
    assert (rules.why_not_move(state=state, to=to) is None) == (to in MOVES[state])


@pytest.mark.parametrize(
    ("verdict", "reason", "cost", "answer"),
    [
        (Verdict.FEASIBLE, "", None, None),
        (Verdict.INFEASIBLE, "", None, No(Why.REASON_MISSING)),
        (Verdict.INFEASIBLE, " ", None, No(Why.REASON_MISSING)),
        (Verdict.INFEASIBLE, "땅이 시의 것", None, None),
        (Verdict.DUPLICATE, "", None, No(Why.REASON_MISSING)),
        (Verdict.TRANSFER, "", None, No(Why.REASON_MISSING)),
        (Verdict.ADJUST, "낮은 등으로", None, No(Why.COST_MISSING)),
        (Verdict.ADJUST, "", 0, No(Why.REASON_MISSING)),
        (Verdict.ADJUST, "낮은 등으로", 0, None),
    ],
)
def test_all_but_a_plain_yes_say_why_and_an_adjustment_what_it_costs(verdict, reason, cost, answer):
    given = {"state": State.ASKED, "own": False}
    assert (
        rules.why_not_answer(verdict=verdict, reason=reason, adjusted_cost_won=cost, **given)
        == answer
    )


def test_nobody_judges_their_own_item():
    assert rules.why_not_answer(
        state=State.ASKED, verdict=Verdict.FEASIBLE, reason="", adjusted_cost_won=None, own=True
    ) == No(Why.OWN_ITEM)


@pytest.mark.parametrize(
    ("to", "asked_there", "answer"),
    [
        (2, False, None),
        (None, False, No(Why.DEPARTMENT_MISSING)),
        (1, False, No(Why.SAME_DEPARTMENT)),
        (2, True, No(Why.THERE_ALREADY)),
    ],
)
def test_a_transfer_names_another_department_that_is_not_asked_yet(to, asked_there, answer):
    assert rules.why_not_transfer(to=to, here=1, asked_there=asked_there) == answer


@pytest.mark.parametrize(
    ("days", "reminded", "answer"),
    [
        (0, None, No(Why.NOT_LATE_YET, due_on=DUE)),
        (1, None, None),
        (1, 1, No(Why.REMINDED_TODAY)),
        (2, 1, None),
    ],
)
def test_a_department_is_reminded_from_the_day_after_and_once_a_day(days, reminded, answer):
    why = rules.why_not_remind(
        state=State.ASKED,
        due_on=DUE,
        reminded_on=None if reminded is None else DUE + timedelta(days=reminded),
        today=DUE + timedelta(days=days),
    )
    assert why == answer
