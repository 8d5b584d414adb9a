import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from maeul.decision.assembly import actions
from maeul.decision.assembly.models import Assembly
from maeul.decision.assembly.tests.factories import (
    budget_question,
    cast,
    convened,
    count_people,
    decided_by_plenary,
    held,
    matter,
    neighbours,
    officers_of,
    opened_poll,
    published,
    ruled,
)
from maeul.ground.district.tests.factories import DongFactory
from maeul.ground.people.models import Role
from maeul.vault.ballot import actions as ballot
from maeul.vault.ballot.clock import clock_at
from maeul.voice.agenda.tests.factories import item_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


@pytest.fixture
def now():
    """Pages ask the clock: these assemblies stand around today."""
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def three(dong, now):
    names = {"그늘 의자": 5_000_000, "밤길 조명": 6_000_000, "골목 화분": 3_000_000}
    return [(matter(name, dong, at=now), cost) for name, cost in names.items()]


def read(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def send(client, address, **typed):
    answer = client.post(address, typed, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_before_the_announcement_only_the_dongs_staff_find_the_page(client, dong, officer, now):
    assembly = convened(dong, by=officer, at=now)
    read(client, assembly.get_absolute_url(), 404)
    assert assembly.title not in read(client, reverse("assembly:assemblies"))
    client.force_login(officer)
    assert "아직 공고하지 않았습니다" in read(client, assembly.get_absolute_url())
    assert assembly.title in read(client, reverse("assembly:dong", args=[dong.code]))


def test_a_resident_reads_what_will_be_decided_when_how_and_by_which_article(
    client, dong, officer, now, three
):
    assembly = ruled(dong, by=officer, at=now)
    budget_question(assembly, three, by=officer, at=now)
    actions.announce(assembly=assembly, by=officer, at=now)
    page = read(client, assembly.get_absolute_url())
    for words in (
        "예산 1,000만원 안에서",
        "밤길 조명",
        "600만원",
        "<strong>5명</strong>이 투표해야",
        "15세",
        "주민자치 조례 제23조",
        "주민총회의 투표 방법을 정한다",
    ):
        assert words in page
    assert assembly.title in read(client, reverse("assembly:assemblies"))


def test_while_the_poll_is_open_the_page_leads_to_the_ballot_and_tells_turnout_of_the_board(
    client, dong, officer, now, three
):
    neighbours(dong, 6)
    assembly = ruled(dong, by=officer, at=now)
    budget_question(assembly, three, by=officer, at=now)
    assembly = opened_poll(assembly, officer=officer, at=now)
    cast(assembly, [{"q1": [1]}] * 2)
    election = assembly.election
    with clock_at(election.opens_at):
        page = read(client, assembly.get_absolute_url())
        assert reverse("ballot:ballot", args=[election.pk]) in page
        assert "0명" in page  # two have voted, the board does not say so yet
        ballot.append_batch(election=election)
        assert "2명" in read(client, assembly.get_absolute_url())
        client.force_login(officer)  # is not on the roll: the ballot would be refused
        page = read(client, assembly.get_absolute_url())
        assert reverse("ballot:ballot", args=[election.pk]) not in page
        assert "선거인명부에 없어" in page
    with clock_at(election.closes_at):
        assert "투표를 마쳤습니다" in read(client, assembly.get_absolute_url())


@pytest.mark.parametrize(
    ("days_ago", "word"), [(38, "곧 투표"), (41, "투표 중"), (46, "투표 마감, 개표 준비 중")]
)
def test_lists_say_where_the_vote_stands_by_its_frozen_times(
    client, dong, officer, now, three, days_ago, word
):
    """The vote opens 40 days after `then` and closes 45 days after it; no job has run."""
    then = now.replace(hour=3) - timedelta(days=days_ago)
    neighbours(dong, 1)
    count_people(dong, year=(then + timedelta(days=45)).year)
    assembly = ruled(dong, by=officer, at=then)
    budget_question(assembly, three, by=officer, at=then)
    opened_poll(assembly, officer=officer, at=then)
    assert word in read(client, reverse("assembly:dong", args=[dong.code]))


def test_the_result_shows_the_winners_first_and_why_each_lost(client, dong, officer, now):
    items = [
        item_in(dong, "drafted", title=name, at=now) for name in ("그늘 의자", "밤길 조명", "화분")
    ]
    costs = [
        (item.thread, won)
        for item, won in zip(items, (5_000_000, 6_000_000, 3_000_000), strict=True)
    ]
    choices = [{"q1": [1, 2]}] * 4 + [{"q1": [1, 3]}, {"q1": []}]
    assembly = held(dong, officer=officer, at=now, choices=choices, matters=costs)
    page = read(client, assembly.get_absolute_url())
    assert "주민 6명이 두 가지를 정했습니다" in page
    assert "예산 1,000만원 가운데 800만원을 씁니다" in page
    assert page.index("1. 그늘 의자") < page.index("2. 화분") < page.index("밤길 조명</h3>")
    assert "남은 예산이 100만원 모자랐습니다" in page
    assert items[0].get_absolute_url() in page
    assert reverse("ballot:bundle", args=[assembly.election.pk]) in page
    assert "유효 5표, 기권 1표, 무효 0표" in page


def test_a_yes_or_no_result_counts_both_sides_and_the_blank_ones(client, dong, officer, now):
    neighbours(dong, 6)
    assembly = ruled(dong, by=officer, at=now)
    plan = matter("자치계획", dong, at=now)
    how = {"assembly": assembly, "by": officer, "at": now}
    actions.put(kind="yes_no", title="계획을 받아들일까요?", thread=plan, **how)
    assembly = opened_poll(assembly, officer=officer, at=now)
    cast(assembly, [{"q1": [1]}] * 4 + [{"q1": [2]}, {"q1": []}])
    assembly = published(assembly)
    actions.announce_result(assembly=assembly, by=officer, at=assembly.election.closes_at)
    page = read(client, assembly.get_absolute_url())
    assert "찬성 4표, 반대 1표, 기권 1표" in page
    assert "찬성이 필요한 4표를 넘어" in page


def test_a_result_without_quorum_says_how_many_were_missing(client, dong, officer, now, three):
    assembly = held(dong, officer=officer, at=now, choices=[{"q1": [1]}] * 3, matters=three)
    page = read(client, assembly.get_absolute_url())
    assert "정족수에 이르지 못했습니다" in page
    assert "2명이 모자랐습니다" in page


def test_a_void_vote_says_so(client, dong, officer, now, three):
    assembly = ruled(dong, by=officer, at=now)
    budget_question(assembly, three, by=officer, at=now)
    actions.announce(assembly=assembly, by=officer, at=now)
    ballot.void(election=assembly.election, reason="명부가 잘못되었습니다.", by=officer, at=now)
    assert "무효가 되었습니다" in read(client, assembly.get_absolute_url())


def test_the_secretary_prepares_an_assembly_step_by_step(client, dong, officer, secretary, now):
    count_people(dong, year=timezone.localdate(now).year)
    item_in(dong, "drafted", title="긴 의자", at=now)
    other = item_in(dong, "drafted", title="밝은 등", at=now)
    motion = decided_by_plenary(dong, by=secretary, at=now)
    chair, clerk = officers_of(dong, officer)
    neighbours(dong, 2)
    client.force_login(secretary)
    day = timezone.localdate(now) + timedelta(days=45)
    page = send(
        client,
        reverse("assembly:convene", args=[dong.code]),
        held_on=day.isoformat(),
        place="주민센터 대강당",
    )
    assert "전체회의 의결로 투표 규칙을 정합니다" in page
    assembly = Assembly.objects.get()
    here = {name: reverse(f"assembly:{name}", args=[assembly.pk]) for name in (
        "freeze_rules", "put", "build_roll", "name_officers", "announce"
    )}  # fmt: skip
    page = send(
        client,
        here["freeze_rules"],
        motion=motion.pk,
        opens_at=f"{day - timedelta(days=5)}T09:00",
        closes_at=f"{day}T17:00",
        method="online",
        passing="two_thirds",
        without_quorum="reconvene",
    )
    assert "이제 안건을 올려 주세요" in page
    typed = {
        "kind": "yes_no",
        "title": "밝은 등을 답시다?",
        "items": [other.pk],
    }
    page = send(client, here["put"], **typed)
    assert "밝은 등을 답시다?" in page
    question = assembly.questions.get()
    page = send(client, reverse("assembly:take_out", args=[question.pk]))
    assert not assembly.questions.exists()
    send(client, here["put"], **typed)
    assert "선거인명부를 만들었습니다" in send(client, here["build_roll"])
    page = send(client, here["name_officers"], from_council=chair.pk, from_office=clerk.pk)
    assert "선거관리인 두 사람을 정했습니다" in page
    page = send(client, here["announce"])
    assert "두 선거관리인이 투표를 확정하고" in page
    page = read(client, assembly.get_absolute_url())
    assert "찬성이 투표한 사람의 3분의 2 이상이면 통과합니다" in page
    assert "올해 총회를 다시 열어 묻습니다" in page


def test_a_refused_question_keeps_what_was_typed_and_says_what_to_do(
    client, dong, officer, secretary, now
):
    items = [item_in(dong, "drafted", title=name, at=now) for name in ("긴 의자", "밝은 등")]
    assembly = ruled(dong, by=officer, at=now)
    client.force_login(secretary)
    typed = {
        "kind": "budget",
        "title": "어디에 쓸까요?",
        "items": [item.pk for item in items],
        "limit": "5,000,000",
        f"cost_{items[0].pk}": "6,000,000",
        f"cost_{items[1].pk}": "1,000,000",
    }
    page = send(client, reverse("assembly:put", args=[assembly.pk]), **typed)
    assert "비용 6,000,000원은 쓸 수 있는 돈 5,000,000원보다 큽니다" in page
    assert 'value="어디에 쓸까요?"' in page
    assert 'value="6,000,000"' in page
    del typed[f"cost_{items[1].pk}"]
    assert "투표지에 보일 비용을 적어 주세요" in send(
        client, reverse("assembly:put", args=[assembly.pk]), **typed
    )


def test_an_announcement_without_questions_is_refused_on_its_page(client, dong, officer, now):
    assembly = ruled(dong, by=officer, at=now)
    client.force_login(officer)
    page = send(client, reverse("assembly:announce", args=[assembly.pk]))
    assert "먼저 안건을 올려 주세요" in page


def test_a_second_click_convenes_once(client, dong, secretary, now):
    count_people(dong, year=timezone.localdate(now).year)
    client.force_login(secretary)
    address = reverse("assembly:convene", args=[dong.code])
    day = timezone.localdate(now) + timedelta(days=45)
    typed = {"held_on": day.isoformat(), "place": "강당", "once": "k" * 20}
    first = client.post(address, typed)
    assert client.post(address, typed).url == first.url
    assert Assembly.objects.count() == 1


def test_minutes_stand_on_the_result_page(client, dong, officer, now, three):
    assembly = held(dong, officer=officer, at=now, choices=[{"q1": [1]}] * 5, matters=three)
    client.force_login(officer)
    page = send(
        client, reverse("assembly:publish_minutes", args=[assembly.pk]), text="두 분이 말했습니다."
    )
    assert "두 분이 말했습니다." in page
    assert "총회의 일을 모두 마쳤습니다" in read(
        client, reverse("assembly:prepare", args=[assembly.pk])
    )


def test_the_list_takes_as_many_queries_for_many_as_for_one(
    client, dong, officer, now, django_assert_num_queries
):
    convened(dong, by=officer, at=now)
    client.force_login(officer)
    address = reverse("assembly:assemblies")
    with CaptureQueriesContext(connection) as one:
        assert read(client, address).count("준비 중") == 1
    for code in ("1154562000", "1154563000"):
        other = DongFactory(code=code, name=f"동{code}")
        Role.objects.create(person=officer, kind="dong_officer", dong=other, from_on="2018-01-01")
        convened(other, by=officer, at=now)
    with django_assert_num_queries(len(one)):
        assert read(client, address).count("준비 중") == 3
    assert len(one) <= 15


def test_an_officer_tries_every_rule_on_last_years_ballots_and_chooses_one(
    client, dong, officer, three, now
):
    then = now - timedelta(days=300)
    count_people(dong, year=then.year - 1)
    last = held(
        dong,
        officer=officer,
        at=then,
        choices=[{"q1": [1, 2]}] * 15 + [{"q1": [3]}] * 5,
        matters=three,
    )
    next_year = timezone.localdate(now) + timedelta(days=120)  # more than a year after the last
    this = ruled(dong, by=officer, at=now, held_on=next_year)
    question = budget_question(this, three, by=officer, at=now)
    client.force_login(officer)
    address = reverse("assembly:choose_rule", args=[question.pk])
    page = read(client, address)
    assert "모의계산" in page
    assert str(last) in page
    for name in ("예산 안에서 많은 표 차례", "고른 몫", "고른 부담"):
        assert name in page
    page = send(
        client,
        address,
        rule="equal_shares",
        utility="cardinality",
        completion="utilitarian",
        whole_ballots="public",
    )
    assert "세는 법을 정했습니다." in page
    question.boxed.refresh_from_db()
    assert question.boxed.rule == "equal_shares"
    assert question.boxed.parameters == {
        "budget": 10_000_000,
        "utility": "cardinality",
        "completion": "utilitarian",
        "stop": "exhaustive",
    }
    again = read(client, address)
    assert len(re.findall(r'<option value="cardinality"[^>]*selected', again)) == 2  # both forms


def test_of_nineteen_ballots_nobody_learns_what_was_chosen_together(
    client, dong, officer, three, now
):
    then = now - timedelta(days=300)
    count_people(dong, year=then.year - 1)
    choices = [{"q1": [1, 2]}] * 14 + [{"q1": [3]}] * 5
    held(dong, officer=officer, at=then, choices=choices, matters=three)
    next_year = timezone.localdate(now) + timedelta(days=120)
    this = ruled(dong, by=officer, at=now, held_on=next_year)
    question = budget_question(this, three, by=officer, at=now)
    client.force_login(officer)
    page = read(client, reverse("assembly:choose_rule", args=[question.pk]))
    assert "표가 20장보다 적고" in page
    assert "고른 것이 하나라도 된 표" not in page


def test_without_an_earlier_vote_the_page_says_so_and_the_rule_can_still_be_chosen(
    client, dong, officer, three, now
):
    question = budget_question(ruled(dong, by=officer, at=now), three, by=officer, at=now)
    client.force_login(officer)
    page = read(client, reverse("assembly:choose_rule", args=[question.pk]))
    assert "셈해 볼 지난 투표가 없습니다" in page
    assert "이 방법으로 세기" in page


def test_shares_without_whole_ballots_are_refused_and_what_was_chosen_stays(
    client, dong, officer, three, now
):
    question = budget_question(ruled(dong, by=officer, at=now), three, by=officer, at=now)
    client.force_login(officer)
    page = send(
        client,
        reverse("assembly:choose_rule", args=[question.pk]),
        rule="phragmen",
        utility="cost",
        completion="none",
        whole_ballots="choices",
    )
    assert "표를 통째로 공개하거나 참관 아래 세도록" in page
    [chosen] = re.findall(r'<input[^>]*name="rule"[^>]*\bchecked\b[^>]*>', page)
    assert 'value="phragmen"' in chosen


def test_once_announced_the_rule_stands(client, dong, officer, three, now):
    question = budget_question(ruled(dong, by=officer, at=now), three, by=officer, at=now)
    actions.announce(assembly=question.assembly, by=officer, at=now)
    client.force_login(officer)
    address = reverse("assembly:choose_rule", args=[question.pk])
    assert "이 방법으로 세기" not in read(client, address)
    page = send(
        client, address, rule="phragmen", utility="cost", completion="none", whole_ballots="public"
    )
    question.boxed.refresh_from_db()
    assert question.boxed.rule == "greedy"
    assert "세는 법을 정했습니다." not in page
