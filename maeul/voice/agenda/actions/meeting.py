"""To the joint meeting and back: the meeting decides, this floor takes over what it decided."""

from django.db import transaction

from maeul.core.refusal import refuse_if
from maeul.council.meeting import actions as meetings
from maeul.council.meeting.models import Topic
from maeul.voice.agenda import rules, texts
from maeul.voice.agenda.actions.moving import due, locked, say, tell_authors
from maeul.voice.agenda.models import Uptake
from maeul.voice.agenda.rules import State
from maeul.voice.agenda.texts import REFUSALS


@transaction.atomic
def bring_to_meeting(*, item, meeting, by, at):
    """Put an item on the list of a joint meeting."""
    item = locked(item)
    refuse_if(
        rules.why_not_bring_to_meeting(
            state=State(item.state),
            joint=meeting.kind == "joint",
            same_dong=meeting.body.dong_id == item.dong_id,
        ),
        REFUSALS,
    )
    topic = meetings.put_topic(
        meeting=meeting,
        title=item.title,
        thread=item.thread,
        brought_by=str(item.said_by),
        by=by,
        at=at,
    )
    item.due_on = due(item.dong, "agenda.triage_days", meeting.starts_at)
    item.save(update_fields=["due_on"])
    return topic


@transaction.atomic
def take_up(*, item, topic, by, at):
    """Take over what a meeting decided about this item.  Where it leads (to a department, aside,
    to a refusal) is the next act of the staff, who owe it soon."""
    item = locked(item)
    topic = Topic.objects.select_related("thread", "meeting").get(pk=topic.pk)
    refuse_if(
        rules.why_not_take_up(
            state=State(item.state),
            decided=topic.outcome in rules.TAKEN_OVER,
            same_matter=topic.thread.root_id == item.thread.root_id,
            already=Uptake.objects.filter(topic=topic).exists(),
        ),
        REFUSALS,
    )
    uptake = Uptake.objects.create(item=item, topic=topic, taken_up_at=at)
    item.moved_at = at
    if item.due_on is not None:
        days = "agenda.answer_days" if topic.outcome == "take_up" else "agenda.triage_days"
        item.due_on = due(item.dong, days, at)
    item.save(update_fields=["moved_at", "due_on"])
    told = str(texts.TAKEN_OVER[topic.outcome])
    text = "" if topic.meeting.public else topic.outcome_text  # the meeting's own step has it
    say(item, verb="taken_up", title=told, text=text, by=by, at=at)
    tell_authors(item, at=at, title=told, text=topic.outcome_text)
    return uptake
