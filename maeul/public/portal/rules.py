"""How a worklist is divided and where a year stands.  Derived, stored nowhere."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Pile(StrEnum):
    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


def pile(due_on: date | None, today: date) -> Pile:
    """Which pile a duty lies on.

    >>> day = date(2026, 5, 12)
    >>> [pile(day + timedelta(days=n), day).value for n in (-1, 0, 1, 7, 8)]
    ['late', 'today', 'week', 'week', 'later']
    """
    if due_on is None or due_on > today + timedelta(days=7):
        return Pile.LATER
    if due_on < today:
        return Pile.LATE
    return Pile.TODAY if due_on == today else Pile.WEEK


@dataclass(frozen=True)
class Stage:
    """A stage of the year: 의제 → 숙의 → 주민총회 → 실행 → 성과공유."""

    name: str
    from_month: int
    until_month: int  # including

    def place(self, *, done: bool, begun: bool, month: int) -> str:
        """`past`, `now` or `ahead` on the line of the year."""
        if done:
            return "past"
        if begun or self.from_month <= month <= self.until_month:
            return "now"
        return "ahead"
