"""The fewest new ballots with which a project wins under Equal Shares, without trying them all.

Add n ballots for a project p alone.  Everybody's share falls to s(n) = B / (N + n), and the new
voters' money waits for p alone, so **until p is bought, everybody else is in just the situation of
the count of the old ballots with the share s(n)**.  Call that count C(n).  Hence:

1. Where C(n) itself buys p, n ballots make it win: until then p was no dearer for its new friends.
2. Where C(n) does not buy p, p wins if and only if in some round of C(n) the old supporters with
   what they have, and n new ones with s(n) each, would pay for p at no more per utility than the
   project bought in that round costs; or could pay for it at all when C(n) has ended.  Until p is
   bought the rounds are the same.

One count C(n) so answers for all projects.  And numbers need not be taken one by one:
`shares.Count` counts all shares of a range at once, and proves that they buy the same projects in
the same order, or raises `Undecided`.  It tells money and prices with bounds that hold for the
whole range.  With the most money, the most new voters and the highest price of the range, (2) gives
an upper bound of what p's friends could pay; where that is below its cost, **no number of the range
makes p win**.
Where counting is undecided from some round on, what p's old friends have at that round is an upper
bound of what they can have later.  Ranges that prove nothing are halved; a single number that is
not ruled out is decided by an exact recount of the ballots with n new ones.  As ranges are gone
through from below, the first that wins is the fewest.

No n with (S + n) · s(n) < cost can win (S supporters: not even all their money would do), and one
with n · s(n) ≥ cost always does (the new voters pay alone, whatever the others do), so the search
ends.
"""

from collections.abc import Collection, Sequence
from fractions import Fraction

import numpy as np

from decide.budgeting.margins import Margin
from decide.budgeting.method import Method
from decide.budgeting.outcome import places
from decide.budgeting.profile import Floats, Profile
from decide.budgeting.shares import Count, Undecided
from decide.budgeting.supporters import Supporters

# Float sums below are of at most 2^31 terms that are 0 or more, each rounded twice: their relative
# error is under 2^-21; what is compared with a cost is raised by more than that.
MORE = 1 + 2.0**-20


def fewest_for_shares(
    profile: Profile, method: Method, losers: Sequence[str], *, most: int | None = None
) -> dict[str, Margin]:
    """`singleton_add` for Equal Shares without completion."""
    return _Search(profile, method, most).run(losers)


class _Search:
    def __init__(self, profile: Profile, method: Method, most: int | None) -> None:
        self.profile, self.method, self.most = profile, method, most
        utility = str(method.parameters.get("utility", "cost"))
        self.supporters = Supporters(profile, utility)
        self.place = places(profile, method.ties)
        self.by_cost = utility == "cost"
        self.voters, self.budget = profile.voters(), profile.budget
        scored = utility == "score" and profile.scores is not None
        assert profile.scores is None or scored is (self.supporters.points is not None)
        self.top = (
            max(1, int(profile.scores.max(initial=1)))
            if scored and profile.scores is not None
            else 1
        )
        self.counts = 0  # how many ranges were counted, for those who measure

    def run(self, losers: Sequence[str]) -> dict[str, Margin]:
        found: dict[str, Margin] = {}
        first: dict[int, int] = {}  # of each project, the smallest number not ruled out
        last: dict[int, int] = {}
        for project in losers:
            number = self.profile.number[project]
            cost, budget = self.profile.costs[number], self.budget
            limit = self.most
            if cost == 0:  # what is free is bought as soon as somebody supports it
                found[project] = Margin(1, 1)
                continue
            if cost < budget:
                alone = -(-cost * self.voters // (budget - cost))
                limit = alone if limit is None else min(limit, alone)
                needs = cost * self.voters - self.supporters.voters[number] * budget
                first[number] = max(1, -(-needs // (budget - cost)))
            elif cost == budget and self.supporters.voters[number] >= self.voters:
                limit = 64 * self.voters + 64 if limit is None else limit
                first[number] = 1
            else:  # not even a budget that its friends have alone would do
                found[project] = Margin(None, (limit if limit is not None else self.voters) + 1)
                continue
            last[number] = limit
            if first[number] > limit:
                found[project] = Margin(None, limit + 1)
                del first[number], last[number]

        width = 1
        at = min(first.values(), default=0)
        while first:
            at = max(at, min(first.values()))
            end = min(at + width - 1, max(last[number] for number in first))
            asked = [number for number in first if first[number] <= end]
            open_ = self.not_ruled_out(at, end, asked)
            if open_ and end > at:
                width = max(1, (end - at + 1) // 2)
                continue
            for number in open_:
                project = self.profile.projects[number]
                changed = self.profile.plus(project, at)
                if project in self.method(changed).winners:
                    found[project] = Margin(at, at)
                    del first[number], last[number]
            at, width = end + 1, 2 * width
            for number in asked:
                if number not in first:
                    continue
                if end >= last[number]:
                    found[self.profile.projects[number]] = Margin(None, last[number] + 1)
                    del first[number], last[number]
                else:
                    first[number] = end + 1
        return {project: found[project] for project in losers}

    def not_ruled_out(self, low: int, high: int, asked: Sequence[int]) -> list[int]:
        """The projects that some number of new ballots from `low` to `high` may make win."""
        self.counts += 1
        rich = Fraction(self.budget, self.voters + low)
        poor = Fraction(self.budget, self.voters + high)
        start = (rich + poor) / 2
        spread = float((rich - start) / start) * (1 + 2**-50) if high > low else 0.0
        count = Count(self.supporters, start, place=self.place, spread=spread)
        fresh = high * (1 + spread) * MORE  # money of the new voters, in units of the start
        scale = float(1 / start)  # rounding here and below is covered by MORE
        costs = [cost * scale / MORE for cost in self.profile.costs]
        per = [cost * scale * MORE if self.by_cost and cost else 1.0 for cost in self.profile.costs]
        may: set[int] = set()
        alive = set(asked)
        try:
            while alive:
                before, off = count.money.copy(), count.off
                bought = count.buy()
                if bought is None:
                    break
                if bought.project in alive:
                    may.add(bought.project)
                    alive.discard(bought.project)
                rho = (bought.price + bought.off) / count.per[bought.project] * MORE
                for number in sorted(alive):
                    price = rho * per[number]
                    all_in = (self.supporters.totals[number] + high * self.top) * price * MORE
                    if all_in < costs[number]:
                        continue
                    new = high * min(1 + spread, price * self.top) * MORE
                    if _at_most(self.supporters, number, before, off, price) + new >= costs[number]:
                        may.add(number)
                        alive.discard(number)
                    elif (
                        _at_most(self.supporters, number, before, off, None) + fresh < costs[number]
                    ):
                        alive.discard(number)  # and nobody gets richer later
                if may and high > low:
                    return sorted(may)  # the range has to be halved anyway
        except Undecided:
            pass
        for number in alive:
            if (
                _at_most(self.supporters, number, count.money, count.off, None) + fresh
                >= costs[number]
            ):
                may.add(number)
        return sorted(may)


def _at_most(
    supporters: Supporters, number: int, money: Floats, off: float, price: float | None = None
) -> float:
    """At most what the supporters of a project have together, or would pay at a price."""
    group = supporters.groups[number]
    has = np.maximum(money[group.rows] + off, 0.0)
    if price is not None:
        due = price if group.worth is None else price * group.worth
        has = np.minimum(has, due)
    return float(group.voters @ has) * MORE


def entries_for_shares(
    profile: Profile, method: Method, asked: Collection[str], most: int, tries: int
) -> dict[str, int]:
    """`entry_budgets` for Equal Shares without completion, in whole units of the currency.

    A range is also passed over when counting is undecided from some round on, but the project
    cannot be paid by what its friends have in that round, for nobody gets richer later.
    """
    supporters = Supporters(profile, str(method.parameters.get("utility", "cost")))
    place = places(profile, method.ties)
    found = {}
    for project in asked:
        budget = _entry(supporters, place, profile.number[project], most, tries)
        if budget is not None:
            found[project] = budget
    return found


def _entry(
    supporters: Supporters, place: Sequence[int], project: int, most: int, tries: int
) -> int | None:
    profile, friends = supporters.profile, supporters.voters[project]
    cost, voters, unit = profile.costs[project], profile.voters(), profile.unit
    if not friends:
        return None
    if cost == 0:
        return 0
    at, width = max(1, -(-cost * voters // (friends * unit))), 1  # all their money pays for it
    for _ in range(tries):
        if at * unit > most:
            return None
        end = min(at + width - 1, most // unit)
        low, high = Fraction(at * unit, voters), Fraction(end * unit, voters)
        middle = (low + high) / 2
        spread = float((high - middle) / middle) * (1 + 2**-50) if end > at else 0.0
        count = Count(supporters, middle, place=place, spread=spread)
        if _passed_over(count, project, cost / (float(middle) * MORE)):
            at, width = end + 1, 2 * width
        elif end == at or any(bought.project == project for bought in count.bought):
            return at * unit  # what is bought before any doubt is bought in all the range
        else:
            width = max(1, width // 2)
    return None


def _passed_over(count: Count, project: int, cost: float) -> bool:
    """Whether a count, of a whole range perhaps, surely does not buy a project."""
    try:
        while bought := count.buy():
            if bought.project == project:
                return False
    except Undecided:
        return _at_most(count.supporters, project, count.money, count.off) < cost
    return True
