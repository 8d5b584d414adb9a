from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from maeul.core.refusal import Refused
from maeul.council.meeting import actions as meetings
from maeul.council.meeting.tests.factories import joint_meeting, opened, plenary
from maeul.ground.audit.models import Act
from maeul.ground.district.tests.factories import OtherDongFactory
from maeul.ground.notice.models import Message
from maeul.ground.people.tests.factories import holder, resident
from maeul.ground.search.models import Entry
from maeul.ground.thread.models import Step
from maeul.vault.participation.models import Part
from maeul.voice.agenda import actions
from maeul.voice.agenda.models import AgendaItem, Support, Uptake
from maeul.voice.agenda.rules import Outcome, State, Why
from maeul.voice.agenda.tests.factories import item_in, said, walk_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


def refused(act, **how):
    with pytest.raises(Refused) as no:
        act(**how)
    return no.value.why


def heard(person):
    return [message.title for message in Message.objects.inbox(person)]


def public_steps(item, nobody):
    return [step.step for step in Step.objects.of_matter(item.thread).visible_to(nobody)]


@pytest.fixture
def nobody():
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()


# A sentence


def test_a_sentence_opens_its_thread_and_stays_between_its_author_and_staff(
    soonja, dong, at, nobody
):
    item = said(dong, author=soonja, at=at)
    assert (item.state, item.is_public) == (State.CAPTURED, False)
    assert item.thread.opened_by == soonja
    assert public_steps(item, nobody) == []
    assert public_steps(item, soonja) == ["agenda.captured"]
    assert not Entry.objects.exists()
    assert item.due_on == date(2026, 5, 15)  # three days to a first answer
    assert Part.objects.get().person == soonja
    assert Act.objects.on(item).get().verb == "agenda.captured"


def test_an_empty_sentence_is_refused(soonja, dong, at):
    assert refused(actions.capture, title="  ", dong=dong, by=soonja, at=at) == Why.EMPTY
    assert not AgendaItem.objects.exists()


def test_the_author_corrects_the_words_until_they_are_taken_in(soonja, dong, officer, at):
    item = said(dong, author=soonja, at=at)
    actions.correct(item=item, title="시장 북쪽 건널목", by=soonja, at=at)
    item.refresh_from_db()
    assert (item.title, item.thread.title) == ("시장 북쪽 건널목", "시장 북쪽 건널목")
    actions.triage(item=item, category="roads", by=officer, at=at)
    assert refused(actions.correct, item=item, title="달리", by=soonja, at=at) == (
        Why.ALREADY_TRIAGED
    )


def test_triage_makes_it_public_findable_and_tells_the_author(soonja, dong, officer, at, nobody):
    item = said(dong, author=soonja, at=at)
    actions.triage(item=item, category="roads", by=officer, at=at)
    item.refresh_from_db()
    assert (item.state, item.is_public) == (State.TRIAGED, True)
    assert item.due_on == date(2026, 6, 11)
    assert [entry.link for entry in Entry.objects.finding("건널목")] == [item.get_absolute_url()]
    assert public_steps(item, nobody) == ["agenda.triaged"]
    assert heard(soonja) == ["보내신 문장이 의제가 되었습니다"]


def test_staff_cannot_take_in_or_refuse_their_own_sentence(officer, dong, at):
    item = said(dong, author=officer, at=at)
    how = {"item": item, "by": officer, "at": at}
    assert refused(actions.triage, category="roads", **how) == Why.OWN_ITEM
    assert refused(actions.decline, reason="까닭", **how) == Why.OWN_ITEM
    assert refused(actions.fix, answer="고침", **how) == Why.OWN_ITEM


def test_a_refusal_is_told_with_its_reason_and_shown_to_nobody_else(
    soonja, dong, officer, at, nobody
):
    item = said(dong, author=soonja, at=at)
    actions.decline(item=item, reason="이미 고쳤습니다. 4월에 새로 칠했습니다.", by=officer, at=at)
    assert "4월에" in Message.objects.get(person=soonja).text
    assert public_steps(item, nobody) == []
    assert not Entry.objects.exists()
    item.refresh_from_db()
    assert item.due_on is None


def test_what_a_department_reviewed_stays_public_with_its_answer(dong, officer, at, nobody):
    item = item_in(dong, State.REVIEWED)
    actions.decline(item=item, reason="땅이 시의 것입니다.", by=officer, at=at)
    item.refresh_from_db()
    assert item.is_public
    assert Entry.objects.get().state == "어려움"
    assert public_steps(item, nobody)[-1] == "agenda.declined"


def test_a_refusal_after_triage_takes_the_item_out_of_the_index(dong, officer, at):
    item = item_in(dong, State.TRIAGED)
    assert Entry.objects.count() == 1
    actions.decline(item=item, reason="광고였습니다.", by=officer, at=at)
    assert not Entry.objects.exists()


def test_a_quick_fix_is_public_and_told(soonja, dong, officer, at):
    item = said(dong, author=soonja, at=at)
    actions.fix(item=item, answer="수도꼭지를 바꾸었습니다.", by=officer, at=at)
    item.refresh_from_db()
    assert (item.state, item.is_public, item.answer) == (
        State.FIXED,
        True,
        "수도꼭지를 바꾸었습니다.",
    )
    assert heard(soonja) == ["말씀하신 것을 바로 고쳤습니다"]


def test_what_is_put_aside_stands_in_the_worklist_on_its_day(dong, officer, at):
    item = item_in(dong)
    actions.park(
        item=item, reason="겨울에 다시 봅니다.", until=date(2026, 11, 2), by=officer, at=at
    )
    item.refresh_from_db()
    assert item.due_on == date(2026, 11, 2)
    actions.resume(item=item, by=officer, at=at)
    item.refresh_from_db()
    assert (item.state, item.answer) == (State.TRIAGED, "")


def test_the_author_takes_a_sentence_back(soonja, dong, at):
    item = said(dong, author=soonja, at=at)
    actions.withdraw(item=item, by=soonja, at=at)
    item.refresh_from_db()
    assert (item.state, item.is_public) == (State.WITHDRAWN, False)


def test_nobody_else_takes_it_back_and_not_once_neighbours_are_gathered(
    soonja, minsu, dong, officer, at
):
    item = item_in(dong, author=soonja)
    assert refused(actions.withdraw, item=item, by=minsu, at=at) == Why.NOT_THEIRS
    actions.merge(item=item_in(dong, title="건널목이 무서워요"), into=item, by=officer, at=at)
    assert refused(actions.withdraw, item=item, by=soonja, at=at) == Why.WAITS_WITH_OTHERS


# Somebody without an account


def test_a_walk_in_is_told_in_person_and_then_how_to_reach_them_is_forgotten(dong, officer, at):
    item = walk_in(dong)
    assert Part.objects.get().person is None
    actions.fix(item=item, answer="의자를 고쳤습니다.", by=officer, at=at)
    [waits] = AgendaItem.objects.waiting_for(officer)
    assert str(waits.next_act) == "답 전하기"
    actions.give_back(item=item, how="노래교실에서 말씀드림", by=officer, at=at)
    item.refresh_from_db()
    assert (item.reach, item.due_on, item.given_back_at) == ("", None, at)
    assert list(AgendaItem.objects.waiting_for(officer)) == []
    assert refused(actions.give_back, item=item, how="또", by=officer, at=at) == Why.NOBODY_WAITS


def test_nobody_is_told_twice_who_has_an_account(dong, officer, at):
    item = item_in(dong, State.FIXED)
    assert refused(actions.give_back, item=item, how="전화", by=officer, at=at) == (
        Why.NOBODY_WAITS
    )


# Gathering


def test_supporters_of_gathered_sentences_are_counted_once_each(
    soonja, minsu, stranger, dong, officer, at
):
    lamp, dark = item_in(dong, title="밤길 조명"), item_in(dong, title="밤길이 어두워요")
    for person, item in [(soonja, lamp), (minsu, lamp), (minsu, dark), (stranger, dark)]:
        actions.support(item=item, by=person, at=at)
    actions.merge(item=dark, into=lamp, by=officer, at=at)
    lamp.refresh_from_db()
    assert lamp.supporter_count == 3
    actions.unmerge(item=dark, by=officer, at=at)
    for item in (lamp, dark):
        item.refresh_from_db()
        assert item.supporter_count == 2
    assert dark.state == State.TRIAGED


def test_an_unread_sentence_becomes_public_with_the_matter_it_is_gathered_under(
    soonja, dong, officer, at
):
    lamp, unread = item_in(dong), said(dong, author=soonja, title="건널목 신호가 짧아요")
    actions.merge(item=unread, into=lamp, by=officer, at=at)
    unread.refresh_from_db()
    assert (unread.state, unread.is_public) == (State.MERGED, True)
    assert heard(soonja) == ["비슷한 이웃의 의제와 함께 모았습니다"]
    actions.unmerge(item=unread, by=officer, at=at)
    unread.refresh_from_db()
    assert unread.state == State.TRIAGED


def test_authors_of_gathered_sentences_hear_of_the_matter_too(soonja, minsu, dong, officer, at):
    lamp, dark = item_in(dong, author=soonja), item_in(dong, author=minsu, title="어두운 길")
    actions.merge(item=dark, into=lamp, by=officer, at=at)
    actions.send_to_review(item=lamp, text="도로과에 물었습니다.", by=officer, at=at)
    assert heard(soonja)[0] == heard(minsu)[0] == "구청 부서가 의제를 검토합니다"


def test_gathering_what_others_were_gathered_under_brings_them_along(
    soonja, minsu, dong, officer, at
):
    one, two, three = (item_in(dong, title=f"문장 {n}") for n in range(3))
    actions.support(item=one, by=soonja, at=at)
    actions.support(item=three, by=minsu, at=at)
    actions.merge(item=one, into=two, by=officer, at=at)
    actions.merge(item=two, into=three, by=officer, at=at)
    three.refresh_from_db()
    assert three.supporter_count == 2
    assert set(AgendaItem.objects.of_matter(three.thread)) == {one, two, three}
    actions.unmerge(item=two, by=officer, at=at)
    two.refresh_from_db()
    three.refresh_from_db()
    assert (two.supporter_count, three.supporter_count) == (1, 1)


def test_a_matter_on_a_ballot_is_neither_gathered_nor_taken_apart(dong, officer, at):
    lamp, dark = item_in(dong, State.REVIEWED), item_in(dong, title="어두운 길")
    actions.merge(item=dark, into=lamp, by=officer, at=at)
    actions.draft(item=lamp, by=officer, at=at)
    actions.table(item=lamp, by=officer, at=at)
    late = item_in(dong, title="늦은 문장")
    assert refused(actions.merge, item=late, into=lamp, by=officer, at=at) == Why.PAST_DRAFTED
    assert refused(actions.unmerge, item=dark, by=officer, at=at) == Why.PAST_DRAFTED


def test_sentences_of_two_dongs_are_not_gathered(dong, officer, at):
    here, there = item_in(dong), item_in(OtherDongFactory())
    assert refused(actions.merge, item=here, into=there, by=officer, at=at) == Why.OTHER_DONG


def test_two_wishes_in_one_sentence_get_a_thread_each(soonja, dong, officer, at):
    both = item_in(dong, author=soonja, title="신호도 길게, 의자도 놓아 주세요")
    child = actions.split(item=both, title="건널목 옆에 의자를", by=officer, at=at)
    assert child.author == soonja
    assert list(child.thread.origins) == [both.thread]
    assert heard(soonja)[0] == "의제 하나를 둘로 나누었습니다"


# Joining in


def test_a_person_supports_a_matter_once_whichever_sentence_they_came_by(soonja, dong, officer, at):
    lamp, dark = item_in(dong), item_in(dong, title="어두운 길")
    actions.support(item=dark, by=soonja, at=at)
    actions.merge(item=dark, into=lamp, by=officer, at=at)
    assert refused(actions.support, item=lamp, by=soonja, at=at) == Why.ALREADY_SUPPORTED
    actions.unsupport(item=lamp, by=soonja, at=at)
    assert not Support.objects.exists()
    assert refused(actions.unsupport, item=lamp, by=soonja, at=at) == Why.NOT_SUPPORTED


def test_nobody_supports_what_is_not_public(minsu, dong, at):
    assert refused(actions.support, item=said(dong), by=minsu, at=at) == Why.NOT_PUBLIC


def test_help_is_offered_and_taken_back_by_its_giver(soonja, minsu, dong, at):
    item = item_in(dong, author=soonja)
    how = {"item": item, "kind": "hands", "until": date(2026, 5, 12), "at": at}
    offer = actions.offer_help(by=minsu, **how)
    assert heard(soonja)[0] == "이웃이 도움을 알려 왔습니다: 일손"
    assert refused(actions.offer_help, by=minsu, **how) == Why.ALREADY_OFFERED
    assert list(item.offers.standing(date(2026, 5, 12))) == [offer]
    assert list(item.offers.standing(date(2026, 5, 13))) == []
    assert refused(actions.withdraw_offer, offer=offer, by=soonja, at=at) == Why.NOT_THEIRS
    actions.withdraw_offer(offer=offer, by=minsu, at=at)
    assert list(item.offers.standing(date(2026, 5, 12))) == []
    assert refused(actions.withdraw_offer, offer=offer, by=minsu, at=at) == Why.OFFER_OVER


# To the joint meeting and back


def decided(item, outcome, *, by, at, text=""):
    """A joint meeting has looked at the item."""
    meeting = joint_meeting(item.dong, by=by, at=at)
    topic = actions.bring_to_meeting(item=item, meeting=meeting, by=by, at=at)
    opened(meeting, by=by)
    return meetings.decide_topic(
        topic=topic, outcome=outcome, text=text, by=by, at=meeting.starts_at
    )


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ("take_up", "회의에서 함께 다루기로 했습니다"),
        ("to_review", "회의에서 부서에 묻기로 했습니다"),
        ("park", "회의에서 잠시 미루기로 했습니다"),
        ("decline", "회의에서 다루지 않기로 했습니다"),
    ],
)
def test_what_a_meeting_decided_is_taken_up_once_and_told(
    soonja, dong, officer, at, nobody, outcome, told
):
    item = item_in(dong, author=soonja)
    topic = decided(item, outcome, text="다음 달까지 살펴봅니다.", by=officer, at=at)
    [duty] = Uptake.objects.waiting_for(officer)
    assert (duty.topic, duty.title) == (topic, item.title)
    later = at + timedelta(days=8)
    actions.take_up(item=item, topic=topic, by=officer, at=later)
    assert Uptake.objects.waiting_for(officer) == []
    assert heard(soonja)[0] == told
    assert public_steps(item, nobody)[-1] == "agenda.taken_up"
    how = {"item": item, "topic": topic, "by": officer, "at": later}
    assert refused(actions.take_up, **how) == Why.ALREADY_TAKEN_UP


@pytest.mark.parametrize("outcome", ["carry_over", "heard"])
def test_what_a_meeting_put_off_or_only_heard_is_nothing_to_take_up(dong, officer, at, outcome):
    item = item_in(dong)
    topic = decided(item, outcome, by=officer, at=at)
    assert Uptake.objects.waiting_for(officer) == []
    assert refused(actions.take_up, item=item, topic=topic, by=officer, at=at) == (
        Why.TOPIC_NOT_DECIDED
    )


def test_a_topic_of_another_matter_is_not_taken_up(dong, officer, at):
    topic = decided(item_in(dong), "take_up", by=officer, at=at)
    other = item_in(dong, title="다른 의제")
    assert refused(actions.take_up, item=other, topic=topic, by=officer, at=at) == (
        Why.TOPIC_OF_ANOTHER_MATTER
    )


def test_a_topic_follows_its_matter_when_it_was_gathered_since(dong, officer, at):
    item, into = item_in(dong), item_in(dong, title="모인 의제")
    topic = decided(item, "take_up", by=officer, at=at)
    actions.merge(item=item, into=into, by=officer, at=at)
    assert actions.take_up(item=into, topic=topic, by=officer, at=at).item == into


def test_what_waits_after_a_meeting_is_for_the_staff_of_its_dong(dong, officer, at):
    decided(item_in(dong), "take_up", by=officer, at=at)
    elsewhere = holder("옆동", "dong_officer", dong=OtherDongFactory())
    assert Uptake.objects.waiting_for(elsewhere) == []


@pytest.mark.parametrize("state", State)
def test_only_what_waits_for_a_next_step_goes_to_a_meeting(dong, officer, at, state):
    meeting = joint_meeting(dong, by=officer, at=at)
    how = {"item": item_in(dong, state), "meeting": meeting, "by": officer, "at": at}
    if state in (State.TRIAGED, State.REVIEWED, State.PARKED):
        assert actions.bring_to_meeting(**how).meeting == meeting
    else:
        assert refused(actions.bring_to_meeting, **how) == Why.NOT_FOR_A_MEETING


def test_an_item_goes_to_the_joint_meeting_of_its_own_dong(dong, officer, at):
    there = joint_meeting(OtherDongFactory(), by=officer, at=at)
    here = plenary(dong, by=officer, at=at)
    for meeting in (there, here):
        assert refused(
            actions.bring_to_meeting, item=item_in(dong), meeting=meeting, by=officer, at=at
        ) == (Why.NOT_ITS_MEETING)


# From the review to the ballot


def test_the_way_from_a_sentence_to_a_decision_is_told_step_by_step(soonja, dong, nobody):
    item = item_in(dong, State.DECIDED, author=soonja)
    assert public_steps(item, nobody) == [
        "agenda.triaged",
        "agenda.drafted",
        "agenda.tabled",
        "agenda.decided",
    ]
    assert heard(soonja)[0] == "의제의 결과가 나왔습니다"
    assert len(heard(soonja)) == 6
    assert str(item.state_label) == "선정됨"


def test_what_was_not_chosen_may_come_again_next_year(dong, officer, at):
    item = item_in(dong, State.TABLED)
    actions.decide(item=item, outcome="not_chosen", by=officer, at=at)
    assert refused(actions.bring_again, item=item, by=officer, at=at) == Why.NOT_LOST
    actions.mark_again(item=item, by=officer, at=at)
    item.refresh_from_db()
    assert item.outcome == Outcome.AGAIN
    actions.bring_again(item=item, by=officer, at=at)
    item.refresh_from_db()
    assert (item.state, item.outcome) == (State.TRIAGED, "")


def test_what_was_chosen_is_not_marked_for_next_year(dong, officer, at):
    item = item_in(dong, State.DECIDED)
    assert refused(actions.mark_again, item=item, by=officer, at=at) == Why.NOT_LOST


def test_a_step_back_has_its_own_verb_and_only_from_its_own_state(dong, officer, at):
    item = item_in(dong, State.TABLED)
    how = {"item": item, "by": officer, "at": at}
    assert refused(actions.undraft, **how) == Why.NOT_NOW
    assert refused(actions.call_back, **how) == Why.NOT_NOW
    assert refused(actions.resume, **how) == Why.NOT_NOW
    actions.untable(**how)
    assert refused(actions.untable, **how) == Why.NOT_NOW
    actions.undraft(**how)
    item.refresh_from_db()
    assert item.state == State.REVIEWED


def test_what_a_plan_item_was_made_of_is_found_by_its_thread(dong, officer, at):
    from maeul.ground.thread import actions as thread

    one, two, gathered = (item_in(dong, title=f"문장 {n}") for n in range(3))
    actions.merge(item=gathered, into=two, by=officer, at=at)
    gathered.refresh_from_db()
    plan_item = thread.open(
        title="밝은 길",
        dong=dong,
        by=officer,
        at=at,
        origins=[one.thread, two.thread, gathered.thread],
    )
    assert set(AgendaItem.objects.behind(plan_item)) == {one, two}
    assert set(AgendaItem.objects.behind(one.thread)) == {one}


# What the tables promise


@pytest.mark.parametrize(
    "wrong",
    [
        {"is_public": True},
        {"outcome": "chosen"},
        {"state": "decided"},
        {"state": "declined"},
        {"state": "merged"},
        {"longitude": 126.9},
        {"author": None},
    ],
)
def test_the_table_refuses_what_must_never_be(wrong, dong):
    item = said(dong)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(**wrong)


def test_the_worklist_holds_only_the_dongs_one_serves_and_only_what_is_owed(dong, officer, at):
    mine = said(dong, at=at)
    said(OtherDongFactory(), at=at)
    item_in(dong, State.DECLINED)
    item_in(dong, State.IN_REVIEW)
    assert list(AgendaItem.objects.waiting_for(officer)) == [mine]
    assert list(AgendaItem.objects.waiting_for(resident("영희", dong))) == []
    assert str(mine.next_act) == "살펴보고 답하기"


def test_the_earliest_answer_owed_stands_first(dong, officer, at):
    later, sooner = said(dong, at=at), said(dong, at=at - timedelta(days=1))
    assert list(AgendaItem.objects.waiting_for(officer)) == [sooner, later]
