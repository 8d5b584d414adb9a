"""CSV sheets people bring and take away.

Reading finds every problem before anything is done and names its line, so that somebody can
mend the sheet in one go.  Writing keeps a spreadsheet program from running what a resident typed.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from maeul.core import money
from maeul.core.korean import josa

MAX_BYTES = 20 * 1024 * 1024
MOST_PROBLEMS = 500
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"-|[+-]?\d[\d,]*(\.\d+)?%?")  # a lone dash says "nothing", as in tables


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in which line of the sheet; line 0 is the sheet as a whole."""

    line: int
    reason: str

    def __str__(self) -> str:
        return (
            _("%(line)s번째 줄: %(reason)s") % {"line": self.line, "reason": self.reason}
            if (self.line)
            else self.reason
        )


class SheetErrors(Exception):
    """The sheet cannot be taken in.  `problems` has every reason with its line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.line)
        super().__init__("; ".join(map(str, self.problems)))

    @property
    def sentences(self) -> list[str]:
        return [str(problem) for problem in self.problems]


class BadCell(ValueError):
    """One cell does not hold what is asked of it."""


class Problems:
    """Gathers what is wrong, line by line, until the end of the sheet.

    problems = Problems()
    for row in sheet.read(file, heads=["동", "인원"]):
        with problems.of(row):
            rows.append((dong_named(row["동"]), row.number("인원")))
    problems.raise_if_any()
    """

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, line: int, reason: str) -> None:
        if len(self.found) < MOST_PROBLEMS:
            self.found.append(Problem(line, reason))
        elif len(self.found) == MOST_PROBLEMS:
            self.found.append(Problem(line, _("여기부터는 살펴보지 않았습니다. 위를 고쳐 주세요.")))

    @contextmanager
    def of(self, row: "Row") -> Iterator[None]:
        """A `BadCell` or `ValidationError` inside becomes a problem of this row."""
        try:
            yield
        except BadCell as bad:
            self.add(row.line, str(bad))
        except ValidationError as bad:
            self.add(row.line, " ".join(bad.messages))

    def raise_if_any(self) -> None:
        if self.found:
            raise SheetErrors(self.found)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet: cells by their head, without the space around them."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, head: str) -> str:
        return self.cells[head]

    def text(self, head: str, *, longest: int = 200) -> str:
        """Words that must be there."""
        value = self.cells[head]
        if not value:
            raise BadCell(_("‘%(head)s’ 칸이 비어 있습니다.") % {"head": head})
        if len(value) > longest:
            facts = {"head": head, "longest": longest, "length": len(value)}
            raise BadCell(
                _("‘%(head)s’ 칸은 %(longest)s자까지입니다. 지금 %(length)s자입니다.") % facts
            )
        return value

    def number(self, head: str) -> int:
        """A whole number, zero or more; thousands may be separated by commas."""
        try:
            return money.parse_won(self.cells[head].removesuffix("명"))
        except ValueError:
            facts = {"head": head, "value": _quoted(self.cells[head], "은")}
            raise BadCell(
                _("‘%(head)s’ 칸의 %(value)s 0 이상의 정수가 아닙니다.") % facts
            ) from None

    def won(self, head: str) -> int:
        """An amount of whole won."""
        try:
            return money.parse_won(self.cells[head])
        except ValueError:
            facts = {"head": head, "value": _quoted(self.cells[head], "을")}
            raise BadCell(
                _("‘%(head)s’ 칸의 %(value)s 금액으로 읽을 수 없습니다. 예: 1,200,000") % facts
            ) from None

    def day(self, head: str) -> date:
        """A date written as 2026-05-14, 2026.5.14, 2026/5/14 or 20260514."""
        value = self.cells[head]
        found = re.fullmatch(r"(\d{4})[-./ ]+(\d{1,2})[-./ ]+(\d{1,2})\.?", value) or re.fullmatch(
            r"(\d{4})(\d{2})(\d{2})", value
        )
        try:
            return date(*map(int, found.groups()))
        except (AttributeError, ValueError):
            facts = {"head": head, "value": _quoted(value, "은")}
            raise BadCell(
                _("‘%(head)s’ 칸의 %(value)s 날짜가 아닙니다. 예: 2026-05-14") % facts
            ) from None


def _quoted(value: str, particle: str) -> str:
    return josa(f"‘{value[:30]}’", particle) if value else josa(_("빈칸"), particle)


def read(file, *, heads: Iterable[str], optional: Iterable[str] = ()) -> list[Row]:
    """The rows of a sheet that has all these heads in its first line; other columns are ignored.

    `file` is an uploaded file or bytes.  Raises `SheetErrors`, or returns at least one row.
    """
    heads, optional = list(heads), list(optional)
    text = _text_of(file)
    problems = Problems()
    records = _records(text, heads)
    try:
        _first_line, first = next(records)
    except StopIteration:
        raise SheetErrors([Problem(0, _("파일이 비어 있습니다."))]) from None
    except csv.Error:
        raise SheetErrors(
            [Problem(1, _("첫 줄을 읽을 수 없습니다. 따옴표를 살펴 주세요."))]
        ) from None
    places = _places(first, heads, optional)
    rows = []
    try:
        for line, record in records:
            if any(record) and (row := _row(line, record, first, places, problems)):
                rows.append(row)
    except csv.Error:
        last = text.count("\n") + 1
        problems.add(
            last, _("줄을 끝까지 읽을 수 없습니다. 닫히지 않은 따옴표가 있는지 살펴 주세요.")
        )
    problems.raise_if_any()
    if not rows:
        raise SheetErrors([Problem(0, _("첫 줄 아래에 내용이 없습니다."))])
    return rows


def _row(line, record, first, places, problems):
    dangerous = [cell for cell in record if is_formula(cell)]
    for cell in dangerous:
        problems.add(
            line,
            _("‘%(cell)s’처럼 = + - @ 로 시작하는 칸은 받지 않습니다. 값으로 바꿔 주세요.")
            % {"cell": cell[:30]},
        )
    if len(record) > len(first) and any(record[len(first) :]):
        problems.add(
            line, _("첫 줄보다 칸이 많습니다. 글 안에 쉼표가 있으면 따옴표로 감싸 주세요.")
        )
        return None
    if dangerous:
        return None
    record = record + [""] * (len(first) - len(record))
    return Row(line, {head: record[place] for head, place in places.items()})


def _places(first, heads, optional):
    missing = [head for head in heads if head not in first]
    if missing:
        names = ", ".join(f"‘{head}’" for head in missing)
        there = ", ".join(f"‘{head[:30]}’" for head in first[:20] if head)
        raise SheetErrors(
            [
                Problem(
                    1,
                    _("첫 줄에 %(names)s 칸이 없습니다. 있는 칸: %(there)s")
                    % {"names": names, "there": there or _("없음")},
                )
            ]
        )
    twice = [head for head in [*heads, *optional] if first.count(head) > 1]
    if twice:
        raise SheetErrors([Problem(1, _("‘%(head)s’ 칸이 두 번 있습니다.") % {"head": twice[0]})])
    return {head: first.index(head) for head in [*heads, *optional] if head in first}


def _records(text, heads) -> Iterator[tuple[int, list[str]]]:
    """Records with the line they begin in, split at whatever the first line is split at."""
    first = text.partition("\n")[0]
    separator = max(",\t;", key=first.count) if any(sign in first for sign in ",\t;") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    for record in reader:
        yield line, [cell.strip(" \u00a0\n\r") for cell in record]
        line = reader.line_num + 1


def _text_of(file) -> str:
    data = file if isinstance(file, bytes) else file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SheetErrors([Problem(0, _("파일이 20 MB보다 큽니다. 나누어 올려 주세요."))])
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        sentence = _(
            "엑셀 파일은 바로 읽지 못합니다. 엑셀에서 ‘CSV UTF-8’ 형식으로 다시 저장해 주세요."
        )
        raise SheetErrors([Problem(0, sentence)])
    if b"\0" not in data:
        for encoding in ("utf-8-sig", "cp949"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise SheetErrors(
        [Problem(0, _("글자를 읽을 수 없습니다. CSV를 UTF-8로 다시 저장해서 올려 주세요."))]
    )


def is_formula(cell: str) -> bool:
    """Would a spreadsheet program calculate this instead of showing it?

    >>> is_formula("=1+1"), is_formula("@SUM(A1)"), is_formula("-2+3"), is_formula("+82 10")
    (True, True, True, True)
    >>> is_formula("-2"), is_formula("-1,200.5"), is_formula("-"), is_formula("a=b")
    (False, False, False, False)
    """
    return bool(_FORMULA.match(cell)) and not _NUMBER.fullmatch(cell)


# Writing


def write(heads: Iterable, rows: Iterable[Iterable]) -> bytes:
    """A sheet that Korean spreadsheet programs open without a question: UTF-8 with its mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_cell(head) for head in heads])
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return ("\ufeff" + out.getvalue()).encode()


def download(name: str, heads: Iterable, rows: Iterable[Iterable]) -> HttpResponse:
    """The sheet as a page's answer; `name` is the file's name without its ending."""
    return HttpResponse(
        write(heads, rows),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(True, f"{name}.csv"),
            "X-Content-Type-Options": "nosniff",
        },
    )


def _cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("예") if value else _("아니오")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).replace("\0", "")
    return f"'{text}" if is_formula(text) else text
