"""Proportional fairness, as questions an auditor can ask of ballots and winners alone.

The idea: a group of k out of n voters that agrees on a project is entitled to k/n of the budget,
whatever the others want.  Let a losing project cost c, let a group of k of its supporters value it
at a or more each, and let n be all voters, B the budget.  The group could buy k·B / (n·c) copies of
it.  It has a complaint when every member got little:

* **EJR+ up to one** is violated when each member's utility from the winners, plus a for the project
  itself, is still no more than a · k·B / (n·c).  The Method of Equal Shares never violates it:
  as long as all members can pay c/k, the project is available at c / (k·a) per unit of utility, so
  everything bought before was at most that dear to any member, who has then spent at most
  utility · c / (k·a) out of B/n, and the rest pays c/k.
* **EJR+** is violated when each member's utility from the winners is less than a times the *whole*
  copies, floor(k·B / (n·c)).  For projects of one price this is the published axiom, and up to one
  means the same; with different prices it asks more, and no rule can always grant it.

Source: Brill and Peters, "Robust and Verifiable Proportionality Axioms for Multiwinner Voting",
EC 2023; EJR up to one: Peters, Pierczyński, Skowron, "Proportional Participatory Budgeting with
Additive Utilities", NeurIPS 2021.  Verification is polynomial, for the group to look at is always
all supporters (with value a) who got no more than some amount: each amount is looked at once.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from decide.budgeting.profile import Floats, Ints, Profile
from decide.errors import Code, DecideError

MOST = 2**62  # sums of costs stay whole numbers of the machine
UTILITIES = ("cost", "cardinality", "score")


@dataclass(frozen=True, slots=True)
class Complaint:
    """A group that agrees on a losing project and got less than its share of the money would buy.

    Its `voters` each got at most `got` from the winners; `entitled` is what the axiom names.
    """

    project: str
    voters: int
    got: int
    entitled: Fraction
    share: Fraction  # the group's part of the budget


def worths(profile: Profile, utility: str) -> Ints:
    """What each choice on each distinct ballot is worth to its voter, one for each of `chosen`."""
    if utility == "cost":
        if sum(profile.costs) >= MOST:
            raise DecideError(Code.OUT_OF_RANGE, what="cost", value=max(profile.costs), most=MOST)
        return np.array(profile.costs, np.int64)[profile.chosen]
    if utility == "score" and profile.scores is not None:
        return profile.scores
    if utility in UTILITIES:
        return np.ones(len(profile.chosen), np.int64)
    raise DecideError(Code.OUT_OF_RANGE, what="utility", value=utility, known=UTILITIES)


def satisfaction(profile: Profile, winners: Collection[str], *, utility: str = "cost") -> Ints:
    """What every distinct ballot gets from the winners.

    >>> costs = {"lamps": 600, "bench": 500}
    >>> election = Profile.from_ballots([["lamps", "bench"], ["bench"]], costs, budget=1000)
    >>> satisfaction(election, ["lamps"]).tolist()
    [600, 0]
    >>> satisfaction(election, ["lamps"], utility="cardinality").tolist()
    [1, 0]
    """
    won = _won(profile, winners)
    got = np.zeros(len(profile.count), np.int64)
    chosen_won = won[profile.chosen]
    np.add.at(got, profile.ballots.row[chosen_won], worths(profile, utility)[chosen_won])
    return got


def complaints(
    profile: Profile, winners: Collection[str], *, utility: str = "cost", up_to_one: bool = True
) -> tuple[Complaint, ...]:
    """For each project that some group may complain about, the largest such group.

    Two of three voters want only the bench; their 800 of 1200 would pay for it.

    >>> costs = {"lamps": 1200, "bench": 500}
    >>> election = Profile.from_ballots([["bench"], ["bench"], ["lamps"]], costs, budget=1200)
    >>> [complaint] = complaints(election, ["lamps"])
    >>> complaint.project, complaint.voters, complaint.got, complaint.entitled
    ('bench', 2, 0, Fraction(800, 1))
    >>> complaints(election, ["bench"])
    ()
    """
    won = _won(profile, winners)
    got = satisfaction(profile, winners, utility=utility)
    worth = worths(profile, utility)
    starts, rows, order = profile.ballots.by_project
    found = []
    for number in range(len(profile.projects)):
        if won[number]:
            continue
        part = slice(starts[number], starts[number + 1])
        groups = _groups(
            got[rows[part]], profile.count[rows[part]], worth[order[part]], profile, number
        )
        largest = max(
            (group for group in groups if _complains(group, profile, number, up_to_one)),
            key=lambda group: group[2],
            default=None,
        )
        if largest is not None:
            value, most, voters = largest
            share = Fraction(voters * profile.budget, profile.voters())
            found.append(
                Complaint(
                    profile.projects[number],
                    voters,
                    most,
                    _entitled(value, share, profile.costs[number], whole=not up_to_one),
                    share,
                )
            )
    return tuple(found)


def ejr_plus_up_to_one(
    profile: Profile, winners: Collection[str], *, utility: str = "cost"
) -> bool:
    """No group may complain, the missing project itself counted in.  Equal Shares promises this."""
    return not complaints(profile, winners, utility=utility)


def ejr_plus(profile: Profile, winners: Collection[str], *, utility: str = "cost") -> bool:
    """No group got less than its share would buy; more than any rule can promise.

    >>> election = Profile.from_ballots([["a"], ["b"]], {"a": 1, "b": 1}, budget=2)
    >>> ejr_plus(election, ["a", "b"]), ejr_plus(election, ["a"])
    (True, False)
    """
    return not complaints(profile, winners, utility=utility, up_to_one=False)


Group = tuple[int, int, int]  # value of the project, most that a member got, voters


def _groups(got: Ints, count: Ints, worth: Ints, profile: Profile, number: int) -> Iterator[Group]:
    """Every group that may have a complaint: all who value the project so and got no more than so.

    Only groups for which floats do not rule it out.  Both sides of the comparison are products and
    quotients of at most five whole numbers, each rounded at most once at the start and once each
    time: they are off by less than 16 · 2^-53 of their value, far less than the 1e-12 granted.
    """
    budget, voters, cost = float(profile.budget), float(profile.voters()), profile.costs[number]
    for value in sorted(set(worth.tolist())):
        if value <= 0:
            continue
        members = worth >= value
        amounts, at = np.unique(got[members], return_inverse=True)
        sizes = np.cumsum(
            np.bincount(at, weights=count[members].astype(np.float64), minlength=len(amounts))
        )
        need: Floats = amounts.astype(np.float64) * float(cost) * voters
        may = sizes * budget * float(value) * (1 + 1e-12) >= need
        for index in np.flatnonzero(may & (sizes > 0)):
            yield value, int(amounts[index]), int(sizes[index])


def _complains(group: Group, profile: Profile, number: int, up_to_one: bool) -> bool:
    value, got, voters = group
    share = Fraction(voters * profile.budget, profile.voters())
    cost = profile.costs[number]
    if cost == 0:
        return True
    entitled = _entitled(value, share, cost, whole=not up_to_one)
    return got + value <= entitled if up_to_one else got < entitled


def _entitled(value: int, share: Fraction, cost: int, *, whole: bool) -> Fraction:
    """What the project is worth, as often as the share pays for it; a free one counts once."""
    if cost == 0:
        return Fraction(value)
    copies = share / cost
    return value * (Fraction(copies.numerator // copies.denominator) if whole else copies)


def _won(profile: Profile, winners: Collection[str]) -> np.typing.NDArray[np.bool_]:
    unknown = sorted(set(winners) - set(profile.projects))
    if unknown:
        raise DecideError(Code.NOT_THE_SAME_OPTIONS, what="winners", differ=unknown)
    won = np.zeros(len(profile.projects), np.bool_)
    won[[profile.number[winner] for winner in winners]] = True
    return won
