"""From rows to an election, checking what the file tells against itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple, TypeAlias

from decide.pabulib.election import Ballot, Election, Project, VoteType, may_be_id
from decide.pabulib.flaws import Finding, Flaw, PabulibError
from decide.pabulib.rows import Row, sections_of, table_of, text_of

# Decimals of the smallest unit, ISO 4217; 2 for every other currency.
DIGITS = {"KRW": 0, "JPY": 0, "VND": 0, "CLP": 0, "ISK": 0, "KWD": 3, "TND": 3}

LIMITS = (  # on a ballot: at least, at most, and what it is to break them
    ("min_length", "max_length", Flaw.TOO_FEW_CHOICES, Flaw.TOO_MANY_CHOICES),
    ("min_sum_cost", "max_sum_cost", Flaw.TOO_CHEAP, Flaw.TOO_DEAR),
    ("min_sum_points", "max_sum_points", Flaw.TOO_FEW_POINTS, Flaw.TOO_MANY_POINTS),
)

# As long as any money of the world; a million digits would be counted for hours.
_NUMBER = re.compile(r"-?[0-9]{1,60}(\.[0-9]{1,30})?")
_WHOLE = re.compile(r"[0-9]{1,60}")
_POINTS = re.compile(r"-?[0-9]{1,9}(\.0{1,30})?")


def read(path: str | Path, *, strict: bool = False) -> Election:
    """Read a `.pb` file."""
    return parse(Path(path).read_bytes(), strict=strict)


def parse(data: bytes | str, *, strict: bool = False) -> Election:
    r"""Read the content of a `.pb` file.

    >>> election = parse(
    ...     "META\nkey;value\nnum_projects;1\nnum_votes;2\nbudget;10.50\nvote_type;approval\n"
    ...     "rule;greedy\ncurrency;EUR\n"
    ...     "PROJECTS\nproject_id;cost\nlamp;9.99\nVOTES\nvoter_id;vote\n1;lamp\n2;\n"
    ... )
    >>> election.budget, election.costs, election.approvals(), election.amount(999)
    (1050, {'lamp': 999}, {'lamp': 1}, '9.99')
    """
    return _Reading(strict=strict).election(data)


def parse_head(data: bytes) -> Election:
    """What stands above the ballots; its sums are not compared with ballots that are not there."""
    return _Reading(only_head=True).election(data)


Amount: TypeAlias = int | Decimal


class _Reading:
    def __init__(self, *, strict: bool = False, only_head: bool = False) -> None:
        self.strict, self.only_head = strict, only_head
        self.flaws: list[Finding] = []

    def note(self, line: int, flaw: Flaw, **facts: object) -> None:
        if self.strict:
            raise PabulibError(line, flaw, **facts)
        self.flaws.append(Finding(line, flaw, facts))

    def election(self, data: bytes | str) -> Election:
        sections = sections_of(text_of(data), note=self.note)
        meta, line_of_key = self.meta(sections["META"])
        vote_type = self.vote_type(meta["vote_type"], line_of_key["vote_type"])
        currency = meta.get("currency", "").strip()
        digits = DIGITS.get(currency, 2) if currency else None
        budget = self.amount(line_of_key["budget"], "budget", meta["budget"], digits)

        project_columns, rows = table_of(
            sections["PROJECTS"], needs=("project_id", "cost"), note=self.note
        )
        costs: dict[str, Amount] = {}
        fields: dict[str, dict[str, str]] = {}
        line_of_project: dict[str, int] = {}
        for line, project, cost, others in self.projects(project_columns, rows, digits):
            if project in costs:
                raise PabulibError(line, Flaw.PROJECT_TWICE, project=project)
            costs[project], fields[project], line_of_project[project] = cost, others, line
        scale = max(digits or 0, *map(decimals, (budget, *costs.values())))
        units = {project: in_units(cost, scale) for project, cost in costs.items()}

        needs = ("voter_id", "vote", *["points"] * vote_type.has_points)
        voter_columns, rows = table_of(sections["VOTES"], needs=needs, note=self.note)
        limits = self.limits(meta, line_of_key, scale)
        if vote_type is VoteType.CHOOSE_1:
            limits["max_length"] = Fraction(1)
        election = Election(
            meta=meta,
            vote_type=vote_type,
            budget=in_units(budget, scale),
            projects=tuple(
                Project(project, cost, fields[project]) for project, cost in units.items()
            ),
            ballots=tuple(self.ballots(voter_columns, rows, units, limits)),
            digits=scale,
            project_columns=project_columns,
            voter_columns=voter_columns,
        )
        if not self.only_head:
            self.compare(election, line_of_key, line_of_project, ballots=len(rows))
        return replace(election, flaws=tuple(self.flaws))

    def meta(self, rows: list[Row]) -> tuple[dict[str, str], dict[str, int]]:
        """Keys with their values, and with their lines."""
        meta: dict[str, str] = {}
        line_of_key: dict[str, int] = {}
        for number, (line, [key, *values]) in enumerate(rows):
            key = key.strip()
            if number == 0 and key == "key":
                continue
            if len(values) != 1:
                self.note(line, Flaw.WRONG_WIDTH, cells=len(values) + 1, columns=2)
            if key in meta:
                self.note(line, Flaw.KEY_TWICE, key=key)
                continue
            meta[key] = ";".join(values)
            line_of_key[key] = line
        for key in ("budget", "vote_type"):
            if key not in meta:
                raise PabulibError(0, Flaw.NO_KEY, key=key)
        for key in ("num_projects", "num_votes", "rule"):
            if key not in meta:
                self.note(0, Flaw.NO_KEY, key=key)
        for key in ("max_length", "min_project_score_threshold"):  # they decide who wins
            text = meta.get(key, "").strip()
            if text and not (_NUMBER.fullmatch(text) and Decimal(text) < 10**9):
                raise PabulibError(line_of_key[key], Flaw.NO_NUMBER, what=key, value=text)
        return meta, line_of_key

    def vote_type(self, text: str, line: int) -> VoteType:
        try:
            return VoteType(text.strip())
        except ValueError:
            raise PabulibError(line, Flaw.UNKNOWN_VOTE_TYPE, vote_type=text.strip()) from None

    def projects(
        self, columns: tuple[str, ...], rows: list[Row], digits: int | None
    ) -> Iterator[tuple[int, str, Amount, dict[str, str]]]:
        """Line, id, cost and the other columns of each project."""
        for line, cells in rows:
            fields = dict(zip(columns, cells, strict=True))
            project = fields.pop("project_id").strip()
            if not may_be_id(project):
                raise PabulibError(line, Flaw.BAD_ID, project=project)
            yield line, project, self.amount(line, project, fields.pop("cost"), digits), fields

    def amount(self, line: int, what: str, text: str, digits: int | None) -> Amount:
        """An amount of money, exact; finer than its currency only in a lenient reading."""
        text = text.strip()
        if _WHOLE.fullmatch(text):
            return int(text)
        if not _NUMBER.fullmatch(text):
            raise PabulibError(line, Flaw.NO_NUMBER, what=what, value=text)
        if text.startswith("-"):
            raise PabulibError(line, Flaw.NEGATIVE, what=what, value=text)
        amount = Decimal(text)
        if digits is not None and decimals(amount) > digits:
            self.note(line, Flaw.TOO_FINE, what=what, value=text, digits=digits)
        return amount

    def limits(
        self, meta: dict[str, str], line_of_key: dict[str, int], scale: int
    ) -> dict[str, Fraction]:
        """What a ballot may hold; costs in the units of the election."""
        limits = {}
        for key in (key for low, high, _, _ in LIMITS for key in (low, high)):
            text = meta.get(key, "").strip()
            if _NUMBER.fullmatch(text):
                limits[key] = Fraction(text) * (10**scale if key.endswith("_cost") else 1)
            elif text:
                self.note(line_of_key[key], Flaw.NO_NUMBER, what=key, value=text)
        return limits

    def ballots(
        self,
        columns: tuple[str, ...],
        rows: list[Row],
        costs: Mapping[str, int],
        limits: Mapping[str, Fraction],
    ) -> Iterator[Ballot]:
        """Every ballot; equal texts are understood once, for most ballots of a city are alike."""
        voter_at, vote_at = columns.index("voter_id"), columns.index("vote")
        points_at = columns.index("points") if "points" in columns else None
        others = [at for at in range(len(columns)) if at not in (voter_at, vote_at, points_at)]
        voters: set[str] = set()
        known: dict[tuple[str, str | None], _Vote] = {}
        for line, cells in rows:
            voter = cells[voter_at].strip()
            if voter in voters:
                self.note(line, Flaw.VOTER_TWICE, voter=voter)
            voters.add(voter)
            text = cells[vote_at], None if points_at is None else cells[points_at]
            vote = known.get(text)
            if vote is None:
                vote = known[text] = understand(*text, costs=costs, limits=limits)
            for flaw, facts in vote.flaws:
                self.note(line, flaw, voter=voter, **facts)
            if vote.readable:
                rest = tuple([cells[at] for at in others])
                yield Ballot(voter, vote.choices, vote.points, rest)

    def compare(
        self,
        election: Election,
        line_of_key: dict[str, int],
        line_of_project: dict[str, int],
        *,
        ballots: int,
    ) -> None:
        """Compare the sums that the file tells with those counted."""
        for key, found in (("num_projects", len(election.projects)), ("num_votes", ballots)):
            says = election.meta.get(key, str(found)).strip()
            if says != str(found):
                line = line_of_key[key]
                self.note(line, Flaw.NUMBER_DIFFERS, key=key, says=says, found=found)
        for column, flaw, counted in (
            ("votes", Flaw.VOTES_DIFFER, election.approvals()),
            ("score", Flaw.SCORE_DIFFERS, election.scores()),
        ):
            for project in election.projects:
                says, found = project.fields.get(column, "").strip(), counted[project.id]
                if says and not (_NUMBER.fullmatch(says) and Decimal(says) == found):
                    line = line_of_project[project.id]
                    self.note(line, flaw, project=project.id, says=says, found=found)


class _Vote(NamedTuple):
    choices: tuple[str, ...] = ()
    points: tuple[int, ...] = ()
    flaws: tuple[tuple[Flaw, dict[str, object]], ...] = ()
    readable: bool = True


def understand(
    text: str,
    points_text: str | None,
    *,
    costs: Mapping[str, int],
    limits: Mapping[str, Fraction],
) -> _Vote:
    """Choices and points of one ballot, and what is wrong with it."""
    names = [name.strip() for name in text.split(",")] if text.strip() else []
    points = [1] * len(names)
    if points_text is not None:
        numbers = [n.strip() for n in points_text.split(",")] if points_text.strip() else []
        if len(numbers) != len(names):
            facts: dict[str, object] = {"choices": len(names), "points": len(numbers)}
            return _Vote(flaws=((Flaw.POINTS_DO_NOT_PAIR, facts),), readable=False)
        for number in numbers:
            if not _POINTS.fullmatch(number):
                facts = {"what": "points", "value": number}
                return _Vote(flaws=((Flaw.NO_NUMBER, facts),), readable=False)
        points = [int(number.partition(".")[0]) for number in numbers]

    flaws: list[tuple[Flaw, dict[str, object]]] = []
    chosen: dict[str, int] = {}
    for name, worth in zip(names, points, strict=True):
        if name not in costs:
            flaws.append((Flaw.UNKNOWN_PROJECT, {"project": name}))
            continue
        if name in chosen:
            flaws.append((Flaw.CHOSEN_TWICE, {"project": name}))
        chosen[name] = chosen.get(name, 0) + worth

    if limits:
        given = sum(chosen.values()) if points_text is not None else None
        sums = len(chosen), sum(costs[name] for name in chosen), given
        for total, (low, high, few, many) in zip(sums, LIMITS, strict=True):
            if total is not None and low in limits and total < limits[low]:
                flaws.append((few, {"found": total, "least": limits[low]}))
            if total is not None and high in limits and total > limits[high]:
                flaws.append((many, {"found": total, "most": limits[high]}))
    return _Vote(
        choices=tuple(chosen),
        points=tuple(chosen.values()) if points_text is not None else (),
        flaws=tuple(flaws),
    )


def in_units(amount: Amount, scale: int) -> int:
    """In the smallest unit, of which the whole one has ten to the power of `scale`."""
    return amount * 10**scale if isinstance(amount, int) else int(Fraction(amount) * 10**scale)


def decimals(amount: Amount) -> int:
    """How many decimals an amount needs.

    >>> decimals(Decimal("400000.0")), decimals(Decimal("102533.36")), decimals(Decimal("1200"))
    (0, 2, 0)
    """
    fraction = str(amount).partition(".")[2]
    return len(fraction.rstrip("0"))
