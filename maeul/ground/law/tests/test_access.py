import pytest
from django.contrib.auth.models import AnonymousUser

from maeul.ground.law import access

pytestmark = pytest.mark.django_db


def test_only_the_districts_officer_writes_down_what_the_law_says(
    district_officer, officer, soonja
):
    assert access.can_enact_somewhere(district_officer)
    assert access.can_enact(district_officer, None)
    for person in (officer, soonja, AnonymousUser()):
        assert not access.can_enact_somewhere(person)
        assert not access.can_enact(person, None)


def test_a_bylaw_is_written_down_by_the_officer_of_the_dongs_own_district(
    dong, district_officer, neighbour
):
    assert access.can_enact(district_officer, dong)
    assert not access.can_enact(neighbour, dong)
    assert not access.can_enact(neighbour, None), "it would hold in the other district too"
    assert not access.can_enact(district_officer, None)
