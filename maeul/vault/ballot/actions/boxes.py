"""The boxes are opened: two people count the sheets of each."""

from django.db import transaction

from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.vault.ballot import paper
from maeul.vault.ballot.actions.acts import is_fixed
from maeul.vault.ballot.actions.rulings import lost_booths
from maeul.vault.ballot.models import BatchShare, Booth, BoxCount, CheckIn, Clerk, Outer
from maeul.vault.ballot.rules import ON_PAPER, BoothFigures, Channel, RulingKind, State, Why
from maeul.vault.ballot.texts import REFUSALS


@transaction.atomic
def count_box(*, booth, sheets, by, at) -> int | None:
    """Say how many sheets lie in a booth's box.  Who counted again says so anew; the number
    holds as soon as two people have the same.  Answers it, or None."""
    booth = Booth.objects.select_for_update(no_key=True).get(pk=booth.pk)
    election = booth.election
    refuse_if(
        why_not_counting(election, by)
        or (No(Why.COUNTED_ALOUD) if election.is_hall else None)
        or paper.why_not_count_box(
            State(election.state),
            is_fixed=is_fixed(election),
            is_lost=booth.pk in lost_booths(election),
            is_counted=in_box(booth) is not None,
            sheets=sheets,
        ),
        REFUSALS,
    )
    counted = BoxCount.objects.create(booth=booth, sheets=sheets, by=by, at=at)
    audit.note("ballot.box_counted", on=counted, by=by, at=at, sheets=sheets)
    return in_box(booth)


def in_box(booth) -> int | None:
    """The number two people agree on."""
    newest = booth.box_counts.newest()
    return paper.agreed(dict(newest.values_list("by_id", "sheets")))


def left_in_box(booth) -> int | None:
    """Sheets that are in no batch yet."""
    counted = in_box(booth)
    return counted and counted - batched(booth)


def batched(booth) -> int:
    shares = BatchShare.objects.filter(booth=booth, batch__withdrawal=None)
    return sum(shares.values_list("sheets", flat=True))


def booths_with_boxes(election):
    """Booths in whose box there may be sheets to count."""
    if not election.takes(Channel.PAPER) or election.is_hall:
        return election.booths.none()
    return election.booths.exclude(pk__in=lost_booths(election))


def figures_of(booth) -> BoothFigures:
    """What was counted by hand at a booth, beside what the check-ins say."""
    report = getattr(booth, "report", None)
    return _beside_check_ins(
        booth,
        in_box=in_box(booth) or 0,
        given=report.sheets_given if report else 0,
        back=report.sheets_back if report else 0,
        signatures=report.signatures if report else 0,
        batched=batched(booth),
    )


def figures_of_hall(election) -> list[BoothFigures]:
    """The same of a hall vote, from its totals."""
    if not hasattr(election, "totals"):
        return []
    said = election.totals.said
    return [
        _beside_check_ins(
            booth,
            in_box=said["slips"],
            given=said["given"],
            back=0,
            signatures=said["signatures"],
            batched=None,
        )
        for booth in election.booths.all()
    ]


def _beside_check_ins(booth, *, in_box, given, back, signatures, batched) -> BoothFigures:
    check_ins = CheckIn.objects.filter(booth=booth)
    signed = check_ins.exclude(pk__in=check_ins.ruled(RulingKind.UNDONE).values("pk"))
    refused = _refused_outers(booth)
    return BoothFigures(
        number=booth.number,
        in_box=in_box,
        not_handed_in=paper.not_handed_in(given=given, back=back, refused=refused, in_box=in_box),
        sheets=signed.filter(way__in=ON_PAPER).count(),
        signatures=signatures,
        in_person=signed.count() + refused,
        batched=batched,
    )


def struck_sheets(booth) -> int:
    """Sheets in the box of people whose check-in was struck afterwards: they are listed."""
    return CheckIn.objects.filter(booth=booth, way__in=ON_PAPER).ruled(RulingKind.STRUCK).count()


def _refused_outers(booth) -> int:
    decided = Outer.objects.filter(booth=booth).decided()
    return decided.exclude(rulings__accepted=True).count()


def why_not_counting(election, by) -> No | None:
    """Officers of this election, and whoever is a clerk at one of its booths."""
    is_officer = election.officers.filter(person=by).exists()
    if is_officer or Clerk.objects.serving().filter(booth__election=election, person=by).exists():
        return None
    return No(Why.NOT_COUNTING)
