"""The catalogue itself: whole, named, of the right shape, and which limits nobody reads yet."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from maeul.ground.law import rules, texts
from maeul.ground.law.actions import catalogue

ROWS = catalogue()
KEYS = {row.key for row in ROWS}

# Limits that no rule reads yet.  Who writes the rule that reads one takes its line out.
UNREAD = Path(__file__).with_name("unread.txt").read_text().split()


def read_somewhere():
    """Keys that the village's code names, outside this concept, texts and tests."""
    for path in Path(settings.BASE_DIR, "maeul").rglob("*.py"):
        parts = path.parts
        if "tests" in parts or "migrations" in parts or "law" in parts:
            continue
        yield from re.findall(r'"([a-z]+\.[a-z_]+)"', path.read_text())


def test_the_list_of_limits_that_no_rule_reads_yet_is_true():
    assert sorted(UNREAD) == sorted(KEYS - set(read_somewhere()))


def test_every_limit_has_a_name_in_the_words_of_the_field():
    assert set(texts.NAMES) == KEYS
    assert {key.split(".")[0] for key in KEYS} == set(texts.GROUPS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.key}-{row.in_force_from:%Y}")
def test_every_row_has_the_shape_of_its_unit_and_says_where_it_comes_from(row):
    row.clean_fields(exclude=["dong"] + ["value"] * (row.value is None))
    assert rules.why_not_value(row.value, row.unit) is None
    assert row.article
    assert row.source


def test_every_limit_reaches_back_to_2018():
    first = {}
    for row in ROWS:
        day = timezone.localdate(row.in_force_from)
        first[row.key] = min(day, first.get(row.key, day))
    assert {day.isoformat() for day in first.values()} == {"2018-01-01"}


def test_what_a_bylaw_may_set_is_in_the_catalogue():
    assert rules.DELEGATED <= KEYS


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("council.max_members", "50명"),
        ("council.min_members", "정하지 않음"),
        ("council.chair_election_attendance", "3분의 2"),
        ("assembly.quorum", "0.5%"),
        ("assembly.early_vote", "예"),
        ("council.priority_groups", "장애인, 청년, 다문화가족"),
        ("grant.asset_change_months", "6월, 12월"),
        ("grant.verified_from_won", "3억원"),
        ("centre.report_annual_plan_by", "12월 31일까지"),
        ("centre.weekday_opens", "09:00"),
        ("centre.report_monthly_day", "다음 달 10일까지"),
    ],
)
def test_limits_are_said_as_people_say_them(key, words):
    [row] = [row for row in ROWS if row.key == key]
    assert str(row.in_words) == words


def test_every_word_of_the_catalogue_has_a_korean_word():
    for row in ROWS:
        if row.unit in (rules.WORD, rules.LIST) and row.value is not None:
            words = row.value if isinstance(row.value, list) else [row.value]
            assert set(words) <= set(texts.WORDS), row.key
