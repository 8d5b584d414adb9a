"""The public board grows by batches; the last one is written under the shut gate."""

from django.db import transaction
from django.db.models import Exists, Max, OuterRef

from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.vault.ballot import board, clock, gate, rules
from maeul.vault.ballot.actions.acts import locked, note
from maeul.vault.ballot.models import BoardEntry
from maeul.vault.ballot.rules import State, Why
from maeul.vault.ballot.texts import REFUSALS


@transaction.atomic
def open_poll(*, election, by, at):
    """Write down that the poll is open.  Ballots are taken by the clock, not by this."""
    election = locked(election)
    moment = clock.now()
    if election.state == State.FROZEN and election.is_open(moment):
        election.state = State.OPEN
        election.save(update_fields=["state"])
        note(election, "opened_poll", by=by, at=at)
    return election


@transaction.atomic
def append_batch(*, election) -> int:
    """Put the trackers that are not on the board onto it, ascending; none, if there are none."""
    return _append(locked(election))


@transaction.atomic
def close(*, election, by, at):
    """Close the poll when its time is over: nobody is in the gate, the last batch is written."""
    gate.shut(election.pk)
    election = locked(election)
    refuse_if(
        rules.why_not_close(State(election.state), closes_at=election.ends_at, clock=clock.now())
        or (No(Why.BEHIND) if election.is_behind() else None),
        REFUSALS,
    )
    _append(election)
    note(
        election,
        "closed",
        by=by,
        at=at,
        head=election.head().hex(),
        batch=election.board.aggregate(last=Max("batch"))["last"] or 0,
    )
    append_acts(election)
    election.state = State.CLOSED
    election.save(update_fields=["state"])
    return election


def append_acts(election) -> None:
    """Officers' acts that say what became of the poll follow the last ballots."""
    on_it = election.board.filter(leaf=OuterRef("leaf"))
    acts = election.acts.filter(~Exists(on_it), leaf__isnull=False)
    _hang_on(election, sorted(bytes(leaf) for leaf in acts.values_list("leaf", flat=True)))


def append_leaf(election, leaf) -> None:
    """One closed batch of paper; the election's row is held."""
    _hang_on(election, [leaf])


def _append(election) -> int:
    trackers = election.envelopes.not_on_the_board().values_list("tracker", flat=True)
    return _hang_on(election, sorted(bytes(tracker) for tracker in trackers))


def _hang_on(election, leaves) -> int:
    if not leaves:
        return 0
    last = election.board.order_by("-batch").first()
    head = board.next_head(bytes(last.head if last else election.chain0), leaves)
    number = last.batch + 1 if last else 1
    BoardEntry.objects.bulk_create(
        (BoardEntry(election=election, batch=number, leaf=leaf, head=head) for leaf in leaves),
        batch_size=2000,
    )
    return len(leaves)


def closing(election) -> tuple[int, bytes]:
    """The last batch of sealed ballots and its head, as read out at closing."""
    facts = election.acts.get(act="closed").facts
    return facts["batch"], bytes.fromhex(facts["head"])


def board_file(election, *, until=None) -> bytes:
    """`board.jsonl` as it stands, or as it stood with batch `until`."""
    batches: dict[int, list[bytes]] = {}
    heads: dict[int, bytes] = {}
    entries = election.board.order_by("batch", "leaf")
    if until is not None:
        entries = entries.filter(batch__lte=until)
    for batch, leaf, head in entries.values_list("batch", "leaf", "head"):
        batches.setdefault(batch, []).append(bytes(leaf))
        heads[batch] = bytes(head)
    return board.write(
        bytes(election.chain0),
        [board.Batch(number, tuple(leaves), heads[number]) for number, leaves in batches.items()],
    )
