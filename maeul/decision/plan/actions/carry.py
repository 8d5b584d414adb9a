from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.core.korean import josa
from maeul.council.meeting import actions as meetings
from maeul.council.membership.models import Body
from maeul.decision.assembly import actions as assembly_actions
from maeul.decision.assembly.rules import Kind
from maeul.decision.budget import actions as budget
from maeul.decision.plan import rules
from maeul.decision.plan.actions.say import locked, refuse, register, say
from maeul.decision.plan.rules import State
from maeul.ground.audit import actions as audit
from maeul.ground.law.models import Provision
from maeul.ground.thread import actions as thread


@transaction.atomic
def bring_to_plenary(*, plan, meeting, by, at):
    """Put the plan on the list of a plenary of its council, so that a motion can adopt it."""
    plan = locked(plan)
    refuse(
        rules.why_not_bring(
            state=State(plan.state),
            items=plan.items.count(),
            by_the_council=meeting.body == Body.objects.council_of(plan.dong),
        )
    )
    topic = meetings.put_topic(meeting=meeting, title=plan.title, thread=plan.thread, by=by, at=at)
    audit.note("plan.brought_to_plenary", on=plan, by=by, at=at, meeting=meeting.pk)
    return topic


@transaction.atomic
def adopt(*, plan, motion, by, at):
    """Take over that the council's plenary adopted this plan (article 4).

    From here on nothing in it changes; its thread names the matters it was made of.
    """
    plan = locked(plan)
    items = list(plan.items.in_order().with_costs())
    refuse(
        rules.why_not_adopt(
            state=State(plan.state),
            costs=[item.cost_won for item in items],
            carried=bool(motion.is_carried),
            by_the_council=motion.meeting.body == Body.objects.council_of(plan.dong),
            same_matter=motion.thread.root_id == plan.thread.root_id,
        )
    )
    plan.state, plan.motion, plan.adopted_at = State.ADOPTED, motion, at
    plan.save(update_fields=["state", "motion", "adopted_at"])
    thread.trace(thread=plan.thread, origins=[item.thread for item in items], by=by, at=at)
    title = _("주민자치회 전체회의가 자치계획을 의결했습니다")
    say(plan, "adopt", title, text=plan.title, items=items, by=by, at=at, motion=motion.pk)
    register(plan, "plan", _("%s (전체회의 의결)"), by=by, at=at)
    return plan


@transaction.atomic
def table(*, plan, assembly, by, at, title="", text=""):
    """Put the whole plan to the assembly, for or against.  The box of the assembly tells every
    agenda item in it that it is tabled."""
    plan = locked(plan)
    refuse(
        rules.why_not_table(
            state=State(plan.state),
            same_dong=assembly.dong_id == plan.dong_id,
            asked=plan.is_asked,
        )
    )
    titles = plan.items.in_order().values_list("title", flat=True)
    plan.question = assembly_actions.put(
        assembly=assembly,
        kind=Kind.YES_NO,
        title=title.strip() or _("%(plan)s 받아들일까요?") % {"plan": josa(plan.title, "을")},
        text=text.strip() or "\n".join(f"- {each}" for each in titles),
        thread=plan.thread,
        by=by,
        at=at,
    )
    plan.state = State.TABLED
    plan.save(update_fields=["state", "question"])
    say(
        plan,
        "table",
        _("주민총회 투표에 올렸습니다"),
        text=assembly.title,
        by=by,
        at=at,
        assembly=assembly.pk,
    )
    return plan


@transaction.atomic
def ask_for_money(*, plan, round, assembly, items, by, at, at_most=None):
    """Put items of the plan before the assembly within the sum of a budget round, each at what
    its lines cost."""
    plan = locked(plan)
    rows = list(plan.items.in_order().with_costs().filter(pk__in=[item.pk for item in items]))
    refuse(
        rules.why_not_ask_for_money(
            state=State(plan.state), same_dong=round.dong_id == plan.dong_id, items=len(rows)
        )
    )
    audit.note("plan.asked_for_money", on=plan, by=by, at=at, round=round.pk, items=len(rows))
    return budget.put(
        round=round,
        assembly=assembly,
        options=[(row.thread, row.title, row.cost_won) for row in rows],
        at_most=at_most,
        by=by,
        at=at,
    )


@transaction.atomic
def take_result(*, plan, by, at):
    """Read from the announced result what the assembly made of the plan; the council has a month
    from then to hand it to the mayor (article 6(1))."""
    plan = locked(plan)
    published = plan.is_asked and plan.question.is_published
    refuse(rules.why_not_take_result(state=State(plan.state), published=published))
    [whole] = plan.question.outcomes()
    items = list(plan.items.in_order())
    plan.state = rules.decided(carried=whole.chosen, chosen=[item.is_chosen for item in items])
    plan.decided_at = at
    changed = ["state", "decided_at"]
    if plan.state != State.REJECTED:
        law = Provision.objects.in_force(dong=plan.dong, at=at)
        announced = timezone.localdate(plan.question.assembly.result_at)
        plan.submit_by = law["plan.submit_months"].months_after(announced)
        plan.kept = law.kept("plan.submit_months", "plan.reply_months", "plan.valid_until")
        changed += ["submit_by", "kept"]
    plan.save(update_fields=changed)
    say(plan, "take_result", str(plan.headline), by=by, at=at)
    return plan
