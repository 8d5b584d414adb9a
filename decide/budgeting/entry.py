"""At which budget each project enters: the smallest with which it would have won.

A bigger budget can push a project out again (a dear one fits first), so nothing is bisected; the
budgets at which anything can change are gone through from below.

* Greedy and Phragmén ask of the budget only whether a project fits into what is left.  As long as
  no such answer changes, the outcome is the same; the next budget at which one changes is the
  smallest cost of a project plus what was spent before some round, above the present budget.

For other rules nothing is offered: their budgets cannot be passed over.
"""

from collections.abc import Collection

from decide.budgeting.greedy import Turn, Verdict
from decide.budgeting.method import Method
from decide.budgeting.outcome import Outcome
from decide.budgeting.profile import Profile

TRIES = 5000  # counts in all


def entry_budgets(
    profile: Profile,
    method: Method,
    *,
    projects: Collection[str] | None = None,
    most: int | None = None,
    tries: int = TRIES,
) -> dict[str, int | None]:
    """The smallest budget up to `most` (default: twice the election's) with which each one wins.

    None: no budget up to there, or it was not reached in so many tries.

    >>> election = Profile.from_ballots([["a"]] * 3 + [["b"]], {"a": 5, "b": 2}, budget=6)
    >>> entry_budgets(election, Method("greedy", ties=("a", "b")))
    {'a': 5, 'b': 2}
    """
    asked = profile.projects if projects is None else tuple(projects)
    most = 2 * profile.budget if most is None else most
    if method.rule.startswith("greedy") or method.rule == "phragmen":
        found = _by_events(profile, method, set(asked), most, tries)
    else:
        found = {}
    return {project: found.get(project) for project in asked}


def _by_events(
    profile: Profile, method: Method, asked: set[str], most: int, tries: int
) -> dict[str, int]:
    found: dict[str, int] = {}
    costs = [cost for cost, votes in zip(profile.costs, profile.support, strict=True) if votes]
    budget = 0
    for _ in range(tries):
        outcome = method(profile.funded(budget), explain=True)
        for winner in outcome.winners:
            found.setdefault(winner, budget)
        if asked <= found.keys():
            break
        following = _next_budget(outcome, costs, budget)
        if following is None or following > most:
            break
        budget = following
    return found


def _next_budget(outcome: Outcome, costs: list[int], budget: int) -> int | None:
    """The next budget at which a project fits that does not fit now."""
    turns = [step for step in outcome.steps if isinstance(step, Turn)]
    if turns:  # greedy tells the turn of each project, so only that turn can change
        too_dear = (Verdict.DOES_NOT_FIT, Verdict.DEARER_THAN_BUDGET)
        lacks = [turn.cost - turn.remaining for turn in turns if turn.verdict in too_dear]
        return budget + min(lacks) if lacks else None
    spent = {budget - step.remaining for step in outcome.steps} | {outcome.total_cost}
    later = [cost + before for cost in costs for before in spent if cost + before > budget]
    return min(later, default=None)
