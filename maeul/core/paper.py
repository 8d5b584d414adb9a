"""Papers: minutes, plans, certificates, reports.  One source, shown as a page and as a PDF.

    paper = Paper(
        title="제3차 정기회의 회의록",
        number="독산1동-2026-017",
        on=date(2026, 5, 12),
        publisher="독산1동 주민자치회",
        parts=[
            Facts([("때", "5월 12일(화) 19:00"), ("곳", "주민센터 3층")]),
            Heading("안건"),
            Text("첫 번째 안건은 …"),
            Table(heads=["이름", "찬성"], rows=[["1안", "12명"]], numbers={1}),
        ],
    )
    paper.html()  # in a template: {{ paper.html }}
    paper.answer()  # the PDF as a page's answer

The PDF is tagged (PDF/UA), and the same paper gives the same bytes.
"""

import base64
import io
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

import typst
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from PIL import Image

TEMPLATE = Path(__file__).parent / "papers" / "paper.typ"
WIDTH_MM, PICTURE_HEIGHT_MM = 166, 110
KOREAN_FONTS = ["Pretendard GOV", "Pretendard", "Noto Sans CJK KR", "Noto Sans KR", "NanumGothic"]


# Parts of a paper


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 2
    kind = "heading"


@dataclass(frozen=True)
class Text:
    """Words; an empty line or a line break begins a new paragraph."""

    text: str
    kind = "text"

    @property
    def paragraphs(self):
        return [piece.strip() for piece in self.text.splitlines() if piece.strip()]


@dataclass(frozen=True)
class Points:
    points: Sequence[str]
    numbered: bool = False
    kind = "points"


@dataclass(frozen=True)
class Facts:
    """Names and values: when, where, how many."""

    facts: Sequence[tuple[str, str]]
    kind = "facts"


@dataclass(frozen=True)
class Table:
    """`numbers` are the places of columns set to the right, `foot` the line of sums."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Iterable[int] = ()
    caption: str = ""
    foot: Sequence[str] = ()
    widths: Sequence[float] = ()
    kind = "table"

    def __post_init__(self):
        for row in [*self.rows, *([self.foot] if self.foot else [])]:
            if len(row) != len(self.heads):
                raise ValueError(f"{len(row)} cells under {len(self.heads)} heads: {row}")

    @property
    def labelled_rows(self):
        return [list(self._labelled(row)) for row in self.rows]

    @property
    def labelled_foot(self):
        return list(self._labelled(self.foot)) if self.foot else []

    @property
    def labelled_heads(self):
        return [(head, place in set(self.numbers)) for place, head in enumerate(self.heads)]

    def _labelled(self, row):
        numbers = set(self.numbers)
        for place, (head, cell) in enumerate(zip(self.heads, row, strict=True)):
            yield head, cell, place in numbers


@dataclass(frozen=True)
class Picture:
    """A picture with the words that stand for it.  `data` is a PNG or JPEG, as `upload` keeps them.

    `address` is where a page loads it from; without one the page carries it along.
    """

    data: bytes
    alt: str
    caption: str = ""
    address: str = ""
    kind = "picture"

    @property
    def width_mm(self) -> float:
        """As wide as the paper, unless it would be taller than a third of it."""
        width, height = Image.open(io.BytesIO(self.data)).size
        return round(min(WIDTH_MM, PICTURE_HEIGHT_MM * width / height), 1)

    @property
    def ending(self):
        return "png" if self.data.startswith(b"\x89PNG") else "jpg"

    @property
    def source(self):
        if self.address:
            return self.address
        content_type = "image/png" if self.ending == "png" else "image/jpeg"
        return f"data:{content_type};base64,{base64.b64encode(self.data).decode()}"


@dataclass(frozen=True)
class PageBreak:
    """A new page in print; nothing on screen."""

    kind = "break"


@dataclass(frozen=True)
class Paper:
    title: str
    on: date
    publisher: str
    parts: Sequence
    number: str = ""
    sample: bool = field(default_factory=lambda: settings.DEMO)  # the 시범 mark

    @property
    def footer(self) -> str:
        day = f"{self.on.year}. {self.on.month}. {self.on.day}."
        return "  ".join(filter(None, [self.number, self.publisher, day]))

    def html(self) -> str:
        """The paper as part of a page; its title is the page's `<h1>`."""
        return render_to_string("core/_paper.html", {"paper": self})

    def pdf(self) -> bytes:
        files, parts = {}, []
        for part in self.parts:
            data = {**vars(part), "kind": part.kind}
            if isinstance(part, Picture):
                data["width_mm"] = part.width_mm
                data["file"] = f"picture-{len(files) + 1}.{part.ending}"
                files[data["file"]] = data.pop("data")
            if isinstance(part, Table):
                data["numbers"] = sorted(part.numbers)
                data["widths"] = list(part.widths) or [1] * len(part.heads)
            parts.append(data)
        told = {
            "title": self.title,
            "publisher": self.publisher,
            "footer": self.footer,
            "sample": self.sample,
            "year": self.on.year,
            "month": self.on.month,
            "day": self.on.day,
            "parts": parts,
        }
        return typeset(TEMPLATE, told, files=files, on=self.on)

    def answer(self, name: str = "") -> HttpResponse:
        """The PDF as a page's answer, for reading or keeping."""
        return HttpResponse(
            self.pdf(),
            content_type="application/pdf",
            headers={
                "Content-Disposition": content_disposition_header(
                    True, f"{name or self.title}.pdf"
                ),
                "X-Content-Type-Options": "nosniff",
            },
        )


# Typesetting


def typeset(template: Path, data: Mapping, *, on: date, files: Mapping[str, bytes] = {}) -> bytes:
    """A PDF from a typst file and data.  For sheets with a form of their own (ballots, posters).

    The typst file reads `json("data.json")`; `files` lie beside it.  It sees nothing else of this
    machine, and its clock stands at midnight of `on`, so that the same data give the same bytes.
    """
    fonts = _fonts(tuple(map(str, settings.PAPER_FONTS)))
    stamp = datetime.combine(on, time(), tzinfo=timezone.get_default_timezone())
    with tempfile.TemporaryDirectory(prefix="maeul-paper-") as folder:
        root = Path(folder)
        (root / "paper.typ").write_bytes(template.read_bytes())
        told = {**data, "fonts": [name for name in KOREAN_FONTS if name in fonts.families()]}
        (root / "data.json").write_text(json.dumps(told, ensure_ascii=False, default=str))
        for name, content in files.items():
            (root / name).write_bytes(content)
        compiler = typst.Compiler(root / "paper.typ", root=root, font_paths=fonts)
        options = {"format": "pdf", "timestamp": int(stamp.timestamp())}
        try:
            return compiler.compile(pdf_standards="ua-1", **options)
        except typst.TypstError as error:
            # A sign that no font has (an emoji) must not keep people from their paper.
            if "could not be displayed" not in str(error):
                raise
            return compiler.compile(**options)


@cache
def _fonts(paths: tuple[str, ...]) -> typst.Fonts:
    """The project's fonts; the machine's own only where they were not fetched."""
    there = [path for path in paths if Path(path).is_dir()]
    fonts = typst.Fonts(include_system_fonts=False, font_paths=there)
    if not set(KOREAN_FONTS) & set(fonts.families()):
        fonts = typst.Fonts(include_system_fonts=True, font_paths=there)
    if not set(KOREAN_FONTS) & set(fonts.families()):
        raise RuntimeError(_("한글 글꼴이 없습니다. `make setup`을 해 주세요."))
    return fonts
