from datetime import date

import pytest

from maeul.core.no import No
from maeul.public.yearbook.rules import Why, why_not_publish


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        (date(2026, 10, 31), No(Why.YEAR_NOT_OVER, year="2026")),
        (date(2026, 11, 1), None),
        (date(2027, 2, 1), None),
    ],
)
def test_the_book_comes_out_from_november_on(on, answer):
    assert why_not_publish(year=2026, on=on, published=False, foreword="인사") == answer


def test_a_book_comes_out_once_and_with_a_word_to_the_neighbours():
    late = {"year": 2026, "on": date(2026, 12, 1)}
    assert why_not_publish(**late, published=True, foreword="인사") == No(Why.ALREADY_PUBLISHED)
    assert why_not_publish(**late, published=False, foreword=" ") == No(Why.FOREWORD_MISSING)
