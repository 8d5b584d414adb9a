"""What every budgeting rule answers with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from decide.budgeting.profile import Profile
from decide.errors import Code, DecideError


@dataclass(frozen=True, slots=True)
class Tie:
    """Projects that were level when one of them was to be taken, as the tie order has them."""

    options: tuple[str, ...]
    value: Fraction  # in what they were level: votes, votes per cost, price, load
    after: int  # so many projects had been taken before


@dataclass(frozen=True, slots=True)
class Step:
    """One turn of a rule: a project and the money there was before.  Rules add their own facts."""

    project: str
    cost: int
    remaining: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Winners in the order in which they were taken, and how that came about.

    `steps` is empty unless the rule was asked to `explain`; ties are always told.  `endowment` is
    what every voter began with in Equal Shares (in its last run, where a completion raises it).
    """

    rule: str
    parameters: dict[str, object]
    winners: tuple[str, ...]
    total_cost: int
    budget: int
    steps: tuple[Step, ...] = ()
    ties: tuple[Tie, ...] = ()
    endowment: Fraction | None = None

    @property
    def remaining(self) -> int:
        return self.budget - self.total_cost


def outcome(
    profile: Profile,
    rule: str,
    parameters: dict[str, object],
    winners: Iterable[int],
    *,
    steps: Iterable[Step] = (),
    ties: Iterable[Tie] = (),
    endowment: Fraction | None = None,
) -> Outcome:
    """The outcome of winners given as positions in `profile.projects`."""
    winners = tuple(winners)
    return Outcome(
        rule=rule,
        parameters=parameters,
        winners=tuple(profile.projects[winner] for winner in winners),
        total_cost=sum(profile.costs[winner] for winner in winners),
        budget=profile.budget,
        steps=tuple(steps),
        ties=tuple(ties),
        endowment=endowment,
    )


def places(profile: Profile, ties: Sequence[str]) -> list[int]:
    """Each project's place in the tie order, which must name every project once.

    >>> election = Profile.from_ballots([["a"]], {"a": 1, "b": 1}, budget=1)
    >>> places(election, ["b", "a"])
    [1, 0]
    """
    place = {project: number for number, project in enumerate(ties)}
    if place.keys() != set(profile.projects) or len(place) != len(ties):
        differ = sorted(place.keys() ^ set(profile.projects))
        raise DecideError(Code.NOT_THE_SAME_OPTIONS, what="ties", differ=differ)
    return [place[project] for project in profile.projects]
