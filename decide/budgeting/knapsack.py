"""The welfare optimum: of all sets that the budget can pay, one with the greatest sum of utility.

No city decides by it: a bare majority can take all the money, and a resident cannot follow it with
a pencil.  It is here for comparison: how much of what was possible did another rule reach?

Utilities as in Equal Shares: `cardinality` (a voter has 1 of each winner on the ballot, so the sum
is the number of votes of the winners), `cost`, `score`.

How it is found.  Sets are built project by project; of two partial sets the one that is neither
cheaper nor worth more is forgotten (Nemhauser and Ullmann, "Discrete Dynamic Programming and
Capital Allocation", Management Science 1969), and so is one that cannot reach what greedy has
reached, even if parts of projects could be bought.  What is left is searched completely, so the
optimum is exact; the bound is a float, made larger by more than its error.  The number of partial
sets may explode: beyond `MOST_SETS` the rule says so instead of guessing.

Several sets may be worth the same.  Of these the one wins that has the project that comes first in
the tie order where two of them differ.

Source: Talmon and Faliszewski, "A Framework for Approval-Based Budgeting Methods", AAAI 2019 (the
knapsack rules); Rey and Maly 2023, section on welfare.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from decide.budgeting.outcome import Outcome, Step, outcome, places
from decide.budgeting.profile import Floats, Ints, Profile
from decide.errors import Code, DecideError

MOST_SETS = 20_000_000
MOST = 2**62  # sums stay whole numbers of the machine


@dataclass(frozen=True, slots=True)
class KnapsackStep(Step):
    """One winner of the best set, by its utility."""

    utility: int


def tally(
    profile: Profile,
    *,
    ties: Sequence[str],
    utility: str = "cardinality",
    explain: bool = False,
) -> Outcome:
    """The set of projects with the most utility that the budget can pay.

    >>> election = Profile.from_ballots(
    ...     [["lake"], ["lake"], ["lake", "bench"], ["bench", "tree"], ["tree"]],
    ...     {"lake": 900, "bench": 500, "tree": 400},
    ...     budget=1000,
    ... )
    >>> tally(election, ties=["lake", "bench", "tree"]).winners  # 4 votes, the lake has 3
    ('bench', 'tree')
    """
    worth = _worth(profile, utility)
    place = places(profile, ties)
    listed = [n for n in range(len(worth)) if worth[n] > 0 and profile.costs[n] <= profile.budget]
    listed.sort(key=lambda n: -place[n])  # the first in the tie order is decided last of all
    costs = np.array([profile.costs[n] for n in listed], np.int64)
    values = np.array([worth[n] for n in listed], np.int64)
    taken = [listed[n] for n in _best(costs, values, profile.budget)]
    taken.sort(key=lambda n: (-worth[n], place[n]))
    steps, remaining = list[KnapsackStep](), profile.budget
    for n in taken:
        cost = profile.costs[n]
        steps.append(KnapsackStep(profile.projects[n], cost, remaining, worth[n]))
        remaining -= cost
    parameters: dict[str, object] = {"utility": utility}
    return outcome(profile, "knapsack", parameters, taken, steps=steps if explain else ())


def _worth(profile: Profile, utility: str) -> list[int]:
    """What each project is worth to all voters together."""
    if utility not in ("cost", "cardinality", "score"):
        raise DecideError(Code.NOT_THE_SAME_OPTIONS, what="utility", differ=[utility])
    sums = profile.points if utility == "score" else profile.support
    worth = [n * cost for n, cost in zip(sums, profile.costs, strict=True)]
    worth = worth if utility == "cost" else list(sums)
    if sum(abs(each) for each in worth) >= MOST or sum(profile.costs) >= MOST:
        raise DecideError(Code.OUT_OF_RANGE, what="utility", value=max(worth), most=MOST)
    return worth


def _best(costs: Ints, values: Ints, budget: int) -> list[int]:
    """Positions of the best set, the later position preferred where sets are worth the same."""
    reached = _by_ratio(costs, values, budget)
    stages = [(np.zeros(1, np.int64), np.zeros(1, np.int64))]
    kept = 0
    for n in range(len(costs)):
        cost, value = stages[-1]
        cost = np.concatenate([cost, cost + costs[n]])
        value = np.concatenate([value, value + values[n]])
        fits = cost <= budget
        cost, value = _frontier(cost[fits], value[fits])
        hopeful = value + _bound(costs[n + 1 :], values[n + 1 :], budget - cost) >= reached
        stages.append((cost[hopeful], value[hopeful]))
        kept += int(hopeful.sum())
        if kept > MOST_SETS:
            raise DecideError(Code.OUT_OF_RANGE, what="partial sets", value=kept, most=MOST_SETS)
    return _walked_back(stages, costs, values, budget)


def _frontier(cost: Ints, value: Ints) -> tuple[Ints, Ints]:
    """Only sets of which no other costs at most as much and is worth at least as much."""
    order = np.lexsort((-value, cost))
    cost, value = cost[order], value[order]
    best_before = np.concatenate([[-1], np.maximum.accumulate(value)[:-1]])
    better = value > best_before
    return cost[better], value[better]


def _bound(
    costs: Ints, values: Ints, money: Ints
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """At least what the rest could add for so much money, were parts of projects sold."""
    if not len(costs):
        return np.zeros(len(money))
    order = np.argsort(-(values / np.maximum(costs, 0.5)), kind="stable")
    sums_cost = np.concatenate([[0], np.cumsum(costs[order])]).astype(float)
    sums_value = np.concatenate([[0], np.cumsum(values[order])]).astype(float)
    # Concave but for the rounding of neighbours with equal ratios: a millionth covers all of it.
    bound: Floats = np.interp(money.astype(float), sums_cost, sums_value) * (1 + 1e-6) + 1
    return bound


def _by_ratio(costs: Ints, values: Ints, budget: int) -> int:
    """What is reached by taking the best worth for its cost first: the optimum is at least that."""
    reached, left = 0, budget
    for n in np.argsort(-(values / np.maximum(costs, 0.5)), kind="stable").tolist():
        if costs[n] <= left:
            reached += int(values[n])
            left -= int(costs[n])
    return reached


def _walked_back(
    stages: Sequence[tuple[Ints, Ints]], costs: Ints, values: Ints, budget: int
) -> list[int]:
    """Which projects the best set has: the last one is in whenever some best set has it."""
    goal, left = int(stages[-1][1].max()), budget
    taken = []
    for n in range(len(costs) - 1, -1, -1):
        cost, value = stages[n]
        need = goal - int(values[n])
        if int(costs[n]) <= left and np.any((cost <= left - int(costs[n])) & (value >= need)):
            taken.append(n)
            left -= int(costs[n])
            goal = need
    return taken
