from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.decision.plan import rules
from maeul.decision.plan.actions.say import locked, refuse, say
from maeul.decision.plan.rules import State


@transaction.atomic
def take_effect(*, plan, by, at):
    """From the answers on the plan is what the dong goes by, until the next assembly."""
    plan = locked(plan)
    refuse(rules.why_not_take_effect(state=State(plan.state)))
    plan.state, plan.in_force_from = State.IN_FORCE, timezone.localdate(at)
    plan.save(update_fields=["state", "in_force_from"])
    chosen = list(plan.items.chosen().in_order())
    say(plan, "take_effect", _("자치계획을 시행합니다"), items=chosen, by=by, at=at)
    return plan


@transaction.atomic
def expire(*, plan, by, at):
    """The next assembly has been held: the plan was in force until the day before (article 6)."""
    plan = locked(plan)
    last_day = plan.last_day
    refuse(
        rules.why_not_expire(state=State(plan.state), last_day=last_day, on=timezone.localdate(at))
    )
    plan.state, plan.in_force_until = State.EXPIRED, last_day
    plan.save(update_fields=["state", "in_force_until"])
    say(plan, "expire", _("다음 주민총회가 열려 자치계획의 기간이 끝났습니다"), by=by, at=at)
    return plan
