from dataclasses import dataclass

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maeul.ground.district.models import District, Dong
from maeul.ground.people.models import Person
from maeul.ground.people.rules import RoleKind
from maeul.ground.thread.models import Thread
from maeul.works.grant import rules, texts
from maeul.works.grant.rules import PaymentState, State
from maeul.works.project.models import BankNotice, Project, Purse
from maeul.works.project.rules import State as ProjectState
from maeul.works.project.rules import Way


def districts_of(person):
    """The districts whose money this person hands out."""
    return [
        role.district_id for role in person.roles_today if role.kind == RoleKind.DISTRICT_OFFICER
    ]


class CallQuerySet(models.QuerySet):
    def open_at(self, at, *, dong):
        return self.filter(opens_at__lte=at, closes_at__gt=at).filter(
            Q(dong=dong) | Q(dong=None, district=dong.district_id)
        )


class Call(models.Model):
    """A published call for grants, of the district or of one dong, open for a while."""

    district = models.ForeignKey(District, on_delete=models.PROTECT)
    dong = models.ForeignKey(Dong, null=True, blank=True, on_delete=models.PROTECT)
    title = models.CharField(_("공모 이름"), max_length=120)
    text = models.TextField(_("공모문"))
    opens_at = models.DateTimeField(_("여는 때"))
    closes_at = models.DateTimeField(_("닫는 때"))
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, related_name="grant_call")

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("보조금 공모")
        constraints = [
            models.CheckConstraint(
                name="grant_call_opens_before_it_closes",
                condition=Q(closes_at__gt=F("opens_at")),
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("grant:call", args=[self.pk])


@dataclass
class Wanting:
    """A project that lives by a grant and has not asked for it yet."""

    project: Project

    @property
    def title(self):
        return str(self.project)

    @property
    def due_on(self):
        return self.project.starts_on

    @property
    def link(self):
        return reverse("grant:request", args=[self.project.pk])

    next_act = texts.NEXT_ACTS["request"]


class GrantQuerySet(models.QuerySet):
    def standing(self):
        return self.exclude(state=State.REFUSED)

    def complete(self):
        rows = self.select_related("project__dong", "project__lead", "project__thread")
        return rows.annotate(
            paid=self._sum_of(PaymentState.PAID), prepared=self._sum_of(PaymentState.PREPARED)
        )

    def _sum_of(self, state):
        """Of each grant's payments; asked apart for each row that is shown."""
        payments = Payment.objects.filter(grant=OuterRef("pk"), state=state).order_by()
        won = payments.values("grant").annotate(sum=Sum("won")).values("sum")
        return Coalesce(Subquery(won), 0)

    def of(self, *, dong, year):
        return self.filter(project__dong=dong, project__year=year).order_by("pk")

    def wanting(self):
        """Projects under way that live by a grant and have not asked for it."""
        return Project.objects.filter(way=Way.GRANT, state=ProjectState.STARTED).exclude(
            grants__in=self.standing()
        )

    def waiting_for(self, person):
        """Requests to decide, decided money to pay out, settled grants to close; and for who
        leads a project, the request still to be made."""
        grants = (
            self.complete()
            .filter(project__dong__district__in=districts_of(person))
            .filter(
                (Q(state=State.REQUESTED) & ~Q(requested_by=person))
                | (
                    Q(state__in=rules.PAYS, granted_won__gt=F("paid") + F("prepared"))
                    & Q(project__state=ProjectState.STARTED)
                )
                | Q(
                    state__in=(State.PAID, State.CANCELLED),
                    project__state__in=(ProjectState.SETTLED, ProjectState.SHARED),
                    project__due_back_won=0,
                )
            )
            .order_by("due_on", "pk")
        )
        wanting = self.wanting().filter(lead=person).order_by("starts_on", "pk")
        asked = [Wanting(project) for project in wanting]
        return [*grants, *asked] if asked else grants


class Grant(models.Model):
    """Money of the district that others execute: asked for, decided with conditions, paid.

    What is spent, settled and given back stands with the project.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="grants")
    call = models.ForeignKey(
        Call, null=True, blank=True, on_delete=models.PROTECT, related_name="grants"
    )
    state = models.CharField(
        _("상태"), max_length=10, default=State.REQUESTED, choices=[*texts.STATES.items()]
    )
    requested_won = models.BigIntegerField(_("신청액(원)"))
    plan = models.TextField(_("사업계획"))
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("신청한 때"))
    due_on = models.DateField(_("언제까지 답하나"))
    granted_won = models.BigIntegerField(_("결정액(원)"), default=0)
    conditions = models.TextField(_("조건"), blank=True)
    decided_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("결정한 때"), null=True, blank=True)
    under_law = models.JSONField(_("결정한 때의 규정"), default=dict)
    reason = models.CharField(_("거절·취소 까닭"), max_length=300, blank=True)
    closed_at = models.DateTimeField(_("마감한 때"), null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("보조금")
        indexes = [models.Index(name="grant_by_deadline", fields=["due_on", "id"])]
        constraints = [
            models.UniqueConstraint(
                name="grant_one_standing_per_project",
                fields=["project"],
                condition=~Q(state=State.REFUSED),
            ),
            models.CheckConstraint(
                name="grant_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("requested_by")),
            ),
            models.CheckConstraint(
                name="grant_within_what_was_requested",
                condition=Q(granted_won__gte=0, granted_won__lte=F("requested_won")),
            ),
        ]

    def __str__(self):
        return f"{self.project} 보조금"

    def get_absolute_url(self):
        return reverse("grant:grant", args=[self.pk])

    @property
    def family(self):
        return texts.FAMILIES[self.state]

    @property
    def paid_won(self):
        return self.payments.paid().sum_won()

    @property
    def left_won(self):
        """Decided and neither paid nor prepared."""
        return self.granted_won - self.payments.standing().sum_won()

    @property
    def spent_won(self):
        return self.project.spent_won

    @property
    def due_back_won(self):
        """What the settlement says must come back and has not yet, interest included."""
        return self.project.due_back_won

    def needs(self, key):
        """Does the sum reach a threshold of the law it was decided under (verified, audited)?"""
        kept = self.under_law.get(key)
        return bool(kept and kept["value"] is not None and self.granted_won >= kept["value"])

    @property
    def needs_verification(self):
        return self.needs("grant.verified_from_won")

    @property
    def needs_audit(self):
        return self.needs("grant.audit_from_won")

    # What a worklist shows.

    @property
    def title(self):
        return str(self)

    @property
    def link(self):
        return self.get_absolute_url()

    @property
    def next_act(self):
        if self.state == State.REQUESTED:
            return texts.NEXT_ACTS["decide"]
        if self.project.state in (ProjectState.SETTLED, ProjectState.SHARED):
            return texts.NEXT_ACTS["close"]
        return texts.NEXT_ACTS["prepare"]


class PaymentQuerySet(models.QuerySet):
    def paid(self):
        return self.filter(state=PaymentState.PAID)

    def standing(self):
        return self.exclude(state=PaymentState.DROPPED)

    def sum_won(self):
        return self.aggregate(won=Coalesce(Sum("won"), 0))["won"]

    def waiting_for(self, person):
        """Payments another prepared and this person may make."""
        return (
            self.filter(
                state=PaymentState.PREPARED,
                grant__project__dong__district__in=districts_of(person),
            )
            .exclude(prepared_by=person)
            .select_related("grant__project")
            .order_by("due_on", "pk")
        )


class Payment(models.Model):
    """An instalment (교부): prepared by one, made by another with the bank's paper."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="payments")
    purse = models.ForeignKey(Purse, on_delete=models.PROTECT, related_name="payments")
    won = models.BigIntegerField(_("금액(원)"))
    state = models.CharField(
        _("상태"),
        max_length=10,
        default=PaymentState.PREPARED,
        choices=[*texts.PAYMENT_STATES.items()],
    )
    prepared_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(_("준비한 때"))
    due_on = models.DateField(_("언제까지 확인하나"))
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(_("확인한 때"), null=True, blank=True)
    reason = models.CharField(_("거둔 까닭"), max_length=300, blank=True)
    notice = models.OneToOneField(
        BankNotice, null=True, blank=True, on_delete=models.PROTECT, related_name="payment"
    )

    objects = PaymentQuerySet.as_manager()
    next_act = texts.NEXT_ACTS["pay"]

    class Meta:
        verbose_name = _("교부")
        constraints = [
            models.CheckConstraint(name="grant_payment_positive", condition=Q(won__gt=0)),
            models.CheckConstraint(
                name="grant_payment_made_by_another",
                condition=~Q(state=PaymentState.PAID) | ~Q(answered_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="grant_payment_made_with_its_paper",
                condition=Q(
                    state=PaymentState.PAID, notice__isnull=False, answered_by__isnull=False
                )
                | (~Q(state=PaymentState.PAID) & Q(notice=None)),
            ),
        ]

    def __str__(self):
        return f"{self.grant} {self.won:,}원"

    def get_absolute_url(self):
        return self.grant.get_absolute_url()

    @property
    def title(self):
        return str(self)

    @property
    def link(self):
        return self.get_absolute_url()
