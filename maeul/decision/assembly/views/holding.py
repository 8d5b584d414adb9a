"""The day itself: the wall of the hall, and the order of the day beside it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maeul.core.korean import josa
from maeul.core.pages import allow, find_only_if, refusals_on
from maeul.core.refusal import Refused
from maeul.decision.assembly import access, actions, texts
from maeul.decision.assembly.forms import OrderForm
from maeul.decision.assembly.models import Assembly
from maeul.vault.ballot import clock

SECONDS = 20  # how often the wall asks again; the board itself moves every ten minutes
THEMES = ("light", "dark")


@login_not_required
@require_safe
def hall(request, assembly_id):
    """For a wall: turnout as the board shows it, quorum, time left, what comes next.  No name,
    and never a partial result."""
    assembly = get_object_or_404(Assembly.objects.complete(), pk=assembly_id)
    find_only_if(access.can_see(request.user, assembly))
    election, now = assembly.election, clock.now()
    items = list(assembly.order.in_order())
    begun = [item for item in items if item.begun_at]
    ahead = [item for item in items if not item.begun_at]
    theme = request.GET.get("theme")
    shown = {
        "assembly": assembly,
        "election": election,
        "voted": election.participants()
        if assembly.is_result_announced
        else election.turnout_on_board(),
        "now": now,
        "turn": begun[-1] if begun else None,
        "next": ahead[0] if ahead else None,
        "is_open": election.is_open_now(),
        "is_ahead": election.opens_at is not None and now < election.opens_at,
        "left": _left(election.opens_at, election.ends_at, now),
        "seconds": SECONDS,
    }
    if theme in THEMES:
        shown["theme"] = theme
    if assembly.is_result_announced:
        outcomes = [row for each in assembly.questions.in_order() for row in each.outcomes()]
        shown["chosen"] = [row.title for row in outcomes if row.chosen]
    return render(request, "assembly/hall.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def order(request, assembly_id):
    """The secretary's desk of the day: write the order, and say when the next turn begins."""
    assembly = _prepared(request, assembly_id)
    items = list(assembly.order.in_order())
    written = "\n".join(item.title for item in items) or str(texts.USUAL_ORDER)
    form = OrderForm(
        request.POST or None, initial={"titles": written, "presider": assembly.presider}
    )
    if form.is_valid():
        with refusals_on(form):
            actions.set_order(
                assembly=assembly, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("식순을 적었습니다. 총회장 화면에 보입니다."))
            return redirect("assembly:order", assembly.pk)
    begun = [item for item in items if item.begun_at]
    ahead = [item for item in items if not item.begun_at]
    return render(
        request,
        "assembly/order.html",
        {
            "assembly": assembly,
            "form": form,
            "next": ahead[0] if ahead else None,
            "is_the_day": timezone.localdate() == assembly.held_on,
            "begun": begun,
            "steps": [
                {
                    "at": "ahead" if not item.begun_at else "now" if item is begun[-1] else "past",
                    "when": item.begun_at,
                    "title": item.title,
                }
                for item in items
            ],
        },
    )


@require_POST
def begin_next(request, assembly_id):
    return _turn(request, assembly_id, actions.begin_next, _("%(turn)s 시작했습니다."))


@require_POST
def take_back(request, assembly_id):
    return _turn(request, assembly_id, actions.take_back, _("%(turn)s 되돌렸습니다."))


def _turn(request, assembly_id, act, said):
    assembly = _prepared(request, assembly_id)
    try:
        item = act(assembly=assembly, by=request.user, at=timezone.now())
        messages.success(request, said % {"turn": josa(item.title, "을")})
    except Refused as no:
        messages.error(request, no.sentence)
    return redirect("assembly:order", assembly.pk)


def _prepared(request, assembly_id):
    assembly = get_object_or_404(Assembly.objects.complete(), pk=assembly_id)
    allow(access.can_prepare(request.user, assembly))
    return assembly


def _left(opens_at, ends_at, now):
    """The time until the poll opens or closes, in the two largest units: [(3, "시간"), (12, "분")];
    empty once it is closed or not yet set."""
    ends = next((moment for moment in (opens_at, ends_at) if moment and now < moment), None)
    if ends is None:
        return []
    minutes = -(-int((ends - now).total_seconds()) // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return [(days, _("일"))] + ([(hours, _("시간"))] if hours else [])
    return ([(hours, _("시간"))] if hours else []) + ([(minutes, _("분"))] if minutes else [])
