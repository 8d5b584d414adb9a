"""When a village project may start, spend, change, end, settle and give back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from maeul.core.no import No


class Why(StrEnum):
    ALREADY_STARTED = auto()
    ENDS_BEFORE_IT_STARTS = auto()
    NOT_NOW = auto()
    NO_REASON = auto()
    NOT_POSITIVE = auto()
    LINES_ABOVE_MONEY = auto()
    STEP_DONE = auto()
    STEPS_OPEN = auto()
    ALREADY_IN = auto()
    OFFER_OF_ANOTHER_MATTER = auto()
    NO_EVIDENCE = auto()
    ACCOUNT_NUMBER = auto()
    VAT_TOO_HIGH = auto()
    PAID_OUTSIDE_THE_PERIOD = auto()
    LINE_TOO_SMALL = auto()
    PURSE_TOO_SMALL = auto()
    OWN_REQUEST = auto()
    ALREADY_ANSWERED = auto()
    LINE_ALREADY_USED = auto()
    SPENDING_OPEN = auto()
    CHANGE_OPEN = auto()
    ALREADY_SETTLING = auto()
    NOTHING_DUE = auto()
    NOT_A_DIFFERENT_LINE = auto()
    NOTHING_CHANGES = auto()
    NOT_MINUTES_OF_A_DAY = auto()
    OUTSIDE_THE_PERIOD = auto()


class State(StrEnum):
    STARTED = "started"  # 실행 중
    SUSPENDED = "suspended"  # 잠시 멈춤
    COMPLETED = "completed"  # 완료, 정산 전
    CANCELLED = "cancelled"  # 그만둠, 정산 전
    SETTLED = "settled"  # 정산 마침
    SHARED = "shared"  # 성과를 나눔


MOVES: Mapping[State, Mapping[State, str]] = {
    State.STARTED: {
        State.SUSPENDED: "suspend",
        State.COMPLETED: "complete",
        State.CANCELLED: "cancel",
    },
    State.SUSPENDED: {State.STARTED: "resume", State.CANCELLED: "cancel"},
    State.COMPLETED: {State.SETTLED: "settle"},
    State.CANCELLED: {State.SETTLED: "settle"},
    State.SETTLED: {State.SHARED: "share"},
    State.SHARED: {},
}


def reached(verb: str, state: State) -> State | None:
    """Where a verb leads from a state, or None.

    >>> reached("complete", State.STARTED)
    <State.COMPLETED: 'completed'>
    """
    return next((to for to, by in MOVES[state].items() if by == verb), None)


class Way(StrEnum):
    DIRECT = "direct"  # 동·부서가 직접 집행
    GRANT = "grant"  # 주민자치회·단체에 보조금으로


class Asked(StrEnum):
    """What somebody asked for and somebody else answers: spending, change, settlement."""

    ASKED = "asked"
    APPROVED = "approved"
    RETURNED = "returned"
    TAKEN_BACK = "taken_back"


ANSWERS: Mapping[Asked, frozenset[str]] = {
    Asked.ASKED: frozenset({"approve", "send_back"}),
    Asked.APPROVED: frozenset({"take_back"}),
    Asked.RETURNED: frozenset(),
    Asked.TAKEN_BACK: frozenset(),
}


class Method(StrEnum):
    CARD = "card"
    TRANSFER = "transfer"
    TAX_INVOICE = "tax_invoice"


class NoticeKind(StrEnum):
    """What the bank told of."""

    PAID = "paid"  # 교부금이 들어옴
    OWN = "own"  # 자부담이 들어옴
    INTEREST = "interest"  # 이자가 붙음
    REFUND = "refund"  # 반납함


@dataclass(frozen=True, slots=True)
class Figures:
    """Where one purse stands, in whole won.  Interest is not for spending."""

    received: int
    spent: int
    interest: int
    refunded: int

    @property
    def held(self) -> int:
        return self.received + self.interest - self.spent - self.refunded

    @property
    def may_spend(self) -> int:
        return self.received - self.spent

    @property
    def principal_due(self) -> int:
        return self.received - self.spent

    @property
    def due(self) -> int:
        """What goes back in the end: what was not spent, and all interest."""
        return self.principal_due + self.interest - self.refunded


def next_act(*, state: State, due_back_won: int) -> str:
    """What the lead does next.

    >>> next_act(state=State.SETTLED, due_back_won=1), next_act(state=State.SETTLED, due_back_won=0)
    ('refund', 'share')
    """
    if state in (State.COMPLETED, State.CANCELLED):
        return "ask_settlement"
    if state == State.SETTLED:
        return "refund" if due_back_won else "share"
    return "finish"


# Nine digits and more in a payee's name are an account or a resident's number.
LONG_NUMBER = re.compile(r"\d(?:[\s-]*\d){8,}")


def why_not_start(*, started: bool, starts_on: date, ends_on: date) -> No | None:
    if started:
        return No(Why.ALREADY_STARTED)
    if ends_on < starts_on:
        return No(Why.ENDS_BEFORE_IT_STARTS)
    return None


def why_not_move(*, verb: str, state: State, reason: str = "-") -> No | None:
    if reached(verb, state) is None:
        return No(Why.NOT_NOW)
    return None if reason.strip() else No(Why.NO_REASON)


def why_not_work_on(*, state: State) -> No | None:
    """Plans, steps, people, spending and changes belong to a project under way."""
    return None if state == State.STARTED else No(Why.NOT_NOW)


def why_not_plan_line(
    *, state: State, amount_won: int, planned_won: int, money_won: int
) -> No | None:
    """Budget lines together keep within what the project was given and brings itself."""
    if no := why_not_work_on(state=state):
        return no
    if amount_won <= 0:
        return No(Why.NOT_POSITIVE)
    if planned_won + amount_won > money_won:
        return No(Why.LINES_ABOVE_MONEY, left=money_won - planned_won)
    return None


def why_not_finish_step(*, state: State, done: bool) -> No | None:
    return No(Why.STEP_DONE) if done else why_not_work_on(state=state)


def why_not_take_in(*, state: State, inside: bool, of_this_matter: bool) -> No | None:
    if not of_this_matter:
        return No(Why.OFFER_OF_ANOTHER_MATTER)
    if inside:
        return No(Why.ALREADY_IN)
    return why_not_work_on(state=state)


def why_not_work(*, minutes: int, on: date, joined_on: date, today: date) -> No | None:
    """Time is given in minutes of one day that has come."""
    if not 0 < minutes <= 24 * 60:
        return No(Why.NOT_MINUTES_OF_A_DAY)
    if not joined_on <= on <= today:
        return No(Why.OUTSIDE_THE_PERIOD, starts=joined_on)
    return None


def why_not_ask_spending(
    *,
    state: State,
    amount_won: int,
    vat_won: int,
    payee: str,
    purpose: str,
    evidence: int,
    paid_on: date,
    starts_on: date,
    today: date,
    line_left: int,
    purse_left: int,
) -> No | None:
    """`line_left` and `purse_left` count what is asked for already as gone."""
    if no := why_not_work_on(state=state):
        return no
    if amount_won <= 0:
        return No(Why.NOT_POSITIVE)
    if not 0 <= vat_won < amount_won:
        return No(Why.VAT_TOO_HIGH)
    if LONG_NUMBER.search(payee) or LONG_NUMBER.search(purpose):
        return No(Why.ACCOUNT_NUMBER)
    if not evidence:
        return No(Why.NO_EVIDENCE)
    if not starts_on <= paid_on <= today:
        return No(Why.PAID_OUTSIDE_THE_PERIOD, starts=starts_on, today=today)
    if amount_won > line_left:
        return No(Why.LINE_TOO_SMALL, left=line_left)
    if amount_won > purse_left:
        return No(Why.PURSE_TOO_SMALL, left=purse_left)
    return None


def why_not_answer(*, verb: str, state: Asked, own: bool, reason: str = "-") -> No | None:
    """Nobody approves their own; what was answered is not answered again."""
    if verb not in ANSWERS[state]:
        return No(Why.ALREADY_ANSWERED)
    if own:
        return No(Why.OWN_REQUEST)
    return None if reason.strip() else No(Why.NO_REASON)


def why_not_approve_spending(
    *, state: Asked, own: bool, project_state: State, amount_won: int, figures: Figures
) -> No | None:
    """Spent never passes received, whatever was promised meanwhile."""
    if no := why_not_answer(verb="approve", state=state, own=own):
        return no
    if no := why_not_work_on(state=project_state):
        return no
    if amount_won > figures.may_spend:
        return No(Why.PURSE_TOO_SMALL, left=figures.may_spend)
    return None


def why_not_take_back(*, state: Asked, own: bool, reason: str, project_state: State) -> No | None:
    """Until the project is settled a wrong receipt may be taken out of the books again."""
    if no := why_not_answer(verb="take_back", state=state, own=own, reason=reason):
        return no
    if reached("settle", project_state) is None:
        return why_not_work_on(state=project_state)
    return None


def why_not_note(*, state: State, won: int, evidence: bool) -> No | None:
    """The bank's word on interest or own share: until the project is settled."""
    if reached("settle", state) is None and state not in (State.STARTED, State.SUSPENDED):
        return No(Why.NOT_NOW)
    if won <= 0:
        return No(Why.NOT_POSITIVE)
    return None if evidence else No(Why.NO_EVIDENCE)


def why_not_ask_change(
    *,
    state: State,
    reason: str,
    changes: bool,
    same_line: bool,
    won: int,
    line_left: int,
    starts_on: date,
    ends_on: date | None,
    change_open: bool,
) -> No | None:
    """Won moves from a line that still has them; the end may move, not before the start."""
    if no := why_not_work_on(state=state):
        return no
    if not reason.strip():
        return No(Why.NO_REASON)
    if change_open:
        return No(Why.CHANGE_OPEN)
    if not changes:
        return No(Why.NOTHING_CHANGES)
    if same_line:
        return No(Why.NOT_A_DIFFERENT_LINE)
    if won < 0:
        return No(Why.NOT_POSITIVE)
    if won > line_left:
        return No(Why.LINE_TOO_SMALL, left=line_left)
    if ends_on is not None and ends_on < starts_on:
        return No(Why.ENDS_BEFORE_IT_STARTS)
    return None


def why_not_approve_change(*, state: Asked, own: bool, won: int, line_left: int) -> No | None:
    if no := why_not_answer(verb="approve", state=state, own=own):
        return no
    return No(Why.LINE_ALREADY_USED, left=line_left) if won > line_left else None


def why_not_complete(*, state: State, open_steps: int, report: str) -> No | None:
    if no := why_not_move(verb="complete", state=state, reason=report):
        return no
    return No(Why.STEPS_OPEN, steps=open_steps) if open_steps else None


def why_not_ask_settlement(
    *, state: State, open_spendings: int, open_changes: int, settling: bool
) -> No | None:
    if reached("settle", state) is None:
        return No(Why.NOT_NOW)
    if settling:
        return No(Why.ALREADY_SETTLING)
    if open_spendings:
        return No(Why.SPENDING_OPEN, count=open_spendings)
    if open_changes:
        return No(Why.CHANGE_OPEN)
    return None


def why_not_refund(*, settled: bool, due_won: int, evidence: bool) -> No | None:
    """All of what is due goes back at once: what was not spent and every won of interest."""
    if not settled:
        return No(Why.NOT_NOW)
    if due_won <= 0:
        return No(Why.NOTHING_DUE)
    return None if evidence else No(Why.NO_EVIDENCE)
