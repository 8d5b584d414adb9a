"""Plans as far along as a test needs them, through the actions of all that is below."""

from datetime import timedelta

from maeul.decision.assembly import actions as assembly_actions
from maeul.decision.assembly.tests import factories as assemblies
from maeul.decision.plan import actions
from maeul.voice.agenda.tests.factories import item_in

LINES = [("그늘 의자", 1_200_000, 3), ("설치", 400_000, 1)]  # 4,000,000 won


def drawn_up(dong, *, by, at, year=2027):
    return actions.draw_up(dong=dong, year=year, by=by, at=at)


def filled(dong, *, by, at, titles=("긴 의자", "밝은 등"), year=2027):
    """A draft with an item for each title, 4,000,000 won each."""
    plan = drawn_up(dong, by=by, at=at, year=year)
    for title in titles:
        item = item_in(dong, "reviewed", title=title, at=at)
        actions.add_item(plan=plan, item=item, lines=LINES, by=by, at=at)
    return plan


def adopted(dong, *, by, at, **facts):
    plan = filled(dong, by=by, at=at, **facts)
    motion = assemblies.decided_by_plenary(dong, by=by, at=at, matter=plan.thread, text=plan.title)
    return actions.adopt(plan=plan, motion=motion, by=by, at=at)


def tabled(dong, *, officer, at, apart=False, **facts):
    """On the ballot of an assembly; `apart`: its items are also asked one by one (one wins)."""
    plan = adopted(dong, by=officer, at=at, **facts)
    assembly = assemblies.ruled(dong, by=officer, at=at)
    plan = actions.table(plan=plan, assembly=assembly, by=officer, at=at)
    if apart:
        assembly_actions.put(
            assembly=assembly,
            kind="choose",
            title="먼저 할 일은?",
            options=[(row.thread, row.title, row.won) for row in plan.items.in_order()],
            at_most=1,
            by=officer,
            at=at,
        )
    return plan


def voted(dong, *, officer, at, yes=5, no=0, first=None, **facts):
    """The result is announced: so many for and against; `first`: the option all choose next."""
    plan = tabled(dong, officer=officer, at=at, apart=first is not None, **facts)
    assemblies.neighbours(dong, yes + no)
    assembly = assemblies.opened_poll(plan.question.assembly, officer=officer, at=at)
    more = {"q2": [first]} if first else {}
    assemblies.cast(assembly, [{"q1": [1], **more}] * yes + [{"q1": [2], **more}] * no)
    assembly = assemblies.published(assembly)
    then = assembly.election.closes_at
    assembly_actions.announce_result(assembly=assembly, by=officer, at=then)
    plan.refresh_from_db()
    return plan


def decided(dong, *, officer, at, **facts):
    plan = voted(dong, officer=officer, at=at, **facts)
    then = plan.question.assembly.result_at
    return actions.take_result(plan=plan, by=officer, at=then)


def submitted(dong, *, officer, at, **facts):
    plan = decided(dong, officer=officer, at=at, **facts)
    return actions.submit(plan=plan, by=officer, at=plan.decided_at + timedelta(days=3))


def replied(dong, *, officer, at, by, **facts):
    """Every chosen item is taken over as it is."""
    plan = submitted(dong, officer=officer, at=at, **facts)
    then = plan.submitted_at + timedelta(days=5)
    for row in plan.items.chosen().in_order():
        actions.reply(plan_item=row, verdict="accepted", by=by, at=then)
    plan.refresh_from_db()
    return plan
