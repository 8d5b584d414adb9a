"""Why a project won or lost, as facts.  The sentences belong to whoever shows them.

Everything is read from ballots and steps: nothing here decides anything.  Counting again (how many
votes were missing, at which budget a project enters) stands in `margins` and `entry`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np

from decide.budgeting.constraints import Limits, closed_by
from decide.budgeting.fairness import satisfaction
from decide.budgeting.outcome import Outcome
from decide.budgeting.payments import Payments, who_paid
from decide.budgeting.profile import Profile


class Verdict(StrEnum):
    """What became of a project."""

    CHOSEN = "chosen"
    NO_SUPPORTERS = "no_supporters"
    DEARER_THAN_BUDGET = "dearer_than_budget"
    BELOW_MINIMUM = "below_minimum"  # too few votes to stand in the list
    CLOSED = "closed"  # it conflicts with a winner, or its category's ceiling was reached
    AFTER_THE_STOP = "after_the_stop"  # an earlier one did not fit, and the list ended there
    SUPPORTERS_HAD_TOO_LITTLE = "supporters_had_too_little"  # of their share of the money
    DOES_NOT_FIT = "does_not_fit"  # costs more than was left when it would have been its turn
    OUTWEIGHED = "outweighed"  # it would have fitted, and others were worth more to the voters


@dataclass(frozen=True, slots=True)
class Rival:
    """A winner that some supporters of the project support too.

    `voters` of them do; in rules with shares they spent `paid` on it.
    """

    project: str
    voters: int
    paid: Fraction | None


@dataclass(frozen=True, slots=True)
class Why:
    """One project.  Money is in the smallest unit.

    `missing_money`: with rules that give each voter a share, what the supporters lacked at the end
    to pay the cost; with the others, what the cost was above the money left in its turn; 0 for a
    winner.  (With that much more it need not win: others may spend it first.)
    """

    project: str
    verdict: Verdict
    cost: int
    votes: int
    points: int
    turn: int | None  # of a winner: 1 for the first taken
    price: Fraction | None  # what each supporter paid (for each point), where the rule has shares
    supporters_left: Fraction | None  # what all supporters together had left at the end
    missing_money: Fraction
    rivals: tuple[Rival, ...]  # the one that took most of the supporters' money first

    @property
    def won(self) -> bool:
        return self.verdict is Verdict.CHOSEN


def why(profile: Profile, outcome: Outcome, project: str, *, limits: Limits | None = None) -> Why:
    """Explain one project of an outcome that was counted with `explain=True`, and those limits."""
    closed = closed_by(limits, profile, outcome.winners)
    return _why(profile, outcome, project, who_paid(profile, outcome), closed)


def explain(profile: Profile, outcome: Outcome, *, limits: Limits | None = None) -> tuple[Why, ...]:
    """Explain every project: winners as they were taken, then losers by votes.

    >>> from decide.budgeting.greedy import tally
    >>> election = Profile.from_ballots(
    ...     [["lamps", "bench"], ["lamps"], ["bench"], ["lamps"]],
    ...     {"lamps": 600, "bench": 500, "garden": 300},
    ...     budget=1000,
    ... )
    >>> counted = tally(election, ties=["bench", "garden", "lamps"], explain=True)
    >>> for found in explain(election, counted):
    ...     print(found.project, found.verdict, found.votes, found.missing_money)
    lamps chosen 3 0
    bench does_not_fit 2 100
    garden no_supporters 0 0
    """
    payments = who_paid(profile, outcome)
    closed = closed_by(limits, profile, outcome.winners)
    losers = sorted(
        set(profile.projects) - set(outcome.winners),
        key=lambda project: (
            -profile.points[profile.number[project]],
            profile.number[project],
        ),
    )
    return tuple(
        _why(profile, outcome, project, payments, closed) for project in (*outcome.winners, *losers)
    )


def _why(
    profile: Profile,
    outcome: Outcome,
    project: str,
    payments: Payments | None,
    closed: Collection[str],
) -> Why:
    number = profile.number[project]
    cost, votes = profile.costs[number], profile.support[number]
    step = next((step for step in outcome.steps if step.project == project), None)
    won = project in outcome.winners
    left = payments.left_to(project) if payments else None
    missing = Fraction(0)
    if not won:
        if left is not None:
            missing = max(Fraction(0), cost - left)
        else:
            remaining = step.remaining if step else outcome.remaining
            missing = Fraction(max(0, cost - remaining))
        if votes == 0:
            missing = Fraction(0)
    paid = payments.by_supporters_of(project) if payments else {}
    return Why(
        project=project,
        verdict=_verdict(profile, outcome, project, left, closed),
        cost=cost,
        votes=votes,
        points=profile.points[number],
        turn=outcome.winners.index(project) + 1 if won else None,
        price=getattr(step, "price", None),
        supporters_left=left,
        missing_money=missing,
        rivals=_rivals(profile, outcome.winners, project, paid if payments else None),
    )


def _verdict(
    profile: Profile, outcome: Outcome, project: str, left: Fraction | None, closed: Collection[str]
) -> Verdict:
    if project in outcome.winners:
        return Verdict.CHOSEN
    number = profile.number[project]
    step = next((step for step in outcome.steps if step.project == project), None)
    told = getattr(step, "verdict", None)
    if profile.support[number] == 0:
        return Verdict.NO_SUPPORTERS
    if profile.costs[number] > profile.budget:
        return Verdict.DEARER_THAN_BUDGET
    if project in closed:
        return Verdict.CLOSED
    minimum = outcome.parameters.get("minimum")
    if isinstance(minimum, int) and profile.points[number] < minimum:
        return Verdict.BELOW_MINIMUM
    if told is not None and told.value in {verdict.value for verdict in Verdict}:
        return Verdict(told.value)
    if left is not None and left < profile.costs[number]:
        return Verdict.SUPPORTERS_HAD_TOO_LITTLE
    if profile.costs[number] > outcome.remaining:
        return Verdict.DOES_NOT_FIT
    return Verdict.OUTWEIGHED


def _rivals(
    profile: Profile, winners: Collection[str], project: str, paid: dict[str, Fraction] | None
) -> tuple[Rival, ...]:
    voters = np.zeros(len(profile.count), np.int64)
    rows = profile.rows_of(project)
    voters[rows] = profile.count[rows]
    shared = np.bincount(
        profile.chosen, weights=voters[profile.ballots.row], minlength=len(profile.projects)
    )
    rivals = [
        Rival(
            winner,
            int(shared[profile.number[winner]]),
            None if paid is None else paid.get(winner, Fraction(0)),
        )
        for winner in winners
        if winner != project and shared[profile.number[winner]]
    ]
    return tuple(sorted(rivals, key=lambda rival: (-(rival.paid or 0), -rival.voters)))


@dataclass(frozen=True, slots=True)
class Share:
    """So many voters got so much from the winners."""

    got: int
    voters: int


def satisfied(profile: Profile, outcome: Outcome, *, utility: str = "cost") -> tuple[Share, ...]:
    """How many voters got how much: the cost of the winners on their ballot, or their number.

    >>> from decide.budgeting.greedy import tally
    >>> election = Profile.from_ballots([["a", "b"], ["a"], ["c"]], {"a": 3, "b": 2, "c": 9}, 5)
    >>> satisfied(election, tally(election, ties="abc"), utility="cardinality")
    (Share(got=0, voters=1), Share(got=1, voters=1), Share(got=2, voters=1))
    """
    got = satisfaction(profile, outcome.winners, utility=utility)
    amounts, at = np.unique(got, return_inverse=True)
    voters = np.bincount(at, weights=profile.count, minlength=len(amounts))
    return tuple(
        Share(int(amount), int(number))
        for amount, number in zip(amounts, voters, strict=True)
        if number
    )
