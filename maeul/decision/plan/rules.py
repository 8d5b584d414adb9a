"""How a self-governance plan comes about, is decided and answered (ordinance articles 4 to 6)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum, auto

from maeul.core.no import No


class Why(StrEnum):
    ALREADY_DRAWN_UP = auto()
    NOT_NOW = auto()
    OTHER_DONG = auto()
    ALREADY_IN = auto()
    NOT_REVIEWED = auto()
    LINE_INCOMPLETE = auto()
    EMPTY = auto()
    COSTS_MISSING = auto()
    MOTION_NOT_CARRIED = auto()
    MOTION_OF_ANOTHER_BODY = auto()
    MOTION_OF_ANOTHER_MATTER = auto()
    ASSEMBLY_OF_ANOTHER_DONG = auto()
    ALREADY_ASKED = auto()
    ROUND_OF_ANOTHER_DONG = auto()
    RESULT_NOT_OUT = auto()
    NOT_CHOSEN = auto()
    ALREADY_REPLIED = auto()
    REASON_MISSING = auto()
    STILL_IN_FORCE = auto()


class State(StrEnum):
    DRAFTED = "drafted"  # being written
    ADOPTED = "adopted"  # by the council's plenary
    TABLED = "tabled"  # on the ballot of an assembly
    APPROVED = "approved"  # as a whole and every item
    PARTLY = "partly"  # as a whole, but not every item
    REJECTED = "rejected"  # or the quorum was missed
    SUBMITTED = "submitted"  # to the mayor
    REPLIED = "replied"  # the mayor has answered every chosen item
    IN_FORCE = "in_force"
    EXPIRED = "expired"  # the next assembly has been held


MOVES: Mapping[State, frozenset[State]] = {
    State.DRAFTED: frozenset({State.ADOPTED}),
    State.ADOPTED: frozenset({State.TABLED}),
    State.TABLED: frozenset({State.APPROVED, State.PARTLY, State.REJECTED}),
    State.APPROVED: frozenset({State.SUBMITTED}),
    State.PARTLY: frozenset({State.SUBMITTED}),
    State.REJECTED: frozenset(),
    State.SUBMITTED: frozenset({State.REPLIED}),
    State.REPLIED: frozenset({State.IN_FORCE}),
    State.IN_FORCE: frozenset({State.EXPIRED}),
    State.EXPIRED: frozenset(),
}
DECIDED = frozenset({State.APPROVED, State.PARTLY})
ENDS = frozenset({State.REJECTED, State.EXPIRED})


class Verdict(StrEnum):
    """What the mayor answers to an item."""

    ACCEPTED = "accepted"  # 반영
    PARTIAL = "partial"  # 일부 반영
    REJECTED = "rejected"  # 반영 불가
    LONG_TERM = "long_term"  # 장기 검토


def sum_of(lines: Collection[tuple[str, int, int]]) -> int:
    """What an item takes in all: units times their number, added up.

    >>> sum_of([("의자", 1_200_000, 3), ("설치", 400_000, 1)])
    4000000
    """
    return sum(unit_won * quantity for _title, unit_won, quantity in lines)


def decided(*, carried: bool, chosen: Sequence[bool]) -> State:
    """What the assembly made of a plan: the whole by its own question, each item by its own."""
    if not carried:
        return State.REJECTED
    return State.APPROVED if all(chosen) else State.PARTLY


def last_day(*, word: str, next_assembly_on: date | None) -> date | None:
    """Until when a plan holds; None while nobody knows yet (article 6(3)).

    >>> last_day(word="day_before_next_assembly", next_assembly_on=date(2027, 5, 15))
    datetime.date(2027, 5, 14)
    """
    if word == "day_before_next_assembly" and next_assembly_on is not None:
        return next_assembly_on - timedelta(days=1)
    return None


def is_to_be_reminded(
    *, due_on: date, on: date, every: timedelta, reminded_on: date | None
) -> bool:
    """So many days before the deadline, on it, and as often again while it is late: once each.

    >>> week, due = timedelta(days=7), date(2026, 7, 5)
    >>> is_to_be_reminded(due_on=due, on=date(2026, 6, 28), every=week, reminded_on=None)
    True
    >>> told = date(2026, 6, 28)
    >>> is_to_be_reminded(due_on=due, on=date(2026, 7, 4), every=week, reminded_on=told)
    False
    """
    first = due_on - every
    if on < first:
        return False
    newest = first + (on - first) // every * every
    return reminded_on is None or reminded_on < newest


def why_not_draw_up(*, already: bool) -> No | None:
    return No(Why.ALREADY_DRAWN_UP) if already else None


def why_not_edit(*, state: State) -> No | None:
    """What the plenary has adopted is not changed any more."""
    return None if state == State.DRAFTED else No(Why.NOT_NOW)


def why_not_add(
    *,
    state: State,
    same_dong: bool,
    reviewed: bool,
    already: bool,
    lines: Sequence[tuple[str, int, int]],
) -> No | None:
    if (no := why_not_edit(state=state)) is not None:
        return no
    if not same_dong:
        return No(Why.OTHER_DONG)
    if already:
        return No(Why.ALREADY_IN)
    if not reviewed:
        return No(Why.NOT_REVIEWED)
    return why_not_lines(lines)


def why_not_lines(lines: Sequence[tuple[str, int, int]]) -> No | None:
    for title, unit_won, quantity in lines:
        if not title.strip() or unit_won <= 0 or quantity <= 0:
            return No(Why.LINE_INCOMPLETE)
    return None


def why_not_bring(*, state: State, items: int, by_the_council: bool) -> No | None:
    """Why a plan may not be put on the list of a meeting."""
    if state != State.DRAFTED:
        return No(Why.NOT_NOW)
    if items == 0:
        return No(Why.EMPTY)
    return None if by_the_council else No(Why.MOTION_OF_ANOTHER_BODY)


def why_not_adopt(
    *,
    state: State,
    costs: Sequence[int],
    carried: bool,
    by_the_council: bool,
    same_matter: bool,
) -> No | None:
    """By a motion of the council's plenary on this very plan (article 4)."""
    if state != State.DRAFTED:
        return No(Why.NOT_NOW)
    if not costs:
        return No(Why.EMPTY)
    if any(cost <= 0 for cost in costs):
        return No(Why.COSTS_MISSING)
    if not same_matter:
        return No(Why.MOTION_OF_ANOTHER_MATTER)
    if not by_the_council:
        return No(Why.MOTION_OF_ANOTHER_BODY)
    return None if carried else No(Why.MOTION_NOT_CARRIED)


def why_not_table(*, state: State, same_dong: bool, asked: bool) -> No | None:
    """`asked`: its question stands on the ballot of an assembly that is not void.  One whose
    question was taken out, or whose vote was void, is tabled again."""
    if state not in (State.ADOPTED, State.TABLED):
        return No(Why.NOT_NOW)
    if asked:
        return No(Why.ALREADY_ASKED)
    return None if same_dong else No(Why.ASSEMBLY_OF_ANOTHER_DONG)


def why_not_ask_for_money(*, state: State, same_dong: bool, items: int) -> No | None:
    """Its items are put within a sum once the plenary has settled what they are."""
    if state not in (State.ADOPTED, State.TABLED):
        return No(Why.NOT_NOW)
    if not same_dong:
        return No(Why.ROUND_OF_ANOTHER_DONG)
    return None if items else No(Why.EMPTY)


def why_not_take_result(*, state: State, published: bool) -> No | None:
    if state != State.TABLED:
        return No(Why.NOT_NOW)
    return None if published else No(Why.RESULT_NOT_OUT)


def why_not_submit(*, state: State) -> No | None:
    """Late is allowed and shows: the deadline binds the council, not the residents' decision."""
    return None if state in DECIDED else No(Why.NOT_NOW)


def why_not_reply(
    *, state: State, chosen: bool, already: bool, verdict: Verdict, reason: str
) -> No | None:
    """Whatever is not simply taken over says why."""
    if state != State.SUBMITTED:
        return No(Why.NOT_NOW)
    if not chosen:
        return No(Why.NOT_CHOSEN)
    if already:
        return No(Why.ALREADY_REPLIED)
    if verdict != Verdict.ACCEPTED and not reason.strip():
        return No(Why.REASON_MISSING)
    return None


def why_not_take_effect(*, state: State) -> No | None:
    return None if state == State.REPLIED else No(Why.NOT_NOW)


def why_not_expire(*, state: State, last_day: date | None, on: date) -> No | None:
    if state != State.IN_FORCE:
        return No(Why.NOT_NOW)
    if last_day is None or on <= last_day:
        return No(Why.STILL_IN_FORCE)
    return None
