"""The Method of Equal Shares: everybody has the same share of the money to spend.

The rule in words: divide the budget among all who voted.  A project is bought when its supporters
can pay for it together; each pays the same for the same utility, or the last of his money.  Of all
that can be bought, the one with the smallest price for a unit of utility goes first, and so on
until no group of supporters can pay for anything more.

Utilities: `cost` (a project is worth what it costs, so many supporters go first), `cardinality`
(every chosen project is worth the same), `score` (the points on the ballot).  A project that costs
nothing and has a supporter goes before all others.

Money is left over as a rule; `completion` says how it is spent, see there.  With `compare` the
count ends with the question some cities ask: do more voters like this outcome better than that of
greedy?

Sources: Peters, Pierczyński, Skowron, "Proportional Participatory Budgeting with Additive
Utilities", NeurIPS 2021 (the rule and its completions); Peters and Skowron, "Proportionality and
the Limits of Welfarism", EC 2020.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from decide.budgeting import greedy
from decide.budgeting.completion import Extra, add_one, add_utility, utilitarian
from decide.budgeting.constraints import Limits
from decide.budgeting.outcome import Outcome, Step, Tie, outcome, places
from decide.budgeting.profile import Profile
from decide.budgeting.shares import Count
from decide.budgeting.supporters import Supporters
from decide.errors import Code, DecideError

CHOICES = {
    "utility": ("cost", "cardinality", "score"),
    "completion": ("none", "add1", "add-utility", "utilitarian", "add1+utilitarian"),
    "stop": ("exhaustive", "feasible"),
}


@dataclass(frozen=True, slots=True)
class SharesStep(Step):
    """One purchase.  In a completion by `utilitarian` nobody pays: price and rho are None."""

    phase: str  # "equal-shares", or the completion that took it
    price: Fraction | None  # what one payer pays at most; with scores, for a point
    rho: Fraction | None  # price per utility, the smallest of all
    supporters: int
    paid_in_full: int
    paid_their_last: int  # had less than the price, and nothing after
    unaffordable: tuple[str, ...]  # what supporters could pay before and cannot any more
    closed: tuple[str, ...] = ()  # what a limit keeps out from now on


def tally(
    profile: Profile,
    *,
    ties: Sequence[str],
    utility: str = "cost",
    completion: str = "none",
    stop: str = "exhaustive",
    leap: bool = True,
    compare: bool = False,
    limits: Limits | None = None,
    explain: bool = False,
) -> Outcome:
    """Count by Equal Shares.

    Each of five voters has 200 of the 1,000 won.  Three pay 150 each for the lamps and have 50
    left; two pay 150 each for the garden.  Nobody has enough for the bench any more: its three
    supporters have 150 together, and it costs 400.

    >>> election = Profile.from_ballots(
    ...     [["lamps", "bench"], ["lamps", "bench"], ["lamps"], ["garden"], ["garden", "bench"]],
    ...     {"lamps": 450, "bench": 400, "garden": 300},
    ...     budget=1000,
    ... )
    >>> result = tally(election, ties=["lamps", "bench", "garden"], explain=True)
    >>> result.winners
    ('lamps', 'garden')
    >>> [(str(step.price), step.paid_in_full, step.unaffordable) for step in result.steps]
    [('150', 3, ('bench',)), ('150', 2, ())]
    """
    given = {"utility": utility, "completion": completion, "stop": stop}
    for what, value in given.items():
        if value not in CHOICES[what]:
            raise DecideError(Code.NOT_THE_SAME_OPTIONS, what=what, differ=[value])
    parameters: dict[str, object] = {"utility": utility, "completion": completion}
    if completion.startswith("add1"):
        parameters["stop"] = stop
    if compare:
        parameters["compare"] = True
    place = places(profile, ties)
    if profile.voters() == 0:
        return outcome(profile, "equal-shares", parameters, ())

    supporters = Supporters(profile, utility, limits)
    if completion.startswith("add1"):
        count = add_one(supporters, place=place, stop=stop, leap=leap).count
    else:
        count = Count(supporters, Fraction(profile.budget, profile.voters()), place=place).run()
    winners = [bought.project for bought in count.bought]
    extras: list[Extra] = []
    if completion.endswith("utilitarian"):
        extras = utilitarian(supporters, winners, place=place)
    elif completion == "add-utility":
        extras = add_utility(count, place=place)

    names = profile.projects
    met = [
        Tie(tuple(names[p] for p in bought.level), rho(count, bought.project), after=n)
        for n, bought in enumerate(count.bought)
        if len(bought.level) > 1
    ]
    met += [
        Tie(tuple(names[p] for p in extra.level), extra.value, after=len(winners) + n)
        for n, extra in enumerate(extras)
        if len(extra.level) > 1
    ]
    steps = _steps(count, extras) if explain else ()
    result = outcome(
        profile,
        "equal-shares",
        parameters,
        [*winners, *(extra.project for extra in extras)],
        steps=steps,
        ties=met,
        endowment=count.ledger.start,
    )
    if not compare:
        return result
    return _compared(profile, result, ties=ties, utility=utility, limits=limits, explain=explain)


def rho(count: Count, project: int) -> Fraction:
    """The exact price per utility at which a project was bought."""
    [bought] = [bought for bought in count.bought if bought.project == project]
    if bought.exact is None:
        count.catch_up()
    assert bought.exact
    return bought.exact.value / count.supporters.utilities[project]


def _steps(count: Count, extras: Sequence[Extra]) -> list[SharesStep]:
    """Each purchase again, from exact prices."""
    count.catch_up()
    supporters = count.supporters
    profile = supporters.profile
    ledger = count.ledger.fresh()
    gate = supporters.limits.gate(profile) if supporters.limits else None
    out = set(gate.closed()) if gate else set[int]()
    open_ = [
        p
        for p, voters in enumerate(supporters.voters)
        if voters and p not in out and ledger.affordable(p)
    ]
    remaining, steps = profile.budget, []
    for bought in count.bought:
        assert bought.exact
        ledger.pay(bought.project, bought.exact)
        open_.remove(bought.project)
        closed = gate.take(bought.project) if gate else ()
        open_ = [project for project in open_ if project not in closed]
        lost = [project for project in open_ if not ledger.affordable(project)]
        open_ = [project for project in open_ if project not in lost]
        steps.append(
            SharesStep(
                project=profile.projects[bought.project],
                cost=profile.costs[bought.project],
                remaining=remaining,
                phase="equal-shares",
                price=bought.exact.value,
                rho=bought.exact.value / supporters.utilities[bought.project],
                supporters=supporters.voters[bought.project],
                paid_in_full=bought.exact.in_full,
                paid_their_last=bought.exact.last,
                unaffordable=tuple(profile.projects[project] for project in lost),
                closed=tuple(profile.projects[project] for project in sorted(closed)),
            )
        )
        remaining -= profile.costs[bought.project]
    for extra in extras:
        steps.append(
            SharesStep(
                project=profile.projects[extra.project],
                cost=profile.costs[extra.project],
                remaining=remaining,
                phase=extra.phase,
                price=extra.price,
                rho=None,
                supporters=supporters.voters[extra.project],
                paid_in_full=extra.in_full,
                paid_their_last=extra.last,
                unaffordable=(),
                closed=tuple(
                    profile.projects[project]
                    for project in sorted(gate.take(extra.project) if gate else ())
                ),
            )
        )
        remaining -= profile.costs[extra.project]
    return steps


def _compared(
    profile: Profile,
    result: Outcome,
    *,
    ties: Sequence[str],
    utility: str,
    limits: Limits | None,
    explain: bool,
) -> Outcome:
    """Greedy's outcome instead, when more voters prefer it than prefer this one.

    A voter prefers the outcome of which he has more utility.  With as many on either side Equal
    Shares stays, as Wieliczka had it in 2023.  The parameters tell which outcome stood.
    """
    other = greedy.tally(profile, ties=ties, limits=limits, explain=explain)
    mine, theirs = (satisfaction(profile, one.winners, utility) for one in (result, other))
    ahead = sum(
        voters * ((a > b) - (a < b))
        for voters, a, b in zip(profile.count.tolist(), mine, theirs, strict=True)
    )
    stood = result if ahead >= 0 else other
    parameters = result.parameters | {"stood": stood.rule, "ahead": ahead}
    return replace(stood, rule=result.rule, parameters=parameters)


def satisfaction(profile: Profile, winners: Sequence[str], utility: str) -> list[int]:
    """The utility that each distinct ballot has of some winners.

    >>> election = Profile.from_ballots([["a", "b"], ["b"]], {"a": 5, "b": 4}, budget=9)
    >>> satisfaction(election, ["b", "a"], "cost"), satisfaction(election, ["a"], "cardinality")
    ([9, 4], [1, 0])
    """
    won = [profile.number[winner] for winner in winners]
    worth = {p: profile.costs[p] if utility == "cost" else 1 for p in won}
    total = [0] * len(profile.count)
    points = profile.scores if utility == "score" else None
    starts, rows, order = profile.ballots.by_project
    for p in won:
        part = slice(starts[p], starts[p + 1])
        each = [1] * len(rows[part]) if points is None else points[order[part]].tolist()
        for row, times in zip(rows[part].tolist(), each, strict=True):
            total[row] += worth[p] * max(0, times)
    return total
