"""Pages about oneself and about people, by what is read there."""

import pytest
from django.urls import reverse

from maeul.ground.district.tests.factories import DistrictFactory
from maeul.ground.people import actions
from maeul.ground.people.models import Person, Role, Standing
from maeul.ground.people.tests.factories import PersonFactory, holder, stated

pytestmark = pytest.mark.django_db


def read(client, address, /, *args, **query):
    return client.get(reverse(address, args=args), query).content.decode()


def send(client, address, /, *args, **typed):
    return client.post(reverse(address, args=args), typed)


# Oneself


def test_i_see_everything_that_is_stored_about_me(client, soonja):
    client.force_login(soonja)
    page = read(client, "people:me")
    for words in ("순자", soonja.email, "1953년 4월 2일", "독산1동 동에 사는 주민", "주민등록증"):
        assert words in page


def test_a_newcomer_states_a_ground_and_reads_what_to_bring(client, minsu, dong):
    client.force_login(minsu)
    assert "재직증명서" in read(client, "people:state")
    answer = send(client, "people:state", dong=dong.pk, kind="worker")
    assert answer.url == reverse("people:me")
    assert "확인 기다림" in read(client, "people:me")


def test_stating_the_same_ground_twice_is_refused_in_the_form(client, minsu, dong):
    client.force_login(minsu)
    stated(minsu, dong)
    page = send(client, "people:state", dong=dong.pk, kind="resident").content.decode()
    assert "이미 알리셨습니다" in page
    assert Standing.objects.filter(person=minsu).count() == 1


def test_a_verified_name_is_not_changed_by_oneself_and_what_was_typed_stays(client, soonja):
    client.force_login(soonja)
    page = send(
        client, "people:correct", soonja.pk, name="딴이름", born_on="1953-04-02"
    ).content.decode()
    assert "동 주민센터에서 고칩니다" in page
    assert "딴이름" in page


def test_consent_is_taken_back_and_both_answers_stay(client, soonja):
    client.force_login(soonja)
    send(client, "people:consents", kind="mail", given="yes")
    send(client, "people:consents", kind="mail", given="no")
    assert not soonja.consents_to("mail")
    assert soonja.consents.filter(kind="mail").count() == 2
    assert send(client, "people:consents", kind="nothing").status_code == 404


def test_taking_back_what_an_account_needs_says_to_leave_instead(client, soonja):
    client.force_login(soonja)
    answer = send(client, "people:consents", kind="privacy", given="no")
    assert answer.status_code == 409
    assert "탈퇴해 주세요" in answer.content.decode()


def test_leaving_needs_the_password_and_ends_the_session(client, soonja):
    soonja.set_password("참나무 아래 조용한 의자")
    soonja.save()
    client.force_login(soonja)
    page = send(client, "people:leave", sure="on", password="틀린 비밀번호").content.decode()
    assert "비밀번호가 맞지 않습니다" in page
    answer = send(client, "people:leave", sure="on", password="참나무 아래 조용한 의자")
    assert answer.url == reverse("people:left")
    assert Person.objects.get(pk=soonja.pk).name == ""
    assert client.get(reverse("people:me")).status_code == 302


# Staff


def test_an_official_verifies_a_ground_by_the_kind_of_document(client, officer, minsu, dong):
    client.force_login(officer)
    standing = stated(minsu, dong)
    assert "민수" in read(client, "people:standings")
    page = read(client, "people:standing", standing.pk)
    assert "주민등록증" in page
    assert "사업자등록증" not in page, "proves another ground"
    send(client, "people:standing", standing.pk, document="주민등록증")
    assert Person.objects.get(pk=minsu.pk).stands_in(dong)
    assert "기다리는 사람이 없습니다" in read(client, "people:standings")


def test_an_official_refuses_with_a_reason_that_the_person_reads(client, officer, minsu, dong):
    client.force_login(officer)
    standing = stated(minsu, dong)
    page = send(client, "people:standing", standing.pk, because="").content.decode()
    assert "적어 주세요" in page
    send(client, "people:standing", standing.pk, because="주소가 옆 동입니다. 옆 동에 알려 주세요.")
    client.force_login(minsu)
    assert "주소가 옆 동입니다" in read(client, "people:me")


def test_staff_enter_somebody_and_keep_what_they_typed_when_refused(client, officer, dong):
    client.force_login(officer)
    typed = {"name": "영자", "born_on": "1940-01-01", "dong": dong.pk, "kind": "resident"}
    page = send(client, "people:enter", **typed).content.decode()
    assert "네모를 눌러 표시해 주세요" in page
    assert "영자" in page
    send(client, "people:enter", **typed, document="주민등록증", consented="on")
    assert Person.objects.get(name="영자").stands_in(dong)


def test_a_document_that_proves_another_ground_is_refused(client, officer, dong):
    client.force_login(officer)
    page = send(
        client,
        "people:enter",
        name="영자",
        dong=dong.pk,
        kind="resident",
        document="재직증명서",
        consented="on",
    ).content.decode()
    assert "이 자격을 확인하는 서류가 아닙니다" in page


def test_officials_find_people_of_their_own_dong_only(client, officer, soonja, minsu):
    client.force_login(officer)
    assert "1953년생" in read(client, "people:persons", q="순자")
    assert "찾은 사람이 없습니다" in read(client, "people:persons", q="민수")


def test_the_district_finds_everybody_and_gives_a_role(client, district_officer, minsu, dong):
    client.force_login(district_officer)
    assert "민수" in read(client, "people:persons", q="민수")
    answer = send(
        client,
        "people:give_role",
        minsu.pk,
        kind="secretary",
        dong=dong.pk,
        from_on="2026-01-01",
    )
    assert answer.url == reverse("people:roles")
    page = read(client, "people:roles", kind="secretary")
    assert "민수" in page
    role = Role.objects.get(person=minsu)
    send(client, "people:end_role", role.pk)
    assert "이 역할을 맡은 사람이 없습니다" in read(client, "people:roles", kind="secretary")


def test_the_officer_of_another_district_finds_neither_people_nor_roles_of_this_one(
    client, soonja, officer, minsu
):
    other = DistrictFactory(code="1156000000", name="영등포구")
    client.force_login(holder("옆구담당", "district_officer", district=other))
    for known in (soonja, officer):
        assert "찾은 사람이 없습니다" in read(client, "people:persons", q=known.name)
        assert client.get(known.get_absolute_url()).status_code == 404
    assert "민수" in read(client, "people:persons", q="민수"), "of no district yet"
    assert officer.name not in read(client, "people:roles")


def test_a_role_of_the_whole_district_needs_no_place_chosen(client, district_officer, minsu):
    client.force_login(district_officer)
    send(client, "people:give_role", minsu.pk, kind="mayor_office", from_on="2026-01-01")
    assert Role.objects.get(person=minsu).district == district_officer.roles.get().district


def test_an_officer_of_another_district_neither_gives_nor_ends_roles_here(client, officer, dong):
    other = DistrictFactory(code="1156000000", name="영등포구")
    stranger = holder("다른구", "district_officer", district=other)
    client.force_login(stranger)
    given = send(
        client,
        "people:give_role",
        PersonFactory().pk,
        kind="secretary",
        dong=dong.pk,
        from_on="2026-01-01",
    )
    ended = send(client, "people:end_role", officer.roles.get().pk)
    assert [given.status_code, ended.status_code] == [403, 403]
    assert not Role.objects.filter(kind="secretary").exists()
    assert officer.roles.get().until_on is None


def test_a_role_without_its_place_is_refused_in_the_form(client, district_officer, minsu):
    client.force_login(district_officer)
    page = send(
        client, "people:give_role", minsu.pk, kind="reviewer", from_on="2026-01-01"
    ).content.decode()
    assert "범위를 하나만 골라 주세요" in page


@pytest.mark.parametrize("many", [3, 30])
def test_the_worklist_of_grounds_asks_equally_often_however_long(
    client, officer, dong, many, django_assert_max_num_queries
):
    for _n in range(many):
        stated(PersonFactory(), dong)
    client.force_login(officer)
    with django_assert_max_num_queries(14):
        client.get(reverse("people:standings"))


# Promises


@pytest.mark.parametrize("name", ["people:privacy", "people:terms"])
def test_what_is_promised_names_who_answers(client, db, name, settings):
    settings.OPERATOR = {**settings.OPERATOR, "name": "행복구", "phone": "02-000-0000"}
    page = read(client, name)
    assert "행복구" in page
    assert "02-000-0000" in page


def test_the_privacy_page_says_that_resident_numbers_are_not_taken(client, db):
    assert "주민등록번호" in read(client, "people:privacy")


def test_staff_find_their_pages_and_residents_do_not_see_them(
    client, soonja, secretary, district_officer
):
    client.force_login(soonja)
    assert "담당자 화면" not in read(client, "people:me")
    client.force_login(secretary)
    page = read(client, "people:me")
    assert reverse("people:enter") in page
    assert reverse("people:roles") not in page
    client.force_login(district_officer)
    page = read(client, "people:me")
    assert reverse("people:roles") in page
    assert reverse("district:population") in page


def test_a_long_history_of_consents_comes_in_pages_and_asks_as_often_as_a_short_one(
    client, queries_of, soonja, at
):
    address = reverse("people:consents")
    client.force_login(soonja)

    def answer(many):
        for number in range(many):
            actions.consent(person=soonja, kind="mail", given=number % 2 == 0, by=soonja, at=at)

    answer(2)
    few = queries_of(address)
    answer(28)
    assert queries_of(address) == few
    assert "다음 쪽" in client.get(address).content.decode()
