"""The room in which a hall vote is counted aloud: totals typed by two tellers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maeul.core import upload
from maeul.core.pages import refusals_on
from maeul.core.refusal import sentence
from maeul.vault.ballot import access, actions, hall, texts
from maeul.vault.ballot.forms import TotalsForm
from maeul.vault.ballot.rules import State
from maeul.vault.ballot.views.counted import counted_by
from maeul.vault.ballot.views.desk import run_by

PAPERS = ("tally_sheet", "minutes")


def room(request, election):
    """Where counting stands: who has typed the totals, and the totals once two agree."""
    not_ready = actions.why_not_ready(election)
    totals = getattr(election, "totals", None)
    return render(
        request,
        "ballot/hall_room.html",
        {
            "election": election,
            "is_closed": election.state == State.CLOSED,
            "is_fixed": bool(actions.fixed_hash(election)),
            "is_officer": access.can_run(request.user, election),
            "not_ready": not_ready and sentence(not_ready, texts.REFUSALS),
            "read_by": [read.by for read in election.totals_readings.newest().select_related("by")],
            "totals": totals,
            "told": totals and told(election, totals.said),
            "has_confirmed": request.user.pk in actions.confirmed_by(election, "confirmed_counts"),
        },
    )


def told(election, said):
    """Every number with its words."""
    return [
        (texts.total(name, titles_of(election)), number)
        for name, number in hall.named(said).items()
    ]


def titles_of(election):
    return {
        f"{question.key}.{option.number}": option.title
        for question in election.questions.prefetch_related("options")
        for option in question.options.all()
    }


@never_cache
@require_http_methods(["GET", "POST"])
def totals(request, election_id):
    """Each teller types what was counted, and sees nobody else's numbers."""
    election = counted_by(request, election_id)
    if not election.is_hall:
        raise Http404
    mine = election.totals_readings.newest().filter(by=request.user).first()
    form = TotalsForm(
        request.POST or None,
        request.FILES or None,
        initial=mine and hall.named(mine.said),
        questions=election.questions.prefetch_related("options"),
        has_tally_sheet=bool(actions.paper_of(election, "tally_sheet")),
        has_minutes=bool(actions.paper_of(election, "minutes")),
    )
    if form.is_valid():
        with refusals_on(form):
            read = actions.read_totals(
                election=election,
                numbers=form.numbers(),
                **form.papers(),
                by=request.user,
                at=timezone.now(),
            )
            if not read.differing:
                if read.totals:
                    messages.success(request, _("두 사람이 같은 합계를 적었습니다."))
                else:
                    messages.info(
                        request, _("적었습니다. 다른 한 사람도 집계표를 보고 따로 적어야 합니다.")
                    )
                return redirect("ballot:paper", election.pk)
            titles = titles_of(election)
            where = ", ".join(texts.total(name, titles) for name in read.differing)
            messages.error(request, texts.TOTALS_READ_OTHERWISE % {"where": where})
            return redirect("ballot:totals", election.pk)
    return render(request, "ballot/totals.html", {"election": election, "form": form})


@require_GET
def totals_paper(request, election_id, kind):
    election = counted_by(request, election_id)
    paper = actions.paper_of(election, kind) if kind in PAPERS else None
    if paper is None:
        raise Http404
    return upload.serve(paper)


@require_POST
def set_hall(request, election_id):
    """Before freezing: vote in one room and count aloud, or in the usual ways again."""
    election = run_by(request, election_id)
    is_hall = request.POST.get("hall") == "yes"
    actions.set_hall(election=election, is_hall=is_hall, by=request.user, at=timezone.now())
    if is_hall:
        messages.success(request, _("회의장 투표로 정했습니다. 투표소를 하나 정해 주세요."))
    else:
        messages.success(request, _("회의장 투표를 하지 않습니다. 투표하는 방법을 골라 주세요."))
    return redirect("ballot:in_person", election.pk)
