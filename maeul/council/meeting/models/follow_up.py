from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from maeul.council.meeting import texts
from maeul.council.meeting.models.meeting import Meeting
from maeul.council.meeting.models.topic import Topic
from maeul.council.meeting.rules import FollowUpState
from maeul.council.membership.models import Body
from maeul.ground.people.models import Person


class FollowUpQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=FollowUpState.OPEN)

    def settled(self):
        """Done or dropped, the newest first."""
        return self.exclude(state=FollowUpState.OPEN).order_by("-settled_at", "-pk")

    def of_body(self, body):
        return self.filter(body=body)

    def in_order(self):
        """The most urgent first, each with how often it was carried over."""
        carried = FollowUp.carried_into.through.objects.filter(followup=OuterRef("pk"))
        times = carried.order_by().values("followup").annotate(times=Count("pk")).values("times")
        return (
            self.select_related("owner", "meeting__body__dong", "topic")
            .annotate(carried_over_count=Coalesce(Subquery(times), 0))
            .order_by("due_on", "pk")
        )

    def on_the_table_of(self, meeting):
        """What was made in a meeting or carried into it."""
        carried = meeting.carried_follow_ups.order_by().values("pk")
        return self.filter(Q(meeting=meeting) | Q(pk__in=carried))

    def waiting_for(self, person):
        """What somebody took upon themselves; `title`, `due_on`, `link`, `next_act`."""
        return self.open().filter(owner=person).in_order()


class FollowUp(models.Model):
    """Something that a meeting gave somebody to do until a day.

    Until it is settled it stands on the table of each next meeting of the same body.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="follow_ups")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="follow_ups")
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="follow_ups"
    )
    text = models.CharField(_("할 일"), max_length=300)
    owner = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="follow_ups"
    )
    owner_text = models.CharField(_("맡은 모임이나 부서"), max_length=60, blank=True)
    due_on = models.DateField(_("언제까지"))
    added_at = models.DateTimeField(_("적은 때"))
    state = models.CharField(
        _("상태"), max_length=8, default=FollowUpState.OPEN, choices=[*texts.FOLLOW_UPS.items()]
    )
    settled_at = models.DateTimeField(_("마친 때"), null=True, blank=True)
    result = models.TextField(_("어떻게 되었는지"), blank=True)
    carried_into = models.ManyToManyField(
        Meeting, blank=True, related_name="carried_follow_ups", verbose_name=_("넘어간 회의")
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("맡은 일")
        constraints = [
            models.CheckConstraint(
                name="meeting_follow_up_has_an_owner",
                condition=Q(owner__isnull=False) | ~Q(owner_text=""),
            ),
            models.CheckConstraint(
                name="meeting_follow_up_settled_with_time",
                condition=Q(state=FollowUpState.OPEN, settled_at=None)
                | (~Q(state=FollowUpState.OPEN) & Q(settled_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return self.text

    form = None  # a page puts the form there by which somebody says what became of it

    def get_absolute_url(self):
        address = reverse("meeting:follow_ups", args=[self.meeting.body.dong.code])
        return f"{address}#follow-up-{self.pk}"

    @property
    def link(self):
        return self.get_absolute_url()

    @property
    def title(self):
        return self.text

    @property
    def next_act(self):
        return _now("한 일 알리기")

    @property
    def family(self):
        """How its state looks."""
        return texts.FOLLOW_UP_FAMILIES[self.state]

    @property
    def who(self):
        """Who takes care of it, as it is read aloud."""
        return str(self.owner) if self.owner_id else self.owner_text
