import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide import scoring
from decide.approval import Invalid, choose
from decide.errors import Code, DecideError
from decide.properties import order_of_ballots_does_not_matter

OPTIONS = ("1", "2", "3")
ballots = st.lists(
    st.dictionaries(st.sampled_from([*OPTIONS, "9"]), st.integers(-1, 6), max_size=4), max_size=20
)


@pytest.mark.parametrize(
    ("points", "why"),
    [
        ({"1": 5}, None),
        ({"1": 4, "2": 2}, Invalid.TOO_MANY_POINTS),
        ({"1": 3}, Invalid.TOO_FEW_POINTS),
        ({"9": 5}, Invalid.UNKNOWN_OPTION),
        ({"1": 6, "2": -1}, Invalid.POINTS_OUT_OF_RANGE),
        ({"1": 2, "2": 2, "3": 1}, Invalid.TOO_MANY),
    ],
)
def test_a_cumulative_ballot_has_to_hand_out_its_points(points, why):
    found = scoring.why_invalid(
        points, options=OPTIONS, total_at_least=4, total_at_most=5, each_at_most=5, at_most=2
    )
    assert found is why


def test_a_score_ballot_may_give_every_option_the_most_but_no_more():
    counted = scoring.count(
        [{"1": 5, "2": 5, "3": 5}, {"1": 6}], options=OPTIONS, each_at_most=5, at_least=1
    )
    assert counted.votes == {"1": 5, "2": 5, "3": 5}
    assert counted.why_invalid == {Invalid.POINTS_OUT_OF_RANGE: 1}


def test_half_points_are_refused():
    with pytest.raises(DecideError) as refused:
        scoring.count([{"1": 0.5}], options=OPTIONS)
    assert refused.value.code is Code.INEXACT


@given(ballots)
def test_every_ballot_is_valid_blank_or_invalid_and_the_sums_add_up(cast):
    counted = scoring.count(cast, options=OPTIONS, total_at_most=8)
    assert counted.ballots == len(cast)
    assert counted.choices <= 8 * counted.valid


@given(ballots)
def test_the_order_of_ballots_does_not_matter(cast):
    def rule(some):
        return choose(scoring.count(some, options=OPTIONS).votes, seats=1, ties=OPTIONS)

    assert order_of_ballots_does_not_matter(rule, cast)
