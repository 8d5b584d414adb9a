"""Somebody on no list comes to the door: known after all, new, or to be decided by two."""

from dataclasses import dataclass

from django.db import transaction

from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.vault.ballot import door as doors
from maeul.vault.ballot import gate, matching
from maeul.vault.ballot.actions.acts import locked
from maeul.vault.ballot.actions.at_door import at_the
from maeul.vault.ballot.actions.known import hashes_of, secret_of
from maeul.vault.ballot.models import EVERYBODY, Elector
from maeul.vault.ballot.rules import ReasonForOuter
from maeul.vault.ballot.texts import REFUSALS


@dataclass(frozen=True, slots=True)
class WalkIn:
    elector: Elector | None
    """Who it is; nobody where two officers must decide."""
    is_new: bool = False
    outer: ReasonForOuter | None = None
    """Why this person votes in an outer envelope instead."""


@transaction.atomic
def register_walk_in(*, booth, name, born_on, proof, style=EVERYBODY, by, at) -> WalkIn:
    """Put somebody onto the supplementary roll (현장 등록), if they are on neither roll yet.

    An exact match of name and birth date is that elector.  Two of them, or one that is nearly the
    same, are for two officers: nobody waits, the sheet goes into an outer envelope.
    """
    gate.hold_open(booth.election_id)
    election = locked(booth.election)  # numbers of the roll, and the same person at two tables
    door = at_the(booth, by)
    refuse_if(
        doors.why_not_at_table(door.now)
        or doors.why_not_register(
            name=matching.plain(name),
            born_on=born_on,
            born_by=election.born_by,
            proof=proof,
            style=style,
            styles=election.styles,
        ),
        REFUSALS,
    )
    hashes = matching.hashes(secret_of(election), name=name, born_on=born_on)
    exact = list(election.electors.exactly(hashes)[:2])
    if len(exact) == 1:
        return WalkIn(exact[0])
    if exact:
        return WalkIn(None, outer=ReasonForOuter.TWO_MATCHES)
    if election.electors.nearly(hashes).exists():
        return WalkIn(None, outer=ReasonForOuter.NEAR_MATCH)
    return WalkIn(
        enrol_at_door(
            election,
            booth=booth,
            name=name,
            style=style,
            proof=proof,
            by=by,
            at=door.moment,
            **hashes_of(secret_of(election), name, born_on),
        ),
        is_new=True,
    )


def enrol_at_door(election, *, booth, name, style, proof, by, at, **hashes) -> Elector:
    """A new number of the supplementary roll; the election's row is held."""
    roll = Elector.Roll.SUPPLEMENTARY
    last = election.electors.filter(roll=roll).order_by("-number").first()
    elector = Elector.objects.create(
        election=election,
        roll=roll,
        number=last.number + 1 if last else 1,
        name=" ".join(name.split()),
        style=style,
        proof=proof,
        booth=booth,
        **hashes,
    )
    audit.note("ballot.registered_at_door", on=elector, by=by, at=at)
    return elector
