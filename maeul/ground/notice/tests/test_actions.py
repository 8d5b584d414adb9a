from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from maeul.core.refusal import Refused
from maeul.ground.notice import actions
from maeul.ground.notice.models import Letter, Message
from maeul.ground.notice.rules import LetterState, Why
from maeul.ground.people import actions as people
from maeul.ground.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(soonja, at):
    actions.tell(person=soonja, title="답이 왔습니다", text="검토했습니다.", link="/a/", at=at)
    return Letter.objects.get()


def test_a_message_stands_in_the_inbox_and_its_letter_waits_with_a_job(letter, soonja):
    assert Message.objects.inbox(soonja).get().title == "답이 왔습니다"
    assert letter.state == LetterState.WAITING
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args) == ("notice.send_letter", {"letter_id": letter.pk})


def test_somebody_without_an_account_is_told_nothing_and_nothing_breaks(dong, at):
    nobody = PersonFactory(email=None)
    assert actions.tell(person=nobody, title="답", at=at) is None
    assert Letter.objects.count() == 0


def test_a_letter_goes_out_once_with_its_own_number_however_often_the_job_runs(letter):
    for _ in range(3):
        actions.send(letter_id=letter.pk)
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [letter.mail_id]
    assert Letter.objects.get().state == LetterState.SENT


def test_a_sentence_of_two_lines_still_goes_out_as_a_subject_of_one(soonja, at):
    actions.tell(person=soonja, title="신호가 짧아요\r\nBcc: everybody@example.org", at=at)
    actions.send(letter_id=Letter.objects.get().pk)
    assert [message.subject for message in mail.outbox] == [
        "신호가 짧아요 Bcc: everybody@example.org"
    ]
    assert mail.outbox[0].message()["Bcc"] is None


def test_a_letter_handed_over_by_a_worker_that_died_is_not_sent_again_but_waits_for_a_person(
    letter,
):
    Letter.objects.update(state=LetterState.HANDED, handed_at=timezone.now())
    actions.send(letter_id=letter.pk)
    assert mail.outbox == []
    assert [*Letter.objects.unclear()] == [letter]


def test_the_sweep_finds_what_a_dead_worker_left_and_lost_jobs(letter, at):
    now = timezone.now()
    Letter.objects.update(state=LetterState.HANDED, handed_at=now - timedelta(minutes=11))
    actions.sweep(since=now - timedelta(minutes=10))
    assert Letter.objects.get().state == LetterState.UNCLEAR

    Letter.objects.update(state=LetterState.WAITING)
    before = ProcrastinateJob.objects.count()
    actions.sweep(since=now - timedelta(minutes=10))
    assert ProcrastinateJob.objects.count() == before + 1


@pytest.fixture
def way_in(at):
    """A letter about an account, whose text lets its reader in."""
    how = {"title": "비밀번호를 새로 정해 주세요", "text": "https://…/key/abc", "at": at}
    return actions.write(to="jiwoo@example.org", **how)


def test_a_letter_about_an_account_goes_out_once_and_its_words_are_forgotten(way_in):
    for _ in range(2):
        actions.send(letter_id=way_in.pk)
    [sent] = mail.outbox
    assert (sent.to, sent.body) == (["jiwoo@example.org"], "https://…/key/abc")
    assert sent.extra_headers["Message-ID"] == way_in.mail_id
    gone = Letter.objects.get()
    assert (gone.state, gone.text, gone.to) == (LetterState.SENT, "", "")
    assert not Message.objects.exists()


@pytest.mark.parametrize("state", [LetterState.WAITING, LetterState.UNCLEAR])
def test_a_letter_about_an_account_is_given_up_after_a_day(way_in, at, state):
    Letter.objects.update(state=state)
    actions.sweep(since=at + timedelta(days=1))
    assert Letter.objects.get().text == way_in.text
    actions.sweep(since=at + timedelta(days=1, seconds=1))
    gone = Letter.objects.get()
    assert (gone.state, gone.text, gone.to) == (LetterState.LATE, "", "")
    actions.send(letter_id=way_in.pk)
    assert mail.outbox == []


def test_a_letter_to_an_inbox_waits_however_old_it_is(letter, at):
    actions.sweep(since=at + timedelta(days=30))
    assert Letter.objects.get().state == LetterState.WAITING


def test_an_unclear_letter_about_an_account_is_sent_again_or_forgotten(way_in, officer, at):
    Letter.objects.update(state=LetterState.UNCLEAR)
    actions.settle(letter=way_in, went_out=True, by=officer, at=at)
    assert Letter.objects.get().text == ""


def test_the_words_of_a_letter_that_is_over_cannot_be_kept(way_in):
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.update(state=LetterState.SENT)


def test_a_person_decides_whether_an_unclear_letter_is_sent_again(letter, officer, at):
    Letter.objects.update(state=LetterState.UNCLEAR)
    actions.settle(letter=letter, went_out=False, by=officer, at=at)
    assert Letter.objects.get().state == LetterState.WAITING
    with pytest.raises(Refused) as no:
        actions.settle(letter=letter, went_out=True, by=officer, at=at)
    assert no.value.why == Why.NOT_UNCLEAR


def test_the_link_in_a_letter_can_be_tapped_wherever_it_is_read(letter, settings):
    settings.SITE_ADDRESS = "https://maeul.example.org"
    actions.send(letter_id=letter.pk)
    assert mail.outbox[0].body.endswith("https://maeul.example.org/a/")


def test_an_address_is_forgotten_when_its_letter_is_over_and_who_left_gets_none(letter, soonja, at):
    waiting = actions.tell(person=soonja, title="알림", at=at).letters.get()
    sent = actions.send(letter_id=letter.pk)
    sent.refresh_from_db()
    assert (sent.state, sent.to) == (LetterState.SENT, "")
    people.leave(person=soonja, by=soonja, at=at)
    late = actions.send(letter_id=waiting.pk)
    late.refresh_from_db()
    assert (late.state, late.to, len(mail.outbox)) == (LetterState.LATE, "", 1)
