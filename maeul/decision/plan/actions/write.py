from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from maeul.decision.plan import rules
from maeul.decision.plan.actions.say import locked, refuse, say
from maeul.decision.plan.models import CostLine, Plan, PlanItem
from maeul.decision.plan.rules import State
from maeul.ground.audit import actions as audit
from maeul.ground.district.models import Dong
from maeul.ground.thread import actions as thread
from maeul.voice.agenda import actions as agenda
from maeul.voice.agenda.rules import State as ItemState
from maeul.voice.review.models import Review


@transaction.atomic
def draw_up(*, dong, year, by, at, title="", text=""):
    """Begin a dong's plan of a year, empty."""
    dong = Dong.objects.select_for_update().get(pk=dong.pk)
    refuse(rules.why_not_draw_up(already=Plan.objects.of(dong, year).standing().exists()))
    title = title.strip() or _("%(year)s년 %(dong)s 자치계획") % {"year": year, "dong": dong}
    plan = Plan.objects.create(
        dong=dong,
        year=year,
        title=title,
        text=text.strip(),
        thread=thread.open(title=title, dong=dong, by=by, at=at),
        drawn_up_at=at,
    )
    say(plan, "draw_up", _("자치계획을 쓰기 시작했습니다"), by=by, at=at)
    return plan


@transaction.atomic
def set_text(*, plan, text, by, at):
    """The words at its head."""
    plan = locked(plan)
    refuse(rules.why_not_edit(state=State(plan.state)))
    plan.text = text.strip()
    plan.save(update_fields=["text"])
    audit.note("plan.text_set", on=plan, by=by, at=at)
    return plan


@transaction.atomic
def add_item(*, plan, item, by, at, lines=(), title="", what="", department=None):
    """Take a reviewed item into the plan.

    `lines`: (what, won a unit, how many) each.  Department and cost come from the newest review
    where nothing else is said.
    """
    plan = locked(plan)
    reviewed = Review.objects.answered().filter(item=item).order_by("-answered_at", "-pk").first()
    lines = list(lines)
    if not lines and (cost := Review.objects.cost_of(item)):
        lines = [(_("부서가 검토한 비용"), cost, 1)]
    refuse(
        rules.why_not_add(
            state=State(plan.state),
            same_dong=item.dong_id == plan.dong_id,
            reviewed=item.state == ItemState.REVIEWED,
            already=plan.items.filter(item=item).exists(),
            lines=lines,
        )
    )
    agenda.draft(item=item, text=plan.title, by=by, at=at)
    last = plan.items.aggregate(last=Max("position"))["last"] or 0
    row = PlanItem.objects.create(
        plan=plan,
        item=item,
        position=last + 1,
        title=title.strip() or item.title,
        what=what.strip() or item.text,
        department=department or (reviewed.department if reviewed else None),
    )
    _write_lines(row, lines)
    audit.note("plan.item_added", on=row, by=by, at=at, plan=plan.pk)
    return row


@transaction.atomic
def drop_item(*, plan_item, by, at, text=""):
    """Take an item out of the draft again; whoever said it is told."""
    plan, row = _locked_item(plan_item)
    refuse(rules.why_not_edit(state=State(plan.state)))
    audit.note("plan.item_dropped", on=row, by=by, at=at, plan=plan.pk)
    item = row.item
    row.delete()
    agenda.undraft(item=item, text=text, by=by, at=at)


@transaction.atomic
def describe(*, plan_item, title, what, department, by, at):
    """Say what is to be done and which department it concerns."""
    plan, row = _locked_item(plan_item)
    refuse(rules.why_not_edit(state=State(plan.state)))
    row.title, row.what, row.department = title.strip(), what.strip(), department
    row.save(update_fields=["title", "what", "department"])
    audit.note("plan.item_described", on=row, by=by, at=at)
    return row


@transaction.atomic
def set_lines(*, plan_item, lines, by, at):
    """Replace what an item costs: (what, won a unit, how many) each."""
    plan, row = _locked_item(plan_item)
    lines = list(lines)
    refuse(rules.why_not_edit(state=State(plan.state)) or rules.why_not_lines(lines))
    row.lines.all().delete()
    _write_lines(row, lines)
    audit.note("plan.lines_set", on=row, by=by, at=at, won=rules.sum_of(lines))
    return row


def _write_lines(row, lines):
    CostLine.objects.bulk_create(
        CostLine(
            plan_item=row,
            position=position,
            title=title.strip(),
            unit_won=unit_won,
            quantity=quantity,
        )
        for position, (title, unit_won, quantity) in enumerate(lines, 1)
    )


def _locked_item(plan_item):
    plan = locked(plan_item.plan)
    row = PlanItem.objects.select_related("item", "plan").get(pk=plan_item.pk)
    return plan, row
