from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.decision.plan import rules
from maeul.decision.plan.actions.say import index, locked, refuse, register, say
from maeul.decision.plan.models import PlanItem
from maeul.decision.plan.rules import State, Verdict
from maeul.ground.audit import actions as audit
from maeul.ground.law.models import Provision
from maeul.ground.notice import actions as notice
from maeul.ground.people.models import Person, Role
from maeul.ground.people.rules import RoleKind
from maeul.ground.thread import actions as thread
from maeul.voice.agenda.models import AgendaItem


@transaction.atomic
def submit(*, plan, by, at):
    """Hand the decided plan to the mayor, who has a month to answer (article 6(2))."""
    plan = locked(plan)
    refuse(rules.why_not_submit(state=State(plan.state)))
    law = Provision.objects.in_force(dong=plan.dong, at=at)
    today = timezone.localdate(at)
    plan.state, plan.submitted_at = State.SUBMITTED, at
    plan.reply_by = law["plan.reply_months"].months_after(today)
    plan.reminded_on = None  # of the next deadline
    plan.save(update_fields=["state", "submitted_at", "reply_by", "reminded_on"])
    late = plan.submit_by is not None and today > plan.submit_by
    chosen = list(plan.items.chosen().in_order())
    text = _("%(day)s까지 사업마다 답을 받습니다.") % {"day": _day(plan.reply_by)}
    title = _("자치계획을 구청장에게 냈습니다")
    say(plan, "submit", title, text=text, items=chosen, by=by, at=at, late=late)
    register(plan, "plan_submission", _("%s 제출"), by=by, at=at)
    offices = Role.objects.holding(RoleKind.MAYOR_OFFICE, day=today)
    offices = offices.filter(district=plan.dong.district_id)
    for person in Person.objects.filter(roles__in=offices).distinct().order_by("pk"):
        notice.tell(
            person=person,
            title=_("답할 자치계획이 왔습니다: %(plan)s") % {"plan": plan.title},
            text=text,
            link=plan.get_absolute_url(),
            at=at,
        )
    return plan


@transaction.atomic
def reply(*, plan_item, verdict, by, at, reason="", department=None, budget_won=None):
    """The mayor's answer to one item.  With the last one the plan has been answered."""
    plan = locked(plan_item.plan)
    row = PlanItem.objects.select_related("item__thread", "plan").get(pk=plan_item.pk)
    verdict = Verdict(verdict)
    refuse(
        rules.why_not_reply(
            state=State(plan.state),
            chosen=row.is_chosen,
            already=bool(row.verdict),
            verdict=verdict,
            reason=reason,
        )
    )
    row.verdict, row.reason, row.replied_at = verdict, reason.strip(), at
    row.reply_department, row.reply_budget_won = department or row.department, budget_won
    row.save()
    audit.note("plan.item_replied", on=row, by=by, at=at, verdict=verdict.value)
    title = _("구청장이 답했습니다: %(verdict)s") % {"verdict": row.get_verdict_display()}
    thread.note(
        thread=row.thread,
        step="plan.reply",
        title=title,
        text=row.reason,
        link=row.get_absolute_url(),
        state=str(row.get_verdict_display()),
        public=True,
        by=by,
        at=at,
    )
    said = AgendaItem.objects.of_matter(row.thread).select_related("author")
    for person in {one.author_id: one.author for one in said if one.author_id}.values():
        notice.tell(
            person=person,
            title=title,
            text=f"‘{row.title}’\n\n{row.reason}".strip(),
            link=row.get_absolute_url(),
            at=at,
        )
    if not plan.items.chosen().unanswered().exists():
        _all_replied(plan, by=by, at=at)
    else:
        index(plan)
    return row


def _all_replied(plan, *, by, at):
    plan.state, plan.replied_at = State.REPLIED, at
    plan.save(update_fields=["state", "replied_at"])
    late = timezone.localdate(at) > plan.reply_by
    say(plan, "replied", str(plan.headline), by=by, at=at, late=late)
    register(plan, "plan_reply", _("%s에 대한 구청장의 답"), by=by, at=at)
    notice.announce(
        title=_("%(plan)s에 구청장이 답했습니다") % {"plan": plan.title},
        text=_("사업마다 무엇을 어떻게 반영하는지, 하지 않는다면 왜인지 볼 수 있습니다."),
        dong=plan.dong,
        link=plan.get_absolute_url(),
        by=by,
        at=at,
    )


def _day(on):
    return f"{on.month}월 {on.day}일"
