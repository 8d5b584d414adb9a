"""When money may be appropriated, put before residents and given to what they chose."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum, auto

from maeul.core.no import No


class Why(StrEnum):
    ENDS_BEFORE_IT_STARTS = auto()
    STREAM_NOT_IN_FORCE = auto()
    NOT_POSITIVE = auto()
    ALREADY_APPROPRIATED = auto()
    NO_REASON = auto()
    SAME_AMOUNT = auto()
    BELOW_WHAT_IS_BOUND = auto()
    NO_APPROPRIATION = auto()
    OTHER_DONG_OR_YEAR = auto()
    ALREADY_IN_A_ROUND = auto()
    LIMIT_ABOVE_MONEY = auto()
    ALREADY_ASKED = auto()
    OTHER_ASSEMBLY = auto()
    NOT_ASKED = auto()
    NOT_PUBLISHED = auto()
    CHOSEN_ABOVE_LIMIT = auto()


class Source(StrEnum):
    CITY = "city"  # 시비
    DISTRICT = "district"  # 구비
    OWN = "own"  # 자부담


class RoundState(StrEnum):
    OPEN = "open"
    ASKED = "asked"
    ALLOCATED = "allocated"


MOVES: Mapping[RoundState, Mapping[RoundState, str]] = {
    RoundState.OPEN: {RoundState.ASKED: "put"},
    RoundState.ASKED: {RoundState.ALLOCATED: "allocate"},
    RoundState.ALLOCATED: {},
}


def why_not_found(*, from_on: date, until_on: date | None) -> No | None:
    if until_on is not None and until_on <= from_on:
        return No(Why.ENDS_BEFORE_IT_STARTS)
    return None


def why_not_appropriate(
    *, year: int, from_on: date, until_on: date | None, amount_won: int, taken: bool
) -> No | None:
    """A stream gives money for the years it is in force on some day of."""
    starts, ends = date(year, 1, 1), date(year, 12, 31)
    if from_on > ends or (until_on is not None and until_on <= starts):
        return No(Why.STREAM_NOT_IN_FORCE, year=str(year))
    if amount_won <= 0:
        return No(Why.NOT_POSITIVE)
    if taken:
        return No(Why.ALREADY_APPROPRIATED)
    return None


def why_not_change(*, amount_won: int, now_won: int, bound_won: int, reason: str) -> No | None:
    """`bound_won`: what is already given out, or needed for the limit of a round under way."""
    if not reason.strip():
        return No(Why.NO_REASON)
    if amount_won < 0:
        return No(Why.NOT_POSITIVE)
    if amount_won == now_won:
        return No(Why.SAME_AMOUNT)
    if amount_won < bound_won:
        return No(Why.BELOW_WHAT_IS_BOUND, bound=bound_won)
    return None


def why_not_open_round(*, purses: Sequence[tuple[bool, bool, int]], limit_won: int) -> No | None:
    """`purses`: of each appropriation, is it of this dong and year, is it free, what it holds."""
    if not purses:
        return No(Why.NO_APPROPRIATION)
    if not all(of_here for of_here, _free, _held in purses):
        return No(Why.OTHER_DONG_OR_YEAR)
    if not all(free for _of_here, free, _held in purses):
        return No(Why.ALREADY_IN_A_ROUND)
    if limit_won <= 0:
        return No(Why.NOT_POSITIVE)
    held = sum(held for _of_here, _free, held in purses)
    if limit_won > held:
        return No(Why.LIMIT_ABOVE_MONEY, held=held, limit=limit_won)
    return None


def why_not_put(*, state: RoundState, same_dong: bool) -> No | None:
    if "put" not in MOVES[state].values():
        return No(Why.ALREADY_ASKED)
    return None if same_dong else No(Why.OTHER_ASSEMBLY)


def why_not_allocate(
    *, state: RoundState, published: bool, chosen_won: Sequence[int], limit_won: int
) -> No | None:
    """Winners come from a published result alone, and together they keep within the limit."""
    if "allocate" not in MOVES[state].values():
        return No(Why.NOT_ASKED)
    if not published:
        return No(Why.NOT_PUBLISHED)
    if any(won <= 0 for won in chosen_won):
        return No(Why.NOT_POSITIVE)
    if sum(chosen_won) > limit_won:
        return No(Why.CHOSEN_ABOVE_LIMIT, chosen=sum(chosen_won), limit=limit_won)
    return None


def drawn_from(
    purses: Sequence[tuple[int, int]], wons: Sequence[int]
) -> list[list[tuple[int, int]]]:
    """Which purse pays how much of each sum: purse by purse, the first until it is empty.

    `purses` are (number, held).  The caller has made sure that there is enough.

    >>> drawn_from([(1, 20), (2, 30)], [8, 15, 10])
    [[(1, 8)], [(1, 12), (2, 3)], [(2, 10)]]
    """
    left = dict(purses)
    answer = []
    for won in wons:
        parts = []
        for purse in left:
            part = min(won, left[purse])
            if part:
                parts.append((purse, part))
                left[purse] -= part
                won -= part
        answer.append(parts)
    return answer
