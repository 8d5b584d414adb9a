from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from maeul.core.refusal import Refused
from maeul.council.meeting.tests.factories import joint_meeting, plenary
from maeul.decision.assembly import actions as assembly_actions
from maeul.decision.assembly.tests import factories as assemblies
from maeul.decision.budget.tests.factories import appropriation, open_round
from maeul.decision.plan import actions
from maeul.decision.plan.models import Plan
from maeul.decision.plan.rules import Why
from maeul.decision.plan.tests.factories import (
    LINES,
    adopted,
    decided,
    drawn_up,
    filled,
    replied,
    submitted,
    tabled,
    voted,
)
from maeul.ground.district.tests.factories import DistrictFactory, OtherDongFactory
from maeul.ground.notice.models import Message
from maeul.ground.people.tests.factories import PersonFactory, holder
from maeul.ground.search.models import Entry
from maeul.ground.thread.models import Step
from maeul.vault.ballot import actions as ballot
from maeul.vault.record.models import Record
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.agenda.tests.factories import item_in
from maeul.voice.review.tests.factories import answered, asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


@pytest.fixture
def refused():
    def is_refused(why):
        return pytest.raises(Refused, match=f"No\\({why},")

    return is_refused


@pytest.fixture
def mayor_office(dong):
    return holder("구청장실", "mayor_office", district=DistrictFactory())


def state_of(item):
    return AgendaItem.objects.get(pk=item.pk).state


def test_a_reviewed_item_is_drafted_when_it_is_taken_in_and_reviewed_again_when_dropped(
    dong, secretary, at
):
    plan = drawn_up(dong, by=secretary, at=at)
    item = item_in(dong, "reviewed", title="그늘 의자")
    row = actions.add_item(plan=plan, item=item, lines=LINES, by=secretary, at=at)
    assert state_of(item) == "drafted"
    assert (row.title, row.won) == ("그늘 의자", 4_000_000)
    assert plan.items.with_costs().get().cost_won == 4_000_000
    actions.drop_item(plan_item=row, by=secretary, at=at)
    assert state_of(item) == "reviewed"
    assert not plan.items.exists()


def test_department_and_cost_come_from_the_newest_review(dong, secretary, at):
    review = answered(
        dong,
        "adjust",
        review=asked(dong, item=item_in(dong), cost_won=9_000_000),
        reason="줄여서 할 수 있습니다.",
        adjusted_cost_won=7_000_000,
    )
    plan = drawn_up(dong, by=secretary, at=at)
    item = AgendaItem.objects.get(pk=review.item_id)
    row = actions.add_item(plan=plan, item=item, by=secretary, at=at)
    assert row.department == review.department
    assert row.won == 7_000_000


def test_an_item_that_no_department_has_reviewed_is_refused(dong, secretary, at, refused):
    plan = drawn_up(dong, by=secretary, at=at)
    with refused(Why.NOT_REVIEWED):
        actions.add_item(plan=plan, item=item_in(dong), lines=LINES, by=secretary, at=at)
    other = item_in(OtherDongFactory(), "reviewed")
    with refused(Why.OTHER_DONG):
        actions.add_item(plan=plan, item=other, lines=LINES, by=secretary, at=at)


def test_lines_are_replaced_as_a_whole(dong, secretary, at, refused):
    plan = filled(dong, by=secretary, at=at, titles=["긴 의자"])
    row = plan.items.get()
    actions.set_lines(plan_item=row, lines=[("작은 의자", 500_000, 4)], by=secretary, at=at)
    assert plan.items.with_costs().get().cost_won == 2_000_000
    with refused(Why.LINE_INCOMPLETE):
        actions.set_lines(plan_item=row, lines=[("의자", 0, 4)], by=secretary, at=at)
    assert plan.items.with_costs().get().cost_won == 2_000_000


def test_a_second_plan_of_the_year_is_refused(dong, secretary, at, refused):
    drawn_up(dong, by=secretary, at=at)
    with refused(Why.ALREADY_DRAWN_UP):
        drawn_up(dong, by=secretary, at=at)
    assert drawn_up(dong, by=secretary, at=at, year=2028).year == 2028


def test_a_plan_comes_onto_the_list_of_its_plenary_by_its_thread(dong, secretary, at, refused):
    plan = filled(dong, by=secretary, at=at)
    meeting = plenary(dong, by=secretary, at=at)
    topic = actions.bring_to_plenary(plan=plan, meeting=meeting, by=secretary, at=at)
    assert topic.thread == plan.thread
    with refused(Why.MOTION_OF_ANOTHER_BODY):
        actions.bring_to_plenary(
            plan=plan, meeting=joint_meeting(dong, by=secretary, at=at), by=secretary, at=at
        )


def test_a_motion_about_something_else_adopts_nothing(dong, secretary, at, refused):
    plan = filled(dong, by=secretary, at=at)
    motion = assemblies.decided_by_plenary(dong, by=secretary, at=at, text="간식을 산다")
    with refused(Why.MOTION_OF_ANOTHER_MATTER):
        actions.adopt(plan=plan, motion=motion, by=secretary, at=at)


def test_the_adopted_plan_is_public_names_its_origins_and_does_not_change(
    dong, secretary, at, refused
):
    plan = filled(dong, by=secretary, at=at)
    assert not Step.objects.filter(thread=plan.thread, public=True).exists()
    motion = assemblies.decided_by_plenary(dong, by=secretary, at=at, matter=plan.thread)
    plan = actions.adopt(plan=plan, motion=motion, by=secretary, at=at)
    rows = list(plan.items.in_order())
    assert [*plan.thread.origins] == [row.thread for row in rows]
    assert [*AgendaItem.objects.behind(plan.thread).order_by("pk")] == [row.item for row in rows]
    for row in rows:
        step = Step.objects.get(thread=row.thread, step="plan.adopt")
        assert (step.public, step.link) == (True, row.get_absolute_url())
    assert Entry.objects.get(link=plan.get_absolute_url()).cost_won == 8_000_000
    assert Record.objects.filter(kind="plan").exists()
    with refused(Why.NOT_NOW):
        actions.set_lines(plan_item=rows[0], lines=LINES, by=secretary, at=at)
    with refused(Why.NOT_NOW):
        actions.drop_item(plan_item=rows[0], by=secretary, at=at)


def test_an_item_without_costs_keeps_the_plan_from_being_adopted(dong, secretary, at, refused):
    plan = drawn_up(dong, by=secretary, at=at)
    actions.add_item(plan=plan, item=item_in(dong, "reviewed"), by=secretary, at=at)
    motion = assemblies.decided_by_plenary(dong, by=secretary, at=at, matter=plan.thread)
    with refused(Why.COSTS_MISSING):
        actions.adopt(plan=plan, motion=motion, by=secretary, at=at)


def test_the_tabled_plan_asks_for_or_against_and_its_items_are_tabled(dong, officer, at, refused):
    plan = tabled(dong, officer=officer, at=at)
    assert plan.question.kind == "yes_no"
    assert plan.question.title == "2027년 독산1동 자치계획을 받아들일까요?"
    assert {state_of(row.item) for row in plan.items.in_order()} == {"tabled"}
    with refused(Why.ALREADY_ASKED):
        actions.table(plan=plan, assembly=plan.question.assembly, by=officer, at=at)


def test_a_plan_whose_question_was_taken_out_is_tabled_again(dong, officer, at):
    plan = tabled(dong, officer=officer, at=at)
    assembly = plan.question.assembly
    assembly_actions.take_out(question=plan.question, by=officer, at=at)
    plan.refresh_from_db()
    assert {state_of(row.item) for row in plan.items.in_order()} == {"drafted"}
    plan = actions.table(plan=plan, assembly=assembly, by=officer, at=at)
    assert plan.is_asked


def test_a_plan_whose_vote_was_void_is_tabled_again(dong, officer, at):
    plan = tabled(dong, officer=officer, at=at)
    first = plan.question.assembly
    ballot.void(election=first.election, reason="명부가 잘못되었습니다.", by=officer, at=at)
    again = assembly_actions.convene(
        dong=dong, year=2026, number=2, held_on=first.held_on, place="한마당", by=officer, at=at
    )
    plan = actions.table(plan=Plan.objects.get(), assembly=again, by=officer, at=at)
    assert plan.question.assembly == again


def test_items_are_put_within_a_round_at_what_their_lines_cost(dong, officer, at, refused):
    plan = tabled(dong, officer=officer, at=at)
    round = open_round(appropriation(30_000_000, dong=dong))
    how = {"plan": plan, "assembly": plan.question.assembly, "by": officer, "at": at}
    how["items"] = list(plan.items.in_order())
    round = actions.ask_for_money(round=round, at_most=1, **how)
    options = round.question.boxed.options.order_by("number")
    assert [(one.title, one.cost) for one in options] == [
        ("긴 의자", 4_000_000),
        ("밝은 등", 4_000_000),
    ]
    assert round.question.limit_won == 30_000_000
    elsewhere = OtherDongFactory()
    with refused(Why.ROUND_OF_ANOTHER_DONG):
        actions.ask_for_money(
            round=open_round(appropriation(dong=elsewhere), dong=elsewhere), **how
        )


def test_a_plan_that_passes_as_a_whole_is_approved_and_due_within_a_month(dong, officer, at):
    plan = decided(dong, officer=officer, at=at)
    assert plan.state == "approved"
    announced = plan.question.assembly.held_on
    assert announced == date(2026, 6, 26)
    assert plan.submit_by == date(2026, 7, 26)
    assert plan.kept["plan.submit_months"]["value"] == 1
    assert plan.items.chosen().count() == 2


def test_a_plan_of_which_one_item_lost_its_own_vote_passes_partly(dong, officer, at):
    plan = decided(dong, officer=officer, at=at, first=2)
    assert plan.state == "partly"
    assert [row.title for row in plan.items.chosen()] == ["밝은 등"]


def test_a_plan_the_assembly_turned_down_leaves_room_for_another(dong, officer, at, refused):
    plan = decided(dong, officer=officer, at=at, yes=2, no=3)
    assert plan.state == "rejected"
    assert plan.submit_by is None
    with refused(Why.NOT_NOW):
        actions.submit(plan=plan, by=officer, at=at)
    assert drawn_up(dong, by=officer, at=at).state == "drafted"


def test_the_result_is_not_taken_before_it_is_announced(dong, officer, at, refused):
    plan = tabled(dong, officer=officer, at=at)
    with refused(Why.RESULT_NOT_OUT):
        actions.take_result(plan=plan, by=officer, at=at)


def test_the_mayors_office_hears_of_the_plan_and_has_a_month(dong, officer, at, mayor_office):
    holder("다른구", "mayor_office", district=DistrictFactory(code="1111000000", name="다른구"))
    plan = submitted(dong, officer=officer, at=at)
    assert (plan.state, plan.reply_by) == ("submitted", date(2026, 7, 29))
    told = Message.objects.filter(link=plan.get_absolute_url())
    assert [message.person for message in told] == [mayor_office]
    [duty] = Plan.objects.waiting_for(mayor_office)
    assert (duty.next_act, duty.due_on) == ("사업마다 답하기", date(2026, 7, 29))


def test_the_mayor_answers_item_by_item_and_with_the_last_the_plan_is_answered(
    dong, officer, at, mayor_office, refused
):
    author = PersonFactory()
    plan = submitted(dong, officer=officer, at=at)
    first, second = plan.items.in_order()
    AgendaItem.objects.filter(pk=first.item_id).update(author=author)
    then = plan.submitted_at + timedelta(days=5)
    how = {"by": mayor_office, "at": then}
    with refused(Why.REASON_MISSING):
        actions.reply(plan_item=first, verdict="partial", **how)
    row = actions.reply(
        plan_item=first,
        verdict="partial",
        reason="두 곳을 먼저 합니다.",
        budget_won=2_000_000,
        **how,
    )
    assert (row.verdict, row.reply_budget_won) == ("partial", 2_000_000)
    step = Step.objects.get(thread=first.thread, step="plan.reply")
    assert (step.state, step.public, step.text) == ("일부 반영", True, "두 곳을 먼저 합니다.")
    assert Message.objects.filter(person=author, title__contains="일부 반영").exists()
    plan.refresh_from_db()
    assert plan.state == "submitted"
    with refused(Why.ALREADY_REPLIED):
        actions.reply(plan_item=first, verdict="accepted", **how)
    actions.reply(plan_item=second, verdict="accepted", **how)
    plan.refresh_from_db()
    assert plan.state == "replied"
    assert Plan.objects.waiting_for(mayor_office) == []


def test_what_the_assembly_did_not_choose_is_not_answered(dong, officer, at, mayor_office, refused):
    plan = submitted(dong, officer=officer, at=at, first=2)
    lost, won = plan.items.in_order()
    how = {"by": mayor_office, "at": plan.submitted_at}
    with refused(Why.NOT_CHOSEN):
        actions.reply(plan_item=lost, verdict="accepted", **how)
    actions.reply(plan_item=won, verdict="accepted", **how)
    plan.refresh_from_db()
    assert plan.state == "replied"


def test_the_plan_is_in_force_until_the_day_before_the_next_assembly(
    dong, officer, at, mayor_office, refused
):
    plan = replied(dong, officer=officer, at=at, by=mayor_office)
    plan = actions.take_effect(plan=plan, by=officer, at=plan.replied_at)
    assert (plan.state, plan.last_day) == ("in_force", None)
    assemblies.count_people(dong, year=2027)
    next_one = assembly_actions.convene(
        dong=dong,
        year=2027,
        number=1,
        held_on=date(2027, 5, 15),
        place="한마당",
        by=officer,
        at=plan.replied_at,
    )
    on_the_eve = next_one.election.drafted_at.replace(year=2027, month=5, day=14)
    with refused(Why.STILL_IN_FORCE):
        actions.expire(plan=plan, by=officer, at=on_the_eve)
    plan = actions.expire(plan=plan, by=officer, at=on_the_eve + timedelta(days=1))
    assert (plan.state, plan.in_force_until) == ("expired", date(2027, 5, 14))


def test_the_next_act_waits_for_the_dongs_staff(dong, officer, secretary, at, mayor_office):
    plan = adopted(dong, by=secretary, at=at)
    [duty] = Plan.objects.waiting_for(secretary)
    assert (duty.next_act, duty.link) == ("주민총회에 올리기", plan.get_absolute_url())
    assert Plan.objects.waiting_for(mayor_office) == []
    assert Plan.objects.waiting_for(holder("옆동", "secretary", dong=OtherDongFactory())) == []


def test_while_the_assembly_decides_nobody_is_waited_for(dong, officer, secretary, at):
    tabled(dong, officer=officer, at=at)
    assert Plan.objects.waiting_for(secretary) == []


def test_when_the_result_is_out_it_waits_to_be_taken_over(dong, officer, secretary, at):
    voted(dong, officer=officer, at=at)
    [duty] = Plan.objects.waiting_for(secretary)
    assert duty.next_act == "총회 결과 받기"


def test_the_database_knows_no_adoption_without_its_motion(dong, secretary, at):
    plan = filled(dong, by=secretary, at=at)
    with pytest.raises(IntegrityError, match="adopted_by_a_motion"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(state="adopted")
