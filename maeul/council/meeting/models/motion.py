from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maeul.council.meeting.models.meeting import Meeting
from maeul.council.meeting.models.topic import Topic
from maeul.ground.people.models import Person
from maeul.ground.thread.models import Thread


class MotionQuerySet(models.QuerySet):
    def in_order(self):
        return self.select_related("moved_by", "topic").order_by("number")

    def unvoted(self):
        return self.filter(voted_at=None)

    def carried(self):
        """Carried motions, newest first."""
        return (
            self.filter(is_carried=True)
            .select_related("meeting__body__dong", "thread")
            .order_by("-voted_at", "-pk")
        )

    def of_dong(self, dong):
        return self.filter(meeting__body__dong=dong)

    def on_thread(self, thread):
        """The motions about a matter, newest first."""
        return (
            self.filter(thread__root=thread.root_id)
            .select_related("meeting__body__dong")
            .order_by("-moved_at", "-pk")
        )


class Motion(models.Model):
    """A sentence put to an open vote of the members who are present, and its count.

    `kept` holds the limits it was decided under; `yes_needed` is what would have carried it.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="motions")
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="motions"
    )
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="motions")
    number = models.PositiveSmallIntegerField(_("번호"))
    text = models.CharField(_("표결할 문장"), max_length=500)
    moved_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="motions"
    )
    moved_at = models.DateTimeField(_("낸 때"))
    voted_at = models.DateTimeField(_("표결한 때"), null=True, blank=True)
    present = models.PositiveSmallIntegerField(_("출석 위원"), null=True, blank=True)
    yes = models.PositiveSmallIntegerField(_("찬성"), null=True, blank=True)
    no = models.PositiveSmallIntegerField(_("반대"), null=True, blank=True)
    abstain = models.PositiveSmallIntegerField(_("기권"), null=True, blank=True)
    yes_needed = models.PositiveSmallIntegerField(_("가결에 필요한 찬성"), null=True, blank=True)
    is_carried = models.BooleanField(_("가결"), null=True, blank=True)
    kept = models.JSONField(_("따른 규정"), default=dict)

    objects = MotionQuerySet.as_manager()

    class Meta:
        verbose_name = _("표결안")
        constraints = [
            models.UniqueConstraint(name="meeting_motion_number", fields=["meeting", "number"]),
            models.CheckConstraint(
                name="meeting_vote_is_whole",
                condition=Q(
                    voted_at=None,
                    present=None,
                    yes=None,
                    no=None,
                    abstain=None,
                    yes_needed=None,
                    is_carried=None,
                )
                | Q(
                    voted_at__isnull=False,
                    present__isnull=False,
                    yes__isnull=False,
                    no__isnull=False,
                    abstain__isnull=False,
                    yes_needed__isnull=False,
                    is_carried__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="meeting_no_more_hands_than_people",
                condition=Q(voted_at=None) | Q(present__gte=F("yes") + F("no") + F("abstain")),
            ),
            models.CheckConstraint(
                name="meeting_carried_by_enough_hands",
                condition=Q(voted_at=None)
                | Q(is_carried=True, yes__gte=F("yes_needed"))
                | Q(is_carried=False, yes__lt=F("yes_needed")),
            ),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return f"{self.meeting.get_absolute_url()}#motion-{self.pk}"

    @property
    def link(self):
        return self.get_absolute_url()

    @property
    def silent(self):
        """How many were present and raised no hand at all."""
        return self.present - self.yes - self.no - self.abstain
