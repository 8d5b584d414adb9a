from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.ground.district.models import Dong
from maeul.ground.people.models import Person
from maeul.ground.people.rules import RoleKind

STAFF = (RoleKind.DONG_OFFICER, RoleKind.SECRETARY, RoleKind.DISTRICT_OFFICER)

LINES = 30


class Thread(models.Model):
    """One matter's line through the house, from the first sentence to the record book.

    `root` is the matter it belongs to now: itself, or the one it was joined into.
    """

    title = models.CharField(_("무슨 일"), max_length=200)
    dong = models.ForeignKey(Dong, null=True, blank=True, on_delete=models.PROTECT)
    opened_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="threads"
    )
    opened_at = models.DateTimeField(_("시작"))
    root = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="family")

    class Meta:
        verbose_name = _("실")

    def __str__(self):
        return self.title

    @property
    def steps_of_the_matter(self):
        """Every step of the matter, those of joined threads too."""
        return Step.objects.of_matter(self)

    @property
    def origins(self):
        """The threads this one was made of."""
        return Thread.objects.filter(led_to__thread=self).order_by("pk")

    @property
    def outcomes(self):
        """The threads that were made of this one."""
        return Thread.objects.filter(came_from__source=self).order_by("pk")


class StepQuerySet(models.QuerySet):
    def of_matter(self, thread):
        return (
            self.filter(thread__root=thread.root_id).select_related("thread").order_by("at", "pk")
        )

    def visible_to(self, person):
        """Public steps; others only for the opener of that very thread and its dong's staff."""
        if not person.is_authenticated:
            return self.filter(public=True)
        roles = [role for role in person.roles_today if role.kind in STAFF]
        dongs = [role.dong_id for role in roles if role.dong_id]
        districts = [role.district_id for role in roles if role.district_id]
        return self.filter(
            Q(public=True)
            | Q(thread__opened_by=person)
            | Q(thread__dong__in=dongs)
            | Q(thread__dong__district__in=districts)
        )

    def newest(self, count=LINES):
        """The last ones, in the order in which they were made: a page of a thing shows these, the
        page of its matter all."""
        return [*self.order_by("-at", "-pk")[:count]][::-1]


class Step(AddOnly):
    """One step of a matter: `step` is `concept.verb`, `link` the page of the thing it speaks of."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(_("걸음"), max_length=60)
    title = models.CharField(_("제목"), max_length=200)
    text = models.TextField(_("설명"), blank=True)
    link = models.CharField(_("주소"), max_length=200)
    state = models.CharField(_("상태"), max_length=40, blank=True)
    public = models.BooleanField(_("공개"))
    by = models.CharField(_("한 사람"), max_length=120)
    at = models.DateTimeField(_("때"))

    objects = StepQuerySet.as_manager()

    class Meta(AddOnly.Meta):
        verbose_name = _("걸음")
        indexes = [models.Index(name="thread_step_link", fields=["link", "-at"])]

    def __str__(self):
        return f"{self.step}: {self.title}"


class Join(models.Model):
    """From when until when a thread belonged to another matter."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="joins")
    into = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="joined")
    joined_at = models.DateTimeField(_("모은 때"))
    ended_at = models.DateTimeField(_("푼 때"), null=True, blank=True)

    class Meta:
        verbose_name = _("모음")
        constraints = [
            models.UniqueConstraint(
                name="thread_joined_into_one_matter_at_a_time",
                fields=["thread"],
                condition=Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="thread_joins_another", condition=~Q(thread=models.F("into"))
            ),
        ]

    def __str__(self):
        return f"{self.thread_id} → {self.into_id}"


class Origin(AddOnly):
    """`thread` was made of `source`, among others or alone (a split, a plan item, a project)."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="came_from")
    source = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="led_to")

    class Meta(AddOnly.Meta):
        verbose_name = _("뿌리")
        constraints = [
            models.UniqueConstraint(name="thread_origin_once", fields=["thread", "source"])
        ]

    def __str__(self):
        return f"{self.source_id} → {self.thread_id}"
