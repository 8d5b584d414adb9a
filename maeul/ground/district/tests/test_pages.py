import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from maeul.ground.district import actions
from maeul.ground.district.models import Dong, Population
from maeul.ground.district.tests.factories import department
from maeul.ground.district.tests.test_actions import GOOD

pytestmark = pytest.mark.django_db


def read(client, name, *args, **query):
    return client.get(reverse(name, args=args), query).content.decode()


def typed(text=GOOD, **changed):
    return {
        "source": "주민등록 인구통계",
        "counted_on": "2024-04-30",
        "file": SimpleUploadedFile("인구.csv", text.encode()),
        **changed,
    }


@pytest.fixture
def gu(at):
    return actions.found(by="system", at=at)


def test_the_map_draws_every_dong_with_its_link_and_shows_where_it_is_from(client, gu):
    page = read(client, "district:index")
    assert page.count("<path class=") >= 10
    for dong in Dong.objects.all():
        assert page.count(f'href="{dong.get_absolute_url()}"') == 2  # map and list
    assert "공공누리 제1유형" in page


def test_an_empty_district_says_what_will_appear(client, db):
    assert "아직 동이 없습니다" in read(client, "district:index")


def test_rough_figures_say_so_on_every_page(client, gu, at, settings):
    settings.DEMO = True
    actions.guess_population(years=[2024], by="system", at=at)
    for page in (read(client, "district:index"), read(client, "district:dong_facts", "1154561000")):
        assert "시범용 어림수입니다" in page
    assert "36,000명이 삽니다" in page


def test_a_dong_shows_its_names_codes_and_people_by_age(client, gu, at):
    told = {"source": "주민등록 인구통계", "by": "system", "at": at}
    counts = actions.read_population(actions.sheet.read(GOOD.encode(), heads=actions.HEADS), at=at)
    actions.import_population(counts=counts, counted_on=at.date(), **told)
    page = read(client, "district:dong_facts", "1154561000")
    for words in ("독산제1동", "1154561000", "0~14세", "2,300명", "15세 이상", "주민등록 인구통계"):
        assert words in page
    assert "시범용" not in page


def test_departments_show_how_their_names_changed(client, gu):
    page = read(client, "district:departments")
    assert "마을자치과" in page
    assert "자치행정과" in page


def test_a_count_is_shown_before_it_is_taken_in(client, gu, district_officer):
    client.force_login(district_officer)
    address = reverse("district:population")
    page = client.post(address, typed()).content.decode()
    assert "이대로 넣을까요?" in page
    assert "11,300명" in page
    assert not Population.objects.exists()

    packed = re.search(r'name="packed" value="([^"]+)"', page)[1]
    answer = client.post(address, typed(packed=packed, file=""))
    assert answer.status_code == 302
    assert Population.objects.people() == 11_300


def test_the_officer_of_another_district_takes_in_no_count_of_this_one(client, gu, neighbour):
    client.force_login(neighbour)
    address = reverse("district:population")
    packed = re.search(r'name="packed" value="([^"]+)"', client.post(address, typed()).text)[1]
    assert client.post(address, typed(packed=packed, file="")).status_code == 403
    assert not Population.objects.exists()


def test_a_count_that_somebody_tampered_with_is_not_taken_in(client, gu, district_officer):
    client.force_login(district_officer)
    page = client.post(
        reverse("district:population"), typed(packed="made:up:count", file="")
    ).content.decode()
    assert "파일을 다시 올려 주세요" in page or "파일을 골라 주세요" in page
    assert not Population.objects.exists()


def test_a_wrong_line_is_named_and_nothing_typed_is_lost(client, gu, district_officer):
    client.force_login(district_officer)
    page = client.post(
        reverse("district:population"), typed(GOOD + "독산9동,2024,여,20,29,5\n")
    ).content.decode()
    assert "5번째 줄" in page
    assert "주민등록 인구통계" in page


def test_without_a_file_the_form_says_what_to_do(client, gu, district_officer):
    client.force_login(district_officer)
    page = client.post(reverse("district:population"), typed(file="")).content.decode()
    assert "파일을 골라 주세요" in page


def test_the_list_of_dongs_asks_the_database_equally_often(
    client, gu, at, settings, django_assert_max_num_queries
):
    settings.DEMO = True
    actions.guess_population(years=[2024, 2025], by="system", at=at)
    with django_assert_max_num_queries(8):
        client.get(reverse("district:index"))


def test_sixty_departments_come_in_pages_and_ask_as_often_as_two(client, queries_of, gu):
    address = reverse("district:departments")
    for number in range(2):
        department(f"부서 {number}", code=f"d{number}")
    few = queries_of(address)
    for number in range(2, 60):
        department(f"부서 {number}", code=f"d{number}")
    assert queries_of(address) <= few
    assert "다음 쪽" in client.get(address).content.decode()
