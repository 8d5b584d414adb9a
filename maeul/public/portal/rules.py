"""How a worklist is divided and where a year stands.  Derived, stored nowhere."""

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


class Stage(StrEnum):
    """The stages of the village year, in order."""

    AGENDA = "agenda"
    DELIBERATION = "deliberation"
    ASSEMBLY = "assembly"
    WORK = "work"
    SHARING = "sharing"


def places(
    *, month: int, over: bool, tabled: bool, decided: bool, started: bool, shared: bool
) -> list[str]:
    """Where each stage stands: `past`, `now` or `ahead`.  A stage is over when the next began.

    >>> places(month=5, over=False, tabled=True, decided=False, started=False, shared=False)
    ['past', 'past', 'now', 'ahead', 'ahead']
    >>> places(month=2, over=False, tabled=False, decided=False, started=False, shared=False)
    ['now', 'ahead', 'ahead', 'ahead', 'ahead']
    """
    if over:
        return ["past"] * len(Stage)
    begun = [True, tabled or month >= 3, tabled, decided or started, shared]
    now = max(number for number, each in enumerate(begun) if each)
    return ["past" if n < now else "now" if n == now else "ahead" for n in range(len(Stage))]
