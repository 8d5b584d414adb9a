from dataclasses import dataclass
from datetime import date

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.council.meeting.models import Topic
from maeul.ground.law.models import Provision
from maeul.voice.agenda import rules, texts
from maeul.voice.agenda.models.item import AgendaItem


@dataclass(frozen=True)
class Duty:
    """One line of a worklist: what a meeting decided and nobody has written down here yet."""

    topic: Topic
    title: str
    due_on: date
    link: str
    next_act: str


class UptakeQuerySet(models.QuerySet):
    def topics_to_take_up(self):
        """Decided topics about open items that were not taken over, the oldest first."""
        return (
            Topic.objects.decided(*rules.TAKEN_OVER)
            .filter(uptake=None, thread__root__agenda_item__state__in=rules.OPEN)
            .order_by("decided_at", "pk")
        )

    def waiting_for(self, person):
        """What meetings decided, for the staff of their dongs."""
        served = AgendaItem.objects.served_by(person)
        topics = self.topics_to_take_up().filter(thread__root__agenda_item__in=served)
        return self.as_duties(topics)

    def as_duties(self, topics):
        days = {}
        duties = []
        for topic in topics:
            dong = topic.meeting.body.dong
            if dong.pk not in days:
                law = Provision.objects.in_force(dong=dong, at=timezone.now())
                days[dong.pk] = law["agenda.triage_days"].days()
            duties.append(
                Duty(
                    topic=topic,
                    title=topic.title,
                    due_on=timezone.localdate(topic.decided_at) + days[dong.pk],
                    link=reverse("agenda:desk", args=[dong.code]),
                    next_act=texts.TAKE_UP,
                )
            )
        return duties


class Uptake(AddOnly):
    """An item took over what a meeting decided about it; once for each topic."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="uptakes")
    topic = models.OneToOneField(Topic, on_delete=models.PROTECT, related_name="uptake")
    taken_up_at = models.DateTimeField(_("옮겨 적은 때"))

    objects = UptakeQuerySet.as_manager()

    class Meta(AddOnly.Meta):
        verbose_name = _("회의 결과 옮김")

    def __str__(self):
        return f"{self.item}: {self.topic}"
