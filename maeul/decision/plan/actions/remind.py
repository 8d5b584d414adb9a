from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.decision.plan import rules, texts
from maeul.decision.plan.actions.say import locked
from maeul.decision.plan.models import STAFF
from maeul.decision.plan.rules import State
from maeul.ground.audit import actions as audit
from maeul.ground.law.models import Provision
from maeul.ground.notice import actions as notice
from maeul.ground.people.models import Person, Role
from maeul.ground.people.rules import RoleKind


@transaction.atomic
def remind(*, plan, by, at):
    """Tell whoever has to act of the deadline that runs: before it, on it, and while it is late.

    The council hands the plan in within a month, the mayor answers within a month (article 6).
    While the mayor is late the dong's staff hears it too.  Returns how many were told.
    """
    plan = locked(plan)
    on, due_on = timezone.localdate(at), plan.deadline
    law = Provision.objects.in_force(dong=plan.dong, at=at)
    if due_on is None or not rules.is_to_be_reminded(
        due_on=due_on, on=on, every=law["plan.remind_days"].days(), reminded_on=plan.reminded_on
    ):
        return 0
    plan.reminded_on = on
    plan.save(update_fields=["reminded_on"])
    asked = plan.state == State.SUBMITTED
    late = (on - due_on).days
    said = texts.REMINDERS[asked, late > 0]
    facts = {"plan": plan.title, "day": f"{due_on.month}월 {due_on.day}일", "days": late}
    told = _people(plan, asked=asked, late=late > 0, on=on)
    for person in told:
        notice.tell(
            person=person,
            title=said % facts,
            text=_("기한은 자치계획 쪽에서 누구나 봅니다."),
            link=plan.get_absolute_url(),
            at=at,
        )
    audit.note("plan.reminded", on=plan, by=by, at=at, people=len(told), late=late)
    return len(told)


def _people(plan, *, asked, late, on):
    """The mayor's office once it is asked; else, or while it is late, the dong's staff."""
    roles = Role.objects.none()
    if asked:
        offices = Role.objects.holding(RoleKind.MAYOR_OFFICE, day=on)
        roles = offices.filter(district=plan.dong.district_id)
    if not asked or late:
        for kind in STAFF:
            roles = roles | Role.objects.holding(kind, day=on, dong=plan.dong)
    return list(Person.objects.filter(roles__in=roles).distinct().order_by("pk"))
