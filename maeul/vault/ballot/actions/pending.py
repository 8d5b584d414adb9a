"""What must be decided before the list of what is opened can be fixed."""

from django.db.models import Exists, OuterRef

from maeul.vault.ballot import door
from maeul.vault.ballot.actions.rulings import lost_booths
from maeul.vault.ballot.models import CheckIn, LateLine, Outer


def outers_undecided(election):
    return Outer.objects.filter(booth__election=election).undecided()


def check_ins_undecided(election):
    return CheckIn.objects.filter(booth__election=election).undecided()


def late_lines_undecided(election):
    """Read by one officer only, or by two differently."""
    entered = CheckIn.objects.filter(booth=OuterRef("booth"), list_number=OuterRef("list_number"))
    return LateLine.objects.filter(~Exists(entered), booth__election=election)


def booths_unheard(election):
    if not door.is_in_person(election.channels) or election.is_hall:
        return election.booths.none()
    return election.booths.filter(report=None).exclude(pk__in=lost_booths(election))


def what_is_pending(election) -> door.Pending:
    return door.Pending(
        outers=outers_undecided(election).count(),
        disputed=check_ins_undecided(election).count(),
        late=late_lines_undecided(election).values("booth", "list_number").distinct().count(),
        booths=[booth.name for booth in booths_unheard(election)],
    )
