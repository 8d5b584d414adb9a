from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maeul.core.forms import Form
from maeul.core.pages import allow, refusals_on
from maeul.ground.district.models import District, Dong
from maeul.works.grant import access, actions, texts
from maeul.works.grant.forms import (
    CallForm,
    DecideForm,
    PayForm,
    PrepareForm,
    ReasonForm,
    RequestForm,
)
from maeul.works.grant.models import Call, Grant, Payment
from maeul.works.grant.rules import PaymentState, reached
from maeul.works.project.models import Project

LINES = 20  # on one page
EITHER = ["GET", "HEAD", "POST"]


def _grant(grant_id):
    return get_object_or_404(Grant.objects.complete().select_related("call"), pk=grant_id)


def _payment(payment_id):
    return get_object_or_404(
        Payment.objects.select_related("grant__project__dong", "purse"), pk=payment_id
    )


def _ask_page(request, act, form, *, about):
    title, button, after = texts.PAGES[act]
    return render(
        request,
        "grant/ask.html",
        {"form": form, "title": title, "button": button, "after": after, "about": about},
    )


# Reading: open to everybody


@login_not_required
@require_safe
def dong_year(request, code, year):
    dong = get_object_or_404(Dong.objects.select_related("district"), code=code)
    wanting = Grant.objects.wanting().filter(dong=dong, year=year).order_by("pk")
    return render(
        request,
        "grant/dong_year.html",
        {
            "dong": dong,
            "year": year,
            "page": Paginator(Grant.objects.of(dong=dong, year=year).complete(), LINES).get_page(
                request.GET.get("page")
            ),
            "wanting": [
                (project, access.can_request(request.user, project))
                for project in wanting.select_related("dong")[:LINES]
            ],
            "calls": Call.objects.open_at(timezone.now(), dong=dong).order_by("closes_at", "pk"),
            "may_call": access.can_call(request.user, dong.district),
        },
    )


@login_not_required
@require_safe
def call(request, call_id):
    call = get_object_or_404(Call.objects.select_related("dong", "district"), pk=call_id)
    grants = call.grants.complete().order_by("pk")
    page = Paginator(grants, LINES).get_page(request.GET.get("page"))
    return render(request, "grant/call.html", {"call": call, "page": page})


@login_not_required
@require_safe
def grant(request, grant_id):
    grant = _grant(grant_id)
    may = access.can_decide(request.user, grant)
    own = request.user.pk == grant.requested_by_id
    payments = grant.payments.select_related("purse__part__appropriation", "notice").order_by("pk")
    return render(
        request,
        "grant/grant.html",
        {
            "grant": grant,
            "payments": [
                (
                    payment,
                    may and payment.state == PaymentState.PREPARED,
                    may
                    and payment.state == PaymentState.PREPARED
                    and payment.prepared_by_id != request.user.pk,
                )
                for payment in payments
            ],
            "may_decide": may and not own and reached("decide", grant.state) is not None,
            "may_prepare": may and grant.left_won > 0 and grant.project.is_under_way,
            "may_cancel": may and reached("cancel", grant.state) is not None,
            "may_close": may and reached("close", grant.state) is not None,
        },
    )


# Acting


@require_http_methods(EITHER)
def make_call(request):
    district = next(
        (
            district
            for district in District.objects.order_by("pk")
            if access.can_call(request.user, district)
        ),
        None,
    )
    allow(district is not None)
    form = CallForm(request.POST or None, district=district)
    if form.is_valid():
        with refusals_on(form):
            made = actions.call(
                district=district, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("공모를 열었습니다."))
            return redirect(made)
    return _ask_page(request, "call", form, about=None)


@require_http_methods(EITHER)
def request_grant(request, project_id):
    project = get_object_or_404(Project.objects.select_related("dong", "allocation"), pk=project_id)
    allow(access.can_request(request.user, project))
    form = RequestForm(
        request.POST or None,
        calls=Call.objects.open_at(timezone.now(), dong=project.dong).order_by("pk"),
        initial={"requested_won": project.allocation.won, "plan": project.content},
    )
    if form.is_valid():
        with refusals_on(form):
            made = actions.request(
                project=project, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("교부신청을 냈습니다. 구 담당자가 살펴봅니다."))
            return redirect(made)
    return _ask_page(request, "request", form, about=project)


@require_http_methods(EITHER)
def decide(request, grant_id):
    grant = _grant(grant_id)
    allow(access.can_decide(request.user, grant))
    form = DecideForm(request.POST or None, initial={"granted_won": grant.requested_won})
    if form.is_valid():
        with refusals_on(form):
            actions.decide(grant=grant, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("교부를 결정했습니다. 이제 교부를 준비해 주세요."))
            return redirect(grant)
    return _ask_page(request, "decide", form, about=grant)


@require_http_methods(EITHER)
def refuse(request, grant_id):
    grant = _grant(grant_id)
    allow(access.can_decide(request.user, grant))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.refuse(grant=grant, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("까닭과 함께 알렸습니다."))
            return redirect(grant)
    return _ask_page(request, "refuse", form, about=grant)


@require_http_methods(EITHER)
def prepare(request, grant_id):
    grant = _grant(grant_id)
    allow(access.can_decide(request.user, grant))
    form = PrepareForm(request.POST or None, grant=grant)
    if form.is_valid():
        with refusals_on(form):
            actions.prepare_payment(
                grant=grant, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("교부를 준비했습니다. 다른 담당자가 확인하면 나갑니다."))
            return redirect(grant)
    return _ask_page(request, "prepare", form, about=grant)


@require_http_methods(EITHER)
def pay(request, payment_id):
    payment = _payment(payment_id)
    allow(access.can_decide(request.user, payment.grant))
    form = PayForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with refusals_on(form):
            actions.approve_payment(
                payment=payment, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("교부했습니다. 장부에 적었습니다."))
            return redirect(payment)
    return _ask_page(request, "pay", form, about=payment)


@require_http_methods(EITHER)
def drop(request, payment_id):
    payment = _payment(payment_id)
    allow(access.can_decide(request.user, payment.grant))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.drop_payment(
                payment=payment, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("준비한 교부를 거두었습니다."))
            return redirect(payment)
    return _ask_page(request, "drop", form, about=payment)


@require_http_methods(EITHER)
def cancel(request, grant_id):
    grant = _grant(grant_id)
    allow(access.can_decide(request.user, grant))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.cancel(grant=grant, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("교부결정을 취소했습니다."))
            return redirect(grant)
    return _ask_page(request, "cancel", form, about=grant)


@require_http_methods(EITHER)
def close(request, grant_id):
    grant = _grant(grant_id)
    allow(access.can_decide(request.user, grant))
    form = Form(request.POST if request.method == "POST" else None)  # nothing to fill in
    if form.is_valid():
        with refusals_on(form):
            actions.close(grant=grant, by=request.user, at=timezone.now())
            messages.success(request, _("보조금을 마감했습니다."))
            return redirect(grant)
    return _ask_page(request, "close", form, about=grant)
