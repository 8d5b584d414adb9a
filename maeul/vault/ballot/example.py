"""One small vote, counted by every rule for money: what the page on counting shows.

Ten people in two groups that choose alike, five projects, ten million won; small enough to follow
with a pencil.  Nothing is written down beforehand: `decide` counts it each time.  Pure.
"""

from dataclasses import dataclass
from fractions import Fraction

from decide import approval, ranking, scoring
from decide.budgeting.equal_shares import SharesStep
from decide.budgeting.outcome import Outcome, Step
from decide.budgeting.phragmen import PhragmenStep
from decide.budgeting.profile import Profile
from maeul.vault.ballot.counting import method_of
from maeul.vault.ballot.rules import Rule

BUDGET = 10_000_000
COSTS = {"1": 4_800_000, "2": 4_200_000, "3": 2_800_000, "4": 1_000_000, "5": 1_200_000}
GROUPS = ((6, ("1", "2")), (4, ("3", "4", "5")))
"""So many people who chose these projects."""
BALLOTS = tuple(chosen for people, chosen in GROUPS for _person in range(people))
SHARE = Fraction(BUDGET, len(BALLOTS))


WORTHS = (3, 2, 1)
RANKED = ((6, ("2", "1", "4")), (4, ("3", "4", "5")))
"""The same two groups, where they are asked what they want most."""
SCORED = ((6, {"1": 5, "2": 4, "4": 2}), (4, {"3": 5, "4": 4, "5": 1}))
"""And where they may give up to five points to each."""
SEATS = 2


@dataclass(frozen=True, slots=True)
class Round:
    """A turn of a rule; `each`: what one person of each group has left, or carries, in won."""

    step: Step
    each: tuple[Fraction, ...]


def votes() -> dict[str, int]:
    return {project: sum(project in ballot for ballot in BALLOTS) for project in COSTS}


def by_votes() -> Outcome:
    return _counted(Rule.GREEDY, {})


def by_shares() -> tuple[Outcome, list[Round]]:
    """Equal Shares; what is left over is spent by votes."""
    outcome = _counted(Rule.EQUAL_SHARES, {"utility": "cost", "completion": "utilitarian"})
    left, rounds = [SHARE] * len(GROUPS), []
    for step in outcome.steps:
        if isinstance(step, SharesStep) and step.price is not None:
            left = [
                purse - min(purse, step.price) if step.project in chosen else purse
                for purse, (_people, chosen) in zip(left, GROUPS, strict=True)
            ]
        rounds.append(Round(step, tuple(left)))
    return outcome, rounds


def by_best_set() -> Outcome:
    """Every set that ten million pay for; the one with the most votes."""
    return _counted(Rule.KNAPSACK, {})


def by_loads() -> tuple[Outcome, list[Round]]:
    """Sequential Phragmén: who wins carries the cost, and the heaviest load grows least."""
    outcome = _counted(Rule.PHRAGMEN, {})
    loads, rounds = [Fraction(0)] * len(GROUPS), []
    for step in outcome.steps:
        if isinstance(step, PhragmenStep):
            loads = [
                step.load if step.project in chosen else load
                for load, (_people, chosen) in zip(loads, GROUPS, strict=True)
            ]
        rounds.append(Round(step, tuple(loads)))
    return outcome, rounds


def by_ranks() -> ranking.Result:
    ballots = [order for people, order in RANKED for _person in range(people)]
    return ranking.borda(ballots, options=COSTS, ties=tuple(COSTS), seats=SEATS, worths=WORTHS)


def by_points() -> approval.Result:
    ballots = [points for people, points in SCORED for _person in range(people)]
    return approval.choose(
        scoring.count(ballots, options=COSTS).votes, ties=tuple(COSTS), seats=SEATS
    )


def _counted(rule: Rule, values: dict[str, object]) -> Outcome:
    method = method_of(rule, values, ties=tuple(COSTS))
    return method(Profile.from_ballots(BALLOTS, COSTS, BUDGET), explain=True)
