"""How a worklist is divided and where a year stands.  Derived, stored nowhere."""

from collections.abc import Iterable, Iterator
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


# Where a concept's steps stand in the year; a single step may stand elsewhere.
_OF_CONCEPTS = {
    "agenda": Stage.AGENDA,
    "meeting": Stage.DELIBERATION,
    "review": Stage.DELIBERATION,
    "plan": Stage.DELIBERATION,
    "assembly": Stage.ASSEMBLY,
    "budget": Stage.WORK,
    "project": Stage.WORK,
    "grant": Stage.WORK,
    "pledge": Stage.WORK,
    "yearbook": Stage.SHARING,
}
_OF_STEPS = {
    "agenda.taken_up": Stage.DELIBERATION,
    "agenda.sent_to_review": Stage.DELIBERATION,
    "agenda.reviewed": Stage.DELIBERATION,
    "agenda.drafted": Stage.DELIBERATION,
    "agenda.tabled": Stage.ASSEMBLY,
    "agenda.decided": Stage.ASSEMBLY,
    "plan.table": Stage.ASSEMBLY,
    "plan.take_result": Stage.ASSEMBLY,
    "plan.submit": Stage.WORK,
    "project.shared": Stage.SHARING,
}


def stages(steps: Iterable[str]) -> Iterator[Stage]:
    """The stage of each step of a matter, in order.  A matter does not go back to a stage it left.

    >>> steps = ["agenda.triaged", "meeting.put_topic", "agenda.reviewed", "project.shared"]
    >>> [stage.value for stage in stages(steps)]
    ['agenda', 'deliberation', 'deliberation', 'sharing']
    >>> [stage.value for stage in stages(["project.started", "meeting.put_topic"])]
    ['work', 'work']
    """
    order, reached = [*Stage], 0
    for step in steps:
        stage = _OF_STEPS.get(step) or _OF_CONCEPTS.get(step.partition(".")[0])
        reached = max(reached, order.index(stage)) if stage else reached
        yield order[reached]
