from datetime import date

import pytest
from django.urls import reverse

from maeul.ground.search import actions as search
from maeul.ground.thread.tests.factories import step, thread

pytestmark = pytest.mark.django_db


def read(client, name, *args, **query):
    answer = client.get(reverse(f"portal:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def put(number, title, dong, kind="agenda"):
    search.put(
        link=f"/x/{number}/", kind=kind, title=title, on=date(2026, 3, 1), dong=dong, cost_won=5
    )


def test_somebody_finds_a_thing_by_two_syllables_and_filters_by_kind(client, dong):
    put(1, "학교뒷길에 가로등", dong)
    put(2, "뒷길 청소의 날", dong, kind="project")
    page = read(client, "search", q="뒷길")
    assert "‘뒷길’ 2건을 찾았습니다" in page
    assert "뒷길 청소의 날" not in read(client, "search", q="뒷길", kind="agenda")


def test_what_is_not_found_says_what_to_try(client, dong):
    assert "다른 말로 찾아보세요" in read(client, "search", q="없는말")


def test_an_empty_search_asks_what_to_look_for(client, dong):
    assert "무엇을 찾을까요?" in read(client, "search")


def test_a_search_of_many_asks_the_database_no_more_often_than_one_of_two(
    client, dong, django_assert_max_num_queries
):
    for number in range(2):
        put(number, f"공원 {number}", dong)
    with django_assert_max_num_queries(60) as few:
        read(client, "search", q="공원")
    for number in range(2, 20):
        put(number, f"공원 {number}", dong)
    with django_assert_max_num_queries(len(few)):
        read(client, "search", q="공원")


def test_the_way_of_a_matter_shows_every_public_step_in_order(client, dong, soonja):
    mine = thread(dong, opened_by=soonja)
    step(mine, "문장을 말했습니다")
    step(mine, "아직은 비밀", public=False)
    page = read(client, "matter", mine.pk)
    assert "1걸음을 왔습니다" in page
    assert "아직은 비밀" not in page
    client.force_login(soonja)
    assert "아직은 비밀" in read(client, "matter", mine.pk)


def test_a_matter_without_a_public_step_is_not_found(client, dong):
    mine = thread(dong)
    step(mine, public=False)
    assert client.get(reverse("portal:matter", args=[mine.pk])).status_code == 404


def test_a_worklist_without_duties_says_so(client, officer):
    client.force_login(officer)
    assert "기다리는 일이 없습니다" in read(client, "worklist")
