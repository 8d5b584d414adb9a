"""When a movement of money may be written into the books."""

from collections.abc import Iterable, Sequence
from enum import StrEnum, auto

from maeul.core.no import No


class Why(StrEnum):
    NO_TWO_SIDES = auto()
    SAME_ACCOUNT_TWICE = auto()
    NOT_WHOLE_WON = auto()
    NOT_BALANCED = auto()
    NO_SOURCE = auto()
    OVERDRAWN = auto()
    ALREADY_CORRECTED = auto()


class AccountKind(StrEnum):
    FUNDING = "funding"  # 재원: where public money comes from
    APPROPRIATION = "appropriation"  # 편성한 예산
    ALLOCATED = "allocated"  # 사업에 배정된 돈
    PURSE = "purse"  # 사업비 통장
    OWN = "own"  # 자부담을 낸 곳
    INTEREST = "interest"  # 은행 이자
    PAYEE = "payee"  # 쓴 곳
    REFUND = "refund"  # 돌려준 돈


# These stand outside the books, so they run below zero by what they gave. No other account may.
OUTSIDE = frozenset({AccountKind.FUNDING, AccountKind.OWN, AccountKind.INTEREST})


def why_not_post(*, postings: Sequence[tuple[int, int]], source: str) -> No | None:
    """`postings` are (number of the account, signed won): plus arrives, minus leaves."""
    accounts = [account for account, _won in postings]
    amounts = [won for _account, won in postings]
    if len(postings) < 2:
        return No(Why.NO_TWO_SIDES)
    if len(set(accounts)) < len(accounts):
        return No(Why.SAME_ACCOUNT_TWICE)
    if not all(type(won) is int and won for won in amounts):
        return No(Why.NOT_WHOLE_WON)
    if sum(amounts):
        return No(Why.NOT_BALANCED, off=sum(amounts))
    if not source.strip():
        return No(Why.NO_SOURCE)
    return None


def why_not_draw(*, draws: Iterable[tuple[str, int, int]]) -> No | None:
    """No account inside the books pays out more than it holds: (title, held, wanted) of each."""
    for title, held, wanted in draws:
        if wanted > held:
            return No(Why.OVERDRAWN, account=title, held=held, wanted=wanted)
    return None


def why_not_correct(*, corrected: bool) -> No | None:
    """An entry is taken back once; whoever erred again takes back the counter-entry."""
    return No(Why.ALREADY_CORRECTED) if corrected else None
