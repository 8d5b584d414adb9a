from datetime import date

import pytest

from maeul.vault.participation import actions
from maeul.vault.participation.models import Part

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 12)


def add(person, dong, source="meeting.Meeting:1"):
    return actions.add(
        person=person, dong=dong, kind=Part.Kind.MEETING, minutes=90, on=DAY, source=source
    )


def test_the_same_evening_counts_once_for_a_person(soonja, dong):
    assert add(soonja, dong) is not None
    assert add(soonja, dong) is None
    assert [part.minutes for part in Part.objects.of(soonja)] == [90]


def test_walk_ins_without_an_account_each_count(dong):
    add(None, dong)
    add(None, dong)
    assert Part.objects.in_year(dong, 2026).count() == 2
