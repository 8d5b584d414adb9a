"""When a grant may be called for, asked for, decided, paid, cancelled and closed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum, auto

from maeul.core.no import No


class Why(StrEnum):
    CALL_TOO_SHORT = auto()
    CALL_IN_THE_PAST = auto()
    CALL_NOT_OPEN = auto()
    NOT_BY_GRANT = auto()
    PROJECT_NOT_UNDER_WAY = auto()
    ALREADY_REQUESTED = auto()
    NOT_POSITIVE = auto()
    ABOVE_ALLOCATED = auto()
    ABOVE_REQUESTED = auto()
    ABOVE_GRANTED = auto()
    ABOVE_SOURCE = auto()
    NOT_NOW = auto()
    OWN_REQUEST = auto()
    OWN_PAYMENT = auto()
    ALREADY_ANSWERED = auto()
    NO_REASON = auto()
    NO_NOTICE = auto()
    NOT_SETTLED = auto()
    STILL_DUE = auto()


class State(StrEnum):
    REQUESTED = "requested"  # 교부신청
    GRANTED = "granted"  # 교부결정
    PAID = "paid"  # 교부(나누어 줄 수 있음)
    CLOSED = "closed"  # 정산과 반납까지 마침
    REFUSED = "refused"
    CANCELLED = "cancelled"  # 결정 취소, 돌려받는 중


MOVES: Mapping[State, Mapping[State, str]] = {
    State.REQUESTED: {State.GRANTED: "decide", State.REFUSED: "refuse"},
    State.GRANTED: {State.PAID: "pay", State.CANCELLED: "cancel"},
    State.PAID: {State.CLOSED: "close", State.CANCELLED: "cancel"},
    State.CANCELLED: {State.CLOSED: "close"},
    State.REFUSED: {},
    State.CLOSED: {},
}
PAYS = frozenset({State.GRANTED, State.PAID})  # later instalments stay in PAID


class PaymentState(StrEnum):
    PREPARED = "prepared"
    PAID = "paid"
    DROPPED = "dropped"


def reached(verb: str, state: State) -> State | None:
    """Where a verb leads from a state, or None."""
    return next((to for to, by in MOVES[state].items() if by == verb), None)


def why_not_call(
    *, at: datetime, opens_at: datetime, closes_at: datetime, shortest: timedelta
) -> No | None:
    """An open call is published and stays open for at least the days the ordinance says."""
    if opens_at < at:
        return No(Why.CALL_IN_THE_PAST)
    if closes_at - opens_at < shortest:
        return No(Why.CALL_TOO_SHORT, days=shortest.days)
    return None


def why_not_request(
    *,
    by_grant: bool,
    under_way: bool,
    standing: bool,
    call_open: bool,
    requested_won: int,
    allocated_won: int,
) -> No | None:
    if not by_grant:
        return No(Why.NOT_BY_GRANT)
    if not under_way:
        return No(Why.PROJECT_NOT_UNDER_WAY)
    if standing:
        return No(Why.ALREADY_REQUESTED)
    if not call_open:
        return No(Why.CALL_NOT_OPEN)
    if requested_won <= 0:
        return No(Why.NOT_POSITIVE)
    if requested_won > allocated_won:
        return No(Why.ABOVE_ALLOCATED, allocated=allocated_won)
    return None


def why_not_decide(*, state: State, own: bool, granted_won: int, requested_won: int) -> No | None:
    """Nobody decides their own request; the decision may cut, never add."""
    if reached("decide", state) is None:
        return No(Why.ALREADY_ANSWERED)
    if own:
        return No(Why.OWN_REQUEST)
    if granted_won <= 0:
        return No(Why.NOT_POSITIVE)
    if granted_won > requested_won:
        return No(Why.ABOVE_REQUESTED, requested=requested_won)
    return None


def why_not_refuse(*, state: State, own: bool, reason: str) -> No | None:
    if reached("refuse", state) is None:
        return No(Why.ALREADY_ANSWERED)
    if own:
        return No(Why.OWN_REQUEST)
    return None if reason.strip() else No(Why.NO_REASON)


def why_not_prepare(*, state: State, won: int, granted_left: int, source_left: int) -> No | None:
    """`granted_left` and `source_left` count prepared payments as gone."""
    if state not in PAYS:
        return No(Why.NOT_NOW)
    if won <= 0:
        return No(Why.NOT_POSITIVE)
    if won > granted_left:
        return No(Why.ABOVE_GRANTED, left=granted_left)
    if won > source_left:
        return No(Why.ABOVE_SOURCE, left=source_left)
    return None


def why_not_pay(
    *,
    state: State,
    payment: PaymentState,
    own: bool,
    won: int,
    granted_left: int,
    notice: bool,
    under_way: bool,
) -> No | None:
    """Two people for every payment; paid never passes granted, each payment is made once."""
    if payment != PaymentState.PREPARED:
        return No(Why.ALREADY_ANSWERED)
    if own:
        return No(Why.OWN_PAYMENT)
    if state not in PAYS:
        return No(Why.NOT_NOW)
    if not under_way:
        return No(Why.PROJECT_NOT_UNDER_WAY)
    if won > granted_left:
        return No(Why.ABOVE_GRANTED, left=granted_left)
    return None if notice else No(Why.NO_NOTICE)


def why_not_drop(*, payment: PaymentState, reason: str) -> No | None:
    if payment != PaymentState.PREPARED:
        return No(Why.ALREADY_ANSWERED)
    return None if reason.strip() else No(Why.NO_REASON)


def why_not_cancel(*, state: State, reason: str) -> No | None:
    if reached("cancel", state) is None:
        return No(Why.NOT_NOW)
    return None if reason.strip() else No(Why.NO_REASON)


def why_not_close(*, state: State, settled: bool, due_back_won: int) -> No | None:
    """A grant ends when its account is settled and every won that is due came back."""
    if reached("close", state) is None:
        return No(Why.NOT_NOW)
    if not settled:
        return No(Why.NOT_SETTLED)
    if due_back_won:
        return No(Why.STILL_DUE, due=due_back_won)
    return None
