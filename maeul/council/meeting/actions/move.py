from django.db import transaction

from maeul.council.meeting import rules
from maeul.council.meeting.actions.meeting import locked, note_on_thread, refuse, refuse_numbers
from maeul.council.meeting.models import Motion
from maeul.council.meeting.texts import MINUTES
from maeul.ground.audit import actions as audit
from maeul.ground.law.models import Provision
from maeul.ground.thread import actions as thread_actions


@transaction.atomic
def move(*, meeting, text, by, at, topic=None, thread=None, moved_by=None):
    """Put a sentence to the vote.  It belongs to the matter of its topic, to the one given, or
    opens its own.  `moved_by` is a member; without one the body as a whole asks."""
    refuse_numbers(text)
    meeting = locked(meeting)
    if topic is not None:
        topic = meeting.topics.get(pk=topic.pk)
    refuse(
        rules.why_not_move(
            state=meeting.state,
            kind=meeting.kind,
            text=text,
            topic_done=topic is not None and topic.is_done,
            mover_sits=None
            if moved_by is None
            else meeting.members_in_office().filter(pk=moved_by.pk).exists(),
        )
    )
    if thread is None:
        thread = topic.thread if topic else None
    motion = Motion.objects.create(
        meeting=meeting,
        topic=topic,
        thread=thread
        or thread_actions.open(title=text.strip()[:200], dong=meeting.dong, by=by, at=at),
        number=meeting.motions.count() + 1,
        text=text.strip(),
        moved_by=moved_by,
        moved_at=at,
    )
    audit.note("meeting.moved", on=motion, by=by, at=at)
    return motion


@transaction.atomic
def vote_on(*, motion, yes, no, abstain, by, at):
    """Count an open vote of the members who are present.  The motion is carried when more than
    half of them are for it (article 21(3)); whoever raises no hand counts as present."""
    meeting = locked(motion.meeting)
    motion = meeting.motions.get(pk=motion.pk)
    law = Provision.objects.in_force(dong=meeting.dong, at=at)
    present = meeting.attendances.here().members().count()
    refuse(
        rules.why_not_vote(
            state=meeting.state,
            voted=motion.voted_at is not None,
            present=present,
            needed=rules.needed(meeting.in_office or 0, law_word=law["meetings.quorum"].value),
            yes=yes,
            no=no,
            abstain=abstain,
        )
    )
    outcome = rules.outcome_of(
        yes=yes, no=no, abstain=abstain, present=present, law_word=law["meetings.pass"].value
    )
    motion.voted_at = at
    motion.present, motion.yes, motion.no, motion.abstain = present, yes, no, abstain
    motion.yes_needed, motion.is_carried = outcome.needed, outcome.carried
    motion.kept = law.kept("meetings.quorum", "meetings.pass")
    motion.save()
    note_on_thread(
        motion,
        "vote_on",
        state=MINUTES["carried" if motion.is_carried else "not_carried"],
        text=motion.text,
        by=by,
        at=at,
    )
    audit.note(
        "meeting.voted",
        on=motion,
        by=by,
        at=at,
        yes=yes,
        no=no,
        abstain=abstain,
        present=present,
        carried=outcome.carried,
    )
    return motion
