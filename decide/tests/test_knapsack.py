"""The welfare optimum against every subset."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.budgeting import knapsack
from decide.budgeting.profile import Profile
from decide.errors import DecideError


def every_subset(worth, costs, budget, ties):
    """The best by trying all; among equals the one with the earliest project where they differ."""
    listed = [p for p in ties if worth[p] > 0]
    sets = [
        chosen
        for size in range(len(listed) + 1)
        for chosen in combinations(listed, size)
        if sum(costs[p] for p in chosen) <= budget
    ]
    return max(
        sets, key=lambda chosen: (sum(worth[p] for p in chosen), [p in chosen for p in listed])
    )


@st.composite
def elections(draw):
    names = sorted(draw(st.sets(st.sampled_from("abcdefgh"), min_size=1)))
    amounts = st.one_of(st.integers(0, 9), st.integers(10**9, 10**11))
    costs = {name: draw(amounts) for name in names}
    ballot = st.lists(st.sampled_from(names), unique=True, max_size=5)
    ballots = draw(st.lists(ballot, min_size=1, max_size=8))
    budget = draw(st.one_of(st.integers(0, 30), st.integers(0, 10**11)))
    return ballots, costs, budget, draw(st.permutations(names))


@given(elections(), st.sampled_from(["cardinality", "cost"]))
def test_no_other_set_is_worth_more_and_ties_fall_as_fixed(election, utility):
    ballots, costs, budget, ties = election
    profile = Profile.from_ballots(ballots, costs, budget)
    votes = profile.votes()
    worth = {p: votes[p] * (costs[p] if utility == "cost" else 1) for p in costs}
    found = knapsack.tally(profile, ties=ties, utility=utility, explain=True)
    assert set(found.winners) == set(every_subset(worth, costs, budget, ties))
    assert sum(step.utility for step in found.steps) == sum(worth[p] for p in found.winners)


def test_points_count_with_the_utility_of_scores():
    election = Profile.from_ballots([{"a": 1, "b": 5}, {"a": 1}], {"a": 4, "b": 4}, 5)
    ties = ["a", "b"]
    assert knapsack.tally(election, ties=ties).winners == ("a",)
    assert knapsack.tally(election, ties=ties, utility="score").winners == ("b",)


def test_where_sets_explode_the_rule_says_so_instead_of_guessing(monkeypatch):
    monkeypatch.setattr(knapsack, "MOST_SETS", 10)
    costs = {str(n): 100 + 7 * n for n in range(12)}
    election = Profile.from_ballots([[p] for p in costs] + [["3", "5"]], costs, 600)
    with pytest.raises(DecideError):
        knapsack.tally(election, ties=list(costs))
