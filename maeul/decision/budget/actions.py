from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.core.money import won as in_won
from maeul.core.refusal import refuse_if
from maeul.decision.assembly import actions as assembly_actions
from maeul.decision.assembly.rules import Kind
from maeul.decision.budget import rules
from maeul.decision.budget.models import (
    Allocation,
    AllocationPart,
    Appropriation,
    Change,
    Round,
    RoundPart,
    Stream,
)
from maeul.decision.budget.rules import RoundState
from maeul.decision.budget.texts import REFUSALS, SOURCES
from maeul.ground.audit import actions as audit
from maeul.ground.notice import actions as notice
from maeul.ground.search import actions as search
from maeul.ground.thread import actions as thread
from maeul.vault.ledger import actions as ledger
from maeul.vault.ledger.rules import AccountKind


@transaction.atomic
def found_stream(*, district, code, name, origin, decided_by, from_on, by, at, until_on=None):
    """Write down a scheme that gives money, from a day on (and, once known, until another)."""
    refuse_if(rules.why_not_found(from_on=from_on, until_on=until_on), REFUSALS)
    stream, made = Stream.objects.get_or_create(
        district=district,
        code=code,
        from_on=from_on,
        defaults={
            "name": name,
            "origin": origin,
            "decided_by": decided_by,
            "until_on": until_on,
        },
    )
    if made:
        audit.note("budget.stream_founded", on=stream, by=by, at=at)
    return stream


@transaction.atomic
def appropriate(*, stream, source, year, amount_won, by, at, dong=None, reason=""):
    """Set money aside.  Opens the appropriation's thread and its place in the books."""
    stream = Stream.objects.select_for_update().get(pk=stream.pk)
    taken = Appropriation.objects.filter(stream=stream, source=source, year=year, dong=dong)
    refuse_if(
        rules.why_not_appropriate(
            year=year,
            from_on=stream.from_on,
            until_on=stream.until_on,
            amount_won=amount_won,
            taken=taken.exists(),
        ),
        REFUSALS,
    )
    title = f"{year}년 {dong or stream.district} {stream} ({SOURCES[source]})"
    own = thread.open(title=title, dong=dong, by=by, at=at)
    fund = ledger.open_account(kind=AccountKind.FUNDING, title=title, thread=own, by=by, at=at)
    account = ledger.open_account(
        kind=AccountKind.APPROPRIATION, title=title, thread=own, by=by, at=at
    )
    appropriation = Appropriation.objects.create(
        stream=stream,
        source=source,
        year=year,
        dong=dong,
        amount_won=0,
        thread=own,
        fund=fund,
        account=account,
    )
    for place in (fund, account):
        place.link = appropriation.get_absolute_url()
        place.save(update_fields=["link"])
    _set_amount(appropriation, amount_won, reason or _("예산 편성"), by=by, at=at)
    return appropriation


@transaction.atomic
def change_appropriation(*, appropriation, amount_won, reason, by, at):
    """Change what was set aside; the row before it stays, with the reason beside it.

    It cannot go below what is given out, nor below what a round under way has promised.
    """
    appropriation = Appropriation.objects.select_for_update().get(pk=appropriation.pk)
    given = appropriation.amount_won - appropriation.account.balance_won
    refuse_if(
        rules.why_not_change(
            amount_won=amount_won,
            now_won=appropriation.amount_won,
            bound_won=given + _promised_won(appropriation),
            reason=reason,
        ),
        REFUSALS,
    )
    return _set_amount(appropriation, amount_won, reason, by=by, at=at)


@transaction.atomic
def open_round(*, dong, year, appropriations, limit_won, by, at, title=""):
    """Open a participatory round of a dong: these appropriations, and how much of them."""
    wanted = [appropriation.pk for appropriation in appropriations]
    rows = list(Appropriation.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    refuse_if(
        rules.why_not_open_round(
            purses=[
                (
                    row.dong_id == dong.pk and row.year == year,
                    not row.rounds.exists(),
                    row.account.balance_won,
                )
                for row in rows
            ],
            limit_won=limit_won,
        ),
        REFUSALS,
    )
    title = title or _("%(year)s년 %(dong)s 시민참여예산") % {"year": year, "dong": dong}
    round = Round.objects.create(
        dong=dong,
        year=year,
        title=title,
        limit_won=limit_won,
        thread=thread.open(
            title=title, dong=dong, by=by, at=at, origins=[row.thread for row in rows]
        ),
        opened_at=at,
    )
    RoundPart.objects.bulk_create(RoundPart(round=round, appropriation=row) for row in rows)
    audit.note("budget.round_opened", on=round, by=by, at=at, limit_won=limit_won)
    _tell_of(round, "budget.round_opened", by=by, at=at)
    return round


@transaction.atomic
def put(*, round, assembly, options, by, at, at_most=None, title="", text=""):
    """Put the round before the assembly: `options` are (thread, title, cost)."""
    round = _held(round)
    refuse_if(
        rules.why_not_put(state=round.state, same_dong=assembly.dong_id == round.dong_id),
        REFUSALS,
    )
    round.question = assembly_actions.put(
        assembly=assembly,
        kind=Kind.BUDGET,
        title=title or round.title,
        text=text,
        options=options,
        limit=round.limit_won,
        at_most=at_most,
        by=by,
        at=at,
    )
    round.save(update_fields=["question"])
    audit.note("budget.round_put", on=round, by=by, at=at)
    _tell_of(round, "budget.round_put", by=by, at=at)
    return round


@transaction.atomic
def allocate(*, round, by, at):
    """Give what the published result chose its won, exactly, once.

    The result is read here and nowhere else; asked again, it gives nothing again.
    """
    round = _held(round)
    if round.state == RoundState.ALLOCATED:
        return list(round.allocations.order_by("pk"))
    published = round.question_id is not None and round.question.is_published
    winners = [
        (outcome.thread, outcome.cost_won)
        for outcome in (round.question.outcomes() if published else [])
        if outcome.chosen
    ]
    refuse_if(
        rules.why_not_allocate(
            state=round.state,
            published=published,
            chosen_won=[won for _matter, won in winners],
            limit_won=round.limit_won,
        ),
        REFUSALS,
    )
    given = give_to_winners(round, winners, by=by, at=at)
    round.allocated_at = at
    round.save(update_fields=["allocated_at"])
    _tell_of(round, "budget.round_allocated", by=by, at=at)
    return given


def _held(round):
    """The round's row, held until the transaction ends."""
    return (
        Round.objects.select_for_update(of=["self"])
        .select_related("dong", "thread", "question__assembly__election")
        .get(pk=round.pk)
    )


@transaction.atomic
def give_to_winners(round, winners, *, by, at):
    """`winners`: (thread, won) in the order of choice.  Purse by purse, city money first."""
    purses = list(
        Appropriation.objects.select_for_update(of=["self"]).filter(rounds=round).in_order()
    )
    shares = rules.drawn_from(
        [(number, purse.account.balance_won) for number, purse in enumerate(purses)],
        [won for _matter, won in winners],
    )
    return [
        _give(round, matter, won, [(purses[number], part) for number, part in parts], by=by, at=at)
        for (matter, won), parts in zip(winners, shares, strict=True)
    ]


def _give(round, matter, won, parts, *, by, at):
    allocation = Allocation.objects.create(round=round, thread=matter, won=won, at=at)
    link = allocation.get_absolute_url()
    for purse, part in parts:
        account = ledger.open_account(
            kind=AccountKind.ALLOCATED,
            title=f"{matter} ({purse.get_source_display()})"[:200],
            thread=matter,
            link=link,
            by=by,
            at=at,
        )
        row = AllocationPart.objects.create(
            allocation=allocation, appropriation=purse, account=account, won=part
        )
        ledger.move(
            thread=matter,
            text=_("주민총회 결과에 따른 배정"),
            source=row,
            out_of=purse.account,
            into=account,
            won=part,
            by=by,
            at=at,
            link=link,
        )
    audit.note("budget.allocated", on=allocation, by=by, at=at, won=won)
    title = _("%(won)s이 배정되었습니다") % {"won": in_won(won)}
    thread.note(
        thread=matter,
        step="budget.allocated",
        title=title,
        link=link,
        state=_("배정"),
        public=True,
        by=by,
        at=at,
    )
    notice.tell(person=matter.opened_by, title=f"{matter}: {title}"[:200], link=link, at=at)
    return allocation


def _set_amount(appropriation, amount_won, reason, *, by, at):
    difference = amount_won - appropriation.amount_won
    entry = ledger.post(
        thread=appropriation.thread,
        text=reason,
        source=appropriation,
        postings=[(appropriation.fund, -difference), (appropriation.account, difference)],
        by=by,
        at=at,
        link=appropriation.get_absolute_url(),
    )
    change = Change.objects.create(
        appropriation=appropriation,
        before_won=appropriation.amount_won,
        after_won=amount_won,
        reason=reason,
        entry=entry,
        at=at,
    )
    appropriation.amount_won = amount_won
    appropriation.save(update_fields=["amount_won"])
    audit.note("budget.appropriated", on=appropriation, by=by, at=at, amount_won=amount_won)
    thread.note(
        thread=appropriation.thread,
        step="budget.appropriated",
        title=_("%(won)s으로 정했습니다") % {"won": in_won(amount_won)},
        text=reason,
        link=appropriation.get_absolute_url(),
        public=True,
        by=by,
        at=at,
    )
    return change


def _promised_won(appropriation):
    """What a round that is not yet allocated needs of this appropriation."""
    round = appropriation.rounds.filter(allocated_at=None).first()
    if round is None:
        return 0
    others = round.appropriations.exclude(pk=appropriation.pk)
    return max(0, round.limit_won - sum(other.account.balance_won for other in others))


def _tell_of(round, step, *, by, at):
    thread.note(
        thread=round.thread,
        step=step,
        title=round.title,
        link=round.get_absolute_url(),
        state=str(round.state_label),
        public=True,
        by=by,
        at=at,
    )
    search.put(
        link=round.get_absolute_url(),
        kind="budget",
        title=round.title,
        on=timezone.localdate(at),
        dong=round.dong,
        cost_won=round.limit_won,
        state=str(round.state_label),
        thread=round.thread,
    )
