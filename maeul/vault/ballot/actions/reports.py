"""What was signed on paper at a booth when it closed, read by two."""

from dataclasses import dataclass

from django.db import transaction

from maeul.core import upload
from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.vault.ballot import door as doors
from maeul.vault.ballot.actions.at_door import at_the
from maeul.vault.ballot.models import BoothReading, BoothReport
from maeul.vault.ballot.rules import Why
from maeul.vault.ballot.texts import REFUSALS


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a reading: the booth's counts hold, or what another person read otherwise."""

    report: BoothReport | None = None
    differing: tuple[str, ...] = ()


@transaction.atomic
def report(
    *, booth, signatures, sheets_given, sheets_back, outer_envelopes, photo=None, by, at
) -> Read:
    """Read what was signed at the booth when it closed.  Who read again says so anew; the counts
    hold as soon as two people have read the same, with a photograph of the paper."""
    door = at_the(booth, by)
    counts = {
        "signatures": signatures,
        "sheets_given": sheets_given,
        "sheets_back": sheets_back,
        "outer_envelopes": outer_envelopes,
    }
    refuse_if(
        (No(Why.COUNTED_ALOUD) if door.election.is_hall else None)
        or doors.why_not_report(
            door.now,
            counts=counts,
            has_photo=photo is not None or door.booth.photo_of_counts() is not None,
        ),
        REFUSALS,
    )
    reading = BoothReading.objects.create(
        booth=door.booth,
        **counts,
        photo=photo and upload.keep(photo, by=by, at=door.moment),
        by=by,
        at=door.moment,
    )
    audit.note("ballot.booth_read", on=reading, by=by, at=door.moment, **counts)
    others = list(door.booth.readings.newest().exclude(by=by).select_related("by"))
    same = next((other for other in others if other.counts == counts), None)
    if same is None:
        differing = doors.read_otherwise(counts, [other.counts for other in others])
        return Read(differing=tuple(differing))
    photo_of_two = door.booth.photo_of_counts(by=(by, same.by))
    refuse_if(None if photo_of_two else No(Why.PHOTO_MISSING), REFUSALS)
    written = BoothReport.objects.create(
        booth=door.booth,
        **counts,
        photo=photo_of_two,
        first_by=same.by,
        by=by,
        at=door.moment,
    )
    audit.note("ballot.booth_reported", on=written, by=by, at=door.moment)
    return Read(report=written)
