from django.db import transaction
from django.utils import timezone

from maeul.council.meeting import rules
from maeul.council.meeting.actions.meeting import locked, refuse
from maeul.council.meeting.models import Attendance
from maeul.ground.audit import actions as audit


@transaction.atomic
def attend(*, meeting, person, by, at):
    """Somebody has come: as a member when they sit in the meeting's body, else as a guest."""
    meeting = locked(meeting)
    refuse(
        rules.why_not_attend(
            state=meeting.state,
            on=meeting.on,
            today=timezone.localdate(at),
            here=meeting.attendances.here().filter(person=person).exists(),
        )
    )
    row = Attendance.objects.create(
        meeting=meeting,
        person=person,
        as_member=meeting.members_in_office().filter(pk=person.pk).exists(),
        came_at=at,
    )
    audit.note("meeting.attended", on=row, by=by, at=at)
    return row


@transaction.atomic
def leave(*, meeting, person, by, at):
    """Somebody goes before the end; they no longer count as present."""
    meeting = locked(meeting)
    row = meeting.attendances.here().filter(person=person).first()
    refuse(
        rules.why_not_leave(
            state=meeting.state,
            here=row is not None,
            came_at=row.came_at if row else None,
            at=at,
        )
    )
    row.left_at = at
    row.save(update_fields=["left_at"])
    audit.note("meeting.left", on=row, by=by, at=at)
    return row


@transaction.atomic
def call_roll(*, meeting, here, guests, by, at):
    """Write down in one go who is here now, and how many guests came without a name.

    Who is in `here` and was not has come; who was here and is not in `here` has left.
    """
    meeting = locked(meeting)
    refuse(
        rules.why_not_attend(
            state=meeting.state, on=meeting.on, today=timezone.localdate(at), here=False
        )
    )
    was_here = {row.person_id: row.person for row in meeting.attendances.here().in_order()}
    is_here = {person.pk: person for person in here}
    for number in is_here.keys() - was_here.keys():
        attend(meeting=meeting, person=is_here[number], by=by, at=at)
    for number in was_here.keys() - is_here.keys():
        leave(meeting=meeting, person=was_here[number], by=by, at=at)
    meeting.guests = guests
    meeting.save(update_fields=["guests"])
    return meeting
