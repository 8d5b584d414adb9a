from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maeul.decision.budget.models import Appropriation
from maeul.decision.budget.texts import SOURCES
from maeul.works.pledge.models.card import Pledge


class Table(models.Model):
    """A budget table (소요예산) as it was brought: real, or made up for the demonstration."""

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="tables")
    title = models.CharField(_("이름"), max_length=120)
    total_won = models.BigIntegerField(_("합계(원)"))
    is_made_up = models.BooleanField(_("시범"), default=False)
    source = models.CharField(_("출처"), max_length=200)
    brought_at = models.DateTimeField(_("가져온 때"))

    class Meta:
        verbose_name = _("소요예산표")

    def __str__(self):
        return self.title

    @property
    def has_execution(self):
        """Are there appropriations, projects and receipts below its cells?  Of the years before
        this site only the budget was brought."""
        return self.cells.filter(ties__isnull=False).exists()


class Programme(models.Model):
    """A line of the table: what the money is for."""

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="programmes")
    name = models.CharField(_("사업"), max_length=120)
    position = models.PositiveSmallIntegerField(_("차례"))

    class Meta:
        verbose_name = _("공약 사업")
        constraints = [
            models.UniqueConstraint(name="pledge_programme_once", fields=["pledge", "name"])
        ]

    def __str__(self):
        return self.name


class CellQuerySet(models.QuerySet):
    def complete(self):
        return self.select_related("programme", "table__pledge").annotate(
            tied=Coalesce(Sum("ties__appropriation__amount_won"), 0)
        )

    def in_order(self):
        """City money before the district's."""
        return self.order_by("year", "programme__position", "source", "pk")

    def of(self, appropriation):
        """The one cell an appropriation belongs to, or none."""
        return self.filter(ties__appropriation=appropriation)


class Cell(models.Model):
    """One cell of a table: a programme's money of a source in a year."""

    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="cells")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cells")
    source = models.CharField(_("재원"), max_length=10, choices=[*SOURCES.items()])
    year = models.PositiveSmallIntegerField(_("연도"))
    amount_won = models.BigIntegerField(_("금액(원)"))

    objects = CellQuerySet.as_manager()

    class Meta:
        verbose_name = _("소요예산 칸")
        constraints = [
            models.UniqueConstraint(
                name="pledge_cell_once", fields=["programme", "source", "year"]
            ),
            models.CheckConstraint(name="pledge_cell_not_negative", condition=Q(amount_won__gte=0)),
        ]

    def __str__(self):
        return f"{self.year}년 {self.programme} ({self.get_source_display()})"

    def get_absolute_url(self):
        return reverse("pledge:cell", args=[self.pk])

    @property
    def tied_won(self):
        return self.ties.aggregate(won=Sum("appropriation__amount_won"))["won"] or 0


class Tie(models.Model):
    """An appropriation belongs to exactly one cell of a pledge."""

    cell = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="ties")
    appropriation = models.OneToOneField(
        Appropriation, on_delete=models.PROTECT, related_name="pledge_tie"
    )
    at = models.DateTimeField(_("이은 때"))

    class Meta:
        verbose_name = _("칸과 예산의 이음")

    def __str__(self):
        return f"{self.cell} ← {self.appropriation}"
