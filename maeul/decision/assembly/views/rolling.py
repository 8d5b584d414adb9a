"""The roll as the dong's staff prepares it: a list brought in, laid open, printed, letters sent."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maeul.core import sheet
from maeul.core.pages import agree_page, allow
from maeul.core.sheet import SheetErrors
from maeul.decision.assembly import access, actions, texts
from maeul.decision.assembly.forms import RollConfirmForm, RollSheetForm
from maeul.decision.assembly.models import Assembly, letters_of, roll_of

MOST_SHOWN = 200  # near duplicates on the page; the number of all is said
EITHER = ["GET", "HEAD", "POST"]


@require_http_methods(EITHER)
def import_roll(request, assembly_id):
    """First the sheet is read and shown beside the roll, then it is confirmed."""
    assembly = _prepared(request, assembly_id)
    page = {"assembly": assembly, "form": RollSheetForm()}
    if "checked" in request.POST:
        form = page["form"] = RollConfirmForm(request.POST)
        if form.is_valid():
            try:
                added = actions.import_roll(
                    assembly=assembly,
                    rows=form.cleaned_data["checked"],
                    by=request.user,
                    at=timezone.now(),
                )
                said = _("명부에 %(number)s명을 더했습니다.") % {"number": f"{added:,}"}
                messages.success(request, said)
                return redirect("assembly:prepare", assembly.pk)
            except SheetErrors as errors:
                form.add_error(None, errors.sentences)
    elif request.method == "POST":
        form = page["form"] = RollSheetForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                rows = actions.look_over_roll(
                    assembly=assembly, rows=form.cleaned_data["file"], at=timezone.now()
                )
                page |= _looked(rows) | {
                    "confirm": RollConfirmForm(initial={"checked": form.checked})
                }
            except SheetErrors as errors:
                form.add_error("file", errors.sentences)
    return render(request, "assembly/import_roll.html", page)


def _looked(rows):
    near = [row for row in rows if row.near_names]
    return {
        "looked": len(rows),
        "new": sum(row.there is None for row in rows),
        "there": sum(row.there is not None for row in rows),
        "near": near[:MOST_SHOWN],
        "near_count": len(near),
    }


@require_safe
def empty_roll(request, assembly_id):
    """A sheet with nothing but its heads, to be filled in."""
    assembly = _prepared(request, assembly_id)
    name = _("%(assembly)s 선거인 명단") % {"assembly": assembly.title}
    return sheet.download(name, [*texts.ROLL_HEADS, *texts.OPTIONAL_ROLL_HEADS], [])


@require_http_methods(EITHER)
def lay_open_roll(request, assembly_id):
    assembly = _prepared(request, assembly_id)
    to = reverse("assembly:prepare", args=[assembly.pk])
    return agree_page(
        request,
        lambda **how: actions.lay_open_roll(assembly=assembly, **how),
        done=_("명부를 열람에 부쳤습니다. 주민이 자기 줄을 확인합니다."),
        to=to,
        back=to,
        back_label=assembly.title,
        heading=_("명부를 열람에 부치기"),
        lead=_("주민은 누리집에서 자기 줄만 보고, 전체는 주민센터에서 인쇄한 명부로 봅니다."),
        button=_("열람 시작하기"),
        after=_("열람 기간이 끝나고 이의를 모두 정해야 투표를 확정할 수 있습니다."),
    )


@require_safe
def roll_pdf(request, assembly_id):
    """The whole roll on paper, to be read at the office; no birth date stands in it."""
    return roll_of(_prepared(request, assembly_id)).answer()


@require_POST
def roll_letters(request, assembly_id):
    """New codes on paper; they are shown in this one answer and nowhere else."""
    assembly = _prepared(request, assembly_id)
    issued = actions.issue_letters(assembly=assembly, by=request.user, at=timezone.now())
    if not issued:
        messages.info(request, _("명부의 모든 분이 계정과 이어져 있어 보낼 편지가 없습니다."))
        return redirect("assembly:prepare", assembly.pk)
    return letters_of(assembly, issued).answer()


def _prepared(request, assembly_id):
    assembly = get_object_or_404(Assembly.objects.complete(), pk=assembly_id)
    allow(access.can_prepare(request.user, assembly))
    return assembly
