from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.budgeting.knapsack import tally
from decide.budgeting.profile import Profile
from decide.errors import Code, DecideError
from decide.properties import never_overspends
from decide.tests.test_equal_shares import elections


def best_by_trying(ballots, costs, budget, *, ties, utility):
    """Every set of supported projects; of the best ones the first in tie order."""

    def worth(name):
        votes = sum(
            ballot.get(name, 0) if utility == "score" else name in ballot for ballot in ballots
        )
        return votes * (costs[name] if utility == "cost" else 1)

    names = [name for name in ties if worth(name) > 0]
    sets = chain.from_iterable(combinations(names, n) for n in range(len(names) + 1))
    affordable = [some for some in sets if sum(costs[name] for name in some) <= budget]
    most = max(sum(map(worth, some)) for some in affordable)
    best = [some for some in affordable if sum(map(worth, some)) == most]
    return min(best, key=lambda some: [name not in some for name in names])


@settings(max_examples=300)
@given(elections(scores=True, huge=False), st.sampled_from(["cost", "cardinality", "score"]))
def test_no_affordable_set_is_better_and_ties_go_to_the_first(election, utility):
    ballots, costs, budget, ties = election
    profile = Profile.from_ballots(ballots, costs, budget)
    result = tally(profile, ties=ties, utility=utility, explain=True)
    told = best_by_trying(ballots, costs, budget, ties=ties, utility=utility)
    assert result.winners == told == tuple(step.project for step in result.steps)
    assert never_overspends(result.winners, costs=costs, budget=budget)


def test_a_problem_beyond_the_limit_is_refused():
    costs = {f"p{n}": 100 + 7 * n for n in range(12)}
    ballots = [list(costs)[: n + 1] for n in range(12)]
    profile = Profile.from_ballots(ballots, costs, budget=900)
    tally(profile, ties=list(costs), limit=1000)
    with pytest.raises(DecideError) as refused:
        tally(profile, ties=list(costs), limit=1)
    assert refused.value.code is Code.OUT_OF_RANGE


def test_numbers_beyond_what_is_counted_exactly_are_refused():
    with pytest.raises(DecideError) as refused:
        tally(Profile.from_ballots([["a"]], {"a": 1}, budget=2**62), ties=["a"])
    assert refused.value.code is Code.OUT_OF_RANGE
