"""Several districts with pots of their own: one count a district, by the same rule.

A ballot counts in each district of which it names a project; there it is the part of the ballot
with that district's projects.  So in rules with shares, a pot is shared by those who voted on it.
Money left in one pot does not move to another.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np

from decide.budgeting.outcome import Outcome
from decide.budgeting.profile import Profile
from decide.errors import Code, DecideError, whole


@dataclass(frozen=True)
class Pot:
    """One district: its projects and its money."""

    projects: Collection[str]
    budget: int


def split(profile: Profile, pots: Mapping[str, Pot]) -> dict[str, Profile]:
    """One election for each pot; every project has to belong to exactly one.

    >>> costs = {"east lamp": 4, "west lamp": 5, "west bench": 2}
    >>> election = Profile.from_ballots(
    ...     [["east lamp", "west lamp"], ["west bench"], ["east lamp"]], costs, budget=0
    ... )
    >>> pots = {"east": Pot(["east lamp"], 5), "west": Pot(["west lamp", "west bench"], 6)}
    >>> {name: (part.votes(), part.voters()) for name, part in split(election, pots).items()}
    {'east': ({'east lamp': 2}, 2), 'west': ({'west lamp': 1, 'west bench': 1}, 2)}
    """
    named = [project for pot in pots.values() for project in pot.projects]
    if sorted(named) != sorted(profile.projects):
        differ = sorted(set(named) ^ set(profile.projects)) or sorted(
            {project for project in named if named.count(project) > 1}
        )
        raise DecideError(Code.NOT_THE_SAME_OPTIONS, what="pots", differ=differ)
    return {name: _part(profile, pot) for name, pot in pots.items()}


def in_districts(
    profile: Profile, pots: Mapping[str, Pot], rule: Callable[[Profile], Outcome]
) -> dict[str, Outcome]:
    """Count every district; `rule` gets a profile with that district's projects alone.

    >>> from decide.budgeting.greedy import tally
    >>> costs = {"east lamp": 4, "west lamp": 5, "west bench": 2}
    >>> election = Profile.from_ballots([["east lamp", "west lamp"], ["west bench"]], costs, 0)
    >>> pots = {"east": Pot(["east lamp"], 5), "west": Pot(["west lamp", "west bench"], 6)}
    >>> counted = in_districts(election, pots, lambda part: tally(part, ties=part.projects))
    >>> {name: outcome.winners for name, outcome in counted.items()}
    {'east': ('east lamp',), 'west': ('west lamp',)}
    """
    return {name: rule(part) for name, part in split(profile, pots).items()}


def _part(profile: Profile, pot: Pot) -> Profile:
    numbers = [n for n, project in enumerate(profile.projects) if project in set(pot.projects)]
    new = np.full(len(profile.projects), -1, np.int64)
    new[numbers] = np.arange(len(numbers))
    kept = new[profile.chosen] >= 0
    lengths = np.bincount(profile.ballots.row[kept], minlength=len(profile.count))
    rows = np.flatnonzero(lengths)
    starts = np.zeros(len(rows) + 1, np.int64)
    np.cumsum(lengths[rows], out=starts[1:])
    return Profile.of(
        tuple(profile.projects[n] for n in numbers),
        tuple(profile.costs[n] for n in numbers),
        whole("budget", pot.budget),
        starts=starts,
        chosen=new[profile.chosen[kept]],
        scores=None if profile.scores is None else profile.scores[kept],
        count=profile.count[rows],
        unit=profile.unit,
    )
