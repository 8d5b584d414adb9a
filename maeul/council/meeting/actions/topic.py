from django.db import transaction

from maeul.council.meeting import rules, texts
from maeul.council.meeting.actions.meeting import (
    locked,
    next_order,
    note_on_thread,
    refuse,
    refuse_numbers,
    show,
)
from maeul.council.meeting.models import Topic
from maeul.ground.audit import actions as audit
from maeul.ground.thread import actions as thread_actions


@transaction.atomic
def put_topic(*, meeting, title, by, at, thread=None, brought_by=""):
    """Put a matter on a meeting's list.  A matter that is new here opens its own thread."""
    refuse_numbers(title, brought_by)
    meeting = locked(meeting)
    on_the_list = meeting.topics.on_the_list()
    refuse(
        rules.why_not_put_topic(
            state=meeting.state,
            title=title,
            matter_on_the_list=thread is not None and on_the_list.filter(thread=thread).exists(),
        )
    )
    topic = Topic.objects.create(
        meeting=meeting,
        order=next_order(meeting),
        title=title.strip(),
        thread=thread or thread_actions.open(title=title.strip(), dong=meeting.dong, by=by, at=at),
        brought_by=brought_by.strip(),
        put_at=at,
    )
    note_on_thread(topic, "put_topic", state=texts.ON_THE_LIST, text=topic.title, by=by, at=at)
    show(meeting)
    audit.note("meeting.topic_put", on=topic, by=by, at=at)
    return topic


@transaction.atomic
def withdraw_topic(*, topic, by, at, because=""):
    """Take a topic off the list before the meeting has come to it."""
    refuse_numbers(because)
    meeting = locked(topic.meeting)
    topic = meeting.topics.get(pk=topic.pk)
    refuse(rules.why_not_withdraw_topic(state=meeting.state, done=topic.is_done))
    topic.withdrawn_at, topic.withdrawn_because = at, because.strip()
    topic.save(update_fields=["withdrawn_at", "withdrawn_because"])
    note_on_thread(
        topic, "withdraw_topic", state=texts.WITHDRAWN, text=topic.withdrawn_because, by=by, at=at
    )
    show(meeting)
    audit.note("meeting.topic_withdrawn", on=topic, by=by, at=at)
    return topic


@transaction.atomic
def decide_topic(*, topic, outcome, by, at, text=""):
    """Write down what the meeting made of a topic; the floor that owns the matter carries it on."""
    refuse_numbers(text)
    meeting = locked(topic.meeting)
    topic = meeting.topics.get(pk=topic.pk)
    refuse(
        rules.why_not_decide_topic(
            state=meeting.state,
            done=topic.is_done,
            motion_open=topic.motions.unvoted().exists(),
        )
    )
    return settle_topic(topic, meeting=meeting, outcome=outcome, text=text, by=by, at=at)


def settle_topic(topic, *, meeting, outcome, text, by, at):
    """Give a topic its outcome; the meeting's row is held."""
    topic.outcome, topic.outcome_text, topic.decided_at = outcome, text.strip(), at
    topic.save(update_fields=["outcome", "outcome_text", "decided_at"])
    note_on_thread(
        topic, "decide_topic", state=texts.OUTCOMES[outcome], text=topic.outcome_text, by=by, at=at
    )
    audit.note("meeting.topic_decided", on=topic, by=by, at=at, outcome=outcome)
    return topic
