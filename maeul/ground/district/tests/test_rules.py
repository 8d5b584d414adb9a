from datetime import date

import pytest

from maeul.core.no import No
from maeul.ground.district import rules
from maeul.ground.district.rules import Why

DAY = date(2026, 5, 12)


def count(**changed):
    told = {"source": "통계", "counted_on": DAY, "on": DAY, "rough": False, "demo": False}
    return rules.why_not_import(**(told | changed))


def band(ages, *, year=2026, others=()):
    no = rules.why_not_band(year=year, this_year=2026, ages=ages, others=others)
    return no and no.why


def test_a_count_of_today_is_taken_and_one_of_tomorrow_is_not():
    assert count() is None
    tomorrow = date(2026, 5, 13)
    assert count(counted_on=tomorrow) == No(Why.COUNTED_IN_THE_FUTURE, day=tomorrow)


def test_a_count_says_where_it_is_from():
    assert count(source=" ").why == Why.NO_SOURCE


def test_rough_figures_are_for_the_demo_alone():
    assert count(rough=True).why == Why.ROUGH_ONLY_IN_DEMO
    assert count(rough=True, demo=True) is None


@pytest.mark.parametrize(
    ("year", "expected"),
    [(1989, Why.YEAR_OUT_OF_RANGE), (1990, None), (2026, None), (2027, Why.YEAR_OUT_OF_RANGE)],
)
def test_years_from_1990_to_this_one_are_taken(year, expected):
    assert band((0, 9), year=year) == expected


@pytest.mark.parametrize(
    ("ages", "expected"),
    [
        ((0, 0), None),
        ((80, 150), None),
        ((80, 151), Why.AGES_OUT_OF_ORDER),
        ((10, 9), Why.AGES_OUT_OF_ORDER),
    ],
)
def test_ages_are_in_order(ages, expected):
    assert band(ages) == expected


def test_bands_may_touch_and_not_overlap():
    assert band((10, 19), others=[(0, 9), (20, 29)]) is None
    assert band((10, 19), others=[(19, 29)]) == Why.AGES_OVERLAP
    assert band((10, 19), others=[(10, 19)]) == Why.AGES_OVERLAP
