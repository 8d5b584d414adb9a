"""How near a losing project was, found by counting again.

Three measures of Boehmer, Faliszewski, Janeczko, Peters, Pierczyński, Schierreich, Skowron, Szufa,
"Evaluation of Project Performance in Participatory Budgeting", IJCAI 2024:

* `singleton_add`: the fewest new ballots for this project alone with which it would have won;
* `random_additions`: the share of the other ballots that would have had to add it, chosen by lot,
  as the median over several lots with its spread;
* `cost_decrease`: how far its cost would have had to fall.

More support does not always help and a lower cost does not always either, so nothing is bisected
unless it is proven that what wins once keeps winning.  What is proven for which rule, and which
numbers of ballots are passed over because they provably cannot win, stands at `Margin` and in
`decide.budgeting.ranges`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

import numpy as np

from decide.budgeting.greedy import Form, Margins
from decide.budgeting.method import Method
from decide.budgeting.profile import Ints, Profile
from decide.ties import ranked

TRIES = 400  # recounts for one project where a rule allows no short cut


@dataclass(frozen=True, slots=True)
class Margin:
    """With `enough` further ballots it wins, with fewer than `none_below` it does not.

    Equal numbers are the exact answer.  They differ where a rule allows no short cut and the tries
    were used up; between them nothing is known.  `enough` is None where no number was found.
    """

    enough: int | None
    none_below: int

    @property
    def exact(self) -> bool:
        return self.enough == self.none_below


def singleton_add(
    profile: Profile,
    method: Method,
    *,
    projects: Collection[str] | None = None,
    most: int | None = None,
    tries: int = TRIES,
) -> dict[str, Margin]:
    """The fewest ballots for each losing project alone with which it wins; winners are left out.

    * Greedy looks at points alone, and more points of one project only move it past others: the
      outcome changes at no other number of ballots than where it draws level with or passes
      another project or the minimum.  All of these are tried.
    * Phragmén: the new voters support nothing else, so until the project is taken nothing changes
      for others.  It is taken in the first round in which its load is the lowest; more ballots
      lower its load, so that round only comes earlier, when there is no less money.  So what wins
      once keeps winning, and the number may be bisected.
    * Equal Shares without completion: see `decide.budgeting.ranges`.
    * Every other rule (completions, knapsack): first doubling finds a number that wins; then all
      numbers from 1 on are tried, at most `tries` of them.

    >>> election = Profile.from_ballots([["a"]] * 3 + [["b"]], {"a": 2, "b": 2}, budget=3)
    >>> singleton_add(election, Method("greedy", ties=("a", "b")))
    {'b': Margin(enough=3, none_below=3)}
    """
    won = set(method(profile).winners)
    asked = profile.projects if projects is None else projects
    losers = [project for project in asked if project not in won]
    if method.rule.startswith("greedy") and (profile.scores is None or profile.scores.min() >= 0):
        return {project: _by_place(profile, method, project, most) for project in losers}
    if (
        method.rule == "equal-shares"
        and method.limits is None
        and method.parameters.get("completion", "none") == "none"
        and not method.parameters.get("compare")
    ):
        from decide.budgeting.ranges import fewest_for_shares

        return fewest_for_shares(profile, method, losers, most=most)

    def wins(project: str) -> Callable[[int], bool]:
        return lambda n: project in method(profile.plus(project, n)).winners

    limit = most if most is not None else 64 * max(profile.voters(), 1)
    if method.rule == "phragmen":
        return {
            project: _bisected(wins(project), limit)
            if profile.costs[profile.number[project]] <= profile.budget
            else Margin(None, limit + 1)
            for project in losers
        }
    return {project: _scanned(wins(project), limit, tries) for project in losers}


def _by_place(profile: Profile, method: Method, project: str, most: int | None) -> Margin:
    """Try every number of ballots at which the project's place in the list changes."""
    number = profile.number[project]
    own, points, costs = profile.points[number], profile.points, profile.costs
    top = 1 if profile.scores is None else max(1, int(profile.scores.max(initial=1)))
    minimum = method.parameters.get("minimum", 1)
    levels = {Fraction(minimum if isinstance(minimum, int) else 1)}
    per_cost = method.rule == "greedy-per-cost" or bool(method.parameters.get("per_cost"))
    for rival, votes in enumerate(points):
        if not per_cost:
            levels.add(Fraction(votes))
        elif costs[rival]:
            levels.add(Fraction(votes * costs[number], costs[rival]))
    tries = {1}
    for level in levels:
        near = (level - own) / top
        down = near.numerator // near.denominator
        tries |= {down, down + 1}
    limit = max(tries) if most is None else most
    wins = _wins_by_place(profile, method, project, per_cost)
    for n in sorted(n for n in tries if 1 <= n <= limit):
        if wins(own + n * top):
            return Margin(n, n)
    return Margin(None, limit + 1)


def _wins_by_place(
    profile: Profile, method: Method, project: str, per_cost: bool
) -> Callable[[int], bool]:
    """The question whether a project wins with so many points, all others unchanged."""
    minimum, number = method.parameters.get("minimum", 1), profile.number[project]
    if not per_cost and method.limits is None and isinstance(minimum, int):
        votes, costs = profile.totals(), dict(zip(profile.projects, profile.costs, strict=True))
        form = Form.STOP if method.rule == "greedy-no-skip" else Form.SKIP
        return Margins(
            ranked(votes, ties=method.ties),
            votes,
            costs,
            budget=profile.budget,
            ties=method.ties,
            form=Form(str(method.parameters.get("form", form))),
            minimum=minimum,
        ).wins(project)
    sums = _sums(profile)

    def wins(n: int) -> bool:
        count = np.array(profile.points, np.int64)
        count[number] = n
        return project in method(sums.reweighted(count)).winners

    return wins


def _sums(profile: Profile) -> Profile:
    """An election with the same points, a ballot for one project each: all that greedy looks at."""
    size = len(profile.projects)
    return Profile.of(
        profile.projects,
        profile.costs,
        profile.budget,
        starts=np.arange(size + 1),
        chosen=np.arange(size),
        scores=None,
        count=np.array(profile.points, np.int64),
        unit=profile.unit,
    )


def _bisected(wins: Callable[[int], bool], limit: int) -> Margin:
    """The fewest that win, where what wins once keeps winning."""
    low, high = 0, 1  # low loses
    while not wins(high):
        if high >= limit:
            return Margin(None, limit + 1)
        low, high = high, min(2 * high, limit)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if wins(middle) else (middle, high)
    return Margin(high, high)


def _scanned(wins: Callable[[int], bool], limit: int, tries: int) -> Margin:
    """Some number that wins, and then every smaller one from 1 on, as long as tries last.

    The number is found by doubling and made smaller by halving the way to the last that lost.  That
    only looks for a better number that wins; from those that lose nothing is concluded.
    """
    enough, n = None, 1
    while n <= limit:
        if wins(n):
            enough, loses = n, n // 2
            while enough - loses > 1:
                middle = (loses + enough) // 2
                loses, enough = (loses, middle) if wins(middle) else (middle, enough)
            break
        n *= 2
    for n in range(1, min(tries, limit if enough is None else enough - 1) + 1):
        if wins(n):
            return Margin(n, n)
    tried = min(tries, limit if enough is None else enough - 1)
    return Margin(enough, tried + 1)


@dataclass(frozen=True, slots=True)
class Additions:
    """Which share of the other ballots would have had to add a project, over several lots.

    None stands for lots in which not even all of them suffice.
    """

    median: Fraction | None
    spread: tuple[Fraction | None, Fraction | None]  # the lowest and the highest of the lots
    lots: tuple[Fraction | None, ...]


def random_additions(
    profile: Profile,
    method: Method,
    project: str,
    *,
    seeds: int = 5,
    seed: str = "1",
    steps: int = 100,
) -> Additions:
    """Let ballots without the project add it, in an order drawn by lot, until it wins.

    The ballots are shuffled once for a lot, and after each `steps`-th part of them the election is
    counted again, from the first part on: the share given is the first with which it wins.  Added
    points (where ballots have points) are the most that any ballot gives.

    >>> election = Profile.from_ballots([["a"]] * 6 + [["b"]] * 2, {"a": 2, "b": 2}, budget=3)
    >>> random_additions(election, Method("greedy", ties=("a", "b")), "b", seeds=3, steps=6).median
    Fraction(5, 6)
    """
    lots = []
    without = np.ones(len(profile.count), np.bool_)
    without[profile.rows_of(project)] = False
    rows = np.repeat(np.flatnonzero(without), profile.count[without])
    double = _doubled(profile, project)
    for lot in range(seeds):
        order = rows[_shuffle(len(rows), f"{seed} {project} {lot}")]
        share = None
        for step in range(1, steps + 1):
            adders = order[: -(-len(order) * step // steps)]
            added = np.bincount(adders, minlength=len(profile.count))
            changed = double.reweighted(np.concatenate([profile.count - added, added]))
            if project in method(changed).winners:
                share = Fraction(len(adders), max(1, len(rows)))
                break
        lots.append(share)
    ordered = sorted(lots, key=lambda share: (share is None, share or 0))
    return Additions(ordered[len(lots) // 2], (ordered[0], ordered[-1]), tuple(lots))


def _doubled(profile: Profile, project: str) -> Profile:
    """Every distinct ballot twice: as it is, and with the project added."""
    number = profile.number[project]
    has = np.zeros(len(profile.count), np.bool_)
    has[profile.rows_of(project)] = True
    lengths = np.diff(profile.starts)
    longer = lengths + ~has
    starts = np.concatenate([profile.starts, profile.starts[-1] + np.cumsum(longer)])
    ends = profile.starts[1:][~has]
    chosen = np.concatenate([profile.chosen, np.insert(profile.chosen, ends, number)])
    scores = None
    if profile.scores is not None:
        top = int(profile.scores.max(initial=1))
        scores = np.concatenate([profile.scores, np.insert(profile.scores, ends, top)])
    return Profile.of(
        profile.projects,
        profile.costs,
        profile.budget,
        starts=starts,
        chosen=chosen,
        scores=scores,
        count=np.concatenate([profile.count, np.zeros(len(profile.count), np.int64)]),
        unit=profile.unit,
    )


def _shuffle(size: int, seed: str) -> Ints:
    """An order drawn from a seed by a named generator, so that it can be repeated."""
    words = np.frombuffer(sha256(seed.encode()).digest(), np.uint32)
    return np.random.Generator(np.random.PCG64(words.tolist())).permutation(size)


def cost_decrease(
    profile: Profile,
    method: Method,
    *,
    projects: Collection[str] | None = None,
    tries: int = 100,
) -> dict[str, int | None]:
    """The highest lower cost with which each losing project wins; None where none was found.

    With rules that never look at the cost of a project before its turn (greedy by votes) the answer
    is the money left in its turn.  With every other rule costs are tried downwards: first all in
    `tries` equal steps, then each step between the last that loses and the first that wins again in
    `tries` steps, until the smallest unit is reached.  Between the costs tried, others may win too.

    >>> election = Profile.from_ballots([["a"]] * 3 + [["b"]], {"a": 2, "b": 2}, budget=3)
    >>> cost_decrease(election, Method("greedy", ties=("a", "b")))
    {'b': 1}
    """
    won = set(method(profile).winners)
    asked: Sequence[str] = profile.projects if projects is None else list(projects)
    found = {}
    for project in asked:
        if project in won:
            continue
        cost = profile.costs[profile.number[project]]

        def wins(lower: int, project: str = project) -> bool:
            return project in method(profile.priced({project: lower})).winners

        found[project] = _highest(wins, cost, tries)
    return found


def _highest(wins: Callable[[int], bool], cost: int, tries: int) -> int | None:
    loses, step = cost, max(1, cost // tries)
    while True:
        lower = loses - step
        while lower > 0 and not wins(lower):
            loses, lower = lower, lower - step
        if lower <= 0:
            if step == 1 or not wins(0):
                return 0 if wins(0) else None
            lower = 0
        if step == 1 or loses - lower == 1:
            return lower
        step = max(1, min(step - 1, (loses - lower) // tries))
