"""The day: the order of it, the wall of the hall, the minutes its records write."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from maeul.core.refusal import Refused
from maeul.decision.assembly import actions, rules
from maeul.decision.assembly.models import draft_of
from maeul.decision.assembly.rules import State, Why
from maeul.decision.assembly.tests.factories import (
    budget_question,
    cast,
    held,
    matter,
    neighbours,
    opened_poll,
    ruled,
)
from maeul.vault.ballot import actions as ballot
from maeul.vault.ballot.clock import clock_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]
TURNS = ["여는 말", "의제 발표", "투표와 개표"]


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def matters(dong, now):
    return [(matter("그늘 의자", dong, at=now), 5), (matter("화분", dong, at=now), 5)]


def ordered(assembly, by, at, titles=TURNS):
    return actions.set_order(assembly=assembly, titles=titles, presider="회장", by=by, at=at)


def on_the_day(assembly, hour):
    return timezone.make_aware(
        timezone.datetime.combine(assembly.held_on, timezone.datetime.min.time())
    ) + timedelta(hours=hour)


def test_turns_begin_one_after_another_on_the_day_and_what_has_begun_stays(dong, officer, now):
    assembly = ordered(ruled(dong, by=officer, at=now), officer, now)
    day = on_the_day(assembly, 14)
    first = actions.begin_next(assembly=assembly, by=officer, at=day)
    assert (first.title, first.begun_at) == ("여는 말", day)
    with pytest.raises(Refused) as no:
        ordered(assembly, officer, day, ["인사", "의제 발표"])
    assert no.value.why == Why.ORDER_BEGUN
    ordered(assembly, officer, day, ["여는 말", "축하 노래"])
    assert [item.title for item in assembly.order.in_order()] == ["여는 말", "축하 노래"]
    assert actions.take_back(assembly=assembly, by=officer, at=day) == first
    assert not assembly.order.begun().exists()


def test_nothing_begins_on_another_day_and_nothing_after_the_last_turn(dong, officer, now):
    assembly = ordered(ruled(dong, by=officer, at=now), officer, now, ["여는 말"])
    how = {"assembly": assembly, "by": officer}
    for hour in (-1, 24):
        with pytest.raises(Refused, match="not_the_day"):
            actions.begin_next(at=on_the_day(assembly, hour), **how)
    with pytest.raises(Refused, match="nothing_begun"):
        actions.take_back(at=on_the_day(assembly, 9), **how)
    actions.begin_next(at=on_the_day(assembly, 0), **how)
    with pytest.raises(Refused, match="order_over"):
        actions.begin_next(at=on_the_day(assembly, 23), **how)


def test_an_order_has_no_more_turns_than_a_day_holds_and_is_shut_by_the_minutes():
    def why(**facts):
        usual = {"state": State.ANNOUNCED, "begun": [], "titles": ["여는 말"] * 40}
        no = rules.why_not_set_order(**usual | facts)
        return no and no.why

    assert why() is None
    assert why(titles=["여는 말"] * 41) == Why.ORDER_TOO_LONG
    assert why(state=State.MINUTES_PUBLISHED) == Why.NOT_NOW


def wall(client, assembly, **query):
    answer = client.get(reverse("assembly:hall", args=[assembly.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_wall_shows_turnout_of_the_board_quorum_time_left_and_what_comes_next(
    client, dong, officer, now, matters
):
    people = neighbours(dong, 6)
    assembly = ruled(dong, by=officer, at=now)
    budget_question(assembly, matters, limit=9, by=officer, at=now)
    assembly = opened_poll(assembly, officer=officer, at=now)
    ordered(assembly, officer, now)
    cast(assembly, [{"q1": [1]}] * 4)
    election = assembly.election
    with clock_at(election.closes_at - timedelta(minutes=78)):
        page = wall(client, assembly)
        assert "0<small>명" in page  # four have voted, the board does not say so yet
        ballot.append_batch(election=election)
        page = wall(client, assembly)
    assert "4<small>명" in page
    assert "정족수 5명까지 1명 남았습니다" in page
    assert "1<small>시간" in page
    assert "18<small>분" in page
    assert "여는 말" in page
    assert page.count("<h1") == 1
    assert '<meta http-equiv="refresh"' in page  # it needs no script
    for person in [*people, officer, election.chair]:
        assert person.name not in page
    assert "그늘 의자" not in page  # nothing that could be a partial result
    with clock_at(election.closes_at):
        assert "투표를 마쳤습니다" in wall(client, assembly)
    with clock_at(election.opens_at - timedelta(hours=30)):
        assert "1<small>일" in wall(client, assembly, theme="dark")


def test_the_wall_can_be_dark_or_light_by_its_address(client, dong, officer, now, matters):
    assembly = ruled(dong, by=officer, at=now)
    budget_question(assembly, matters, limit=9, by=officer, at=now)
    actions.announce(assembly=assembly, by=officer, at=now)
    assert 'data-theme="dark"' in wall(client, assembly, theme="dark")
    assert 'data-theme="light"' in wall(client, assembly, theme="light")
    assert "data-theme" not in wall(client, assembly, theme='"><b>')


def test_the_secretary_writes_the_order_and_begins_turns_on_the_page(
    client, dong, officer, secretary, now
):
    today = timezone.localdate()
    assembly = ruled(dong, by=officer, at=now)
    address = reverse("assembly:order", args=[assembly.pk])
    client.force_login(secretary)
    assert "지난해에 한 일" in client.get(address).content.decode()  # the usual order to start from
    page = client.post(
        address, {"titles": " 여는  말\n\n투표\n", "presider": "회장"}, follow=True
    ).content.decode()
    assert "식순을 적었습니다" in page
    assert [item.title for item in assembly.order.in_order()] == ["여는 말", "투표"]
    following = reverse("assembly:begin_next", args=[assembly.pk])
    assert "그날 다시 눌러" in client.post(following, follow=True).content.decode()
    assembly.held_on = today
    assembly.save(update_fields=["held_on"])
    assert "여는 말을 시작했습니다" in client.post(following, follow=True).content.decode()
    page = client.post(reverse("assembly:take_back", args=[assembly.pk]), follow=True)
    assert "여는 말을 되돌렸습니다" in page.content.decode()
    page = client.post(address, {"titles": "가" * 121, "presider": "회장"}).content.decode()
    assert "120자까지" in page
    assert "가" * 121 in page


def test_the_minutes_draft_themselves_from_the_records_of_the_day(
    client, dong, officer, secretary, soonja, now, matters
):
    then = now - timedelta(days=45)
    choices = [{"q1": [1]}] * 5 + [{"q1": []}]
    assembly = held(dong, officer=officer, at=then, choices=choices, matters=matters, limit=9)
    assembly = ordered(assembly, officer, now)
    actions.begin_next(assembly=assembly, by=officer, at=on_the_day(assembly, 14))
    actions.object_to_result(
        assembly=assembly, text="다시 세어 주세요.", by=soonja, at=assembly.result_at
    )
    draft = draft_of(assembly)
    for words in (
        "14:00에 열었습니다",
        "총회 45일 전에 공고했습니다",
        "회장",
        "선거인 7명 가운데 6명이 투표했습니다",
        "정족수 5명을 채웠습니다",
        "온라인 6명",
        "14:00 여는 말",
        "그늘 의자: 5표를 받아 선정되었습니다",
        "이의 1: 답을 기다림",
    ):
        assert words in draft
    client.force_login(secretary)
    address = reverse("assembly:publish_minutes", args=[assembly.pk])
    assert "총회 45일 전에 공고했습니다" in client.get(address).content.decode()
    page = client.post(address, {"text": draft}).content.decode()
    assert "아직 비어 있는 곳이 있습니다" in page
    assert "14:00에 열었습니다" in page  # nothing typed is lost
    page = client.post(
        address, {"text": draft.replace(rules.GAP, "함께 노래했습니다")}, follow=True
    )
    assert "함께 노래했습니다" in page.content.decode()
