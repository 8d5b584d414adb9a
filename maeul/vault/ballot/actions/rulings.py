"""What two people decide of a check-in: undone, struck, lost, or that it stands."""

from django.db import transaction

from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.vault.ballot import door as doors
from maeul.vault.ballot import gate, rules
from maeul.vault.ballot.actions.acts import confirmed_by, locked, note
from maeul.vault.ballot.actions.at_door import at_the
from maeul.vault.ballot.actions.board import append_acts
from maeul.vault.ballot.actions.poll_book import bring_back, lock_entry
from maeul.vault.ballot.models import Line, Ruling
from maeul.vault.ballot.rules import RulingKind, Why
from maeul.vault.ballot.texts import REFUSALS

DECLARED_LOST = "declared_lost"


@transaction.atomic
def rule_on(*, check_in, kind, reason, by, at) -> Ruling:
    """Say something of a check-in.  With the second person who says the same it holds, and the
    elector's line in the poll book is again what it was before."""
    kind = RulingKind(kind)
    door = at_the(check_in.booth, by)
    entry = lock_entry(check_in.elector)
    refuse_if(
        doors.why_not_rule(
            door.now,
            kind=kind,
            way=rules.Way(check_in.way),
            has_cast=check_in.envelopes.exists(),
            said={each: check_in.rulings_of(each) for each in RulingKind},
            by=by.pk,
            reason=reason,
        ),
        REFUSALS,
    )
    ruling = Ruling.objects.create(
        check_in=check_in, kind=kind, reason=reason.strip(), by=by, at=door.moment
    )
    audit.note("ballot.ruled", on=ruling, by=by, at=door.moment, kind=str(kind))
    if check_in.ended_as():
        bring_back(entry)
    return ruling


@transaction.atomic
def declare_booth_lost(*, booth, reason, by, at) -> bool:
    """A booth that nobody heard of for a day after closing: its sheets are gone.

    With the second officer its check-ins on paper end, and online ballots count again.  Answers
    whether that is so now.
    """
    gate.hold_open(booth.election_id)
    locked(booth.election)  # its board grows
    door = at_the(booth, by)
    election = door.election
    subject = str(booth.pk)
    refuse_if(
        (No(Why.HALL_IS_NOT_LOST) if election.is_hall else None)
        or doors.why_not_declare_lost(door.now, reason=reason)
        or rules.why_not_confirm(
            officers={by.pk},
            confirmed=confirmed_by(election, DECLARED_LOST, subject),
            by=by.pk,
        ),
        REFUSALS,
    )
    note(
        election,
        DECLARED_LOST,
        by=by,
        at=door.moment,
        subject=subject,
        booth=booth.number,
        reason=reason.strip(),
    )
    if len(confirmed_by(election, DECLARED_LOST, subject)) < 2:
        return False
    note(
        election,
        "booth_lost",
        by=by,
        at=door.moment,
        subject=subject,
        booth=booth.number,
        reason=reason.strip(),
    )
    append_acts(election)
    acts = election.acts.filter(act=DECLARED_LOST, subject=subject).select_related("by")
    for check_in in door.booth.check_ins.standing().on_paper().order_by("elector"):
        entry = lock_entry(check_in.elector)
        for act in acts:
            Ruling.objects.create(
                check_in=check_in,
                kind=RulingKind.LOST,
                reason=act.facts["reason"],
                by=act.by,
                at=door.moment,
            )
        bring_back(entry)
    return True


@transaction.atomic
def hand_out_line_slips(*, booth, slips, by, at) -> Line:
    """At closing: so many people stand in line, each with a numbered slip."""
    door = at_the(booth, by)
    refuse_if(doors.why_not_hand_out(door.now, slips=slips), REFUSALS)
    line = Line.objects.create(booth=booth, slips=slips, by=by, at=door.moment)
    audit.note("ballot.line_counted", on=line, by=by, at=door.moment, slips=slips)
    return line


def lost_booths(election) -> set[int]:
    """Booths that two officers declared lost."""
    return {
        booth
        for booth in election.booths.values_list("pk", flat=True)
        if len(confirmed_by(election, DECLARED_LOST, str(booth))) >= 2
    }
