from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import ProgrammingError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maeul.core.refusal import Refused
from maeul.ground.district.tests.factories import OtherDongFactory
from maeul.ground.people.tests.factories import holder
from maeul.ground.thread import actions
from maeul.ground.thread.models import Step, Thread
from maeul.ground.thread.rules import Why
from maeul.ground.thread.tests.factories import THEN, step, thread

pytestmark = pytest.mark.django_db


def titles(on, person=None):
    rows = Step.objects.of_matter(Thread.objects.get(pk=on.pk))
    return [row.title for row in rows.visible_to(person or AnonymousUser())]


def test_steps_of_a_joined_thread_are_read_with_the_matter_and_stay_its_own(dong, at):
    mine, other = thread(dong), thread(dong, title="뒷길에 등을")
    step(mine, "내 문장", at=THEN)
    step(other, "다른 문장", link="/agenda/2/", at=THEN + timedelta(hours=1))

    actions.join(thread=other, into=mine, by="system", at=at)

    assert titles(mine) == titles(other) == ["내 문장", "다른 문장"]
    assert other.steps.get().title == "다른 문장"


def test_undoing_a_join_gives_both_matters_their_own_steps_back(dong, at):
    mine, other, third = thread(dong), thread(dong), thread(dong)
    for number, each in enumerate((mine, other, third)):
        step(each, f"문장 {number}", link=f"/agenda/{number}/")
    actions.join(thread=third, into=other, by="system", at=at)
    actions.join(thread=other, into=mine, by="system", at=at)

    actions.part(thread=other, by="system", at=at)

    assert titles(mine) == ["문장 0"]
    assert titles(third) == titles(other) == ["문장 1", "문장 2"]


def test_a_thread_is_joined_into_one_matter_only_and_never_into_its_own(dong, at):
    mine, other, third = thread(dong), thread(dong), thread(dong)
    actions.join(thread=other, into=mine, by="system", at=at)

    with pytest.raises(Refused) as twice:
        actions.join(thread=other, into=third, by="system", at=at)
    with pytest.raises(Refused) as circle:
        actions.join(thread=mine, into=other, by="system", at=at)

    assert twice.value.why == Why.ALREADY_JOINED
    assert circle.value.why == Why.SAME_MATTER


def test_a_step_that_is_not_public_is_seen_by_its_opener_and_the_staff_of_its_dong(
    dong, soonja, minsu, officer, stranger, at
):
    mine = thread(dong, opened_by=soonja)
    other = thread(dong, opened_by=minsu)
    step(other, "거절", public=False)
    actions.join(thread=other, into=mine, by="system", at=at)

    assert titles(mine, minsu) == titles(mine, officer) == ["거절"]
    elsewhere = holder("이웃동", "dong_officer", dong=OtherDongFactory())
    for person in (soonja, stranger, elsewhere, None):
        assert titles(mine, person) == []


@pytest.mark.parametrize("kind", ["mayor_office", "operator", "election_officer"])
def test_a_step_that_is_not_public_is_not_for_those_whose_duty_is_another(dong, minsu, kind):
    mine = thread(dong, opened_by=minsu)
    step(mine, "받음", public=False)
    scope = {"dong": dong} if kind == "election_officer" else {"district": dong.district}
    assert titles(mine, holder("다른 일", kind, **scope)) == []


def test_a_step_can_neither_be_changed_nor_taken_away(dong):
    mine = step(thread(dong))
    for change in (lambda: Step.objects.update(title="다름"), mine.delete):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
    assert Step.objects.get().title == "걸음"


def test_a_thing_made_of_several_names_the_threads_it_came_from(dong):
    one, two = thread(dong), thread(dong)
    plan = thread(dong, title="자치계획", origins=[one, two])
    assert [*plan.origins] == [one, two]
    assert [*one.outcomes] == [plan]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans()), max_size=12))
def test_however_matters_are_joined_and_parted_each_has_one_root_of_its_own_family(dong, at, moves):
    threads = [thread(dong) for _ in range(5)]
    for one, two, joining in moves:
        try:
            if joining:
                actions.join(thread=threads[one], into=threads[two], by="system", at=at)
            else:
                actions.part(thread=threads[one], by="system", at=at)
        except Refused:
            continue
    for row in Thread.objects.filter(pk__in=[t.pk for t in threads]):
        open_join = row.joins.filter(ended_at=None).first()
        expected = open_join.into.root_id if open_join else row.pk
        assert row.root_id == expected


def test_a_thing_that_was_filled_later_names_its_origins_once(dong, at):
    plan, lamp, bench = thread(dong), thread(dong), thread(dong)
    actions.trace(thread=plan, origins=[lamp], by="system", at=at)
    actions.trace(thread=plan, origins=[lamp, bench], by="system", at=at)
    assert [*plan.origins] == [lamp, bench]
    assert [*lamp.outcomes] == [plan]
