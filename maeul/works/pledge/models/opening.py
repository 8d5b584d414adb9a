"""The money of one year as a page that opens downward: year, programme, dong, project, receipt.

At each level the parts and what is left add up to the sum above.
"""

from dataclasses import dataclass, field

from django.db.models import Sum
from django.db.models.functions import Coalesce

from maeul.decision.budget.models import AllocationPart, Appropriation
from maeul.works.pledge.models.table import Cell
from maeul.works.project.models import BankNotice, Expenditure
from maeul.works.project.rules import NoticeKind


@dataclass
class Opened:
    """One line: what it is, how much, how much of it was spent, and what is below it."""

    title: str
    won: int
    link: str = ""
    spent: int = 0
    below: list = field(default_factory=list)
    sources: list = field(default_factory=list)  # (source, won)
    receipts: list = field(default_factory=list)
    refunds: list = field(default_factory=list)
    is_open: bool = False
    code: str = ""

    @property
    def left(self):
        """What of the sum is not in a line below."""
        return self.won - sum(line.won for line in self.below)


def opened(pledge, year, *, dong=None):
    """The whole year, down to the receipts of one dong (or of the district's own lines).

    Always the same few queries: cells, appropriations, parts, spending, receipts, refunds.
    """
    cells = list(
        Cell.objects.filter(table__pledge=pledge, year=year).select_related("programme").in_order()
    )
    appropriations = list(
        Appropriation.objects.filter(pledge_tie__cell__in=cells)
        .select_related("dong", "stream__district", "pledge_tie")
        .order_by("dong__code", "source", "pk")
    )
    parts = list(
        AllocationPart.objects.filter(appropriation__in=appropriations)
        .select_related("allocation__thread", "allocation__project", "purse")
        .order_by("allocation__pk", "pk")
    )
    spent = dict(
        Expenditure.objects.approved()
        .filter(purse__part__in=parts)
        .order_by()
        .values_list("purse__part")
        .annotate(won=Coalesce(Sum("amount_won"), 0))
    )
    shown = [part for part in parts if dong and _dong_of(part, appropriations) == dong.pk]
    receipts, refunds = _papers(shown)
    year_line = Opened(title=f"{year}년 모두", won=sum(cell.amount_won for cell in cells))
    year_line.sources = _by_source(cells)
    for programme in _distinct(cell.programme for cell in cells):
        mine = [cell for cell in cells if cell.programme_id == programme.pk]
        line = Opened(
            title=programme.name,
            won=sum(cell.amount_won for cell in mine),
            link=mine[0].get_absolute_url(),
        )
        line.sources = _by_source(mine)
        numbers = {cell.pk for cell in mine}
        tied = [row for row in appropriations if row.pledge_tie.cell_id in numbers]
        for place in _distinct(row.dong for row in tied):
            line.below.append(_place(place, tied, parts, spent, receipts, refunds, dong))
        line.spent = sum(below.spent for below in line.below)
        line.is_open = any(below.is_open for below in line.below)
        year_line.below.append(line)
    year_line.spent = sum(line.spent for line in year_line.below)
    return year_line


def _place(place, tied, parts, spent, receipts, refunds, dong):
    mine = [row for row in tied if row.dong == place]
    numbers = {row.pk for row in mine}
    line = Opened(
        title=str(place or mine[0].stream.district),
        won=sum(row.amount_won for row in mine),
        link=mine[0].get_absolute_url(),
        code=place.code if place else "",
        is_open=dong is not None and place == dong,
    )
    line.sources = [(row.get_source_display(), row.amount_won) for row in mine]
    here = [part for part in parts if part.appropriation_id in numbers]
    for allocation in _distinct(part.allocation for part in here):
        pieces = [part for part in here if part.allocation_id == allocation.pk]
        project = getattr(allocation, "project", None)
        line.below.append(
            Opened(
                title=str(project or allocation),
                won=sum(part.won for part in pieces),
                link=(project or allocation).get_absolute_url(),
                spent=sum(spent.get(part.pk, 0) for part in pieces),
                receipts=[row for part in pieces for row in receipts.get(part.pk, ())],
                refunds=[row for part in pieces for row in refunds.get(part.pk, ())],
            )
        )
    line.spent = sum(below.spent for below in line.below)
    return line


def _papers(parts):
    receipts, refunds = {}, {}
    rows = Expenditure.objects.approved().filter(purse__part__in=parts)
    for row in rows.select_related("purse", "line").order_by("paid_on", "pk"):
        receipts.setdefault(row.purse.part_id, []).append(row)
    notices = BankNotice.objects.filter(purse__part__in=parts, kind=NoticeKind.REFUND)
    for row in notices.select_related("purse").order_by("on", "pk"):
        refunds.setdefault(row.purse.part_id, []).append(row)
    return receipts, refunds


def _dong_of(part, appropriations):
    return next(row.dong_id for row in appropriations if row.pk == part.appropriation_id)


def _by_source(cells):
    return [
        (
            source.get_source_display(),
            sum(cell.amount_won for cell in cells if cell.source == source.source),
        )
        for source in {cell.source: cell for cell in cells}.values()
    ]


def _distinct(things):
    """Each once, in the order of its first coming."""
    return list({thing.pk if thing else None: thing for thing in things}.values())
