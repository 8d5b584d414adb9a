from datetime import date

import pytest

from maeul.core.no import No
from maeul.ground.people import rules
from maeul.ground.people.rules import RoleKind, Why


def join(**changed):
    told = {
        "born_on": date(2012, 5, 12),
        "on": date(2026, 5, 12),
        "min_age": 14,
        "consented": True,
    }
    return rules.why_not_join(**(told | changed))


def test_fourteen_is_old_enough_and_a_day_younger_is_not():
    assert join() is None
    assert join(born_on=date(2012, 5, 13)) == No(Why.TOO_YOUNG, age=14)


def test_nobody_is_born_tomorrow():
    assert join(born_on=date(2026, 5, 13)) == No(Why.BORN_IN_THE_FUTURE)


def test_a_leap_day_child_grows_older_on_the_first_of_march():
    born = date(2012, 2, 29)
    assert rules.age_on(born, date(2026, 2, 28)) == 13
    assert rules.age_on(born, date(2026, 3, 1)) == 14


def test_sex_needs_a_consent_of_its_own():
    assert join(sex="F").why == Why.SEX_NOT_CONSENTED
    assert join(sex="F", sex_consented=True) is None


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("900101-1234567", True),
        ("900101 - 2234567", True),
        ("번호는9001011234567입니다", True),
        ("900101-9234567", False),
        ("010-1234-5678", False),
        ("12900101-1234567", False),
        ("2026-05-12", False),
        ("", False),
    ],
)
def test_resident_numbers_are_known_by_their_shape(text, holds):
    assert rules.holds_resident_number(text) is holds


def test_every_role_has_its_kind_of_scope():
    assert set(rules.SCOPES) == set(RoleKind)
