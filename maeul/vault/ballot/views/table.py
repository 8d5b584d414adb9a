"""The table at the door: a clerk finds somebody, looks at the document, gives a sheet or a slip."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maeul.core import upload
from maeul.core.pages import act_page, allow, refusals_on
from maeul.vault.ballot import access, actions, clock, texts
from maeul.vault.ballot.forms import (
    CheckInForm,
    DeviceForm,
    ElsewhereForm,
    LateForm,
    LineForm,
    OuterForm,
    ReportForm,
    RulingForm,
    WhoForm,
)
from maeul.vault.ballot.models import Booth, CheckIn, Device, Elector
from maeul.vault.ballot.rules import Channel, ReasonForOuter, RulingKind, Way
from maeul.vault.ballot.views.codes import drawn

MOST_FOUND = 20


def worked_at_by(request, election_id, number) -> Booth:
    booth = get_object_or_404(
        Booth.objects.select_related("election"), election=election_id, number=number
    )
    allow(access.can_work_at(request.user, booth))
    return booth


def address(name, booth, *more):
    return reverse(f"ballot:{name}", args=[booth.election_id, booth.number, *more])


@never_cache
@require_GET
def table(request, election_id, number):
    """Find somebody by name or number; everything else of a booth hangs on this page."""
    booth = worked_at_by(request, election_id, number)
    words = request.GET.get("q", "").strip()[:60]
    found = booth.election.electors.named(words) if words else Elector.objects.none()
    found = found.select_related("booth", "entry")[: MOST_FOUND + 1]
    check_ins = booth.check_ins.select_related("elector").order_by("-list_number")
    return render(
        request,
        "ballot/table.html",
        {
            "booth": booth,
            "election": booth.election,
            "words": words,
            "found": found[:MOST_FOUND],
            "many": len(found) > MOST_FOUND,
            "latest": check_ins[:5],
            "hours": booth.hours.all(),
            "is_open": booth.election.is_open_now(),
            "is_over": booth.election.ends_at <= clock.now(),
            "next_line": booth.last_list_number() + 1,
            "read_by": [read.by for read in booth.readings.newest().select_related("by")],
            "is_reported": hasattr(booth, "report"),
        },
    )


@never_cache
@require_http_methods(["GET", "POST"])
def elector(request, election_id, number, elector_id):
    """The row of somebody: the document decides, then a sheet or a slip."""
    booth = worked_at_by(request, election_id, number)
    elector = get_object_or_404(
        Elector.objects.select_related("booth", "person"), pk=elector_id, election=election_id
    )
    form = CheckInForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            check_in = actions.check_in(
                elector=elector,
                booth=booth,
                way=form.cleaned_data["way"],
                line_number=form.cleaned_data["line_number"],
                by=request.user,
                at=timezone.now(),
            )
            return redirect(address("check_in", booth, check_in.pk))
    entry = getattr(elector, "entry", None)
    return render(
        request,
        "ballot/elector.html",
        {
            "booth": booth,
            "election": booth.election,
            "elector": elector,
            "form": form,
            "channel": Channel(entry.channel if entry else Channel.NONE).value,
            "check_ins": elector.check_ins.filter(booth=booth).order_by("list_number"),
            "is_here": elector.booth_id in (None, booth.pk),
            "is_over": booth.election.ends_at <= clock.now(),
            "ways": booth.election.channels,
        },
    )


@require_GET
def scanned(request, election_id, elector_id):
    """The code on an elector's own page: leads a clerk to that elector at the clerk's table."""
    elector = get_object_or_404(Elector, pk=elector_id, election=election_id)
    mine = access.booth_of_clerk(request.user, elector.election)
    if mine is None and access.can_run(request.user, elector.election):
        mine = elector.booth or elector.election.booths.first()
    allow(mine is not None)
    return redirect(address("elector", mine, elector.pk))


@never_cache
@require_GET
def check_in(request, election_id, number, check_in_id):
    """What was done, which line to sign, and what may be done about it."""
    booth = worked_at_by(request, election_id, number)
    check_in = _check_in(booth, check_in_id)
    return render(
        request,
        "ballot/check_in.html",
        {
            "booth": booth,
            "election": booth.election,
            "check_in": check_in,
            "ended": check_in.ended_as() is not None,
            "rulings": check_in.rulings.select_related("by"),
            "is_kiosk": check_in.way == Way.KIOSK,
            "has_cast": check_in.envelopes.exists(),
        },
    )


@never_cache
@require_POST
def slip(request, election_id, number, check_in_id):
    """A fresh code; it is shown this once and kept nowhere."""
    booth = worked_at_by(request, election_id, number)
    check_in = _check_in(booth, check_in_id)
    code = actions.new_slip(check_in=check_in, by=request.user, at=timezone.now())
    return render(
        request,
        "ballot/slip.html",
        {"booth": booth, "check_in": check_in, "code": f"{code[:4]} {code[4:]}", "qr": drawn(code)},
    )


@require_http_methods(["GET", "POST"])
def rule(request, election_id, number, check_in_id):
    """Undo, dispute, strike: the second person who says the same makes it so."""
    booth = worked_at_by(request, election_id, number)
    check_in = _check_in(booth, check_in_id)
    kinds = [RulingKind.UNDONE, RulingKind.DISPUTED]
    if access.can_run(request.user, booth.election):
        kinds += [RulingKind.STRUCK, RulingKind.STANDS]
    form = RulingForm(request.POST or None, kinds=kinds)
    if form.is_valid():
        with refusals_on(form):
            actions.rule_on(
                check_in=check_in,
                kind=form.cleaned_data["kind"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("적었습니다. 두 사람이 같은 것을 적으면 정해집니다."))
            return redirect(address("check_in", booth, check_in.pk))
    return act_page(
        request,
        form,
        heading=_("%(line)s번 줄의 본인 확인을 어떻게 할까요?") % {"line": check_in.list_number},
        lead=_("혼자서는 바꿀 수 없습니다. 다른 한 사람이 같은 것을 적어야 합니다."),
        button=_("적기"),
        after=_("취소는 투표용지를 쓰지 않고 손에 돌려받았을 때만 합니다."),
        back=address("check_in", booth, check_in.pk),
        back_label=_("본인 확인"),
    )


@require_http_methods(["GET", "POST"])
def register(request, election_id, number):
    """Somebody on no list, in under a minute: name, birth date, document."""
    booth = worked_at_by(request, election_id, number)
    styles = booth.election.styles
    form = WhoForm(request.POST or None, styles=styles)
    if form.is_valid():
        with refusals_on(form):
            found = actions.register_walk_in(
                booth=booth, **form.facts(), by=request.user, at=timezone.now()
            )
            if found.outer:
                return _offer_outer(request, booth, form, found.outer)
            if found.is_new:
                messages.success(request, _("현장 명부에 올렸습니다. 서명부에 서명받으세요."))
            else:
                messages.info(request, _("이미 명부에 있는 분입니다."))
            return redirect(address("elector", booth, found.elector.pk))
    return act_page(
        request,
        form,
        heading=_("명부에 없는 분을 올립니다"),
        lead=_("신분증을 보면서 그대로 적습니다. 신분증의 번호는 적지 않습니다."),
        button=_("명부에 올리기"),
        after=_("이미 있는 분이면 그 줄로, 비슷한 분이 있으면 겉봉투로 안내합니다."),
        back=address("table", booth),
        back_label=booth.name,
    )


def _offer_outer(request, booth, form, reason):
    """What was typed goes on into the envelope's form."""
    typed = form.cleaned_data | {"reason": reason.value}
    messages.info(
        request, _("명부에 비슷한 분이 있습니다. 기다리게 하지 말고 겉봉투로 투표하게 해 주세요.")
    )
    return _outer_page(request, booth, OuterForm(initial=typed, styles=booth.election.styles))


@require_http_methods(["GET", "POST"])
def outer(request, election_id, number):
    """A sheet in a named envelope: nobody waits, two officers decide."""
    booth = worked_at_by(request, election_id, number)
    form = OuterForm(request.POST or None, styles=booth.election.styles)
    if form.is_valid():
        with refusals_on(form):
            taken = actions.take_outer(
                booth=booth, **form.facts(), by=request.user, at=timezone.now()
            )
            return _outer_taken(request, booth, taken)
    return _outer_page(request, booth, form)


@require_http_methods(["GET", "POST"])
def elsewhere(request, election_id, number, elector_id):
    """An elector of another booth who wants to vote here."""
    booth = worked_at_by(request, election_id, number)
    elector = get_object_or_404(Elector, pk=elector_id, election=election_id)
    form = ElsewhereForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            taken = actions.take_outer(
                booth=booth,
                reason=ReasonForOuter.ELSEWHERE,
                elector=elector,
                name=elector.name,
                proof=form.cleaned_data["proof"],
                by=request.user,
                at=timezone.now(),
            )
            return _outer_taken(request, booth, taken)
    return act_page(
        request,
        form,
        heading=_("%(name)s님을 겉봉투로 투표하게 합니다") % {"name": elector.name},
        lead=_("이분의 투표소는 %(booth)s입니다. 거기로 가기 어려우면 여기서 겉봉투로 합니다.")
        % {"booth": elector.booth},
        button=_("겉봉투로 하기"),
        after=_("두 선거관리인이 개표 전에 봉투를 받을지 정합니다."),
        back=address("elector", booth, elector.pk),
        back_label=elector.name,
    )


def _outer_taken(request, booth, taken):
    messages.success(
        request,
        _("서명부 %(line)s번 줄에 서명받고, 봉투에 같은 번호와 이름을 적어 주세요.")
        % {"line": taken.list_number},
    )
    return redirect(address("table", booth))


def _outer_page(request, booth, form):
    return act_page(
        request,
        form,
        action=address("outer", booth),
        heading=_("겉봉투로 투표합니다"),
        lead=_("투표용지를 이름 적은 겉봉투에 넣습니다. 누구의 표인지는 두 선거관리인이 정합니다."),
        button=_("겉봉투로 하기"),
        after=_("받기로 하면 겉봉투를 열어 속의 용지를 다른 표와 섞은 뒤에 셉니다."),
        back=address("table", booth),
        back_label=booth.name,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def devices(request, election_id, number):
    """The tablets of a booth: enrol one, cut one off."""
    booth = worked_at_by(request, election_id, number)
    form = DeviceForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            device, code = actions.enrol_device(
                booth=booth, name=form.cleaned_data["name"], by=request.user, at=timezone.now()
            )
            link = request.build_absolute_uri(reverse("ballot:take_up", args=[code]))
            return render(
                request,
                "ballot/enrol_device.html",
                {"booth": booth, "device": device, "link": link, "qr": drawn(link)},
            )
    there = booth.devices.filter(revoked_at=None).order_by("name")
    return render(request, "ballot/devices.html", {"booth": booth, "form": form, "devices": there})


@require_POST
def revoke(request, election_id, number, device_id):
    booth = worked_at_by(request, election_id, number)
    device = get_object_or_404(Device, pk=device_id, booth=booth)
    actions.revoke_device(device=device, by=request.user, at=timezone.now())
    messages.success(request, _("단말을 끊었습니다. 그 기기에서는 더 투표할 수 없습니다."))
    return redirect(address("devices", booth))


@require_http_methods(["GET", "POST"])
def late(request, election_id, number):
    """A line that was signed while the network was down."""
    booth = worked_at_by(request, election_id, number)
    form = LateForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        elector = booth.election.electors.filter(roll=given["roll"], number=given["number"]).first()
        if elector is None:
            form.add_error("number", _("이 번호의 선거인이 없습니다. 서명부를 다시 봐 주세요."))
        else:
            with refusals_on(form):
                written = actions.enter_late(
                    elector=elector,
                    booth=booth,
                    list_number=given["list_number"],
                    by=request.user,
                    at=timezone.now(),
                )
                facts = {"line": given["list_number"], "name": elector.name}
                if written:
                    done = _("%(line)s번 줄, %(name)s님을 옮겨 적었습니다.") % facts
                else:
                    done = _("%(line)s번 줄을 적었습니다. 다른 선거관리인이 한 번 더 적습니다.")
                    done = done % facts
                messages.success(request, done)
                return redirect(address("late", booth))
    return act_page(
        request,
        form,
        heading=_("종이 서명부를 옮겨 적습니다"),
        lead=_("네트워크가 끊긴 동안 종이에 서명하고 투표용지를 받은 줄을 한 줄씩 적습니다."),
        button=_("이 줄 적기"),
        after=_("마감 뒤에는 두 선거관리인이 저마다 서명부를 보고 적어야 합니다."),
        back=address("table", booth),
        back_label=booth.name,
    )


@require_http_methods(["GET", "POST"])
def line(request, election_id, number):
    """At closing: how many people got a numbered slip."""
    booth = worked_at_by(request, election_id, number)
    form = LineForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.hand_out_line_slips(
                booth=booth,
                slips=form.cleaned_data["slips"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("적었습니다. 번호표를 가진 분은 종이로 투표합니다."))
            return redirect(address("table", booth))
    return act_page(
        request,
        form,
        heading=_("줄 선 분께 번호표를 나누어 줍니다"),
        lead=_("마감하는 때에 줄 서 있던 분은 번호표를 받고 종이로 투표할 수 있습니다."),
        button=_("번호표 수 적기"),
        after=_("한 번만 적을 수 있습니다. 마감표에 서명하면 더 받지 않습니다."),
        back=address("table", booth),
        back_label=booth.name,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def report(request, election_id, number):
    """The counts signed at the booth when it closed: two people read them, each without seeing
    what the other one typed."""
    booth = worked_at_by(request, election_id, number)
    has_photo = booth.photo_of_counts() is not None
    mine = booth.readings.newest().filter(by=request.user).first()
    form = ReportForm(
        request.POST or None,
        request.FILES or None,
        has_photo=has_photo,
        initial=mine and mine.counts,
    )
    if form.is_valid():
        with refusals_on(form):
            read = actions.report(
                booth=booth, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            if not read.differing:
                if read.report:
                    messages.success(request, _("두 사람이 같은 마감표를 적었습니다."))
                else:
                    messages.info(
                        request, _("적었습니다. 다른 한 사람도 종이를 보고 따로 적어야 합니다.")
                    )
                return redirect(address("table", booth))
            counts = ", ".join(str(texts.COUNTS[name]) for name in read.differing)
            messages.error(request, texts.READ_OTHERWISE % {"counts": counts})
            return redirect(address("report", booth))
    return act_page(
        request,
        form,
        heading=_("마감표를 적습니다"),
        lead=_("종이에 서명하고 소리 내어 읽은 숫자를 두 사람이 저마다 종이를 보고 적습니다."),
        button=_("마감표 적기"),
        after=_("두 사람이 같게 적으면 정해지고, 그 뒤에는 바꿀 수 없습니다."),
        back=address("table", booth),
        back_label=booth.name,
    )


@require_GET
def report_photo(request, election_id, number):
    booth = worked_at_by(request, election_id, number)
    photo = booth.photo_of_counts()
    if photo is None:
        raise Http404
    return upload.serve(photo)


def _check_in(booth, check_in_id) -> CheckIn:
    rows = CheckIn.objects.select_related("elector", "booth__election", "clerk")
    return get_object_or_404(rows, pk=check_in_id, booth=booth)
