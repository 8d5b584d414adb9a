"""Objections to a result: everybody reads them, residents raise them, an officer answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maeul.core.pages import act_page, allow, find_only_if, refusals_on
from maeul.core.templatetags.look import day_text
from maeul.decision.assembly import access, actions
from maeul.decision.assembly.forms import AnswerForm, ObjectionForm
from maeul.decision.assembly.models import Assembly, Objection

EITHER = ["GET", "HEAD", "POST"]


@login_not_required
@require_safe
def objections(request, assembly_id):
    assembly = _announced(assembly_id)
    return render(
        request,
        "assembly/objections.html",
        {
            "assembly": assembly,
            "objections": assembly.objections.in_order(),
            "is_open": timezone.localdate() <= assembly.objections_until,
            "can_answer": access.can_answer(request.user, assembly),
        },
    )


@require_http_methods(EITHER)
def object_to_result(request, assembly_id):
    assembly = _announced(assembly_id)
    allow(access.can_object(request.user, assembly))
    form = ObjectionForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            made = actions.object_to_result(
                assembly=assembly, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("이의를 냈습니다. 답이 나오면 알려 드립니다."))
            return redirect(made)
    return act_page(
        request,
        form,
        **_back_to(assembly),
        heading=_("결과에 이의 내기"),
        lead=_("%(until)s까지 받습니다. 이름은 보이지 않고 글과 답은 누구나 봅니다.")
        % {"until": day_text(assembly.objections_until)},
        button=_("이의 내기"),
        after=_("선거관리인이 읽고 답합니다. 답과 까닭은 받은 소식으로도 알려 드립니다."),
    )


@require_http_methods(EITHER)
def answer_objection(request, objection_id):
    objection = get_object_or_404(
        Objection.objects.select_related("assembly__dong", "assembly__election"), pk=objection_id
    )
    assembly = objection.assembly
    allow(access.can_answer(request.user, assembly))
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.answer_objection(
                objection=objection, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("이의에 답했습니다. 낸 분께 알렸습니다."))
            return redirect(objection)
    return act_page(
        request,
        form,
        **_back_to(assembly),
        heading=_("%(objection)s에 답하기") % {"objection": objection},
        lead=objection.text,
        button=_("답하기"),
        after=_(
            "답은 고칠 수 없고 누구나 봅니다. 결과를 무효로 해야 하면 투표 관리 화면에서 합니다."
        ),
    )


def _announced(assembly_id):
    assembly = get_object_or_404(Assembly.objects.complete(), pk=assembly_id)
    find_only_if(assembly.is_result_announced)
    return assembly


def _back_to(assembly):
    return {"back": assembly.address_of_objections, "back_label": _("이의와 답")}
