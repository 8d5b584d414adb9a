import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.approval import Invalid, choose, count
from decide.errors import Code, DecideError
from decide.properties import order_of_ballots_does_not_matter
from decide.ties import by_seed

OPTIONS = ("1", "2", "3", "4", "5")
ballots = st.lists(st.lists(st.sampled_from([*OPTIONS, "9"]), max_size=6), max_size=25)
tallies = st.dictionaries(
    st.sampled_from("abcdefgh"), st.integers(min_value=0, max_value=6), min_size=1
)


def test_every_ballot_is_valid_blank_or_invalid_with_its_reason():
    counted = count(
        [["1"], ["1", "2"], [], ["1", "1"], ["9"], ["1", "2", "3"]], options=OPTIONS, at_most=2
    )
    assert counted.votes == {"1": 2, "2": 1, "3": 0, "4": 0, "5": 0}
    assert (counted.valid, counted.blank, counted.invalid) == (2, 1, 3)
    assert counted.why_invalid == {
        Invalid.UNKNOWN_OPTION: 1,
        Invalid.CHOSEN_TWICE: 1,
        Invalid.TOO_MANY: 1,
    }


def test_both_edges_of_the_limits_on_number():
    counted = count([["1"], ["1", "2"], ["1", "2", "3"]], options=OPTIONS, at_least=2, at_most=2)
    assert counted.valid == 1
    assert counted.why_invalid == {Invalid.TOO_FEW: 1, Invalid.TOO_MANY: 1}


def test_a_ballot_may_spend_its_limit_to_the_last_won_and_no_further():
    costs = {"1": 600, "2": 400, "3": 401}
    counted = count([["1", "2"], ["1", "3"]], options=costs, costs=costs, cost_at_most=1000)
    assert counted.votes == {"1": 1, "2": 1, "3": 0}
    assert counted.why_invalid == {Invalid.TOO_DEAR: 1}


def test_a_ballot_that_has_to_spend_a_sum_spends_at_least_that():
    costs = {"1": 600, "2": 400, "3": 399}
    counted = count([["1", "2"], ["1", "3"]], options=costs, costs=costs, cost_at_least=1000)
    assert counted.votes == {"1": 1, "2": 1, "3": 0}
    assert counted.why_invalid == {Invalid.TOO_CHEAP: 1}


@given(ballots)
def test_the_equations_of_a_count_hold(cast):
    counted = count(cast, options=OPTIONS, at_most=3)
    assert counted.ballots == len(cast)
    assert counted.choices <= 3 * counted.valid
    assert sum(counted.why_invalid.values()) == counted.invalid


@given(ballots)
def test_the_order_of_ballots_does_not_matter(cast):
    assert order_of_ballots_does_not_matter(
        lambda some: choose(count(some, options=OPTIONS, at_most=3).votes, seats=2, ties=OPTIONS),
        cast,
    )


def test_the_tie_list_decides_who_takes_the_last_seat():
    votes = {"a": 5, "b": 3, "c": 3, "d": 1}
    assert choose(votes, seats=2, ties=["a", "b", "c", "d"]).winners == ("a", "b")
    result = choose(votes, seats=2, ties=["d", "c", "b", "a"])
    assert result.winners == ("a", "c")
    [tie] = result.ties
    assert (tie.options, tie.votes, tie.decisive) == (("c", "b"), 3, True)


def test_a_tie_that_changes_no_winner_stands_in_the_result_all_the_same():
    [tie] = choose({"a": 3, "b": 3, "c": 1}, seats=2, ties="abc").ties
    assert tie.options == ("a", "b")
    assert not tie.decisive


def test_equal_votes_share_a_rank():
    ranking = choose({"a": 3, "b": 3, "c": 1, "d": 0}, seats=1, ties="abcd").ranking
    assert [standing.rank for standing in ranking] == [1, 1, 3, 4]


def test_without_seats_everybody_with_the_minimum_wins():
    result = choose({"a": 10, "b": 9, "c": 8}, minimum=9, ties="abc")
    assert result.winners == ("a", "b")
    assert [(s.missing_votes, s.spare_votes) for s in result.ranking] == [(0, 1), (0, 0), (1, 0)]


def test_an_option_that_nobody_chose_does_not_win_an_empty_seat():
    assert choose({"a": 1, "b": 0}, seats=2, ties="ab").winners == ("a",)
    assert choose({"a": 1, "b": 0}, seats=2, ties="ab", minimum=0).winners == ("a", "b")


@given(
    tallies,
    st.one_of(st.none(), st.integers(min_value=1, max_value=9)),
    st.integers(min_value=0, max_value=4),
    st.text(max_size=3),
)
def test_margins_are_what_choosing_again_finds(votes, seats, minimum, seed):
    ties = by_seed(votes.keys(), seed=seed)

    def wins(option, number):
        return (
            option
            in choose({**votes, option: number}, seats=seats, minimum=minimum, ties=ties).winners
        )

    for standing in choose(votes, seats=seats, minimum=minimum, ties=ties).ranking:
        option, have = standing.option, votes[standing.option]
        if standing.won:
            assert standing.missing_votes == 0
            assert all(wins(option, have - lost) for lost in range(standing.spare_votes + 1))
            assert have == standing.spare_votes or not wins(option, have - standing.spare_votes - 1)
        else:
            assert standing.spare_votes == 0
            tries = [number for number in range(have, 12) if wins(option, number)]
            assert standing.missing_votes == tries[0] - have > 0


@given(tallies, st.integers(min_value=1, max_value=9), st.text(max_size=3))
def test_a_tie_is_decisive_exactly_when_another_order_gives_other_winners(votes, seats, seed):
    ties = by_seed(votes.keys(), seed=seed)
    result = choose(votes, seats=seats, ties=ties)
    for tie in result.ties:
        turned = [option for option in ties if option not in tie.options]
        orders = [[*tie.options[n:], *tie.options[:n], *turned] for n in range(len(tie.options))]
        other = any(
            set(choose(votes, seats=seats, ties=order).winners) != set(result.winners)
            for order in orders
        )
        assert tie.decisive == other


@pytest.mark.parametrize("ties", [["a"], ["a", "b", "b"], ["a", "b", "c"]])
def test_a_tie_list_that_does_not_name_every_option_once_is_refused(ties):
    with pytest.raises(DecideError) as refused:
        choose({"a": 1, "b": 1}, seats=1, ties=ties)
    assert refused.value.code is Code.NOT_THE_SAME_OPTIONS


def test_no_seats_at_all_are_refused():
    with pytest.raises(DecideError) as refused:
        choose({"a": 1}, seats=0, ties="a")
    assert refused.value.code is Code.OUT_OF_RANGE


def test_the_input_stays_untouched():
    votes, ties = {"b": 1, "a": 2}, ["b", "a"]
    choose(votes, seats=1, ties=ties)
    assert (list(votes.items()), ties) == ([("b", 1), ("a", 2)], ["b", "a"])
