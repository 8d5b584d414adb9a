from django.db import transaction
from django.utils import timezone

from maeul.core.refusal import refuse_if
from maeul.decision.assembly import rules
from maeul.decision.assembly.actions.say import locked, refuse
from maeul.decision.assembly.models import OrderItem
from maeul.decision.assembly.rules import State
from maeul.ground.audit import actions as audit
from maeul.ground.people import rules as people
from maeul.ground.people.texts import REFUSALS as PEOPLE_REFUSALS


@transaction.atomic
def set_order(*, assembly, titles, presider, by, at):
    """Write the order of the day anew from the first turn that has not begun."""
    assembly = locked(assembly)
    begun = list(assembly.order.begun().in_order())
    refuse(
        rules.why_not_set_order(
            state=State(assembly.state), begun=[item.title for item in begun], titles=titles
        )
    )
    refuse_if(people.why_not_write(*titles), PEOPLE_REFUSALS)
    assembly.order.ahead().delete()
    OrderItem.objects.bulk_create(
        OrderItem(assembly=assembly, position=position, title=title)
        for position, title in enumerate(titles, 1)
        if position > len(begun)
    )
    assembly.presider = presider
    assembly.save(update_fields=["presider"])
    audit.note("assembly.order_set", on=assembly, by=by, at=at, turns=len(titles))
    return assembly


@transaction.atomic
def begin_next(*, assembly, by, at):
    """The next turn begins: the hall's screen shows it, the minutes will say when."""
    assembly = locked(assembly)
    ahead = assembly.order.ahead().in_order()
    on = timezone.localdate(at)
    refuse(rules.why_not_begin_next(ahead=len(ahead), held_on=assembly.held_on, on=on))
    item = ahead[0]
    item.begun_at = at
    item.save(update_fields=["begun_at"])
    audit.note("assembly.turn_begun", on=item, by=by, at=at)
    return item


@transaction.atomic
def take_back(*, assembly, by, at):
    """The last turn has not begun after all."""
    assembly = locked(assembly)
    begun = list(assembly.order.begun().in_order())
    on = timezone.localdate(at)
    refuse(rules.why_not_take_back(begun=len(begun), held_on=assembly.held_on, on=on))
    item = begun[-1]
    item.begun_at = None
    item.save(update_fields=["begun_at"])
    audit.note("assembly.turn_taken_back", on=item, by=by, at=at)
    return item
