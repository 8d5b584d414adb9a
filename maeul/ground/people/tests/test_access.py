import pytest
from django.contrib.auth.models import AnonymousUser

from maeul.ground.district.tests.factories import DistrictFactory, OtherDongFactory
from maeul.ground.people import access
from maeul.ground.people.tests.factories import holder

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()


def test_documents_are_looked_at_by_public_officials_of_the_dong_or_district(
    dong, officer, secretary, district_officer, soonja
):
    assert access.can_verify(officer, dong)
    assert access.can_verify(district_officer, dong)
    assert not any(access.can_verify(person, dong) for person in (secretary, soonja, NOBODY))
    assert not access.can_verify(officer, OtherDongFactory())


def test_people_without_an_account_are_entered_by_staff_of_the_dong(
    dong, officer, secretary, district_officer, soonja
):
    for person in (officer, secretary, district_officer):
        assert access.can_enter_person(person, dong)
        assert access.can_enter_somewhere(person)
    for person in (soonja, NOBODY, holder("옆동", "secretary", dong=OtherDongFactory())):
        assert not access.can_enter_person(person, dong)


def test_what_is_stored_is_seen_by_oneself_and_by_officials_where_one_takes_part(
    dong, soonja, minsu, officer, district_officer
):
    assert access.can_see(soonja, soonja)
    assert access.can_see(officer, soonja)
    assert not access.can_see(minsu, soonja)
    assert not access.can_see(NOBODY, soonja)
    assert not access.can_see(officer, minsu), "stated nothing in this dong"


def test_roles_are_given_by_the_districts_officer_alone(district_officer, officer, soonja):
    assert access.can_give_roles(district_officer)
    assert access.can_give_role_in(district_officer, DistrictFactory())
    assert not any(access.can_give_roles(person) for person in (officer, soonja, NOBODY))
