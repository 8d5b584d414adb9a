"""What the council's secretary and the dong's officer do, from the first item to the mayor."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maeul.core.pages import act_page, agree_page, allow, refusals_on
from maeul.council.meeting.models import Meeting, Motion
from maeul.council.membership.models import Body
from maeul.decision.plan import access, actions
from maeul.decision.plan.forms import (
    AdoptForm,
    DrawUpForm,
    ItemForm,
    LinesForm,
    MoneyForm,
    PlenaryForm,
    TableForm,
    TextForm,
    lines_in,
)
from maeul.decision.plan.models import Plan, PlanItem
from maeul.decision.plan.rules import State
from maeul.ground.district.models import Dong
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.agenda.rules import State as ItemState
from maeul.voice.review.models import Review

EITHER = ["GET", "HEAD", "POST"]


@require_http_methods(EITHER)
def draw_up(request, code):
    dong = get_object_or_404(Dong, code=code)
    allow(access.can_draw_up(request.user, dong))
    form = DrawUpForm(request.POST or None, initial={"year": timezone.localdate().year + 1})
    if form.is_valid():
        with refusals_on(form):
            plan = actions.draw_up(
                dong=dong, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("자치계획을 쓰기 시작했습니다. 의제를 담아 주세요."))
            return redirect("plan:draft", plan.pk)
    return act_page(
        request,
        form,
        back=reverse("plan:dong", args=[dong.code]),
        back_label=_("%(dong)s 자치계획") % {"dong": dong},
        heading=_("자치계획 쓰기 시작하기"),
        lead=_("부서 검토가 끝난 의제를 담아 한 해의 계획을 만듭니다."),
        button=_("시작하기"),
        after=_("전체회의가 의결하기 전에는 준비하는 사람과 위원만 봅니다."),
    )


@require_safe
def draft(request, plan_id):
    """The draft: what is in it, and what could still be taken in."""
    plan = _find(request, plan_id)
    items = list(plan.items.in_order().prefetch_related("lines"))
    reviewed = (
        AgendaItem.objects.filter(dong=plan.dong, state=ItemState.REVIEWED)
        .complete()
        .order_by("-supporter_count", "pk")
    )
    answers = {}
    for review in Review.objects.answered().filter(item__in=reviewed).complete().order_by("pk"):
        answers.setdefault(review.item_id, []).append(review)
    return render(
        request,
        "plan/draft.html",
        {
            "plan": plan,
            "items": items,
            "total_won": sum(item.won for item in items),
            "without_costs": sum(not item.won for item in items),
            "reviewed": [(item, answers.get(item.pk, [])) for item in reviewed],
            "is_open": plan.state == State.DRAFTED,
            "is_carried": Motion.objects.carried()
            .filter(thread__root=plan.thread.root_id)
            .exists(),
        },
    )


@require_http_methods(EITHER)
def set_text(request, plan_id):
    plan = _find(request, plan_id)
    form = TextForm(request.POST or None, initial={"text": plan.text})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.set_text(plan=plan, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("머리말을 적었습니다."))
            return redirect("plan:draft", plan.pk)
    return _act(
        request,
        form,
        plan=plan,
        heading=_("머리말 쓰기"),
        lead=plan.title,
        button=_("적어 두기"),
        after=_("전체회의가 의결하기 전에는 언제든 고칠 수 있습니다."),
    )


@require_http_methods(EITHER)
def add_item(request, plan_id, number):
    """Take a reviewed item in, with what it costs."""
    plan = _find(request, plan_id)
    item = get_object_or_404(AgendaItem.objects.complete(), number=number, dong=plan.dong)
    newest = Review.objects.answered().filter(item=item).order_by("-answered_at", "-pk").first()
    cost = Review.objects.cost_of(item)
    form = ItemForm(
        request.POST or None,
        dong=plan.dong,
        initial={
            "title": item.title,
            "what": item.text,
            "department": newest.department_id if newest else None,
        },
    )
    lines = LinesForm(
        request.POST or None,
        prefix="lines",
        initial=[{"title": _("부서가 검토한 비용"), "unit_won": cost, "quantity": 1}]
        if cost
        else [],
    )
    if form.is_valid() and lines.is_valid():
        with refusals_on(form):
            actions.add_item(
                plan=plan,
                item=item,
                lines=lines_in(lines),
                **form.cleaned_data,
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("계획에 담았습니다. 의제를 낸 분께 알렸습니다."))
            return redirect("plan:draft", plan.pk)
    return _item_page(
        request, plan, form, lines, heading=_("의제를 계획에 담기"), button=_("담기"), item=item
    )


@require_http_methods(EITHER)
def edit_item(request, plan_item_id):
    plan, row = _find_item(request, plan_item_id)
    form = ItemForm(
        request.POST or None,
        dong=plan.dong,
        initial={"title": row.title, "what": row.what, "department": row.department_id},
    )
    lines = LinesForm(
        request.POST or None,
        prefix="lines",
        initial=[
            {"title": line.title, "unit_won": line.unit_won, "quantity": line.quantity}
            for line in row.lines.all()
        ],
    )
    if form.is_valid() and lines.is_valid():
        with refusals_on(form):
            how = {"plan_item": row, "by": request.user, "at": timezone.now()}
            actions.describe(**form.cleaned_data, **how)
            actions.set_lines(lines=lines_in(lines), **how)
            messages.success(request, _("고쳤습니다."))
            return redirect("plan:draft", plan.pk)
    return _item_page(
        request, plan, form, lines, heading=_("사업 고치기"), button=_("고치기"), item=row.item
    )


@require_http_methods(EITHER)
def drop_item(request, plan_item_id):
    plan, row = _find_item(request, plan_item_id)
    return _agree(
        request,
        plan,
        lambda **how: actions.drop_item(plan_item=row, **how),
        to=reverse("plan:draft", args=[plan.pk]),
        done=_("계획에서 뺐습니다."),
        heading=_("계획에서 빼기"),
        lead=_("‘%(title)s’ 사업을 계획에서 뺍니다.") % {"title": row.title},
        button=_("빼기"),
        after=_("의제는 검토를 마친 상태로 돌아가고, 낸 분께 알립니다."),
    )


@require_http_methods(EITHER)
def bring_to_plenary(request, plan_id):
    plan = _find(request, plan_id)
    council = Body.objects.council_of(plan.dong)
    meetings = Meeting.objects.upcoming().filter(body=council)
    form = PlenaryForm(request.POST or None, meetings=meetings.select_related("body__dong"))
    if form.is_valid():
        with refusals_on(form):
            actions.bring_to_plenary(
                plan=plan, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("전체회의 안건에 올렸습니다."))
            return redirect("plan:draft", plan.pk)
    return _act(
        request,
        form,
        plan=plan,
        heading=_("전체회의 안건에 올리기"),
        lead=_("위원들이 모여 이 계획을 의결합니다."),
        button=_("안건에 올리기"),
        after=_("회의에서 가결되면 여기로 의결을 옮겨 옵니다."),
    )


@require_http_methods(EITHER)
def adopt(request, plan_id):
    plan = _find(request, plan_id)
    form = AdoptForm(request.POST or None, plan=plan)
    if form.is_valid():
        with refusals_on(form):
            actions.adopt(plan=plan, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("의결을 옮겼습니다. 이제 누구나 이 계획을 봅니다."))
            return redirect(plan)
    return _act(
        request,
        form,
        plan=plan,
        heading=_("전체회의 의결 옮기기"),
        lead=_("이 계획을 두고 전체회의가 한 의결을 고릅니다."),
        button=_("의결 옮기기"),
        after=_("옮긴 다음에는 계획을 고칠 수 없습니다."),
    )


@require_http_methods(EITHER)
def table(request, plan_id):
    plan = _find(request, plan_id)
    form = TableForm(request.POST or None, plan=plan)
    if form.is_valid():
        with refusals_on(form):
            actions.table(plan=plan, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("주민총회 투표에 올렸습니다."))
            return redirect(plan)
    return _act(
        request,
        form,
        plan=plan,
        heading=_("주민총회에 올리기"),
        lead=_("계획 전체를 두고 찬성과 반대를 묻습니다."),
        button=_("투표에 올리기"),
        after=_("총회를 공고하기 전에는 총회 준비 쪽에서 다시 뺄 수 있습니다."),
    )


@require_http_methods(EITHER)
def ask_for_money(request, plan_id):
    plan = get_object_or_404(Plan.objects.complete(), pk=plan_id)
    allow(access.can_ask_for_money(request.user, plan))
    form = MoneyForm(request.POST or None, plan=plan)
    if form.is_valid():
        with refusals_on(form):
            round = actions.ask_for_money(
                plan=plan, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("예산 투표에 올렸습니다."))
            return redirect(round)
    return _act(
        request,
        form,
        plan=plan,
        heading=_("예산 투표에 올리기"),
        lead=_("사업마다 드는 돈을 보이고, 예산 안에서 주민이 고릅니다."),
        button=_("투표에 올리기"),
        after=_("총회를 공고하기 전에는 총회 준비 쪽에서 다시 뺄 수 있습니다."),
    )


@require_http_methods(EITHER)
def take_result(request, plan_id):
    plan = _find(request, plan_id)
    return _agree(
        request,
        plan,
        lambda **how: actions.take_result(plan=plan, **how),
        done=_("총회 결과를 받았습니다."),
        heading=_("총회 결과 받기"),
        lead=_("발표된 결과에서 이 계획과 사업마다의 결과를 옮깁니다."),
        button=_("결과 받기"),
        after=_("통과되었으면 한 달 안에 구청장에게 냅니다."),
    )


@require_http_methods(EITHER)
def submit(request, plan_id):
    plan = _find(request, plan_id)
    return _agree(
        request,
        plan,
        lambda **how: actions.submit(plan=plan, **how),
        done=_("구청장에게 냈습니다."),
        heading=_("구청장에게 내기"),
        lead=_("선정된 사업마다 반영할지 답을 받습니다."),
        button=_("내기"),
        after=_("구청장실에 알림이 가고, 한 달 안에 답합니다."),
    )


@require_http_methods(EITHER)
def take_effect(request, plan_id):
    plan = _find(request, plan_id)
    return _agree(
        request,
        plan,
        lambda **how: actions.take_effect(plan=plan, **how),
        done=_("시행을 알렸습니다."),
        heading=_("시행 알리기"),
        lead=_("답을 모두 받은 계획을 오늘부터 시행합니다."),
        button=_("시행하기"),
        after=_("다음 주민총회 전날까지 효력을 지닙니다."),
    )


@require_http_methods(EITHER)
def expire(request, plan_id):
    plan = _find(request, plan_id)
    return _agree(
        request,
        plan,
        lambda **how: actions.expire(plan=plan, **how),
        done=_("기간이 끝났다고 적었습니다."),
        heading=_("기간이 끝난 계획 마치기"),
        lead=_("다음 주민총회가 열려 이 계획의 기간이 끝났습니다."),
        button=_("마치기"),
        after=_("계획과 답은 그대로 남아 누구나 봅니다."),
    )


def _find(request, plan_id):
    plan = get_object_or_404(Plan.objects.complete(), pk=plan_id)
    allow(access.can_edit(request.user, plan))
    return plan


def _find_item(request, plan_item_id):
    row = get_object_or_404(
        PlanItem.objects.select_related("item__thread", "plan"), pk=plan_item_id
    )
    return _find(request, row.plan_id), row


def _act(request, form, *, plan, **words):
    return act_page(request, form, **_back_to(plan), **words)


def _agree(request, plan, act, *, to="", **words):
    return agree_page(request, act, to=to or plan, **_back_to(plan), **words)


def _back_to(plan):
    name = "plan:draft" if plan.state == State.DRAFTED else "plan:plan"
    return {"back": reverse(name, args=[plan.pk]), "back_label": plan.title}


def _item_page(request, plan, form, lines, **words):
    return render(
        request,
        "plan/item.html",
        {
            "plan": plan,
            "form": form,
            "lines": lines,
            "back": reverse("plan:draft", args=[plan.pk]),
            **words,
        },
    )
