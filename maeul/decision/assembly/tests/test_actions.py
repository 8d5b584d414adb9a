from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from maeul.core.refusal import Refused
from maeul.decision.assembly import actions
from maeul.decision.assembly.models import Assembly
from maeul.decision.assembly.rules import Kind, Why
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
from maeul.ground.district.tests.factories import OtherDongFactory
from maeul.ground.notice.models import Announcement
from maeul.ground.people.tests.factories import PersonFactory, holder, resident
from maeul.ground.search.models import Entry
from maeul.ground.thread import actions as threads
from maeul.ground.thread.models import Step
from maeul.vault.ballot import actions as ballot
from maeul.vault.participation.models import Part
from maeul.vault.record.models import Record
from maeul.voice.agenda.tests.factories import item_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


@pytest.fixture
def refused():
    """`with refused(Why.X): …`"""

    def is_refused(why):
        return pytest.raises(Refused, match=f"No\\({why},")

    return is_refused


@pytest.fixture
def three(dong, at):
    """Three matters with what they cost."""
    names = {"그늘 의자": 5_000_000, "밤길 조명": 6_000_000, "골목 화분": 3_000_000}
    return [(matter(name, dong, at=at), cost) for name, cost in names.items()]


def test_the_quorum_comes_from_the_newest_count_and_stays(dong, officer, at):
    count_people(dong, 900, year=2024)
    assembly = convened(dong, by=officer, at=at, people=1001)
    assert (assembly.population, assembly.quorum) == (1001, 6)
    assert assembly.election.quorum == 6
    count_people(dong, 9000, year=2027)
    assembly.refresh_from_db()
    assert assembly.quorum == 6


def test_equal_votes_are_ordered_by_numbers_drawn_in_the_hall_unless_said_otherwise(
    dong, officer, at
):
    assembly = convened(dong, by=officer, at=at)
    assert assembly.election.tie_on == assembly.held_on
    assert "총회장" in assembly.election.tie_source
    other = OtherDongFactory()
    count_people(other)
    lottery = actions.convene(
        dong=other,
        year=2026,
        number=1,
        held_on=assembly.held_on,
        place="한마당",
        tie_source="로또 6/45 1230회",
        tie_on=assembly.held_on + timedelta(days=7),
        by=officer,
        at=at,
    )
    assert lottery.election.tie_source == "로또 6/45 1230회"


def test_a_second_assembly_of_the_year_is_refused_unless_the_first_vote_was_void(
    dong, officer, at, refused
):
    first = convened(dong, by=officer, at=at)
    with refused(Why.ALREADY_CONVENED):
        convened(dong, by=officer, at=at)
    ballot.void(election=first.election, reason="명부가 잘못되었습니다.", by=officer, at=at)
    again = actions.convene(
        dong=dong, year=2026, number=2, held_on=first.held_on, place="한마당", by=officer, at=at
    )
    assert again.number == 2


def test_the_rules_keep_the_limits_they_were_set_under(dong, officer, at, law):
    assembly = ruled(dong, by=officer, at=at)
    assert assembly.state == "rules_frozen"
    assert assembly.rules["law"]["assembly.voting_age"]["value"] == 15
    assert len(assembly.rules_hash) == 64
    law.filter(key="assembly.voting_age").update(value=18)
    [age] = [row for row in assembly.provisions if row.key == "assembly.voting_age"]
    assert age.value == 15
    assert age.article


def test_a_motion_that_fell_or_of_another_council_sets_no_rules(dong, officer, at, refused):
    assembly = convened(dong, by=officer, at=at)
    when = {"opens_at": at + timedelta(days=40), "closes_at": at + timedelta(days=44)}
    fallen = decided_by_plenary(dong, by=officer, at=at, carried=False)
    with refused(Why.MOTION_NOT_CARRIED):
        actions.freeze_rules(assembly=assembly, motion=fallen, by=officer, at=at, **when)
    elsewhere = decided_by_plenary(OtherDongFactory(), by=officer, at=at)
    with refused(Why.MOTION_OF_ANOTHER_BODY):
        actions.freeze_rules(assembly=assembly, motion=elsewhere, by=officer, at=at, **when)


def test_the_database_knows_no_rules_without_a_motion(dong, officer, at):
    assembly = convened(dong, by=officer, at=at)
    with pytest.raises(IntegrityError, match="rules_are_set"), transaction.atomic():
        Assembly.objects.filter(pk=assembly.pk).update(state="rules_frozen")


def test_an_item_put_on_the_ballot_is_tabled_and_taken_out_it_is_drafted_again(dong, officer, at):
    items = [item_in(dong, "drafted", title=name) for name in ("긴 의자", "밝은 등")]
    assembly = ruled(dong, by=officer, at=at)
    costs = [(item.thread, 3_000_000) for item in items]
    question = budget_question(assembly, costs, by=officer, at=at)
    for item in items:
        item.refresh_from_db()
        assert item.state == "tabled"
    actions.take_out(question=question, by=officer, at=at)
    for item in items:
        item.refresh_from_db()
        assert item.state == "drafted"
    assert not assembly.election.questions.exists()


def test_an_item_that_stands_in_no_plan_is_not_put(dong, officer, at, refused, three):
    assembly = ruled(dong, by=officer, at=at)
    loose = item_in(dong, "reviewed")
    with refused(Why.NOT_DRAFTED):
        budget_question(assembly, [*three, (loose.thread, 1_000_000)], by=officer, at=at)


def test_a_matter_taken_out_of_one_question_stays_tabled_by_another(dong, officer, at):
    items = [item_in(dong, "drafted", title=name) for name in ("긴 의자", "밝은 등")]
    whole = threads.open(
        title="자치계획", dong=dong, by=officer, at=at, origins=[item.thread for item in items]
    )
    assembly = ruled(dong, by=officer, at=at)
    how = {"assembly": assembly, "by": officer, "at": at}
    yes_no = actions.put(kind="yes_no", title="계획을 받아들일까요?", thread=whole, **how)
    costs = [(item.thread, 3_000_000) for item in items]
    budget_question(assembly, costs, by=officer, at=at)
    actions.take_out(question=yes_no, by=officer, at=at)
    items[0].refresh_from_db()
    assert items[0].state == "tabled"


def test_the_roll_holds_who_is_verified_here_and_old_enough_on_the_day(dong, officer, at):
    assembly = ruled(dong, by=officer, at=at)
    day = assembly.held_on
    resident("열다섯", dong, born_on=day.replace(year=day.year - 15))
    resident("하루모자람", dong, born_on=day.replace(year=day.year - 15) + timedelta(days=1))
    resident("일터", dong, kind="worker")
    resident("다른동", OtherDongFactory())
    PersonFactory(name="확인전")
    assert actions.build_roll(assembly=assembly, by=officer, at=at) == 2
    names = assembly.election.electors.order_by("number").values_list("name", flat=True)
    assert sorted(names) == ["열다섯", "일터"]
    assert actions.build_roll(assembly=assembly, by=officer, at=at) == 0


def test_the_two_officers_come_from_council_and_office(dong, officer, at, refused):
    assembly = ruled(dong, by=officer, at=at)
    chair, clerk = officers_of(dong, officer)
    how = {"assembly": assembly, "by": officer, "at": at}
    with refused(Why.OFFICERS_UNFIT):
        actions.name_officers(from_council=clerk, from_office=clerk, **how)
    with refused(Why.OFFICERS_UNFIT):
        actions.name_officers(from_council=chair, from_office=chair, **how)
    elsewhere = holder("옆동", "election_officer", dong=OtherDongFactory())
    with refused(Why.OFFICERS_UNFIT):
        actions.name_officers(from_council=elsewhere, from_office=clerk, **how)
    actions.name_officers(from_council=chair, from_office=clerk, **how)
    named = assembly.election.officers.order_by("pk")
    assert [(one.person, one.from_council) for one in named] == [(chair, True), (clerk, False)]


def test_the_announcement_tells_the_dong_and_every_matter_and_is_found(dong, officer, at, three):
    assembly = ruled(dong, by=officer, at=at)
    budget_question(assembly, three, by=officer, at=at)
    assert not Step.objects.filter(thread=assembly.thread, public=True).exists()
    assembly = actions.announce(assembly=assembly, by=officer, at=at)
    assert assembly.is_public
    assert Announcement.objects.get(link=assembly.get_absolute_url()).dong == dong
    for one, _cost in three:
        step = Step.objects.get(thread=one)
        assert (step.step, step.public) == ("assembly.announce", True)
    assert Entry.objects.finding("밤길").get().link == assembly.get_absolute_url()


def test_one_event_is_one_step_an_items_own_step_tells_that_it_was_put_and_decided(
    dong, officer, at
):
    items = [item_in(dong, "drafted", title=name) for name in ("긴 의자", "밝은 등")]
    costs = [(item.thread, 3_000_000) for item in items]
    choices = [{"q1": [1]}] * 4 + [{"q1": [1, 2]}]
    assembly = held(dong, officer=officer, at=at, choices=choices, matters=costs, limit=5_000_000)
    for item, votes in zip(items, ("5표", "1표"), strict=True):
        steps = list(Step.objects.filter(thread=item.thread).order_by("pk"))[-2:]
        assert [step.step for step in steps] == ["agenda.tabled", "agenda.decided"]
        assert steps[-1].link == assembly.get_absolute_url()
        assert steps[-1].text.startswith(f"{votes}를 받았습니다. ")


def test_a_question_about_the_assembly_itself_is_announced_once(dong, officer, at):
    assembly = ruled(dong, by=officer, at=at)
    how = {"kind": Kind.YES_NO, "title": "총회를 한 해에 두 번 열까요?", "by": officer, "at": at}
    actions.put(assembly=assembly, thread=assembly.thread, **how)
    actions.announce(assembly=assembly, by=officer, at=at)
    steps = Step.objects.filter(thread=assembly.thread, step="assembly.announce")
    assert [step.title for step in steps] == ["주민총회를 공고했습니다"]


def test_announced_a_day_late_is_refused_and_names_the_last_day(dong, officer, at, three, refused):
    day = timezone.localdate(at) + timedelta(days=30)
    assembly = ruled(dong, by=officer, at=at, held_on=day)
    budget_question(assembly, three, by=officer, at=at)
    with refused(Why.ANNOUNCED_TOO_LATE):
        actions.announce(assembly=assembly, by=officer, at=at + timedelta(days=1))
    actions.announce(assembly=assembly, by=officer, at=at)


def test_a_whole_assembly_chooses_by_votes_within_the_money(dong, officer, at, three):
    """Six people, 10,000,000 won: the bench (5 votes, 5 M) first; the lamps (4 votes, 6 M) do not
    fit any more; the pots (1 vote, 3 M) do."""
    choices = [{"q1": [1, 2]}] * 4 + [{"q1": [1, 3]}, {"q1": []}]
    assembly = held(dong, officer=officer, at=at, choices=choices, matters=three)
    question = assembly.questions.get()
    assert question.is_published
    assert assembly.quorum_met
    outcomes = question.outcomes()
    assert [(one.title, one.votes, one.chosen, one.cost_won) for one in outcomes] == [
        ("그늘 의자", 5, True, 5_000_000),
        ("골목 화분", 1, True, 3_000_000),
        ("밤길 조명", 4, False, 6_000_000),
    ]
    assert "100만원" in outcomes[2].sentence
    assert outcomes[0].thread == three[0][0]


def test_the_result_tells_thread_trail_register_and_who_gave_time(dong, officer, at, three):
    choices = [{"q1": [1]}] * 5 + [{"q1": [2]}]
    assembly = held(dong, officer=officer, at=at, choices=choices, matters=three)
    last = Step.objects.filter(thread=assembly.thread).latest("pk")
    assert last.title == "주민 6명이 투표해 1가지를 정했습니다"
    won = Step.objects.get(thread=three[0][0], step="assembly.announce_result")
    assert (won.state, won.public) == ("선정", True)
    assert Record.objects.get(kind="assembly_result").name.endswith("-2026-1")
    parts = Part.objects.filter(kind="voting")
    assert {part.person.name for part in parts} == {f"이웃{n}" for n in range(1, 7)}
    assert {part.source for part in parts} == {f"assembly.Assembly:{assembly.pk}"}


def test_one_vote_short_of_the_quorum_nothing_is_chosen_and_items_may_come_again(dong, officer, at):
    items = [item_in(dong, "drafted", title=name) for name in ("긴 의자", "밝은 등")]
    costs = [(item.thread, 3_000_000) for item in items]
    assembly = held(dong, officer=officer, at=at, choices=[{"q1": [1]}] * 4, matters=costs)
    assert assembly.quorum == 5
    assert not assembly.quorum_met
    outcomes = assembly.questions.get().outcomes()
    assert [one.chosen for one in outcomes] == [False, False]
    assert "정족수" in outcomes[0].sentence
    items[0].refresh_from_db()
    assert (items[0].state, items[0].outcome) == ("decided", "again")


def test_with_exactly_the_quorum_it_is_decided(dong, officer, at):
    items = [item_in(dong, "drafted", title=name) for name in ("긴 의자", "밝은 등")]
    costs = [(items[0].thread, 3_000_000), (items[1].thread, 8_000_000)]
    assembly = held(dong, officer=officer, at=at, choices=[{"q1": [1]}] * 5, matters=costs)
    assert assembly.quorum_met
    for item in items:
        item.refresh_from_db()
    assert [item.outcome for item in items] == ["chosen", "not_chosen"]


def test_a_plan_and_its_items_are_asked_apart_and_choose_apart(dong, officer, at):
    """Yes to the whole; of its three items two have a line of their own, the third shares."""
    items = [item_in(dong, "drafted", title=name) for name in ("의자", "등불", "화분")]
    whole = threads.open(
        title="자치계획", dong=dong, by=officer, at=at, origins=[item.thread for item in items]
    )
    neighbours(dong, 5)
    assembly = ruled(dong, by=officer, at=at)
    how = {"assembly": assembly, "by": officer, "at": at}
    actions.put(kind="yes_no", title="계획을 받아들일까요?", thread=whole, **how)
    actions.put(
        kind="choose",
        title="먼저 할 일은?",
        options=[(item.thread, item.title, None) for item in items[:2]],
        at_most=1,
        **how,
    )
    assembly = opened_poll(assembly, officer=officer, at=at)
    cast(assembly, [{"q1": [1], "q2": [2]}] * 3 + [{"q1": [2], "q2": [1]}, {"q1": [], "q2": [2]}])
    assembly = published(assembly)
    assert assembly.questions.in_order()[0].outcomes() == []
    assembly = actions.announce_result(
        assembly=assembly, by=officer, at=assembly.election.closes_at
    )
    plan, first = assembly.questions.in_order()
    [yes] = plan.outcomes()
    assert (yes.thread, yes.votes, yes.chosen) == (whole, 3, True)
    assert [one.title for one in first.outcomes() if one.chosen] == ["등불"]
    for item in items:
        item.refresh_from_db()
    assert [item.outcome for item in items] == ["not_chosen", "chosen", "chosen"]


def test_half_of_those_who_came_is_not_a_majority(dong, officer, at):
    whole = matter("자치계획", dong, at=at)
    neighbours(dong, 6)
    assembly = ruled(dong, by=officer, at=at)
    actions.put(
        assembly=assembly, kind="yes_no", title="받아들일까요?", thread=whole, by=officer, at=at
    )
    assembly = opened_poll(assembly, officer=officer, at=at)
    cast(assembly, [{"q1": [1]}] * 3 + [{"q1": [2]}] * 2 + [{"q1": []}])
    assembly = published(assembly)
    assembly = actions.announce_result(
        assembly=assembly, by=officer, at=assembly.election.closes_at
    )
    [yes] = assembly.questions.get().outcomes()
    assert (yes.votes, yes.chosen) == (3, False)


def test_nothing_is_announced_before_the_two_officers_published(dong, officer, at, three, refused):
    neighbours(dong, 5)
    assembly = ruled(dong, by=officer, at=at)
    budget_question(assembly, three, by=officer, at=at)
    assembly = opened_poll(assembly, officer=officer, at=at)
    with refused(Why.NOT_PUBLISHED):
        actions.announce_result(assembly=assembly, by=officer, at=at)
    assert assembly.questions.get().outcomes() == []


def test_minutes_are_published_once_after_the_result(dong, officer, at, three, refused):
    assembly = held(dong, officer=officer, at=at, choices=[{"q1": [1]}] * 5, matters=three)
    how = {"by": officer, "at": assembly.election.closes_at}
    with refused(Why.TEXT_MISSING):
        actions.publish_minutes(assembly=assembly, text=" ", **how)
    assembly = actions.publish_minutes(assembly=assembly, text="열고 듣고 정했습니다.", **how)
    assert assembly.state == "minutes_published"
    assert Record.objects.filter(kind="assembly_minutes", public=True).exists()
    with refused(Why.NOT_NOW):
        actions.publish_minutes(assembly=assembly, text="다시", **how)


def test_the_next_act_waits_for_the_dongs_staff_only(dong, officer, secretary, at, three):
    assembly = convened(dong, by=officer, at=at)
    [duty] = Assembly.objects.waiting_for(secretary)
    assert duty.next_act == "투표 규칙 정하기"
    assert duty.due_on == assembly.held_on - timedelta(days=30)
    assert Assembly.objects.waiting_for(holder("옆동", "secretary", dong=OtherDongFactory())) == []
    assert Assembly.objects.waiting_for(PersonFactory()) == []
