from maeul.council.membership.access import sits_in
from maeul.council.membership.models import Body
from maeul.decision.budget.access import can_run_round
from maeul.decision.plan.models import STAFF
from maeul.ground.people.rules import RoleKind


def can_draw_up(person, dong) -> bool:
    """The council writes its plan with its secretary; the dong's officer helps."""
    return person.is_authenticated and any(person.holds(kind, dong=dong) for kind in STAFF)


def can_edit(person, plan) -> bool:
    """Write it, and carry it from the plenary to the assembly and to the mayor."""
    return can_draw_up(person, plan.dong)


def can_ask_for_money(person, plan) -> bool:
    """Who may put a budget round of the dong before the assembly."""
    return can_run_round(person, plan.dong)


def can_reply(person, plan) -> bool:
    """The mayor's office answers for the mayor."""
    return person.is_authenticated and person.holds(RoleKind.MAYOR_OFFICE, dong=plan.dong)


def can_see(person, plan) -> bool:
    """Everybody once adopted; before that those who write it and the members who will adopt it."""
    if plan.is_public:
        return True
    if not person.is_authenticated:
        return False
    if can_edit(person, plan):
        return True
    council = Body.objects.council_of(plan.dong)
    return council is not None and sits_in(person, council)
