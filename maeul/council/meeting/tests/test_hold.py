"""The day itself: who is here, what is decided, what is left over."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from maeul.core.refusal import Refused
from maeul.council.meeting import actions
from maeul.council.meeting.models import FollowUp, Meeting, Motion, Topic
from maeul.council.meeting.rules import Why
from maeul.council.meeting.tests.factories import joint_meeting, opened, plenary
from maeul.council.membership import actions as membership
from maeul.council.membership.tests.factories import council_of
from maeul.ground.notice.models import Message
from maeul.ground.people.tests.factories import PersonFactory
from maeul.ground.thread import actions as threads
from maeul.vault.participation.models import Part

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


def refused(why, act, **arguments):
    with pytest.raises(Refused) as no:
        act(**arguments)
    assert no.value.why == why
    return no.value


def test_a_plenary_of_four_opens_with_the_third_member(dong, secretary, at):
    meeting = plenary(dong, by=secretary, at=at, members=4)
    then = meeting.starts_at
    first, second, third, _fourth = meeting.members_in_office()
    for person in (first, second, PersonFactory()):
        actions.attend(meeting=meeting, person=person, by=secretary, at=then)
    no = refused(Why.BELOW_QUORUM, actions.open, meeting=meeting, by=secretary, at=then)
    assert no.facts == {"present": 2, "needed": 3, "missing": 1}
    actions.attend(meeting=meeting, person=third, by=secretary, at=then)
    meeting = actions.open(meeting=meeting, by=secretary, at=then)
    assert (meeting.in_office, meeting.present_at_opening) == (4, 3)
    assert meeting.kept["meetings.quorum"]["value"] == "majority"


def test_who_left_before_the_opening_does_not_count(dong, secretary, at):
    meeting = plenary(dong, by=secretary, at=at, members=2)
    then = meeting.starts_at
    first, second = meeting.members_in_office()
    actions.attend(meeting=meeting, person=first, by=secretary, at=then)
    actions.attend(meeting=meeting, person=second, by=secretary, at=then)
    actions.leave(meeting=meeting, person=second, by=secretary, at=then)
    refused(Why.BELOW_QUORUM, actions.open, meeting=meeting, by=secretary, at=then)


def test_a_member_who_resigned_before_the_day_is_no_longer_counted(dong, secretary, at):
    meeting = plenary(dong, by=secretary, at=at, members=2)
    first, second = meeting.members_in_office()
    membership.resign(seat=second.seats.get(), by=second, at=at)
    meeting = opened(meeting, by=secretary, here=[first])
    assert meeting.in_office == 1


def test_nobody_is_here_twice_and_who_comes_back_is_here_again(dong, secretary, soonja, at):
    meeting = joint_meeting(dong, by=secretary, at=at)
    here = {"meeting": meeting, "person": soonja, "by": secretary, "at": meeting.starts_at}
    row = actions.attend(**here)
    refused(Why.ALREADY_HERE, actions.attend, **here)
    row.pk = None
    with pytest.raises(IntegrityError, match="meeting_nobody_is_here_twice"):
        row.save(force_insert=True)


def test_the_roll_is_called_in_one_go(dong, secretary, soonja, minsu, at):
    meeting = joint_meeting(dong, by=secretary, at=at)
    then = meeting.starts_at
    roll = {"meeting": meeting, "by": secretary}
    actions.call_roll(here=[soonja], guests=4, at=then, **roll)
    actions.call_roll(here=[minsu], guests=5, at=then + timedelta(minutes=5), **roll)
    rows = [(row.person, bool(row.left_at)) for row in meeting.attendances.order_by("pk")]
    assert rows == [(soonja, True), (minsu, False)]
    meeting.refresh_from_db()
    assert meeting.guests == 5


def test_a_motion_of_a_council_of_five_needs_more_than_half_of_those_here(dong, secretary, at):
    meeting = opened(plenary(dong, by=secretary, at=at, members=5), by=secretary)
    then = meeting.starts_at
    matter = threads.open(title="마을기금", dong=dong, by=secretary, at=at)
    ask = {"meeting": meeting, "thread": matter, "by": secretary, "at": then}
    lost = actions.move(text="마을기금 120만원을 쓴다", **ask)
    won = actions.move(text="마을기금 100만원을 쓴다", **ask)
    lost = actions.vote_on(motion=lost, yes=2, no=0, abstain=0, by=secretary, at=then)
    won = actions.vote_on(motion=won, yes=3, no=1, abstain=1, by=secretary, at=then)
    assert (lost.is_carried, won.is_carried) == (False, True)
    assert (won.present, won.yes_needed, won.silent, lost.silent) == (5, 3, 0, 3)
    assert won.kept["meetings.pass"]["value"] == "majority_present"
    assert [*Motion.objects.carried()] == [won]
    assert [*Motion.objects.on_thread(matter)] == [won, lost]
    steps = matter.steps.filter(step="meeting.vote_on").order_by("pk")
    assert [step.state for step in steps] == ["정하지 않았습니다", "정했습니다"]


def test_a_vote_is_refused_when_members_have_gone_home(dong, secretary, at):
    meeting = opened(plenary(dong, by=secretary, at=at, members=3), by=secretary)
    then = meeting.starts_at
    motion = actions.move(meeting=meeting, text="기금을 쓴다", by=secretary, at=then)
    for person in meeting.members_in_office()[:2]:
        actions.leave(meeting=meeting, person=person, by=secretary, at=then)
    vote = {"motion": motion, "yes": 1, "no": 0, "abstain": 0, "by": secretary, "at": then}
    refused(Why.BELOW_QUORUM, actions.vote_on, **vote)


def test_guests_do_not_vote(dong, secretary, soonja, at):
    meeting = opened(plenary(dong, by=secretary, at=at, members=3), by=secretary)
    then = meeting.starts_at
    actions.attend(meeting=meeting, person=soonja, by=secretary, at=then)
    motion = actions.move(meeting=meeting, text="기금을 쓴다", by=secretary, at=then)
    vote = {"motion": motion, "no": 0, "abstain": 0, "by": secretary, "at": then}
    refused(Why.MORE_VOTES_THAN_PEOPLE, actions.vote_on, yes=4, **vote)
    assert actions.vote_on(yes=3, **vote).present == 3
    refused(
        Why.NOT_A_MEMBER,
        actions.move,
        meeting=meeting,
        text="또",
        moved_by=soonja,
        by=secretary,
        at=then,
    )


def test_a_second_count_of_the_same_motion_is_refused(dong, secretary, at):
    meeting = opened(plenary(dong, by=secretary, at=at), by=secretary)
    then = meeting.starts_at
    motion = actions.move(meeting=meeting, text="기금을 쓴다", by=secretary, at=then)
    vote = {"motion": motion, "no": 0, "abstain": 0, "by": secretary, "at": then}
    actions.vote_on(yes=3, **vote)
    refused(Why.ALREADY_VOTED, actions.vote_on, yes=0, **vote)


def test_a_motion_on_a_topic_speaks_of_the_same_matter(dong, secretary, at):
    meeting = opened(plenary(dong, by=secretary, at=at, topics=["기금"]), by=secretary)
    then = meeting.starts_at
    topic = meeting.topics.get()
    motion = actions.move(meeting=meeting, topic=topic, text="쓴다", by=secretary, at=then)
    assert motion.thread == topic.thread
    decide = {"topic": topic, "outcome": "take_up", "by": secretary, "at": then}
    refused(Why.MOTION_OPEN, actions.decide_topic, **decide)
    refused(Why.MOTION_OPEN, actions.close, meeting=meeting, by=secretary, at=then)
    actions.vote_on(motion=motion, yes=3, no=0, abstain=0, by=secretary, at=then)
    actions.decide_topic(**decide)
    assert [*Topic.objects.decided("take_up", "to_review")] == [topic]


def test_the_table_itself_refuses_more_hands_than_people(dong, secretary, at):
    meeting = opened(plenary(dong, by=secretary, at=at), by=secretary)
    motion = actions.move(meeting=meeting, text="쓴다", by=secretary, at=meeting.starts_at)
    vote = {"present": 3, "no": 1, "abstain": 0, "yes_needed": 2, "is_carried": True}
    with pytest.raises(IntegrityError, match="meeting_no_more_hands_than_people"):
        Motion.objects.filter(pk=motion.pk).update(yes=3, voted_at=at, **vote)


def test_what_there_was_no_time_for_comes_first_in_the_next_meeting(dong, secretary, at):
    first = opened(
        joint_meeting(dong, by=secretary, at=at, topics=["가로등", "쓰레기", "나무"]),
        by=secretary,
        here=[],
    )
    then = first.starts_at
    lamp, trash, _tree = first.topics.in_order()
    actions.decide_topic(topic=lamp, outcome="take_up", by=secretary, at=then)
    actions.decide_topic(topic=trash, outcome="carry_over", text="더 알아봄", by=secretary, at=then)
    actions.close(meeting=first, by=secretary, at=then)
    second = joint_meeting(dong, by=secretary, at=then, topics=["도서관"])
    topics = [(t.order, t.title, t.carried_over_count) for t in second.topics.in_order()]
    assert topics == [(1, "쓰레기", 1), (2, "나무", 1), (3, "도서관", 0)]
    assert second.topics.get(order=1).thread == trash.thread


def test_a_meeting_already_called_takes_over_what_was_left_when_the_last_one_closes(
    dong, secretary, at
):
    first = joint_meeting(dong, by=secretary, at=at, topics=["가로등"])
    second = joint_meeting(dong, by=secretary, at=at, on=at + timedelta(days=35))
    opened(first, by=secretary, here=[])
    actions.close(meeting=first, by=secretary, at=first.starts_at)
    opened(second, by=secretary, here=[])
    actions.close(meeting=second, by=secretary, at=second.starts_at)
    third = joint_meeting(dong, by=secretary, at=second.starts_at)
    assert [t.carried_over_count for t in third.topics.all()] == [2]
    assert second.topics.get().outcome == "carry_over"


def test_what_somebody_took_upon_themselves_is_carried_along_until_it_is_done(
    dong, secretary, soonja, at
):
    first = opened(joint_meeting(dong, by=secretary, at=at), by=secretary, here=[])
    then = first.starts_at
    job = actions.add_follow_up(
        meeting=first,
        text="도로과에 묻기",
        owner=soonja,
        due_on=date(2026, 6, 1),
        by=secretary,
        at=then,
    )
    assert Message.objects.inbox(soonja).first().title == "맡은 일: 도로과에 묻기"
    actions.close(meeting=first, by=secretary, at=then)
    second = joint_meeting(dong, by=secretary, at=then)
    opened(second, by=secretary, here=[])
    actions.close(meeting=second, by=secretary, at=second.starts_at)
    third = joint_meeting(dong, by=secretary, at=second.starts_at)
    [row] = FollowUp.objects.waiting_for(soonja)
    assert (row.carried_over_count, row.title, row.due_on) == (2, "도로과에 묻기", job.due_on)
    [there] = FollowUp.objects.on_the_table_of(third).in_order()
    assert (there, there.carried_over_count) == (job, 2)
    actions.settle_follow_up(
        follow_up=job, state="done", result="6월에 고칩니다", by=soonja, at=then
    )
    assert not FollowUp.objects.waiting_for(soonja)
    fourth = joint_meeting(dong, by=secretary, at=third.starts_at)
    assert not FollowUp.objects.on_the_table_of(fourth).exists()


def test_something_written_down_after_the_meeting_stands_in_the_next_one_too(dong, secretary, at):
    first = opened(joint_meeting(dong, by=secretary, at=at), by=secretary, here=[])
    actions.close(meeting=first, by=secretary, at=first.starts_at)
    second = joint_meeting(dong, by=secretary, at=first.starts_at)
    job = actions.add_follow_up(
        meeting=first,
        text="현수막 떼기",
        owner_text="안전분과",
        due_on=first.on,
        by=secretary,
        at=second.called_at,
    )
    assert [*FollowUp.objects.on_the_table_of(second)] == [job]


def test_closing_notes_the_time_people_gave(dong, secretary, at):
    council_of(dong)
    meeting = plenary(dong, by=secretary, at=at, members=3)
    stays, goes, _third = meeting.members_in_office()
    opened(meeting, by=secretary)
    start = meeting.starts_at
    actions.leave(meeting=meeting, person=goes, by=secretary, at=start + timedelta(minutes=20))
    here = [row.person for row in meeting.attendances.here()]
    actions.call_roll(
        meeting=meeting, here=here, guests=2, by=secretary, at=start + timedelta(minutes=30)
    )
    meeting = actions.close(meeting=meeting, by=secretary, at=start + timedelta(minutes=90))
    assert Part.objects.of(stays).get().minutes == 90
    assert Part.objects.of(goes).get().minutes == 20
    assert [part.minutes for part in Part.objects.filter(person=None)] == [90, 90]
    assert not meeting.attendances.here().exists()
    assert meeting.minutes_due_on == meeting.on + timedelta(days=30)
    [work] = Meeting.objects.waiting_for(secretary)
    assert (work.due_on, work.next_act) == (meeting.minutes_due_on, "회의록 공개하기")


def test_a_closed_meeting_takes_nothing_more(dong, secretary, soonja, at):
    meeting = opened(joint_meeting(dong, by=secretary, at=at), by=secretary, here=[])
    then = meeting.starts_at
    actions.close(meeting=meeting, by=secretary, at=then)
    do = {"meeting": meeting, "by": secretary, "at": then}
    refused(Why.MOVED_ON, actions.put_topic, title="가로등", **do)
    refused(Why.MOVED_ON, actions.attend, person=soonja, **do)
    refused(Why.MOVED_ON, actions.close, **do)
    refused(Why.MOVED_ON, actions.cancel, because="태풍", **do)
