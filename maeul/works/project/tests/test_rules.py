from datetime import date, timedelta

import pytest

from maeul.core.no import No
from maeul.works.project import rules
from maeul.works.project.rules import ANSWERS, MOVES, Asked, Figures, State, Why, reached

DAY = date(2026, 4, 2)
SPENDING = {
    "state": State.STARTED,
    "amount_won": 100,
    "vat_won": 0,
    "payee": "조명 가게",
    "purpose": "담장 등 12개",
    "evidence": 1,
    "paid_on": DAY,
    "starts_on": date(2026, 3, 1),
    "today": DAY,
    "line_left": 100,
    "purse_left": 100,
}


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({}, None),
        ({"state": State.SUSPENDED}, No(Why.NOT_NOW)),
        ({"amount_won": 0}, No(Why.NOT_POSITIVE)),
        ({"amount_won": -1}, No(Why.NOT_POSITIVE)),
        ({"vat_won": 99}, None),
        ({"vat_won": 100}, No(Why.VAT_TOO_HIGH)),
        ({"vat_won": -1}, No(Why.VAT_TOO_HIGH)),
        ({"evidence": 0}, No(Why.NO_EVIDENCE)),
        ({"line_left": 99}, No(Why.LINE_TOO_SMALL, left=99)),
        ({"purse_left": 99}, No(Why.PURSE_TOO_SMALL, left=99)),
        ({"paid_on": date(2026, 3, 1)}, None),
        (
            {"paid_on": date(2026, 2, 28)},
            No(Why.PAID_OUTSIDE_THE_PERIOD, starts=date(2026, 3, 1), today=DAY),
        ),
        (
            {"paid_on": DAY + timedelta(days=1)},
            No(Why.PAID_OUTSIDE_THE_PERIOD, starts=date(2026, 3, 1), today=DAY),
        ),
    ],
)
def test_a_receipt_is_taken_with_evidence_within_line_purse_and_time(facts, answer):
    assert rules.why_not_ask_spending(**{**SPENDING, **facts}) == answer


@pytest.mark.parametrize(
    ("payee", "answer"),
    [
        ("조명 가게 12345678", None),  # eight digits: a phone number without its area
        ("김 씨 123456789", No(Why.ACCOUNT_NUMBER)),
        ("국민 110-123-456 789", No(Why.ACCOUNT_NUMBER)),
    ],
)
def test_account_numbers_stay_out_of_the_books(payee, answer):
    assert rules.why_not_ask_spending(**{**SPENDING, "payee": payee}) == answer
    assert rules.why_not_ask_spending(**{**SPENDING, "purpose": payee}) == answer


def test_nobody_approves_their_own():
    for verb, state in (("approve", Asked.ASKED), ("send_back", Asked.ASKED)):
        assert rules.why_not_answer(verb=verb, state=state, own=True) == No(Why.OWN_REQUEST)
        assert rules.why_not_answer(verb=verb, state=state, own=False) is None


def test_what_was_answered_is_not_answered_again():
    for state in set(Asked) - {Asked.ASKED}:
        assert rules.why_not_answer(verb="approve", state=state, own=False) == No(
            Why.ALREADY_ANSWERED
        )
    assert ANSWERS[Asked.APPROVED] == {"take_back"}


def test_spent_never_passes_received_and_interest_is_not_for_spending():
    figures = Figures(received=100, spent=40, interest=9, refunded=0)
    approve = {
        "state": Asked.ASKED,
        "own": False,
        "project_state": State.STARTED,
        "figures": figures,
    }
    assert rules.why_not_approve_spending(amount_won=60, **approve) is None
    assert rules.why_not_approve_spending(amount_won=61, **approve) == No(
        Why.PURSE_TOO_SMALL, left=60
    )
    assert (figures.held, figures.due, figures.principal_due) == (69, 69, 60)


def test_lines_together_keep_within_the_money():
    line = {"state": State.STARTED, "planned_won": 60, "money_won": 100}
    assert rules.why_not_plan_line(amount_won=40, **line) is None
    assert rules.why_not_plan_line(amount_won=41, **line) == No(Why.LINES_ABOVE_MONEY, left=40)
    assert rules.why_not_plan_line(amount_won=0, **line) == No(Why.NOT_POSITIVE)


def test_a_project_starts_once_and_may_last_a_single_day():
    assert rules.why_not_start(started=False, starts_on=DAY, ends_on=DAY) is None
    assert rules.why_not_start(started=True, starts_on=DAY, ends_on=DAY) == No(Why.ALREADY_STARTED)
    assert rules.why_not_start(started=False, starts_on=DAY, ends_on=DAY - timedelta(days=1)) == No(
        Why.ENDS_BEFORE_IT_STARTS
    )


def test_each_verb_is_allowed_exactly_where_the_table_says():
    verbs = {verb for moves in MOVES.values() for verb in moves.values()}
    for state in State:
        for verb in verbs:
            no = rules.why_not_move(verb=verb, state=state)
            assert (no is None) == (reached(verb, state) is not None)
    assert rules.why_not_move(verb="cancel", state=State.STARTED, reason=" ") == No(Why.NO_REASON)


def test_a_project_with_open_steps_is_not_complete():
    done = {"state": State.STARTED, "report": "마쳤습니다"}
    assert rules.why_not_complete(open_steps=0, **done) is None
    assert rules.why_not_complete(open_steps=1, **done) == No(Why.STEPS_OPEN, steps=1)


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({}, None),
        ({"state": State.CANCELLED}, None),
        ({"state": State.STARTED}, No(Why.NOT_NOW)),
        ({"settling": True}, No(Why.ALREADY_SETTLING)),
        ({"open_spendings": 2}, No(Why.SPENDING_OPEN, count=2)),
        ({"open_changes": 1}, No(Why.CHANGE_OPEN)),
    ],
)
def test_an_account_is_handed_in_when_nothing_is_open(facts, answer):
    at_rest = {
        "state": State.COMPLETED,
        "open_spendings": 0,
        "open_changes": 0,
        "settling": False,
    }
    assert rules.why_not_ask_settlement(**{**at_rest, **facts}) == answer


def test_money_goes_back_after_the_settlement_with_the_banks_paper():
    assert rules.why_not_refund(settled=True, due_won=1, evidence=True) is None
    assert rules.why_not_refund(settled=True, due_won=0, evidence=True) == No(Why.NOTHING_DUE)
    assert rules.why_not_refund(settled=True, due_won=1, evidence=False) == No(Why.NO_EVIDENCE)
    assert rules.why_not_refund(settled=False, due_won=1, evidence=True) == No(Why.NOT_NOW)


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        (State.STARTED, None),
        (State.SUSPENDED, None),
        (State.COMPLETED, None),
        (State.CANCELLED, None),
        (State.SETTLED, No(Why.NOT_NOW)),
        (State.SHARED, No(Why.NOT_NOW)),
    ],
)
def test_the_banks_word_is_noted_until_the_project_is_settled(state, answer):
    assert rules.why_not_note(state=state, won=1, evidence=True) == answer


def test_the_banks_word_needs_a_sum_and_a_paper():
    assert rules.why_not_note(state=State.STARTED, won=0, evidence=True) == No(Why.NOT_POSITIVE)
    assert rules.why_not_note(state=State.STARTED, won=1, evidence=False) == No(Why.NO_EVIDENCE)


CHANGE = {
    "state": State.STARTED,
    "reason": "값이 올라서",
    "changes": True,
    "same_line": False,
    "won": 50,
    "line_left": 50,
    "starts_on": DAY,
    "ends_on": None,
    "change_open": False,
}


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({}, None),
        ({"won": 51}, No(Why.LINE_TOO_SMALL, left=50)),
        ({"won": -1}, No(Why.NOT_POSITIVE)),
        ({"reason": ""}, No(Why.NO_REASON)),
        ({"changes": False}, No(Why.NOTHING_CHANGES)),
        ({"same_line": True}, No(Why.NOT_A_DIFFERENT_LINE)),
        ({"change_open": True}, No(Why.CHANGE_OPEN)),
        ({"ends_on": DAY}, None),
        ({"ends_on": DAY - timedelta(days=1)}, No(Why.ENDS_BEFORE_IT_STARTS)),
        ({"state": State.COMPLETED}, No(Why.NOT_NOW)),
    ],
)
def test_a_change_moves_only_what_a_line_still_has(facts, answer):
    assert rules.why_not_ask_change(**{**CHANGE, **facts}) == answer


def test_a_change_is_approved_only_while_the_line_still_has_the_won():
    approve = {"state": Asked.ASKED, "own": False, "won": 50}
    assert rules.why_not_approve_change(line_left=50, **approve) is None
    assert rules.why_not_approve_change(line_left=49, **approve) == No(
        Why.LINE_ALREADY_USED, left=49
    )


@pytest.mark.parametrize(
    ("minutes", "on", "answer"),
    [
        (1, DAY, None),
        (1_440, DAY, None),
        (0, DAY, No(Why.NOT_MINUTES_OF_A_DAY)),
        (1_441, DAY, No(Why.NOT_MINUTES_OF_A_DAY)),
        (60, DAY + timedelta(days=1), No(Why.OUTSIDE_THE_PERIOD, starts=DAY)),
        (60, DAY - timedelta(days=1), No(Why.OUTSIDE_THE_PERIOD, starts=DAY)),
    ],
)
def test_time_is_given_on_a_day_of_the_project_that_has_come(minutes, on, answer):
    assert rules.why_not_work(minutes=minutes, on=on, joined_on=DAY, today=DAY) == answer


def test_an_offer_of_another_matter_is_no_door_to_this_project():
    way = {"state": State.STARTED, "inside": False}
    assert rules.why_not_take_in(of_this_matter=True, **way) is None
    assert rules.why_not_take_in(of_this_matter=False, **way) == No(Why.OFFER_OF_ANOTHER_MATTER)
    assert rules.why_not_take_in(state=State.STARTED, inside=True, of_this_matter=True) == No(
        Why.ALREADY_IN
    )
