from hypothesis import given, settings
from hypothesis import strategies as st

from decide.budgeting.phragmen import tally
from decide.budgeting.profile import Profile
from decide.properties import never_overspends
from decide.tests import reference
from decide.tests.test_equal_shares import elections


def profile_of(ballots, costs, budget):
    return Profile.from_ballots([list(ballot) for ballot in ballots], costs, budget)


@settings(max_examples=200)
@given(elections())
def test_winners_are_those_of_the_definition(election):
    ballots, costs, budget, ties = election
    result = tally(profile_of(*election[:3]), ties=ties, explain=True)
    assert list(result.winners) == reference.phragmen(ballots, costs, budget, ties=ties)
    assert never_overspends(result.winners, costs=costs, budget=budget)
    loads = [step.load for step in result.steps]
    assert loads == sorted(loads)


@given(elections(), st.randoms(), st.integers(2, 10**30))
def test_neither_the_order_of_ballots_nor_the_unit_of_money_matters(election, random, factor):
    ballots, costs, budget, ties = election
    result = tally(profile_of(ballots, costs, budget), ties=ties)
    shuffled = random.sample(ballots, len(ballots))
    assert tally(profile_of(shuffled, costs, budget), ties=ties) == result
    scaled = {name: cost * factor for name, cost in costs.items()}
    other = tally(profile_of(ballots, scaled, budget * factor), ties=ties)
    assert other.winners == result.winners


def test_it_ends_at_the_first_project_that_would_be_bought_and_does_not_fit():
    ballots = [["a"], ["a"], ["b"], ["b"], ["c"]]
    profile = Profile.from_ballots(ballots, {"a": 6, "b": 8, "c": 5}, budget=13)
    assert tally(profile, ties=["a", "b", "c"]).winners == ("a",)


def test_a_tie_with_a_project_that_does_not_fit_ends_it_too():
    profile = Profile.from_ballots([["a"], ["b"], ["c"]], {"a": 1, "b": 3, "c": 3}, budget=4)
    result = tally(profile, ties=["a", "b", "c"])
    assert result.winners == ("a", "b")
    [tie] = result.ties
    assert (tie.options, tie.value, tie.after) == (("b", "c"), 3, 1)
    profile = Profile.from_ballots([["a"], ["b"], ["c"]], {"a": 1, "b": 3, "c": 3}, budget=3)
    assert tally(profile, ties=["a", "b", "c"]).winners == ("a",)


def test_two_groups_are_served_in_turn():
    """Five earn 20 after 4 each, four after 5; then the five again, after 4 more."""
    ballots = [["a", "b"]] * 5 + [["c", "d"]] * 4
    profile = Profile.from_ballots(ballots, dict.fromkeys("abcd", 20), budget=60)
    result = tally(profile, ties=list("abcd"), explain=True)
    assert [(step.project, step.load) for step in result.steps] == [("a", 4), ("c", 5), ("b", 8)]
