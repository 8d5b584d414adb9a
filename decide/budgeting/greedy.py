"""Greedy by votes: the most wanted project first, as long as the money lasts.

The rule in words: put the projects in the order of their votes; go down the list; a project is
taken when it costs no more than what is left.  Two forms are in use: most cities `SKIP` a project
that does not fit and go on (Warszawa, Łódź, Kraków), some `STOP` there (Gdynia).  Where a minimum
is set, projects with fewer votes do not stand in the list at all.

`greedy` counts from the sums of votes and tells each project's margins; `tally` has the one shape
of all budgeting rules, counts from a profile, and can go by votes per cost as well.

Source: Talmon and Faliszewski, "A Framework for Approval-Based Budgeting Methods", AAAI 2019
(greedy rule); the two forms and the minimum as Pabulib records them (`greedy`, `greedy-no-skip`,
`greedy-threshold`).

All amounts are whole numbers of the smallest unit of the currency.
"""

from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from decide.budgeting import outcome
from decide.budgeting.constraints import Limits
from decide.budgeting.profile import Profile
from decide.errors import Code, DecideError, whole
from decide.ties import Tie, equal_votes, ranked


class Form(StrEnum):
    """What happens at a project that costs more than is left."""

    SKIP = "skip"  # go on to the next one
    STOP = "stop"  # nothing more is taken


class Verdict(StrEnum):
    """What became of a project when its turn came."""

    TAKEN = "taken"
    BELOW_MINIMUM = "below_minimum"  # too few votes to stand in the list
    DEARER_THAN_BUDGET = "dearer_than_budget"  # costs more than there ever was
    DOES_NOT_FIT = "does_not_fit"  # costs more than was left
    AFTER_THE_STOP = "after_the_stop"  # an earlier one did not fit, and the form is STOP
    CLOSED = "closed"  # a limit of `constraints` keeps it out: a conflict, a ceiling


TOO_DEAR = (Verdict.DOES_NOT_FIT, Verdict.DEARER_THAN_BUDGET)
ENDED = -1  # less than any project costs: the list has ended


@dataclass(frozen=True, slots=True)
class Step:
    """One project in its turn."""

    option: str
    votes: int
    cost: int
    remaining: int  # money before this turn
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an option won or lost, as facts.

    `missing_votes`: the fewest further ballots for this option alone with which it would have won;
    0 for a winner, None when no number of ballots suffices (it costs more than the whole budget).
    `spare_votes`: how many votes a winner could have lost and still have won; None when it would
    have won with none at all; 0 for a loser.
    `missing_money`: what it cost beyond the money left in its turn, 0 where it would have fitted.
    (With that much more budget it need not win: an earlier project may fit first.)
    """

    verdict: Verdict
    missing_votes: int | None
    spare_votes: int | None
    missing_money: int

    @property
    def won(self) -> bool:
        return self.verdict is Verdict.TAKEN


@dataclass(frozen=True, slots=True)
class Result:
    winners: tuple[str, ...]  # in the order in which they were taken
    steps: tuple[Step, ...]  # every option, in the order of its turn
    why: dict[str, Reason]
    ties: tuple[Tie, ...]
    budget: int
    spent: int
    form: Form
    minimum: int

    @property
    def remaining(self) -> int:
        return self.budget - self.spent


def greedy(
    votes: Mapping[str, int],
    costs: Mapping[str, int],
    *,
    budget: int,
    ties: Sequence[str],
    form: Form = Form.SKIP,
    minimum: int = 1,
) -> Result:
    """Spend `budget` on the options with the most votes.

    >>> votes = {"lamps": 40, "bench": 30, "garden": 20}
    >>> costs = {"lamps": 600, "bench": 500, "garden": 300}
    >>> result = greedy(votes, costs, budget=1000, ties=["bench", "garden", "lamps"])
    >>> result.winners, result.spent
    (('lamps', 'garden'), 900)
    >>> result.why["bench"]  # ten more put it level with the lamps, and the tie list puts it first
    Reason(verdict=<Verdict.DOES_NOT_FIT: 'does_not_fit'>, missing_votes=10, spare_votes=0, \
missing_money=100)
    """
    if costs.keys() != votes.keys():
        raise DecideError(
            Code.NOT_THE_SAME_OPTIONS, what="costs", differ=sorted(costs.keys() ^ votes.keys())
        )
    for option in votes:
        whole(f"votes of {option}", votes[option])
        whole(f"cost of {option}", costs[option])
    whole("budget", budget)
    whole("minimum", minimum)
    order = ranked(votes, ties=ties)
    steps = _walk(order, votes, costs, budget=budget, form=form, minimum=minimum)
    winners = tuple(step.option for step in steps if step.verdict is Verdict.TAKEN)
    margins = Margins(order, votes, costs, budget=budget, ties=ties, form=form, minimum=minimum)
    return Result(
        winners=winners,
        steps=steps,
        why={step.option: _reason(step, margins) for step in steps},
        ties=tuple(_ties(steps, votes=votes, form=form)),
        budget=budget,
        spent=sum(costs[winner] for winner in winners),
        form=form,
        minimum=minimum,
    )


def _walk(
    order: Sequence[str],
    votes: Mapping[str, int],
    costs: Mapping[str, int],
    *,
    budget: int,
    form: Form,
    minimum: int,
) -> tuple[Step, ...]:
    """The rule itself: down the list, taking what fits."""
    remaining, stopped = budget, False
    steps = []
    for option in order:
        cost = costs[option]
        if votes[option] < minimum:
            verdict = Verdict.BELOW_MINIMUM
        elif stopped:
            verdict = Verdict.AFTER_THE_STOP
        elif cost <= remaining:
            verdict = Verdict.TAKEN
        else:
            verdict = Verdict.DOES_NOT_FIT if cost <= budget else Verdict.DEARER_THAN_BUDGET
            stopped = form is Form.STOP
        steps.append(Step(option, votes[option], cost, remaining, verdict))
        if verdict is Verdict.TAKEN:
            remaining -= cost
    return tuple(steps)


def _reason(step: Step, margins: "Margins") -> Reason:
    missing_votes, spare_votes = margins.of(step.option)
    return Reason(
        verdict=step.verdict,
        missing_votes=missing_votes,
        spare_votes=spare_votes,
        missing_money=max(0, step.cost - step.remaining),
    )


def _ties(steps: Sequence[Step], *, votes: Mapping[str, int], form: Form) -> list[Tie]:
    """Every tie among the projects in the list, and whether its order mattered.

    It mattered when not all of the tied projects that fit alone fit together: whichever was left
    out would have been taken first.  In the form STOP it also mattered when one fits and one does
    not, for the second, put first, would have ended everything.
    """
    by_option = {step.option: step for step in steps}
    listed = [step.option for step in steps if step.verdict is not Verdict.BELOW_MINIMUM]
    ties = []
    for tied, options in equal_votes(listed, votes=votes):
        first = by_option[options[0]]
        if first.verdict is Verdict.AFTER_THE_STOP:
            decisive = False
        else:
            costs = [by_option[option].cost for option in options]
            fitting = [cost for cost in costs if cost <= first.remaining]
            decisive = sum(fitting) > first.remaining or (
                form is Form.STOP and 0 < len(fitting) < len(costs)
            )
        ties.append(Tie(options, tied, decisive=decisive))
    return ties


class Margins:
    """With how many votes an option would have won, the votes for all others unchanged.

    Only the option's place among the others matters for that, and it changes only where its votes
    pass those of another or the minimum.  So the numbers of votes around each of these points are
    all tried; nothing is assumed about more votes being better.
    """

    def __init__(
        self,
        order: Sequence[str],
        votes: Mapping[str, int],
        costs: Mapping[str, int],
        *,
        budget: int,
        ties: Sequence[str],
        form: Form,
        minimum: int,
    ) -> None:
        self.order, self.votes, self.costs = order, votes, costs
        self.budget, self.form, self.minimum = budget, form, minimum
        self.place = {option: number for number, option in enumerate(ties)}
        around = {near for count in votes.values() for near in (count - 1, count, count + 1)}
        self.tries = sorted(n for n in around | {0, minimum - 1, minimum} if n >= 0)

    def of(self, option: str) -> tuple[int | None, int | None]:
        """(missing votes, spare votes) of an option, one of them 0."""
        have, wins = self.votes[option], self.wins(option)
        if wins(have):
            losing = [n for n in self.tries if n < have and not wins(n)]
            return 0, have - losing[-1] - 1 if losing else None
        winning = [n for n in self.tries if n > have and wins(n)]
        return winning[0] - have if winning else None, 0

    def wins(self, option: str) -> Callable[[int], bool]:
        """The question "would it win with n votes", answered for every n."""
        rivals = [other for other in self.order if other != option]
        steps = _walk(
            rivals,
            self.votes,
            self.costs,
            budget=self.budget,
            form=self.form,
            minimum=self.minimum,
        )
        before = [(-self.votes[rival], self.place[rival]) for rival in rivals]
        left = [self.budget]  # left[i]: what is left for it when i rivals go first
        for step in steps:
            if step.verdict is Verdict.TAKEN:
                left.append(step.remaining - step.cost)
            elif self.form is Form.STOP and step.verdict in TOO_DEAR:
                left.append(ENDED)
            else:
                left.append(left[-1])

        def wins(n: int) -> bool:
            rivals_before = bisect(before, (-n, self.place[option]))
            return n >= self.minimum and self.costs[option] <= left[rivals_before]

        return wins


@dataclass(frozen=True, slots=True)
class Turn(outcome.Step):
    """A project in its turn, when a profile is counted."""

    votes: int  # or points
    verdict: Verdict


def tally(
    profile: Profile,
    *,
    ties: Sequence[str],
    form: Form | str = Form.SKIP,
    minimum: int = 1,
    per_cost: bool = False,
    limits: Limits | None = None,
    explain: bool = False,
) -> outcome.Outcome:
    """Down the list by votes (points, where ballots have them), or by votes per unit of money.

    Votes per cost are compared as fractions; a project that costs nothing comes before all others.

    >>> election = Profile.from_ballots(
    ...     [["lamps"], ["lamps", "bench"], ["garden"]],
    ...     {"lamps": 600, "bench": 200, "garden": 300},
    ...     budget=600,
    ... )
    >>> ties = ["bench", "garden", "lamps"]
    >>> tally(election, ties=ties).winners, tally(election, ties=ties, per_cost=True).winners
    (('lamps',), ('bench', 'garden'))
    """
    form, place, votes = Form(form), outcome.places(profile, ties), profile.points
    costs, budget = profile.costs, profile.budget
    listed = [n for n in range(len(votes)) if votes[n] >= whole("minimum", minimum)]
    worth: Mapping[int, Fraction | int]
    if per_cost:
        free = 1 + max(votes, default=0)  # more than any votes for at least 1
        worth = {n: Fraction(votes[n], costs[n]) if costs[n] else free for n in listed}
    else:
        worth = {n: votes[n] for n in listed}
    order = sorted(listed, key=lambda n: (-worth[n], place[n]))

    remaining, taken, turns, ties_met = budget, list[int](), list[Turn](), list[outcome.Tie]()
    gate = limits.gate(profile) if limits else None
    closed = set(gate.closed()) if gate else set[int]()
    stopped = False
    for value, run in groupby(order, key=worth.__getitem__):
        level = list(run)
        if len(level) > 1 and not stopped:
            names = tuple(profile.projects[n] for n in level)
            ties_met.append(outcome.Tie(names, Fraction(value), after=len(taken)))
        for n in level:
            if stopped:
                verdict = Verdict.AFTER_THE_STOP
            elif n in closed:
                verdict = Verdict.CLOSED
            elif costs[n] <= remaining:
                verdict = Verdict.TAKEN
            else:
                verdict = Verdict.DOES_NOT_FIT if costs[n] <= budget else Verdict.DEARER_THAN_BUDGET
                stopped = form is Form.STOP
            turns.append(Turn(profile.projects[n], costs[n], remaining, votes[n], verdict))
            if verdict is Verdict.TAKEN:
                taken.append(n)
                remaining -= costs[n]
                closed.update(gate.take(n) if gate else ())
    return outcome.outcome(
        profile,
        "greedy",
        {"form": form.value, "minimum": minimum, "per_cost": per_cost},
        taken,
        steps=turns if explain else (),
        ties=ties_met,
    )
