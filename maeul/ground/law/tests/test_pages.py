import pytest
from django.urls import reverse

from maeul.ground.law.models import Provision

pytestmark = pytest.mark.django_db


def read(client, name, *args, **query):
    return client.get(reverse(name, args=args), query).content.decode()


@pytest.fixture
def boss(client, district_officer):
    client.force_login(district_officer)
    return district_officer


def typed(**changed):
    return {
        "value": "13",
        "level": "bylaw",
        "article": "운영세칙 제5조",
        "in_force_from": "2026-01-01",
        **changed,
    }


def test_the_officer_of_another_district_writes_down_no_bylaw_of_this_one(
    client, law, dong, neighbour
):
    client.force_login(neighbour)
    address = reverse("law:enact", args=["assembly.voting_age"])
    before = Provision.objects.count()
    bylaw = client.post(address, typed(dong=dong.pk))
    for_all = client.post(address, typed(level="ordinance"))
    assert [bylaw.status_code, for_all.status_code] == [403, 403]
    assert Provision.objects.count() == before


def test_a_neighbour_finds_a_limit_by_its_words_and_reads_its_article(client, law):
    page = read(client, "law:index", q="의사정족수")
    assert "주민총회 의사정족수" in page
    assert "0.5%" in page
    assert "위원 임기" not in page


def test_limits_are_shown_by_group(client, law):
    page = read(client, "law:index", group="plan")
    assert "자치계획 제출 기한" in page
    assert "위원 정원" not in page


def test_a_search_that_finds_nothing_says_what_to_do(client, law):
    assert "찾은 규칙이 없습니다" in read(client, "law:index", q="우주선")


def test_one_limit_shows_its_history_with_notes(client, law):
    page = read(client, "law:provision", "pb.renewals")
    assert "참여예산위원 연임 횟수: 1회" in page
    assert "2회" in page
    assert "2025년 7월 24일 개정 전의 값" in page
    assert "따로 정한 동이 없습니다" in page


def test_an_unknown_limit_is_not_found(client, law):
    assert client.get(reverse("law:provision", args=["no.such"])).status_code == 404


def test_the_officer_writes_down_a_bylaw_and_the_dongs_page_shows_it(client, law, boss, dong):
    address = reverse("law:enact", args=["assembly.voting_age"])
    client.post(address, typed(dong=dong.pk))
    assert Provision.objects.get(dong=dong).value == 13
    assert "13세" in read(client, "law:index", dong=dong.code, q="투표 나이")
    assert "15세" in read(client, "law:index", q="투표 나이")


def test_a_bylaw_where_the_ordinance_leaves_no_room_is_refused_and_nothing_typed_is_lost(
    client, law, boss, dong
):
    address = reverse("law:enact", args=["council.term_years"])
    page = client.post(address, typed(dong=dong.pk)).content.decode()
    assert "동 운영세칙에 맡기지 않은 항목" in page
    assert "운영세칙 제5조" in page
    assert not Provision.objects.filter(dong=dong).exists()


def test_a_value_of_the_wrong_shape_is_refused_with_an_example(client, law, boss, dong):
    address = reverse("law:enact", args=["assembly.quorum"])
    page = client.post(address, typed(dong=dong.pk, value="다섯")).content.decode()
    assert "분수나 소수로 적어 주세요" in page
    assert "다섯" in page


@pytest.mark.parametrize("many", [1, 10])
def test_the_list_asks_the_database_equally_often_however_many_rows(
    client, law, many, django_assert_max_num_queries
):
    if many > 1:
        for year in range(2000, 2000 + many):
            rows = list(Provision.objects.filter(in_force_from__year=2018))
            for row in rows:
                row.pk, row.in_force_from = None, row.in_force_from.replace(year=year)
            Provision.objects.bulk_create(rows)
    with django_assert_max_num_queries(6):
        client.get(reverse("law:index"))
