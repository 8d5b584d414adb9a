"""A hall vote: chosen before freezing, and its totals read by two tellers after closing."""

from dataclasses import dataclass

from django.db import transaction

from maeul.core import upload
from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.vault.ballot import door, hall, rules
from maeul.vault.ballot.actions.acts import is_fixed, locked, locked_whole, note
from maeul.vault.ballot.actions.board import append_acts
from maeul.vault.ballot.actions.boxes import why_not_counting
from maeul.vault.ballot.models import Election, HallTotals, Tally, TotalsReading
from maeul.vault.ballot.rules import Channel, State
from maeul.vault.ballot.texts import REFUSALS

PAPERS = ("tally_sheet", "minutes")


@dataclass(frozen=True, slots=True)
class TotalsRead:
    """What became of a reading: the totals hold, or what another teller read otherwise."""

    totals: HallTotals | None = None
    differing: tuple[str, ...] = ()


@transaction.atomic
def set_hall(*, election, is_hall, by, at) -> Election:
    """Vote in one room on paper and count aloud; or in the usual ways again."""
    election = locked_whole(election)
    refuse_if(rules.why_not_change(State(election.state)), REFUSALS)
    election.is_hall = is_hall
    if is_hall:
        election.channels, election.online_closes_at = [Channel.PAPER], None
    election.save(update_fields=["is_hall", "channels", "online_closes_at"])
    audit.note("ballot.hall_set", on=election, by=by, at=at, is_hall=is_hall)
    return election


@transaction.atomic
def read_totals(*, election, numbers, tally_sheet=None, minutes=None, by, at) -> TotalsRead:
    """Type what was counted aloud; `numbers` as `hall.named` calls them.

    Who read again says so anew; the totals hold, and their leaf hangs on the board, as soon as
    two tellers have read the same.
    """
    election = locked(election)
    asked = election.frozen().questions
    totals = hall.gathered(numbers, asked)
    refuse_if(
        why_not_counting(election, by)
        or hall.why_not_read_totals(
            State(election.state),
            is_hall=election.is_hall,
            is_fixed=is_fixed(election),
            is_agreed=hasattr(election, "totals"),
            totals=totals,
            asked=asked,
            has_tally_sheet=bool(tally_sheet or paper_of(election, "tally_sheet")),
            has_minutes=bool(minutes or paper_of(election, "minutes")),
        ),
        REFUSALS,
    )
    TotalsReading.objects.create(
        election=election,
        said=totals,
        tally_sheet=tally_sheet and upload.keep(tally_sheet, by=by, at=at),
        minutes=minutes and upload.keep(minutes, by=by, at=at),
        by=by,
        at=at,
    )
    note(election, "read_totals", by=by, at=at)
    others = list(election.totals_readings.newest().exclude(by=by).select_related("by"))
    same = next((other for other in others if other.said == totals), None)
    if same is None:
        mine, theirs = hall.named(totals), [hall.named(other.said) for other in others]
        return TotalsRead(differing=tuple(door.read_otherwise(mine, theirs)))
    sheet, signed = (paper_of(election, kind, by=(by, same.by)) for kind in PAPERS)
    refuse_if(
        hall.why_not_without_papers(has_tally_sheet=bool(sheet), has_minutes=bool(signed)), REFUSALS
    )
    agreed = HallTotals.objects.create(
        election=election,
        said=totals,
        tally_sheet=sheet,
        minutes=signed,
        first_by=same.by,
        by=by,
        at=at,
    )
    note(
        election,
        "agreed_totals",
        by=by,
        at=at,
        totals=totals,
        tally_sheet=agreed.tally_sheet.sha256,
        minutes=agreed.minutes.sha256,
    )
    append_acts(election)
    return TotalsRead(totals=agreed)


def paper_of(election, kind, *, by=None):
    """The newest photograph of the tally sheet, or the newest scan of the minutes: of all who
    read, or of these alone."""
    read = election.totals_readings.exclude(**{kind: None}).select_related(kind)
    read = (read if by is None else read.filter(by__in=by)).last()
    return read and getattr(read, kind)


def write_down_totals(election) -> None:
    """The agreed totals become what is counted; no ballot is known."""
    cell = election.frozen().fallback_cell
    questions = {question.key: question for question in election.questions.all()}
    Tally.objects.bulk_create(
        Tally(question=questions[key], cell=cell, **sums)
        for key, sums in election.totals.said["questions"].items()
    )
