from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from maeul.core.jobs import enqueue
from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.ground.notice import rules
from maeul.ground.notice.models import Announcement, Letter, Message
from maeul.ground.notice.rules import LetterState
from maeul.ground.notice.texts import REFUSALS

A_DAY = timedelta(days=1)


@transaction.atomic(savepoint=False)
def tell(*, person, title, at, text="", link="", mail=True):
    """Put a message into a person's inbox and, where they have an address, a letter into the
    outbox; both in the caller's transaction.  Somebody who left or has no account hears nothing.
    """
    if person is None or not person.is_active or not person.email:
        return None
    message = Message.objects.create(person=person, title=title, text=text, link=link, at=at)
    if mail:
        letter = Letter.objects.create(message=message, to=person.email, written_at=at)
        enqueue("notice.send_letter", letter_id=letter.pk)
    return message


@transaction.atomic
def write(*, to, title, text, at):
    """Put a letter about an account into the outbox; it stands in no inbox.  Whoever has its text
    can come in, so it is kept no longer than until it is sent."""
    letter = Letter.objects.create(to=to, title=title, text=text, written_at=at)
    enqueue("notice.send_letter", letter_id=letter.pk)
    return letter


def read(*, message, at):
    """The person has opened it."""
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=at)


def send(*, letter_id):
    """Hand one letter to the mail server; at most once, whatever happens to the worker.

    The line to the server is opened first: while it is down the letter keeps waiting.  Then the
    letter is marked `handed` and committed.  Whoever finds it already handed knows that a worker
    died in between: whether it went out is unclear, and a person decides.
    """
    mail = get_connection(fail_silently=False)
    mail.open()
    with transaction.atomic():
        letter = Letter.objects.select_for_update(of=["self"]).select_related("message__person")
        letter = letter.get(pk=letter_id)
        if letter.state == LetterState.HANDED:
            return _done(letter, LetterState.UNCLEAR)
        if letter.state != LetterState.WAITING:
            return letter
        if letter.message and not letter.message.person.is_active:  # they left meanwhile
            return _done(letter, LetterState.LATE)
        letter.state, letter.handed_at = LetterState.HANDED, timezone.now()
        letter.save(update_fields=["state", "handed_at"])
    took_it = mail.send_messages([_email(letter)])
    mail.close()
    return _done(letter, LetterState.SENT if took_it else LetterState.REFUSED)


def sweep(*, since):
    """Find what a dead worker left behind: unclear letters, and jobs that were lost.  A letter
    about an account that is a day old is given up."""
    Letter.objects.stuck(since=since).update(state=LetterState.UNCLEAR, done_at=timezone.now())
    Letter.objects.about_accounts().filter(
        state__in=(LetterState.WAITING, LetterState.UNCLEAR), written_at__lt=since - A_DAY
    ).update(state=LetterState.LATE, done_at=timezone.now(), text="", to="")
    for letter in Letter.objects.forgotten(since=since):
        enqueue("notice.send_letter", letter_id=letter.pk)


@transaction.atomic
def settle(*, letter, went_out, by, at):
    """A person's word on an unclear letter: it went out, or it is to be sent again."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    refuse_if(rules.why_not_settle(state=LetterState(letter.state)), REFUSALS)
    audit.note("notice.letter_settled", on=letter, by=by, at=at, went_out=went_out)
    if went_out:
        return _done(letter, LetterState.SENT)
    letter.state = LetterState.WAITING
    letter.save(update_fields=["state"])
    enqueue("notice.send_letter", letter_id=letter.pk)
    return letter


@transaction.atomic
def announce(*, title, text, by, at, dong=None, link="", until_on=None):
    """Publish a notice of the dong (or, without one, of the district)."""
    refuse_if(rules.why_not_announce(title=title, text=text), REFUSALS)
    announcement = Announcement.objects.create(
        dong=dong, title=title, text=text, link=link, published_at=at, until_on=until_on
    )
    audit.note("notice.announced", on=announcement, by=by, at=at)
    return announcement


def _done(letter, state):
    letter.state, letter.done_at = state, timezone.now()
    if state in rules.OVER:
        letter.text = letter.to = ""
    letter.save(update_fields=["state", "done_at", "text", "to"])
    return letter


def _email(letter):
    text = letter.text
    if letter.message:
        text = f"{letter.message.text}\n\n{_clickable(letter.message.link)}".strip()
    return EmailMessage(
        subject=" ".join(letter.subject.split()),  # people write sentences of two lines
        body=text,
        to=[letter.to],
        headers={"Message-ID": letter.mail_id},
    )


def _clickable(link):
    """Links are kept as paths of the site; a letter is read elsewhere."""
    return settings.SITE_ADDRESS + link if link.startswith("/") else link
