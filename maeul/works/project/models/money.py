from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.core.models import Upload
from maeul.decision.budget.models import AllocationPart
from maeul.decision.budget.rules import Source
from maeul.decision.budget.texts import SOURCES
from maeul.ground.audit.models import name_of
from maeul.ground.people.models import Person
from maeul.vault.ledger.models import Account, Entry
from maeul.works.project import texts
from maeul.works.project.models.project import Project
from maeul.works.project.models.request import Request, RequestQuerySet
from maeul.works.project.rules import Asked, Figures, NoticeKind


class LineQuerySet(models.QuerySet):
    def with_left(self):
        """Each with `left`: what may still be asked for."""
        gone = Q(expenditures__state__in=(Asked.ASKED, Asked.APPROVED))
        return self.annotate(
            left=F("amount_won") - Coalesce(Sum("expenditures__amount_won", filter=gone), 0)
        ).order_by("pk")


class Line(models.Model):
    """A budget line (보조세목): what for, and how much at most."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="lines")
    code = models.CharField(_("예산과목"), max_length=20, blank=True)
    title = models.CharField(_("세목"), max_length=80)
    amount_won = models.BigIntegerField(_("금액(원)"))

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("예산 세목")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="project_line_once", fields=["project", "title"]),
            models.CheckConstraint(
                name="project_line_not_negative", condition=Q(amount_won__gte=0)
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def left_won(self):
        """What may still be asked for: asked and approved spending count as gone."""
        return self.amount_won - self.expenditures.standing().sum_won()


class Purse(models.Model):
    """A project's money of one source, and the account that holds it.

    `part` is the piece of the allocation behind it; own share (자부담) has none.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="purses")
    part = models.OneToOneField(
        AllocationPart, null=True, blank=True, on_delete=models.PROTECT, related_name="purse"
    )
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="purse")

    class Meta:
        verbose_name = _("사업비 주머니")
        constraints = [
            models.UniqueConstraint(
                name="project_one_own_purse", fields=["project"], condition=Q(part=None)
            )
        ]

    def __str__(self):
        return f"{self.project} ({self.source_label})"

    @property
    def source(self):
        return Source(self.part.appropriation.source) if self.part_id else Source.OWN

    @property
    def source_label(self):
        return SOURCES[self.source]

    @property
    def is_paid_in_parts(self):
        """Money of a grant comes by payments; direct money is there from the start."""
        return self.part_id is None or self.account_id != self.part.account_id

    def figures(self):
        sums = dict(
            self.notices.order_by().values_list("kind").annotate(won=Coalesce(Sum("won"), 0))
        )
        return Figures(
            received=sums.get(NoticeKind.PAID, 0)
            + sums.get(NoticeKind.OWN, 0)
            + (0 if self.is_paid_in_parts else self.part.won),
            spent=self.expenditures.approved().sum_won(),
            interest=sums.get(NoticeKind.INTEREST, 0),
            refunded=sums.get(NoticeKind.REFUND, 0),
        )

    @property
    def asked_won(self):
        """Asked for and not yet answered."""
        return self.expenditures.filter(state=Asked.ASKED).sum_won()


PUBLIC = (Asked.APPROVED, Asked.TAKEN_BACK)


class ExpenditureQuerySet(RequestQuerySet):
    def sum_won(self):
        return self.aggregate(won=Coalesce(Sum("amount_won"), 0))["won"]

    def complete(self):
        return self.select_related("project__dong", "line", "purse__part__appropriation", "entry")

    def public(self):
        """Those that stand in the books, or stood there until a counter-entry."""
        return self.filter(state__in=PUBLIC)


class Expenditure(Request):
    """Money paid for something, with its evidence.

    The payee is a shop or a body as text; no account numbers, no resident numbers.
    """

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="expenditures")
    purse = models.ForeignKey(Purse, on_delete=models.PROTECT, related_name="expenditures")
    purpose = models.CharField(_("무엇을"), max_length=200)
    payee = models.CharField(_("산 곳"), max_length=120)
    business_no = models.CharField(_("사업자등록번호"), max_length=12, blank=True)
    amount_won = models.BigIntegerField(_("합계(원)"))
    vat_won = models.BigIntegerField(_("부가세(원)"), default=0)
    method = models.CharField(_("낸 방법"), max_length=12, choices=[*texts.METHODS.items()])
    paid_on = models.DateField(_("낸 날"))
    outside_no = models.CharField(_("보탬e 번호"), max_length=40, blank=True)
    entry = models.OneToOneField(
        Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="expenditure"
    )

    objects = ExpenditureQuerySet.as_manager()

    next_act = texts.NEXT_ACTS["approve_spending"]

    class Meta(Request.Meta):
        verbose_name = _("지출")
        constraints = [
            *Request.Meta.constraints,
            models.CheckConstraint(
                name="project_spending_whole",
                condition=Q(amount_won__gt=F("vat_won"), vat_won__gte=0),
            ),
            models.CheckConstraint(
                name="project_approved_spending_is_in_the_books",
                condition=Q(state__in=PUBLIC, entry__isnull=False)
                | Q(state__in=(Asked.ASKED, Asked.RETURNED), entry=None),
            ),
        ]

    def __str__(self):
        return self.purpose

    def get_absolute_url(self):
        return reverse("project:expenditure", args=[self.pk])

    @property
    def is_public(self):
        return self.state in PUBLIC

    @property
    def supply_won(self):
        return self.amount_won - self.vat_won


class Evidence(AddOnly):
    """A file that proves an expenditure: slip, invoice, photo.

    Open to everybody when whoever put it in said that nothing on it must be covered.
    """

    expenditure = models.ForeignKey(Expenditure, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(_("종류"), max_length=12, choices=[*texts.EVIDENCE.items()])
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="evidence")
    is_open = models.BooleanField(_("누구나 볼 수 있음"), default=False)
    at = models.DateTimeField(_("붙인 때"))

    class Meta(AddOnly.Meta):
        verbose_name = _("증빙")

    def __str__(self):
        return str(self.get_kind_display())

    def get_absolute_url(self):
        return reverse("project:evidence", args=[self.pk])


class BankNotice(AddOnly):
    """The bank's word that money came, bore interest or went back, with its paper."""

    purse = models.ForeignKey(Purse, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("종류"), max_length=8, choices=[*texts.NOTICES.items()])
    won = models.BigIntegerField(_("금액(원)"))
    interest_won = models.BigIntegerField(_("그 가운데 이자(원)"), default=0)
    on = models.DateField(_("날짜"))
    text = models.CharField(_("내용"), max_length=200, blank=True)
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="bank_notice")
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("적은 때"))

    class Meta(AddOnly.Meta):
        verbose_name = _("은행 통지")
        constraints = [
            models.CheckConstraint(name="project_notice_positive", condition=Q(won__gt=0)),
            models.CheckConstraint(
                name="project_only_refunds_split_off_interest",
                condition=Q(interest_won=0)
                | Q(kind=NoticeKind.REFUND, interest_won__gt=0, interest_won__lte=F("won")),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.won:,}원"

    def get_absolute_url(self):
        return reverse("project:notice", args=[self.pk])

    @property
    def entry(self):
        return Entry.objects.from_source(name_of(self)).first()
