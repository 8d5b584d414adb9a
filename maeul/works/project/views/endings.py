from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maeul.core.forms import Form
from maeul.core.pages import allow, refusals_on
from maeul.works.project import access, actions
from maeul.works.project.forms import ReasonForm, RefundForm, ReportForm, StoryForm
from maeul.works.project.models import Purse, Settlement
from maeul.works.project.views.asking import EITHER, ask_page, found


def _settlement(settlement_id):
    return get_object_or_404(Settlement.objects.select_related("project__dong"), pk=settlement_id)


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
