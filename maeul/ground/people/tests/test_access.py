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


def test_a_districts_officer_gives_roles_to_its_own_people_and_to_those_of_nowhere_yet(
    dong, soonja, minsu, officer, district_officer
):
    there = DistrictFactory(code="99990")
    elsewhere = holder("옆구담당", "district_officer", district=there)
    for person in (soonja, officer):  # takes part in a dong here, holds a role here
        assert access.can_give_roles_to(district_officer, person)
        assert not access.can_give_roles_to(elsewhere, person)
    for giver in (district_officer, elsewhere):
        assert access.can_give_roles_to(giver, minsu)
    assert not access.can_give_roles_to(district_officer, elsewhere)
    assert not access.can_give_roles_to(officer, soonja)


def test_what_reaches_every_district_is_for_who_is_officer_of_each(dong, district_officer, officer):
    assert district_officer.holds_everywhere("district_officer")
    assert not officer.holds_everywhere("district_officer")
    assert not officer.holds_everywhere("dong_officer")
    DistrictFactory(code="99990")
    assert not district_officer.holds_everywhere("district_officer")


def test_roles_are_given_by_the_districts_officer_alone(district_officer, officer, soonja):
    assert access.can_give_roles(district_officer)
    assert access.can_give_role_in(district_officer, DistrictFactory())
    assert not any(access.can_give_roles(person) for person in (officer, soonja, NOBODY))
