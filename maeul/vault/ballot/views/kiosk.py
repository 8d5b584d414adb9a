"""A tablet at a booth: enrolled once, then one voter after the other, and nothing left behind."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from maeul.core.forms import AgreeForm
from maeul.core.pages import allow, refusals_on
from maeul.core.refusal import Refused, refuse_if
from maeul.vault.ballot import actions, clock, rules
from maeul.vault.ballot.forms import CodeForm
from maeul.vault.ballot.rules import State
from maeul.vault.ballot.texts import REFUSALS
from maeul.vault.ballot.views.electors import answer, ballot_page, sealed_in

COOKIE = "kiosk"
LOOK = ("size", "theme", "dong")  # what the last one chose for their eyes
DAYS = 24 * 60 * 60


def device_of(request):
    """The enrolled tablet that asks; nobody signs in here."""
    device = actions.device_known_by(request.COOKIES.get(COOKIE, ""))
    allow(device is not None)
    return device


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def take_up(request, code):
    """The tablet opened the enrolment code: with the button it belongs to its booth."""
    form = AgreeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            _device, secret = actions.take_up_device(code=code)
            to_start = redirect("ballot:kiosk")
            to_start.set_cookie(
                COOKIE,
                secret,
                max_age=14 * DAYS,
                path=reverse("ballot:kiosk"),
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Strict",
            )
            return to_start
    return render(request, "ballot/take_up.html", {"form": form})


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def kiosk(request):
    """Type the code of the slip; then the ballot stands on this very page, under this address."""
    device = device_of(request)
    left = [name for name in LOOK if name in request.COOKIES]
    if request.method == "GET" and left:
        as_new = redirect("ballot:kiosk")
        for name in left:
            as_new.delete_cookie(name)
        return as_new
    form = CodeForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            slip = actions.slip_of(device=device, code=form.cleaned_data["code"])
            refuse_if(_why_no_ballot(device, slip), REFUSALS)
            return ballot_page(
                request,
                device.booth.election,
                slip.check_in.elector,
                cast=reverse("ballot:kiosk_cast"),
                kiosk={"device": device, "code": form.cleaned_data["code"]},
            )
    return render(
        request,
        "ballot/kiosk.html",
        {"device": device, "form": form if form.errors else CodeForm()},
    )


def _why_no_ballot(device, slip):
    election, now = device.booth.election, clock.now()
    return rules.why_not_open_now(
        State(election.state),
        opens_at=election.opens_at,
        closes_at=election.ends_at,
        clock=now,
    ) or actions.why_not_by_slip(slip, device, clock=now)


@login_not_required
@require_POST
def cast(request):
    """Take the sealed ballot of who stands at this tablet; the slip says who that is."""
    device = device_of(request)
    sent = sealed_in(request)
    if sent is None:
        text = _("보낸 것을 읽을 수 없습니다. 접수대에 말씀해 주세요.")
        return JsonResponse({"sentence": text}, status=400)
    try:
        slip = actions.slip_of(device=device, code=str(sent.get("slip", "")))
        receipt = actions.cast(
            election=device.booth.election,
            elector=slip.check_in.elector,
            sealed=sent["sealed"],
            tracker=sent["tracker"],
            slip=slip,
            device=device,
        )
    except Refused as refusal:
        return JsonResponse({"sentence": refusal.sentence}, status=409)
    except OperationalError:
        text = _("지금 사람이 몰려 넣지 못했습니다. 같은 표를 곧 다시 보냅니다.")
        busy = JsonResponse({"sentence": text}, status=503)
        busy["Retry-After"] = "2"
        return busy
    return answer(receipt)
