"""Who people are to the village: roles, grounds of taking part, and when an account is refused."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum, auto

from maeul.core.no import No


class Why(StrEnum):
    TOO_YOUNG = auto()
    NOT_CONSENTED = auto()
    SEX_NOT_CONSENTED = auto()
    EMAIL_TAKEN = auto()
    ALREADY_ENTERED = auto()
    BORN_IN_THE_FUTURE = auto()
    NUMBER_OF_RESIDENT = auto()
    ALREADY_STATED = auto()
    ALREADY_VERIFIED = auto()
    ALREADY_REFUSED = auto()
    ALREADY_ENDED = auto()
    OWN_DOCUMENT = auto()
    NO_DOCUMENT = auto()
    NO_REASON = auto()
    VERIFIED_STAYS = auto()
    OWN_ROLE = auto()
    SCOPE_DOES_NOT_FIT = auto()
    HOLDS_IT_ALREADY = auto()
    ENDS_BEFORE_IT_STARTS = auto()
    ROLE_IS_OVER = auto()
    LAST_OFFICER = auto()
    OFFICER_IS_THERE = auto()
    HAS_LEFT = auto()
    LEAVE_INSTEAD = auto()
    ONLY_IN_DEMO = auto()


class RoleKind(StrEnum):
    """Duties somebody holds for a district, a dong or a department.

    Offices in a body (chair, auditor, seat) belong to `council.membership`, not here.
    """

    DONG_OFFICER = "dong_officer"  # 동 담당자
    DISTRICT_OFFICER = "district_officer"  # 구 자치행정과 담당자
    REVIEWER = "reviewer"  # 부서 검토 담당자
    MAYOR_OFFICE = "mayor_office"  # 구청장실
    SECRETARY = "secretary"  # 주민자치회 간사 (사무국)
    ELECTION_OFFICER = "election_officer"  # 주민자치회가 뽑은 선거관리 담당
    OPERATOR = "operator"  # 시스템 운영자


# Where a role is held: for a whole district, one dong or one department.
SCOPES = {
    RoleKind.DONG_OFFICER: "dong",
    RoleKind.DISTRICT_OFFICER: "district",
    RoleKind.REVIEWER: "department",
    RoleKind.MAYOR_OFFICE: "district",
    RoleKind.SECRETARY: "dong",
    RoleKind.ELECTION_OFFICER: "dong",
    RoleKind.OPERATOR: "district",
}


class StandingKind(StrEnum):
    """The four grounds of taking part (ordinance articles 2-3, 10(1), 23(1))."""

    RESIDENT = "resident"
    WORKER = "worker"
    MEMBER = "org_member"
    PERMANENT_FOREIGNER = "permanent_foreigner"


def age_on(born_on: date, day: date) -> int:
    """Full years on a day, as Korean law counts ages since 2023 (만 나이).

    >>> age_on(date(2010, 3, 2), date(2024, 3, 1)), age_on(date(2010, 3, 2), date(2024, 3, 2))
    (13, 14)
    """
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def holds_resident_number(text: str) -> bool:
    """Does the text hold something that looks like a resident registration number?

    >>> holds_resident_number("900101-1234567"), holds_resident_number("등본 9001011234567")
    (True, True)
    >>> holds_resident_number("02-1234-5678"), holds_resident_number("2026-05-12")
    (False, False)
    """
    return bool(re.search(r"(?<!\d)\d{6}\s*[-–]?\s*[1-8]\d{6}(?!\d)", text, re.ASCII))


def why_not_write(*texts: str) -> No | None:
    """No resident registration number anywhere (Personal Information Protection Act, art. 24-2)."""
    if any(holds_resident_number(text) for text in texts):
        return No(Why.NUMBER_OF_RESIDENT)
    return None


def why_not_join(
    *,
    born_on: date,
    on: date,
    min_age: int,
    consented: bool,
    sex: str = "",
    sex_consented: bool = False,
) -> No | None:
    """Why no account is opened: under 14 a guardian would have to consent (PIPA art. 22-2)."""
    if born_on > on:
        return No(Why.BORN_IN_THE_FUTURE)
    if age_on(born_on, on) < min_age:
        return No(Why.TOO_YOUNG, age=min_age)
    if not consented:
        return No(Why.NOT_CONSENTED)
    if sex and not sex_consented:
        return No(Why.SEX_NOT_CONSENTED)
    return None


def why_not_enter(*, born_on: date | None, on: date, consented: bool, known: bool) -> No | None:
    """Why staff do not enter a person; age does not matter, a form signed on paper does."""
    if born_on and born_on > on:
        return No(Why.BORN_IN_THE_FUTURE)
    if not consented:
        return No(Why.NOT_CONSENTED)
    if known:
        return No(Why.ALREADY_ENTERED)
    return None


def why_not_state(*, already: bool, gone: bool) -> No | None:
    if gone:
        return No(Why.HAS_LEFT)
    return No(Why.ALREADY_STATED) if already else None


def why_not_verify(*, verified: bool, refused: bool, ended: bool, own: bool) -> No | None:
    """Why a staff member may not decide about this stated ground."""
    if own:
        return No(Why.OWN_DOCUMENT)
    if verified:
        return No(Why.ALREADY_VERIFIED)
    if refused:
        return No(Why.ALREADY_REFUSED)
    if ended:
        return No(Why.ALREADY_ENDED)
    return None


def why_not_correct(*, own: bool, verified: bool, born_on: date | None, on: date) -> No | None:
    """What a document has proved stays, unless staff correct it."""
    if own and verified:
        return No(Why.VERIFIED_STAYS)
    if born_on and born_on > on:
        return No(Why.BORN_IN_THE_FUTURE)
    return None


def why_not_give_role(
    *, own: bool, gone: bool, fits: bool, already: bool, from_on: date, until_on: date | None
) -> No | None:
    if own:
        return No(Why.OWN_ROLE)
    if gone:
        return No(Why.HAS_LEFT)
    if not fits:
        return No(Why.SCOPE_DOES_NOT_FIT)
    if until_on and until_on <= from_on:
        return No(Why.ENDS_BEFORE_IT_STARTS)
    if already:
        return No(Why.HOLDS_IT_ALREADY)
    return None


def why_not_end_role(*, over: bool, last_officer: bool) -> No | None:
    if over:
        return No(Why.ROLE_IS_OVER)
    return No(Why.LAST_OFFICER) if last_officer else None


def why_not_leave(*, gone: bool, last_officer: bool) -> No | None:
    if gone:
        return No(Why.HAS_LEFT)
    return No(Why.LAST_OFFICER) if last_officer else None


def why_not_withdraw(*, needed: bool) -> No | None:
    """The consent an account cannot be without is taken back by leaving."""
    return No(Why.LEAVE_INSTEAD) if needed else None


def overlap(spans: Iterable[tuple[date, date | None]], start: date, end: date | None) -> bool:
    """Does any stretch of days meet the one asked?  Ends are excluded; None is open.

    >>> overlap([(date(2026, 1, 1), date(2026, 3, 1))], date(2026, 3, 1), None)
    False
    >>> overlap([(date(2026, 1, 1), None)], date(2026, 3, 1), date(2026, 4, 1))
    True
    """
    return any((end is None or s < end) and (e is None or start < e) for s, e in spans)
