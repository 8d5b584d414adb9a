"""What is open now in a dong: one card each, the most urgent first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from maeul.council.meeting.models import Meeting
from maeul.decision.assembly.models import Assembly
from maeul.ground.notice.models import Announcement
from maeul.vault.ballot.models import Election

MOST = 4


@dataclass(frozen=True)
class Card:
    """Something one can do, until when, and the one button."""

    title: str
    text: str
    label: str
    address: str
    until: date | None = None
    tag: str = ""
    about: str = ""  # the page of the thing, so that an announcement of it is not shown again


def open_now(dong, person, now):
    """Votes first, then what comes soonest; always, last: say a sentence."""
    votes, meetings = [*_votes(dong, person, now)], [*_meetings(dong, person, now)]
    shown = {card.about for card in [*votes, *meetings]}
    others = meetings + [card for card in _announcements(dong, now) if card.address not in shown]
    others.sort(key=lambda card: card.until or date.max)
    return [*[*votes, *others][: MOST - 1], _sentence()]


def _votes(dong, person, now):
    """To the ballot for who has one or may after signing in; for others to what is decided."""
    open_ones = Assembly.objects.complete().filter(election__in=Election.objects.open_at(now))
    if dong:
        open_ones = open_ones.filter(dong=dong)
    mine = set()
    if person.is_authenticated:
        running = Election.objects.open_at(now).filter(electors__person=person)
        mine = set(running.values_list("pk", flat=True))
    open_ones = open_ones.order_by("election__closes_at", "pk")
    for assembly in open_ones.annotate(question_count=Count("questions"))[:MOST]:
        votes = not person.is_authenticated or assembly.election_id in mine
        yield Card(
            title=assembly.title,
            text=_(
                "%(questions)s가지를 정합니다. 3분쯤 걸립니다. 마감 전까지 다시 고를 수 있습니다."
            )
            % {"questions": assembly.question_count},
            label=_("투표하기") if votes else _("무엇을 정하는지 보기"),
            address=reverse("ballot:ballot", args=[assembly.election_id])
            if votes
            else assembly.get_absolute_url(),
            until=assembly.election.ends_at.date(),
            about=assembly.get_absolute_url(),
            tag=_("투표 중"),
        )


def _meetings(dong, person, now):
    meetings = Meeting.objects.visible_to(person).upcoming().filter(public=True)
    if dong:
        meetings = meetings.filter(body__dong=dong)
    for meeting in meetings.select_related("body__dong")[:2]:
        yield Card(
            title=str(meeting),
            text=_("%(place)s에서 만납니다. 누구나 와서 들을 수 있습니다.")
            % {"place": meeting.place},
            label=_("무엇을 이야기하나요?"),
            address=meeting.link,
            about=meeting.link,
            until=meeting.on,
        )


def _announcements(dong, now):
    current = Announcement.objects.public_on(now.date(), dong=dong)
    for notice in current.exclude(until_on=None)[:3]:
        yield Card(
            title=notice.title,
            text=notice.text[:90],
            label=_("공지 읽기"),
            address=notice.link or reverse("notice:announcement", args=[notice.pk]),
            until=notice.until_on,
        )


def _sentence():
    return Card(
        title=_("바꾸고 싶은 것을 한 문장으로"),
        text=_("보내 주신 문장은 의제가 되고, 어떻게 되었는지 알려드립니다."),
        label=_("한 문장 보내기"),
        address=reverse("agenda:new"),
    )
