import pytest

from maeul.ground.district.tests.factories import DistrictFactory, OtherDongFactory, department
from maeul.ground.people.tests.factories import holder

pytestmark = pytest.mark.django_db


def test_a_dong_role_holds_only_for_its_own_dong(officer, dong):
    assert officer.holds("dong_officer", dong=dong)
    assert not officer.holds("dong_officer", dong=OtherDongFactory())
    assert not officer.holds("secretary", dong=dong)


def test_a_district_role_reaches_its_dongs_and_departments(dong):
    person = holder("구담당", "district_officer", district=DistrictFactory())
    assert person.holds("district_officer", dong=dong)
    assert person.holds("district_officer", department=department())
    assert person.serves(dong)


def test_a_verified_resident_stands_in_the_dong_and_a_newcomer_does_not(soonja, minsu, dong):
    assert soonja.stands_in(dong)
    assert not minsu.stands_in(dong)
