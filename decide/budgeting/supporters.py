"""Who supports which project, and with how much: what counting kernels go through."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from decide.budgeting.constraints import Limits
from decide.budgeting.profile import Floats, Ints, Profile


@dataclass(slots=True)
class Group:
    """The supporters of one project that still have money, as rows of distinct ballots."""

    rows: Ints
    voters: Floats  # how many cast each
    worth: Floats | None  # points; None where everybody's is 1
    weight: Floats  # voters * worth
    size: float  # all voters

    def those(self, mask: NDArray[np.bool_]) -> "Group":
        weight = self.weight[mask]
        if self.worth is None:
            return Group(self.rows[mask], weight, None, weight, float(weight.sum()))
        voters = self.voters[mask]
        return Group(self.rows[mask], voters, self.worth[mask], weight, float(voters.sum()))


class Supporters:
    """Who supports what: made once, used by all counts of a profile with the same utility."""

    def __init__(self, profile: Profile, utility: str, limits: Limits | None = None) -> None:
        self.profile, self.by_cost, self.limits = profile, utility == "cost", limits
        starts, rows, order = profile.ballots.by_project
        voters = profile.count.astype(np.float64)[rows]
        points = worth = None
        if utility == "score" and profile.scores is not None:
            points = np.maximum(profile.scores, 0).astype(np.float64)
            worth = points[order]
        self.points = points  # as `chosen`; None where everything chosen is worth 1
        self.largest = 1.0 if worth is None else float(worth.max(initial=1))
        self.groups: list[Group] = []
        cuts, votes = starts.tolist(), np.zeros(len(starts) - 1)
        named = np.flatnonzero(np.diff(starts))
        if len(named):
            votes[named] = np.add.reduceat(voters, starts[named])
        for (start, end), size in zip(pairwise(cuts), votes.tolist(), strict=True):
            some = voters[start:end]
            if worth is None:
                self.groups.append(Group(rows[start:end], some, None, some, size))
            else:
                each = worth[start:end]
                part = Group(rows[start:end], some, each, some * each, size)
                self.groups.append(part.those(each > 0))
        self.voters = [int(group.size) for group in self.groups]
        self.totals = self.voters
        if worth is not None:
            self.totals = [int(group.weight.sum()) for group in self.groups]
        self.utilities = [cost if self.by_cost and cost else 1 for cost in profile.costs]
