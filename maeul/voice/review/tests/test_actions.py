from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from maeul.core.refusal import Refused
from maeul.ground.audit.models import Act
from maeul.ground.district.tests.factories import department
from maeul.ground.notice.models import Message
from maeul.ground.search.models import Entry
from maeul.ground.thread.models import Step
from maeul.voice.agenda.rules import State as ItemState
from maeul.voice.agenda.tests.factories import item_in
from maeul.voice.review import access, actions
from maeul.voice.review.models import Review
from maeul.voice.review.rules import State, Why
from maeul.voice.review.tests.factories import answered, asked, reviewer_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


def refused(act, **how):
    with pytest.raises(Refused) as no:
        act(**how)
    return no.value.why


def state_of(item):
    item.refresh_from_db()
    return item.state


def heard(person):
    return [message.title for message in Message.objects.inbox(person)]


@pytest.fixture
def roads():
    return department("도로과", "roads")


@pytest.fixture
def parks():
    return department("공원녹지과", "parks")


def test_asking_brings_the_item_into_review_and_tells_the_departments_reviewers(
    soonja, dong, roads, parks, officer, at
):
    reviewer, other = reviewer_of(roads), reviewer_of(parks)
    item = item_in(dong, author=soonja)
    review = actions.ask(item=item, department=roads, question="되나요?", by=officer, at=at)
    assert state_of(item) == ItemState.IN_REVIEW
    assert review.due_on == date(2026, 5, 26)  # fourteen days
    assert review.kept["review.answer_days"]["value"] == 14
    assert heard(reviewer) == ["새로 검토할 의제가 왔습니다"]
    assert heard(other) == []
    assert heard(soonja)[0] == "구청 부서가 의제를 검토합니다"
    assert Act.objects.on(review).get().verb == "review.asked"


def test_the_same_department_is_not_asked_twice_at_a_time(dong, roads, officer, at):
    review = asked(dong, department=roads)
    again = {"item": review.item, "department": roads, "question": "또?", "by": officer, "at": at}
    assert refused(actions.ask, **again) == Why.ALREADY_ASKED
    answered(dong, review=review)
    assert actions.ask(**again).state == State.ASKED


def test_nobody_is_asked_about_what_is_not_public_or_already_drafted(dong, roads, officer, at):
    how = {"department": roads, "question": "되나요?", "by": officer, "at": at}
    for state in (ItemState.CAPTURED, ItemState.DRAFTED):
        assert refused(actions.ask, item=item_in(dong, state), **how) == Why.NOT_UP_FOR_REVIEW


def test_the_answer_is_public_told_and_hands_the_item_back(soonja, dong, roads, officer, at):
    item = item_in(dong, author=soonja)
    review = actions.ask(
        item=item,
        department=roads,
        question="되나요?",
        cost_won=12_000_000,
        by=officer,
        at=at,
    )
    actions.answer(
        review=review,
        verdict="adjust",
        reason="담장에 다는 낮은 등은 됩니다.",
        adjusted_cost_won=8_400_000,
        concerns=["upkeep"],
        by=reviewer_of(roads),
        at=at,
    )
    assert state_of(item) == ItemState.REVIEWED
    assert Review.objects.cost_of(item) == 8_400_000
    step = (
        Step.objects.of_matter(item.thread).visible_to(AnonymousUser()).get(step="review.answered")
    )
    assert step.title == "도로과가 ‘고쳐서 할 수 있다’고 답했습니다"
    assert "840만원" in step.text
    assert heard(officer) == ["도로과가 ‘고쳐서 할 수 있다’고 답했습니다"]
    assert "낮은 등은 됩니다" in Message.objects.inbox(soonja).first().text
    entry = Entry.objects.of_kind("review").get()
    assert (entry.department, entry.cost_won) == (roads, 8_400_000)
    assert Entry.objects.finding("낮은 등은").get() == entry


def test_the_item_waits_for_the_last_of_several_departments(soonja, dong, roads, parks):
    one = asked(dong, department=roads, item=item_in(dong, author=soonja))
    two = asked(dong, department=parks, item=one.item)
    answered(dong, review=one)
    assert state_of(one.item) == ItemState.IN_REVIEW
    answered(dong, "infeasible", review=two, reason="나무를 베어야 합니다.")
    assert state_of(one.item) == ItemState.REVIEWED
    last = Message.objects.inbox(soonja).first().text
    assert "도로과가" in last
    assert "나무를 베어야 합니다." in last


def test_a_transfer_opens_the_review_of_the_right_department_with_days_of_its_own(
    dong, roads, parks, officer, at
):
    gardener = reviewer_of(parks)
    review = asked(dong, department=roads)
    later = at + timedelta(days=5)
    actions.answer(
        review=review,
        verdict="transfer",
        reason="공원 안의 길입니다.",
        to=parks,
        by=reviewer_of(roads),
        at=later,
    )
    review.refresh_from_db()
    assert review.state == State.TRANSFERRED
    following = review.transferred_to
    assert (following.department, following.question) == (parks, review.question)
    assert following.due_on == later.date() + timedelta(days=14)
    assert heard(gardener) == ["새로 검토할 의제가 왔습니다"]
    assert state_of(review.item) == ItemState.IN_REVIEW
    answered(dong, review=following, at=later)
    assert state_of(review.item) == ItemState.REVIEWED


def test_a_transfer_without_its_department_or_into_a_circle_is_refused(dong, roads, parks, at):
    review = asked(dong, department=roads)
    asked(dong, department=parks, item=review.item)
    how = {
        "review": review,
        "verdict": "transfer",
        "reason": "다른 부서의 일",
        "by": reviewer_of(roads),
        "at": at,
    }
    assert refused(actions.answer, **how) == Why.DEPARTMENT_MISSING
    assert refused(actions.answer, to=roads, **how) == Why.SAME_DEPARTMENT
    assert refused(actions.answer, to=parks, **how) == Why.THERE_ALREADY
    review.refresh_from_db()
    assert review.state == State.ASKED


def test_an_answer_is_given_once(dong, roads, at):
    review = answered(dong)
    how = {"review": review, "verdict": "feasible", "by": reviewer_of(roads), "at": at}
    assert refused(actions.answer, **how) == Why.ALREADY_ANSWERED


def test_a_reviewer_does_not_judge_their_own_item(dong, roads, at):
    reviewer = reviewer_of(roads)
    review = asked(dong, department=roads, item=item_in(dong, author=reviewer))
    assert refused(actions.answer, review=review, verdict="feasible", by=reviewer, at=at) == (
        Why.OWN_ITEM
    )


def test_taking_back_the_only_question_brings_the_item_back(dong, officer, at):
    review = asked(dong)
    actions.withdraw(review=review, by=officer, at=at)
    assert state_of(review.item) == ItemState.TRIAGED
    assert not Entry.objects.of_kind("review").exists()
    assert refused(actions.withdraw, review=review, by=officer, at=at) == Why.TAKEN_BACK


def test_taking_back_one_of_two_questions_leaves_the_answers_there_are(
    dong, roads, parks, officer, at
):
    one = asked(dong, department=roads)
    two = asked(dong, department=parks, item=one.item)
    answered(dong, review=one)
    actions.withdraw(review=two, by=officer, at=at)
    assert state_of(one.item) == ItemState.REVIEWED


def test_a_late_department_is_reminded_once_a_day(dong, roads, officer, at):
    reviewer = reviewer_of(roads)
    review = asked(dong, department=roads)
    late = at + timedelta(days=14)
    assert refused(actions.remind, review=review, by=officer, at=at) == Why.NOT_LATE_YET
    actions.remind(review=review, by=officer, at=late)
    assert heard(reviewer)[0] == "주민이 검토 답을 기다리고 있습니다"
    assert refused(actions.remind, review=review, by=officer, at=late) == Why.REMINDED_TODAY


def test_the_cost_of_an_item_is_the_newest_answer_that_names_one(dong, roads, parks, at):
    one = asked(dong, department=roads, cost_won=5_000_000)
    assert Review.objects.cost_of(one.item) is None  # nobody has answered
    two = asked(dong, department=parks, item=one.item)
    answered(dong, review=one)
    assert Review.objects.cost_of(one.item) == 5_000_000
    answered(dong, review=two, at=at)
    assert Review.objects.cost_of(one.item) == 5_000_000


def test_only_a_reviewer_of_that_very_department_answers(dong, roads, parks, officer, stranger):
    review = asked(dong, department=roads)
    assert access.can_answer(reviewer_of(roads), review)
    for person in (reviewer_of(parks), officer, stranger, AnonymousUser()):
        assert not access.can_answer(person, review)


def test_what_waits_is_the_departments_answer_and_for_the_dong_what_is_late(
    dong, roads, officer, soonja
):
    review = asked(dong, department=roads)
    Review.objects.filter(pk=review.pk).update(due_on=date(2040, 1, 1))
    [row] = Review.objects.waiting_for(reviewer_of(roads))
    assert (row.title, str(row.next_act)) == (review.item.title, "검토하고 답하기")
    assert not Review.objects.waiting_for(officer)
    Review.objects.filter(pk=review.pk).update(due_on=date(2026, 1, 1))
    [row] = Review.objects.waiting_for(officer)
    assert str(row.next_act) == "답 재촉하기"
    assert not Review.objects.waiting_for(soonja)


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "feasible"},
        {"answered_at": "2026-05-12T00:00Z"},
        {"asked_cost_won": -1},
        {"adjusted_cost_won": -1},
    ],
)
def test_the_table_refuses_half_an_answer_and_less_than_nothing(dong, wrong):
    review = asked(dong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(**wrong)


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"adjusted_cost_won": None}])
def test_the_table_refuses_an_adjustment_without_reason_or_cost(dong, wrong):
    review = answered(dong, "adjust", reason="작게", adjusted_cost_won=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(**wrong)
