"""An election as a `.pb` file tells it."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from decide.pabulib.flaws import Finding


class VoteType(StrEnum):
    APPROVAL = "approval"
    CHOOSE_1 = "choose-1"
    CUMULATIVE = "cumulative"  # points from a fixed sum
    SCORING = "scoring"  # points for each project
    ORDINAL = "ordinal"  # most wanted first

    @property
    def has_points(self) -> bool:
        return self in (VoteType.CUMULATIVE, VoteType.SCORING)


class Project(NamedTuple):
    id: str
    cost: int
    fields: dict[str, str] = {}  # every other column as it stands: name, category, selected …


class Ballot(NamedTuple):
    voter: str
    choices: tuple[str, ...]  # in ordinal ballots most wanted first
    points: tuple[int, ...] = ()  # one for each choice, in cumulative and scoring ballots
    cells: tuple[str, ...] = ()  # every other column as it stands: age, sex, voting method …


@dataclass(frozen=True, slots=True)
class Election:
    """Amounts are whole numbers of the currency's smallest unit, or finer where the file is finer.

    `digits` says how many decimals that is: with 2, budget and costs are in hundredths.
    """

    meta: dict[str, str]
    vote_type: VoteType
    budget: int
    projects: tuple[Project, ...]
    ballots: tuple[Ballot, ...]
    digits: int
    project_columns: tuple[str, ...] = ()
    voter_columns: tuple[str, ...] = ()
    flaws: tuple[Finding, ...] = field(default=(), compare=False)

    @property
    def costs(self) -> dict[str, int]:
        return {project.id: project.cost for project in self.projects}

    @property
    def minimum(self) -> int:
        """The votes (or points) a project needs to be considered; 0 where the file names none."""
        return math.ceil(Decimal(self.meta.get("min_project_score_threshold") or 0))

    @property
    def selected(self) -> tuple[str, ...] | None:
        """The official winners, or None where the file does not tell.

        Projects marked 2 were paid from other money and are not among them.
        """
        if not any("selected" in project.fields for project in self.projects):
            return None
        return tuple(
            project.id for project in self.projects if project.fields.get("selected") == "1"
        )

    def approvals(self) -> dict[str, int]:
        """On how many ballots each project stands."""
        votes = dict.fromkeys(self.costs, 0)
        for choices, ballots in Counter(ballot.choices for ballot in self.ballots).items():
            for choice in choices:
                votes[choice] += ballots
        return votes

    def scores(self) -> dict[str, int]:
        """What each project's votes come to: approvals, points, or points for its ranks.

        Of at most three ranked projects the first gets 3 points, the second 2, the third 1, as
        Kraków counts; without a limit the number of projects takes the place of three.
        """
        if self.vote_type in (VoteType.APPROVAL, VoteType.CHOOSE_1):
            return self.approvals()
        scores = dict.fromkeys(self.costs, 0)
        alike = Counter((ballot.choices, ballot.points) for ballot in self.ballots)
        for (choices, points), ballots in alike.items():
            for choice, worth in zip(choices, self.worths(choices, points), strict=True):
                scores[choice] += worth * ballots
        return scores

    def worths(self, choices: Sequence[str], points: Sequence[int]) -> Sequence[int]:
        """What a ballot gives to each of its choices: its points, or points for its ranks."""
        if points or self.vote_type is not VoteType.ORDINAL:
            return points or [1] * len(choices)
        most = int(Decimal(self.meta.get("max_length") or len(self.projects)))
        return [max(0, most - rank) for rank in range(len(choices))]

    def amount(self, units: int) -> str:
        """An amount as a file writes it, with no more decimals than it needs."""
        whole, rest = divmod(units, 10**self.digits)
        decimals = f"{rest:0{self.digits}}".rstrip("0") if rest else ""
        return f"{whole}.{decimals}" if decimals else str(whole)


def may_be_id(text: str) -> bool:
    """Whether a ballot could name a project so: choices are parted by commas."""
    return bool(text) and text == text.strip() and not set(",\r\n") & set(text)
