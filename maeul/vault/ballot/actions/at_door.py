"""Checking people in at a booth: on paper, for a kiosk, and from the signed list afterwards.

Every act takes the same first steps as a cast: the gate, the rows in one order (election, booth,
the elector's line), and only then state and clock.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from maeul.core.refusal import refuse_if
from maeul.ground.notice import actions as notice
from maeul.vault.ballot import clock, gate, rules
from maeul.vault.ballot import door as doors
from maeul.vault.ballot.actions.acts import is_fixed
from maeul.vault.ballot.actions.cast import LAST_OF_BOARD
from maeul.vault.ballot.actions.poll_book import lock_entry
from maeul.vault.ballot.models import Booth, CheckIn, Election, LateLine
from maeul.vault.ballot.rules import Channel, State, Way
from maeul.vault.ballot.texts import REFUSALS

AS_CHANNEL = {Way.PAPER: Channel.PAPER, Way.KIOSK: Channel.KIOSK, Way.OUTER: Channel.PAPER}


@dataclass(frozen=True, slots=True)
class Door:
    """A booth, held, and what is true of it behind the gate."""

    election: Election
    booth: Booth
    moment: datetime
    now: doors.DoorNow


def at_the(booth, by) -> Door:
    """Pass the gate, hold the booth's row, and only then look at state and clock."""
    gate.hold_open(booth.election_id)
    booth = Booth.objects.select_for_update(no_key=True).get(pk=booth.pk)
    election = Election.objects.defer("manifest").annotate(
        clock=clock.NOW, last_of_board=LAST_OF_BOARD
    )
    election = election.get(pk=booth.election_id)
    return Door(
        election=election,
        booth=booth,
        moment=election.clock,
        now=doors.DoorNow(
            state=State(election.state),
            channels=frozenset(election.channels),
            opens_at=election.opens_at,
            closes_at=election.closes_at,
            ends_at=election.ends_at,
            hours=[(hours.opens_at, hours.closes_at) for hours in booth.hours.all()],
            slips_in_line=booth.line.slips if hasattr(booth, "line") else None,
            is_reported=hasattr(booth, "report"),
            is_fixed=is_fixed(election),
            is_behind=election.last_of_board == "fell_behind",
            by_clerk=booth.clerks.serving().filter(person=by).exists(),
            by_officer=election.officers.filter(person=by).exists(),
            clock=election.clock,
        ),
    )


@transaction.atomic
def check_in(*, elector, booth, way, line_number=None, by, at) -> CheckIn:
    """The person was recognised by a document and signs the list.

    For a sheet of paper the poll book is written now, and an online ballot is void; for a kiosk
    when the ballot is cast there.  Somebody who already waits for a kiosk keeps their line.
    """
    way = Way(way)
    door = at_the(booth, by)
    entry = lock_entry(elector)
    waiting = _waits_for_kiosk(elector, booth) if way == Way.KIOSK else None
    refuse_if(
        doors.why_not_at_table(door.now, by_line=line_number)
        or rules.why_not_by(AS_CHANNEL[way], door.now.channels)
        or doors.why_not_here(elector=elector.booth_id, booth=booth.pk)
        or doors.why_not_in_line(
            door.now, way=way, number=line_number, taken=_slips_taken(door.booth)
        )
        or rules.why_not_accept(Channel(entry.channel), AS_CHANNEL[way]),
        REFUSALS,
    )
    if waiting is not None:
        return waiting
    return write(door, entry, elector, way=way, line_number=line_number, by=by, at=door.moment)


@transaction.atomic
def enter_late(*, elector, booth, list_number, by, at) -> CheckIn | None:
    """Somebody signed this line and got a sheet while the network was down.

    While the poll runs a clerk of the booth enters it; after closing it takes two officers who
    each read it from the list, and becomes a check-in with the second one.
    """
    door = at_the(booth, by)
    entry = lock_entry(elector)
    refuse_if(
        doors.why_not_enter_late(
            door.now,
            number=list_number,
            taken=is_taken(door.booth, list_number),
            read_by_me=LateLine.objects.filter(
                booth=booth, list_number=list_number, elector=elector, by=by
            ).exists(),
        )
        or rules.why_not_by(Channel.PAPER, door.now.channels)
        or doors.why_not_here(elector=elector.booth_id, booth=booth.pk)
        or rules.why_not_accept(Channel(entry.channel), Channel.PAPER),
        REFUSALS,
    )
    if door.now.is_over:
        LateLine.objects.create(
            booth=booth, list_number=list_number, elector=elector, by=by, at=door.moment
        )
        readers = LateLine.objects.filter(booth=booth, list_number=list_number, elector=elector)
        if readers.count() < 2:
            return None
    return write(
        door,
        entry,
        elector,
        way=Way.PAPER,
        list_number=list_number,
        late=True,
        by=by,
        at=door.moment,
    )


def write(door, entry, elector, *, way, list_number=None, line_number=None, late=False, by, at):
    """The check-in and, of a sheet, the poll book; the elector's line is held."""
    if way in rules.ON_PAPER:
        entry.channel, entry.revision = Channel.PAPER, entry.revision + 1
        entry.save(update_fields=["channel", "revision"])
    written = CheckIn.objects.create(
        elector=elector,
        booth=door.booth,
        list_number=list_number or next_line(door.booth),
        way=way,
        revision=entry.revision,
        line_number=line_number,
        late=late,
        clerk=by,
        at=at,
    )
    _tell(door, elector, way, at)
    return written


def _waits_for_kiosk(elector, booth) -> CheckIn | None:
    waiting = elector.check_ins.standing().filter(way=Way.KIOSK, booth=booth)
    return waiting.filter(envelopes=None).first()


def _slips_taken(booth) -> set[int]:
    numbers = booth.check_ins.filter(line_number__isnull=False)
    return set(numbers.values_list("line_number", flat=True))


def next_line(booth) -> int:
    """The next empty line of the booth's signature list; the booth's row is held."""
    return booth.last_list_number() + 1


def is_taken(booth, list_number) -> bool:
    return any(
        lines.filter(list_number=list_number).exists() for lines in (booth.check_ins, booth.outers)
    )


def _tell(door, elector, way, at):
    """Whoever was not there learns of it."""
    notice.tell(
        person=elector.person,
        title=_("투표소에서 본인 확인을 했습니다: %(election)s") % {"election": door.election},
        text=_("%(booth)s에서 했습니다. 내가 간 것이 아니면 선거관리인에게 바로 알려 주세요.")
        % {"booth": door.booth},
        link=door.election.address_of_mine(),
        at=at,
    )
