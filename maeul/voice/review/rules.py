"""When a department is asked, and what makes an answer complete."""

from datetime import date
from enum import StrEnum, auto

from maeul.core.no import No


class Why(StrEnum):
    NOT_UP_FOR_REVIEW = auto()
    ALREADY_ASKED = auto()
    QUESTION_MISSING = auto()
    ALREADY_ANSWERED = auto()
    TAKEN_BACK = auto()
    OWN_ITEM = auto()
    REASON_MISSING = auto()
    COST_MISSING = auto()
    DEPARTMENT_MISSING = auto()
    SAME_DEPARTMENT = auto()
    THERE_ALREADY = auto()
    NOT_LATE_YET = auto()
    REMINDED_TODAY = auto()


class State(StrEnum):
    ASKED = "asked"
    ANSWERED = "answered"
    TRANSFERRED = "transferred"  # the next department's own review goes on
    WITHDRAWN = "withdrawn"  # the question was taken back


class Verdict(StrEnum):
    FEASIBLE = "feasible"  # 적정
    INFEASIBLE = "infeasible"  # 부적정
    ADJUST = "adjust"  # 조정
    DUPLICATE = "duplicate"  # 중복
    TRANSFER = "transfer"  # 이관


class Criterion(StrEnum):
    """What a department looks at."""

    LAW = "law"
    LAND = "land"
    AUTHORITY = "authority"
    DUPLICATION = "duplication"
    COST = "cost"
    WITHIN_THE_YEAR = "within_the_year"
    UPKEEP = "upkeep"
    PRIVATE_GAIN = "private_gain"
    SAFETY = "safety"


MOVES: dict[State, set[State]] = {
    State.ASKED: {State.ANSWERED, State.TRANSFERRED, State.WITHDRAWN},
    State.ANSWERED: set(),
    State.TRANSFERRED: set(),
    State.WITHDRAWN: set(),
}

ASKABLE = frozenset({"triaged", "in_review", "reviewed"})  # states of an agenda item


def why_not_ask(*, item_state: str, already: bool, question: str) -> No | None:
    """A department has one open question about an item at a time."""
    if item_state not in ASKABLE:
        return No(Why.NOT_UP_FOR_REVIEW)
    if already:
        return No(Why.ALREADY_ASKED)
    return None if question.strip() else No(Why.QUESTION_MISSING)


def why_not_move(*, state: State, to: State) -> No | None:
    if to in MOVES[state]:
        return None
    return No(Why.TAKEN_BACK if state == State.WITHDRAWN else Why.ALREADY_ANSWERED)


def why_not_answer(
    *,
    state: State,
    verdict: Verdict,
    reason: str,
    adjusted_cost_won: int | None,
    own: bool,
) -> No | None:
    """Every verdict but a plain yes says why; an adjusted one says what it costs then."""
    to = State.TRANSFERRED if verdict == Verdict.TRANSFER else State.ANSWERED
    if (no := why_not_move(state=state, to=to)) is not None:
        return no
    if own:
        return No(Why.OWN_ITEM)
    if verdict != Verdict.FEASIBLE and not reason.strip():
        return No(Why.REASON_MISSING)
    if verdict == Verdict.ADJUST and adjusted_cost_won is None:
        return No(Why.COST_MISSING)
    return None


def why_not_transfer(*, to: int | None, here: int, asked_there: bool) -> No | None:
    """`to` and `here` are the numbers of departments."""
    if to is None:
        return No(Why.DEPARTMENT_MISSING)
    if to == here:
        return No(Why.SAME_DEPARTMENT)
    return No(Why.THERE_ALREADY) if asked_there else None


def why_not_remind(
    *, state: State, due_on: date, reminded_on: date | None, today: date
) -> No | None:
    """A department is reminded once a day, and only of what is late."""
    if state != State.ASKED:
        return No(Why.ALREADY_ANSWERED)
    if today <= due_on:
        return No(Why.NOT_LATE_YET, due_on=due_on)
    return No(Why.REMINDED_TODAY) if reminded_on == today else None
