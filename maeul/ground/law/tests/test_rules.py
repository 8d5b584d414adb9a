from datetime import date, datetime

import pytest

from maeul.core.no import No
from maeul.core.period import add_months
from maeul.ground.law import rules
from maeul.ground.law.rules import Why


def why(**changed):
    asked = {
        "known": True,
        "key": "assembly.voting_age",
        "value": 15,
        "unit": "세",
        "bylaw": False,
        "has_dong": False,
        "same_day": False,
    }
    return rules.why_not_enact(**(asked | changed))


def test_a_known_limit_of_the_district_may_be_enacted():
    assert why() is None


def test_a_dongs_bylaw_may_lay_down_only_what_the_ordinance_leaves_to_it():
    assert why(bylaw=True, has_dong=True) is None
    assert why(bylaw=True, has_dong=True, key="council.term_years").why == Why.NOT_DELEGATED


def test_a_bylaw_needs_a_dong_and_an_ordinance_has_none():
    assert why(bylaw=True).why == Why.BYLAW_WITHOUT_DONG
    assert why(has_dong=True).why == Why.BYLAW_WITHOUT_DONG


def test_two_values_from_the_same_day_are_refused():
    assert why(same_day=True) == No(Why.SAME_DAY)


def test_an_unknown_key_is_refused_by_its_name():
    assert why(known=False, key="assembly.colour") == No(Why.UNKNOWN_KEY, key="assembly.colour")


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (0, "일", None),
        (-1, "일", Why.NOT_A_NUMBER),
        (True, "일", Why.NOT_A_NUMBER),
        ("15", "일", Why.NOT_A_NUMBER),
        (None, "일", None),
        ("0", "비율", None),
        ("1", "비율", None),
        ("1.01", "비율", Why.NOT_A_SHARE),
        ("4/3", "비율", Why.NOT_A_SHARE),
        (0.5, "비율", Why.NOT_A_SHARE),
        (True, "여부", None),
        (1, "여부", Why.NOT_YES_OR_NO),
        ("majority", "방법", None),
        ("", "방법", Why.NOT_A_WORD),
        (["youth"], "목록", None),
        ([], "목록", Why.NOT_A_LIST),
        ([6, 12], "월", None),
        (["6"], "월", Why.NOT_A_LIST),
        ("23:59", "시각", None),
        ("24:00", "시각", Why.NOT_A_TIME),
        ("12-31", "월일", None),
        ("02-30", "월일", Why.NOT_A_DAY_OF_THE_YEAR),
    ],
)
def test_a_value_has_the_shape_of_its_unit(value, unit, expected):
    no = rules.why_not_value(value, unit)
    assert (no and no.why) == expected


def test_months_are_counted_by_the_calendar():
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(datetime(2026, 12, 31, 9), 2) == datetime(2027, 2, 28, 9)
    assert add_months(date(2026, 5, 12), 0) == date(2026, 5, 12)
