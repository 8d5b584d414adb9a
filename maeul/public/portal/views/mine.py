from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from maeul.decision.assembly.models import Assembly
from maeul.public.portal import desks, rules, texts, waiting
from maeul.vault.ballot.models import Election
from maeul.vault.participation.models import Part
from maeul.voice.agenda.models import AgendaItem


@require_GET
def mine(request):
    """My items, offers, votes and the time I gave: what became of it, and what is next."""
    items = AgendaItem.objects.of(request.user).complete()
    parts = Part.objects.of(request.user).select_related("dong")
    today = timezone.localdate()
    minutes = sum(part.minutes for part in parts if part.on.year == today.year)
    return render(
        request,
        "portal/mine.html",
        {
            "items": items,
            "offers": request.user.offers.standing(today).select_related("item__thread"),
            "parts": parts[:20],
            "hours": minutes // 60,
            "rest_minutes": minutes % 60,
            "duties": waiting.duties(request.user)[:3],
            "assemblies": Assembly.objects.complete()
            .filter(election__in=Election.objects.for_elector(request.user))
            .order_by("-held_on"),
        },
    )


@require_GET
def worklist(request):
    """What waits for me, in piles: late, today, this week, later."""
    today = timezone.localdate()
    piles = {pile: [] for pile in rules.Pile}
    for duty in waiting.duties(request.user):
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
        },
    )
