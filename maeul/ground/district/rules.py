"""What a count of people may look like before it is taken in."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum, auto

from maeul.core.no import No

OPEN_END = 150  # "80 and older"
FIRST_YEAR = 1990


class Why(StrEnum):
    ROUGH_ONLY_IN_DEMO = auto()
    COUNTED_IN_THE_FUTURE = auto()
    NO_SOURCE = auto()
    YEAR_OUT_OF_RANGE = auto()
    AGES_OUT_OF_ORDER = auto()
    AGES_OVERLAP = auto()


def why_not_import(
    *, source: str, counted_on: date, on: date, rough: bool, demo: bool
) -> No | None:
    """Why a whole count is refused: everything public says where it is from and of which day."""
    if not source.strip():
        return No(Why.NO_SOURCE)
    if counted_on > on:
        return No(Why.COUNTED_IN_THE_FUTURE, day=counted_on)
    if rough and not demo:
        return No(Why.ROUGH_ONLY_IN_DEMO)
    return None


def why_not_band(
    *, year: int, this_year: int, ages: tuple[int, int], others: Iterable[tuple[int, int]]
) -> No | None:
    """Why one line of a count is refused; `others` are the bands of its dong, year and sex."""
    if not FIRST_YEAR <= year <= this_year:
        return No(Why.YEAR_OUT_OF_RANGE, first=str(FIRST_YEAR), last=str(this_year))
    start, end = ages
    if not 0 <= start <= end <= OPEN_END:
        return No(Why.AGES_OUT_OF_ORDER)
    if any(start <= other_end and other_start <= end for other_start, other_end in others):
        return No(Why.AGES_OVERLAP)
    return None
