"""When a dong's year may be published as its record book."""

from datetime import date
from enum import StrEnum, auto

from maeul.core.no import No


class Why(StrEnum):
    YEAR_NOT_OVER = auto()
    ALREADY_PUBLISHED = auto()
    FOREWORD_MISSING = auto()


def why_not_publish(*, year: int, on: date, published: bool, foreword: str) -> No | None:
    """The results are shared in November, so the book may come out from that month on."""
    if published:
        return No(Why.ALREADY_PUBLISHED)
    if on < date(year, 11, 1):
        return No(Why.YEAR_NOT_OVER, year=str(year))
    if not foreword.strip():
        return No(Why.FOREWORD_MISSING)
    return None
