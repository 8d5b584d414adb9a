"""Equal Shares in fractions: the exact prices, and money reckoned from them.

What makes the numbers named (1) here exact is told in `shares`.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from decide.budgeting.profile import Floats, Ints
from decide.budgeting.supporters import Group, Supporters

SLACK = 2.0**-34  # in units of the start: whoever is nearer to a border is looked at exactly


@dataclass(frozen=True, slots=True)
class Price:
    """An exact price, and how many paid it in full, and how many gave their last for it."""

    value: Fraction
    in_full: int
    last: int


class Ledger:
    """The exact prices, and money reckoned from them."""

    def __init__(self, supporters: Supporters, start: Fraction) -> None:
        self.supporters, self.start = supporters, start
        self.money: Floats = np.ones(len(supporters.profile.count))
        self.prices: list[Price] = []
        self.whole = start.denominator  # of this, `begin` and `paid` are multiples
        self.begin = start.numerator
        self.paid: list[int] = []
        self.turn = np.full(len(supporters.groups), -1)  # when each project was bought

    def fresh(self) -> "Ledger":
        """One in which nothing was bought yet."""
        return Ledger(self.supporters, self.start)

    def pay(self, project: int, price: Price) -> None:
        units = float(price.value / self.start) if price.value else 0.0
        charge(self.money, self.supporters.groups[project], units)
        whole = math.lcm(self.whole, price.value.denominator)
        factor = whole // self.whole
        self.begin *= factor
        self.paid = [paid * factor for paid in self.paid]
        self.paid.append(price.value.numerator * (whole // price.value.denominator))
        self.whole = whole
        self.turn[project] = len(self.prices)
        self.prices.append(price)

    def price(self, project: int, guess: float) -> Price | None:
        """What a supporter pays, exactly, or None when they have too little together.

        Newton's method on sum(min(money, price * worth)) = cost, which bends only downwards: a
        step from anywhere lands at or below the price, and from there the steps climb.  Voters
        whose money is clearly above, clearly below or clearly gone are summed by (1); the few
        within SLACK of a border are taken one by one.
        """
        cost = self.supporters.profile.costs[project]
        group = self.supporters.groups[project]
        if cost == 0:
            return Price(Fraction(0), self.supporters.voters[project], 0)
        money = self.money[group.rows]
        broke = money <= -SLACK
        if not self._enough(cost, group, money):
            return None
        worth: Floats | float = 1.0 if group.worth is None else group.worth
        least = float(Fraction(cost) / self.supporters.totals[project] / self.start)
        while True:
            rich = money >= (guess + SLACK) * worth + SLACK
            poor = (money < guess * worth - SLACK * (worth + 1)) & (money >= SLACK)
            slope, in_full = int(group.weight @ rich), int(group.voters @ rich)
            left, last = cost * self.whole - self._sum(group.those(poor)), int(group.voters @ poor)
            border = self._one_by_one(group.those(~(rich | poor | broke)))
            slope += sum(each * voters for _, each, voters in border)
            in_full += sum(voters for _, _, voters in border)
            for has, each, voters in border:
                if left * each <= has * slope:
                    break  # this one, and with him all richer ones, can pay in full
                left -= has * voters
                slope -= each * voters
                in_full -= voters
                last += voters if has else 0
            if slope == 0:
                guess = least  # too high: nobody left to pay the rest
                continue
            price = Fraction(left, slope * self.whole)
            rounded = float(price / self.start)
            if abs(rounded - guess) <= SLACK / 2:
                return Price(price, in_full, last)
            guess = rounded

    def affordable(self, project: int) -> bool:
        """Whether the supporters together still have what the project costs."""
        group = self.supporters.groups[project]
        cost = self.supporters.profile.costs[project]
        if cost == 0 or self.start == 0:
            return cost == 0
        return self._enough(cost, group, self.money[group.rows])

    def purses(self) -> tuple[Ints, list[Fraction]]:
        """Which purse each distinct ballot has, and what is in it: equal payments, equal purses."""
        purse = np.zeros(len(self.money), np.int64)
        for project in np.flatnonzero(self.turn >= 0).tolist():
            group = self.supporters.groups[project]
            mark = np.zeros(len(purse), np.int64)
            mark[group.rows] = 1 if group.worth is None else group.worth.astype(np.int64)
            purse = np.unique(purse * (int(mark.max()) + 1) + mark, return_inverse=True)[1]
        _, first = np.unique(purse, return_index=True)
        ones = np.ones(len(first))
        money = self._exact_money(Group(first, ones, None, ones, float(len(first))))
        return purse, [Fraction(has, self.whole) for has in money]

    def _exact_money(self, group: Group) -> list[int]:
        """By (1), in parts of `whole`, voter by voter."""
        profile, points = self.supporters.profile, self.supporters.points
        starts, chosen = profile.starts, profile.chosen
        money = []
        for row in group.rows.tolist():
            has = self.begin
            for place in range(starts[row], starts[row + 1]):
                turn = self.turn[chosen[place]]
                if turn >= 0:
                    has -= self.paid[turn] * (1 if points is None else int(points[place]))
            money.append(max(0, has))
        return money

    def _enough(self, cost: int, group: Group, money: Floats) -> bool:
        total, wanted = float(group.voters @ np.maximum(money, 0)), float(cost / self.start)
        doubt = SLACK * (total + wanted + float(group.voters.sum()))
        if abs(total - wanted) > doubt:
            return total > wanted
        exact = self._sum(group.those(money >= SLACK))
        few = self._one_by_one(group.those(abs(money) < SLACK))
        return exact + sum(has * voters for has, _, voters in few) >= cost * self.whole

    def _sum(self, group: Group) -> int:
        """By (1), what voters who surely have money have together, in parts of `whole`."""
        total = int(group.voters.sum()) * self.begin
        if len(group.rows) == 0 or not self.prices:
            return total
        places, lengths = self._places(group.rows)
        weights = np.repeat(group.voters, lengths)
        if self.supporters.points is not None:
            weights *= self.supporters.points[places]
        chosen = self.supporters.profile.chosen[places]
        spent = np.bincount(chosen, weights, minlength=len(self.turn))
        for project in np.flatnonzero((self.turn >= 0) & (spent > 0)).tolist():
            total -= int(spent[project]) * self.paid[self.turn[project]]
        return total

    def _one_by_one(self, group: Group) -> list[tuple[int, int, int]]:
        """Money in parts of `whole`, worth and number of voters, the poorest for a point first."""
        alike: dict[tuple[int, int], int] = {}
        for n, has in enumerate(self._exact_money(group)):
            key = has, 1 if group.worth is None else int(group.worth[n])
            alike[key] = alike.get(key, 0) + int(group.voters[n])
        ordered = sorted(alike, key=lambda key: Fraction(*key))
        return [(has, each, alike[has, each]) for has, each in ordered]

    def _places(self, rows: Ints) -> tuple[Ints, Ints]:
        """Where the choices of some ballots stand, and how many each has."""
        starts = self.supporters.profile.starts
        first = starts[rows]
        lengths = starts[rows + 1] - first
        ends = np.cumsum(lengths)
        shifts = np.repeat(first - ends + lengths, lengths)
        return shifts + np.arange(int(ends[-1])), lengths


def charge(money: Floats, group: Group, price: float) -> None:
    """Take a price from all supporters; below -1 it is enough to know that nothing is left."""
    due = price if group.worth is None else price * group.worth
    money[group.rows] = np.maximum(money[group.rows] - due, -1.0)
