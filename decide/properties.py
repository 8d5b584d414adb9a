"""What makes an outcome fair, as questions an auditor can ask without trusting the count."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from decide.ties import by_seed

Ballot = TypeVar("Ballot")
Outcome = TypeVar("Outcome")


def never_overspends(winners: Collection[str], *, costs: Mapping[str, int], budget: int) -> bool:
    """The winners together cost no more than the budget, and nobody wins twice.

    >>> never_overspends(["a", "b"], costs={"a": 600, "b": 500}, budget=1000)
    False
    """
    return len(set(winners)) == len(winners) and sum(costs[winner] for winner in winners) <= budget


def still_affordable(
    winners: Collection[str],
    *,
    costs: Mapping[str, int],
    budget: int,
    among: Collection[str] | None = None,
) -> tuple[str, ...]:
    """The losers (of those `among`, for instance those with enough votes) that would still fit.

    >>> still_affordable(["a"], costs={"a": 600, "b": 500, "c": 300}, budget=1000)
    ('c',)
    """
    remaining = budget - sum(costs[winner] for winner in winners)
    return tuple(
        option
        for option in (costs if among is None else among)
        if option not in winners and costs[option] <= remaining
    )


def is_exhaustive(
    winners: Collection[str],
    *,
    costs: Mapping[str, int],
    budget: int,
    among: Collection[str] | None = None,
) -> bool:
    """No loser would still fit.  Greedy in the form SKIP promises this, in the form STOP not.

    >>> is_exhaustive(["a", "c"], costs={"a": 600, "b": 500, "c": 300}, budget=1000)
    True
    """
    return not still_affordable(winners, costs=costs, budget=budget, among=among)


def order_of_ballots_does_not_matter(
    rule: Callable[[Sequence[Ballot]], Outcome], ballots: Sequence[Ballot], *, shuffles: int = 10
) -> bool:
    """The outcome stays the same backwards and in so many shuffled orders, each drawn by lot.

    >>> order_of_ballots_does_not_matter(lambda ballots: ballots[0], ["a", "b"])
    False
    >>> order_of_ballots_does_not_matter(len, ["a", "b"])
    True
    """
    outcome = rule(ballots)
    numbers = [str(number) for number in range(len(ballots))]
    orders = [numbers[::-1]]
    orders += [list(by_seed(numbers, seed=f"shuffle {turn}")) for turn in range(shuffles)]
    return all(rule([ballots[int(number)] for number in order]) == outcome for order in orders)
