r"""How Equal Shares is counted: floats look for the next project, fractions decide when it is near.

Every voter has the same money at the start.  A project of cost c is paid by its supporters: each
pays `price` for every point the project is worth to him, or the last of his money where he has
less, so that sum(min(money, price * worth)) = c.  Of all projects that can be paid so, the one with
the smallest price per utility is bought.  (`worth` is 1 but for scores; the utility that the price
is divided by is the cost, or 1.)

**What is exact.**  A voter who ever paid less than the full price has nothing left.  So what
a voter has is

    money = max(0, start - sum(price * worth of the bought projects the voter supports))       (1)

and the prices alone are the whole state.  A price solves c = K + price * R, where R sums the worth
of those who pay in full and K the money of those who do not; by (1) K is a combination of the
start and the earlier prices whose coefficients are numbers of voters.  These are counted in arrays
of whole numbers below 2**53 (`Profile` refuses more), K and the price are then reckoned in
fractions (`exact`).  Prices are only needed exactly when a choice is near, and at the end when
somebody wants to see them.

**What floats do, and how far they can be off.**  Money is held in units of the start.  Write
u = 2**-53 for the unit roundoff, b for the true money and a for the float, and let |a - b| <= E
for every voter; E is 0 at the start.

For a float `price`, let f = sum(m * min(b, price * worth)) over the supporters, m voters each.
Three things part f from the sum g that we compute.  Each term is rounded twice and added in some
order, N terms in all: at most (N + 2) u g / (1 - (N + 2) u), which is below 2 (N + 2) u g.  Money
is off by up to E, but min(b, price * worth) does not depend on b for those who are *surely rich*,
a >= (price + slack) * worth + E, nor for those who are *surely broke*, a <= -E: with P voters that
are neither, at most P E.  And the cost is a float too: at most u c.  With the residue |g - c|,

    |f(price) - c| <= r = |g - c| + 2 (N + 2) u g + P E + u c.

f does not fall as the price grows, and up to price + slack its slope is at least R, the worth of
those surely rich.  So, when d = r / R <= slack / 2, f reaches c within d of `price` on either side:
below `price` its slope is at least R as well.  The true price lies in [price - d, price + d].
(Comparing with `slack / 2` leaves more room than the few roundings in computing d and the masks
need, since slack >= 2**-34; N is below 2**31.)  Where that fails, nothing is claimed and the
fractions answer.

Prices never fall when voters get poorer, so a bound from below, once proven, stays true, and
projects wait in a heap by that bound; only those that may be next are looked at.  The next project
is certain when its upper bound is below the lower bound of all others.  Otherwise the exact prices
of all that may be first are compared, and every exact tie is told.

After a purchase a' = max(a - price * worth, -1): taking a maximum brings numbers no further apart,
so E' = E + d * (largest worth) + 4 u, for product and difference are at most 2 where the maximum
does not cut them off.  Whenever fractions were asked, money is computed anew from exact prices:
then the price is off by rounding alone and E = 8 u * (number of purchases).

**Counting for a whole range of starts at once.**  Nothing above needs E to be 0 at first.  With the
middle of a range as start and E = half its width, every claim holds for each start of the range,
and if no choice is near, all of them have the same outcome.  This is how `completion` leaps.  A tie
may last through the whole range: as long as all supporters surely pay in full, the price is the
cost divided by their worth whatever the start is, and such prices are compared exactly.
"""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from decide.budgeting.ledger import SLACK, Ledger, Price, charge
from decide.budgeting.profile import Floats
from decide.budgeting.supporters import Supporters

U = 2.0**-53


class Undecided(Exception):
    """Within the range of starts that was asked for, a choice may fall this way or that."""


@dataclass(slots=True)
class Bought:
    project: int
    price: float  # in units of the start
    off: float  # how far that may be off
    exact: Price | None = None
    level: tuple[int, ...] = ()  # the projects that were exactly level with it, in tie order


@dataclass(slots=True)
class Offer:
    project: int
    lower: float  # bounds of its price per utility
    upper: float
    price: float
    off: float
    full: bool = False  # all its supporters surely pay in full, so the price is cost by worth


class Count:
    """One count, purchase by purchase.

    With a `spread` all starts from start * (1 - spread) to start * (1 + spread) are counted at
    once; `Undecided` is raised where they might differ.
    """

    def __init__(
        self, supporters: Supporters, start: Fraction, *, place: Sequence[int], spread: float = 0.0
    ) -> None:
        self.supporters, self.place, self.spread = supporters, place, spread
        self.groups = supporters.groups.copy()
        self.bought: list[Bought] = []
        self.ledger = Ledger(supporters, start)
        self.money: Floats = np.ones(len(supporters.profile.count))
        self.off = spread
        limits = supporters.limits
        self.gate = limits.gate(supporters.profile) if limits else None
        self.closed = set(self.gate.closed()) if self.gate else set[int]()  # kept out by limits
        self.dropped: set[int] = set()  # cannot be paid any more
        costs, begin, parts = supporters.profile.costs, start.numerator, start.denominator
        room = begin if not spread else math.ceil(begin * Fraction(1 + 2 * spread))
        self.costs = [0.0] * len(costs)
        self.per = [1.0] * len(costs)
        self.heap: list[tuple[float, int]] = []
        for project, cost in enumerate(costs):
            voters = supporters.voters[project]
            if not voters or cost * parts > room * voters or project in self.closed:
                continue
            if cost:
                self.costs[project] = price = cost * parts / begin
                if supporters.by_cost:
                    self.per[project] = price
            lower = self.costs[project] / supporters.totals[project] / self.per[project]
            self.heap.append((lower * (1 - 8 * U), project))
        heapq.heapify(self.heap)

    def run(self) -> "Count":
        while self.buy():
            pass
        return self

    def buy(self) -> Bought | None:
        """The next purchase, or None when nobody can pay for anything more."""
        while True:
            offers, best = [], math.inf
            while self.heap and self.heap[0][0] <= best:
                lower, project = heapq.heappop(self.heap)
                if project in self.closed:
                    continue
                offer = self.offer(project, lower, best)
                if offer:
                    offers.append(offer)
                    best = min(best, offer.upper)
            if not offers:
                return None
            near = [offer for offer in offers if offer.lower <= best]
            [first, *others] = near
            if others or first.upper == math.inf:
                chosen = self.exactly(near)
            else:
                chosen = Bought(first.project, first.price, first.off)
            for offer in offers:
                if offer.project not in self.dropped and not (
                    chosen and offer.project == chosen.project
                ):
                    heapq.heappush(self.heap, (offer.lower, offer.project))
            if chosen:
                self.pay(chosen)
                return chosen

    def offer(self, project: int, lower: float, best: float) -> Offer | None:
        """Bounds of a project's price per utility, or None when it surely cannot be paid.

        When that is surely above `best` only the lower bound is told.
        """
        group, cost, per = self.groups[project], self.costs[project], self.per[project]
        if cost == 0:
            return Offer(project, 0.0, 0.0, 0.0, 0.0, full=True)
        money = self.money.take(group.rows)
        has = np.maximum(money, 0.0)
        voters, worth = group.voters, group.worth
        rounding = 2 * (len(has) + 2) * U
        slack, price = SLACK + 4 * self.off, lower * per
        if best < math.inf:
            tried = best * per * (1 + 8 * U)
            due = tried if worth is None else tried * worth
            paid = float(voters.dot(np.minimum(has, due)))
            short = cost * (1 - 2 * U) - paid * (1 + rounding) - group.size * self.off
            if short > 0:
                slope = float(group.weight.dot(has >= due - slack))
                if slope:  # else all give their last already: asked below
                    above = (tried + short / slope) / per * (1 - 8 * U)
                    above = max(best * (1 + 4 * U), above)
                    return Offer(project, above, math.inf, tried, math.inf)
        if 2 * np.count_nonzero(has) < len(has):
            live = money > -self.off
            self.groups[project] = group = group.those(live)
            has, voters, worth = has[live], group.voters, group.worth
        weight = group.weight
        if float(voters.dot(has)) * (1 + rounding) + group.size * self.off < cost * (1 - 2 * U):
            return None
        for _ in range(50):
            if worth is None:
                paid = float(voters.dot(np.minimum(has, price)))
                rich = has >= price + (slack + self.off)
                in_full = slope = float(voters.dot(rich))
            else:
                paid = float(voters.dot(np.minimum(has, price * worth)))
                rich = has >= (price + slack) * worth + self.off
                in_full, slope = float(voters.dot(rich)), float(weight.dot(rich))
            if slope == 0:
                break
            gap = cost - paid
            if abs(gap) > rounding * paid:
                price += gap / slope
                continue
            doubtful = (group.size - in_full) * self.off
            off = (abs(gap) + rounding * paid + doubtful + U * cost) / slope * (1 + 8 * U)
            if off <= slack / 2:
                least = max(lower, (price - off) / per * (1 - 8 * U))
                full = in_full == self.supporters.voters[project]
                return Offer(project, least, (price + off) / per * (1 + 8 * U), price, off, full)
            slack = 4 * off
        return Offer(project, lower, math.inf, lower * per, math.inf)

    def exactly(self, near: list[Offer]) -> Bought | None:
        """The first of projects that floats cannot tell apart; none when none can be paid."""
        prices: dict[int, Price] = {}
        costs = self.supporters.profile.costs
        if not self.spread:
            self.catch_up()
        for offer in near:
            if self.spread:  # a price that does not depend on the start is exact for every start
                if not offer.full:
                    raise Undecided
                value = Fraction(costs[offer.project], self.supporters.totals[offer.project])
                prices[offer.project] = Price(value, self.supporters.voters[offer.project], 0)
                continue
            price = self.ledger.price(offer.project, offer.price)
            if price is None:
                self.dropped.add(offer.project)
            else:
                prices[offer.project] = price
        if not prices:
            return None
        utilities = self.supporters.utilities
        rho = {project: price.value / utilities[project] for project, price in prices.items()}
        least = min(rho.values())
        level = sorted((p for p in rho if rho[p] == least), key=self.place.__getitem__)
        price = prices[level[0]]
        rounded = float(price.value / self.ledger.start) if price.value else 0.0
        return Bought(level[0], rounded, rounded * 2 * U, price, tuple(level))

    def pay(self, bought: Bought) -> None:
        self.bought.append(bought)
        group = self.supporters.groups[bought.project]
        charge(self.money, group, bought.price)
        self.off += bought.off * self.supporters.largest + 4 * U
        if self.gate:
            self.closed.update(self.gate.take(bought.project))

    def catch_up(self) -> None:
        """Reckon the exact prices of all purchases so far; money is as good as new then."""
        if len(self.ledger.prices) == len(self.bought):
            return
        for bought in self.bought[len(self.ledger.prices) :]:
            if bought.exact is None:
                bought.exact = self.ledger.price(bought.project, bought.price)
            assert bought.exact
            self.ledger.pay(bought.project, bought.exact)
        self.money = self.ledger.money.copy()
        self.off = 8 * U * len(self.bought)
