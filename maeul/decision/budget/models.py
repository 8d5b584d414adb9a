from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.decision.assembly.models import Question
from maeul.decision.assembly.rules import State as Assembly
from maeul.decision.budget import texts
from maeul.decision.budget.rules import RoundState
from maeul.ground.district.models import District, Dong
from maeul.ground.people.rules import RoleKind
from maeul.ground.thread.models import Thread
from maeul.vault.ballot.models import State as Poll
from maeul.vault.ledger.models import Account, Entry, Posting

RUNS_ROUNDS = (RoleKind.DONG_OFFICER, RoleKind.DISTRICT_OFFICER)
ANNOUNCED = (Assembly.RESULT_ANNOUNCED, Assembly.MINUTES_PUBLISHED)


class StreamQuerySet(models.QuerySet):
    def in_year(self, year):
        """Streams in force on some day of the year."""
        return (
            self.filter(from_on__year__lte=year)
            .filter(Q(until_on=None) | Q(until_on__gt=f"{year}-01-01"))
            .order_by("name", "pk")
        )


class Stream(models.Model):
    """A funding stream (재원 사업): where money comes from by which scheme, and who decides on it.

    Schemes come, change their name and go: each is dated.
    """

    district = models.ForeignKey(District, on_delete=models.PROTECT)
    code = models.SlugField(_("부호"))
    name = models.CharField(_("이름"), max_length=80)
    origin = models.CharField(_("어디서 온 돈인가"), max_length=200)
    decided_by = models.CharField(_("누가 정하나"), max_length=120)
    from_on = models.DateField(_("시작"))
    until_on = models.DateField(_("끝(이날은 빼고)"), null=True, blank=True)

    objects = StreamQuerySet.as_manager()

    class Meta:
        verbose_name = _("재원 사업")
        constraints = [
            models.UniqueConstraint(
                name="budget_stream_once_per_start", fields=["district", "code", "from_on"]
            ),
            models.CheckConstraint(
                name="budget_stream_starts_before_it_ends",
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")),
            ),
        ]

    def __str__(self):
        return self.name


class AppropriationQuerySet(models.QuerySet):
    def of(self, *, dong, year):
        return self.filter(dong=dong, year=year).in_order()

    def in_order(self):
        """City money before the district's, as it is drawn."""
        return self.select_related("stream", "dong", "account").order_by(
            "year", "dong__code", "stream__name", "source", "pk"
        )

    def sums(self):
        """(set aside, still held) of all of them, in whole won."""
        held = Posting.objects.filter(account__in=self.values("account"))
        return (
            self.aggregate(won=Coalesce(Sum("amount_won"), 0))["won"],
            held.aggregate(won=Coalesce(Sum("amount_won"), 0))["won"],
        )

    def with_balance(self):
        """Each with `left`: what it still holds, not given out."""
        of_account = Posting.objects.filter(account=OuterRef("account")).order_by()
        held = of_account.values("account").annotate(won=Sum("amount_won")).values("won")
        return self.annotate(left=Coalesce(Subquery(held), 0))

    def free(self):
        """Not yet in a round."""
        return self.filter(rounds=None)


class Appropriation(models.Model):
    """Money set aside: of a stream, from a source, for a year, for a dong or the whole district.

    The amount is what stands now; how it came to it stand the `Change` rows.
    """

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="appropriations")
    source = models.CharField(_("출처"), max_length=10, choices=[*texts.SOURCES.items()])
    year = models.PositiveSmallIntegerField(_("연도"))
    dong = models.ForeignKey(Dong, null=True, blank=True, on_delete=models.PROTECT)
    amount_won = models.BigIntegerField(_("금액(원)"))
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, related_name="appropriation")
    fund = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="appropriation")

    objects = AppropriationQuerySet.as_manager()

    class Meta:
        verbose_name = _("편성 예산")
        constraints = [
            models.UniqueConstraint(
                name="budget_appropriated_once",
                fields=["stream", "source", "year", "dong"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="budget_appropriation_not_negative", condition=Q(amount_won__gte=0)
            ),
        ]

    def __str__(self):
        return f"{self.year}년 {self.dong or self.stream.district} {self.stream}"

    def get_absolute_url(self):
        return reverse("budget:appropriation", args=[self.pk])


class Change(AddOnly):
    """From what to what an appropriation was changed, and why; the first row founds it."""

    appropriation = models.ForeignKey(
        Appropriation, on_delete=models.PROTECT, related_name="changes"
    )
    before_won = models.BigIntegerField(_("전(원)"))
    after_won = models.BigIntegerField(_("후(원)"))
    reason = models.CharField(_("까닭"), max_length=300)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("때"))

    class Meta(AddOnly.Meta):
        verbose_name = _("예산 변경")

    def __str__(self):
        return f"{self.before_won:,}원 → {self.after_won:,}원"


class RoundQuerySet(models.QuerySet):
    def of(self, *, dong, year):
        return self.complete().filter(dong=dong, year=year).order_by("pk")

    def complete(self):
        return self.select_related("dong", "thread", "question__assembly__election")

    def waiting_for(self, person):
        """Rounds to put before the assembly, or whose winners wait for their won."""
        roles = [role for role in person.roles_today if role.kind in RUNS_ROUNDS]
        return (
            self.complete()
            .filter(allocated_at=None)
            .filter(
                Q(question=None)
                | Q(question__assembly__state__in=ANNOUNCED)
                | Q(question__assembly__election__state=Poll.VOID)
            )
            .filter(
                Q(dong__in=[role.dong_id for role in roles if role.dong_id])
                | Q(dong__district__in=[role.district_id for role in roles if role.district_id])
            )
            .order_by("year", "pk")
        )


class Round(models.Model):
    """A participatory budget of a dong and year: residents decide on its envelope."""

    dong = models.ForeignKey(Dong, on_delete=models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField(_("연도"))
    title = models.CharField(_("이름"), max_length=120)
    limit_won = models.BigIntegerField(_("한도(원)"))
    appropriations = models.ManyToManyField(
        Appropriation, through="RoundPart", related_name="rounds"
    )
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, related_name="budget_round")
    opened_at = models.DateTimeField(_("연 때"))
    question = models.OneToOneField(
        Question,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="budget_round",
        help_text="of the assembly; gone when the assembly takes it out again",
    )
    allocated_at = models.DateTimeField(_("배정한 때"), null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("시민참여예산")
        constraints = [
            models.CheckConstraint(name="budget_round_has_a_limit", condition=Q(limit_won__gt=0))
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("budget:round", args=[self.pk])

    @property
    def state(self):
        if self.allocated_at:
            return RoundState.ALLOCATED
        asked = self.question_id and not self.question.assembly.asks_again
        return RoundState.ASKED if asked else RoundState.OPEN

    @property
    def state_label(self):
        return texts.ROUND_STATES[self.state]

    @property
    def family(self):
        return texts.ROUND_FAMILIES[self.state]

    @property
    def is_decided(self):
        """Residents have chosen and the result is out, but the won are not given yet."""
        return self.state == RoundState.ASKED and self.question.is_published

    # What a worklist shows.

    @property
    def due_on(self):
        if self.state == RoundState.OPEN:
            return None
        return timezone.localdate(self.question.assembly.result_at)

    @property
    def link(self):
        return self.get_absolute_url()

    @property
    def next_act(self):
        return texts.NEXT_ACTS[self.state]

    @property
    def allocated_won(self):
        return self.allocations.sum_won()

    @property
    def left_won(self):
        return self.limit_won - self.allocated_won


class RoundPart(models.Model):
    """An appropriation that a round spends from; it serves one round alone."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="parts")
    appropriation = models.OneToOneField(
        Appropriation, on_delete=models.PROTECT, related_name="round_part"
    )

    class Meta:
        verbose_name = _("시민참여예산 재원")

    def __str__(self):
        return f"{self.round} ← {self.appropriation}"


class AllocationQuerySet(models.QuerySet):
    def sum_won(self):
        return self.aggregate(won=Coalesce(Sum("won"), 0))["won"]

    def of(self, thread):
        """What the matter was given, joined threads too."""
        return self.filter(thread__root=thread.root_id).order_by("pk")


class Allocation(AddOnly):
    """The won a chosen matter received from a round, as the published result gave it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="allocations")
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="allocations")
    won = models.BigIntegerField(_("배정액(원)"))
    at = models.DateTimeField(_("배정한 때"))

    objects = AllocationQuerySet.as_manager()

    class Meta(AddOnly.Meta):
        verbose_name = _("배정")
        constraints = [
            models.UniqueConstraint(name="budget_allocated_once", fields=["round", "thread"]),
            models.CheckConstraint(name="budget_allocation_positive", condition=Q(won__gt=0)),
        ]

    def __str__(self):
        return str(self.thread)

    def get_absolute_url(self):
        return reverse("budget:allocation", args=[self.pk])


class AllocationPart(AddOnly):
    """How much of an allocation comes from which appropriation, and the account that holds it."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="parts")
    appropriation = models.ForeignKey(
        Appropriation, on_delete=models.PROTECT, related_name="allocation_parts"
    )
    account = models.OneToOneField(
        Account, on_delete=models.PROTECT, related_name="allocation_part"
    )
    won = models.BigIntegerField(_("금액(원)"))

    class Meta(AddOnly.Meta):
        verbose_name = _("배정 재원")
        constraints = [
            models.UniqueConstraint(
                name="budget_part_once_per_appropriation", fields=["allocation", "appropriation"]
            ),
            models.CheckConstraint(name="budget_part_positive", condition=Q(won__gt=0)),
        ]

    def __str__(self):
        return f"{self.allocation} · {self.appropriation.get_source_display()}"
