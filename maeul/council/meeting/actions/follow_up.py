from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from maeul.council.meeting import rules, texts
from maeul.council.meeting.actions.meeting import locked, refuse, refuse_numbers
from maeul.council.meeting.models import FollowUp, Meeting
from maeul.council.meeting.rules import FollowUpState
from maeul.ground.audit import actions as audit
from maeul.ground.notice import actions as notice


@transaction.atomic
def add_follow_up(*, meeting, text, due_on, by, at, owner=None, owner_text="", topic=None):
    """Write down what somebody will do until when.  It stands on the table of each next meeting
    of the body until it is settled."""
    refuse_numbers(text, owner_text)
    meeting = locked(meeting)
    refuse(
        rules.why_not_follow_up(
            state=meeting.state,
            text=text,
            has_owner=owner is not None or bool(owner_text.strip()),
            due_on=due_on,
            on=meeting.on,
        )
    )
    row = FollowUp.objects.create(
        body=meeting.body,
        meeting=meeting,
        topic=meeting.topics.get(pk=topic.pk) if topic else None,
        text=text.strip(),
        owner=owner,
        owner_text=owner_text.strip(),
        due_on=due_on,
        added_at=at,
    )
    coming = Meeting.objects.next_called(meeting.body, after=meeting.starts_at)
    if coming and meeting.is_over:
        row.carried_into.add(coming)
    notice.tell(
        person=owner,
        title=_("맡은 일: %(text)s") % {"text": row.text},
        text=str(texts.FOLLOW_UP_LETTER)
        % {"meeting": meeting, "due": date_format(due_on, "n월 j일")},
        link=row.link,
        at=at,
    )
    audit.note("meeting.follow_up_added", on=row, by=by, at=at)
    return row


@transaction.atomic
def settle_follow_up(*, follow_up, state, result, by, at):
    """It is done, or it was dropped for a reason."""
    refuse_numbers(result)
    row = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    refuse(rules.why_not_settle(state=row.state, to=FollowUpState(state), result=result))
    row.state, row.settled_at, row.result = state, at, result.strip()
    row.save(update_fields=["state", "settled_at", "result"])
    audit.note("meeting.follow_up_settled", on=row, by=by, at=at, state=state)
    return row
