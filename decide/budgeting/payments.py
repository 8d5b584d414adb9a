"""Whose money paid for what: the purchases of a count, voter by voter, in exact fractions.

Equal Shares says it in its steps: each supporter of a bought project pays its price (for each
point, where ballots have points), or the last of what he has.  In sequential Phragmén a supporter
pays what his load rises by.  Rules without such shares have no payments.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from decide.budgeting.outcome import Outcome, Step
from decide.budgeting.profile import Ints, Profile


@dataclass(frozen=True, eq=False)
class Purchase:
    """One bought project: each voter of its `rows` (distinct ballots) paid `price` for each point,
    except in `other`, where each paid so much instead; all in parts of `Payments.unit`.
    """

    project: str
    price: int
    rows: Ints
    worth: Ints | None
    other: Mapping[int, int]  # row -> what each of its voters paid


@dataclass(frozen=True, eq=False)
class Payments:
    """All purchases, in order.  Amounts are whole numbers of 1/`unit` of the smallest unit."""

    profile: Profile
    unit: int
    purchases: tuple[Purchase, ...]
    left: Sequence[int] | None  # what each voter of each distinct ballot has left; none with loads

    def by_supporters_of(self, project: str) -> dict[str, Fraction]:
        """What the supporters of a project paid for each bought project, themselves together.

        >>> costs = {"lamps": 6, "bench": 4}
        >>> election = Profile.from_ballots([["lamps", "bench"], ["lamps"]], costs, budget=10)
        >>> purchases = (purchase(election, "lamps", price=3, left=[5, 5]),)
        >>> payments = Payments(election, 1, purchases, left=[2, 2])
        >>> payments.by_supporters_of("bench"), payments.left_to("bench")
        ({'lamps': Fraction(3, 1)}, Fraction(2, 1))
        """
        voters = np.zeros(len(self.profile.count), np.int64)
        rows = self.profile.rows_of(project)
        voters[rows] = self.profile.count[rows]
        found = {}
        for bought in self.purchases:
            weight = voters[bought.rows]
            if bought.worth is not None:
                weight = weight * bought.worth
            total = bought.price * int(weight.sum())
            for place in _places_of(bought, voters):
                row = int(bought.rows[place])
                worth = 1 if bought.worth is None else int(bought.worth[place])
                total += int(voters[row]) * (bought.other[row] - bought.price * worth)
            if total:
                found[bought.project] = Fraction(total, self.unit)
        return found

    def left_to(self, project: str) -> Fraction | None:
        """What the supporters of a project have left together."""
        if self.left is None:
            return None
        rows = self.profile.rows_of(project).tolist()
        count = self.profile.count
        return Fraction(sum(self.left[row] * int(count[row]) for row in rows), self.unit)

    def total(self, project: str) -> Fraction:
        """What all voters together paid for a bought project: its cost."""
        return self.by_supporters_of(project)[project]


def _places_of(bought: Purchase, voters: Ints) -> list[int]:
    if not bought.other:
        return []
    other: NDArray[np.bool_] = np.isin(bought.rows, np.array(list(bought.other), np.int64))
    places: list[int] = np.flatnonzero(other & (voters[bought.rows] > 0)).tolist()
    return places


def purchase(profile: Profile, project: str, *, price: int, left: list[int]) -> Purchase:
    """Let the supporters of a project pay `price` for each point; `left` is lowered."""
    starts, rows, order = profile.ballots.by_project
    number = profile.number[project]
    part = slice(starts[number], starts[number + 1])
    mine, worth = rows[part], None
    if profile.scores is not None:
        worth = np.maximum(profile.scores[order[part]], 0)
    other = {}
    for place, row in enumerate(mine.tolist()):
        due = price if worth is None else price * int(worth[place])
        if due > left[row]:
            other[row] = left[row]
            left[row] = 0
        elif due > 0:
            left[row] -= due
    return Purchase(project, price, mine, worth, other)


def who_paid(profile: Profile, outcome: Outcome) -> Payments | None:
    """The payments behind an outcome counted with `explain=True`; None where it has none."""
    shares = [step for step in outcome.steps if getattr(step, "phase", "") == "equal-shares"]
    loads = [step for step in outcome.steps if hasattr(step, "load")]
    if loads:
        return _loads(profile, loads)
    endowment = outcome.endowment
    if endowment is None:
        return None
    scored = outcome.parameters.get("utility") == "score"
    if not scored and profile.scores is not None:
        profile = _without_points(profile)
    prices: list[Fraction] = [getattr(step, "price") for step in shares]  # noqa: B009
    unit = lcm(endowment.denominator, *(price.denominator for price in prices))
    left = [int(endowment * unit)] * len(profile.count)
    purchases = tuple(
        purchase(profile, step.project, price=int(price * unit), left=left)
        for step, price in zip(shares, prices, strict=True)
    )
    return Payments(profile, unit, purchases, left)


def _loads(profile: Profile, steps: Sequence[Step]) -> Payments:
    loads: list[Fraction] = [getattr(step, "load") for step in steps]  # noqa: B009
    unit = lcm(*(load.denominator for load in loads))
    carried = [0] * len(profile.count)
    purchases = []
    for step, load in zip(steps, loads, strict=True):
        rows = profile.rows_of(step.project)
        height = int(load * unit)
        other = {row: height - carried[row] for row in rows.tolist()}
        for row in other:
            carried[row] = height
        purchases.append(Purchase(step.project, 0, rows, None, other))
    return Payments(profile, unit, tuple(purchases), None)


def _without_points(profile: Profile) -> Profile:
    return Profile.of(
        profile.projects,
        profile.costs,
        profile.budget,
        starts=profile.starts,
        chosen=profile.chosen,
        scores=None,
        count=profile.count,
        unit=profile.unit,
    )
