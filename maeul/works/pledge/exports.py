"""What is published of pledges: the budget cell by cell, and every approved receipt below it."""

from django.utils.translation import gettext_lazy as _

from maeul.works.pledge.models import Cell
from maeul.works.project.models import Expenditure

BUDGET_HEADS = [_("공약"), _("사업"), _("재원"), _("연도"), _("금액(원)"), _("시범")]
SPENDING_HEADS = [
    _("연도"),
    _("사업"),
    _("재원"),
    _("동"),
    _("마을사업"),
    _("낸 날"),
    _("무엇을"),
    _("산 곳"),
    _("금액(원)"),
    _("시범"),
]


def budget_rows(pledge):
    for cell in Cell.objects.filter(table__pledge=pledge).complete().in_order():
        yield (
            pledge.title,
            cell.programme.name,
            cell.get_source_display(),
            cell.year,
            cell.amount_won,
            cell.table.is_made_up,
        )


def spending_rows(pledge):
    rows = (
        Expenditure.objects.approved()
        .filter(purse__part__appropriation__pledge_tie__cell__table__pledge=pledge)
        .select_related("project__dong", "purse__part__appropriation__pledge_tie__cell__programme")
        .select_related("purse__part__appropriation__pledge_tie__cell__table")
        .order_by("paid_on", "pk")
    )
    for row in rows:
        cell = row.purse.part.appropriation.pledge_tie.cell
        yield (
            cell.year,
            cell.programme.name,
            cell.get_source_display(),
            row.project.dong.name,
            row.project.title,
            row.paid_on,
            row.purpose,
            row.payee,
            row.amount_won,
            cell.table.is_made_up,
        )
