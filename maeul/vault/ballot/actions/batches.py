"""Batches of sheets: made, entered blind by two people, settled by a third, closed."""

from secrets import token_bytes

from django.db import transaction

from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.vault.ballot import paper, rules
from maeul.vault.ballot.actions.acts import locked, officers_of
from maeul.vault.ballot.actions.board import append_leaf
from maeul.vault.ballot.actions.boxes import left_in_box, why_not_counting
from maeul.vault.ballot.models import (
    BatchClosing,
    BatchShare,
    BatchWithdrawal,
    EntryTurn,
    PaperBatch,
    PaperEntry,
)
from maeul.vault.ballot.paper import Part
from maeul.vault.ballot.rules import Shown, State, Why
from maeul.vault.ballot.texts import REFUSALS


@transaction.atomic
def make_batch(*, election, style, shares, by, at) -> PaperBatch:
    """Tie sheets of one style together; `shares`: booth and how many of its sheets."""
    election = locked(election)
    shares = dict(shares)
    standing = election.paper_batches.standing()
    refuse_if(
        why_not_counting(election, by)
        or (No(Why.COUNTED_ALOUD) if election.is_hall else None)
        or paper.why_not_make_batch(
            State(election.state),
            style=style,
            styles=election.styles,
            shares={booth.name: sheets for booth, sheets in shares.items()},
            left={booth.name: left_in_box(booth) for booth in shares},
            same_style=list(standing.filter(style=style).values_list("sheets", flat=True)),
        ),
        REFUSALS,
    )
    last = election.paper_batches.order_by("-number").first()
    batch = PaperBatch.objects.create(
        election=election,
        number=last.number + 1 if last else 1,
        style=style,
        sheets=sum(shares.values()),
        by=by,
        at=at,
    )
    BatchShare.objects.bulk_create(
        BatchShare(batch=batch, booth=booth, sheets=sheets) for booth, sheets in shares.items()
    )
    audit.note("ballot.batch_made", on=batch, by=by, at=at, sheets=batch.sheets)
    return batch


@transaction.atomic
def withdraw_batch(*, batch, reason, by, at) -> BatchWithdrawal:
    """Miscounted or wrongly mixed: its sheets go into another batch.  The reason is published."""
    batch = _held(batch)
    refuse_if(
        _why_not_officer(batch.election, by)
        or paper.why_not_withdraw(
            is_withdrawn=hasattr(batch, "withdrawal"),
            is_closed=hasattr(batch, "closing"),
            reason=reason,
        ),
        REFUSALS,
    )
    gone = BatchWithdrawal.objects.create(batch=batch, reason=reason.strip(), by=by, at=at)
    audit.note("ballot.batch_withdrawn", on=batch, by=by, at=at)
    return gone


@transaction.atomic
def take_turn(*, batch, part, by, at) -> EntryTurn:
    """Begin to enter a batch.  Asked again by the same person it is the same turn."""
    batch = _held(batch)
    part = Part(part)
    refuse_if(
        why_not_counting(batch.election, by)
        or paper.why_not_take_turn(batch_now(batch), part=part, by=by.pk),
        REFUSALS,
    )
    turn, is_new = EntryTurn.objects.get_or_create(
        batch=batch, part=part, clerk=by, defaults={"at": at}
    )
    if is_new:
        audit.note("ballot.turn_taken", on=turn, by=by, at=at, part=str(part))
    return turn


@transaction.atomic
def enter(*, turn, sheet, said, by, at) -> PaperEntry:
    """Enter one sheet.  Sent twice with the same choices it is the same entry."""
    batch = _held(turn.batch)
    if turn.clerk_id != by.pk:
        refuse_if(No(Why.TURN_TAKEN), REFUSALS)
    known = turn.entries.filter(sheet=sheet).first()
    if known is not None and known.said == dict(said):
        return known
    asked = batch.election.frozen().questions_of(batch.style)
    refuse_if(
        paper.why_not_enter(
            batch_now(batch), part=Part(turn.part), sheet=sheet, said=said, asked=asked
        ),
        REFUSALS,
    )
    return PaperEntry.objects.create(turn=turn, sheet=sheet, said=said, at=at)


@transaction.atomic
def close_batch(*, batch, by, at) -> BatchClosing:
    """Both have entered every sheet and what differed is settled: the batch's leaf goes onto the
    board, so that nothing of it can change unseen."""
    batch = _held(batch)
    election = batch.election
    now = batch_now(batch)
    refuse_if(_why_not_officer(election, by) or paper.why_not_close_batch(now), REFUSALS)
    nonce = token_bytes(32)
    content = paper.content_of(
        number=batch.number,
        booths=[share.booth.number for share in batch.shares.select_related("booth")],
        style=batch.style,
        sheets=now.final(),
        asked=election.frozen().questions_of(batch.style),
        shown=shown_of(election, batch.style),
        nonce=nonce,
    )
    closing = BatchClosing.objects.create(
        batch=batch,
        nonce=nonce,
        content=content,
        leaf=paper.leaf_of(nonce, content),
        by=by,
        at=at,
    )
    append_leaf(election, bytes(closing.leaf))
    audit.note("ballot.batch_closed", on=batch, by=by, at=at, leaf=bytes(closing.leaf).hex())
    return closing


def shown_of(election, style) -> dict[str, Shown]:
    """Per question of a style, in the manifest's order, what is published of it."""
    how = {question.key: Shown(question.whole_ballots) for question in election.questions.all()}
    return {question.key: how[question.key] for question in election.frozen().questions_of(style)}


def batch_now(batch) -> paper.BatchNow:
    """How far the batch is, with everything that was entered."""
    asked = batch.election.frozen().questions_of(batch.style)
    turns = list(batch.turns.prefetch_related("entries"))
    return paper.BatchNow(
        sheets=batch.sheets,
        is_over=hasattr(batch, "closing") or hasattr(batch, "withdrawal"),
        clerks={Part(turn.part): turn.clerk_id for turn in turns},
        entered={
            Part(turn.part): {
                entry.sheet: paper.judged(asked, entry.said) for entry in turn.entries.all()
            }
            for turn in turns
        },
    )


def _held(batch) -> PaperBatch:
    """The batch as it is, its election held: rows that are only added to cannot be."""
    locked(batch.election)
    return PaperBatch.objects.select_related("election").get(pk=batch.pk)


def _why_not_officer(election, by) -> No | None:
    return rules.why_not_confirm(officers=officers_of(election), confirmed=(), by=by.pk)
