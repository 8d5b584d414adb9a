from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maeul.council.meeting.models import Motion
from maeul.decision.assembly.models import Assembly, Question
from maeul.decision.plan import rules, texts
from maeul.decision.plan.rules import State
from maeul.ground.district.models import Department, Dong
from maeul.ground.law.models import Provision
from maeul.ground.people.rules import RoleKind
from maeul.ground.thread.models import Thread
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.agenda.rules import Outcome
from maeul.voice.agenda.rules import State as ItemState

STAFF = (RoleKind.DONG_OFFICER, RoleKind.SECRETARY)
LINE = F("unit_won") * F("quantity")
COST = F("lines__unit_won") * F("lines__quantity")


@dataclass(frozen=True)
class Duty:
    """A line of somebody's worklist."""

    title: str
    due_on: date | None
    link: str
    next_act: str


class PlanQuerySet(models.QuerySet):
    def of(self, dong, year):
        return self.filter(dong=dong, year=year).order_by("pk")

    def complete(self):
        return self.select_related("dong", "thread", "question__assembly__election")

    def public(self):
        """From the plenary's adoption on."""
        return self.exclude(state=State.DRAFTED)

    def standing(self):
        """Without those the assembly did not pass."""
        return self.exclude(state=State.REJECTED)

    def with_a_deadline(self):
        """To be handed to the mayor, or to be answered by the mayor."""
        return self.filter(state__in=[*rules.DECIDED, State.SUBMITTED]).order_by("pk")

    def newest_first(self):
        return self.order_by("-year", "dong__code", "-pk")

    def with_sums(self):
        """Each with `item_count` and `total_won`; asked apart for each row that is shown."""
        items = PlanItem.objects.filter(plan=OuterRef("pk")).order_by()
        lines = CostLine.objects.filter(plan_item__plan=OuterRef("pk")).order_by()
        count = items.values("plan").annotate(count=Count("pk")).values("count")
        won = lines.values("plan_item__plan").annotate(won=Sum(LINE)).values("won")
        return self.annotate(
            item_count=Coalesce(Subquery(count), 0),
            total_won=Coalesce(Subquery(won), 0, output_field=models.BigIntegerField()),
        )

    def waiting_for(self, person):
        """Plans whose next act lies with this dong's staff, or with the mayor's office."""
        own = [role.dong_id for role in person.roles_today if role.kind in STAFF]
        mayors = [
            role.district_id for role in person.roles_today if role.kind == RoleKind.MAYOR_OFFICE
        ]
        rows = self.filter(
            Q(dong__in=own) | Q(dong__district__in=mayors, state=State.SUBMITTED)
        ).exclude(state__in=rules.ENDS)
        found = []
        for row in rows.complete().order_by("year", "pk"):
            duty = row.duty_of_staff if row.dong_id in own else None
            if row.state == State.SUBMITTED and row.dong.district_id in mayors:
                duty = Duty(row.title, row.reply_by, row.get_absolute_url(), texts.REPLY)
            if duty:
                found.append(duty)
        return found


class Plan(models.Model):
    """A self-governance plan (자치계획): what a dong wants to do in a year.

    Its council draws it up and adopts it, its assembly decides, the mayor answers every item.
    """

    dong = models.ForeignKey(Dong, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField(_("연도"))
    title = models.CharField(_("이름"), max_length=120)
    text = models.TextField(_("머리말"), blank=True, max_length=4000)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, related_name="plan")
    state = models.CharField(
        _("상태"), max_length=10, default=State.DRAFTED, choices=[*texts.STATES.items()]
    )
    drawn_up_at = models.DateTimeField(_("쓰기 시작한 때"))
    motion = models.ForeignKey(
        Motion, null=True, blank=True, on_delete=models.PROTECT, related_name="plans"
    )
    adopted_at = models.DateTimeField(_("의결을 받은 때"), null=True, blank=True)
    question = models.OneToOneField(
        Question, null=True, blank=True, on_delete=models.SET_NULL, related_name="plan"
    )
    decided_at = models.DateTimeField(_("총회 결과를 받은 때"), null=True, blank=True)
    submit_by = models.DateField(_("낼 기한"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("낸 때"), null=True, blank=True)
    reply_by = models.DateField(_("답할 기한"), null=True, blank=True)
    reminded_on = models.DateField(
        _("기한을 알린 날"),
        null=True,
        blank=True,
        help_text="of the deadline that runs now: to submit, then to reply",
    )
    replied_at = models.DateTimeField(_("답을 모두 받은 때"), null=True, blank=True)
    in_force_from = models.DateField(_("시행하는 날"), null=True, blank=True)
    in_force_until = models.DateField(_("효력이 있는 마지막 날"), null=True, blank=True)
    kept = models.JSONField(_("따른 규정"), default=dict)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("자치계획")
        constraints = [
            models.UniqueConstraint(
                name="plan_one_a_year_unless_rejected",
                fields=["dong", "year"],
                condition=~Q(state=State.REJECTED),
            ),
            models.CheckConstraint(
                name="plan_adopted_by_a_motion",
                condition=Q(state=State.DRAFTED, motion=None, adopted_at=None)
                | (~Q(state=State.DRAFTED) & Q(motion__isnull=False, adopted_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="plan_submitted_with_deadline_of_the_reply",
                condition=Q(submitted_at=None, reply_by=None)
                | Q(submitted_at__isnull=False, reply_by__isnull=False),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("plan:plan", args=[self.pk])

    @property
    def is_public(self):
        return self.state != State.DRAFTED

    @property
    def is_asked(self):
        """Its question stands on the ballot of an assembly that is not to be asked again."""
        return self.question is not None and not self.question.assembly.asks_again

    @property
    def deadline(self):
        """The last day of the act that is waited for; None while none is set by the ordinance."""
        if self.state in rules.DECIDED:
            return self.submit_by
        return self.reply_by if self.state == State.SUBMITTED else None

    @property
    def days_late(self):
        """How many days the deadline that runs now is over; 0 while it is not."""
        if self.deadline is None:
            return 0
        return max(0, (timezone.localdate() - self.deadline).days)

    @property
    def family(self):
        return texts.FAMILIES[State(self.state)]

    @property
    def headline(self):
        return texts.HEADLINES[State(self.state)]

    @property
    def next_assembly_on(self):
        """When the dong assembles again after the assembly that decided this plan, if known."""
        if self.question is None:
            return None
        after = Assembly.objects.standing().filter(
            dong=self.dong_id, held_on__gt=self.question.assembly.held_on
        )
        return after.order_by("held_on").values_list("held_on", flat=True).first()

    @property
    def last_day(self):
        """The last day on which it holds, once that is known."""
        if self.in_force_until:
            return self.in_force_until
        law = Provision.objects.in_force(dong=self.dong, at=timezone.now())
        return rules.last_day(
            word=law["plan.valid_until"].value, next_assembly_on=self.next_assembly_on
        )

    @property
    def duty_of_staff(self):
        """The next act of the dong's staff, or None while others are waited for."""
        state = State(self.state)
        act, due_on = texts.NEXT_ACTS.get(state), None
        if state == State.TABLED and self.is_asked and not self.question.is_published:
            return None
        if state == State.TABLED and not self.is_asked:
            act = texts.NEXT_ACTS[State.ADOPTED]
        if state in rules.DECIDED:
            due_on = self.submit_by
        if state == State.IN_FORCE and (
            self.last_day is None or timezone.localdate() <= self.last_day
        ):
            return None
        return Duty(self.title, due_on, self.get_absolute_url(), act) if act else None


class PlanItemQuerySet(models.QuerySet):
    def in_order(self):
        return (
            self.select_related(
                "item__thread", "plan__dong", "plan__thread", "department", "reply_department"
            )
            .prefetch_related("department__names", "reply_department__names")
            .order_by("position", "pk")
        )

    def with_costs(self):
        """Each with `cost_won`: the sum of its lines."""
        return self.annotate(cost_won=Coalesce(Sum(COST), 0, output_field=models.BigIntegerField()))

    def chosen(self):
        """Those the assembly chose: read from the agenda item, which alone owns its outcome."""
        return self.filter(item__state=ItemState.DECIDED, item__outcome=Outcome.CHOSEN)

    def unanswered(self):
        return self.filter(verdict="")


class PlanItem(models.Model):
    """One agenda item in a plan: what is to be done, what it takes, what the mayor answered.

    Where it stands is the agenda item's to say; here are only verdict and reply.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="items")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="plan_items")
    position = models.PositiveSmallIntegerField(_("차례"))
    title = models.CharField(_("사업 이름"), max_length=120)
    what = models.TextField(_("무엇을 하나"), blank=True, max_length=2000)
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="plan_items"
    )
    verdict = models.CharField(
        _("구청장의 답"), max_length=10, blank=True, choices=[*texts.VERDICTS.items()]
    )
    reason = models.TextField(_("까닭"), blank=True, max_length=2000)
    reply_department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reply_budget_won = models.BigIntegerField(_("반영하는 예산(원)"), null=True, blank=True)
    replied_at = models.DateTimeField(_("답한 때"), null=True, blank=True)

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("계획 사업")
        constraints = [
            models.UniqueConstraint(name="plan_item_once", fields=["plan", "item"]),
            models.CheckConstraint(
                name="plan_verdict_and_time_go_together",
                condition=Q(verdict="", replied_at=None)
                | (~Q(verdict="") & Q(replied_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="plan_all_but_a_plain_yes_say_why",
                condition=Q(verdict__in=["", rules.Verdict.ACCEPTED]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="plan_reply_budget_not_negative",
                condition=Q(reply_budget_won=None) | Q(reply_budget_won__gte=0),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{self.plan.get_absolute_url()}#item-{self.pk}"

    @property
    def thread(self):
        """The one line of the matter: its agenda item's."""
        return self.item.thread

    @property
    def is_chosen(self):
        return self.item.state == ItemState.DECIDED and self.item.outcome == Outcome.CHOSEN

    @property
    def is_decided(self):
        return self.item.state == ItemState.DECIDED

    @property
    def verdict_family(self):
        return texts.VERDICT_FAMILIES[self.verdict] if self.verdict else "waiting"

    @property
    def won(self):
        """What it takes in all."""
        return rules.sum_of([line.values for line in self.lines.all()])


class CostLine(models.Model):
    """What one part of an item costs: so many units at so much each (산출기초)."""

    plan_item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(_("차례"))
    title = models.CharField(_("무엇에"), max_length=120)
    unit_won = models.BigIntegerField(_("단가(원)"))
    quantity = models.PositiveIntegerField(_("수량"))

    class Meta:
        verbose_name = _("산출 내역")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="plan_line_position", fields=["plan_item", "position"]),
            models.CheckConstraint(
                name="plan_line_costs_something", condition=Q(unit_won__gt=0, quantity__gt=0)
            ),
        ]

    def __str__(self):
        return f"{self.title}: {self.unit_won:,}원 × {self.quantity:,}"

    @property
    def values(self):
        return self.title, self.unit_won, self.quantity

    @property
    def won(self):
        return self.unit_won * self.quantity
