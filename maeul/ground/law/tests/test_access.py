import pytest
from django.contrib.auth.models import AnonymousUser

from maeul.ground.law import access

pytestmark = pytest.mark.django_db


def test_only_the_districts_officer_writes_down_what_the_law_says(
    district_officer, officer, soonja
):
    assert access.can_enact(district_officer)
    assert not any(access.can_enact(person) for person in (officer, soonja, AnonymousUser()))
