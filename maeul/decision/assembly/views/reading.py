"""What everybody reads: which assemblies there are, what will be decided, what came of it."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maeul.core.pages import find_only_if
from maeul.decision.assembly import access, texts
from maeul.decision.assembly.models import Assembly
from maeul.decision.assembly.rules import Kind
from maeul.decision.assembly.story import story_of
from maeul.ground.district.models import Dong
from maeul.ground.thread.models import Step
from maeul.vault.ballot import clock
from maeul.voice.agenda.models import AgendaItem

SOONEST = 20  # assemblies that come; later ones move up as these are over


@login_not_required
@require_safe
def assemblies(request):
    """Every dong's: what comes next, then what was decided."""
    rows = Assembly.objects.visible_to(request.user).complete()
    dong = Dong.objects.filter(code=request.GET.get("dong", "")).first()
    if dong:
        rows = rows.filter(dong=dong)
    return render(
        request,
        "assembly/assemblies.html",
        {
            "dong": dong,
            "filters": [("", _("모든 동"), None)]
            + [(each.code, each.name, None) for each in Dong.objects.in_order()],
            "ahead": rows.standing().ahead()[:SOONEST],
            "page": Paginator(rows.decided(), 20).get_page(request.GET.get("page")),
        },
    )


@login_not_required
@require_safe
def dong(request, code):
    dong = get_object_or_404(Dong, code=code)
    rows = Assembly.objects.visible_to(request.user).complete().filter(dong=dong)
    return render(
        request,
        "assembly/dong.html",
        {
            "dong": dong,
            "ahead": rows.standing().ahead()[:SOONEST],
            "page": Paginator(rows.decided(), 20).get_page(request.GET.get("page")),
            "can_convene": access.can_convene(request.user, dong),
        },
    )


@login_not_required
@require_safe
def assembly(request, assembly_id):
    """Before: what will be decided, how, and who may.  After: what came of it and why."""
    assembly = get_object_or_404(
        Assembly.objects.complete().select_related("motion__meeting"), pk=assembly_id
    )
    find_only_if(access.can_see(request.user, assembly))
    election = assembly.election
    questions = [_with_matters(question) for question in assembly.questions.in_order()]
    _link_items(questions)
    shown = {
        "assembly": assembly,
        "election": election,
        "questions": questions,
        "steps": _steps(request, assembly),
        "can_prepare": access.can_prepare(request.user, assembly),
    }
    if assembly.is_result_announced:
        return render(request, "assembly/result.html", shown | _result(assembly, questions))
    now, provisions = clock.now(), assembly.provisions
    lawful = {row.key: row.value for row in provisions}
    shown |= {
        "is_open": election.is_open_now(),
        "may_vote": access.may_have_a_ballot(request.user, election),
        "is_frozen": bool(election.chain0),
        "is_ahead": election.opens_at is not None and now < election.opens_at,
        "voted": election.turnout_on_board(),
        "provisions": provisions,
        "passing": texts.PASSING[assembly.rules.get("passing") or lawful["assembly.pass"]],
    }
    return render(request, "assembly/assembly.html", shown)


def _with_matters(question):
    question.matters = list(
        question.tabled.select_related("thread", "boxed").order_by("boxed__number")
    )
    return question


def _link_items(questions):
    """Each matter leads to its agenda item, where there is one."""
    threads = {row.thread.root_id for question in questions for row in question.matters}
    found = AgendaItem.objects.public().filter(thread__in=threads)
    items = {item.thread_id: item for item in found}
    for question in questions:
        question.items = items
        for row in question.matters:
            row.item = items.get(row.thread.root_id)


def _steps(request, assembly):
    rows = Step.objects.of_matter(assembly.thread).visible_to(request.user).newest()
    return [
        {
            "at": "now" if row is rows[-1] else "past",
            "when": row.at,
            "title": row.title,
            "text": row.text,
            "address": row.link if row.link != assembly.get_absolute_url() else "",
        }
        for row in rows
    ]


def _result(assembly, questions):
    """Winners first, why, and the story of each count."""
    people = assembly.election.participants()
    for question in questions:
        outcomes = question.outcomes()
        question.chosen = [_shown(question, row) for row in outcomes if row.chosen]
        question.lost = [_shown(question, row) for row in outcomes if not row.chosen]
        question.spent_won = sum(row.cost_won or 0 for row in outcomes if row.chosen)
        question.sums = question.boxed.sums()
        by_points = question.boxed.is_by_points
        question.whole = question.boxed.most_possible() if by_points else people
        question.story = (
            story_of(outcomes, limit=question.limit_won) if question.kind == Kind.BUDGET else None
        )
        if question.kind == Kind.YES_NO:
            question.yes = outcomes[0].votes
            question.against = question.sums["valid"] - question.yes
    budgets = [question for question in questions if question.limit_won]
    return {
        "people": people,
        "chosen": sum(len(question.chosen) for question in questions),
        "limit_won": sum(question.limit_won for question in budgets),
        "spent_won": sum(question.spent_won for question in budgets),
        "bundle": getattr(assembly.election, "bundle", None),
        "no_quorum": texts.NO_QUORUM[assembly.without_quorum],
        "objections": assembly.objections.count(),
        "may_object": timezone.localdate() <= assembly.objections_until,
    }


def _shown(question, outcome):
    return {"outcome": outcome, "item": question.items.get(outcome.thread.root_id)}
