from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from maeul.ground.notice import actions
from maeul.ground.notice.models import Announcement, Letter, Message
from maeul.ground.notice.rules import LetterState
from maeul.ground.people.tests.factories import holder

pytestmark = pytest.mark.django_db


def read(client, name, *args, **query):
    return client.get(reverse(name, args=args), query).content.decode()


def test_a_resident_reads_what_is_new_and_opening_it_leads_to_the_thing(client, soonja, at):
    message = actions.tell(person=soonja, title="답이 왔습니다", link="/law/", at=at)
    client.force_login(soonja)
    assert "읽지 않은 알림이 1건 있습니다" in read(client, "notice:inbox")

    answer = client.post(reverse("notice:open_message", args=[message.pk]))

    assert answer.url == "/law/"
    assert Message.objects.get().read_at is not None
    assert "모두 읽으셨습니다" in read(client, "notice:inbox")


def test_an_empty_inbox_says_what_will_come(client, soonja):
    client.force_login(soonja)
    assert "아직 온 알림이 없습니다" in read(client, "notice:inbox")


def test_another_persons_message_is_not_found(client, soonja, minsu, at):
    message = actions.tell(person=soonja, title="답", at=at)
    client.force_login(minsu)
    answer = client.post(reverse("notice:open_message", args=[message.pk]))
    assert answer.status_code == 404
    assert Message.objects.get().read_at is None


def test_the_officer_announces_and_everybody_reads(client, officer, dong):
    client.force_login(officer)
    page = reverse("notice:announce", args=[dong.code])
    client.post(page, {"title": "5월 연석회의", "text": "누구나 오세요."})
    client.logout()
    assert "5월 연석회의" in read(client, "notice:announcements", dong=dong.code)
    shown = Announcement.objects.get()
    assert "누구나 오세요." in read(client, "notice:announcement", shown.pk)


def test_an_announcement_without_a_title_comes_back_with_what_was_typed(client, officer, dong):
    client.force_login(officer)
    answer = client.post(
        reverse("notice:announce", args=[dong.code]), {"title": "", "text": "누구나 오세요."}
    )
    assert "누구나 오세요." in answer.content.decode()
    assert Announcement.objects.count() == 0


def test_a_resident_cannot_announce(client, soonja, dong):
    client.force_login(soonja)
    assert client.get(reverse("notice:announce", args=[dong.code])).status_code == 403


def test_a_notice_past_its_day_is_gone(client, officer, dong, at):
    actions.announce(title="지난 공지", text="끝", dong=dong, by=officer, at=at, until_on=at.date())
    Announcement.objects.update(until_on=timezone.localdate() - timedelta(days=1))
    assert "지난 공지" not in read(client, "notice:announcements")


def test_an_unclear_letter_is_settled_by_a_person(client, soonja, dong, at):
    actions.tell(person=soonja, title="답이 왔습니다", at=at)
    Letter.objects.update(state=LetterState.UNCLEAR, handed_at=at)
    client.force_login(holder("구담당", "district_officer", district=dong.district))
    assert "알 수 없는 편지 1통" in read(client, "notice:letters")

    page = reverse("notice:settle_letter", args=[Letter.objects.get().pk])
    client.post(page, {"went_out": "yes"})

    assert Letter.objects.get().state == LetterState.SENT
    assert "모든 편지가 잘 갔습니다" in read(client, "notice:letters")


def test_inbox_letters_and_announcements_ask_as_often_for_sixty_as_for_two(
    client, queries_of, soonja, officer, district_officer, dong, at
):
    def write(many):
        for number in range(many):
            message = actions.tell(person=soonja, title=f"소식 {number}", at=at)
            Letter.objects.filter(message=message).update(
                state=LetterState.UNCLEAR, handed_at=at, done_at=at
            )
            actions.announce(title=f"공지 {number}", text="글", dong=dong, by=officer, at=at)

    pages = (
        (soonja, reverse("notice:inbox")),
        (soonja, reverse("notice:announcements")),
        (district_officer, reverse("notice:letters")),
    )

    def counts():
        found = []
        for person, address in pages:
            client.force_login(person)
            found.append(queries_of(address))
        return found

    write(2)
    few = counts()
    write(58)
    assert [many - count for many, count in zip(counts(), few, strict=True)] == [0, 0, 0]
    assert "다음 쪽" in client.get(pages[2][1]).content.decode()
