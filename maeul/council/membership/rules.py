"""Who may sit in the residents' council, for how long, in which office."""

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum, auto
from fractions import Fraction

from maeul.core.no import No


class BodyKind(StrEnum):
    COUNCIL = "council"  # 주민자치회
    SUBCOMMITTEE = "subcommittee"  # 분과위원회
    JOINT = "joint"  # 연석회의: no seats, open to everybody


class OfficeKind(StrEnum):
    CHAIR = "chair"  # 자치회장
    VICE_CHAIR = "vice_chair"  # 자치부회장
    AUDITOR = "auditor"  # 감사
    SUBCOMMITTEE_CHAIR = "subcommittee_chair"  # 분과위원장
    SECRETARY_GENERAL = "secretary_general"  # 사무국장


class EndReason(StrEnum):
    """Why a seat ended before its term (ordinance article 17(1))."""

    LOST_ELIGIBILITY = "lost_eligibility"
    RESIGNED = "resigned"
    TWO_COUNCILS = "two_councils"
    NOT_NEUTRAL = "not_neutral"
    DISMISSED = "dismissed"  # for abuse or neglect, after the council's vote


class Why(StrEnum):
    NAME_TAKEN = auto()
    ONE_OF_ITS_KIND = auto()
    NO_COUNCIL_YET = auto()
    NO_NAME = auto()
    NO_SEATS_HERE = auto()
    COUNCIL_FULL = auto()
    ALREADY_SITS = auto()
    SITS_IN_OTHER_COUNCIL = auto()
    TERM_OVERLAPS = auto()
    TERM_ENTERED = auto()
    NO_TERM = auto()
    SEAT_OVER = auto()
    ENDS_BEFORE_IT_BEGAN = auto()
    NOT_YOUR_SEAT = auto()
    OFFICE_HELD = auto()
    HOLDS_IT_ALREADY = auto()
    OFFICE_NOT_HERE = auto()
    NO_COUNCIL_MEMBER = auto()


COUNCIL_OFFICES = {
    OfficeKind.CHAIR,
    OfficeKind.VICE_CHAIR,
    OfficeKind.AUDITOR,
    OfficeKind.SECRETARY_GENERAL,
}
ONE_AT_A_TIME = set(OfficeKind) - {OfficeKind.AUDITOR}
FOR_MEMBERS_ONLY = {OfficeKind.CHAIR, OfficeKind.VICE_CHAIR, OfficeKind.SUBCOMMITTEE_CHAIR}

Stay = tuple[date, date | None]


def most_at_once(stays: Iterable[Stay]) -> int:
    """The largest number of stays that share a day; the end of a stay is not part of it.

    >>> may, june, july = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
    >>> most_at_once([(may, june), (june, july), (may, None)])
    2
    """
    changes = sorted(
        change
        for start, end in stays
        for change in [(start, 1), *([(end, -1)] if end is not None else [])]
    )
    most = now = 0
    for _day, change in changes:
        now += change
        most = max(most, now)
    return most


def why_not_found(
    *, kind: BodyKind, name: str, names: Collection[str], kinds: Collection[str]
) -> No | None:
    """`names` and `kinds` are those of the bodies the dong has already."""
    if not name.strip():
        return No(Why.NO_NAME)
    if kind != BodyKind.SUBCOMMITTEE and kind in kinds:
        return No(Why.ONE_OF_ITS_KIND)
    if kind == BodyKind.SUBCOMMITTEE and BodyKind.COUNCIL not in kinds:
        return No(Why.NO_COUNCIL_YET)
    if name.strip() in names:
        return No(Why.NAME_TAKEN, name=name.strip())
    return None


def why_not_begin_term(
    *, number: int, numbers: Collection[int], from_on: date, until_on: date, terms: Iterable[Stay]
) -> No | None:
    """`numbers` and `terms`: the council's other terms, and from when until when they run."""
    if number in numbers:
        return No(Why.TERM_ENTERED, number=number)
    if any(start < until_on and (end is None or from_on < end) for start, end in terms):
        return No(Why.TERM_OVERLAPS)
    return None


def why_not_seat(
    *,
    kind: BodyKind,
    stay: Stay,
    has_term: bool,
    own: Iterable[Stay],
    elsewhere: Iterable[Stay],
    others: Iterable[Stay],
    max_members: int,
) -> No | None:
    """Why somebody may not take a seat for `stay`.

    `own`: the person's stays in this body, `elsewhere` in councils of other dongs, `others` all
    stays in this body.  Only the council itself is limited in number (article 9(1)).
    """
    if kind == BodyKind.JOINT:
        return No(Why.NO_SEATS_HERE)
    if not has_term:
        return No(Why.NO_TERM, on=stay[0])
    if any(_overlap(stay, other) for other in own):
        return No(Why.ALREADY_SITS)
    if kind == BodyKind.COUNCIL:
        if any(_overlap(stay, other) for other in elsewhere):
            return No(Why.SITS_IN_OTHER_COUNCIL)
        if most_at_once([stay, *(one for one in others if _overlap(stay, one))]) > max_members:
            return No(Why.COUNCIL_FULL, most=max_members)
    return None


def why_not_resign(*, own: bool) -> No | None:
    return None if own else No(Why.NOT_YOUR_SEAT)


def why_not_end_seat(*, from_on: date, until_on: date | None, on: date) -> No | None:
    if until_on is not None and until_on <= on:
        return No(Why.SEAT_OVER, on=until_on)
    if on < from_on:
        return No(Why.ENDS_BEFORE_IT_BEGAN)
    return None


def why_not_install(
    *,
    office: OfficeKind,
    body: BodyKind,
    stay: Stay,
    sits_in_council: bool,
    own: Iterable[Stay],
    others: Iterable[Stay],
) -> No | None:
    """Why an office may not be given.  `own` and `others`: from when until when the person, and
    others, hold the same office.

    Chair, vice-chair and the chairs of subcommittees are council members (articles 13(3), 20(3));
    an auditor may come from outside (article 19), so may the secretary general.
    """
    council_office = office in COUNCIL_OFFICES
    if (body == BodyKind.COUNCIL) != council_office or body == BodyKind.JOINT:
        return No(Why.OFFICE_NOT_HERE)
    if office in FOR_MEMBERS_ONLY and not sits_in_council:
        return No(Why.NO_COUNCIL_MEMBER)
    if any(_overlap(stay, other) for other in own):
        return No(Why.HOLDS_IT_ALREADY)
    if office in ONE_AT_A_TIME and any(_overlap(stay, other) for other in others):
        return No(Why.OFFICE_HELD)
    return None


def larger_share(*, women: int, men: int) -> Fraction:
    """The share of the sex that is more numerous, of all whose sex is known.

    >>> larger_share(women=6, men=4), larger_share(women=0, men=0)
    (Fraction(3, 5), Fraction(0, 1))
    """
    known = women + men
    return Fraction(max(women, men), known) if known else Fraction(0)


def is_one_sided(*, women: int, men: int, max_share: Fraction) -> bool:
    """Is one sex above its share?  The ordinance asks to try (article 11(1)): a warning, no bar."""
    return larger_share(women=women, men=men) > max_share


def _overlap(one: Stay, other: Stay) -> bool:
    return (other[1] is None or one[0] < other[1]) and (one[1] is None or other[0] < one[1])
