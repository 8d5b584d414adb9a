from django.db import transaction
from django.utils import timezone

from maeul.council.meeting import rules
from maeul.council.meeting.actions.meeting import carry_over, locked, move_on, refuse, show
from maeul.council.meeting.rules import State
from maeul.ground.audit import actions as audit
from maeul.ground.law.models import Provision


@transaction.atomic
def open(*, meeting, by, at):
    """Open a meeting.  A plenary or subcommittee needs more than half of its members (art. 21(3));
    the joint meeting opens with whoever came."""
    meeting = locked(meeting)
    law = Provision.objects.in_force(dong=meeting.dong, at=at)
    in_office = meeting.members_in_office().count()
    here = meeting.attendances.here()
    present = here.members().count()
    refuse(
        rules.why_not_open(
            state=meeting.state,
            kind=meeting.kind,
            on=meeting.on,
            today=timezone.localdate(at),
            present=present,
            needed=rules.needed(in_office, law_word=law["meetings.quorum"].value),
        )
    )
    move_on(meeting, State.OPENED)
    meeting.opened_at = at
    meeting.in_office = in_office
    meeting.present_at_opening = present if meeting.needs_quorum else here.count() + meeting.guests
    meeting.kept |= law.kept("meetings.quorum")
    meeting.save(update_fields=["state", "opened_at", "in_office", "present_at_opening", "kept"])
    carry_over(into=meeting, by=by, at=at)
    show(meeting)
    audit.note("meeting.opened", on=meeting, by=by, at=at, present=present, in_office=in_office)
    return meeting
