from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from maeul.council.membership.models import Body, Seat
from maeul.council.membership.tests.factories import (
    council_of,
    joint_of,
    office_of,
    subcommittee_of,
)
from maeul.ground.people.models import Person
from maeul.ground.people.tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


def page(client, where, *arguments):
    return client.get(reverse(f"membership:{where}", args=arguments)).content.decode()


def send(client, where, *arguments, **answers):
    return client.post(
        reverse(f"membership:{where}", args=arguments), answers, follow=True
    ).content.decode()


@pytest.fixture
def council(dong, soonja, minsu):
    """The council with two members, one of them its chair, and a subcommittee."""
    council = council_of(dong, members=[soonja, minsu])
    office_of(council, soonja, "chair")
    subcommittee_of(council, members=[minsu])
    return council


def test_everybody_reads_who_sits_and_nothing_else_about_them(client, dong, council, soonja):
    shown = page(client, "council", dong.code)
    assert "독산1동 주민자치회, 위원 2명" in shown
    assert "안전분과" in shown
    assert "자치회장" in shown
    assert soonja.email not in shown
    assert "1953" not in shown
    assert "자리 끝내기" not in shown


def test_a_dong_without_a_council_says_what_will_appear(client, dong, officer):
    assert "주민자치회가 아직 없습니다" in page(client, "council", dong.code)
    client.force_login(officer)
    assert reverse("membership:found", args=[dong.code]) in page(client, "council", dong.code)


def test_staff_read_when_one_sex_has_too_large_a_share(client, dong, council, officer):
    Person.objects.filter(seats__body=council).update(sex="F")
    assert "한쪽 성별이" not in page(client, "council", dong.code)
    client.force_login(officer)
    shown = page(client, "council", dong.code)
    assert "한쪽 성별이" in shown
    assert "감사가 2명 모자랍니다" in shown


def test_an_officer_sets_up_a_council_its_term_and_a_subcommittee(client, dong, officer):
    client.force_login(officer)
    send(client, "found", dong.code, kind="council", name="주민자치회")
    said = send(client, "begin_term", dong.code, number="5", from_on="2026-01-01")
    assert "5기" in said
    said = send(client, "found", dong.code, kind="subcommittee", name="안전분과")
    assert "안전분과" in said
    assert Body.objects.council_of(dong).terms.get().until_on == date(2028, 1, 1)


def test_a_refused_name_is_kept_in_its_field_and_said_why(client, dong, council, officer):
    client.force_login(officer)
    said = send(client, "found", dong.code, kind="subcommittee", name="안전분과")
    assert "이 동에 ‘안전분과’가 이미 있습니다" in said
    assert 'value="안전분과"' in said


def upload(client, dong, text):
    file = SimpleUploadedFile("위원.csv", text.encode("cp949"))
    return client.post(reverse("membership:import_members", args=[dong.code]), {"file": file})


def test_the_empty_sheet_has_every_head_that_may_be_filled_in(client, dong, officer):
    client.force_login(officer)
    answer = client.get(reverse("membership:empty_sheet", args=[dong.code]))
    assert answer.content.decode("utf-8-sig").strip() == (
        "이름,생년월일,성별,시작일,전자우편,분과,직책,자격"
    )


def test_a_sheet_is_shown_first_and_taken_over_when_confirmed(client, dong, officer):
    council = council_of(dong)
    client.force_login(officer)
    text = "이름,생년월일,성별,시작일,직책\n순자,1953-04-02,여,2026-01-01,회장\n"
    looked = upload(client, dong, text)
    assert "이 1명을 위원으로 모실까요?" in looked.content.decode()
    assert not council.seats.exists()
    checked = looked.context["confirm"].initial["checked"]
    said = send(client, "import_members", dong.code, checked=checked)
    assert "위원 1명을 모셨습니다" in said
    assert str(council.holder_of("chair", date(2026, 5, 12))) == "순자"


def test_a_confirmed_sheet_is_taken_over_once_however_often_it_is_sent(client, dong, officer):
    council = council_of(dong)
    client.force_login(officer)
    text = "이름,생년월일,성별,시작일\n순자,1953-04-02,여,2026-01-01\n"
    checked = upload(client, dong, text).context["confirm"].initial["checked"]
    for _click in range(2):
        said = send(client, "import_members", dong.code, checked=checked, once="same")
    assert council.seats.count() == 1
    assert "위원 1명" in said


def test_a_wrong_sheet_names_its_line_and_changes_nothing(client, dong, officer):
    council_of(dong)
    client.force_login(officer)
    before = Person.objects.count()
    text = "이름,생년월일,성별,시작일\n순자,1953-04-02,녀,2026-01-01\n"
    said = upload(client, dong, text).content.decode()
    assert "2번째 줄: ‘성별’ 칸의 ‘녀’를 알 수 없습니다." in said
    assert Person.objects.count() == before
    said = upload(client, dong, "이름,성별\n순자,여\n").content.decode()
    assert "첫 줄에 ‘생년월일’, ‘시작일’ 칸이 없습니다" in said


def test_a_sheet_that_was_tampered_with_on_the_way_is_refused(client, dong, officer):
    council_of(dong)
    client.force_login(officer)
    said = send(client, "import_members", dong.code, checked="이름\n순자")
    assert "칸이 없습니다" in said
    assert not Seat.objects.exists()


def test_a_member_reads_their_seats_and_lays_one_down(client, council, minsu):
    client.force_login(minsu)
    shown = page(client, "mine")
    assert "안전분과" in shown
    assert "내려놓기" in shown
    seat = council.seats.get(person=minsu)
    said = send(client, "resign", seat.pk, once="a")
    assert "네모를 눌러" in said
    said = send(client, "resign", seat.pk, sure="on")
    assert "위원 자리를 내려놓았습니다" in said
    assert not Seat.objects.on(timezone.localdate()).filter(person=minsu).exists()


def test_who_has_no_seat_reads_how_one_gets_one(client, stranger):
    client.force_login(stranger)
    assert "맡은 자리가 없습니다" in page(client, "mine")


def test_an_officer_ends_a_seat_with_its_reason(client, council, minsu, officer):
    client.force_login(officer)
    seat = council.seats.get(person=minsu)
    today = timezone.localdate()
    before = seat.from_on - timedelta(days=1)
    said = send(client, "end_seat", seat.pk, because="lost_eligibility", on=before)
    assert "끝나는 날이 시작하는 날보다 앞섭니다" in said
    assert f'value="{before}"' in said
    said = send(client, "end_seat", seat.pk, because="lost_eligibility", on=today)
    assert "위원 1명" in said
    seat.refresh_from_db()
    assert (seat.ended_because, seat.until_on) == ("lost_eligibility", today)


def test_an_officer_changes_who_holds_an_office(client, dong, council, soonja, minsu, officer):
    client.force_login(officer)
    today = timezone.localdate()
    new = {"body": council.pk, "kind": "chair", "person": minsu.pk, "from_on": today}
    said = send(client, "install", dong.code, **new)
    assert "먼저 그 직책을 끝내 주세요" in said
    send(client, "end_office", council.offices.get().pk, on=today)
    said = send(client, "install", dong.code, **new)
    assert "직책을 적었습니다" in said
    assert council.holder_of("chair", today) == minsu


def test_the_page_of_any_body_leads_to_where_it_is_shown(client, dong, council):
    for body in (council, joint_of(dong)):
        answer = client.get(reverse("membership:body", args=[body.pk]))
        assert answer.url == reverse("membership:council", args=[dong.code])
    part = council.parts.get()
    assert "안전분과, 1명" in page(client, "body", part.pk)


def test_the_page_of_the_council_asks_as_often_for_fifty_members_as_for_two(
    client, dong, council, django_assert_max_num_queries
):
    with django_assert_max_num_queries(15) as few:
        page(client, "council", dong.code)
    part = council.parts.get()
    for person in PersonFactory.create_batch(48):
        for body in (council, part):
            Seat.objects.create(body=body, person=person, from_on=date(2026, 1, 1))
    with django_assert_max_num_queries(len(few)):
        assert "위원 50명" in page(client, "council", dong.code)
