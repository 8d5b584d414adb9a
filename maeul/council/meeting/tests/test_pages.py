import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from maeul.council.meeting import actions
from maeul.council.meeting.models import FollowUp, Meeting, Motion
from maeul.council.meeting.tests.factories import joint_meeting, opened, plenary
from maeul.council.membership.tests.factories import council_of, joint_of, subcommittee_of
from maeul.ground.people.tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


def page(client, where, *arguments, **query):
    answer = client.get(reverse(f"meeting:{where}", args=arguments), query)
    return answer.content.decode()


def send(client, where, *arguments, **answers):
    answer = client.post(reverse(f"meeting:{where}", args=arguments), answers, follow=True)
    return answer.content.decode()


def in_a_week():
    return (timezone.localtime() + timedelta(days=8)).strftime("%Y-%m-%dT19:00")


@pytest.fixture
def running(dong, secretary, soonja, minsu, at):
    """A plenary that has been opened, with two topics."""
    topics = ["개표 방식 정하기", "마을기금 쓰기"]
    meeting = plenary(dong, by=secretary, at=at, members=[soonja, minsu], topics=topics)
    return opened(meeting, by=secretary)


# Lists and the public page


def test_a_dong_without_meetings_says_what_will_appear(client, dong):
    assert "열릴 회의가 아직 없습니다" in page(client, "meetings", dong.code)


def test_what_comes_stands_before_what_was(client, dong, secretary, running, at):
    coming = joint_meeting(dong, by=secretary, at=at, on=timezone.now() + timedelta(days=400))
    actions.close(meeting=running, by=secretary, at=running.starts_at)
    shown = page(client, "meetings", dong.code)
    assert shown.index(f'"{coming.link}"') < shown.index(f'"{running.link}"')
    only = page(client, "meetings", dong.code, kind="plenary")
    assert f'"{coming.link}"' not in only
    assert f'"{running.link}"' in only


def test_a_visitor_reads_where_a_plenary_stands(client, running):
    shown = page(client, "meeting", running.pk)
    assert "지금 1번 안건" in shown
    assert "2명 가운데 2명" in shown
    assert "재적 위원 2명 가운데 2명이 와서 회의를 열었습니다." in shown
    assert "회의 진행하기" not in shown


def test_who_is_present_is_told_by_number_not_by_name(client, running, minsu):
    assert minsu.name not in page(client, "meeting", running.pk)


def test_a_meeting_among_members_is_not_found_by_others(client, dong, secretary, soonja, at):
    council = council_of(dong, members=[soonja])
    safety = subcommittee_of(council, members=[soonja])
    meeting = actions.convene(
        body=safety, kind="subcommittee", starts_at=at + timedelta(days=1), place="방",
        by=secretary, at=at,
    )  # fmt: skip
    address = reverse("meeting:meeting", args=[meeting.pk])
    assert client.get(address).status_code == 404
    assert "안전분과 회의" not in page(client, "meetings", dong.code)
    client.force_login(soonja)
    assert client.get(address).status_code == 200


def test_the_list_asks_as_often_for_many_meetings_as_for_few(
    client, dong, secretary, at, django_assert_max_num_queries
):
    joint_meeting(dong, by=secretary, at=at)
    with django_assert_max_num_queries(15) as few:
        page(client, "meetings", dong.code)
    for days in range(8, 48):
        joint_meeting(dong, by=secretary, at=at, on=at + timedelta(days=days))
    with django_assert_max_num_queries(len(few)):
        page(client, "meetings", dong.code)


def test_the_page_of_a_meeting_asks_as_often_for_many_topics_as_for_few(
    client, running, secretary, soonja, django_assert_max_num_queries
):
    def fill(number):
        for n in range(number):
            then = {"by": secretary, "at": running.starts_at}
            topic = actions.put_topic(meeting=running, title=f"안건 {n} {number}", **then)
            motion = actions.move(
                meeting=running, topic=topic, text="한다", moved_by=soonja, **then
            )
            actions.vote_on(motion=motion, yes=2, no=0, abstain=0, **then)
            actions.add_follow_up(
                meeting=running, text="묻기", owner=soonja, due_on=running.on, **then
            )

    fill(1)
    for name in ("meeting", "run", "minutes"):
        client.force_login(secretary)
        with django_assert_max_num_queries(40) as few:
            page(client, name, running.pk)
        fill(3)
        with django_assert_max_num_queries(len(few)):
            page(client, name, running.pk)


# Calling


def test_the_secretary_calls_a_joint_meeting_with_its_topics(client, dong, secretary):
    joint = joint_of(dong)
    client.force_login(secretary)
    said = send(
        client,
        "convene",
        dong.code,
        what=f"joint-{joint.pk}",
        starts_at=in_a_week(),
        place="주민센터 3층",
        topics="- 가로등이 어둡습니다\n\n쓰레기 모으는 곳",
    )
    assert "회의를 알렸습니다" in said
    assert [topic.title for topic in Meeting.objects.get().topics.in_order()] == [
        "가로등이 어둡습니다",
        "쓰레기 모으는 곳",
    ]


def test_a_plenary_called_too_late_says_what_to_do_and_keeps_what_was_typed(
    client, dong, secretary
):
    council = council_of(dong, members=1)
    client.force_login(secretary)
    tomorrow = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT19:00")
    answers = {
        "what": f"plenary-{council.pk}",
        "starts_at": tomorrow,
        "place": "주민센터 3층",
        "topics": "기금",
    }
    said = send(client, "convene", dong.code, **answers)
    assert "전체회의는 7일 전까지 알려야 합니다" in said
    assert tomorrow in said
    assert "주민센터 3층" in said
    said = send(client, "convene", dong.code, **answers, urgent_because="수해 대책")
    assert "수해 대책" in said
    assert Meeting.objects.get().urgent_because == "수해 대책"


def test_an_answer_that_means_nothing_is_refused_by_its_field(client, dong, secretary):
    council_of(dong, members=1)
    client.force_login(secretary)
    said = send(client, "convene", dong.code, what="plenary-999", starts_at="내일", place="")
    assert "날짜와 시각을 2026-05-14 19:00처럼 적어 주세요." in said
    assert not Meeting.objects.exists()


def test_who_may_call_learns_that_a_body_is_missing(client, dong, secretary):
    client.force_login(secretary)
    assert "회의를 열 조직이 아직 없습니다" in page(client, "convene", dong.code)


def test_a_double_click_calls_one_meeting(client, dong, secretary):
    joint = joint_of(dong)
    client.force_login(secretary)
    answers = {"what": f"joint-{joint.pk}", "starts_at": in_a_week(), "place": "방", "once": "k"}
    for _click in range(2):
        said = send(client, "convene", dong.code, **answers)
    assert "5월" in said or "연석회의" in said
    assert Meeting.objects.count() == 1


def test_a_meeting_is_cancelled_with_a_reason(client, dong, secretary, at):
    meeting = joint_meeting(dong, by=secretary, at=at)
    client.force_login(secretary)
    assert "왜 취소하나요?" in send(client, "cancel", meeting.pk, because="")
    assert "태풍" in send(client, "cancel", meeting.pk, because="태풍")
    assert Meeting.objects.get().state == "cancelled"


# The day


def test_the_secretary_ticks_who_came_and_opens(client, dong, secretary, soonja, minsu, at):
    meeting = plenary(dong, by=secretary, at=at, members=[soonja, minsu])
    client.force_login(secretary)
    said = send(client, "open", meeting.pk)
    assert "재적 위원의 절반을 넘는 2명이 있어야 하는데 0명이 있습니다" in said
    said = send(client, "call_roll", meeting.pk, here=[soonja.pk, minsu.pk], guests="3")
    assert "2명 가운데 2명" in said
    assert "회의를 열었습니다." in send(client, "open", meeting.pk)
    meeting.refresh_from_db()
    assert (meeting.present_at_opening, meeting.guests) == (2, 3)


def test_a_guest_with_an_account_is_written_down_by_name(client, dong, secretary, at):
    meeting = joint_meeting(dong, by=secretary, at=at)
    guest = PersonFactory(name="영희", email="younghee@example.org")
    client.force_login(secretary)
    said = send(client, "call_roll", meeting.pk, guests="2", walk_in="nobody@example.org")
    assert "이 주소로 가입한 사람이 없습니다" in said
    assert "nobody@example.org" in said
    send(client, "call_roll", meeting.pk, guests="2", walk_in="Younghee@example.org")
    assert meeting.attendances.get().person == guest
    assert "영희" in page(client, "run", meeting.pk)


def test_a_number_of_guests_below_zero_is_refused_and_kept(client, dong, secretary, at):
    meeting = joint_meeting(dong, by=secretary, at=at)
    client.force_login(secretary)
    assert 'value="-1"' in send(client, "call_roll", meeting.pk, guests="-1")


def test_a_motion_is_put_counted_and_decided_on_the_same_page(client, running, secretary):
    client.force_login(secretary)
    topic = running.topics.in_order().first()
    said = send(client, "move", running.pk, text="추첨으로 정한다", topic=topic.pk)
    assert "추첨으로 정한다" in said
    motion = Motion.objects.get()
    said = send(client, "vote_on", motion.pk, yes="3", no="0", abstain="0")
    assert "손을 든 사람(3명)이 지금 있는 위원(2명)보다 많습니다" in said
    assert 'value="3"' in said
    said = send(client, "vote_on", motion.pk, yes="2", no="0", abstain="0")
    assert "정해졌습니다." in said
    assert "2명이 필요했고 2명이 찬성했습니다" in said
    said = send(client, "decide_topic", topic.pk, outcome="take_up", text="추첨으로 함")
    assert "2번 안건, 마을기금 쓰기" in said


def test_a_topic_without_an_outcome_is_asked_for_it_and_keeps_the_words(client, running, secretary):
    client.force_login(secretary)
    topic = running.topics.in_order().first()
    said = send(client, "decide_topic", topic.pk, text="추첨으로 함")
    assert "하나를 골라 주세요." in said
    assert "추첨으로 함</textarea>" in said


def test_an_open_motion_keeps_the_meeting_from_closing(client, running, secretary):
    client.force_login(secretary)
    send(client, "move", running.pk, text="추첨으로 정한다")
    said = send(client, "close", running.pk)
    assert "먼저 표결을 마쳐 주세요" in said
    assert "이대로는 할 수 없습니다" in said


def test_topics_are_added_and_taken_off(client, running, secretary):
    client.force_login(secretary)
    said = send(client, "put_topic", running.pk, title="다른 이야기", brought_by="안전분과")
    assert "다른 이야기" in said
    topic = running.topics.get(order=3)
    assert "거둘까요?" in page(client, "withdraw_topic", topic.pk)
    said = send(client, "withdraw_topic", topic.pk, because="다음에")
    assert "안건을 거두었습니다" in said


def test_what_was_said_and_who_does_what_stands_in_the_minutes(client, running, secretary, soonja):
    client.force_login(secretary)
    send(client, "remark", running.pk, text="순자 위원이 설명했습니다.")
    said = send(client, "add_follow_up", running.pk, text="현수막 떼기", due_on="2099-06-01")
    assert "누가 할지 고르거나 적어 주세요" in said
    assert "현수막 떼기" in said
    send(
        client, "add_follow_up", running.pk, text="현수막 떼기", owner=soonja.pk,
        due_on="2099-06-01",
    )  # fmt: skip
    shown = page(client, "meeting", running.pk)
    assert "순자 위원이 설명했습니다." in shown
    assert "맡은 일: 현수막 떼기" in shown


def test_a_resident_registration_number_does_not_get_into_the_minutes(client, running, secretary):
    client.force_login(secretary)
    said = send(client, "remark", running.pk, text="순자 900101-2345678")
    assert "주민등록번호" in said
    assert not running.remarks.exists()


def test_the_list_of_things_to_do_asks_as_often_for_many_as_for_few(
    client, dong, running, secretary, soonja, django_assert_max_num_queries
):
    def add(number):
        for _row in range(number):
            actions.add_follow_up(
                meeting=running, text="묻기", owner=soonja, due_on=running.on, by=secretary,
                at=running.starts_at,
            )  # fmt: skip

    client.force_login(soonja)
    add(1)
    with django_assert_max_num_queries(15) as few:
        page(client, "follow_ups", dong.code)
    add(25)
    with django_assert_max_num_queries(len(few)):
        shown = page(client, "follow_ups", dong.code)
    assert "26건" in shown


def test_minutes_are_written_published_and_corrected(client, running, secretary):
    client.force_login(secretary)
    assert "이제 회의록을 살펴 공개해 주세요" in send(client, "close", running.pk)
    send(client, "write_minutes", running.pk, note="다음 회의는 6월입니다.")
    client.logout()
    address = reverse("meeting:minutes", args=[running.pk])
    assert client.get(address).status_code == 404
    client.force_login(secretary)
    assert "회의록을 공개했습니다." in send(client, "publish_minutes", running.pk)
    said = send(client, "correct_minutes", running.pk, note="다음 회의는 7월입니다.", because="")
    assert "다음 회의는 7월입니다." in said
    send(client, "correct_minutes", running.pk, note="다음 회의는 7월입니다.", because="달이 틀림")
    client.logout()
    shown = page(client, "minutes", running.pk)
    assert "다음 회의는 7월입니다." in shown
    assert "달이 틀림" in shown
    assert "고친 내력" in shown
    assert "순자" in shown
    answer = client.get(reverse("meeting:minutes_pdf", args=[running.pk]))
    assert answer["Content-Type"] == "application/pdf"
    read = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "다음 회의는 7월입니다." in read
    assert "독산1동-" in read


def test_a_second_tab_that_closes_again_reads_what_happened(client, running, secretary):
    client.force_login(secretary)
    send(client, "close", running.pk)
    assert "이미 다음 단계로 넘어갔습니다" in send(client, "close", running.pk)


def test_somebody_tells_what_became_of_what_they_took_upon_themselves(
    client, dong, running, secretary, soonja
):
    job = actions.add_follow_up(
        meeting=running, text="현수막 떼기", owner=soonja, due_on=running.on, by=secretary,
        at=running.starts_at,
    )  # fmt: skip
    assert "어떻게 되었는지 적기" not in page(client, "follow_ups", dong.code)
    client.force_login(soonja)
    assert "어떻게 되었는지 적기" in page(client, "follow_ups", dong.code)
    said = send(client, "settle_follow_up", job.pk, state="dropped", result="")
    assert "까닭을 적어 주세요" in said
    said = send(client, "settle_follow_up", job.pk, state="dropped", result="이미 없습니다")
    assert FollowUp.objects.get().state == "dropped"
    assert "지금 맡은 일이 없습니다" in said
    assert "이미 없습니다" in page(client, "follow_ups", dong.code, show="settled")
