from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from maeul.core.refusal import Refused
from maeul.ground.notice import actions
from maeul.ground.notice.models import Letter, Message
from maeul.ground.notice.rules import LetterState, Why
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
