from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.approval import Invalid
from decide.errors import Code, DecideError
from decide.properties import order_of_ballots_does_not_matter
from decide.ranking import Unranked, borda

OPTIONS = "abcd"
ballots = st.lists(
    st.lists(st.sampled_from(OPTIONS), unique=True, min_size=1), min_size=1, max_size=8
)
treatments = st.sampled_from(Unranked)


def test_bordas_own_example_has_another_winner_than_first_places_alone():
    # Borda 1784 as retold by Black 1958: 21 voters, a leads in first places and is last for 13
    cast = [["a", "b", "c"]] + [["a", "c", "b"]] * 7 + [["b", "c", "a"]] * 7 + [["c", "b", "a"]] * 6
    result = borda(cast, options="abc", ties="abc", worths=[3, 2, 1])
    assert {r.option: (r.points, r.firsts) for r in result.ranking} == {
        "a": (37, 8),
        "b": (42, 7),
        "c": (47, 6),
    }
    assert result.winners == ("c",)


def test_what_is_not_ranked_shares_the_points_that_are_left_or_gets_nothing():
    nothing = borda([["a"]], options=OPTIONS, ties=OPTIONS)
    shared = borda([["a"]], options=OPTIONS, ties=OPTIONS, unranked=Unranked.SHARED)
    assert [r.points for r in nothing.ranking] == [3, 0, 0, 0]
    assert [r.points for r in shared.ranking] == [3, 1, 1, 1]  # (2 + 1 + 0) / 3


def test_the_treatment_of_unranked_options_can_change_the_winner():
    cast = [["a"], ["a"], ["b", "c", "a"], ["b", "c", "a"], ["c", "a", "b"]]
    worths = [3, 2, 0]
    nothing = borda(cast, options="abc", ties="abc", worths=worths)
    shared = borda(cast, options="abc", ties="abc", worths=worths, unranked=Unranked.SHARED)
    assert {r.option: r.points for r in nothing.ranking} == {"a": 8, "b": 6, "c": 7}
    assert {r.option: r.points for r in shared.ranking} == {"a": 8, "b": 8, "c": 9}
    assert (nothing.winners, shared.winners) == (("a",), ("c",))


def test_ballots_that_break_a_limit_are_told_by_their_reason():
    cast = [["a", "a"], ["x"], ["a", "b", "c"], [], ["a", "b"]]
    result = borda(cast, options=OPTIONS, ties=OPTIONS, at_most=2)
    assert (result.valid, result.blank, result.invalid) == (1, 1, 3)
    assert result.why_invalid == {
        Invalid.CHOSEN_TWICE: 1,
        Invalid.UNKNOWN_OPTION: 1,
        Invalid.TOO_MANY: 1,
    }


def test_a_lower_place_may_not_be_worth_more():
    with pytest.raises(DecideError) as refused:
        borda([["a"]], options=OPTIONS, ties=OPTIONS, worths=[1, 2])
    assert refused.value.code is Code.OUT_OF_RANGE


@given(ballots, treatments, st.integers(1, 3))
def test_missing_ballots_are_the_fewest_that_suffice(cast, unranked, seats):
    def count(some):
        return borda(some, options=OPTIONS, ties=OPTIONS, seats=seats, unranked=unranked)

    for standing in count(cast).ranking:
        if standing.won:
            assert standing.missing_ballots == 0
            continue
        more = [[standing.option]] * standing.missing_ballots
        assert standing.option in count(cast + more).winners
        assert standing.option not in count(cast + more[1:]).winners


@given(ballots, treatments)
def test_the_order_of_ballots_does_not_matter(cast, unranked):
    assert order_of_ballots_does_not_matter(
        lambda some: borda(some, options=OPTIONS, ties=OPTIONS, seats=2, unranked=unranked), cast
    )


@given(ballots)
def test_shared_points_hand_out_the_same_sum_on_every_ballot(cast):
    result = borda(cast, options=OPTIONS, ties=OPTIONS, unranked=Unranked.SHARED)
    assert sum(r.points for r in result.ranking) == Fraction(6 * len(cast))
