import tomllib
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.core import sheet
from maeul.core.money import won as in_won
from maeul.core.refusal import refuse_if, sentence
from maeul.decision.budget.models import Appropriation
from maeul.ground.audit import actions as audit
from maeul.ground.search import actions as search
from maeul.ground.thread import actions as thread
from maeul.works.pledge import rules
from maeul.works.pledge.models import Cell, Change, Pledge, Programme, Progress, Stage, Table, Tie
from maeul.works.pledge.rules import ALL, SOURCES, SUM_WORDS, Amount
from maeul.works.pledge.texts import REFUSALS

DATA = Path(__file__).parent / "data"
HEADS = ("programme", "fund_source", "year", "amount_won")


@transaction.atomic
def load(*, district, by, at, made_up=False):
    """The card of the programme with its table of 2018-2022; `made_up`: the demonstration's
    years too.  Loading again changes nothing."""
    card = tomllib.loads((DATA / "pledge.toml").read_text())
    card["overview"] = card["overview"].strip()
    card["stages"] = [{**stage, "text": stage["text"].strip()} for stage in card["stages"]]
    pledge = write_card(district=district, **card, by=by, at=at)
    import_table(
        pledge=pledge,
        rows=sheet.read((DATA / "pledge-budget.csv").read_bytes(), heads=HEADS),
        title=_("소요예산 2018~2022년"),
        total_won=pledge.total_won,
        source=pledge.source,
        by=by,
        at=at,
    )
    if made_up:
        import_table(
            pledge=pledge,
            rows=sheet.read((DATA / "pledge-budget-made-up.csv").read_bytes(), heads=HEADS),
            title=_("시범 소요예산 2025~2026년"),
            total_won=1_490_000_000,
            source=_("시범용으로 지어낸 표"),
            is_made_up=True,
            by=by,
            at=at,
        )
    return pledge


@transaction.atomic
def write_card(*, district, code, title, total_won, source, by, at, stages=(), **facts):
    """Write the card of a pledge down.  The same code again leaves it as it is."""
    there = Pledge.objects.filter(code=code).first()
    if there:
        return there
    pledge = Pledge.objects.create(
        district=district,
        code=code,
        title=title,
        total_won=total_won,
        source=source,
        thread=thread.open(title=title, dong=None, by=by, at=at),
        **facts,
    )
    Stage.objects.bulk_create(
        Stage(pledge=pledge, position=position, **stage)
        for position, stage in enumerate(stages, start=1)
    )
    audit.note("pledge.card_written", on=pledge, by=by, at=at)
    _tell(pledge, "card_written", title, by=by, at=at)
    search.put(
        link=pledge.get_absolute_url(),
        kind="pledge",
        title=title,
        text=pledge.overview,
        on=timezone.localdate(at),
        cost_won=total_won,
        thread=pledge.thread,
    )
    return pledge


@transaction.atomic
def import_table(*, pledge, rows, title, total_won, source, by, at, is_made_up=False):
    """Bring a budget table: `rows` of `core.sheet` with HEADS.

    Raises `sheet.SheetErrors` with every line and reason, and changes nothing, unless every row,
    column and the whole add up.  The very same table again changes nothing either.
    """
    pledge = Pledge.objects.select_for_update().get(pk=pledge.pk)
    amounts = _amounts(rows)
    problems = sheet.Problems()
    for line, no in rules.faults(amounts, total_won=total_won):
        problems.add(line, sentence(no, REFUSALS))
    problems.raise_if_any()
    cells = [amount for amount in amounts if not amount.is_sum]
    years = sorted({int(cell.year) for cell in cells})
    there = Cell.objects.filter(table__pledge=pledge, year__in=years).select_related("programme")
    refuse_if(
        rules.why_not_import(
            there=[(c.programme.name, c.source, str(c.year), c.amount_won) for c in there],
            new=[(c.programme, SOURCES[c.source], c.year, c.won) for c in cells],
        ),
        REFUSALS,
    )
    if there:
        return there[0].table
    table = Table.objects.create(
        pledge=pledge,
        title=title,
        total_won=total_won,
        is_made_up=is_made_up,
        source=source,
        brought_at=at,
    )
    Cell.objects.bulk_create(
        Cell(
            table=table,
            programme=_programme(pledge, cell.programme),
            source=SOURCES[cell.source],
            year=int(cell.year),
            amount_won=cell.won,
        )
        for cell in cells
    )
    audit.note("pledge.table_imported", on=table, by=by, at=at, cells=len(cells), won=total_won)
    _tell(
        pledge,
        "table_imported",
        _("소요예산표 %(won)s을 가져왔습니다") % {"won": in_won(total_won)},
        text=title,
        by=by,
        at=at,
    )
    return table


@transaction.atomic
def tie(*, cell, appropriation, by, at):
    """Say to which cell of the pledge an appropriation belongs; for good."""
    cell = Cell.objects.select_for_update(of=["self"]).select_related("programme").get(pk=cell.pk)
    appropriation = Appropriation.objects.select_related("thread").get(pk=appropriation.pk)
    refuse_if(
        rules.why_not_tie(
            same_place=(cell.year, cell.source) == (appropriation.year, appropriation.source),
            tied=Tie.objects.filter(appropriation=appropriation).exists(),
            tied_won=cell.tied_won,
            amount_won=appropriation.amount_won,
            cell_won=cell.amount_won,
        ),
        REFUSALS,
    )
    made = Tie.objects.create(cell=cell, appropriation=appropriation, at=at)
    audit.note("pledge.tied", on=made, by=by, at=at)
    thread.note(
        thread=appropriation.thread,
        step="pledge.tied",
        title=_("공약 소요예산의 한 칸입니다: %(cell)s") % {"cell": cell},
        link=cell.get_absolute_url(),
        public=True,
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def report_progress(*, pledge, year, quarter, status, text, by, at):
    """Tell what was done in a quarter (분기별 추진실적)."""
    today = timezone.localdate(at)
    refuse_if(
        rules.why_not_report(
            year=year,
            quarter=quarter,
            today=(today.year, (today.month + 2) // 3),
            text=text,
        ),
        REFUSALS,
    )
    row = Progress.objects.create(
        pledge=pledge, year=year, quarter=quarter, status=status, text=text, at=at
    )
    audit.note("pledge.progress_reported", on=row, by=by, at=at, status=status)
    _tell(pledge, "progress_reported", str(row), text=text, by=by, at=at)
    return row


@transaction.atomic
def change(*, pledge, after, reason, by, at, before="", opinions=""):
    """Change the pledge, with its grounds and what residents said to it."""
    refuse_if(rules.why_not_change(reason=reason, after=after), REFUSALS)
    row = Change.objects.create(
        pledge=pledge, before=before, after=after, reason=reason, opinions=opinions, at=at
    )
    audit.note("pledge.changed", on=row, by=by, at=at)
    _tell(pledge, "changed", _("공약을 바꾸었습니다"), text=reason, by=by, at=at)
    return row


def _amounts(rows):
    problems = sheet.Problems()
    amounts = []
    for row in rows:
        with problems.of(row):
            programme, source, year = (_head(row, head) for head in HEADS[:3])
            if no := rules.why_not_head(source=source, year=year):
                raise sheet.BadCell(sentence(no, REFUSALS))
            amounts.append(Amount(row.line, programme, source, year, row.won("amount_won")))
    problems.raise_if_any()
    return amounts


def _head(row, head):
    words = " ".join(row.text(head).split())
    return ALL if words in SUM_WORDS else words.removesuffix("년") if head == "year" else words


def _programme(pledge, name):
    programme, _made = Programme.objects.get_or_create(
        pledge=pledge, name=name, defaults={"position": pledge.programmes.count() + 1}
    )
    return programme


def _tell(pledge, verb, title, *, by, at, text=""):
    thread.note(
        thread=pledge.thread,
        step=f"pledge.{verb}",
        title=title[:200],
        text=text,
        link=pledge.get_absolute_url(),
        public=True,
        by=by,
        at=at,
    )
