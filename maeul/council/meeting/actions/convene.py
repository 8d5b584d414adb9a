from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from maeul.council.meeting import rules, texts
from maeul.council.meeting.actions.meeting import (
    carry_over,
    locked,
    move_on,
    refuse,
    refuse_numbers,
    show,
)
from maeul.council.meeting.actions.topic import put_topic
from maeul.council.meeting.models import Meeting
from maeul.council.meeting.rules import Kind, State
from maeul.council.membership.models import Body
from maeul.ground.audit import actions as audit
from maeul.ground.law.models import Provision
from maeul.ground.notice import actions as notice


@transaction.atomic
def convene(
    *,
    body,
    kind,
    starts_at,
    place,
    by,
    at,
    topics=(),
    title="",
    asked_by="",
    urgent_because="",
    public=None,
):
    """Call a meeting and tell its members.

    `topics` are titles of new matters; what the last meeting left over comes first by itself.
    A subcommittee meets among itself unless `public` says otherwise; all others are public.
    """
    refuse_numbers(place, title, urgent_because)
    body = Body.objects.select_for_update(of=["self"]).select_related("dong").get(pk=body.pk)
    law = Provision.objects.in_force(dong=body.dong, at=at)
    day = timezone.localdate(starts_at)
    refuse(
        rules.why_not_convene(
            kind=kind,
            body=body.kind,
            starts_at=starts_at,
            at=at,
            days_ahead=(day - timezone.localdate(at)).days,
            notice_days=law["meetings.plenary_notice_days"].value,
            urgent_because=urgent_because,
            asked_by=asked_by,
            may_ask=law["meetings.extra_by"].value,
        )
    )
    before = body.meetings.filter(kind=kind, year=day.year)
    meeting = Meeting.objects.create(
        body=body,
        kind=kind,
        year=day.year,
        number=before.count() + 1,
        title=title.strip() or _title(kind, body, day),
        starts_at=starts_at,
        place=place,
        public=kind != Kind.SUBCOMMITTEE if public is None else public,
        asked_by=asked_by if kind == Kind.PLENARY_EXTRA else "",
        urgent_because=urgent_because.strip(),
        called_at=at,
        kept=law.kept("meetings.plenary_notice_days", "meetings.extra_by"),
    )
    carry_over(into=meeting, by=by, at=at)
    for topic in topics:
        put_topic(meeting=meeting, title=topic, by=by, at=at)
    _invite(meeting, by=by, at=at)
    show(meeting)
    audit.note("meeting.convened", on=meeting, by=by, at=at, kind=kind)
    return meeting


@transaction.atomic
def cancel(*, meeting, because, by, at):
    """Call a meeting off before it was opened.  What stood on its list goes to the next one."""
    refuse_numbers(because)
    meeting = locked(meeting)
    refuse(rules.why_not_cancel(state=meeting.state, because=because))
    move_on(meeting, State.CANCELLED)
    meeting.cancelled_because = because.strip()
    meeting.save(update_fields=["state", "cancelled_because"])
    if coming := Meeting.objects.next_called(meeting.body, after=meeting.starts_at):
        carry_over(into=coming, by=by, at=at)
        show(coming)
    for person in meeting.invited():
        notice.tell(
            person=person,
            title=_("%(meeting)s 취소") % {"meeting": meeting},
            text=str(texts.CANCELLED_LETTER) % {"because": meeting.cancelled_because},
            link=meeting.link,
            at=at,
        )
    if meeting.public:
        notice.announce(
            title=_("%(meeting)s 취소") % {"meeting": meeting},
            text=str(texts.CANCELLED_LETTER) % {"because": meeting.cancelled_because},
            dong=meeting.dong,
            link=meeting.link,
            until_on=meeting.on,
            by=by,
            at=at,
        )
    show(meeting)
    audit.note("meeting.cancelled", on=meeting, by=by, at=at)
    return meeting


def _title(kind, body, day):
    name = _("%(body)s 회의") % {"body": body.name} if kind == Kind.SUBCOMMITTEE else None
    return str(texts.TITLE) % {"month": day.month, "kind": name or texts.KINDS[kind]}


def _invite(meeting, *, by, at):
    """Tell the members; a public meeting also stands among the announcements."""
    topics = meeting.topics.on_the_list().in_order().values_list("title", flat=True)
    text = str(texts.CALLED_LETTER) % {
        "when": date_format(timezone.localtime(meeting.starts_at), "Y년 n월 j일(D) H:i"),
        "place": meeting.place,
        "topics": "\n".join(f"- {title}" for title in topics) or _("아직 없습니다."),
    }
    for person in meeting.invited():
        notice.tell(person=person, title=str(meeting), text=text, link=meeting.link, at=at)
    if meeting.public:
        notice.announce(
            title=str(meeting),
            text=text,
            dong=meeting.dong,
            link=meeting.link,
            until_on=meeting.on,
            by=by,
            at=at,
        )
