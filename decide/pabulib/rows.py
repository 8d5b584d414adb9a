"""From bytes to sections of rows: everything about a `.pb` file that is not about elections."""

import csv
import re
from collections.abc import Callable, Iterator

from decide.pabulib.flaws import Flaw, PabulibError

SECTIONS = ("META", "PROJECTS", "VOTES")
LONGEST_CELL = 100  # lines; a quote that does not close by then is a letter

Row = tuple[int, list[str]]  # line and cells
Note = Callable[..., None]  # note(line, flaw, **facts)

_QUOTED_CELL = re.compile(r'(^|;)"')


def text_of(data: bytes | str) -> str:
    """UTF-8 with or without its mark, else CP949 as Korean spreadsheets write it."""
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            return data.decode("cp949")
        except UnicodeDecodeError:
            line = data[: error.start].count(b"\n") + 1
            raise PabulibError(line, Flaw.NOT_TEXT) from None


def rows_of(text: str, *, note: Note) -> Iterator[Row]:
    r"""Every line that is not blank, as its cells; a quoted cell may run over several lines.

    >>> list(rows_of('1;"a;b"\n\n2;5" pipe\n', note=print))
    [(1, ['1', 'a;b']), (3, ['2', '5" pipe'])]
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = 0
    while at < len(lines):
        line, cells, end = lines[at], None, at + 1
        if '"' in line and _QUOTED_CELL.search(line):
            cells, end = _quoted(lines, at)
            if cells is None:
                note(at + 1, Flaw.BROKEN_QUOTE)
        if cells is None:
            cells = line.split(";")
        if line and not line.isspace():
            yield at + 1, cells
        at = end


def _quoted(lines: list[str], start: int) -> tuple[list[str] | None, int]:
    """The cells of a row with quotes and where the next one starts; no cells if it ends badly."""
    for end in range(start + 1, min(start + LONGEST_CELL, len(lines)) + 1):
        try:
            row = csv.reader(["\n".join(lines[start:end])], delimiter=";", strict=True)
            return next(row), end
        except csv.Error as error:
            if "unexpected end" not in str(error):
                break
    return None, start + 1


def sections_of(text: str, *, note: Note) -> dict[str, list[Row]]:
    """The rows of each section, its header first."""
    sections: dict[str, list[Row]] = {}
    current: list[Row] | None = None
    for line, cells in rows_of(text, note=note):
        if cells[0].strip().upper() in SECTIONS and not any(map(str.strip, cells[1:])):
            name = cells[0].strip().upper()
            if name in sections:
                raise PabulibError(line, Flaw.SECTION_TWICE, section=name)
            current = sections[name] = []
        elif current is None:
            note(line, Flaw.STRAY_LINE)
        else:
            current.append((line, cells))
    for name in SECTIONS:
        if name not in sections:
            raise PabulibError(0, Flaw.NO_SECTION, section=name)
    return sections


def table_of(
    rows: list[Row], *, needs: tuple[str, ...], note: Note
) -> tuple[tuple[str, ...], list[Row]]:
    """The columns of a section and the rows below them, each as wide as the header."""
    line, header = rows[0] if rows else (0, [])
    columns = tuple(cell.strip() for cell in header)
    for column in needs:
        if column not in columns:
            raise PabulibError(line, Flaw.NO_COLUMN, column=column)
    for column in set(columns):
        if column and columns.count(column) > 1:
            raise PabulibError(line, Flaw.COLUMN_TWICE, column=column)
    width = len(columns)
    for line, cells in rows[1:]:
        if len(cells) != width:
            note(line, Flaw.WRONG_WIDTH, cells=len(cells), columns=width)
            cells[width:] = [""] * (width - len(cells))
    return columns, rows[1:]
