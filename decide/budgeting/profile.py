"""The ballots of one election, equal ones merged: what the counting kernels count on.

Most ballots of a city are alike, and no rule asks who cast them.  So a profile keeps each distinct
ballot once, with how many voters cast it, in flat arrays: ballot `i` chose the projects
`chosen[starts[i]:starts[i + 1]]`.  Recounts with other numbers (`reweighted`, `plus`), other costs
or another budget share these arrays.

A ballot is a set here: the order of its projects is gone, ranks have become points.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from decide.errors import Code, DecideError, whole
from decide.pabulib.election import Election, VoteType

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

MOST = 2**53  # up to here floats hold every whole number, so counting in them is exact


@dataclass(frozen=True, eq=False)
class Ballots:
    """Distinct ballots, row by row and project by project; shared between profiles."""

    size: int  # number of projects
    starts: Ints
    chosen: Ints
    scores: Ints | None  # one for each of `chosen`

    def __post_init__(self) -> None:
        for array in (self.starts, self.chosen, self.scores):
            if array is not None:
                array.setflags(write=False)

    @cached_property
    def row(self) -> Ints:
        """The ballot of each of `chosen`."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    @cached_property
    def by_project(self) -> tuple[Ints, Ints, Ints]:
        """Starts, ballots and places in `chosen`, ordered by project."""
        narrow = self.chosen.astype(np.uint16) if self.size < 2**16 else self.chosen
        order = np.argsort(narrow, kind="stable")
        starts = np.zeros(self.size + 1, np.int64)
        np.cumsum(np.bincount(self.chosen, minlength=self.size), out=starts[1:])
        return starts, self.row[order], order

    @cached_property
    def singles(self) -> tuple["Ballots", Ints]:
        """These ballots and one more for each project alone, and which rows those are."""
        rows, size = len(self.starts) - 1, self.size
        scores = None
        if self.scores is not None:
            top = self.scores.max(initial=1)
            scores = np.concatenate([self.scores, np.full(size, top, np.int64)])
        more = Ballots(
            size,
            np.concatenate([self.starts, self.starts[-1] + np.arange(1, size + 1)]),
            np.concatenate([self.chosen, np.arange(size)]),
            scores,
        )
        return more, np.arange(rows, rows + size)


@dataclass(frozen=True, eq=False)
class Profile:
    """An election as rules see it.

    >>> election = Profile.from_ballots(
    ...     [["lamps", "bench"], ["lamps"], ["bench", "lamps"]],
    ...     {"lamps": 600, "bench": 500, "garden": 300},
    ...     budget=1000,
    ... )
    >>> election.votes(), election.voters(), election.count.tolist()
    ({'lamps': 3, 'bench': 2, 'garden': 0}, 3, [2, 1])
    """

    projects: tuple[str, ...]  # everything below is in this order
    costs: tuple[int, ...]  # in the smallest unit of the currency
    budget: int
    ballots: Ballots
    count: Ints  # how many voters cast each ballot; may be 0
    unit: int = 1  # how many of the smallest unit make the currency's whole one

    def __post_init__(self) -> None:
        self.count.setflags(write=False)
        most = int(self.count.sum())
        if self.scores is not None:
            most *= max(1, int(np.abs(self.scores).max(initial=0)))
        if most * (int(np.diff(self.starts).max(initial=0)) or 1) >= MOST:
            raise DecideError(Code.OUT_OF_RANGE, what="votes", value=most, most=MOST)

    @classmethod
    def from_ballots(
        cls,
        ballots: Iterable[Sequence[str]] | Iterable[Mapping[str, int]],
        costs: Mapping[str, int],
        budget: int,
        *,
        unit: int = 1,
    ) -> "Profile":
        """Merge ballots given as names, or as names with points.

        >>> election = Profile.from_ballots([{"a": 3, "b": 1}, {"b": 2}], {"a": 5, "b": 4}, 5)
        >>> election.votes(), election.totals()
        ({'a': 1, 'b': 2}, {'a': 3, 'b': 3})
        """
        number = {project: n for n, project in enumerate(costs)}
        merged: Counter[tuple[tuple[int, int], ...]] = Counter()
        scored = False
        for ballot in ballots:
            pairs = ballot if isinstance(ballot, Mapping) else dict.fromkeys(ballot, 1)
            scored = scored or isinstance(ballot, Mapping)
            unknown = pairs.keys() - number.keys()
            if unknown:
                raise DecideError(Code.NOT_THE_SAME_OPTIONS, what="ballot", differ=sorted(unknown))
            merged[tuple(sorted((number[name], pairs[name]) for name in pairs))] += 1
        flat = np.array([pair for ballot in merged for pair in ballot], np.int64).reshape(-1, 2)
        return cls.of(
            tuple(costs),
            tuple(costs.values()),
            budget,
            starts=_starts([len(ballot) for ballot in merged]),
            chosen=np.ascontiguousarray(flat[:, 0]),
            scores=np.ascontiguousarray(flat[:, 1]) if scored else None,
            count=np.array(list(merged.values()), np.int64),
            unit=unit,
        )

    @classmethod
    def from_election(cls, election: Election) -> "Profile":
        """The ballots of a `.pb` file; ranks become the points `Election.scores` gives them."""
        costs = election.costs
        unit = 10**election.digits
        if election.vote_type in (VoteType.APPROVAL, VoteType.CHOOSE_1):
            choices = (ballot.choices for ballot in election.ballots)
            return cls.from_ballots(choices, costs, election.budget, unit=unit)
        scored = (
            dict(zip(ballot.choices, election.worths(ballot.choices, ballot.points), strict=True))
            for ballot in election.ballots
        )
        return cls.from_ballots(scored, costs, election.budget, unit=unit)

    @classmethod
    def of(
        cls,
        projects: tuple[str, ...],
        costs: tuple[int, ...],
        budget: int,
        *,
        starts: Ints,
        chosen: Ints,
        scores: Ints | None,
        count: Ints,
        unit: int = 1,
    ) -> "Profile":
        """From arrays of distinct ballots."""
        whole("budget", budget)
        for project, cost in zip(projects, costs, strict=True):
            whole(f"cost of {project}", cost)
        shape = Ballots(len(projects), starts, chosen, scores)
        return cls(projects, costs, budget, shape, count, unit)

    # What is derived shares the arrays.

    def reweighted(self, count: Ints) -> "Profile":
        """The same distinct ballots, cast by other numbers of voters (a bootstrap sample)."""
        return replace(self, count=np.array(count, np.int64))

    def plus(self, project: str, voters: int) -> "Profile":
        """With so many more ballots for this project alone.

        >>> election = Profile.from_ballots([["a"], ["b"]], {"a": 5, "b": 4}, budget=5)
        >>> election.plus("b", 3).votes()
        {'a': 1, 'b': 4}
        """
        ballots, rows = self.ballots.singles
        count = np.zeros(len(ballots.starts) - 1, np.int64)
        count[: len(self.count)] = self.count
        count[rows[self.number[project]]] += voters
        return replace(self, ballots=ballots, count=count)

    def unscored(self) -> "Profile":
        """Only who supports what, without points."""
        ballots = Ballots(self.ballots.size, self.starts, self.chosen, None)
        return replace(self, ballots=ballots)

    def priced(self, costs: Mapping[str, int]) -> "Profile":
        """With other costs for the projects named."""
        new = tuple(
            whole(f"cost of {project}", costs.get(project, cost))
            for project, cost in zip(self.projects, self.costs, strict=True)
        )
        return replace(self, costs=new)

    def funded(self, budget: int) -> "Profile":
        """With another budget."""
        return replace(self, budget=whole("budget", budget))

    # What rules ask.

    @property
    def starts(self) -> Ints:
        return self.ballots.starts

    @property
    def chosen(self) -> Ints:
        return self.ballots.chosen

    @property
    def scores(self) -> Ints | None:
        return self.ballots.scores

    @cached_property
    def number(self) -> dict[str, int]:
        """The position of each project."""
        return {project: n for n, project in enumerate(self.projects)}

    @cached_property
    def support(self) -> list[int]:
        """Votes of each project, by position: on how many ballots it stands."""
        return self._summed(None)

    @cached_property
    def points(self) -> list[int]:
        """Points of each project, by position; votes where ballots have no points."""
        return self.support if self.scores is None else self._summed(self.scores)

    def _summed(self, worth: Ints | None) -> list[int]:
        each = self.count[self.ballots.row]
        weights = each if worth is None else each * worth
        sums = np.bincount(self.chosen, weights=weights, minlength=len(self.projects))
        return [int(total) for total in sums]

    def votes(self) -> dict[str, int]:
        """On how many ballots each project stands."""
        return dict(zip(self.projects, self.support, strict=True))

    def totals(self) -> dict[str, int]:
        """Points of each project; votes where ballots have no points."""
        return dict(zip(self.projects, self.points, strict=True))

    def voters(self) -> int:
        """How many ballots were cast, blank ones too."""
        return int(self.count.sum())

    def rows_of(self, project: str) -> Ints:
        """Which distinct ballots name a project."""
        starts, rows, _ = self.ballots.by_project
        at = self.number[project]
        return rows[starts[at] : starts[at + 1]]


def _starts(lengths: Sequence[int]) -> Ints:
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts
