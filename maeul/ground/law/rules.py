"""What may be enacted: known keys, values of the right shape, bylaws where they are allowed."""

import re
from datetime import date
from enum import StrEnum, auto
from fractions import Fraction
from typing import Any

from maeul.core.no import No


class Why(StrEnum):
    UNKNOWN_KEY = auto()
    NOT_DELEGATED = auto()
    BYLAW_WITHOUT_DONG = auto()
    SAME_DAY = auto()
    NOT_A_NUMBER = auto()
    NOT_A_SHARE = auto()
    NOT_YES_OR_NO = auto()
    NOT_A_WORD = auto()
    NOT_A_LIST = auto()
    NOT_A_TIME = auto()
    NOT_A_DAY_OF_THE_YEAR = auto()


# What the ordinance leaves to a dong's own bylaw: articles 13, 19(4), 20(5), 21(7) and 23(8).
DELEGATED = frozenset(
    {
        "assembly.early_weight",
        "assembly.no_quorum",
        "assembly.objection_answer_days",
        "assembly.objection_days",
        "assembly.pass",
        "assembly.quorum",
        "assembly.quorum_base",
        "assembly.quorum_times",
        "assembly.roll_days",
        "assembly.voting_age",
        "centre.night_closes",
        "council.auditors_min",
        "council.member_min_age",
        "council.min_members",
        "meetings.plenary_notice_days",
        "place.longest_notice_days",
    }
)

SHARE, YES_NO, WORD, LIST, MONTHS, TIME, MONTH_DAY = (
    "비율",
    "여부",
    "방법",
    "목록",
    "월",
    "시각",
    "월일",
)


def why_not_value(value: Any, unit: str) -> No | None:
    """Why a value does not have the shape of its unit; None always means "not laid down"."""
    if value is None:
        return None
    if unit == SHARE:
        return None if is_share(value) else No(Why.NOT_A_SHARE)
    if unit == YES_NO:
        return None if isinstance(value, bool) else No(Why.NOT_YES_OR_NO)
    if unit == WORD:
        return None if isinstance(value, str) and value else No(Why.NOT_A_WORD)
    if unit in (LIST, MONTHS):
        kind = str if unit == LIST else int
        right = (
            isinstance(value, list) and value != [] and all(isinstance(one, kind) for one in value)
        )
        return None if right else No(Why.NOT_A_LIST)
    if unit == TIME:
        right = isinstance(value, str) and bool(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value))
        return None if right else No(Why.NOT_A_TIME)
    if unit == MONTH_DAY:
        return None if _is_month_day(value) else No(Why.NOT_A_DAY_OF_THE_YEAR)
    right = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return None if right else No(Why.NOT_A_NUMBER)


def is_share(value: Any) -> bool:
    """A part of a whole, written exactly: text from 0 to 1.

    >>> is_share("2/3"), is_share("0.005"), is_share("1")
    (True, True, True)
    >>> is_share("3/2"), is_share(0.5), is_share("1/0"), is_share("-1/2")
    (False, False, False, False)
    """
    if not isinstance(value, str) or not re.fullmatch(r"\d+(/[1-9]\d*)?|\d+\.\d+", value, re.ASCII):
        return False
    return 0 <= Fraction(value) <= 1


def _is_month_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(f"2024-{value}"))
    except ValueError:
        return False


def why_not_enact(
    *, known: bool, key: str, value: Any, unit: str, bylaw: bool, has_dong: bool, same_day: bool
) -> No | None:
    if not known:
        return No(Why.UNKNOWN_KEY, key=key)
    if bylaw != has_dong:
        return No(Why.BYLAW_WITHOUT_DONG)
    if bylaw and key not in DELEGATED:
        return No(Why.NOT_DELEGATED)
    if same_day:
        return No(Why.SAME_DAY)
    return why_not_value(value, unit)


def read_value(text: str, unit: str) -> Any:
    """What somebody typed, as the value it means; what it cannot be stays text and is refused.

    >>> read_value("15", "일"), read_value("1,000,000", "원"), read_value("", "명")
    (15, 1000000, None)
    >>> read_value("아니요", "여부"), read_value("6, 12", "월"), read_value("2/3", "비율")
    (False, [6, 12], '2/3')
    >>> read_value("보름", "일")
    '보름'
    """
    text = text.strip()
    if not text:
        return None
    if unit in (SHARE, WORD, TIME, MONTH_DAY):
        return text
    if unit == YES_NO:
        return {"예": True, "아니요": False}.get(text, text)
    if unit in (LIST, MONTHS):
        parts = [part.strip() for part in text.split(",") if part.strip()]
        return [_number(part) for part in parts] if unit == MONTHS else parts
    return _number(text)


def _number(text: str) -> int | str:
    plain = text.replace(",", "")
    return int(plain) if re.fullmatch(r"\d{1,15}", plain, re.ASCII) else text
