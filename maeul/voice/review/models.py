from django.db import models
from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maeul.ground.district.models import Department
from maeul.ground.people.models import Person
from maeul.ground.people.rules import RoleKind
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.review import texts
from maeul.voice.review.rules import State, Verdict


class ReviewQuerySet(models.QuerySet):
    def complete(self):
        """With what a line of a list shows; names of departments change and come along."""
        return self.select_related("item__dong", "item__thread", "department").prefetch_related(
            "department__names"
        )

    def open(self):
        """Asked, and no answer yet."""
        return self.filter(answered_at=None, withdrawn_at=None)

    def answered(self):
        """With a verdict of the department's own; a transfer is none."""
        return self.exclude(answered_at=None).exclude(verdict=Verdict.TRANSFER)

    def of_item(self, item):
        return self.filter(item=item).order_by("asked_at", "pk")

    def of_departments_of(self, person):
        """Questions to the departments this person reviews for."""
        roles = [role for role in person.roles_today if role.kind == RoleKind.REVIEWER]
        return self.filter(
            Q(department__in=[role.department_id for role in roles if role.department_id])
            | Q(department__district__in=[role.district_id for role in roles if role.district_id])
        )

    def asked_by_dongs_of(self, person):
        """Questions about items of the dongs whose staff this person is."""
        return self.filter(item__in=AgendaItem.objects.served_by(person))

    def cost_of(self, item):
        """What the item costs as the departments see it: the newest word on it, in whole won."""
        newest = (
            self.answered()
            .filter(item=item)
            .exclude(adjusted_cost_won=None, asked_cost_won=None)
            .order_by("-answered_at", "-pk")
            .first()
        )
        return None if newest is None else newest.cost_won

    def waiting_for(self, person):
        """What departments owe an answer on; for the asking dong, what is late."""
        today = timezone.localdate()
        mine = self.of_departments_of(person)
        late = self.filter(due_on__lt=today).asked_by_dongs_of(person)
        rows = self.open().filter(Q(pk__in=mine.values("pk")) | Q(pk__in=late.values("pk")))
        is_mine = Case(When(pk__in=mine.values("pk"), then=True), default=False)
        return rows.annotate(is_mine=is_mine).complete().order_by("due_on", "pk")


class Review(models.Model):
    """A question to one department about one agenda item, and its answer."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="reviews")
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("부서")
    )
    question = models.TextField(_("무엇을 묻나"), max_length=2000)
    asked_cost_won = models.BigIntegerField(_("어림한 비용(원)"), null=True, blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("물은 때"))
    due_on = models.DateField(_("답할 날"))
    kept = models.JSONField(_("따른 규정"), default=dict)
    transferred_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="transferred_to"
    )
    reminded_at = models.DateTimeField(_("재촉한 때"), null=True, blank=True)
    verdict = models.CharField(
        _("판단"), max_length=12, blank=True, choices=[*texts.VERDICTS.items()]
    )
    reason = models.TextField(_("까닭"), max_length=2000, blank=True)
    adjusted_cost_won = models.BigIntegerField(_("조정한 비용(원)"), null=True, blank=True)
    concerns = models.JSONField(_("걸리는 점"), default=list, blank=True)
    reviewer = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(_("답한 때"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("거둔 때"), null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("부서 검토")
        indexes = [models.Index(name="review_due", fields=["due_on"])]
        constraints = [
            models.UniqueConstraint(
                name="review_one_open_question_a_department",
                fields=["item", "department"],
                condition=Q(answered_at=None, withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="review_verdict_reviewer_and_time_go_together",
                condition=Q(verdict="", reviewer=None, answered_at=None)
                | (~Q(verdict="") & Q(reviewer__isnull=False, answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="review_all_but_a_plain_yes_say_why",
                condition=Q(verdict__in=["", Verdict.FEASIBLE]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="review_adjusted_says_its_cost",
                condition=~Q(verdict=Verdict.ADJUST) | Q(adjusted_cost_won__isnull=False),
            ),
            models.CheckConstraint(
                name="review_costs_are_never_negative",
                condition=(Q(asked_cost_won=None) | Q(asked_cost_won__gte=0))
                & (Q(adjusted_cost_won=None) | Q(adjusted_cost_won__gte=0)),
            ),
            models.CheckConstraint(
                name="review_answered_or_taken_back",
                condition=Q(answered_at=None) | Q(withdrawn_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.item} ({self.department})"

    def get_absolute_url(self):
        return reverse("review:review", args=[self.pk])

    @property
    def state(self):
        if self.withdrawn_at:
            return State.WITHDRAWN
        if not self.answered_at:
            return State.ASKED
        return State.TRANSFERRED if self.verdict == Verdict.TRANSFER else State.ANSWERED

    @property
    def state_label(self):
        """One word for where it stands: the verdict once there is one."""
        return self.get_verdict_display() if self.verdict else texts.STATES[self.state]

    @property
    def family(self):
        if self.state == State.WITHDRAWN:
            return "refused"
        return texts.FAMILIES[self.verdict] if self.verdict else "waiting"

    @property
    def department_name(self):
        """What the department was called when it was asked."""
        return self.department.name_on(timezone.localdate(self.asked_at))

    @property
    def cost_won(self):
        """What it costs: as adjusted, else as it was asked."""
        return self.asked_cost_won if self.adjusted_cost_won is None else self.adjusted_cost_won

    @property
    def concern_labels(self):
        return [texts.CRITERIA[concern] for concern in self.concerns]

    # What a worklist shows.  `is_mine` is put on by `waiting_for`: who looks is to answer.

    @property
    def next_act(self):
        return texts.ANSWER if self.is_mine else texts.REMIND

    @property
    def title(self):
        return self.item.title

    @property
    def link(self):
        return self.get_absolute_url()
