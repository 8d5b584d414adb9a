from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maeul.core.pages import allow, refusals_on
from maeul.decision.budget import access, actions
from maeul.decision.budget.forms import (
    AppropriationForm,
    ChangeForm,
    PutForm,
    RoundForm,
    StreamForm,
)
from maeul.decision.budget.models import Allocation, Appropriation, Round, Stream
from maeul.ground.district.models import District, Dong
from maeul.vault.ledger.models import Entry

LINES = 50  # on one page
EITHER = ["GET", "HEAD", "POST"]


# Reading: open to everybody


@login_not_required
@require_safe
def streams(request):
    rows = Stream.objects.select_related("district").order_by("name", "from_on", "pk")
    page = Paginator(rows, LINES).get_page(request.GET.get("page"))
    return render(
        request, "budget/streams.html", {"page": page, "may_found": _served(request) is not None}
    )


@login_not_required
@require_safe
def dong_year(request, code, year):
    dong = get_object_or_404(Dong.objects.select_related("district"), code=code)
    rows = Appropriation.objects.of(dong=dong, year=year)
    total_won, left_won = rows.sums()
    return render(
        request,
        "budget/dong_year.html",
        {
            "dong": dong,
            "year": year,
            "page": Paginator(rows.with_balance(), LINES).get_page(request.GET.get("page")),
            "total_won": total_won,
            "given_won": total_won - left_won,
            "rounds": Round.objects.of(dong=dong, year=year),
            "may_open": access.can_run_round(request.user, dong),
        },
    )


@login_not_required
@require_safe
def appropriation(request, appropriation_id):
    row = get_object_or_404(
        Appropriation.objects.select_related(
            "stream__district", "dong", "account", "thread"
        ).with_balance(),
        pk=appropriation_id,
    )
    return render(
        request,
        "budget/appropriation.html",
        {
            "appropriation": row,
            "given_won": row.amount_won - row.left,
            "changes": row.changes.select_related("entry").order_by("-pk"),
            "steps": row.thread.steps_of_the_matter.visible_to(request.user)
            .exclude(link=row.get_absolute_url())
            .newest(),
            "page": Paginator(
                row.allocation_parts.select_related("allocation__thread").order_by("pk"), LINES
            ).get_page(request.GET.get("page")),
            "may_change": access.can_appropriate(request.user, row.stream.district),
        },
    )


@login_not_required
@require_safe
def round(request, round_id):
    round = get_object_or_404(Round.objects.complete(), pk=round_id)
    return render(
        request,
        "budget/round.html",
        {
            "round": round,
            "appropriations": round.appropriations.in_order(),
            "page": Paginator(
                round.allocations.select_related("thread").order_by("pk"), LINES
            ).get_page(request.GET.get("page")),
            "may_run": access.can_run_round(request.user, round.dong),
        },
    )


@login_not_required
@require_safe
def allocation(request, allocation_id):
    allocation = get_object_or_404(
        Allocation.objects.select_related("round__dong", "thread"), pk=allocation_id
    )
    parts = allocation.parts.select_related("appropriation__stream", "account").order_by("pk")
    return render(
        request,
        "budget/allocation.html",
        {
            "allocation": allocation,
            "parts": parts,
            "entries": Entry.objects.filter(postings__account__allocation_part__in=parts)
            .distinct()
            .order_by("at", "pk"),
        },
    )


# Acting


@require_http_methods(EITHER)
def found_stream(request):
    district = _served(request)
    allow(district is not None)
    form = StreamForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.found_stream(
                district=district, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("재원 사업을 적었습니다."))
            return redirect("budget:streams")
    return render(request, "budget/found_stream.html", {"form": form})


@require_http_methods(EITHER)
def appropriate(request):
    district = _served(request)
    allow(district is not None)
    form = AppropriationForm(
        request.POST or None, district=district, initial={"year": timezone.localdate().year}
    )
    if form.is_valid():
        with refusals_on(form):
            made = actions.appropriate(**form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("예산을 편성했습니다."))
            return redirect(made)
    return render(request, "budget/appropriate.html", {"form": form})


@require_http_methods(EITHER)
def change(request, appropriation_id):
    row = get_object_or_404(
        Appropriation.objects.select_related("stream__district", "dong"), pk=appropriation_id
    )
    allow(access.can_appropriate(request.user, row.stream.district))
    form = ChangeForm(request.POST or None, initial={"amount_won": row.amount_won})
    if form.is_valid():
        with refusals_on(form):
            actions.change_appropriation(
                appropriation=row, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("금액과 까닭을 적었습니다."))
            return redirect(row)
    return render(request, "budget/change.html", {"form": form, "appropriation": row})


@require_http_methods(EITHER)
def open_round(request, code, year):
    dong = get_object_or_404(Dong, code=code)
    allow(access.can_run_round(request.user, dong))
    free = Appropriation.objects.of(dong=dong, year=year).free()
    form = RoundForm(request.POST or None, appropriations=free)
    if form.is_valid():
        with refusals_on(form):
            made = actions.open_round(
                dong=dong, year=year, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(
                request, _("시민참여예산을 열었습니다. 이제 주민총회에 올릴 수 있습니다.")
            )
            return redirect(made)
    return render(request, "budget/open_round.html", {"form": form, "dong": dong, "year": year})


@require_http_methods(EITHER)
def put(request, round_id):
    round = get_object_or_404(Round.objects.complete(), pk=round_id)
    allow(access.can_run_round(request.user, round.dong))
    form = PutForm(request.POST or None, round=round)
    if form.is_valid():
        with refusals_on(form):
            actions.put(round=round, **form.facts, by=request.user, at=timezone.now())
            messages.success(request, _("주민총회에 올렸습니다."))
            return redirect(round)
    return render(request, "budget/put.html", {"form": form, "round": round})


@require_POST
def allocate(request, round_id):
    round = get_object_or_404(Round.objects.complete(), pk=round_id)
    allow(access.can_run_round(request.user, round.dong))
    actions.allocate(round=round, by=request.user, at=timezone.now())
    messages.success(request, _("선정된 일에 배정했습니다."))
    return redirect(round)


def _served(request):
    """The district whose money this person sets aside, or None."""
    return next(
        (
            district
            for district in District.objects.order_by("pk")
            if access.can_appropriate(request.user, district)
        ),
        None,
    )
