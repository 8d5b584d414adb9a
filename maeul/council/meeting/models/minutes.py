from operator import itemgetter

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.core.korean import josa
from maeul.council.meeting import texts
from maeul.council.meeting.models.follow_up import FollowUp
from maeul.council.meeting.models.meeting import Meeting
from maeul.council.meeting.models.paper import paper_of


class Remark(AddOnly):
    """What the secretary noted while the meeting ran: who said what."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="remarks")
    at = models.DateTimeField(_("때"))
    text = models.TextField(_("적은 말"))

    class Meta(AddOnly.Meta):
        verbose_name = _("회의 발언")

    def __str__(self):
        return self.text[:60]


class MinutesQuerySet(models.QuerySet):
    def current_of(self, meeting):
        """The minutes that hold now: those that nothing corrects.  None before they are out."""
        return self.filter(meeting=meeting, corrected_by=None).first()


class Minutes(AddOnly):
    """The minutes of a meeting as they were published (form 6 of the rule).

    `content` is the whole document, names included: it stays as it was published.  A correction
    is a new row that names the old one.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    content = models.JSONField(_("내용"))
    published_at = models.DateTimeField(_("공개한 때"))
    record_name = models.CharField(_("기록 번호"), max_length=60)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    because = models.CharField(_("고친 까닭"), max_length=300, blank=True)

    objects = MinutesQuerySet.as_manager()

    class Meta(AddOnly.Meta):
        verbose_name = _("회의록")
        constraints = [
            models.UniqueConstraint(
                name="meeting_minutes_are_published_once",
                fields=["meeting"],
                condition=models.Q(corrects=None),
            ),
            models.CheckConstraint(
                name="meeting_corrected_minutes_say_why",
                condition=models.Q(corrects=None) | ~models.Q(because=""),
            ),
        ]

    def __str__(self):
        return f"{self.record_name} {self.meeting}"

    def get_absolute_url(self):
        return reverse("meeting:minutes", args=[self.meeting_id])

    @property
    def paper(self):
        """This document as a page and as a PDF."""
        day = timezone.localdate(self.published_at)
        return paper_of(self.content, on=day, number=self.record_name)


def written_so_far(meeting):
    """The minutes as the records of the meeting write them by themselves: a plain document.

    Moments are text as they are read, so that what is published needs nothing else to be shown.
    """
    attendances = list(meeting.attendances.in_order())
    present = _names(row for row in attendances if row.as_member)
    return {
        "dong": str(meeting.dong),
        "body": meeting.body.name,
        "title": meeting.title,
        "kind": str(texts.KINDS[meeting.kind]),
        "year": meeting.year,
        "number": meeting.number,
        "when": date_format(timezone.localtime(meeting.starts_at), "Y년 n월 j일(D) H:i"),
        "place": meeting.place,
        "opened": _clock(meeting.opened_at),
        "closed": _clock(meeting.closed_at),
        "in_office": meeting.in_office if meeting.needs_quorum else None,
        "present": present,
        "absent": max(0, (meeting.in_office or 0) - len(present)) if meeting.needs_quorum else None,
        "others": _names(row for row in attendances if not row.as_member),
        "guests": meeting.guests,
        "topics": [_topic(topic) for topic in meeting.topics.in_order()],
        "motions": [_motion(motion) for motion in meeting.motions.in_order()],
        "follow_ups": [
            _follow_up(row) for row in FollowUp.objects.on_the_table_of(meeting).in_order()
        ],
        "lines": [
            {"at": _clock(at), "text": text}
            for at, text in sorted(_lines(meeting, attendances), key=itemgetter(0))
        ],
        "note": meeting.minutes_note,
    }


def _names(attendances):
    """Each person once, in the order given."""
    return [str(person) for person in {row.person_id: row.person for row in attendances}.values()]


def _clock(moment):
    return timezone.localtime(moment).strftime("%H:%M") if moment else ""


def _topic(topic):
    return {
        "order": topic.order,
        "title": topic.title,
        "brought_by": topic.brought_by,
        "outcome": str(topic.word),
        "text": topic.outcome_text or topic.withdrawn_because,
    }


def _motion(motion):
    return {
        "number": motion.number,
        "text": motion.text,
        "mover": _mover(motion),
        "present": motion.present,
        "yes": motion.yes,
        "no": motion.no,
        "abstain": motion.abstain,
        "yes_needed": motion.yes_needed,
        "is_carried": motion.is_carried,
    }


def _follow_up(row):
    return {
        "text": row.text,
        "who": row.who,
        "due_on": date_format(row.due_on, "n월 j일"),
        "state": str(row.get_state_display()),
        "result": row.result,
        "carried_over_count": row.carried_over_count,
    }


def _mover(motion):
    return str(motion.moved_by) if motion.moved_by_id else motion.meeting.body.name


def _lines(meeting, attendances):
    """What happened, each with its moment."""
    say = texts.MINUTES
    if meeting.opened_at:
        key = "opened" if meeting.needs_quorum else "opened_joint"
        facts = {"in_office": meeting.in_office, "present": meeting.present_at_opening}
        yield meeting.opened_at, str(say[key]) % facts
        for row in attendances:
            if row.came_at > meeting.opened_at:
                yield row.came_at, str(say["came"]) % {"who": josa(str(row.person), "이")}
            if row.left_at and row.left_at != meeting.closed_at:
                yield row.left_at, str(say["left"]) % {"who": josa(str(row.person), "이")}
    for topic in meeting.topics.all():
        facts = {"title": topic.title, "outcome": topic.word}
        if topic.decided_at:
            yield topic.decided_at, _said("decided", **facts, text=topic.outcome_text)
        if topic.withdrawn_at and meeting.opened_at and topic.withdrawn_at > meeting.opened_at:
            yield topic.withdrawn_at, _said("withdrawn", **facts, text=topic.withdrawn_because)
    for motion in meeting.motions.in_order():
        yield motion.moved_at, _said("moved", mover=josa(_mover(motion), "이"), text=motion.text)
        if motion.voted_at:
            yield motion.voted_at, _voted(motion)
    for election in meeting.elections.in_order():
        candidates = ", ".join(election.candidates)
        yield election.called_at, _said("elects", title=election, candidates=candidates)
        if election.elected:
            facts = {
                "who": josa(str(election.elected), "이"),
                "office": election.get_office_display(),
            }
            yield election.installed_at, _said("installed", **facts)
    for row in meeting.follow_ups.in_order():
        due_on = date_format(row.due_on, "n월 j일")
        yield row.added_at, _said("follow_up", text=row.text, owner=row.who, due=due_on)
    for remark in meeting.remarks.all():
        yield remark.at, remark.text
    if meeting.closed_at:
        yield meeting.closed_at, str(say["closed"])


def _voted(motion):
    return _said(
        "voted",
        text=motion.text,
        present=motion.present,
        yes=motion.yes,
        no=motion.no,
        abstain=motion.abstain,
        result=texts.MINUTES["carried" if motion.is_carried else "not_carried"],
    )


def _said(key, **facts):
    return (str(texts.MINUTES[key]) % facts).strip()
