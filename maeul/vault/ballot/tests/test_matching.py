"""Who is somebody already on the roll."""

import unicodedata
from datetime import date

import pytest

from maeul.vault.ballot import matching

SECRET = matching.secret_of("key", b"one election")
SOONJA = ("김순자", date(1953, 4, 2))


def of(name, born_on, secret=SECRET):
    return matching.hashes(secret, name=name, born_on=born_on)


@pytest.mark.parametrize(
    "written", ["김순자", "김 순자", " 김순자 ", unicodedata.normalize("NFD", "김순자")]
)
def test_the_same_name_written_in_another_way_is_the_same_person(written):
    assert of(written, SOONJA[1]).is_exact(of(*SOONJA))


@pytest.mark.parametrize(
    ("name", "born_on"),
    [
        ("김순자", date(1954, 4, 2)),  # another year
        ("김숙자", date(1953, 4, 2)),  # another given name
    ],
)
def test_who_differs_in_one_thing_is_nearly_the_same(name, born_on):
    assert of(name, born_on).is_near(of(*SOONJA))
    assert not of(name, born_on).is_exact(of(*SOONJA))


@pytest.mark.parametrize(
    ("name", "born_on"),
    [
        ("김순자", date(1953, 4, 3)),
        ("이순자", date(1953, 4, 2)),
        ("김숙자", date(1953, 4, 3)),
    ],
)
def test_who_differs_in_more_is_somebody_else(name, born_on):
    assert not of(name, born_on).is_near(of(*SOONJA))
    assert not of(name, born_on).is_exact(of(*SOONJA))


@pytest.mark.parametrize(
    ("one", "other"),
    [("류하늘", "유하늘"), ("라온", "나온"), ("이슬", "리슬"), ("노을", "로을"), ("량솔", "양솔")],
)
def test_a_family_name_that_is_written_in_two_ways_is_nearly_the_same(one, other):
    day = date(1953, 4, 2)
    assert of(one, day).is_near(of(other, day))
    assert not of(one, day).is_exact(of(other, day))
    assert not of(one, day).is_near(of("김하늘", day))


def test_hashes_of_two_elections_cannot_be_laid_side_by_side():
    other = matching.secret_of("key", b"other election")
    one, two = of(*SOONJA), of(*SOONJA, secret=other)
    assert not {one.exact, one.name_day, one.birth_family} & {
        two.exact, two.name_day, two.birth_family
    }  # fmt: skip


def test_the_parts_of_a_hash_cannot_flow_into_each_other():
    """Each kind has its own space: no name is another's day."""
    found = of(*SOONJA)
    assert len({found.exact, found.name_day, found.birth_family}) == 3
