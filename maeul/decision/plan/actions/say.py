"""What every act of a plan has in common: its row, the trail, the threads, the index."""

from django.utils import timezone

from maeul.core.refusal import refuse_if
from maeul.decision.plan.models import Plan
from maeul.decision.plan.texts import REFUSALS
from maeul.ground.audit import actions as audit
from maeul.ground.search import actions as search
from maeul.ground.thread import actions as thread
from maeul.vault.record import actions as record


def locked(plan):
    """The row as it is now, held until the end of the deed."""
    return Plan.objects.select_for_update(of=["self"]).complete().get(pk=plan.pk)


def refuse(no):
    refuse_if(no, REFUSALS)


def say(plan, verb, title, *, by, at, text="", items=(), **facts):
    """Trail, the plan's thread, and the threads of `items`; public from the adoption on."""
    audit.note(f"plan.{verb}", on=plan, by=by, at=at, **facts)
    said = [(plan.thread, plan.get_absolute_url())]
    said += [(item.thread, item.get_absolute_url()) for item in items]
    for line, link in said:
        thread.note(
            thread=line,
            step=f"plan.{verb}",
            title=title,
            text=text,
            link=link,
            state=str(plan.get_state_display()),
            public=plan.is_public,
            by=by,
            at=at,
        )
    if plan.is_public:
        index(plan)


def index(plan):
    """What one can find it by: its words and its items."""
    items = plan.items.in_order()
    words = [plan.text, *(f"{item.title} {item.what}" for item in items)]
    search.put(
        link=plan.get_absolute_url(),
        kind="plan",
        title=plan.title,
        text="\n".join(word for word in words if word.strip()),
        on=timezone.localdate(plan.adopted_at),
        dong=plan.dong,
        cost_won=sum(item.cost_won for item in items.with_costs()),
        state=str(plan.get_state_display()),
        thread=plan.thread,
    )


def register(plan, kind, title, *, by, at):
    return record.register(
        kind=kind,
        title=title % plan.title,
        link=plan.get_absolute_url(),
        public=True,
        dong=plan.dong,
        by=by,
        at=at,
    )
