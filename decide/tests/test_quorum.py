from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.errors import Code, DecideError
from decide.quorum import (
    HALF,
    TWO_THIRDS,
    Quorum,
    needed,
    of_members,
    of_population,
    reached,
    turnout,
)

shares = st.fractions(min_value=0, max_value=1, max_denominator=1000)
people = st.integers(min_value=0, max_value=300_000)


@pytest.mark.parametrize(
    ("members", "majority"), [(1, 1), (2, 2), (24, 13), (25, 13), (26, 14), (50, 26)]
)
def test_more_than_half_is_strict(members, majority):
    assert needed(members, more_than=HALF) == majority
    assert reached(majority, members, more_than=HALF)
    assert not reached(majority - 1, members, more_than=HALF)


@pytest.mark.parametrize(
    ("members", "votes"), [(1, 1), (2, 2), (3, 2), (24, 16), (25, 17), (26, 18)]
)
def test_at_least_two_thirds_rounds_up(members, votes):
    assert needed(members, at_least=TWO_THIRDS) == votes
    assert reached(votes, members, at_least=TWO_THIRDS)
    assert not reached(votes - 1, members, at_least=TWO_THIRDS)


def test_half_of_an_even_number_meets_at_least_half_and_not_more_than_half():
    assert reached(12, 24, at_least=HALF)
    assert not reached(12, 24, more_than=HALF)


@given(people, shares)
def test_needed_is_the_smallest_number_that_reaches_the_share(eligible, share):
    enough = needed(eligible, at_least=share)
    assert enough >= eligible * share
    assert enough == 0 or enough == 1 or enough - 1 < eligible * share
    passed = needed(eligible, more_than=share)
    assert passed > eligible * share
    assert passed - 1 <= eligible * share


@given(shares)
def test_nobody_never_makes_a_quorum(share):
    assert not reached(0, 0, more_than=share)
    assert share == 0 or not reached(0, 0, at_least=share)


def test_half_a_percent_of_a_dong_is_counted_in_whole_people():
    assert of_population(22_700, share=Decimal("0.005")) == 114  # 113.5
    assert of_population(22_800, share=Fraction(1, 200)) == 114  # exactly 114
    assert of_population(22_801, share=Fraction(1, 200)) == 115


def test_three_times_the_members_is_a_quorum_of_people():
    assert of_members(47, times=3) == 141


def test_a_quorum_says_how_many_were_missing():
    assert Quorum(present=113, needed=114).missing == 1
    assert not Quorum(present=113, needed=114).reached
    assert Quorum(present=114, needed=114).reached
    assert Quorum(present=200, needed=114).missing == 0


def test_turnout_is_exact():
    assert turnout(1, 3) == Fraction(1, 3)
    assert turnout(0, 0) == 0


def test_more_voters_than_electors_are_refused():
    with pytest.raises(DecideError) as refused:
        turnout(4, 3)
    assert refused.value.code is Code.OUT_OF_RANGE


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"eligible": 25, "at_least": 0.5}, Code.INEXACT),
        ({"eligible": 25.0, "at_least": HALF}, Code.INEXACT),
        ({"eligible": True, "at_least": HALF}, Code.INEXACT),
        ({"eligible": -1, "at_least": HALF}, Code.NEGATIVE),
        ({"eligible": 25, "at_least": Fraction(-1, 2)}, Code.OUT_OF_RANGE),
        ({"eligible": 25, "at_least": Fraction(3, 2)}, Code.OUT_OF_RANGE),
        ({"eligible": 25}, Code.ONE_OF_TWO),
        ({"eligible": 25, "at_least": HALF, "more_than": HALF}, Code.ONE_OF_TWO),
    ],
)
def test_a_threshold_that_cannot_be_counted_is_refused(arguments, code):
    with pytest.raises(DecideError) as refused:
        needed(**arguments)
    assert refused.value.code is code
