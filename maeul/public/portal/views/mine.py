from django.core.paginator import Paginator
from django.db.models import Sum
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maeul.decision.assembly.models import Assembly
from maeul.public.portal import desks, rules, texts, waiting
from maeul.vault.ballot.models import Election
from maeul.vault.participation.models import Part
from maeul.voice.agenda.models import AgendaItem

LINES = 20  # on one page; of what stands beside the main list, the newest
AT_ONCE = 50  # things to do; others move up as these are done


@require_safe
def mine(request):
    """My items, offers, votes and the time I gave: what became of it, and what is next."""
    items = AgendaItem.objects.of(request.user).complete()
    parts = Part.objects.of(request.user)
    today = timezone.localdate()
    minutes = parts.filter(on__year=today.year).aggregate(sum=Sum("minutes"))["sum"] or 0
    return render(
        request,
        "portal/mine.html",
        {
            "page": Paginator(items, LINES).get_page(request.GET.get("page")),
            "offers": request.user.offers.standing(today).select_related("item__thread")[:LINES],
            "parts": parts.select_related("dong")[:LINES],
            "hours": minutes // 60,
            "rest_minutes": minutes % 60,
            "duties": waiting.duties(request.user, most=3),
            "assemblies": Assembly.objects.complete()
            .filter(election__in=Election.objects.for_elector(request.user))
            .order_by("-held_on")[:LINES],
        },
    )


@require_safe
def worklist(request):
    """What waits for me, in piles: late, today, this week, later."""
    today = timezone.localdate()
    piles = {pile: [] for pile in rules.Pile}
    duties = waiting.duties(request.user, most=AT_ONCE + 1)
    for duty in duties[:AT_ONCE]:
        piles[rules.pile(duty.due_on, today)].append(duty)
    shown = [(pile, *texts.PILES[pile], rows) for pile, rows in piles.items() if rows]
    return render(
        request,
        "portal/worklist.html",
        {
            "piles": shown,
            "late": len(piles[rules.Pile.LATE]),
            "today_count": len(piles[rules.Pile.TODAY]),
            "today": today,
            "desks": desks.of(request.user, today.year),
            "more": len(duties) > AT_ONCE,
            "at_once": AT_ONCE,
        },
    )
