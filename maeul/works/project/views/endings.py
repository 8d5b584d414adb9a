from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maeul.core.forms import Form
from maeul.core.money import won as in_won
from maeul.core.pages import allow, refusals_on
from maeul.core.paper import Facts, Heading, Paper, Table
from maeul.works.project import access, actions
from maeul.works.project.forms import ReasonForm, RefundForm, ReportForm, StoryForm
from maeul.works.project.models import Purse, Settlement
from maeul.works.project.views.asking import EITHER, ask_page, found


def _settlement(settlement_id):
    rows = Settlement.objects.select_related("project__dong", "project__allocation")
    return get_object_or_404(rows, pk=settlement_id)


@require_http_methods(EITHER)
def complete(request, project_id):
    project = found(project_id)
    allow(access.can_lead(request.user, project))
    form = ReportForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.complete(
                project=project, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("사업을 마쳤습니다. 이제 정산서를 내 주세요."))
            return redirect(project)
    return ask_page(request, "complete", form, about=project)


@require_http_methods(EITHER)
def cancel(request, project_id):
    project = found(project_id)
    allow(access.can_lead(request.user, project))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.cancel(project=project, **form.cleaned_data, by=request.user, at=timezone.now())
            return redirect(project)
    return ask_page(request, "cancel", form, about=project)


@require_http_methods(EITHER)
def ask_settlement(request, project_id):
    project = found(project_id)
    allow(access.can_lead(request.user, project))
    form = Form(request.POST if request.method == "POST" else None)  # nothing to fill in
    if form.is_valid():
        with refusals_on(form):
            row = actions.ask_settlement(project=project, by=request.user, at=timezone.now())
            messages.success(request, _("정산서를 냈습니다. 동 담당자가 확인합니다."))
            return redirect(row)
    return ask_page(request, "ask_settlement", form, about=project)


@login_not_required
@require_safe
def settlement(request, settlement_id):
    row = _settlement(settlement_id)
    return render(
        request,
        "project/settlement.html",
        {
            "settlement": row,
            "rows": row.rows.select_related("purse__part__appropriation").order_by("pk"),
            "may_answer": row.state == "asked"
            and access.can_approve(request.user, row.project)
            and request.user.pk != row.asked_by_id,
            "may_refund": row.state == "approved" and access.can_lead(request.user, row.project),
        },
    )


@login_not_required
@require_safe
def settlement_paper(request, settlement_id):
    """The account as a paper."""
    row = _settlement(settlement_id)
    heads = [_("재원"), _("받은 돈"), _("쓴 돈"), _("남은 돈"), _("이자"), _("돌려줄 돈")]
    rows = [
        [
            str(one.purse.source_label),
            *map(
                in_won,
                (
                    one.received_won,
                    one.spent_won,
                    one.principal_due_won,
                    one.interest_won,
                    one.due_won,
                ),
            ),
        ]
        for one in row.rows.select_related("purse__part__appropriation").order_by("pk")
    ]
    spent = row.project.expenditures.approved().select_related("line").order_by("paid_on", "pk")
    receipts = [
        [f"{one.paid_on:%Y-%m-%d}", one.purpose, one.payee, str(one.line), in_won(one.amount_won)]
        for one in spent
    ]
    return Paper(
        title=str(row),
        on=timezone.localdate(row.answered_at or row.asked_at),
        publisher=str(row.project.dong),
        parts=[
            Facts(
                [
                    (_("사업"), str(row.project)),
                    (_("상태"), str(row.get_state_display())),
                    (_("배정액"), in_won(row.project.allocation.won)),
                ]
            ),
            Heading(_("재원별 정산")),
            Table(heads=heads, rows=rows, numbers={1, 2, 3, 4, 5}),
            Heading(_("지출")),
            Table(
                heads=[_("낸 날"), _("무엇을"), _("산 곳"), _("세목"), _("금액")],
                rows=receipts or [["–"] * 5],
                numbers={4},
            ),
        ],
    ).answer()


@require_POST
def approve_settlement(request, settlement_id):
    row = _settlement(settlement_id)
    allow(access.can_approve(request.user, row.project))
    actions.approve_settlement(settlement=row, by=request.user, at=timezone.now())
    messages.success(request, _("정산을 확인했습니다."))
    return redirect(row)


@require_http_methods(EITHER)
def return_settlement(request, settlement_id):
    row = _settlement(settlement_id)
    allow(access.can_approve(request.user, row.project))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.return_settlement(
                settlement=row, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("까닭과 함께 돌려보냈습니다."))
            return redirect(row)
    return ask_page(request, "return_settlement", form, about=row)


@require_http_methods(EITHER)
def refund(request, purse_id):
    purse = get_object_or_404(Purse.objects.select_related("project__dong"), pk=purse_id)
    allow(access.can_lead(request.user, purse.project))
    form = RefundForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with refusals_on(form):
            row = actions.refund(
                purse=purse, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("반납을 적었습니다."))
            return redirect(row)
    return ask_page(request, "refund", form, about=purse.project)


@require_http_methods(EITHER)
def share(request, project_id):
    project = found(project_id)
    allow(access.can_lead(request.user, project))
    form = StoryForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.share(project=project, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("이웃과 성과를 나누었습니다."))
            return redirect(project)
    return ask_page(request, "share", form, about=project)
