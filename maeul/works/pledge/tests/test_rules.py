import pytest
from hypothesis import given
from hypothesis import strategies as st

from maeul.core.no import No
from maeul.works.pledge import rules
from maeul.works.pledge.rules import ALL, Amount, Why


def table(*lines):
    return [Amount(number, *line) for number, line in enumerate(lines, start=2)]


GRID = (
    ("자치", "시비", "2025", 10),
    ("자치", "시비", "2026", 20),
    ("특성화", "구비", "2025", 30),
    ("특성화", "구비", "2026", 0),
)


def test_a_table_whose_cells_and_sums_add_up_is_taken():
    sums = (
        ("자치", ALL, "2026", 20),
        ("특성화", "구비", ALL, 30),
        (ALL, ALL, "2025", 40),
        (ALL, ALL, ALL, 60),
    )
    assert rules.faults(table(*GRID, *sums), total_won=60) == []


@pytest.mark.parametrize(
    ("extra", "total", "fault"),
    [
        ((), 61, (1, No(Why.TOTAL_OFF, cells=60, total=61))),
        (((ALL, ALL, "2025", 41),), 60, (6, No(Why.SUM_OFF, written=41, right=40))),
        (((ALL, ALL, "2027", 1),), 60, (6, No(Why.SUM_OFF, written=1, right=0))),
    ],
)
def test_a_sum_that_is_off_by_one_won_is_named_with_its_line(extra, total, fault):
    assert rules.faults(table(*GRID, *extra), total_won=total) == [fault]


def test_a_cell_that_stands_twice_and_one_that_is_missing_are_named():
    twice = table(*GRID, ("자치", "시비", "2025", 0))
    assert rules.faults(twice, total_won=60) == [(6, No(Why.CELL_TWICE, line=2))]
    assert rules.faults(table(*GRID[:3]), total_won=60) == [
        (4, No(Why.CELL_MISSING, programme="특성화", source="구비", year="2026"))
    ]
    assert rules.faults(table((ALL, ALL, ALL, 0)), total_won=0) == [(1, No(Why.NO_CELLS))]


@given(
    wons=st.lists(st.integers(0, 10**9), min_size=4, max_size=4),
    off=st.integers(1, 10**6),
    where=st.integers(0, 3),
)
def test_a_table_is_taken_exactly_when_its_total_is_the_sum_of_its_cells(wons, off, where):
    cells = table(
        *((*line[:3], won) for line, won in zip(GRID, wons, strict=True)),
        (ALL, ALL, ALL, sum(wons)),
    )
    assert rules.faults(cells, total_won=sum(wons)) == []
    changed = list(cells)
    old = changed[where]
    changed[where] = Amount(old.line, *old.place, old.won + off)
    assert len(rules.faults(changed, total_won=sum(wons))) == 2  # the written sum and the card's


@pytest.mark.parametrize(
    ("source", "year", "answer"),
    [
        ("시비", "2026", None),
        (ALL, ALL, None),
        ("국비", "2026", No(Why.NOT_A_SOURCE, source="국비")),
        ("구비", "26", No(Why.NOT_A_YEAR, year="26")),
        ("구비", "1999", No(Why.NOT_A_YEAR, year="1999")),
        ("구비", "2000", None),
        ("구비", "2100", None),
        ("구비", "2101", No(Why.NOT_A_YEAR, year="2101")),
    ],
)
def test_sources_and_years_are_ones_we_know(source, year, answer):
    assert rules.why_not_head(source=source, year=year) == answer


def test_the_same_table_again_is_no_change_and_another_is_refused():
    cells = {("자치", "city", "2026", 20)}
    assert rules.why_not_import(there=set(), new=cells) is None
    assert rules.why_not_import(there=cells, new=cells) is None
    assert rules.why_not_import(there=cells, new={("자치", "city", "2026", 21)}) == No(
        Why.ANOTHER_TABLE
    )


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({}, None),
        ({"same_place": False}, No(Why.OTHER_YEAR_OR_SOURCE)),
        ({"tied": True}, No(Why.ALREADY_TIED)),
        ({"amount_won": 41}, No(Why.ABOVE_CELL, left=40)),
    ],
)
def test_appropriations_keep_within_their_cell(facts, answer):
    fit = {"same_place": True, "tied": False, "tied_won": 60, "amount_won": 40, "cell_won": 100}
    assert rules.why_not_tie(**{**fit, **facts}) == answer


def test_progress_is_told_of_quarters_that_have_begun():
    now = (2026, 2)
    assert rules.why_not_report(year=2026, quarter=2, today=now, text="했습니다") is None
    assert rules.why_not_report(year=2026, quarter=3, today=now, text="-") == No(Why.FUTURE_QUARTER)
    assert rules.why_not_report(year=2025, quarter=4, today=now, text=" ") == No(Why.NO_TEXT)


def test_a_change_says_what_and_why():
    assert rules.why_not_change(reason="이름이 바뀌어", after="자치행정과") is None
    assert rules.why_not_change(reason=" ", after="자치행정과") == No(Why.NO_REASON)
    assert rules.why_not_change(reason="이름이 바뀌어", after="") == No(Why.NO_TEXT)
