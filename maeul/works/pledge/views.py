from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maeul.core import sheet
from maeul.core.money import won as in_won
from maeul.core.pages import allow, refusals_on
from maeul.core.paper import Facts, Heading, Paper, Points, Table, Text
from maeul.ground.district.models import Dong
from maeul.works.pledge import access, actions, exports, texts
from maeul.works.pledge.forms import ChangeForm, ProgressForm, TableForm, TieForm
from maeul.works.pledge.models import Cell, Pledge, Tie, opened

EITHER = ["GET", "HEAD", "POST"]


def _pledge(code):
    return get_object_or_404(Pledge.objects.complete(), code=code)


def _cell(cell_id):
    return get_object_or_404(
        Cell.objects.complete().select_related("table__pledge__district"), pk=cell_id
    )


@login_not_required
@require_safe
def money(request):
    """돈: from the total of a pledge down to a receipt, one page that opens downward."""
    pledge = Pledge.objects.complete().order_by("pk").first()
    years = _years(pledge) if pledge else []
    if not years:
        return render(request, "pledge/money.html", {"pledge": pledge, "years": []})
    chosen = _chosen_year(request, years)
    dong = Dong.objects.filter(code=request.GET.get("dong") or _my_dong(request)).first()
    return render(
        request,
        "pledge/money.html",
        {
            "pledge": pledge,
            "years": years,
            "most": max(year["won"] for year in years),
            "chosen": chosen,
            "table": chosen["table"],
            "rows": _matrix(chosen["table"]),
            "opened": opened(pledge, chosen["year"], dong=dong),
            "dong": dong,
        },
    )


def _years(pledge):
    """Each year of the pledge with its sum, its table, and whether anything is tied below it."""
    rows = (
        Cell.objects.filter(table__pledge=pledge)
        .order_by("year")
        .values("year", "table")
        .annotate(won=Sum("amount_won"))
    )
    tables = pledge.tables.in_bulk()
    # Asked apart: joined in one query, a cell would count once for each of its appropriations.
    tied = set(Tie.objects.filter(cell__table__pledge=pledge).values_list("cell__year", flat=True))
    return [
        {**row, "table": tables[row["table"]], "appropriated": row["year"] in tied} for row in rows
    ]


def _chosen_year(request, years):
    """The year that was asked for; else this year, else the newest one."""
    wanted = request.GET.get("year", str(timezone.localdate().year))
    return next((year for year in years if str(year["year"]) == wanted), years[-1])


def _my_dong(request):
    return request.COOKIES.get("dong", "")


def _matrix(table):
    """The table by programme and year: (programme, sum, [(year, won), …])."""
    sums = {}
    for cell in table.cells.select_related("programme").in_order():
        row = sums.setdefault(cell.programme.name, {})
        row[cell.year] = row.get(cell.year, 0) + cell.amount_won
    years = sorted({year for row in sums.values() for year in row})
    lines = [
        (name, sum(row.values()), [(year, row[year]) for year in years])
        for name, row in sums.items()
    ]
    below = [(year, sum(row[year] for row in sums.values())) for year in years]
    whole = sum(won for _year, won in below)
    return {"years": years, "lines": lines, "below": below, "whole": whole}


@login_not_required
@require_safe
def card(request, code):
    pledge = _pledge(code)
    return render(
        request,
        "pledge/card.html",
        {
            "pledge": pledge,
            "stages": pledge.stages.order_by("position"),
            "page": Paginator(pledge.progress.order_by("-year", "-quarter", "-pk"), 20).get_page(
                request.GET.get("page")
            ),
            "changes": pledge.changes.order_by("-pk"),
            "tables": [(table, _matrix(table)) for table in pledge.tables.order_by("pk")],
            "may_keep": access.can_keep(request.user, pledge),
        },
    )


@login_not_required
@require_safe
def paper(request, code):
    """The card as a paper; a made-up table says so in its heading and under it."""
    pledge = _pledge(code)
    parts = [
        Facts(
            [
                (_("총사업비"), in_won(pledge.total_won)),
                (_("완료시기"), pledge.due),
                (_("사업기간"), pledge.period),
                (_("추진부서"), pledge.lead),
                (_("협업부서"), pledge.partners),
                (_("추진절차"), pledge.way),
            ]
        ),
        Heading(_("사업개요")),
        Points(pledge.overview.splitlines()),
        Heading(_("단계별 추진사항")),
    ]
    for stage in pledge.stages.order_by("position"):
        parts += [Heading(f"{stage.name} ({stage.years})", 3), Points(stage.text.splitlines())]
    for table in pledge.tables.order_by("pk"):
        parts += _table_on_paper(table)
    return Paper(
        title=_("공약사업 관리카드: %(title)s") % {"title": pledge},
        on=timezone.localdate(),
        publisher=str(pledge.district),
        parts=parts,
    ).answer()


def _table_on_paper(table):
    matrix = _matrix(table)
    heads = [_("사업"), _("합계"), *(_("%(year)s년") % {"year": year} for year in matrix["years"])]
    rows = [
        [name, in_won(whole), *(in_won(won) for _year, won in wons)]
        for name, whole, wons in [*matrix["lines"], (_("계"), matrix["whole"], matrix["below"])]
    ]
    note = texts.MADE_UP if table.is_made_up else texts.NO_EXECUTION
    return [
        Heading(f"{table.title} [{_('시범')}]" if table.is_made_up else table.title),
        Text(str(note)),
        Table(heads=heads, rows=rows, numbers=set(range(1, len(heads)))),
        Text(_("출처: %(source)s") % {"source": table.source}),
    ]


@login_not_required
@require_safe
def cell(request, cell_id):
    cell = _cell(cell_id)
    ties = cell.ties.select_related(
        "appropriation__dong", "appropriation__stream__district"
    ).order_by("appropriation__dong__code", "pk")
    return render(
        request,
        "pledge/cell.html",
        {
            "cell": cell,
            "page": Paginator(ties, 50).get_page(request.GET.get("page")),
            "may_keep": access.can_keep(request.user, cell.table.pledge),
            "no_execution": texts.NO_EXECUTION,
        },
    )


@login_not_required
@require_safe
def budget_sheet(request, code):
    pledge = _pledge(code)
    return sheet.download(_("소요예산"), exports.BUDGET_HEADS, exports.budget_rows(pledge))


@login_not_required
@require_safe
def spending_sheet(request, code):
    pledge = _pledge(code)
    return sheet.download(_("지출"), exports.SPENDING_HEADS, exports.spending_rows(pledge))


# Acting


@require_http_methods(EITHER)
def import_table(request, code):
    pledge = _pledge(code)
    allow(access.can_keep(request.user, pledge))
    form = TableForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            with refusals_on(form):
                actions.import_table(
                    pledge=pledge, **form.cleaned_data, by=request.user, at=timezone.now()
                )
                messages.success(request, _("표를 가져왔습니다. 모든 칸의 합이 맞습니다."))
                return redirect(pledge)
        except sheet.SheetErrors as errors:
            form.add_error("rows", errors.sentences)
    return render(request, "pledge/import_table.html", {"form": form, "pledge": pledge})


@require_http_methods(EITHER)
def tie(request, cell_id):
    cell = _cell(cell_id)
    allow(access.can_keep(request.user, cell.table.pledge))
    form = TieForm(request.POST or None, cell=cell)
    if form.is_valid():
        with refusals_on(form):
            actions.tie(cell=cell, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("예산을 이 칸에 이었습니다."))
            return redirect(cell)
    return render(request, "pledge/tie.html", {"form": form, "cell": cell})


@require_http_methods(EITHER)
def report_progress(request, code):
    pledge = _pledge(code)
    allow(access.can_keep(request.user, pledge))
    form = ProgressForm(request.POST or None, initial={"year": timezone.localdate().year})
    if form.is_valid():
        with refusals_on(form):
            actions.report_progress(
                pledge=pledge, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("추진실적을 적었습니다."))
            return redirect(pledge)
    return render(request, "pledge/report_progress.html", {"form": form, "pledge": pledge})


@require_http_methods(EITHER)
def change(request, code):
    pledge = _pledge(code)
    allow(access.can_keep(request.user, pledge))
    form = ChangeForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.change(pledge=pledge, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("바꾼 것과 까닭을 적었습니다."))
            return redirect(pledge)
    return render(request, "pledge/change.html", {"form": form, "pledge": pledge})
