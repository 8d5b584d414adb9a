from datetime import timedelta

import pytest
from django.db import Error, transaction

from maeul.core.refusal import Refused
from maeul.council.meeting import actions
from maeul.council.meeting.models import Meeting, Minutes
from maeul.council.meeting.models.minutes import written_so_far
from maeul.council.meeting.rules import Why
from maeul.council.meeting.tests.factories import joint_meeting, opened, plenary
from maeul.council.membership.tests.factories import council_of
from maeul.vault.record.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


@pytest.fixture
def evening(dong, secretary, soonja, minsu, at):
    """A plenary in which one motion was carried, up to its end."""
    council_of(dong, members=[soonja, minsu])
    meeting = plenary(dong, by=secretary, at=at, members=1, topics=["개표 방식 정하기", "기금"])
    start = meeting.starts_at
    opened(meeting, by=secretary, here=[soonja, minsu])

    def later(minutes):
        return {"by": secretary, "at": start + timedelta(minutes=minutes)}

    how, _fund = meeting.topics.in_order()
    actions.remark(meeting=meeting, text="순자 위원이 방식을 설명했습니다.", **later(5))
    motion = actions.move(
        meeting=meeting, topic=how, text="공개 추첨으로 정한다", moved_by=soonja, **later(10)
    )
    actions.vote_on(motion=motion, yes=2, no=0, abstain=0, **later(15))
    actions.decide_topic(topic=how, outcome="take_up", text="추첨으로 함", **later(16))
    actions.leave(meeting=meeting, person=minsu, **later(20))
    return actions.close(meeting=meeting, **later(30))


def test_the_minutes_write_themselves_from_what_was_recorded(evening):
    content = written_so_far(evening)
    assert [(line["at"], line["text"]) for line in content["lines"]] == [
        ("10:00", "재적 위원 3명 가운데 2명이 와서 회의를 열었습니다."),
        ("10:05", "순자 위원이 방식을 설명했습니다."),
        ("10:10", "순자가 표결안을 냈습니다: 공개 추첨으로 정한다"),
        (
            "10:15",
            "‘공개 추첨으로 정한다’: 출석 위원 2명 가운데 찬성 2명, 반대 0명, 기권 0명으로"
            " 정했습니다.",
        ),
        ("10:16", "‘개표 방식 정하기’: 의제로 다루기로 함. 추첨으로 함"),
        ("10:20", "민수가 나갔습니다."),
        ("10:30", "‘기금’: 다음 회의로 넘김. 시간이 모자라 다음 회의에서 다룹니다."),
        ("10:30", "회의를 마쳤습니다."),
    ]
    assert (content["present"], content["absent"]) == (["민수", "순자"], 1)
    [motion] = content["motions"]
    assert (motion["yes"], motion["yes_needed"], motion["is_carried"]) == (2, 2, True)


def test_published_minutes_stand_in_the_register_and_stay_as_they_were(evening, secretary, soonja):
    then = evening.closed_at
    actions.write_minutes(meeting=evening, note="다음 회의는 6월입니다.", by=secretary, at=then)
    minutes = actions.publish_minutes(meeting=evening, by=secretary, at=then)
    assert Record.objects.get().link == f"/meetings/{evening.pk}/minutes/"
    assert minutes.record_name == "독산1동-2026-1"
    soonja.name = "다른 이름"
    soonja.save()
    kept = Minutes.objects.get(meeting=evening)
    assert kept.content["present"] == ["민수", "순자"]
    assert kept.content["note"] == "다음 회의는 6월입니다."
    with pytest.raises(Error), transaction.atomic():
        Minutes.objects.update(record_name="2")
    assert not Meeting.objects.waiting_for(secretary)


def test_minutes_are_published_once_and_only_of_a_closed_meeting(dong, evening, secretary, at):
    do = {"by": secretary, "at": evening.closed_at}
    actions.publish_minutes(meeting=evening, **do)
    for act, more in [
        (actions.publish_minutes, {}),
        (actions.write_minutes, {"note": "또"}),
        (actions.remark, {"text": "또"}),
    ]:
        with pytest.raises(Refused) as no:
            act(meeting=evening, **more, **do)
        assert no.value.why == Why.MOVED_ON
    running = opened(joint_meeting(dong, by=secretary, at=at), by=secretary, here=[])
    with pytest.raises(Refused):
        actions.publish_minutes(meeting=running, **do)


def test_corrected_minutes_stand_beside_the_old_ones_and_say_why(evening, secretary):
    do = {"meeting": evening, "by": secretary, "at": evening.closed_at}
    first = actions.publish_minutes(**do)
    second = actions.correct_minutes(note="곳을 고침", because="곳이 틀렸습니다.", **do)
    third = actions.correct_minutes(note="다시 고침", because="또 틀렸습니다.", **do)
    assert (second.corrects, third.corrects) == (first, second)
    assert Minutes.objects.current_of(evening) == third
    assert third.content["lines"] == first.content["lines"]
    assert Record.objects.count() == 3


def test_the_minutes_of_a_joint_meeting_count_heads_not_members(dong, soonja, secretary, at):
    meeting = joint_meeting(dong, by=secretary, at=at, topics=["가로등"])
    then = meeting.starts_at
    actions.call_roll(meeting=meeting, here=[soonja], guests=6, by=secretary, at=then)
    meeting = actions.open(meeting=meeting, by=secretary, at=then)
    content = written_so_far(meeting)
    assert content["lines"][0]["text"] == "7명이 모여 회의를 열었습니다."
    assert (content["in_office"], content["absent"], content["others"]) == (None, None, ["순자"])
