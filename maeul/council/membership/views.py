from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maeul.core import sheet
from maeul.core.pages import allow, find_only_if, refusals_on
from maeul.core.sheet import SheetErrors
from maeul.council.membership import access, actions, forms, texts
from maeul.council.membership.models import Body, Office, Seat
from maeul.council.membership.rules import BodyKind, is_one_sided
from maeul.ground.district.models import Dong
from maeul.ground.law.models import Provision


@login_not_required
@require_safe
def council(request, code):
    """Who sits in the council of a dong, in which subcommittee, for how long."""
    dong = get_object_or_404(Dong, code=code)
    today = timezone.localdate()
    council = Body.objects.council_of(dong)
    page = {
        "dong": dong,
        "council": council,
        "joint": Body.objects.joint_of(dong),
        "can_manage": access.can_manage(request.user, dong),
    }
    if council:
        seats = council.seats.on(today)
        law = Provision.objects.in_force(dong=dong, at=timezone.now())
        offices = council.offices.on(today).select_related("person").in_order()
        page |= {
            "term": council.term_on(today),
            "members": seats.with_people(),
            "offices": offices,
            "most": law["council.max_members"],
            "parts": Body.objects.subcommittees_of(council).with_people_on(today),
            "one_sided": is_one_sided(
                **seats.sexes(), max_share=law["council.gender_max_share"].share()
            ),
            "gender": law["council.gender_max_share"],
            "auditors_missing": max(
                0,
                law["council.auditors_min"].value
                - sum(office.kind == "auditor" for office in offices),
            ),
        }
    return render(request, "membership/council.html", page)


@login_not_required
@require_safe
def body(request, body_id):
    """A subcommittee and its members."""
    body = get_object_or_404(Body.objects.select_related("dong", "parent"), pk=body_id)
    if body.kind != BodyKind.SUBCOMMITTEE:
        return redirect(body)
    today = timezone.localdate()
    return render(
        request,
        "membership/body.html",
        {
            "body": body,
            "members": body.seats.on(today).with_people(),
            "offices": body.offices.on(today).select_related("person").in_order(),
            "can_manage": access.can_manage(request.user, body.dong),
        },
    )


@require_safe
def mine(request):
    """Every seat I have or had."""
    today = timezone.localdate()
    seats = [*Seat.objects.of(request.user)]
    for seat in seats:
        seat.is_running = seat.from_on <= today and (not seat.until_on or seat.until_on > today)
    return render(request, "membership/mine.html", {"seats": seats})


@require_http_methods(["GET", "POST"])
def resign(request, seat_id):
    seat = get_object_or_404(Seat.objects.select_related("body__dong"), pk=seat_id)
    find_only_if(access.can_resign(request.user, seat))
    form = forms.ResignForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.resign(seat=seat, by=request.user, at=timezone.now())
            messages.success(request, _("위원 자리를 내려놓았습니다. 그동안 고맙습니다."))
            return redirect("membership:mine")
    return render(request, "membership/resign.html", {"seat": seat, "form": form})


@require_http_methods(["GET", "POST"])
def end_seat(request, seat_id):
    seat = get_object_or_404(Seat.objects.select_related("body__dong", "person"), pk=seat_id)
    allow(access.can_manage(request.user, seat.body.dong))
    form = forms.EndForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        with refusals_on(form):
            actions.end_seat(seat=seat, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("자리를 끝냈습니다."))
            return redirect(seat)
    return render(request, "membership/end_seat.html", {"seat": seat, "form": form})


@require_http_methods(["GET", "POST"])
def end_office(request, office_id):
    office = get_object_or_404(Office.objects.select_related("body__dong", "person"), pk=office_id)
    allow(access.can_manage(request.user, office.body.dong))
    form = forms.EndOfficeForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        with refusals_on(form):
            actions.end_office(
                office=office, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("직책을 끝냈습니다. 위원 자리는 그대로입니다."))
            return redirect(office.body)
    return render(request, "membership/end_office.html", {"office": office, "form": form})


@require_http_methods(["GET", "POST"])
def found(request, code):
    dong = _managed(request, code)
    form = forms.FoundForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.found(dong=dong, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("만들었습니다."))
            return redirect("membership:council", code=code)
    return render(request, "membership/found.html", {"dong": dong, "form": form})


@require_http_methods(["GET", "POST"])
def begin_term(request, code):
    dong = _managed(request, code)
    council = _council_of(dong)
    form = forms.TermForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.begin_term(
                council=council, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("임기를 적었습니다. 이제 위원을 모실 수 있습니다."))
            return redirect(council)
    return render(request, "membership/begin_term.html", {"dong": dong, "form": form})


@require_http_methods(["GET", "POST"])
def import_members(request, code):
    """First the sheet is read and shown as it would be taken over, then it is confirmed."""
    dong = _managed(request, code)
    council = _council_of(dong)
    page = {"dong": dong, "council": council, "form": forms.ImportForm()}
    by_now = {"council": council, "by": request.user, "at": timezone.now()}
    if "checked" in request.POST:
        form = page["form"] = forms.ConfirmForm(request.POST)
        if form.is_valid():
            try:
                taken = actions.import_members(rows=form.cleaned_data["checked"], **by_now)
                messages.success(
                    request, _("위원 %(number)s명을 모셨습니다.") % {"number": len(taken)}
                )
                return redirect(council)
            except SheetErrors as errors:
                form.add_error(None, errors.sentences)
    elif request.method == "POST":
        form = page["form"] = forms.ImportForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                page["looked"] = actions.look_over(rows=form.cleaned_data["file"], **by_now)
                page["confirm"] = forms.ConfirmForm(initial={"checked": form.checked})
            except SheetErrors as errors:
                form.add_error("file", errors.sentences)
    return render(request, "membership/import_members.html", page)


@require_safe
def empty_sheet(request, code):
    """A sheet with nothing but its heads, to be filled in."""
    dong = _managed(request, code)
    name = _("%(dong)s 위원 명단") % {"dong": dong}
    return sheet.download(name, [*texts.HEADS, *texts.OPTIONAL_HEADS], [])


@require_http_methods(["GET", "POST"])
def install(request, code):
    dong = _managed(request, code)
    council = _council_of(dong)
    form = forms.InstallForm(request.POST or None, council=council, today=timezone.localdate())
    if form.is_valid():
        with refusals_on(form):
            office = actions.install(**form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("직책을 적었습니다."))
            return redirect(office.body)
    return render(request, "membership/install.html", {"dong": dong, "form": form})


def _managed(request, code):
    dong = get_object_or_404(Dong, code=code)
    allow(access.can_manage(request.user, dong))
    return dong


def _council_of(dong):
    council = Body.objects.council_of(dong)
    find_only_if(council is not None)
    return council
