"""Plays the made-up years through the real actions, chapter by chapter, and remembers how far."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

from django.db import transaction

from maeul.demo.models import Played
from maeul.demo.scene import Scene, moment
from maeul.ground.district.models import Dong

HOME = "1154561000"  # 독산1동, whose years are told in full
ROOMS = (
    "founding",
    "council",
    "voices",
    "meetings",
    "plan",
    "assembly",
    "money",
    "projects",
    "yearbook",
)


@dataclass(frozen=True)
class Chapter:
    name: str
    month_day: str
    clock: str
    play: Callable[[Scene], None]
    only: str = ""  # "first" or "second" of the played years; empty: both


CHAPTERS: list[Chapter] = []


def chapter(month_day, clock="10:00", *, only=""):
    """Mark a function as a chapter that happens on this day of a played year."""

    def enter(play):
        name = f"{play.__module__.rpartition('.')[2]}.{play.__name__}"
        CHAPTERS.append(Chapter(name, month_day, clock, play, only))
        return play

    return enter


def programme(today: datetime) -> list[tuple[datetime, int, Chapter]]:
    """Every chapter of last year and of this year up to now, in the order of time."""
    for room in ROOMS:
        import_module(f"maeul.demo.chapters.{room}")
    first = _first_year(today)
    told = [
        (moment(year, each.month_day, each.clock), year, each)
        for year in range(first, today.year + 1)
        for each in CHAPTERS
        if each.only in ("", "first" if year == first else "second")
    ]
    return sorted((row for row in told if row[0] <= today), key=lambda row: row[0])


def play(today: datetime, *, say: Callable[[str], None]) -> int:
    """Play what has not been played yet; returns how many chapters that was.

    Each chapter is one transaction together with the note that it was played: breaking off
    leaves whole chapters, and the next start goes on.
    """
    played = set(Played.objects.values_list("chapter", flat=True))
    rows = programme(today)
    left = [row for row in rows if f"{row[1]} {row[2].name}" not in played]
    for number, (at, year, each) in enumerate(left, 1):
        say(f"[{number}/{len(left)}] {at:%Y-%m-%d} {each.name}")
        with transaction.atomic():
            dong = Dong.objects.filter(code=HOME).first()
            each.play(Scene(dong=dong, year=year, at=at, first=year == rows[0][1]))
            Played.objects.create(chapter=f"{year} {each.name}")
    return len(left)


def _first_year(today):
    """Last year, unless an older play already began earlier."""
    began = Played.objects.order_by("chapter").values_list("chapter", flat=True).first()
    return int(began.split()[0]) if began else today.year - 1
