"""Who people are to the village: roles, grounds of taking part, and when an account is refused."""

from datetime import date
from enum import StrEnum, auto

from maeul.core.no import No


class Why(StrEnum):
    TOO_YOUNG = auto()
    NOT_CONSENTED = auto()
    ALREADY_VERIFIED = auto()
    OWN_DOCUMENT = auto()
    BORN_IN_THE_FUTURE = auto()


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


def why_not_join(*, born_on: date, on: date, min_age: int, consented: bool) -> No | None:
    """Why no account is opened: under 14 a guardian would have to consent (PIPA art. 22-2)."""
    if born_on > on:
        return No(Why.BORN_IN_THE_FUTURE)
    if age_on(born_on, on) < min_age:
        return No(Why.TOO_YOUNG, age=min_age)
    if not consented:
        return No(Why.NOT_CONSENTED)
    return None


def why_not_verify(*, already: bool, own: bool) -> No | None:
    """Why a staff member may not confirm this standing."""
    if own:
        return No(Why.OWN_DOCUMENT)
    if already:
        return No(Why.ALREADY_VERIFIED)
    return None
