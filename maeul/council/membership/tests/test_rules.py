from datetime import date
from fractions import Fraction

import pytest

from maeul.core.no import No
from maeul.council.membership import rules
from maeul.council.membership.rules import BodyKind, OfficeKind, Why

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def seat(**changes):
    facts = {
        "kind": BodyKind.COUNCIL,
        "stay": (JUNE, JULY),
        "has_term": True,
        "own": [],
        "elsewhere": [],
        "others": [],
        "max_members": 2,
    }
    return rules.why_not_seat(**facts | changes)


def test_the_last_free_seat_is_given_and_the_next_one_is_refused():
    assert seat(others=[(MAY, None)]) is None
    assert seat(others=[(MAY, None), (MAY, None)]) == No(Why.COUNCIL_FULL, most=2)


def test_a_seat_that_ended_on_the_very_day_is_free_again():
    assert seat(others=[(MAY, None), (MAY, JUNE)]) is None


def test_a_council_too_full_long_ago_does_not_bar_a_seat_of_today():
    assert seat(others=[(MAY, JUNE)] * 3) is None


def test_only_the_council_itself_is_limited_in_number():
    assert seat(kind=BodyKind.SUBCOMMITTEE, others=[(MAY, None)] * 9) is None


def test_nobody_sits_twice_in_a_body_and_may_come_back_after_the_seat_ended():
    assert seat(own=[(MAY, None)]) == No(Why.ALREADY_SITS)
    assert seat(own=[(MAY, JUNE)]) is None


def test_nobody_sits_in_the_councils_of_two_dongs():
    assert seat(elsewhere=[(MAY, None)]) == No(Why.SITS_IN_OTHER_COUNCIL)
    assert seat(kind=BodyKind.SUBCOMMITTEE, elsewhere=[(MAY, None)]) is None


def test_a_seat_needs_a_term_and_the_joint_meeting_has_none():
    assert seat(has_term=False) == No(Why.NO_TERM, on=JUNE)
    assert seat(kind=BodyKind.JOINT) == No(Why.NO_SEATS_HERE)


def test_a_dong_has_one_council_and_one_joint_meeting_and_no_two_bodies_of_one_name():
    def found(kind, name, kinds=(), names=()):
        return rules.why_not_found(kind=kind, name=name, kinds=kinds, names=names)

    assert found("council", "주민자치회") is None
    assert found("council", "주민자치회", ["council"]) == No(Why.ONE_OF_ITS_KIND)
    assert found("joint", "연석회의", ["joint"]) == No(Why.ONE_OF_ITS_KIND)
    assert found("subcommittee", "안전분과", ["council", "subcommittee"], ["마을분과"]) is None
    assert found("subcommittee", " 안전분과 ", ["council"], ["안전분과"]).why == Why.NAME_TAKEN
    assert found("subcommittee", "안전분과") == No(Why.NO_COUNCIL_YET)
    assert found("council", "  ") == No(Why.NO_NAME)


def test_terms_follow_each_other_and_never_overlap():
    def begin(number, from_on, until_on):
        return rules.why_not_begin_term(
            number=number, numbers=[1], from_on=from_on, until_on=until_on, terms=[(MAY, JUNE)]
        )

    assert begin(2, JUNE, JULY) is None
    assert begin(2, date(2026, 5, 31), JULY) == No(Why.TERM_OVERLAPS)
    assert begin(1, JUNE, JULY) == No(Why.TERM_ENTERED, number=1)


def test_a_seat_ends_on_its_first_day_at_the_earliest_and_only_once():
    def end(on, until_on=None):
        return rules.why_not_end_seat(from_on=MAY, until_on=until_on, on=on)

    assert end(MAY) is None
    assert end(date(2026, 4, 30)) == No(Why.ENDS_BEFORE_IT_BEGAN)
    assert end(date(2026, 5, 31), until_on=JUNE) is None
    assert end(JUNE, until_on=JUNE) == No(Why.SEAT_OVER, on=JUNE)


def install(office, body=BodyKind.COUNCIL, *, member=True, own=(), others=()):
    return rules.why_not_install(
        office=office, body=body, stay=(JUNE, JULY), sits_in_council=member, own=own, others=others
    )


def test_there_is_one_chair_at_a_time_and_more_than_one_auditor():
    assert install(OfficeKind.CHAIR, others=[(MAY, JUNE)]) is None
    assert install(OfficeKind.CHAIR, others=[(MAY, None)]) == No(Why.OFFICE_HELD)
    assert install(OfficeKind.AUDITOR, others=[(MAY, None)]) is None
    assert install(OfficeKind.AUDITOR, own=[(MAY, None)]) == No(Why.HOLDS_IT_ALREADY)


def test_who_leads_sits_in_the_council_but_an_auditor_may_come_from_outside():
    assert install(OfficeKind.CHAIR, member=False) == No(Why.NO_COUNCIL_MEMBER)
    assert install(OfficeKind.SUBCOMMITTEE_CHAIR, BodyKind.SUBCOMMITTEE, member=False) == No(
        Why.NO_COUNCIL_MEMBER
    )
    assert install(OfficeKind.AUDITOR, member=False) is None
    assert install(OfficeKind.SECRETARY_GENERAL, member=False) is None


@pytest.mark.parametrize("body", [BodyKind.COUNCIL, BodyKind.SUBCOMMITTEE, BodyKind.JOINT])
def test_each_office_belongs_to_its_kind_of_body(body):
    allowed = {office for office in OfficeKind if install(office, body) is None}
    assert (
        allowed
        == {
            BodyKind.COUNCIL: set(OfficeKind) - {OfficeKind.SUBCOMMITTEE_CHAIR},
            BodyKind.SUBCOMMITTEE: {OfficeKind.SUBCOMMITTEE_CHAIR},
            BodyKind.JOINT: set(),
        }[body]
    )


def test_six_of_ten_of_one_sex_is_no_warning_and_one_more_is():
    assert not rules.is_one_sided(women=6, men=4, max_share=Fraction(6, 10))
    assert rules.is_one_sided(women=7, men=4, max_share=Fraction(6, 10))
    assert not rules.is_one_sided(women=0, men=0, max_share=Fraction(6, 10))
