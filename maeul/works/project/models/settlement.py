from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.works.project import texts
from maeul.works.project.models.money import Purse
from maeul.works.project.models.request import Request, RequestQuerySet
from maeul.works.project.rules import Asked


class Settlement(Request):
    """The account of a project, per source."""

    objects = RequestQuerySet.as_manager()

    next_act = texts.NEXT_ACTS["approve_settlement"]

    class Meta(Request.Meta):
        verbose_name = _("정산")
        constraints = [
            *Request.Meta.constraints,
            models.UniqueConstraint(
                name="project_one_standing_settlement",
                fields=["project"],
                condition=Q(state__in=(Asked.ASKED, Asked.APPROVED)),
            ),
        ]

    def __str__(self):
        return f"{self.project} 정산"

    def get_absolute_url(self):
        return reverse("project:settlement", args=[self.pk])

    @property
    def totals(self):
        return self.rows.aggregate(
            received=Sum("received_won"),
            spent=Sum("spent_won"),
            interest=Sum("interest_won"),
            principal_due=Sum("principal_due_won"),
        )


class SettlementRow(AddOnly):
    """One source of a settlement, as it stood when it was handed in."""

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="rows")
    purse = models.ForeignKey(Purse, on_delete=models.PROTECT, related_name="+")
    received_won = models.BigIntegerField(_("받은 돈(원)"))
    spent_won = models.BigIntegerField(_("쓴 돈(원)"))
    interest_won = models.BigIntegerField(_("이자(원)"))
    principal_due_won = models.BigIntegerField(_("남은 돈(원)"))

    class Meta(AddOnly.Meta):
        verbose_name = _("재원별 정산")
        constraints = [
            models.UniqueConstraint(
                name="project_settled_once_per_purse", fields=["settlement", "purse"]
            ),
            models.CheckConstraint(
                name="project_settlement_adds_up",
                condition=Q(received_won=F("spent_won") + F("principal_due_won")),
            ),
        ]

    def __str__(self):
        return f"{self.purse}: {self.spent_won:,}원"

    @property
    def due_won(self):
        return self.principal_due_won + self.interest_won
