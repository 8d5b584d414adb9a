from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from maeul.core.refusal import Refused
from maeul.council.meeting import actions
from maeul.council.meeting.models import Meeting, Topic
from maeul.council.meeting.rules import Why
from maeul.council.meeting.tests.factories import joint_meeting, opened, plenary
from maeul.council.membership.tests.factories import council_of, joint_of, subcommittee_of
from maeul.ground.law import actions as law_actions
from maeul.ground.notice.models import Announcement, Message
from maeul.ground.people.tests.factories import PersonFactory
from maeul.ground.search.models import Entry
from maeul.ground.thread import actions as threads
from maeul.ground.thread.models import Step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


def refused(why, act, **arguments):
    with pytest.raises(Refused) as no:
        act(**arguments)
    assert no.value.why == why
    return no.value


def test_a_joint_meeting_is_called_and_every_member_of_the_dong_hears_of_it(
    dong, soonja, minsu, secretary, at
):
    council = council_of(dong, members=[soonja])
    subcommittee_of(council, members=[soonja, minsu])
    meeting = joint_meeting(dong, by=secretary, at=at, topics=["가로등이 어둡습니다"])
    assert meeting.title == "5월 연석회의"
    told = Message.objects.order_by("person__name")
    assert [message.person for message in told] == [minsu, soonja]
    assert "가로등이 어둡습니다" in told[0].text
    assert told[0].link == f"/meetings/{meeting.pk}/"
    [announced] = Announcement.objects.public_on(meeting.on, dong=dong)
    assert announced.link == meeting.link


def test_a_called_meeting_is_found_by_its_topics(dong, secretary, at):
    meeting = joint_meeting(dong, by=secretary, at=at, topics=["가로등이 어둡습니다"])
    [entry] = Entry.objects.finding("로등")
    assert (entry.link, entry.kind, entry.on) == (meeting.link, "meeting", meeting.on)


def test_a_plenary_called_six_days_ahead_is_refused_unless_something_is_urgent(dong, secretary, at):
    facts = {
        "body": council_of(dong, members=3),
        "kind": "plenary",
        "starts_at": at + timedelta(days=6),
        "place": "주민센터",
        "by": secretary,
        "at": at,
    }
    no = refused(Why.NOTICE_TOO_SHORT, actions.convene, **facts)
    assert "7일 전까지" in no.sentence
    meeting = actions.convene(**facts, urgent_because="수해 대책")
    assert meeting.days_of_notice == 6
    assert meeting.kept["meetings.plenary_notice_days"]["value"] == 7


def test_a_dongs_bylaw_is_not_needed_to_read_the_days_of_notice_of_a_new_ordinance(
    dong, secretary, officer, at
):
    law_actions.enact(
        key="meetings.plenary_notice_days",
        value=10,
        level="ordinance",
        article="제21조",
        in_force_from=at - timedelta(days=1),
        by=officer,
        at=at,
    )
    council_of(dong, members=3)
    no = refused(Why.NOTICE_TOO_SHORT, plenary, dong=dong, by=secretary, at=at)
    assert no.facts == {"days": 10}


def test_meetings_of_a_kind_are_numbered_within_the_year(dong, secretary, at):
    first = joint_meeting(dong, by=secretary, at=at)
    second = joint_meeting(dong, by=secretary, at=at, on=at + timedelta(days=35))
    other = plenary(dong, by=secretary, at=at)
    assert [first.number, second.number, other.number] == [1, 2, 1]


def test_a_subcommittee_meets_among_itself_and_is_not_found(dong, minsu, secretary, at):
    council = council_of(dong, members=[minsu])
    safety = subcommittee_of(council, members=[minsu])
    meeting = actions.convene(
        body=safety,
        kind="subcommittee",
        starts_at=at + timedelta(days=1),
        place="회의실",
        topics=["골목 안전"],
        by=secretary,
        at=at,
    )
    assert meeting.title == "5월 안전분과 회의"
    assert not meeting.public
    assert not Entry.objects.exists()
    assert not Step.objects.get(step="meeting.put_topic").public
    visible = Meeting.objects.visible_to
    assert [*visible(minsu)] == [*visible(secretary)] == [meeting]
    assert not visible(PersonFactory()).exists()


def test_the_extra_plenary_keeps_who_asked_for_it(dong, secretary, at):
    meeting = plenary(dong, by=secretary, at=at, kind="plenary_extra", asked_by="chair")
    assert meeting.asked_by == "chair"
    refused(Why.NOBODY_ASKED, plenary, dong=dong, by=secretary, at=at, kind="plenary_extra")


def test_a_cancelled_meeting_says_why_and_its_topics_go_to_the_next_one(
    dong, soonja, secretary, at
):
    council_of(dong, members=[soonja])
    first = joint_meeting(dong, by=secretary, at=at, topics=["가로등"])
    second = joint_meeting(dong, by=secretary, at=at, on=at + timedelta(days=30))
    refused(Why.NO_REASON, actions.cancel, meeting=first, because="", by=secretary, at=at)
    actions.cancel(meeting=first, because="태풍", by=secretary, at=at)
    assert [topic.title for topic in second.topics.in_order()] == ["가로등"]
    assert Message.objects.inbox(soonja).first().text == "회의가 취소되었습니다. 까닭: 태풍"
    assert Entry.objects.get(link=first.link).state == "취소"


def test_a_matter_stands_on_one_list_once_and_may_come_back_after_it_was_withdrawn(
    dong, secretary, at
):
    matter = threads.open(title="가로등", dong=dong, by=secretary, at=at)
    meeting = joint_meeting(dong, by=secretary, at=at)
    put = {"meeting": meeting, "title": "가로등", "thread": matter, "by": secretary, "at": at}
    topic = actions.put_topic(**put)
    refused(Why.MATTER_IS_ON_THE_LIST, actions.put_topic, **put)
    actions.withdraw_topic(topic=topic, because="이미 고쳤습니다", by=secretary, at=at)
    again = actions.put_topic(**put)
    assert again.order == 2
    assert [topic.pk for topic in Topic.objects.on_thread(matter)] == [again.pk, topic.pk]


def test_a_topic_notes_its_steps_on_the_thread_of_its_matter(dong, secretary, at):
    matter = threads.open(title="가로등", dong=dong, by=secretary, at=at)
    meeting = joint_meeting(dong, by=secretary, at=at)
    topic = actions.put_topic(meeting=meeting, title="가로등", thread=matter, by=secretary, at=at)
    opened(meeting, by=secretary)
    then = meeting.starts_at
    actions.decide_topic(
        topic=topic, outcome="take_up", text="의제로 다룹니다", by=secretary, at=then
    )
    steps = [(s.step, s.link, s.state, s.public) for s in matter.steps.order_by("pk")]
    assert steps == [
        ("meeting.put_topic", topic.link, "안건으로 올라감", True),
        ("meeting.decide_topic", topic.link, "의제로 다루기로 함", True),
    ]


def test_two_who_put_topics_at_once_get_different_numbers(dong, secretary, at):
    meeting = joint_meeting(dong, by=secretary, at=at)
    stale = Meeting.objects.get(pk=meeting.pk)
    actions.put_topic(meeting=meeting, title="가로등", by=secretary, at=at)
    second = actions.put_topic(meeting=stale, title="쓰레기", by=secretary, at=at)
    assert second.order == 2
    with pytest.raises(IntegrityError, match="meeting_topic_order"), transaction.atomic():
        Topic.objects.create(meeting=meeting, order=2, title="셋", thread=second.thread, put_at=at)


def test_the_invitation_waits_for_members_and_the_opening_for_the_secretary(
    dong, soonja, minsu, secretary, at
):
    council_of(dong, members=[soonja])
    on = at.replace(year=at.year + 1)
    meeting = joint_meeting(dong, by=secretary, at=at, on=on)

    def waiting(person):
        return [
            (row.title, row.due_on, row.link, row.next_act)
            for row in Meeting.objects.waiting_for(person)
        ]

    day = date(2027, 5, 12)
    assert waiting(soonja) == [("5월 연석회의", day, meeting.link, "회의에 오기")]
    assert waiting(secretary) == [("5월 연석회의", day, meeting.link, "회의 열기")]
    assert waiting(minsu) == []
    assert joint_of(dong) == meeting.body
