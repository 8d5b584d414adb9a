from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maeul.core.pages import allow, refusals_on
from maeul.works.project import access, actions
from maeul.works.project.forms import ChangeForm, ReasonForm
from maeul.works.project.models import Change
from maeul.works.project.views.asking import EITHER, ask_page, found


def _change(change_id):
    return get_object_or_404(
        Change.objects.select_related("project__dong", "from_line", "to_line"), pk=change_id
    )


@login_not_required
@require_safe
def change(request, change_id):
    row = _change(change_id)
    return render(
        request,
        "project/change.html",
        {
            "change": row,
            "may_answer": row.state == "asked"
            and access.can_approve(request.user, row.project)
            and request.user.pk != row.asked_by_id,
        },
    )


@require_http_methods(EITHER)
def ask_change(request, project_id):
    project = found(project_id)
    allow(access.can_lead(request.user, project))
    form = ChangeForm(request.POST or None, project=project)
    if form.is_valid():
        with refusals_on(form):
            row = actions.ask_change(
                project=project, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("변경을 올렸습니다. 동 담당자가 확인하면 바뀝니다."))
            return redirect(row)
    return ask_page(request, "ask_change", form, about=project)


@require_POST
def approve_change(request, change_id):
    row = _change(change_id)
    allow(access.can_approve(request.user, row.project))
    actions.approve_change(change=row, by=request.user, at=timezone.now())
    messages.success(request, _("변경을 확인했습니다. 계획이 바뀌었습니다."))
    return redirect(row)


@require_http_methods(EITHER)
def return_change(request, change_id):
    row = _change(change_id)
    allow(access.can_approve(request.user, row.project))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.return_change(
                change=row, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("까닭과 함께 돌려보냈습니다."))
            return redirect(row)
    return ask_page(request, "return_change", form, about=row)
