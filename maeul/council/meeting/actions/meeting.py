"""What every verb of a meeting begins and ends with."""

from maeul.core.refusal import refuse_if
from maeul.council.meeting import rules, texts
from maeul.council.meeting.models import FollowUp, Meeting, Topic
from maeul.council.meeting.texts import REFUSALS
from maeul.ground.people import rules as people
from maeul.ground.people.texts import REFUSALS as PEOPLE_REFUSALS
from maeul.ground.search import actions as search
from maeul.ground.thread import actions as thread_actions


def locked(meeting):
    """The meeting's row, so that two who write at once wait for each other."""
    return (
        Meeting.objects.select_for_update(of=["self"])
        .select_related("body__dong", "body__parent")
        .get(pk=meeting.pk)
    )


def refuse(no):
    refuse_if(no, REFUSALS)


def refuse_numbers(*texts):
    """What is written here is read by everybody: no resident registration number goes in."""
    refuse_if(people.why_not_write(*texts), PEOPLE_REFUSALS)


def move_on(meeting, to):
    """Take the next state, if it is one that may follow."""
    refuse(rules.why_not_move_on(state=meeting.state, to=to))
    meeting.state = to


def show(meeting):
    """Write a public meeting's row of the search index anew."""
    if not meeting.public:
        return
    titles = meeting.topics.on_the_list().in_order().values_list("title", flat=True)
    search.put(
        link=meeting.link,
        kind="meeting",
        title=str(meeting),
        text="\n".join([meeting.place, *titles]),
        on=meeting.on,
        dong=meeting.dong,
        state=str(meeting.get_state_display()),
    )


def carry_over(*, into, by, at):
    """Put what was left over onto the list of a called meeting: topics that were put off, and
    everything somebody still has to do.  What stands there already is not put twice."""
    for topic in Topic.objects.to_carry_over(into.body).exclude(meeting=into):
        if into.topics.on_the_list().filter(thread=topic.thread_id).exists():
            continue
        carried = Topic.objects.create(
            meeting=into,
            order=next_order(into),
            title=topic.title,
            thread=topic.thread,
            brought_by=topic.brought_by,
            put_at=at,
            carried_from=topic,
            carried_over_count=topic.carried_over_count + 1,
        )
        note_on_thread(carried, "put_topic", state=texts.ON_THE_LIST, by=by, at=at)
    left = FollowUp.objects.open().of_body(into.body).exclude(meeting=into)
    into.carried_follow_ups.add(*left)


def note_on_thread(thing, verb, *, state, by, at, text=""):
    """Add a step to the matter of a topic or motion: what this meeting did about it."""
    thread_actions.note(
        thread=thing.thread,
        step=f"meeting.{verb}",
        title=str(thing.meeting),
        text=text,
        link=thing.link,
        state=str(state),
        public=thing.meeting.public,
        by=by,
        at=at,
    )


def next_order(meeting):
    last = meeting.topics.order_by("order").last()
    return last.order + 1 if last else 1
