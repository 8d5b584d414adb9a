"""A `.pb` file straight into a profile, where only the count matters.

`pabulib.read` keeps every voter, to write the same bytes again and to name the line of every flaw.
Counting needs none of that: here votes are gathered by their text, each distinct text is understood
once, and equal ballots are merged.  The result is that of `Profile.from_election(pabulib.read(…))`,
flaws treated as a lenient reading treats them; a file with anything unusual among its votes
(quotes, rows of another width, a section after the votes) is left to that reading, and so is a
strict one.
"""

import mmap
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import repeat
from operator import or_
from pathlib import Path
from typing import TypeAlias

import numpy as np

from decide import pabulib
from decide.budgeting.profile import Ints, Profile
from decide.pabulib import Flaw, PabulibError
from decide.pabulib.election import Election, VoteType
from decide.pabulib.reading import parse_head, understand

CHUNK = 1 << 23  # bytes of votes that are looked at together
BATCH = 1 << 18  # distinct votes that are understood together

_VOTES = re.compile(rb"(?im)^[ \t]*VOTES[; \t]*\r?$")
_SECTION = re.compile(rb"(?im)^[ \t]*(META|PROJECTS|VOTES)[; \t\r]*$")
_WHOLES = re.compile(rb"[0-9]{1,9}([,\n][0-9]{1,9})*")

Data: TypeAlias = bytes | mmap.mmap
Rows: TypeAlias = tuple[Ints, Ints]  # ballots of one length, a project and its points in a number


def read(path: str | Path, *, strict: bool = False) -> Profile:
    """Read a `.pb` file for counting."""
    return read_both(path, strict=strict)[1]


def read_both(path: str | Path, *, strict: bool = False) -> tuple[Election, Profile]:
    """The profile, and the election with everything but its ballots: names, META, columns.

    Its flaws are those of the head only, and its number of votes is what META says.
    """
    with Path(path).open("rb") as file:
        if strict or not file.seek(0, 2):
            return _fully(pabulib.read(path, strict=strict))
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _both(data)


def parse(data: bytes, *, strict: bool = False) -> Profile:
    r"""Read the content of a `.pb` file for counting.

    >>> election = parse(
    ...     b"META\nkey;value\nnum_projects;1\nnum_votes;2\nbudget;10\nvote_type;approval\n"
    ...     b"rule;greedy\nPROJECTS\nproject_id;cost\nlamp;9\nVOTES\nvoter_id;vote\n1;lamp\n2;\n"
    ... )
    >>> election.votes(), election.voters(), election.budget
    ({'lamp': 1}, 2, 10)
    """
    if strict:
        return Profile.from_election(pabulib.parse(data, strict=True))
    return _both(data)[1]


def _fully(election: Election) -> tuple[Election, Profile]:
    return replace(election, ballots=()), Profile.from_election(election)


class _Unusual(Exception):
    """Votes that need the full reading."""


def _both(data: Data) -> tuple[Election, Profile]:
    try:
        found = _VOTES.search(data)
        if not found:
            raise _Unusual
        end = data.find(b"\n", found.end() + 1)
        start = len(data) if end < 0 else end + 1
        election = parse_head(bytes(data[:start]))
        quoted = any(finding.flaw is Flaw.BROKEN_QUOTE for finding in election.flaws)
        if quoted or election.ballots:  # a lone carriage return ends a line too
            raise _Unusual
        profile = _Reading(election).profile(_votes(data, start, election.voter_columns))
        profile.ballots.by_project  # noqa: B018  (made with the reading, as rules begin with it)
        return election, profile
    except (_Unusual, PabulibError):
        return _fully(pabulib.parse(bytes(data)))


def _votes(data: Data, start: int, columns: Sequence[str]) -> Counter[bytes]:
    """How often each distinct vote was cast: its cell, with that of its points where there are."""
    begin, votes = start, Counter[bytes]()
    first = last = columns.index("vote")
    if "points" in columns:
        last = columns.index("points")
        if last != first + 1:
            raise _Unusual
    while start < len(data):
        end = data.find(b"\n", start + CHUNK) + 1 or len(data)
        part = bytes(data[start:end])
        start = end
        if b"\r" in part:
            part = part.replace(b"\r\n", b"\n")
        if b'"' in part or b"\r" in part or not _is_utf8(part):
            raise _Unusual
        edges = _edges(part, len(columns))
        begins, ends = (edges[:, first] + 1).tolist(), edges[:, last + 1].tolist()
        votes.update(map(part.__getitem__, map(slice, begins, ends)))
    if _section_may_follow(votes) and _SECTION.search(data, begin):
        raise _Unusual
    return votes


def _section_may_follow(votes: Counter[bytes]) -> bool:
    """The name of a section stands alone in its row: the vote of that row would be blank."""
    return any(map(bytes.isspace, votes)) or any(vote[:1] in (b"", b";") for vote in votes)


def _edges(part: bytes, width: int) -> Ints:
    """Where the cells of each line begin and end: before the first, at each separator, at the end.

    Every line must have `width` cells, which holds when there are as many separators as that takes
    and each line begins and ends around its own.
    """
    if not part.endswith(b"\n"):
        part += b"\n"
    text = np.frombuffer(part, np.uint8)
    ends = np.flatnonzero(text == ord("\n"))
    separators = np.flatnonzero(text == ord(";"))
    if len(separators) != len(ends) * (width - 1):
        raise _Unusual
    edges = np.empty((len(ends), width + 1), np.int64)
    edges[0, 0], edges[1:, 0], edges[:, -1] = -1, ends[:-1], ends
    edges[:, 1:-1] = separators.reshape(len(ends), width - 1)
    if not (edges[:, 0] < edges[:, 1]).all() or not (edges[:, -2] < edges[:, -1]).all():
        raise _Unusual
    return edges


def _is_utf8(part: bytes) -> bool:
    if part.isascii():
        return True
    try:
        part.decode()
    except UnicodeDecodeError:
        return False
    return True


class _Reading:
    """Understands distinct votes, many at once; the few odd ones as the full reading does."""

    def __init__(self, election: Election) -> None:
        self.election, self.costs = election, election.costs
        self.index = {project.encode(): n for n, project in enumerate(self.costs)}
        self.ranked = election.vote_type is VoteType.ORDINAL
        self.scored = self.ranked or election.vote_type.has_points
        self.pointed = "points" in election.voter_columns
        self.rows: dict[int, list[Rows]] = {}  # by the number of projects on the ballot

    def profile(self, votes: Counter[bytes]) -> Profile:
        blank = votes.pop(b";" if self.pointed else b"", 0)
        if blank:
            self._understand_odd(b"", None, blank)
        keys, counts = list(votes), np.fromiter(votes.values(), np.int64, len(votes))
        votes.clear()
        for start in range(0, len(keys), BATCH):
            part = slice(start, start + BATCH)
            self.understand(keys[part], counts[part])
        merged = [
            _merged(np.concatenate(rows), np.concatenate(counts))
            for rows, counts in (zip(*parts, strict=True) for parts in self.rows.values())
        ]
        lengths = np.concatenate(
            [np.zeros(1, np.int64)] + [np.full(*rows.shape) for rows, _ in merged]
        )
        flat = np.concatenate([np.zeros(0, np.int64)] + [rows.ravel() for rows, _ in merged])
        return Profile.of(
            tuple(self.costs),
            tuple(self.costs.values()),
            self.election.budget,
            starts=np.cumsum(lengths),
            chosen=flat >> 32,
            scores=(flat & (2**32 - 1)) if self.scored else None,
            count=np.concatenate([np.zeros(0, np.int64)] + [counts for _, counts in merged]),
            unit=10**self.election.digits,
        )

    def understand(self, votes: list[bytes], counts: Ints) -> None:
        """Put votes down as rows, by their length."""
        cells: Sequence[bytes] = votes
        points: Sequence[bytes] = ()
        if self.pointed:
            cells, points = zip(*[vote.split(b";") for vote in votes], strict=True)
        odd = self._odd_points(cells, points) if points else set[int]()
        try:
            names = b",".join(cells).split(b",")
            numbers = np.fromiter(map(self.index.__getitem__, names), np.int64, len(names))
        except KeyError:  # blank, or with spaces, or for something that is no project
            known = self.index.keys()
            odd.update(n for n, cell in enumerate(cells) if not known >= {*cell.split(b",")})
        plain = [n for n in range(len(votes)) if n not in odd] if odd else range(len(votes))
        if odd:
            names = [name for n in plain for name in cells[n].split(b",")]
            numbers = np.fromiter(map(self.index.__getitem__, names), np.int64, len(names))
        if plain:
            odd.update(self._put_down(cells, points, counts, plain, numbers))
        for n in odd:
            self._understand_odd(cells[n], points[n] if points else None, int(counts[n]))

    def _odd_points(self, cells: Sequence[bytes], points: Sequence[bytes]) -> set[int]:
        """Those whose points are not as many whole numbers as projects."""
        if _commas(cells) == _commas(points) and _WHOLES.fullmatch(b"\n".join(points)):
            return set()
        return {
            n
            for n, (cell, given) in enumerate(zip(cells, points, strict=True))
            if given.count(b",") != cell.count(b",") or not _WHOLES.fullmatch(given)
        }

    def _put_down(
        self,
        cells: Sequence[bytes],
        points: Sequence[bytes],
        counts: Ints,
        plain: Sequence[int],
        numbers: Ints,
    ) -> list[int]:
        """All at once; gives back those that name a project twice."""
        lengths = np.array(_commas([cells[n] for n in plain])) + 1
        flat = numbers << 32
        if points and self.scored:
            given = b",".join([points[n] for n in plain]).split(b",")
            flat |= np.fromiter(map(int, given), np.int64, len(given))
        elif self.ranked:
            ends = np.cumsum(lengths)
            rank = np.arange(len(flat)) - np.repeat(ends - lengths, lengths)
            longest = [""] * int(lengths.max())
            flat |= np.array(list(self.election.worths(longest, ())), np.int64)[rank]
        starts, twice = np.cumsum(lengths) - lengths, list[int]()
        counts = counts[plain]
        for length in np.flatnonzero(np.bincount(lengths)).tolist():
            those = np.flatnonzero(lengths == length)
            rows = np.sort(flat[starts[those][:, None] + np.arange(length)], axis=1)
            project = rows >> 32
            fine = project[:, 1:] != project[:, :-1]
            if not fine.all():
                fine = fine.all(axis=1)
                twice += [plain[n] for n in those[~fine].tolist()]
                rows, those = rows[fine], those[fine]
            self.rows.setdefault(length, []).append((rows, counts[those]))
        return twice

    def _understand_odd(self, cell: bytes, points: bytes | None, count: int) -> None:
        text = None if points is None else points.decode()
        told = understand(cell.decode(), text, costs=self.costs, limits={})
        if not told.readable:
            return
        worths = self.election.worths(told.choices, told.points) if self.scored else ()
        if any(not 0 <= worth < 2**31 for worth in worths):
            raise _Unusual
        numbers = [self.index[choice.encode()] << 32 for choice in told.choices]
        row = sorted(map(or_, numbers, worths or repeat(0)))
        rows = np.array([row], np.int64).reshape(1, len(row))
        self.rows.setdefault(len(row), []).append((rows, np.array([count])))


def _commas(cells: Sequence[bytes]) -> list[int]:
    return [cell.count(b",") for cell in cells]


def _merged(rows: Ints, counts: Ints) -> Rows:
    """Equal rows made one."""
    length = rows.shape[1]
    if length == 0:
        return rows[:1], counts.sum(keepdims=True)
    place, most = rows >> 32, int(rows.max(initial=0)) >> 32
    if (rows & (2**32 - 1)).any():  # points
        values, place = np.unique(rows, return_inverse=True)
        place, most = place.reshape(rows.shape), len(values)
    if (most + 1) ** length < 2**63:
        key = place @ np.array([(most + 1) ** n for n in range(length)])
        order = np.argsort(key)
        key, new = key[order], np.ones(len(rows), np.bool_)
        new[1:] = key[1:] != key[:-1]
    else:
        order = np.lexsort(place.T)
        place, new = place[order], np.ones(len(rows), np.bool_)
        new[1:] = (place[1:] != place[:-1]).any(axis=1)
    return rows[order[new]], np.add.reduceat(counts[order], np.flatnonzero(new))
