import pytest
from django.contrib.auth.models import AnonymousUser

from maeul.ground.law import access
from maeul.ground.people.tests.factories import holder

pytestmark = pytest.mark.django_db


def test_only_the_districts_officer_writes_down_what_the_law_says(dong, officer, soonja):
    boss = holder("구담당", "district_officer", district=dong.district)
    assert access.can_enact(boss)
    assert not any(access.can_enact(person) for person in (officer, soonja, AnonymousUser()))
