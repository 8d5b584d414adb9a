"""The board outside the house, and what is done when it knows more than we do.

A database that was restored from an old backup has forgotten ballots whose receipts are out.  The
board outside has not: so it is looked at before anything is added to our own.  Whoever is behind
takes no ballot until two officers have put the missing batches back; what is gone is published, and
those whose ballots these were vote again (`extend` gives them time).
"""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.ground.notice import actions as notice
from maeul.ground.people.models import Person
from maeul.vault.ballot import board, gate, rules
from maeul.vault.ballot.actions.acts import confirmed_by, locked, note, officers_of
from maeul.vault.ballot.actions.board import board_file
from maeul.vault.ballot.models import BoardEntry, Election
from maeul.vault.ballot.rules import State, Why
from maeul.vault.ballot.texts import REFUSALS

CONFIRMED = "confirmed_board"


def place_outside(election) -> Path | None:
    """Where the board is kept on another machine; None where no such folder is named."""
    return settings.HEADS_FOLDER and settings.HEADS_FOLDER / f"{election.pk}.jsonl"


def keep_outside(*, election) -> None:
    """Write the board as it stands, whole or not at all."""
    place = place_outside(election)
    if place is None:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_suffix(".new")
    new.write_bytes(board_file(election))
    new.replace(place)


@transaction.atomic
def look_outside(*, election, at) -> bool:
    """Whether the board outside has batches that are not here.  Told once in the acts."""
    election = locked(election)
    place = place_outside(election)
    if not election.is_behind() and place is not None and place.exists():
        lost = missing_here(election, place.read_bytes())
        if lost:
            note(election, "fell_behind", by="system", at=at, subject=lost[-1].head.hex())
    return election.is_behind()


@transaction.atomic
def restore_board(*, election, content, by, at) -> bool:
    """Put the batches of the board outside back; two officers bring the same file.

    Answers whether they are back now.  Their heads follow from ours, so nothing else can be put in.
    """
    gate.shut(election.pk)
    election = locked(election)
    if election.state not in (State.FROZEN, State.OPEN):
        refuse_if(No(Why.ALREADY_CLOSED, closes_at=election.ends_at), REFUSALS)
    lost = missing_here(election, content)
    refuse_if(None if lost else No(Why.NOT_BEHIND), REFUSALS)
    head, file = lost[-1].head.hex(), sha256(content).hexdigest()
    refuse_if(
        rules.why_not_confirm(
            officers=officers_of(election),
            confirmed=confirmed_by(election, CONFIRMED, file),
            by=by.pk,
        ),
        REFUSALS,
    )
    if not election.is_behind():
        note(election, "fell_behind", by=by, at=at, subject=head)
    note(election, CONFIRMED, by=by, at=at, subject=file)
    if len(confirmed_by(election, CONFIRMED, file)) < 2:
        return False
    BoardEntry.objects.bulk_create(
        (
            BoardEntry(election=election, batch=batch.number, leaf=leaf, head=batch.head)
            for batch in lost
            for leaf in batch.leaves
        ),
        batch_size=2000,
    )
    here = {bytes(each) for each in election.envelopes.values_list("tracker", flat=True)}
    gone = sorted({leaf for batch in lost for leaf in batch.leaves} - here)
    note(
        election, "board_restored", by=by, at=at, subject=election.fallen_behind(),
        gone=[leaf.hex() for leaf in gone],
    )  # fmt: skip
    _tell_everybody(election, len(gone), at=at)
    return True


def missing_here(election, content) -> tuple[board.Batch, ...]:
    """The batches of a board outside that are not on ours; refuses a board that is not ours."""
    first = bytes(election.chain0)
    try:
        outside = board.read(content, first)
    except board.BrokenBoard:
        refuse_if(No(Why.BOARD_UNREADABLE), REFUSALS)
    try:
        return board.missing(board.read(board_file(election), first), outside)
    except board.BrokenBoard as broken:
        refuse_if(No(Why.BOARD_OF_ANOTHER_PAST, batch=broken.line - 1), REFUSALS)
        raise


def gone_of(election: Election) -> set[bytes]:
    """Leaves on the board whose ballots a restored backup did not have."""
    restored = election.acts.filter(act="board_restored").values_list("facts", flat=True)
    return {bytes.fromhex(leaf) for facts in restored for leaf in facts["gone"]}


def _tell_everybody(election, gone, *, at):
    """Nobody knows whose they were: whoever may vote is told how to find out."""
    for person in Person.objects.filter(pk__in=election.electors.values("person")):
        notice.tell(
            person=person,
            title=_("투표함을 되살렸습니다: %(election)s") % {"election": election.title},
            text=_(
                "고장으로 표 %(gone)s장이 사라졌습니다. 투표하셨다면 내 표가 셈에 들어가는지 봐"
                " 주세요. 들어가지 않으면 다시 투표해 주세요."
            )
            % {"gone": f"{gone:,}"},
            link=election.address_of_mine(),
            at=at,
        )
