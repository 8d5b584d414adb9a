from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from maeul.council.meeting.tests.factories import plenary
from maeul.decision.assembly.tests.factories import (
    budget_question,
    matter,
    neighbours,
    opened_poll,
    ruled,
)
from maeul.ground.search import actions as search
from maeul.ground.thread.tests.factories import step, thread
from maeul.voice.agenda.tests.factories import offer_of, said

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


@pytest.mark.usefixtures("law")
def test_the_front_page_names_what_is_open_and_where_my_item_stands(client, dong, soonja, officer):

    now = timezone.now()
    meeting = plenary(dong, by=officer, at=now)
    said(dong, title="학교 뒷길이 어두워요", author=soonja)
    client.force_login(soonja)
    page = read(client, "front")
    assert str(meeting) in page
    assert "학교 뒷길이 어두워요" in page
    assert "바꾸고 싶은 것을 한 문장으로" in page


@pytest.mark.usefixtures("law")
def test_an_open_vote_stands_first(client, dong, officer, stranger):

    now = timezone.now()
    neighbours(dong, 6)
    at = now - timedelta(days=41)
    assembly = ruled(dong, by=officer, at=at, held_on=timezone.localdate(now) + timedelta(days=3))
    matters = [(matter(title, dong, at=at), 1_000_000) for title in ("등", "꽃")]
    budget_question(assembly, matters, by=officer, at=at)
    assembly = opened_poll(assembly, officer=officer, at=at)
    first = front_cards(client)[0]
    assert first == f"{assembly.title}: 투표하기"
    client.force_login(stranger)  # is not on the roll: a ballot would be refused
    assert front_cards(client)[0] == f"{assembly.title}: 무엇을 정하는지 보기"


def front_cards(client):
    cards = client.get(reverse("portal:front")).context["cards"]
    return [f"{card.title}: {card.label}" for card in cards]


def test_a_dong_without_anything_yet_still_shows_its_year(client, dong):
    page = read(client, "dong", dong.code)
    assert "아직 주민자치회가 꾸려지지 않았습니다" in page
    assert "아직 공고된 주민총회가 없습니다" in page


def test_my_page_says_how_to_begin(client, minsu):
    client.force_login(minsu)
    page = read(client, "mine")
    assert "아직 보낸 의견이 없습니다" in page
    assert reverse("people:state") in page


@pytest.mark.usefixtures("law")
def test_the_worklist_puts_what_is_late_first(client, dong, officer, django_assert_max_num_queries):

    said(dong, title="늦은 의제")
    client.force_login(officer)
    page = read(client, "worklist")
    assert "늦은 의제" in page
    with django_assert_max_num_queries(80) as few:
        read(client, "worklist")
    for number in range(4):
        said(dong, title=f"의제 {number}")
    with django_assert_max_num_queries(len(few)):
        read(client, "worklist")


@pytest.mark.usefixtures("law")
def test_the_whole_way_is_one_tap_from_the_item(client, dong, soonja):
    item = said(dong, title="학교 뒷길이 어두워요", author=soonja)
    client.force_login(soonja)
    page = client.get(item.get_absolute_url()).content.decode()
    assert reverse("portal:matter", args=[item.thread_id]) in page


@pytest.mark.usefixtures("law")
def test_my_page_leads_from_each_of_my_things_to_its_whole_way(client, dong, soonja):
    item = said(dong, title="학교 뒷길이 어두워요", author=soonja)
    helped = offer_of(soonja, dong).item
    client.force_login(soonja)
    page = read(client, "mine")
    for thread_id in (item.thread_id, helped.thread_id):
        assert reverse("portal:matter", args=[thread_id]) in page


def test_what_a_matter_became_is_named_only_to_those_who_may_see_it(client, dong, officer):
    mine = thread(dong)
    step(mine, "문장을 말했습니다")
    draft = thread(dong, title="아직 쓰고 있는 계획", origins=[mine])
    step(draft, "초안", public=False)
    assert "아직 쓰고 있는 계획" not in read(client, "matter", mine.pk)
    client.force_login(officer)
    assert "아직 쓰고 있는 계획" in read(client, "matter", mine.pk)


def test_a_long_way_comes_in_pages_that_end_with_now_and_asks_as_often_as_a_short_one(
    client, queries_of, dong
):
    matter = thread(dong)
    address = reverse("portal:matter", args=[matter.pk])
    for number in range(2):
        step(matter, f"걸음 {number}")
    few = queries_of(address)
    for number in range(2, 60):
        step(matter, f"걸음 {number}")
    assert queries_of(address) == few
    newest, first = client.get(address).content.decode(), client.get(f"{address}?page=1")
    assert "60걸음을 왔습니다" in newest
    assert "걸음 59" in newest
    assert "걸음 3<" not in newest
    assert "걸음 3<" in first.content.decode()


def test_my_page_asks_as_often_for_thirty_sentences_as_for_two(
    client, queries_of, dong, law, soonja
):
    client.force_login(soonja)
    address = reverse("portal:mine")
    for _sentence in range(2):
        said(dong, author=soonja)
    few = queries_of(address)
    for _sentence in range(28):
        said(dong, author=soonja)
    assert queries_of(address) == few
    shown = client.get(address).content.decode()
    assert "내 의견 30건" in shown
    assert "다음 쪽" in shown


def test_the_page_of_a_matter_names_the_next_act_to_those_whose_it_is(
    client, dong, law, soonja, officer
):
    item = said(dong, author=soonja)
    client.force_login(soonja)
    assert str(item.next_act) not in read(client, "matter", item.thread.pk)
    client.force_login(officer)
    assert str(item.next_act) in read(client, "matter", item.thread.pk)
