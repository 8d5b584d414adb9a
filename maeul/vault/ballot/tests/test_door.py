"""The rules of the door, by value."""

from datetime import UTC, date, datetime, timedelta

import pytest

from maeul.vault.ballot import door
from maeul.vault.ballot.rules import ReasonForOuter, RulingKind, State, Way, Why

OPENS = datetime(2026, 5, 12, 1, tzinfo=UTC)
CLOSES = OPENS + timedelta(hours=8)
HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)


def now(**facts):
    """A clerk at an open booth, an hour after it opened."""
    usual = {
        "state": State.OPEN,
        "channels": ("online", "kiosk", "paper"),
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "ends_at": CLOSES,
        "hours": [(OPENS, CLOSES)],
        "slips_in_line": None,
        "is_reported": False,
        "is_fixed": False,
        "is_behind": False,
        "by_clerk": True,
        "by_officer": False,
        "clock": OPENS + HOUR,
    }
    return door.DoorNow(**usual | facts)


def why(no):
    return no and no.why


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, None),
        ({"clock": OPENS}, None),
        ({"clock": OPENS - TICK}, Why.NOT_YET_OPEN),
        ({"clock": CLOSES - TICK}, None),
        ({"clock": CLOSES}, Why.ALREADY_CLOSED),
        ({"by_clerk": False}, Why.NOT_A_CLERK),
        ({"by_clerk": False, "by_officer": True}, None),
        ({"is_fixed": True}, Why.LIST_IS_FIXED),
        ({"is_behind": True}, Why.BEHIND),
        ({"state": State.VOID}, Why.ALREADY_CLOSED),
        ({"hours": [(OPENS + 2 * HOUR, CLOSES)]}, Why.BOOTH_IS_SHUT),
        ({"hours": [(OPENS, OPENS + HOUR)]}, Why.BOOTH_IS_SHUT),
        ({"hours": [(OPENS, OPENS + HOUR + TICK)]}, None),
    ],
)
def test_people_are_checked_in_while_their_booth_is_open(facts, expected):
    assert why(door.why_not_at_table(now(**facts))) == expected


def test_a_booth_that_ends_with_the_poll_lasts_as_long_as_an_extended_poll():
    later = {"ends_at": CLOSES + HOUR, "clock": CLOSES + HOUR - TICK}
    assert door.why_not_at_table(now(**later)) is None
    earlier_booth = now(**later, hours=[(OPENS, CLOSES - HOUR)])
    assert why(door.why_not_at_table(earlier_booth)) == Why.BOOTH_IS_SHUT


@pytest.mark.parametrize(
    ("number", "way", "facts", "expected"),
    [
        (1, Way.PAPER, {}, None),
        (3, Way.PAPER, {}, None),
        (4, Way.PAPER, {}, Why.NO_SUCH_LINE_SLIP),
        (0, Way.PAPER, {}, Why.NO_SUCH_LINE_SLIP),
        (2, Way.PAPER, {}, Why.LINE_SLIP_USED),
        (1, Way.KIOSK, {}, Why.LINE_VOTES_ON_PAPER),
        (1, Way.PAPER, {"clock": CLOSES - TICK}, Why.LINE_ONLY_AFTER_CLOSING),
        (1, Way.PAPER, {"slips_in_line": None}, Why.NO_SUCH_LINE_SLIP),
    ],
)
def test_who_stood_in_line_votes_on_paper_with_a_slip_of_their_own(number, way, facts, expected):
    there = now(**{"clock": CLOSES, "slips_in_line": 3} | facts)
    assert why(door.why_not_in_line(there, way=way, number=number, taken={2})) == expected


def test_after_the_booth_signed_nobody_of_the_line_comes_any_more():
    there = now(clock=CLOSES, slips_in_line=3)
    assert door.why_not_at_table(there, by_line=1) is None
    signed = now(clock=CLOSES, slips_in_line=3, is_reported=True)
    assert why(door.why_not_at_table(signed, by_line=1)) == Why.BOOTH_IS_SIGNED


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (timedelta(minutes=-10), None),
        (timedelta(minutes=-10) - TICK, Why.NOT_AT_CLOSING),
        (timedelta(minutes=10), None),
        (timedelta(minutes=10) + TICK, Why.NOT_AT_CLOSING),
    ],
)
def test_numbered_slips_are_handed_out_at_closing(after, expected):
    assert why(door.why_not_hand_out(now(clock=CLOSES + after), slips=5)) == expected


def counted(signatures, given=5, back=1, outer=0):
    return dict(zip(door.COUNTS, (signatures, given, back, outer), strict=True))


@pytest.mark.parametrize(
    ("facts", "counts", "has_photo", "expected"),
    [
        ({}, counted(4), True, None),
        ({"clock": CLOSES - TICK}, counted(4), True, Why.STILL_RUNNING),
        ({}, counted(4, given=5, back=5), True, None),
        ({}, counted(4, given=5, back=6), True, Why.MORE_BACK_THAN_GIVEN),
        ({}, counted(4), False, Why.PHOTO_MISSING),
        ({"is_reported": True}, counted(4), True, Why.COUNTS_ARE_READ),
        ({"by_clerk": False}, counted(4), True, Why.NOT_A_CLERK),
    ],
)
def test_signed_counts_are_read_after_closing_until_two_read_the_same(
    facts, counts, has_photo, expected
):
    there = now(**{"clock": CLOSES} | facts)
    assert why(door.why_not_report(there, counts=counts, has_photo=has_photo)) == expected


def test_what_another_person_read_otherwise_is_named_by_whoever_is_nearest():
    assert door.read_otherwise(counted(4), []) == []
    assert door.read_otherwise(counted(4), [counted(9, given=9, back=9), counted(4)]) == []
    others = [counted(9, given=9, back=9), counted(4, given=6)]
    assert door.read_otherwise(counted(4), others) == ["sheets_given"]


def rule(kind, by=1, said=None, way=Way.PAPER, has_cast=False, reason="까닭", **facts):
    return why(
        door.why_not_rule(
            now(**facts), kind=kind, way=way, has_cast=has_cast, said=said or {}, by=by,
            reason=reason,
        )
    )  # fmt: skip


UNDONE, STRUCK, STANDS = RulingKind.UNDONE, RulingKind.STRUCK, RulingKind.STANDS
OFFICER = {"by_clerk": False, "by_officer": True}


@pytest.mark.parametrize(
    ("no", "expected"),
    [
        (rule(UNDONE), None),
        (rule(UNDONE, said={UNDONE: {1}}), Why.SAME_PERSON),
        (rule(UNDONE, said={UNDONE: {2}}), None),
        (rule(UNDONE, said={UNDONE: {2, 3}}), Why.ALREADY_RULED),
        (rule(UNDONE, way=Way.OUTER), Why.BALLOT_IS_IN),
        (rule(UNDONE, way=Way.KIOSK, has_cast=True), Why.BALLOT_IS_IN),
        (rule(UNDONE, way=Way.KIOSK), None),
        (rule(UNDONE, clock=CLOSES), Why.NOT_AN_OFFICER),
        (rule(UNDONE, clock=CLOSES, **OFFICER), None),
        (rule(UNDONE, reason=" "), Why.REASON_OF_TWO_MISSING),
        (rule(RulingKind.DISPUTED), None),
        (rule(STRUCK), Why.NOT_AN_OFFICER),
        (rule(STRUCK, **OFFICER), None),
        (rule(STRUCK, said={STANDS: {2, 3}}, **OFFICER), Why.ALREADY_RULED),
        (rule(STANDS), Why.NOT_AN_OFFICER),
        (rule(RulingKind.LOST, **OFFICER), Why.ONLY_A_BOOTH_IS_LOST),
    ],
)
def test_two_people_end_a_check_in_and_for_most_of_it_they_are_officers(no, expected):
    assert no == expected


@pytest.mark.parametrize(
    ("after", "facts", "expected"),
    [
        (timedelta(hours=24), {}, None),
        (timedelta(hours=24) - TICK, {}, Why.NOT_YET_LOST),
        (timedelta(hours=24), {"is_reported": True}, Why.BOOTH_IS_SIGNED),
        (timedelta(hours=24), {"by_officer": False}, Why.NOT_AN_OFFICER),
    ],
)
def test_a_booth_is_lost_when_nobody_heard_of_it_for_a_day(after, facts, expected):
    there = now(**{"state": State.CLOSED, "clock": CLOSES + after, "by_officer": True} | facts)
    assert why(door.why_not_declare_lost(there, reason="불")) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, None),
        ({"clock": CLOSES}, Why.EXTEND_BEFORE_CLOSING),
        ({"clock": CLOSES - TICK}, None),
        ({"until": CLOSES}, Why.ONLY_LATER),
        ({"until": CLOSES + TICK}, None),
        ({"extended_to": CLOSES + HOUR}, Why.EXTENDED_ALREADY),
        ({"reason": ""}, Why.REASON_MISSING),
        ({"state": State.CLOSED}, Why.EXTEND_BEFORE_CLOSING),
    ],
)
def test_a_poll_is_extended_once_before_it_closes_with_a_reason(facts, expected):
    usual = {
        "state": State.OPEN, "closes_at": CLOSES, "extended_to": None, "until": CLOSES + HOUR,
        "reason": "정전", "clock": OPENS + HOUR,
    }  # fmt: skip
    assert why(door.why_not_extend(**usual | facts)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, None),
        ({"born_on": date(2008, 5, 12)}, None),
        ({"born_on": date(2008, 5, 13)}, Why.TOO_YOUNG),
        ({"born_on": date(2020, 1, 1), "born_by": None}, None),
        ({"name": ""}, Why.NAME_MISSING),
        ({"proof": " "}, Why.DOCUMENT_MISSING),
        ({"style": "딴 종류"}, Why.UNKNOWN_STYLE),
    ],
)
def test_who_is_registered_is_old_enough_and_showed_a_document(facts, expected):
    usual = {
        "name": "김순자", "born_on": date(1953, 4, 2), "born_by": date(2008, 5, 12),
        "proof": "주민등록증", "style": "전체", "styles": ["전체"],
    }  # fmt: skip
    assert why(door.why_not_register(**usual | facts)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, None),
        ({"is_here": True}, Why.NOT_ELSEWHERE),
        ({"is_known": False}, Why.NOT_ELSEWHERE),
        ({"has_outer": True}, Why.OUTER_KNOWN),
        ({"reason": ReasonForOuter.NEAR_MATCH, "is_known": False}, None),
        ({"proof": ""}, Why.DOCUMENT_MISSING),
        ({"number": 7, "taken": True}, Why.LIST_NUMBER_TAKEN),
    ],
)
def test_an_outer_envelope_is_for_who_cannot_vote_here_at_once(facts, expected):
    usual = {
        "reason": ReasonForOuter.ELSEWHERE, "number": None, "taken": False, "proof": "여권",
        "is_known": True, "is_here": False, "has_outer": False,
    }  # fmt: skip
    assert why(door.why_not_take_outer(now(), **usual | facts)) == expected


def test_the_list_is_fixed_when_nothing_is_undecided_any_more():
    assert door.why_not_fix(door.Pending()) is None
    assert why(door.why_not_fix(door.Pending(booths=["강당"]))) == Why.BOOTHS_UNHEARD
    assert why(door.why_not_fix(door.Pending(outers=1))) == Why.OUTERS_UNDECIDED
    assert why(door.why_not_fix(door.Pending(disputed=1))) == Why.CHECK_INS_UNDECIDED
    assert why(door.why_not_fix(door.Pending(late=1))) == Why.LATE_LINES_UNDECIDED
