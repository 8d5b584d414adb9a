from django.db import transaction
from django.utils.translation import gettext as _

from maeul.council.meeting import rules
from maeul.council.meeting.actions.meeting import locked, move_on, refuse, refuse_numbers, show
from maeul.council.meeting.models import Minutes, Remark
from maeul.council.meeting.models.minutes import written_so_far
from maeul.council.meeting.rules import State
from maeul.ground.audit import actions as audit
from maeul.vault.record import actions as record


@transaction.atomic
def remark(*, meeting, text, by, at):
    """Note what was said; all else the minutes write by themselves."""
    refuse_numbers(text)
    meeting = locked(meeting)
    refuse(rules.why_not_remark(state=meeting.state, text=text))
    row = Remark.objects.create(meeting=meeting, text=text.strip(), at=at)
    audit.note("meeting.remarked", on=row, by=by, at=at)
    return row


@transaction.atomic
def write_minutes(*, meeting, note, by, at):
    """Add to the minutes what the records of the evening do not know; may be rewritten until
    they are published."""
    refuse_numbers(note)
    meeting = locked(meeting)
    refuse(rules.why_not_write(state=meeting.state))
    meeting.minutes_note = note.strip()
    meeting.save(update_fields=["minutes_note"])
    audit.note("meeting.minutes_written", on=meeting, by=by, at=at)
    return meeting


@transaction.atomic
def publish_minutes(*, meeting, by, at):
    """Publish the minutes as they stand and enter them into the register."""
    meeting = locked(meeting)
    move_on(meeting, State.MINUTES_PUBLISHED)
    meeting.save(update_fields=["state"])
    minutes = _register(meeting, content=written_so_far(meeting), by=by, at=at)
    show(meeting)
    audit.note("meeting.minutes_published", on=meeting, by=by, at=at)
    return minutes


@transaction.atomic
def correct_minutes(*, meeting, note, because, by, at):
    """Publish corrected minutes beside the old ones, which stay: a new note, and why."""
    refuse_numbers(note, because)
    meeting = locked(meeting)
    refuse(rules.why_not_correct(state=meeting.state, because=because))
    old = Minutes.objects.current_of(meeting)
    meeting.minutes_note = note.strip()
    meeting.save(update_fields=["minutes_note"])
    minutes = _register(
        meeting,
        content=old.content | {"note": meeting.minutes_note},
        by=by,
        at=at,
        corrects=old,
        because=because.strip(),
    )
    audit.note("meeting.minutes_corrected", on=minutes, by=by, at=at)
    return minutes


def _register(meeting, *, content, by, at, corrects=None, because=""):
    entry = record.register(
        kind=_("회의록"),
        title=_("%(meeting)s 회의록") % {"meeting": meeting.title},
        link=meeting.minutes_link,
        public=meeting.public,
        dong=meeting.dong,
        by=by,
        at=at,
    )
    return Minutes.objects.create(
        meeting=meeting,
        content=content,
        published_at=at,
        record_name=entry.name,
        corrects=corrects,
        because=because,
    )
