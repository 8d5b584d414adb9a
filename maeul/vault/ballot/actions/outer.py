"""Outer envelopes: a sheet of which it is not yet clear whose it is."""

from django.db import transaction

from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.vault.ballot import door as doors
from maeul.vault.ballot import gate, rules
from maeul.vault.ballot.actions.acts import locked
from maeul.vault.ballot.actions.at_door import at_the, is_taken, next_line, write
from maeul.vault.ballot.actions.known import hashes_of, secret_of
from maeul.vault.ballot.actions.poll_book import lock_entry
from maeul.vault.ballot.actions.walk_in import enrol_at_door
from maeul.vault.ballot.models import EVERYBODY, Outer, OuterRuling
from maeul.vault.ballot.rules import Channel, ReasonForOuter, Way
from maeul.vault.ballot.texts import REFUSALS


@transaction.atomic
def take_outer(
    *,
    booth,
    reason,
    name,
    proof,
    elector=None,
    born_on=None,
    style=EVERYBODY,
    list_number=None,
    by,
    at,
) -> Outer:
    """Take a sheet in a named envelope; `list_number` where it was signed without network.

    Changes nothing in the poll book: that is done when two officers accept it.
    """
    reason = ReasonForOuter(reason)
    door = at_the(booth, by)
    before = Channel(lock_entry(elector).channel) if elector else Channel.NONE
    refuse_if(
        doors.why_not_take_outer(
            door.now,
            reason=reason,
            number=list_number,
            taken=is_taken(door.booth, list_number),
            proof=proof,
            is_known=elector is not None,
            is_here=elector is not None and elector.booth_id == booth.pk,
            has_outer=elector is not None and elector.outers.undecided().exists(),
        )
        or rules.why_not_by(Channel.PAPER, door.now.channels)
        or (
            None
            if elector
            else doors.why_not_register(
                name=name.strip(),
                born_on=born_on,
                born_by=door.election.born_by,
                proof=proof,
                style=style,
                styles=door.election.styles,
            )
        )
        or rules.why_not_accept(before, Channel.PAPER),
        REFUSALS,
    )
    outer = Outer.objects.create(
        booth=booth,
        list_number=list_number or next_line(door.booth),
        reason=reason,
        elector=elector,
        name=elector.name if elector else " ".join(name.split()),
        style=elector.style if elector else style,
        proof=proof.strip(),
        clerk=by,
        at=door.moment,
        **hashes_of(secret_of(door.election), name, born_on),
    )
    audit.note("ballot.outer_taken", on=outer, by=by, at=door.moment, reason=str(reason))
    return outer


@transaction.atomic
def rule_on_outer(*, outer, accepted, elector=None, reason="", by, at) -> bool:
    """An officer says whose envelope it is (nobody: somebody new on the supplementary roll), or
    that it stays shut.  Answers whether two officers agree now; an accepted one is a check-in
    from then on."""
    gate.hold_open(outer.booth.election_id)
    election = locked(outer.booth.election)
    door = at_the(outer.booth, by)
    entry = lock_entry(elector) if accepted and elector else None
    mine = outer.rulings.newest().filter(by=by).first()
    elector = elector if accepted else None
    elector_id = elector and elector.pk
    refuse_if(
        doors.why_not_rule_on_outer(
            door.now,
            accepted=accepted,
            reason=reason,
            is_decided=Outer.objects.decided().filter(pk=outer.pk).exists(),
            is_new=mine is None or (mine.accepted, mine.elector_id) != (accepted, elector_id),
        )
        or (entry and rules.why_not_accept(Channel(entry.channel), Channel.PAPER)),
        REFUSALS,
    )
    ruling = OuterRuling.objects.create(
        outer=outer,
        accepted=accepted,
        elector=elector,
        reason=reason.strip(),
        by=by,
        at=door.moment,
    )
    audit.note("ballot.outer_ruled", on=ruling, by=by, at=door.moment, accepted=accepted)
    if not Outer.objects.decided().filter(pk=outer.pk).exists():
        return False
    if accepted:
        if elector is None:
            elector = enrol_at_door(
                election,
                booth=outer.booth,
                name=outer.name,
                style=outer.style,
                proof=outer.proof,
                by=by,
                at=door.moment,
                match_exact=outer.match_exact,
                match_name_day=outer.match_name_day,
                match_birth_family=outer.match_birth_family,
            )
            entry = lock_entry(elector)
        write(
            door,
            entry,
            elector,
            way=Way.OUTER,
            list_number=outer.list_number,
            by=outer.clerk,
            at=door.moment,
        )
    return True
