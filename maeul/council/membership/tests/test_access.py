from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from maeul.council.membership import access
from maeul.council.membership.tests.factories import council_of
from maeul.ground.district.tests.factories import DistrictFactory, OtherDongFactory
from maeul.ground.people.tests.factories import holder

pytestmark = pytest.mark.django_db


def test_officers_of_the_dong_and_the_district_manage_the_council(dong, officer):
    assert access.can_manage(officer, dong)
    assert access.can_manage(holder("구담당", "district_officer", district=DistrictFactory()), dong)


def test_the_secretary_a_member_and_the_next_dongs_officer_do_not(dong, soonja, secretary):
    council_of(dong, members=[soonja])
    neighbour = holder("옆동", "dong_officer", dong=OtherDongFactory())
    for person in (secretary, soonja, neighbour, AnonymousUser()):
        assert not access.can_manage(person, dong)


def test_a_seat_is_laid_down_by_whoever_has_it(dong, soonja, officer):
    seat = council_of(dong, members=[soonja]).seats.get()
    assert access.can_resign(soonja, seat)
    assert not access.can_resign(officer, seat)
    assert not access.can_resign(AnonymousUser(), seat)


def test_somebody_sits_from_the_first_day_until_before_the_last(dong, soonja):
    council = council_of(dong, members=[soonja])
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2027, 12, 31), date(2028, 1, 1)]
    assert [access.sits_in(soonja, council, on=day) for day in days] == [False, True, True, False]
