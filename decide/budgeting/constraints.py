"""What may not win together: conflicts, ceilings of categories, a minimum of votes.

A limit acts inside a rule, not on its outcome: as soon as a taken project closes the door on
others, these leave the list, and the rule goes on without them.

* `Conflicts` ("A or B"): when one of a group is taken, the others of the group leave the list.
* `Ceilings`: when a category has less left under its ceiling than a project of it costs, the
  project leaves the list.  So no category is ever dearer than its ceiling.
* `Minimum`: a project with fewer votes (points, where ballots have them) never stands in the list.

That is enough for greedy, Equal Shares and Phragmén, which take one project after another and never
give one back, so that a project that left the list never could have come back: ceilings only sink
and conflicts only grow.  What its supporters have not paid for it, they keep for others.  A
completion goes on under the same limits, each run of add-one begins with a fresh list, and an
outcome counts as exhaustive when no project *still in the list* fits.

Properties of the free rules need not survive: a group may be refused its project by a conflict.
Source: Rey and Maly, "The (Computational) Social Choice Take on Indivisible Participatory
Budgeting", 2023, section on constraints.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from decide.budgeting.profile import Profile
from decide.errors import Code, DecideError, whole


class Gate(Protocol):
    """The state of one limit during one count.  Projects are positions in the profile."""

    def closed(self) -> Collection[int]:
        """The projects that cannot be taken from the start."""
        ...

    def take(self, project: int) -> Collection[int]:
        """Hear that a project was taken; answer which others can no longer be."""
        ...


class Limits(Protocol):
    """A limit of an election; `gate` opens a count under it."""

    def gate(self, profile: Profile) -> Gate: ...


@dataclass(frozen=True)
class Conflicts:
    """At most one project of each group wins.

    >>> from decide.budgeting.greedy import tally
    >>> election = Profile.from_ballots(
    ...     [["lake", "lake small"]] * 3 + [["bench"]], {"lake": 6, "lake small": 3, "bench": 3}, 9
    ... )
    >>> ties = ["lake", "lake small", "bench"]
    >>> tally(election, ties=ties).winners
    ('lake', 'lake small')
    >>> tally(election, ties=ties, limits=Conflicts([["lake", "lake small"]])).winners
    ('lake', 'bench')
    """

    groups: Sequence[Collection[str]]

    def gate(self, profile: Profile) -> Gate:
        groups = []
        for group in self.groups:
            _known(profile, "conflict", group)
            groups.append({profile.number[project] for project in group})
        return _ConflictGate(groups)


@dataclass(frozen=True)
class Ceilings:
    """The winners of each category together cost no more than its ceiling.

    A project may have several categories, and categories without a ceiling may be named.

    >>> from decide.budgeting.greedy import tally
    >>> costs = {"road": 6, "path": 4, "tree": 3}
    >>> election = Profile.from_ballots([["road", "path"]] * 3 + [["tree"]], costs, budget=10)
    >>> limits = Ceilings({"roads": ["road", "path"]}, most={"roads": 9})
    >>> tally(election, ties=["road", "path", "tree"], limits=limits).winners
    ('road', 'tree')
    """

    categories: Mapping[str, Collection[str]]
    most: Mapping[str, int]

    def gate(self, profile: Profile) -> Gate:
        unknown = sorted(self.most.keys() - self.categories.keys())
        if unknown:
            raise DecideError(Code.NOT_THE_SAME_OPTIONS, what="ceilings", differ=unknown)
        members = {}
        for name, category in self.categories.items():
            _known(profile, name, category)
            if name in self.most:
                members[name] = [profile.number[project] for project in category]
        for name, ceiling in self.most.items():
            whole(f"ceiling of {name}", ceiling)
        return _CeilingGate(members, dict(self.most), profile.costs)


@dataclass(frozen=True)
class Minimum:
    """A project needs so many votes, or points, to stand in the list."""

    votes: int

    def gate(self, profile: Profile) -> Gate:
        few = [
            n for n, points in enumerate(profile.points) if points < whole("minimum", self.votes)
        ]
        return _StaticGate(few)


class Together:
    """Several limits at once: what one of them closes is closed.

    >>> limits = Together(Minimum(2), Conflicts([["a", "b"]]))
    >>> election = Profile.from_ballots([["a", "b"]] * 2 + [["c"]], {"a": 1, "b": 1, "c": 1}, 9)
    >>> gate = limits.gate(election)
    >>> sorted(gate.closed()), sorted(gate.take(0))
    ([2], [1])
    """

    def __init__(self, *limits: Limits) -> None:
        self.limits = limits

    def gate(self, profile: Profile) -> Gate:
        return _AllGates([limit.gate(profile) for limit in self.limits])


class _ConflictGate:
    def __init__(self, groups: list[set[int]]) -> None:
        self.groups = groups

    def closed(self) -> Collection[int]:
        return ()

    def take(self, project: int) -> Collection[int]:
        groups = [group for group in self.groups if project in group]
        return set().union(*groups) - {project}


class _CeilingGate:
    def __init__(
        self, members: dict[str, list[int]], left: dict[str, int], costs: Sequence[int]
    ) -> None:
        self.members, self.left, self.costs = members, left, costs

    def closed(self) -> Collection[int]:
        return {n for name in self.members for n in self._too_dear(name)}

    def take(self, project: int) -> Collection[int]:
        touched = [name for name, members in self.members.items() if project in members]
        for name in touched:
            self.left[name] -= self.costs[project]
        return {n for name in touched for n in self._too_dear(name)} - {project}

    def _too_dear(self, name: str) -> Iterable[int]:
        return (n for n in self.members[name] if self.costs[n] > self.left[name])


class _StaticGate:
    def __init__(self, numbers: Collection[int]) -> None:
        self.numbers = numbers

    def closed(self) -> Collection[int]:
        return self.numbers

    def take(self, project: int) -> Collection[int]:
        return ()


class _AllGates:
    def __init__(self, gates: Sequence[Gate]) -> None:
        self.gates = gates

    def closed(self) -> Collection[int]:
        return {n for gate in self.gates for n in gate.closed()}

    def take(self, project: int) -> Collection[int]:
        return {n for gate in self.gates for n in gate.take(project)}


def _known(profile: Profile, what: str, projects: Collection[str]) -> None:
    unknown = sorted(set(projects) - profile.number.keys())
    if unknown:
        raise DecideError(Code.NOT_THE_SAME_OPTIONS, what=what, differ=unknown)


def breaches(limits: Limits, profile: Profile, winners: Sequence[str]) -> tuple[str, ...]:
    """The winners that a limit should have kept out, taking them in this order; for an auditor.

    >>> election = Profile.from_ballots([["a", "b"]], {"a": 1, "b": 1}, budget=2)
    >>> breaches(Conflicts([["a", "b"]]), election, ["b", "a"])
    ('a',)
    """
    gate = limits.gate(profile)
    closed = set(gate.closed())
    found = []
    for winner in winners:
        number = profile.number[winner]
        if number in closed:
            found.append(winner)
        closed |= set(gate.take(number))
    return tuple(found)


def closed_by(limits: Limits | None, profile: Profile, winners: Sequence[str]) -> frozenset[str]:
    """The losing projects that limits keep out beside these winners.

    >>> election = Profile.from_ballots([["a", "b"]], {"a": 1, "b": 1}, budget=2)
    >>> closed_by(Conflicts([["a", "b"]]), election, ["b"])
    frozenset({'a'})
    """
    if limits is None:
        return frozenset()
    gate = limits.gate(profile)
    closed = set(gate.closed())
    for winner in winners:
        closed |= set(gate.take(profile.number[winner]))
    return frozenset(profile.projects[number] for number in closed) - set(winners)
