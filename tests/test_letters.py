"""Letters about accounts: through the outbox, by the worker, and telling nothing to who asks."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from maeul.ground.notice import actions as notice
from maeul.ground.notice.models import Letter, Message
from maeul.ground.notice.rules import LetterState
from maeul.ground.people import actions as people
from maeul.ground.people.models import Person

pytestmark = pytest.mark.django_db

NEW = "느티나무 곁의 새로운 의자"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def jiwoo(law, at):
    return people.join(
        email="jiwoo@example.org",
        password="참나무 아래 조용한 의자",
        name="지우",
        born_on=at.date().replace(year=1990),
        consents=["privacy"],
        email_verified=True,
        at=at,
    )


def ask_anew(client, email):
    cache.clear()
    return client.post(reverse("account_reset_password"), {"email": email})


def test_a_password_is_set_anew_by_a_letter_that_the_worker_sends_and_forgets(client, jiwoo):
    ask_anew(client, jiwoo.email)
    assert mail.outbox == [], "nobody waits for the mail server"
    letter = Letter.objects.get()
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args) == ("notice.send_letter", {"letter_id": letter.pk})
    assert "key" not in str(job.args)
    notice.send(letter_id=letter.pk)
    [sent] = mail.outbox
    assert sent.extra_headers["Message-ID"] == letter.mail_id
    way = re.search(r"https?://[^/]+(/\S+)", sent.body)[1]
    assert not Letter.objects.exclude(text="").exists()
    form = client.get(way, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": NEW, "password2": NEW})
    assert Person.objects.get(pk=jiwoo.pk).check_password(NEW)


def test_asking_for_an_unknown_address_takes_the_same_way_and_leaves_no_address(client, jiwoo):
    answers = [ask_anew(client, email) for email in (jiwoo.email, "nobody@example.org")]
    assert {(answer.status_code, answer.url) for answer in answers} == {
        (302, reverse("account_reset_password_done"))
    }
    assert len({answer.content for answer in answers}) == 1
    assert mail.outbox == []
    assert {letter.state for letter in Letter.objects.all()} == {LetterState.WAITING}
    assert Letter.objects.count() == ProcrastinateJob.objects.count() == 2
    for letter in Letter.objects.order_by("pk"):
        notice.send(letter_id=letter.pk)
    assert [sent.to for sent in mail.outbox] == [[jiwoo.email], ["nobody@example.org"]]
    assert not Letter.objects.exclude(to="").exists()


def test_the_letter_of_somebody_who_joins_stands_in_no_inbox(client, law):
    client.post(
        reverse("account_signup"),
        {
            "email": "minji@example.org",
            "password1": NEW,
            "password2": NEW,
            "name": "민지",
            "born_on": "1990-03-04",
            "sex": "",
            "consent_privacy": "on",
        },
    )
    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == ("minji@example.org", "[마을] 가입을 마쳐 주세요")
    assert not Message.objects.exists()
