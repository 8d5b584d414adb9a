"""Sequential Phragmén: everybody earns at the same pace, and supporters buy as soon as they can.

The rule in words: every voter receives money continuously, all at the same rate.  As soon as the
supporters of a project together hold its cost, they buy it and begin again from nothing.  The rule
ends at the first project that would be bought now but costs more than is left of the budget.
Projects dearer than the whole budget, and those without supporters, do not take part.

Told the other way round, as it is counted here: a voter's *load* is what he had received when he
last bought.  Buying a project of cost c brings its n supporters to the same load,

    load = (c + sum of their loads before) / n,

and the project with the smallest load goes first.

Sources: Phragmén 1894; Brill, Freeman, Janson, Lackner, "Phragmén's voting methods and justified
representation", AAAI 2017, Mathematical Programming 2023; with costs and this way of ending: Los,
Christoff, Grossi, "Proportional Budget Allocations", IJCAI 2022.

**What is exact.**  All supporters of a project leave with its load, so a load is always that of one
of the purchases.  Counting how many supporters have which, in whole numbers, gives the next load as
a fraction.  Floats look for the smallest first.  They only add, multiply and divide numbers that
are not negative, so errors are relative: with loads off by a factor of at most 1 ± e, the next load
of a project with N distinct ballots is off by at most 1 ± (e + 2 (N + 6) u), u = 2**-53: N products
and sums, the cost, one more sum, one division, and a factor of 2 for the products of errors, which
stay far below 1/2.  The floats decide when the bounds do not touch; else the fractions are
compared, and exact ties are told.  Loads never fall, so an old load is a bound from below, and
projects wait in a heap by it.
"""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from decide.budgeting.constraints import Limits
from decide.budgeting.outcome import Outcome, Step, Tie, outcome, places
from decide.budgeting.profile import Ints, Profile
from decide.budgeting.shares import U
from decide.budgeting.supporters import Supporters


@dataclass(frozen=True, slots=True)
class PhragmenStep(Step):
    """One purchase."""

    load: Fraction  # what each supporter has received until now
    supporters: int


def tally(
    profile: Profile,
    *,
    ties: Sequence[str],
    limits: Limits | None = None,
    explain: bool = False,
) -> Outcome:
    """Count by sequential Phragmén.

    Three want the lamps: after 200 each they have 600.  One of them and two others want the bench:
    at that moment these hold 0, 200 and 200; when everybody has received 100 more they buy it.

    >>> election = Profile.from_ballots(
    ...     [["lamps", "bench"], ["lamps"], ["lamps"], ["bench"], ["bench"]],
    ...     {"lamps": 600, "bench": 700},
    ...     budget=1300,
    ... )
    >>> result = tally(election, ties=["lamps", "bench"], explain=True)
    >>> [(step.project, str(step.load)) for step in result.steps]
    [('lamps', '200'), ('bench', '300')]
    """
    count = _Count(profile, place=places(profile, ties), limits=limits)
    while count.buy():
        pass
    names = profile.projects
    steps: list[Step] = []
    remaining = profile.budget
    if explain:
        for project, load in zip(count.bought, count.exact_loads(), strict=True):
            cost, voters = profile.costs[project], count.supporters.voters[project]
            steps.append(PhragmenStep(names[project], cost, remaining, load, voters))
            remaining -= cost
    met = [Tie(tuple(names[p] for p in level), load, after) for level, load, after in count.ties]
    return outcome(profile, "phragmen", {}, count.bought, steps=steps, ties=met)


class _Count:
    def __init__(self, profile: Profile, *, place: Sequence[int], limits: Limits | None) -> None:
        self.profile, self.place = profile, place
        self.gate = limits.gate(profile) if limits else None
        self.closed = set(self.gate.closed()) if self.gate else set[int]()  # kept out by limits
        self.supporters = Supporters(profile, "cardinality")
        self.remaining = profile.budget
        self.scale = max(1, profile.budget)
        self.bought: list[int] = []
        self.ties: list[tuple[tuple[int, ...], Fraction, int]] = []
        self.loads = np.zeros(len(profile.count))
        self.last: Ints = np.zeros(len(profile.count), np.int64)  # 0, or 1 + the last purchase
        self.met: list[Ints] = []  # of each purchase: how many came from which
        self.exact: list[int] = [0]  # loads of `last`, in parts of `whole`
        self.whole = 1
        self.off = 0.0
        self.heap: list[tuple[float, int]] = []
        for project, voters in enumerate(self.supporters.voters):
            takes_part = profile.costs[project] <= profile.budget and project not in self.closed
            if voters and takes_part:
                load = profile.costs[project] / self.scale / voters
                self.heap.append((load * (1 - 8 * U), project))
        heapq.heapify(self.heap)

    def buy(self) -> bool:
        """Make the next purchase; False at the end."""
        offers: list[tuple[float, float, float, int]] = []  # lower, upper, load, project
        best = math.inf
        while self.heap and self.heap[0][0] <= best:
            _, project = heapq.heappop(self.heap)
            if project in self.closed:
                continue
            group, voters = self.supporters.groups[project], self.supporters.voters[project]
            earlier = float(group.voters.dot(self.loads[group.rows]))
            load = (earlier + self.profile.costs[project] / self.scale) / voters
            off = self.off + 2 * (len(group.rows) + 6) * U
            lower, upper = load * (1 - 2 * off), load * (1 + 2 * off)
            offers.append((lower, upper, load, project))
            best = min(best, upper)
        if not offers:
            return False
        near = [offer for offer in offers if offer[0] <= best]
        _, _, load, chosen = near[0]
        level: tuple[int, ...] = (chosen,)
        if len(near) > 1:
            exact = {project: self.exact_load(project) for _, _, _, project in near}
            least = min(exact.values())
            level = tuple(
                sorted((p for p in exact if exact[p] == least), key=self.place.__getitem__)
            )
            chosen, load = level[0], float(least / self.scale)
            if len(level) > 1:
                self.ties.append((level, least, len(self.bought)))
        if any(self.profile.costs[project] > self.remaining for project in level):
            return False
        for lower, _, _, project in offers:
            if project != chosen:
                heapq.heappush(self.heap, (lower, project))
        group = self.supporters.groups[chosen]
        self.off += 2 * (len(group.rows) + 6) * U
        self.met.append(self._met(chosen))
        self.bought.append(chosen)
        self.loads[group.rows] = load
        self.last[group.rows] = len(self.bought)
        self.remaining -= self.profile.costs[chosen]
        if self.gate:
            self.closed.update(self.gate.take(chosen))
        return True

    def _met(self, project: int) -> Ints:
        group = self.supporters.groups[project]
        return np.bincount(self.last[group.rows], group.voters).astype(np.int64)

    def exact_load(self, project: int) -> Fraction:
        self._catch_up()
        return self._load(project, self._met(project))

    def exact_loads(self) -> list[Fraction]:
        self._catch_up()
        return [Fraction(load, self.whole) for load in self.exact[1:]]

    def _load(self, project: int, met: Ints) -> Fraction:
        sums = sum(int(met[n]) * self.exact[n] for n in np.flatnonzero(met).tolist())
        total = self.profile.costs[project] * self.whole + sums
        return Fraction(total, self.whole * self.supporters.voters[project])

    def _catch_up(self) -> None:
        for n in range(len(self.exact) - 1, len(self.bought)):
            load = self._load(self.bought[n], self.met[n])
            whole = math.lcm(self.whole, load.denominator)
            self.exact = [each * (whole // self.whole) for each in self.exact]
            self.exact.append(load.numerator * (whole // load.denominator))
            self.whole = whole
