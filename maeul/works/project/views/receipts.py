from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maeul.core import upload
from maeul.core.pages import allow, find_only_if, refusals_on
from maeul.works.project import access, actions
from maeul.works.project.forms import InterestForm, NoticeForm, ReasonForm, SpendingForm
from maeul.works.project.models import BankNotice, Evidence, Expenditure
from maeul.works.project.views.asking import EITHER, ask_page, found


def _expenditure(expenditure_id):
    return get_object_or_404(Expenditure.objects.complete(), pk=expenditure_id)


def _notice(notice_id):
    return get_object_or_404(
        BankNotice.objects.select_related("purse__project__dong", "upload"), pk=notice_id
    )


@login_not_required
@require_safe
def expenditure(request, expenditure_id):
    row = _expenditure(expenditure_id)
    find_only_if(access.can_see(request.user, row))
    project = row.project
    may_read = access.can_read_papers(request.user, project)
    evidence = row.evidence.select_related("upload").order_by("pk")
    return render(
        request,
        "project/expenditure.html",
        {
            "expenditure": row,
            "project": project,
            "evidence": [(one, one.is_open or may_read) for one in evidence],
            "may_answer": row.state == "asked"
            and access.can_approve(request.user, project)
            and request.user.pk != row.asked_by_id,
            "may_take_back": row.state == "approved"
            and access.can_approve(request.user, project)
            and request.user.pk != row.asked_by_id,
        },
    )


@login_not_required
@require_safe
def evidence(request, evidence_id):
    one = get_object_or_404(
        Evidence.objects.select_related("upload", "expenditure__project__dong"), pk=evidence_id
    )
    find_only_if(access.can_open(request.user, one))
    return upload.serve(one.upload)


@require_http_methods(EITHER)
def ask_spending(request, project_id):
    project = found(project_id)
    allow(access.can_lead(request.user, project))
    form = SpendingForm(request.POST or None, request.FILES or None, project=project)
    if form.is_valid():
        with refusals_on(form):
            row = actions.ask_spending(
                project=project, **form.facts, by=request.user, at=timezone.now()
            )
            messages.success(
                request, _("영수증을 올렸습니다. 동 담당자가 확인하면 장부에 적힙니다.")
            )
            return redirect(row)
    return ask_page(request, "ask_spending", form, about=project)


@require_POST
def approve_spending(request, expenditure_id):
    row = _expenditure(expenditure_id)
    allow(access.can_approve(request.user, row.project))
    actions.approve_spending(expenditure=row, by=request.user, at=timezone.now())
    messages.success(request, _("확인했습니다. 장부에 적었습니다."))
    return redirect(row)


@require_http_methods(EITHER)
def return_spending(request, expenditure_id):
    row = _expenditure(expenditure_id)
    allow(access.can_approve(request.user, row.project))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.return_spending(
                expenditure=row, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("까닭과 함께 돌려보냈습니다."))
            return redirect(row)
    return ask_page(request, "return_spending", form, about=row)


@require_http_methods(EITHER)
def take_back_spending(request, expenditure_id):
    row = _expenditure(expenditure_id)
    allow(access.can_approve(request.user, row.project))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.take_back_spending(
                expenditure=row, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("되돌렸습니다. 장부에 되돌린 기록이 남습니다."))
            return redirect(row)
    return ask_page(request, "take_back_spending", form, about=row)


@login_not_required
@require_safe
def notice(request, notice_id):
    row = _notice(notice_id)
    return render(
        request,
        "project/notice.html",
        {
            "notice": row,
            "project": row.purse.project,
            "may_read": access.can_read_papers(request.user, row.purse.project),
        },
    )


@require_safe
def notice_paper(request, notice_id):
    row = _notice(notice_id)
    find_only_if(access.can_read_papers(request.user, row.purse.project))
    return upload.serve(row.upload)


@require_http_methods(EITHER)
def note_interest(request, project_id):
    project = found(project_id)
    allow(access.can_lead(request.user, project))
    form = InterestForm(request.POST or None, request.FILES or None, project=project)
    if form.is_valid():
        with refusals_on(form):
            row = actions.note_interest(**form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("이자를 적었습니다. 정산 때 모두 돌려줍니다."))
            return redirect(row)
    return ask_page(request, "note_interest", form, about=project)


@require_http_methods(EITHER)
def pay_in_own(request, project_id):
    project = found(project_id)
    allow(access.can_lead(request.user, project))
    form = NoticeForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with refusals_on(form):
            row = actions.pay_in_own(
                project=project, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("자부담 입금을 적었습니다."))
            return redirect(row)
    return ask_page(request, "pay_in_own", form, about=project)
