"""The council hands the plan in within a month, the mayor answers within a month: both are told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from maeul.decision.plan import actions, tasks
from maeul.decision.plan.models import Plan
from maeul.decision.plan.tests.factories import decided, submitted
from maeul.ground.district.tests.factories import DistrictFactory
from maeul.ground.notice.models import Message
from maeul.ground.people.tests.factories import holder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


@pytest.fixture
def mayor_office(dong):
    return holder("구청장실", "mayor_office", district=DistrictFactory())


def reminded(plan, day):
    """Whether anybody was told."""
    at = timezone.make_aware(
        timezone.datetime.combine(day, timezone.datetime.min.time())
    ) + timedelta(hours=9)
    return actions.remind(plan=plan, by="system", at=at) > 0


def test_the_dongs_staff_is_told_a_week_before_on_the_day_and_every_week_after_once_each(
    dong, officer, secretary, at
):
    plan = decided(dong, officer=officer, at=at)
    due, week = plan.submit_by, timedelta(days=7)
    days = [due - week - timedelta(days=1), due - week, due - timedelta(days=1), due, due]
    assert [reminded(plan, day) for day in days] == [False, True, False, True, False]
    later = [reminded(plan, due + timedelta(days=late)) for late in (6, 7, 8, 14)]
    assert later == [False, True, False, True]
    late = Message.objects.filter(person=secretary, title__contains="7일 지났습니다")
    assert late.get().link == plan.get_absolute_url()


def test_a_machine_that_slept_tells_once_of_what_was_missed(dong, officer, at):
    plan = decided(dong, officer=officer, at=at)
    late = plan.submit_by + timedelta(days=30)
    assert [reminded(plan, late), reminded(plan, late)] == [True, False]


def test_the_mayors_office_is_told_of_its_deadline_and_while_it_is_late_the_dong_too(
    dong, officer, at, mayor_office
):
    plan = submitted(dong, officer=officer, at=at)
    due = plan.reply_by
    before = Message.objects.filter(person=officer).count()
    assert reminded(plan, due - timedelta(days=7))
    assert reminded(plan, due)
    assert Message.objects.filter(person=officer).count() == before
    assert reminded(plan, due + timedelta(days=7))
    for person in (mayor_office, officer):
        assert Message.objects.filter(
            person=person, title__contains="구청장이 답할 기한이 7일 지났습니다"
        ).exists()


def test_the_two_deadlines_are_told_of_apart(dong, officer, at, mayor_office):
    plan = decided(dong, officer=officer, at=at)
    assert reminded(plan, plan.submit_by)
    plan = actions.submit(plan=plan, by=officer, at=at + timedelta(days=60))
    assert plan.reminded_on is None


def test_a_late_plan_says_so_to_everybody(client, dong, officer, at, mayor_office):
    plan = submitted(dong, officer=officer, at=at)
    today = timezone.localdate()
    Plan.objects.filter(pk=plan.pk).update(reply_by=today)
    assert "늦어지고" not in client.get(plan.get_absolute_url()).content.decode()
    Plan.objects.filter(pk=plan.pk).update(reply_by=today - timedelta(days=3))
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "구청장의 답이 늦어지고 있습니다" in page
    assert "3일 늦었습니다" in page
    [duty] = Plan.objects.waiting_for(mayor_office)
    assert duty.due_on == today - timedelta(days=3)


def test_every_morning_every_plan_with_a_deadline_is_looked_at(dong, officer, at):
    plan = decided(dong, officer=officer, at=at)
    Plan.objects.filter(pk=plan.pk).update(submit_by=timezone.localdate())
    tasks.remind_of_deadlines(0)
    plan.refresh_from_db()
    assert plan.reminded_on == timezone.localdate()
