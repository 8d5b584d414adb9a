"""At which budget each project enters: the smallest with which it would have won.

A bigger budget can push a project out again (a dear one fits first), so nothing is bisected; the
budgets at which anything can change are gone through from below.

* Greedy and Phragmén ask of the budget only whether a project fits into what is left.  As long as
  no such answer changes, the outcome is the same; the next budget at which one changes is the
  smallest cost of a project plus what was spent before some round, above the present budget.
* Equal Shares without completion: `shares.Count` counts all budgets of a range at once and proves
  that they have the same outcome; ranges in which it cannot are halved, down to a single budget.
  Only whole units of the currency are tried here.

For other rules nothing is offered: their budgets cannot be passed over.
"""

from collections.abc import Collection

from decide.budgeting.greedy import Form, Turn, Verdict
from decide.budgeting.method import Method
from decide.budgeting.outcome import Outcome
from decide.budgeting.profile import Profile
from decide.ties import ranked

TRIES = 5000  # counts for one project


def entry_budgets(
    profile: Profile,
    method: Method,
    *,
    projects: Collection[str] | None = None,
    most: int | None = None,
    tries: int = TRIES,
) -> dict[str, int | None]:
    """The smallest budget up to `most` (default: twice the election's) with which each one wins.

    None: no budget up to there, or it was not reached in so many tries for one project.

    >>> election = Profile.from_ballots([["a"]] * 3 + [["b"]], {"a": 5, "b": 2}, budget=6)
    >>> entry_budgets(election, Method("greedy", ties=("a", "b")))
    {'a': 5, 'b': 2}
    """
    asked = profile.projects if projects is None else tuple(projects)
    most = 2 * profile.budget if most is None else most
    completion = method.parameters.get("completion", "none")
    plain = method.limits is None and not method.parameters.get("per_cost")
    if method.rule in ("greedy", "greedy-no-skip") and plain:
        found = _by_places(profile, method, asked, most, tries)
    elif method.rule.startswith("greedy") or method.rule == "phragmen":
        found = _by_events(profile, method, set(asked), most, tries)
    elif method.rule == "equal-shares" and completion == "none" and method.limits is None:
        from decide.budgeting.ranges import entries_for_shares

        found = entries_for_shares(profile, method, asked, most, tries)
    else:
        found = {}
    return {project: found.get(project) for project in asked}


def _by_places(
    profile: Profile, method: Method, asked: Collection[str], most: int, tries: int
) -> dict[str, int]:
    """Greedy by votes: only the projects before a project in the list matter to it."""
    order = ranked(profile.totals(), ties=method.ties)
    minimum, form = method.parameters.get("minimum", 1), method.parameters.get("form", Form.SKIP)
    stops = method.rule == "greedy-no-skip" or form == Form.STOP
    found: dict[str, int] = {}
    before: list[int] = []  # costs
    for project in order:
        number = profile.number[project]
        if isinstance(minimum, int) and profile.points[number] < minimum:
            break
        cost = profile.costs[number]
        if project in asked:
            budget = cost
            for _ in range(tries):
                lack = _lack([*before, cost], budget, stops)
                if budget > most or lack == 0:
                    break
                budget += lack
            else:
                budget = most + 1
            if budget <= most:
                found[project] = budget
        before.append(cost)
    return found


def _lack(costs: list[int], budget: int, stops: bool) -> int:
    """0 when the last one is taken, else the least more money that lets another one fit.

    >>> _lack([6, 5, 3], 10, False), _lack([6, 5, 3], 10, True), _lack([6, 5, 5], 10, False)
    (0, 1, 1)
    """
    least, fits = 0, False
    for cost in costs:
        fits = cost <= budget
        if fits:
            budget -= cost
            continue
        least = min(least or cost - budget, cost - budget)
        if stops:
            return least
    return 0 if fits else least


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
