"""What everybody reads: the plans of the dongs, where each item stands, what the mayor said."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maeul.core.money import in_words, won
from maeul.core.pages import find_only_if
from maeul.core.paper import Facts, Heading, Paper, Table, Text
from maeul.decision.plan import access
from maeul.decision.plan.models import Plan
from maeul.decision.plan.rules import DECIDED, State
from maeul.ground.district.models import Dong
from maeul.ground.thread.models import Step


@login_not_required
@require_safe
def plans(request):
    """Every dong's, newest year first."""
    rows = Plan.objects.public().complete().with_sums().newest_first()
    dong = Dong.objects.filter(code=request.GET.get("dong", "")).first()
    if dong:
        rows = rows.filter(dong=dong)
    dongs = Dong.objects.in_order()
    return render(
        request,
        "plan/plans.html",
        {
            "dong": dong,
            "filters": [("", _("모든 동"), None), *((one.code, one.name, None) for one in dongs)],
            "page": Paginator(rows, 20).get_page(request.GET.get("page")),
        },
    )


@login_not_required
@require_safe
def dong(request, code):
    dong = get_object_or_404(Dong, code=code)
    can_draw_up = access.can_draw_up(request.user, dong)
    rows = Plan.objects.filter(dong=dong).complete().with_sums().newest_first()
    return render(
        request,
        "plan/dong.html",
        {
            "dong": dong,
            "page": Paginator(rows if can_draw_up else rows.public(), 20).get_page(
                request.GET.get("page")
            ),
            "can_draw_up": can_draw_up,
        },
    )


@login_not_required
@require_safe
def plan(request, plan_id):
    """The whole plan: items with their costs, where each stands, the mayor's answer to each."""
    plan = get_object_or_404(Plan.objects.complete().select_related("motion__meeting"), pk=plan_id)
    find_only_if(access.can_see(request.user, plan))
    items = list(plan.items.in_order().prefetch_related("lines"))
    can_edit = access.can_edit(request.user, plan)
    return render(
        request,
        "plan/plan.html",
        {
            "plan": plan,
            "items": items,
            "total_won": sum(item.won for item in items),
            "chosen": sum(item.is_chosen for item in items),
            "chosen_won": sum(item.won for item in items if item.is_chosen),
            "unanswered": sum(item.is_chosen and not item.verdict for item in items),
            "steps": _steps(request, plan),
            "can_edit": can_edit,
            "next": next_act(plan) if can_edit else None,
            "can_ask_for_money": plan.state in (State.ADOPTED, State.TABLED)
            and access.can_ask_for_money(request.user, plan),
            "can_reply": access.can_reply(request.user, plan) and plan.state == State.SUBMITTED,
        },
    )


@login_not_required
@require_safe
def paper(request, plan_id):
    """The same as a PDF."""
    plan = get_object_or_404(Plan.objects.complete(), pk=plan_id)
    find_only_if(access.can_see(request.user, plan))
    return paper_of(plan).answer()


def paper_of(plan):
    items = list(plan.items.in_order().prefetch_related("lines"))
    parts = [
        Facts(
            [
                (_("동"), str(plan.dong)),
                (_("해"), f"{plan.year}"),
                (_("지금"), str(plan.get_state_display())),
                (_("사업"), _("%(number)s가지") % {"number": len(items)}),
                (_("드는 돈"), in_words(sum(item.won for item in items))),
            ]
        )
    ]
    if plan.text:
        parts.append(Text(plan.text))
    for number, item in enumerate(items, 1):
        parts.append(Heading(f"{number}. {item.title}"))
        if item.what:
            parts.append(Text(item.what))
        parts.append(
            Table(
                heads=[_("무엇에"), _("단가"), _("수량"), _("금액")],
                rows=[
                    [line.title, won(line.unit_won), f"{line.quantity:,}", won(line.won)]
                    for line in item.lines.all()
                ],
                numbers={1, 2, 3},
                caption=_("산출 내역"),
                foot=[_("합계"), "", "", won(item.won)],
                widths=[3, 2, 1, 2],
            )
        )
        facts = [(_("의제"), str(item.item.state_label))]
        if item.department:
            facts.append((_("맡을 부서"), str(item.department)))
        if item.verdict:
            facts.append((_("구청장의 답"), str(item.get_verdict_display())))
        parts.append(Facts(facts))
        if item.reason:
            parts.append(Text(item.reason))
    return Paper(
        title=plan.title,
        on=timezone.localdate(plan.adopted_at or plan.drawn_up_at),
        publisher=_("%(dong)s 주민자치회") % {"dong": plan.dong},
        parts=parts,
    )


def next_act(plan):
    """Where the dong's staff does what is next: (address, words), or None while others act."""
    duty = plan.duty_of_staff
    if duty is None:
        return None
    name = {
        State.DRAFTED: "plan:draft",
        State.ADOPTED: "plan:table",
        State.TABLED: "plan:take_result" if plan.is_asked else "plan:table",
        State.REPLIED: "plan:take_effect",
        State.IN_FORCE: "plan:expire",
        **dict.fromkeys(DECIDED, "plan:submit"),
    }[State(plan.state)]
    return reverse(name, args=[plan.pk]), duty.next_act


def _steps(request, plan):
    rows = Step.objects.of_matter(plan.thread).visible_to(request.user).newest()
    return [
        {
            "at": "now" if row is rows[-1] else "past",
            "when": row.at,
            "title": row.title,
            "text": row.text,
            "address": row.link if row.link != plan.get_absolute_url() else "",
        }
        for row in rows
    ]
