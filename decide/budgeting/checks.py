"""All properties of an outcome in one list, for an auditor who has ballots and winners."""

from collections.abc import Sequence
from dataclasses import dataclass

from decide.budgeting.constraints import Limits, breaches, closed_by
from decide.budgeting.fairness import complaints
from decide.budgeting.profile import Profile
from decide.properties import never_overspends, still_affordable


@dataclass(frozen=True, slots=True)
class Check:
    """A property, whether it holds, and who or what speaks against it.

    A `hard` one holds for every sound outcome; the others are measures of fairness and thrift that
    some rules promise and others do not.
    """

    name: str
    holds: bool
    hard: bool
    against: tuple[str, ...] = ()


def checks(
    profile: Profile,
    winners: Sequence[str],
    *,
    utility: str = "cost",
    limits: Limits | None = None,
) -> tuple[Check, ...]:
    """Look at everything that can be looked at without trusting the count.

    With `limits`, a project that they keep out does not speak against exhaustion, and a winner that
    they should have kept out is told.  Fairness does not know of limits.

    >>> election = Profile.from_ballots([["a"], ["b"]], {"a": 2, "b": 2}, budget=4)
    >>> [(check.name, check.holds, check.against) for check in checks(election, ["a"])]
    [('never_overspends', True, ()), ('exhaustive', False, ('b',)), \
('ejr_plus_up_to_one', False, ('b',)), ('ejr_plus', False, ('b',))]
    """
    costs = dict(zip(profile.projects, profile.costs, strict=True))
    closed = closed_by(limits, profile, winners)
    supported = [name for name, votes in profile.votes().items() if votes and name not in closed]
    fits = still_affordable(winners, costs=costs, budget=profile.budget, among=supported)
    found = [
        Check(
            "never_overspends", never_overspends(winners, costs=costs, budget=profile.budget), True
        ),
        Check("exhaustive", not fits, False, fits),
    ]
    for name, up_to_one in (("ejr_plus_up_to_one", True), ("ejr_plus", False)):
        against = tuple(
            complaint.project
            for complaint in complaints(profile, winners, utility=utility, up_to_one=up_to_one)
        )
        found.append(Check(name, not against, False, against))
    if limits is not None:
        against = breaches(limits, profile, winners)
        found.append(Check("limits", not against, True, against))
    return tuple(found)
