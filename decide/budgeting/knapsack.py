"""Knapsack: the projects with the most utility together that the budget can pay.

The welfare optimum, for comparison with the rules that cities use.  The utility of a project is the
number of its votes (`cardinality`; `score`: its points), or votes times cost (`cost`: the dearer,
the more its supporters have of it).  Projects without support are never taken.

How it is found: a list of all (cost, utility) that the last i projects of the tie order can come
to, without those that cost more and give less than another, for i = 1, 2, … (Nemhauser and Ullmann
1969).  From each list is left out what could not reach the best set known so far even if fractions
of the other projects could be bought (Dantzig's bound; it is reckoned in floats and raised by a
millionth of a millionth, far more than their error, so it never leaves out too much).  Everything
that is kept and compared is whole numbers.

Of several best sets the one is taken that has the first project of the tie order that any of them
has, of these the one that has the second, and so on.

`limit` bounds the length of the lists.  The problem is hard in the worst case, and beyond the limit
the rule refuses (`Code.OUT_OF_RANGE`) instead of guessing; so it does with numbers above 2**62.

Sources: Talmon and Faliszewski, AAAI 2019 (max rules); Kellerer, Pferschy, Pisinger, "Knapsack
Problems", Springer 2004.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from decide.budgeting.outcome import Outcome, Step, outcome, places
from decide.budgeting.profile import Ints, Profile
from decide.errors import Code, DecideError

LIMIT = 1_000_000

Front = tuple[Ints, Ints]  # costs and utilities, both rising


def tally(
    profile: Profile,
    *,
    ties: Sequence[str],
    utility: str = "cardinality",
    limit: int = LIMIT,
    explain: bool = False,
) -> Outcome:
    """The affordable set with the most utility; winners stand in tie order.

    >>> election = Profile.from_ballots(
    ...     [["big", "b"], ["big", "c"], ["big"], ["b", "c"]], {"big": 9, "b": 5, "c": 5}, budget=10
    ... )
    >>> tally(election, ties=["big", "b", "c"]).winners
    ('b', 'c')
    """
    if utility not in ("cost", "cardinality", "score"):
        raise DecideError(Code.NOT_THE_SAME_OPTIONS, what="utility", differ=[utility])
    place = places(profile, ties)
    votes = profile.points if utility == "score" else profile.support
    costs, budget = profile.costs, profile.budget
    worth = [n * cost if utility == "cost" else n for n, cost in zip(votes, costs, strict=True)]
    items = [p for p in np.argsort(place).tolist() if worth[p] > 0 and costs[p] <= budget]
    for what, total in (("cost", budget), ("utility", sum(worth[p] for p in items))):
        if total >= 2**62:
            raise DecideError(Code.OUT_OF_RANGE, what=what, value=total, most=2**62)

    fronts: list[Front] = [(np.zeros(1, np.int64), np.zeros(1, np.int64))]
    least = _greedy(items, costs, worth, budget)
    for n in range(len(items) - 1, -1, -1):
        front = _with(fronts[-1], costs[items[n]], worth[items[n]], budget)
        front = _promising(front, items[:n], costs, worth, budget, least)
        if len(front[0]) > limit:
            raise DecideError(Code.OUT_OF_RANGE, what="limit", value=len(front[0]), most=limit)
        fronts.append(front)

    winners, left, wanted = list[int](), budget, int(fronts[-1][1][-1])
    for p, (_, rest) in zip(items, pairwise(reversed(fronts)), strict=True):
        if costs[p] <= left and _best(rest, left - costs[p]) == wanted - worth[p]:
            winners.append(p)
            left -= costs[p]
            wanted -= worth[p]
    parameters: dict[str, object] = {"utility": utility}
    steps, left = list[Step](), budget
    if explain:
        for p in winners:
            steps.append(Step(profile.projects[p], costs[p], left))
            left -= costs[p]
    return outcome(profile, "knapsack", parameters, winners, steps=steps)


def _with(front: Front, cost: int, worth: int, budget: int) -> Front:
    """All that was possible before, with or without one more project, the dominated left out."""
    fits = front[0] <= budget - cost
    costs = np.concatenate([front[0], front[0][fits] + cost])
    utilities = np.concatenate([front[1], front[1][fits] + worth])
    order = np.lexsort((-utilities, costs))
    costs, utilities = costs[order], utilities[order]
    better = np.ones(len(costs), np.bool_)
    better[1:] = utilities[1:] > np.maximum.accumulate(utilities)[:-1]
    return costs[better], utilities[better]


def _promising(
    front: Front,
    others: Sequence[int],
    costs: Sequence[int],
    worth: Sequence[int],
    budget: int,
    least: int,
) -> Front:
    """What may still reach `least` when fractions of the other projects could be bought."""
    ordered = sorted(others, key=lambda p: worth[p] / costs[p] if costs[p] else np.inf)[::-1]
    spent = np.cumsum([0.0, *(costs[p] for p in ordered)])
    gained = np.cumsum([0.0, *(worth[p] for p in ordered)])
    bound = front[1] + np.interp(budget - front[0], spent, gained)
    keep = bound * (1 + 1e-12) >= least
    return front[0][keep], front[1][keep]


def _greedy(items: Sequence[int], costs: Sequence[int], worth: Sequence[int], budget: int) -> int:
    """The utility of a set that is good and can be paid: by utility per cost."""
    total, left = 0, budget
    for p in sorted(items, key=lambda p: -worth[p] / costs[p] if costs[p] else -np.inf):
        if costs[p] <= left:
            total += worth[p]
            left -= costs[p]
    return total


def _best(front: Front, left: int) -> int:
    """The most utility for so much money, of what was kept; below 0 where nothing was."""
    at = int(np.searchsorted(front[0], left, side="right"))
    return int(front[1][at - 1]) if at else -1
