from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maeul.council.meeting.models.meeting import Meeting
from maeul.council.membership.texts import OFFICES
from maeul.ground.people.models import Person
from maeul.vault.ballot.models import Election, Option, Outcome
from maeul.vault.ballot.rules import State as Poll


class OfficerElectionQuerySet(models.QuerySet):
    def in_order(self):
        return self.select_related("poll", "meeting__body__dong", "elected").order_by("pk")

    def running(self):
        """Neither void nor settled."""
        return self.filter(elected=None).exclude(poll__state=Poll.VOID)


class OfficerElection(models.Model):
    """The members choose an officer of the council by a secret hall vote in their meeting.

    `kept` holds the limits it was called under.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="elections")
    office = models.CharField(_("임원"), max_length=20, choices=[*OFFICES.items()])
    poll = models.OneToOneField(Election, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField(_("시작한 때"))
    kept = models.JSONField(_("따른 규정"), default=dict)
    elected = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    installed_at = models.DateTimeField(_("임원으로 올린 때"), null=True, blank=True)

    objects = OfficerElectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("임원 선거")
        constraints = [
            models.CheckConstraint(
                name="meeting_elected_and_installed_together",
                condition=Q(elected=None, installed_at=None)
                | Q(elected__isnull=False, installed_at__isnull=False),
            )
        ]

    def __str__(self):
        return self.poll.title

    @property
    def candidates(self):
        options = Option.objects.filter(question__election=self.poll).order_by("number")
        return list(options.values_list("title", flat=True))

    @property
    def is_published(self):
        return self.poll.state in (Poll.PUBLISHED, Poll.DESTROYED)

    def winners(self):
        """Who has the most votes in the published result: nobody, or one."""
        if not self.is_published:
            return Person.objects.none()
        won = Outcome.objects.of(self.poll).won().values_list("option__reference", flat=True)
        return Person.objects.filter(pk__in=[int(one.removeprefix("person:")) for one in won])
