from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maeul.core.no import No
from maeul.decision.budget.rules import (
    RoundState,
    Why,
    drawn_from,
    why_not_allocate,
    why_not_appropriate,
    why_not_change,
    why_not_found,
    why_not_open_round,
    why_not_put,
)


@pytest.mark.parametrize(
    ("until_on", "answer"),
    [
        (None, None),
        (date(2018, 1, 2), None),
        (date(2018, 1, 1), No(Why.ENDS_BEFORE_IT_STARTS)),
    ],
)
def test_a_stream_starts_before_it_ends(until_on, answer):
    assert why_not_found(from_on=date(2018, 1, 1), until_on=until_on) == answer


@pytest.mark.parametrize(
    ("from_on", "until_on", "answer"),
    [
        (date(2026, 12, 31), None, None),
        (date(2027, 1, 1), None, No(Why.STREAM_NOT_IN_FORCE, year="2026")),
        (date(2018, 1, 1), date(2026, 1, 2), None),
        (date(2018, 1, 1), date(2026, 1, 1), No(Why.STREAM_NOT_IN_FORCE, year="2026")),
    ],
)
def test_a_stream_gives_money_for_years_it_is_in_force_in(from_on, until_on, answer):
    assert answer == why_not_appropriate(
        year=2026, from_on=from_on, until_on=until_on, amount_won=1, taken=False
    )


def test_an_appropriation_is_positive_and_made_once():
    year = {"year": 2026, "from_on": date(2018, 1, 1), "until_on": None}
    assert why_not_appropriate(**year, amount_won=0, taken=False) == No(Why.NOT_POSITIVE)
    assert why_not_appropriate(**year, amount_won=1, taken=True) == No(Why.ALREADY_APPROPRIATED)


@pytest.mark.parametrize(
    ("amount", "reason", "answer"),
    [
        (60, "추경", None),
        (59, "추경", No(Why.BELOW_WHAT_IS_BOUND, bound=60)),
        (-1, "추경", No(Why.NOT_POSITIVE)),
        (100, "추경", No(Why.SAME_AMOUNT)),
        (120, " ", No(Why.NO_REASON)),
    ],
)
def test_an_appropriation_changes_with_a_reason_and_not_below_what_is_bound(amount, reason, answer):
    assert answer == why_not_change(amount_won=amount, now_won=100, bound_won=60, reason=reason)


@pytest.mark.parametrize(
    ("purses", "limit", "answer"),
    [
        ([(True, True, 30), (True, True, 20)], 50, None),
        ([(True, True, 30), (True, True, 20)], 51, No(Why.LIMIT_ABOVE_MONEY, held=50, limit=51)),
        ([(True, True, 30)], 0, No(Why.NOT_POSITIVE)),
        ([], 10, No(Why.NO_APPROPRIATION)),
        ([(False, True, 30)], 10, No(Why.OTHER_DONG_OR_YEAR)),
        ([(True, False, 30)], 10, No(Why.ALREADY_IN_A_ROUND)),
    ],
)
def test_a_round_promises_no_more_than_its_free_money(purses, limit, answer):
    assert why_not_open_round(purses=purses, limit_won=limit) == answer


def test_a_round_is_put_before_residents_of_its_dong_once():
    assert why_not_put(state=RoundState.OPEN, same_dong=True) is None
    assert why_not_put(state=RoundState.OPEN, same_dong=False) == No(Why.OTHER_ASSEMBLY)
    for later in (RoundState.ASKED, RoundState.ALLOCATED):
        assert why_not_put(state=later, same_dong=True) == No(Why.ALREADY_ASKED)


def test_only_a_published_result_within_the_limit_gives_won():
    asked = {"state": RoundState.ASKED, "limit_won": 100}
    assert why_not_allocate(published=True, chosen_won=[60, 40], **asked) is None
    assert why_not_allocate(published=True, chosen_won=[], **asked) is None
    assert why_not_allocate(published=True, chosen_won=[60, 41], **asked) == No(
        Why.CHOSEN_ABOVE_LIMIT, chosen=101, limit=100
    )
    assert why_not_allocate(published=False, chosen_won=[60], **asked) == No(Why.NOT_PUBLISHED)
    assert why_not_allocate(published=True, chosen_won=[0], **asked) == No(Why.NOT_POSITIVE)
    assert why_not_allocate(
        state=RoundState.OPEN, published=True, chosen_won=[60], limit_won=100
    ) == No(Why.NOT_ASKED)


@given(held=st.lists(st.integers(0, 50), min_size=1, max_size=4), data=st.data())
def test_every_won_given_comes_out_of_exactly_one_purse(held, data):
    wons, left = [], sum(held)
    while left and len(wons) < 5:
        wons.append(data.draw(st.integers(1, left)))
        left -= wons[-1]
    purses = list(enumerate(held))
    shares = drawn_from(purses, wons)
    assert [sum(part for _purse, part in parts) for parts in shares] == wons
    for purse, had in purses:
        assert sum(part for parts in shares for name, part in parts if name == purse) <= had
