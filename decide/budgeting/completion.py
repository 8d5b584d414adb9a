"""What becomes of the money that Equal Shares leaves over.

- `add1`: begin again with one unit more for every voter, and again, until the outcome is
  exhaustive (nothing that has supporters would still fit) or costs more than the budget.
- `utilitarian`: go on with greedy, by utility per cost.
- `add-utility`: everybody is given a tiny utility for every project; then supporters give their
  last and all others share the rest.

Sources: Peters, Pierczyński, Skowron 2021 (exhaustive variants); Faliszewski et al.,
"Participatory Budgeting: Data, Tools, and Analysis", IJCAI 2023 (how they are used).
"""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

import numpy as np

from decide.budgeting.ledger import Price
from decide.budgeting.profile import Floats, Ints
from decide.budgeting.shares import Count, Undecided
from decide.budgeting.supporters import Supporters
from decide.errors import Code, DecideError

MOST_UNITS = 10**18
"""More steps than that cannot be leapt over: floats do not part them, and each would be counted."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A project that a completion took."""

    project: int
    phase: str
    level: tuple[int, ...]  # the projects that were level with it, in tie order, it included
    value: Fraction  # in what they were level
    price: Fraction | None = None  # what those pay who do not support it
    in_full: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Climb:
    """Where add-one ended: after so many steps, with this count."""

    steps: int
    count: Count


def add_one(
    supporters: Supporters, *, place: Sequence[int], stop: str = "exhaustive", leap: bool = True
) -> Climb:
    """Raise what every voter begins with by one unit, until the stop.

    `stop="exhaustive"` takes the first outcome to which nothing can be added, `"feasible"` goes on;
    both fall back to the last outcome within the budget when the next one is dearer.  More money
    can make outcomes worse as well as better, so no step may be left out unseen.

    With `leap` whole ranges of steps are counted at once.  A count with a spread (`shares`) either
    proves that every start of the range buys the same projects, and then it has seen each step of
    the range: none of them can be where to stop unless all are, and then the first is.  Or it
    raises `Undecided`, and a smaller range is tried, down to a single step, counted exactly.  So
    the same steps are looked at as without `leap`, in the same order, and the end is the same.
    """
    profile = supporters.profile
    most = max(profile.budget, *profile.costs)
    if most > MOST_UNITS * profile.unit:
        raise DecideError(Code.OUT_OF_RANGE, what="a budget or cost", value=most)
    begin = Fraction(profile.budget, profile.voters())
    supported = [p for p, voters in enumerate(supporters.voters) if voters]

    def count(first: int, last: int) -> tuple[Count, bool, bool]:
        """The count of steps `first` to `last`, whether it costs too much, whether it ends here."""
        low, high = begin + first * profile.unit, begin + last * profile.unit
        middle = (low + high) / 2
        spread = float((high - middle) / middle) * (1 + 2**-50) if high > low else 0.0
        counted = Count(supporters, middle, place=place, spread=spread).run()
        winners = {bought.project for bought in counted.bought}
        left = profile.budget - sum(profile.costs[winner] for winner in winners)
        more = [p for p in supported if p not in winners and p not in counted.closed]
        fits = [p for p in more if profile.costs[p] <= left]
        ends = not more or (stop == "exhaustive" and not fits)
        return counted, left < 0, ends

    at, (_, _, ends) = 0, count(0, 0)
    width, wait, patience = 1, 0, 1
    while not ends:
        if leap and width > 1 and wait <= 0:
            try:
                _, dear, ends = count(at + 1, at + width)
            except Undecided:
                width //= 2
                if width == 1:
                    wait, patience = patience, min(2 * patience, 64)
                continue
            if dear:
                break
            if ends:
                at += 1
                break
            at, width, patience = at + width, width * 2, 1
            continue
        _, dear, ends = count(at + 1, at + 1)
        if dear:
            break
        at, wait, width = at + 1, wait - 1, 2
    return Climb(at, count(at, at)[0])


def utilitarian(
    supporters: Supporters, winners: Sequence[int], *, place: Sequence[int]
) -> list[Extra]:
    """Greedy on what is left, by utility per cost, skipping what does not fit.

    Utility per cost is the number of votes with `cost`, votes per cost with `cardinality`.
    """
    profile, totals = supporters.profile, supporters.totals
    left = profile.budget - sum(profile.costs[winner] for winner in winners)
    gate = supporters.limits.gate(profile) if supporters.limits else None
    closed = set(gate.closed()) if gate else set[int]()
    for winner in winners:
        closed.update(gate.take(winner) if gate else ())
    worth = {
        p: Fraction(total * supporters.utilities[p], profile.costs[p])
        for p, total in enumerate(totals)
        if total and p not in winners and profile.costs[p]  # what is free was bought before
    }
    order = sorted(worth, key=lambda p: (-worth[p], place[p]))
    extras = []
    for value, run in groupby(order, key=worth.__getitem__):
        level = [p for p in run if profile.costs[p] <= left and p not in closed]
        for n, p in enumerate(level):
            if profile.costs[p] <= left and p not in closed:
                extras.append(Extra(p, "utilitarian", tuple(level[n:]), value))
                left -= profile.costs[p]
                closed.update(gate.take(p) if gate else ())
    return extras


def add_utility(count: Count, *, place: Sequence[int]) -> list[Extra]:
    """Supporters give their last, all others share the rest equally; cheapest for them first.

    This is what Equal Shares does when every voter has a utility for every project, in proportion
    to `utility`, that is smaller than anything: supporters are worth infinitely more to the price
    than others, so they have given all before others are asked.  Voters together hold what is left
    of the budget, so the outcome is exhaustive, but for projects without supporters.

    Reckoned exactly on purses: voters who hold the same amount share one.  Purses only get lighter,
    so a price once reckoned is a bound from below, and projects wait in a heap by it.
    """
    purses = _Purses(count)
    supporters, profile = count.supporters, count.supporters.profile
    left = profile.budget - sum(profile.costs[bought.project] for bought in count.bought)
    taken = {bought.project for bought in count.bought}
    waiting = [
        (Fraction(0), p) for p, total in enumerate(supporters.totals) if total and p not in taken
    ]
    extras: list[Extra] = []
    while True:
        offers: dict[int, tuple[Fraction, Price]] = {}  # price per utility, price
        while waiting and (not offers or waiting[0][0] <= min(rho for rho, _ in offers.values())):
            _, p = heapq.heappop(waiting)
            if profile.costs[p] <= left and p not in count.closed:
                price = purses.price(p)
                offers[p] = price.value / supporters.utilities[p], price
        if not offers:
            return extras
        least = min(rho for rho, _ in offers.values())
        level = sorted((p for p in offers if offers[p][0] == least), key=place.__getitem__)
        p = level[0]
        _, price = offers.pop(p)
        for other, (rho, _) in offers.items():
            heapq.heappush(waiting, (rho, other))
        extras.append(
            Extra(p, "add-utility", tuple(level), least, price.value, price.in_full, price.last)
        )
        purses.pay(p, price.value)
        left -= profile.costs[p]
        if count.gate:
            count.closed.update(count.gate.take(p))


class _Purses:
    """What voters have left: `money`, rising, in parts of `whole`; `purse` of each ballot."""

    def __init__(self, count: Count) -> None:
        count.catch_up()
        self.groups, self.profile = count.supporters.groups, count.supporters.profile
        purse, money = count.ledger.purses()
        self.whole = count.ledger.whole
        self._sort(purse, [int(has * self.whole) for has in money])

    def _sort(self, purse: Ints, money: Sequence[int]) -> None:
        self.money = sorted(set(money))
        place = {has: n for n, has in enumerate(self.money)}
        self.purse = np.array([place[has] for has in money])[purse]
        self.voters = self._counted(self.purse, self.profile.count)

    def _counted(self, purse: Ints, voters: Ints | Floats) -> Ints:
        return np.bincount(purse, voters, minlength=len(self.money)).astype(np.int64)

    def price(self, project: int) -> Price:
        """What those pay at most who do not support it, when its supporters have given all."""
        group = self.groups[project]
        own = self._counted(self.purse[group.rows], group.voters)
        others = self.voters - own
        need = self.profile.costs[project] * self.whole
        need -= sum(self.money[n] * int(own[n]) for n in np.flatnonzero(own).tolist())
        payers, last = int(others.sum()), 0
        for n in np.flatnonzero(others).tolist():
            if need <= self.money[n] * payers:
                return Price(Fraction(need, payers * self.whole), payers, last)
            need -= self.money[n] * int(others[n])
            payers -= int(others[n])
            last += int(others[n]) if self.money[n] else 0
        raise AssertionError("voters together hold what is left of the budget")

    def pay(self, project: int, price: Fraction) -> None:
        """Empty the purses of supporters, take the price out of all others."""
        factor = math.lcm(self.whole, price.denominator) // self.whole
        self.whole *= factor
        due = price.numerator * (self.whole // price.denominator)
        money = [max(0, has * factor - due) for has in self.money] + [0]
        purse = self.purse.copy()
        purse[self.groups[project].rows] = len(self.money)
        self._sort(purse, money)
