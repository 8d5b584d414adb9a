"""When a budget table adds up, and when a cell of it may carry an appropriation."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from maeul.core.no import No


class Why(StrEnum):
    NOT_A_SOURCE = auto()
    NOT_A_YEAR = auto()
    CELL_TWICE = auto()
    CELL_MISSING = auto()
    SUM_OFF = auto()
    TOTAL_OFF = auto()
    NO_CELLS = auto()
    ANOTHER_TABLE = auto()
    OTHER_YEAR_OR_SOURCE = auto()
    ALREADY_TIED = auto()
    ABOVE_CELL = auto()
    NO_REASON = auto()
    NO_TEXT = auto()
    FUTURE_QUARTER = auto()


class Status(StrEnum):
    """How a pledge goes (공약 이행 상태)."""

    NORMAL = "normal"
    PARTIAL = "partial"
    LATE = "late"
    DONE = "done"
    CONTINUING = "continuing"
    ON_HOLD = "on_hold"
    DROPPED = "dropped"


ALL = "계"  # stands for a whole row, a whole column or the whole table
SUM_WORDS = frozenset({"계", "합계", "소계", "총계"})
SOURCES: Mapping[str, str] = {"시비": "city", "구비": "district", "자부담": "own"}


@dataclass(frozen=True, slots=True)
class Amount:
    """One line of a table: a cell, or a sum where a head is `ALL`."""

    line: int
    programme: str
    source: str
    year: str
    won: int

    @property
    def is_sum(self) -> bool:
        return ALL in (self.programme, self.source, self.year)

    @property
    def place(self) -> tuple[str, str, str]:
        return self.programme, self.source, self.year

    def covers(self, cell: "Amount") -> bool:
        """Is the cell among those this sum adds up?"""
        return all(head in (ALL, other) for head, other in zip(self.place, cell.place, strict=True))


def why_not_head(*, source: str, year: str) -> No | None:
    """Is a line's source one we know and its year a year?"""
    if source not in SOURCES and source != ALL:
        return No(Why.NOT_A_SOURCE, source=source)
    if year != ALL and not (len(year) == 4 and year.isdecimal() and 2000 <= int(year) <= 2100):
        return No(Why.NOT_A_YEAR, year=year)
    return None


def faults(amounts: Sequence[Amount], *, total_won: int) -> list[tuple[int, No]]:
    """Everything that does not add up, each with its line.

    A cell stands once; each row has a cell for every year; each sum in the table is the sum of its
    cells; and all cells together are the total the card names.
    """
    cells = [amount for amount in amounts if not amount.is_sum]
    if not cells:
        return [(1, No(Why.NO_CELLS))]
    found = [*_twice(amounts), *_missing(cells)]
    for amount in amounts:
        if amount.is_sum:
            right = sum(cell.won for cell in cells if amount.covers(cell))
            if amount.won != right:
                found.append((amount.line, No(Why.SUM_OFF, written=amount.won, right=right)))
    whole = sum(cell.won for cell in cells)
    if whole != total_won:
        found.append((1, No(Why.TOTAL_OFF, cells=whole, total=total_won)))
    return sorted(found, key=lambda fault: fault[0])


def _twice(amounts: Sequence[Amount]) -> list[tuple[int, No]]:
    first: dict[tuple[str, str, str], int] = {}
    found = []
    for amount in amounts:
        if amount.place in first:
            found.append((amount.line, No(Why.CELL_TWICE, line=first[amount.place])))
        first.setdefault(amount.place, amount.line)
    return found


def _missing(cells: Sequence[Amount]) -> list[tuple[int, No]]:
    years = sorted({cell.year for cell in cells})
    rows: dict[tuple[str, str], set[str]] = {}
    lines: dict[tuple[str, str], int] = {}
    for cell in cells:
        row = (cell.programme, cell.source)
        rows.setdefault(row, set()).add(cell.year)
        lines[row] = cell.line
    return [
        (lines[row], No(Why.CELL_MISSING, programme=row[0], source=row[1], year=year))
        for row, there in rows.items()
        for year in years
        if year not in there
    ]


def why_not_import(
    *, there: Collection[tuple[str, str, str, int]], new: Collection[tuple[str, str, str, int]]
) -> No | None:
    """A table is brought once; the very same again changes nothing, another is refused.

    Both hold (programme, source, year, won) of the cells of the years the new table speaks of.
    """
    return No(Why.ANOTHER_TABLE) if there and set(there) != set(new) else None


def why_not_tie(
    *, same_place: bool, tied: bool, tied_won: int, amount_won: int, cell_won: int
) -> No | None:
    """An appropriation belongs to one cell, and together they keep within it."""
    if not same_place:
        return No(Why.OTHER_YEAR_OR_SOURCE)
    if tied:
        return No(Why.ALREADY_TIED)
    if tied_won + amount_won > cell_won:
        return No(Why.ABOVE_CELL, left=cell_won - tied_won)
    return None


def why_not_report(*, year: int, quarter: int, today: tuple[int, int], text: str) -> No | None:
    """Progress is told of a quarter that has begun."""
    if (year, quarter) > today:
        return No(Why.FUTURE_QUARTER)
    return None if text.strip() else No(Why.NO_TEXT)


def why_not_change(*, reason: str, after: str) -> No | None:
    if not after.strip():
        return No(Why.NO_TEXT)
    return None if reason.strip() else No(Why.NO_REASON)
