"""Totals that were counted elsewhere (stickers in the street, mVoting, K-Voting): whose they are
nobody here can check, so they are told apart and decide nothing.

Pure: values in, an answer out.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from maeul.core.no import No
from maeul.vault.ballot.rules import State, Why


class Kind(StrEnum):
    STICKERS = "stickers"
    MVOTING = "mvoting"
    KVOTING = "kvoting"
    OTHER = "other"


ASSURANCE = "low"
"""Of everything that was counted elsewhere."""

OPEN_TO_IT = frozenset({State.FROZEN, State.OPEN, State.CLOSED})
"""What is asked is frozen, and nobody knows the result."""


def why_not_import(state: State, *, counted_on: date, today: date) -> No | None:
    if state not in OPEN_TO_IT:
        return No(Why.OUTSIDE_TOO_LATE if state != State.DRAFT else Why.NOT_FROZEN)
    return No(Why.COUNTED_LATER_THAN_TODAY) if counted_on > today else None


def why_not_withdraw(state: State, *, is_withdrawn: bool, reason: str) -> No | None:
    if state not in OPEN_TO_IT:
        return No(Why.OUTSIDE_TOO_LATE)
    if is_withdrawn:
        return No(Why.WITHDRAWN_ALREADY)
    return None if reason.strip() else No(Why.REASON_MISSING)


def left_out(said: Iterable[tuple[str, int]], asked: dict[str, frozenset[int]]) -> dict[str, list]:
    """Options of a question that is told, of which nothing is said: also nothing is a number."""
    told: dict[str, set[int]] = {}
    for key, number in said:
        told.setdefault(key, set()).add(number)
    return {
        key: sorted(asked[key] - numbers) for key, numbers in told.items() if asked[key] - numbers
    }
