from datetime import datetime, timedelta

import pytest

from maeul.core.no import No
from maeul.works.grant import rules
from maeul.works.grant.rules import PaymentState, State, Why

NOON = datetime(2026, 1, 5, 12)
FIFTEEN = timedelta(days=15)


def test_a_call_stays_open_for_the_days_of_the_ordinance():
    call = {"at": NOON, "opens_at": NOON, "shortest": FIFTEEN}
    assert rules.why_not_call(closes_at=NOON + FIFTEEN, **call) is None
    assert rules.why_not_call(closes_at=NOON + FIFTEEN - timedelta(minutes=1), **call) == No(
        Why.CALL_TOO_SHORT, days=15
    )
    call["opens_at"] = NOON - timedelta(minutes=1)
    assert rules.why_not_call(closes_at=NOON + FIFTEEN, **call) == No(Why.CALL_IN_THE_PAST)


REQUEST = {
    "by_grant": True,
    "under_way": True,
    "standing": False,
    "call_open": True,
    "requested_won": 100,
    "allocated_won": 100,
}


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({}, None),
        ({"by_grant": False}, No(Why.NOT_BY_GRANT)),
        ({"under_way": False}, No(Why.PROJECT_NOT_UNDER_WAY)),
        ({"standing": True}, No(Why.ALREADY_REQUESTED)),
        ({"call_open": False}, No(Why.CALL_NOT_OPEN)),
        ({"requested_won": 0}, No(Why.NOT_POSITIVE)),
        ({"requested_won": 101}, No(Why.ABOVE_ALLOCATED, allocated=100)),
    ],
)
def test_a_project_asks_for_no_more_than_it_was_given(facts, answer):
    assert rules.why_not_request(**{**REQUEST, **facts}) == answer


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({}, None),
        ({"own": True}, No(Why.OWN_REQUEST)),
        ({"granted_won": 0}, No(Why.NOT_POSITIVE)),
        ({"granted_won": 101}, No(Why.ABOVE_REQUESTED, requested=100)),
        ({"state": State.GRANTED}, No(Why.ALREADY_ANSWERED)),
        ({"state": State.REFUSED}, No(Why.ALREADY_ANSWERED)),
    ],
)
def test_another_decides_on_no_more_than_was_requested(facts, answer):
    decision = {"state": State.REQUESTED, "own": False, "granted_won": 100, "requested_won": 100}
    assert rules.why_not_decide(**{**decision, **facts}) == answer


def test_a_refusal_has_its_reason_and_is_not_ones_own():
    facts = {"state": State.REQUESTED, "own": False}
    assert rules.why_not_refuse(reason="기한이 지나", **facts) is None
    assert rules.why_not_refuse(reason="", **facts) == No(Why.NO_REASON)
    assert rules.why_not_refuse(state=State.REQUESTED, own=True, reason="-") == No(Why.OWN_REQUEST)
    assert rules.why_not_refuse(state=State.PAID, own=False, reason="-") == No(Why.ALREADY_ANSWERED)


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({}, None),
        ({"state": State.PAID}, None),
        ({"state": State.REQUESTED}, No(Why.NOT_NOW)),
        ({"won": 0}, No(Why.NOT_POSITIVE)),
        ({"granted_left": 49}, No(Why.ABOVE_GRANTED, left=49)),
        ({"source_left": 49}, No(Why.ABOVE_SOURCE, left=49)),
    ],
)
def test_instalments_keep_within_the_decision_and_each_source(facts, answer):
    payment = {"state": State.GRANTED, "won": 50, "granted_left": 50, "source_left": 50}
    assert rules.why_not_prepare(**{**payment, **facts}) == answer


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({}, None),
        ({"state": State.PAID}, None),
        ({"payment": PaymentState.PAID}, No(Why.ALREADY_ANSWERED)),
        ({"payment": PaymentState.DROPPED}, No(Why.ALREADY_ANSWERED)),
        ({"own": True}, No(Why.OWN_PAYMENT)),
        ({"state": State.CANCELLED}, No(Why.NOT_NOW)),
        ({"under_way": False}, No(Why.PROJECT_NOT_UNDER_WAY)),
        ({"granted_left": 49}, No(Why.ABOVE_GRANTED, left=49)),
        ({"notice": False}, No(Why.NO_NOTICE)),
    ],
)
def test_a_payment_takes_two_people_and_the_banks_paper(facts, answer):
    payment = {
        "state": State.GRANTED,
        "payment": PaymentState.PREPARED,
        "own": False,
        "won": 50,
        "granted_left": 50,
        "notice": True,
        "under_way": True,
    }
    assert rules.why_not_pay(**{**payment, **facts}) == answer


def test_only_a_prepared_payment_is_dropped_with_its_reason():
    assert rules.why_not_drop(payment=PaymentState.PREPARED, reason="잘못") is None
    assert rules.why_not_drop(payment=PaymentState.PREPARED, reason="") == No(Why.NO_REASON)
    assert rules.why_not_drop(payment=PaymentState.PAID, reason="-") == No(Why.ALREADY_ANSWERED)


def test_a_decision_is_cancelled_with_its_reason():
    assert rules.why_not_cancel(state=State.PAID, reason="사업을 못 함") is None
    assert rules.why_not_cancel(state=State.PAID, reason=" ") == No(Why.NO_REASON)
    assert rules.why_not_cancel(state=State.REQUESTED, reason="-") == No(Why.NOT_NOW)


def test_a_grant_closes_when_every_won_that_is_due_came_back():
    close = {"state": State.PAID, "settled": True}
    assert rules.why_not_close(due_back_won=0, **close) is None
    assert rules.why_not_close(due_back_won=1, **close) == No(Why.STILL_DUE, due=1)
    assert rules.why_not_close(state=State.PAID, settled=False, due_back_won=0) == No(
        Why.NOT_SETTLED
    )
    assert rules.why_not_close(state=State.GRANTED, settled=True, due_back_won=0) == No(Why.NOT_NOW)
