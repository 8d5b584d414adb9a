"""The money of one year as a page that opens downward: year, programme, dong, project, receipt.

At each level the parts, what is not shown and what is left add up to the sum above: of a dong's
projects and of a project's receipts the first ones are shown, all of them on their own pages.
"""

from dataclasses import dataclass, field

from django.db.models import Count, F, Min, Sum, Window
from django.db.models.functions import DenseRank, RowNumber

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
    count: int = 0  # of all lines below, shown or not
    given_won: int = 0  # in all lines below

    @property
    def left(self):
        """What of the sum is not in a line below."""
        return self.won - self.given_won

    @property
    def more(self):
        """How many lines below are not shown."""
        return self.count - len(self.below)

    @property
    def more_won(self):
        return self.given_won - sum(line.won for line in self.below)

    @property
    def more_receipts(self):
        return self.count - len(self.receipts)

    def add(self, *lines):
        self.below += lines
        self.count += len(lines)
        self.given_won += sum(line.won for line in lines)


SHOWN = 20  # projects of a dong, receipts of a project
PLACE = (
    "appropriation__pledge_tie__cell__programme",
    "appropriation__dong",
)  # a programme in a dong


def opened(pledge, year, *, dong=None):
    """The whole year, down to the receipts of one dong (or of the district's own lines).

    Always the same few queries: cells, what was set aside, what was given, spending, the lines
    shown, their receipts and refunds.
    """
    cells = list(
        Cell.objects.filter(table__pledge=pledge, year=year).select_related("programme").in_order()
    )
    year_line = Opened(title=f"{year}년 모두", won=sum(cell.amount_won for cell in cells))
    year_line.sources = _by_source(cells)
    places = _places(cells, dong)
    for programme in _distinct(cell.programme for cell in cells):
        mine = [cell for cell in cells if cell.programme_id == programme.pk]
        line = Opened(
            title=programme.name,
            won=sum(cell.amount_won for cell in mine),
            link=mine[0].get_absolute_url(),
        )
        line.sources = _by_source(mine)
        line.add(*(place for key, place in places.items() if key[0] == programme.pk))
        line.spent = sum(below.spent for below in line.below)
        line.is_open = any(below.is_open for below in line.below)
        year_line.add(line)
    year_line.spent = sum(line.spent for line in year_line.below)
    return year_line


def _places(cells, dong):
    """A line for each (programme, dong) for which something was set aside, by dong."""
    set_aside = (
        Appropriation.objects.filter(pledge_tie__cell__in=cells)
        .order_by("dong__code")
        .values(
            "dong",
            "dong__code",
            "dong__name",
            district=F("stream__district__name"),
            programme=F("pledge_tie__cell__programme"),
        )
        .annotate(won=Sum("amount_won"), first=Min("pk"))
    )
    places = {
        (row["programme"], row["dong"]): Opened(
            title=row["dong__name"] or row["district"],
            won=row["won"],
            link=Appropriation(pk=row["first"]).get_absolute_url(),
            code=row["dong__code"] or "",
            is_open=dong is not None and row["dong"] == dong.pk,
        )
        for row in set_aside
    }
    given = AllocationPart.objects.filter(appropriation__pledge_tie__cell__in=cells).order_by()
    sums = given.values_list(*PLACE).annotate(Sum("won"), Count("allocation", distinct=True))
    for programme, place, won, count in sums:
        places[programme, place].given_won, places[programme, place].count = won, count
    spent = Expenditure.objects.approved().filter(
        purse__part__appropriation__pledge_tie__cell__in=cells
    )
    where = [f"purse__part__{path}" for path in PLACE]
    for programme, place, won in spent.order_by().values_list(*where).annotate(Sum("amount_won")):
        places[programme, place].spent = won
    _fill(places, given, dong)
    return places


def _fill(places, given, dong):
    """The first projects of each place, with their receipts where it is the dong looked at."""
    number = Window(DenseRank(), partition_by=[*map(F, PLACE)], order_by="allocation")
    first = given.annotate(number=number).filter(number__lte=SHOWN).values("pk")
    parts = list(
        AllocationPart.objects.filter(pk__in=first)  # numbered bare: whole rows would not fit
        .annotate(programme=F(PLACE[0]), place=F(PLACE[1]))
        .select_related("allocation__thread", "allocation__project", "purse")
        .order_by("allocation", "pk")
    )
    spent = {
        part: (won, count)
        for part, won, count in Expenditure.objects.approved()
        .filter(purse__part__in=parts)
        .order_by()
        .values_list("purse__part")
        .annotate(Sum("amount_won"), Count("pk"))
    }
    here = [part for part in parts if dong and part.place == dong.pk]
    receipts, refunds = _papers(here)
    lines = {}
    for part in parts:
        lines.setdefault((part.programme, part.place, part.allocation_id), []).append(part)
    for (programme, place, _allocation), pieces in lines.items():
        allocation = pieces[0].allocation
        project = getattr(allocation, "project", None)
        places[programme, place].below.append(
            Opened(
                title=str(project or allocation),
                won=sum(part.won for part in pieces),
                link=(project or allocation).get_absolute_url(),
                spent=sum(spent.get(part.pk, (0, 0))[0] for part in pieces),
                count=sum(spent.get(part.pk, (0, 0))[1] for part in pieces),
                receipts=[row for part in pieces for row in receipts.get(part.pk, ())],
                refunds=[row for part in pieces for row in refunds.get(part.pk, ())],
            )
        )


def _papers(parts):
    """The newest receipts and refunds of each part."""
    receipts, refunds = {}, {}
    newest = Window(RowNumber(), partition_by=F("purse"), order_by=["-paid_on", "-pk"])
    first = Expenditure.objects.approved().filter(purse__part__in=parts).annotate(newest=newest)
    rows = Expenditure.objects.filter(pk__in=first.filter(newest__lte=SHOWN).values("pk"))
    for row in rows.select_related("purse", "line").order_by("paid_on", "pk"):
        receipts.setdefault(row.purse.part_id, []).append(row)
    newest = Window(RowNumber(), partition_by=F("purse"), order_by=["-on", "-pk"])
    notices = BankNotice.objects.filter(purse__part__in=parts, kind=NoticeKind.REFUND)
    notices = notices.annotate(newest=newest).filter(newest__lte=SHOWN)
    for row in notices.select_related("purse").order_by("on", "pk"):
        refunds.setdefault(row.purse.part_id, []).append(row)
    return receipts, refunds


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
