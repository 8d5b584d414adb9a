from django.db import transaction
from django.utils import timezone

from maeul.core.period import Period
from maeul.council.meeting import rules
from maeul.council.meeting.actions.meeting import carry_over, locked, move_on, refuse, show
from maeul.council.meeting.actions.topic import settle_topic
from maeul.council.meeting.models import Meeting
from maeul.council.meeting.rules import State, TopicOutcome
from maeul.council.meeting.texts import OUT_OF_TIME
from maeul.ground.audit import actions as audit
from maeul.ground.law.models import Provision
from maeul.vault.participation import actions as participation


@transaction.atomic
def close(*, meeting, by, at):
    """End a meeting: what was not talked about goes to the next one, who came gave their time,
    and the days until the minutes must be public begin to run."""
    meeting = locked(meeting)
    law = Provision.objects.in_force(dong=meeting.dong, at=at)
    refuse(rules.why_not_close(state=meeting.state, motions_open=meeting.motions.unvoted().count()))
    for topic in meeting.topics.undecided().in_order():
        settle_topic(
            topic,
            meeting=meeting,
            outcome=TopicOutcome.CARRY_OVER,
            text=str(OUT_OF_TIME),
            by=by,
            at=at,
        )
    meeting.attendances.here().update(left_at=at)
    move_on(meeting, State.CLOSED)
    meeting.closed_at = at
    meeting.minutes_due_on = timezone.localdate(at) + law["meetings.publish_days"].days()
    meeting.kept |= law.kept("meetings.publish_days")
    meeting.save(update_fields=["state", "closed_at", "minutes_due_on", "kept"])
    _thank(meeting)
    if coming := Meeting.objects.next_called(meeting.body, after=meeting.starts_at):
        carry_over(into=coming, by=by, at=at)
        show(coming)
    show(meeting)
    audit.note("meeting.closed", on=meeting, by=by, at=at)
    return meeting


def _thank(meeting):
    """Note the time people gave: by name, and for every guest without one."""
    held = Period(meeting.opened_at, meeting.closed_at)
    given = {"dong": meeting.dong, "kind": "meeting", "on": meeting.on, "source": meeting}
    stays = {}
    for row in meeting.attendances.in_order():
        stays.setdefault(row.person, []).append((row.came_at, row.left_at))
    for person, times in stays.items():
        participation.add(person=person, minutes=rules.minutes_here(times, meeting=held), **given)
    whole = rules.minutes_here([(held.start, held.end)], meeting=held)
    for _guest in range(meeting.guests):
        participation.add(person=None, minutes=whole, **given)
