"""Where a letter stands, and which way it may go."""

from enum import StrEnum, auto

from maeul.core.no import No


class Why(StrEnum):
    NOT_UNCLEAR = auto()
    EMPTY = auto()


class LetterState(StrEnum):
    WAITING = "waiting"  # in the outbox
    HANDED = "handed"  # marked before it is handed to the mail server
    SENT = "sent"  # the mail server took it
    REFUSED = "refused"  # the mail server said no
    UNCLEAR = "unclear"  # the worker died in between: a person decides
    LATE = "late"  # of no use any more: about an account and a day old, or its reader left


MOVES = {
    LetterState.WAITING: {LetterState.HANDED, LetterState.LATE},
    LetterState.HANDED: {LetterState.SENT, LetterState.REFUSED, LetterState.UNCLEAR},
    LetterState.UNCLEAR: {LetterState.WAITING, LetterState.SENT, LetterState.LATE},
    LetterState.SENT: set(),
    LetterState.REFUSED: set(),
    LetterState.LATE: set(),
}
OVER = tuple(state for state, moves in MOVES.items() if not moves)


def why_not_settle(*, state: LetterState) -> No | None:
    """Only what is unclear waits for a person's word."""
    return None if state == LetterState.UNCLEAR else No(Why.NOT_UNCLEAR)


def why_not_announce(*, title: str, text: str) -> No | None:
    return None if title.strip() and text.strip() else No(Why.EMPTY)
