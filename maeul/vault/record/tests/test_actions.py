import pytest

from maeul.ground.district.tests.factories import OtherDongFactory
from maeul.vault.record import actions

pytestmark = pytest.mark.django_db


def register(dong, at):
    return actions.register(
        kind="minutes",
        title="5월 연석회의 회의록",
        link="/m/1/",
        public=True,
        dong=dong,
        by="system",
        at=at,
    )


def test_numbers_run_without_gaps_in_each_dong_and_year(dong, at):
    other = OtherDongFactory()
    next_year = at.replace(year=2027)
    numbers = [register(dong, at).number, register(other, at).number, register(dong, at).number]
    assert numbers == [1, 1, 2]
    assert register(dong, next_year).number == 1
    assert register(dong, at).name == "독산1동-2026-3"
