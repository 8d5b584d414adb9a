"""What is allowed at the door of a booth, and when.  Pure: values in, an answer out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from maeul.core.no import No
from maeul.vault.ballot.rules import (
    ENDING,
    LINE_IS_COUNTED_WITHIN,
    LOST_AFTER,
    Channel,
    ReasonForOuter,
    RulingKind,
    State,
    Way,
    Why,
)


@dataclass(frozen=True, slots=True)
class DoorNow:
    """What is true of a booth at the moment at which somebody acts there."""

    state: State
    channels: Collection[str]
    opens_at: datetime
    closes_at: datetime
    ends_at: datetime
    """When the poll really ends; later than `closes_at` where it was extended."""
    hours: Sequence[tuple[datetime, datetime]]
    slips_in_line: int | None
    """How many numbered slips were handed out at closing; None before they were counted."""
    """Whether the booth's counts are signed, and somebody has read them."""
    is_reported: bool
    """Whether two people have read them alike."""
    is_fixed: bool
    """Whether the list of what is opened is fixed."""
    is_behind: bool
    """Whether a restored backup has forgotten ballots: then it forgot check-ins too."""
    by_clerk: bool
    by_officer: bool
    clock: datetime

    @property
    def is_running(self) -> bool:
        return (
            self.state in (State.FROZEN, State.OPEN) and self.opens_at <= self.clock < self.ends_at
        )

    @property
    def is_over(self) -> bool:
        return self.state == State.CLOSED or (
            self.state in (State.FROZEN, State.OPEN) and self.clock >= self.ends_at
        )

    @property
    def is_in_hours(self) -> bool:
        """Hours that end with the poll last as long as the poll, also when it was extended."""
        return any(
            begin <= self.clock < (self.ends_at if end == self.closes_at else end)
            for begin, end in self.hours
        )


def why_not_here_at_all(now: DoorNow) -> No | None:
    """Clerks of the booth and officers, from opening until the list is fixed."""
    if not (now.by_clerk or now.by_officer):
        return No(Why.NOT_A_CLERK)
    if now.is_fixed:
        return No(Why.LIST_IS_FIXED)
    if now.is_behind:
        return No(Why.BEHIND)
    if now.is_running or now.is_over:
        return None
    if now.state in (State.FROZEN, State.OPEN):
        return No(Why.NOT_YET_OPEN, opens_at=now.opens_at)
    return No(Why.ALREADY_CLOSED, closes_at=now.ends_at)


def why_not_at_table(now: DoorNow, *, by_line: int | None = None) -> No | None:
    """In the booth's hours; afterwards for who stood in line at closing, until it is signed."""
    no = why_not_here_at_all(now)
    if no:
        return no
    if now.is_over:
        if by_line is None:
            return No(Why.ALREADY_CLOSED, closes_at=now.ends_at)
        return No(Why.BOOTH_IS_SIGNED) if now.is_reported else None
    return None if now.is_in_hours else No(Why.BOOTH_IS_SHUT)


def why_not_here(*, elector: int | None, booth: int) -> No | None:
    """An elector has one booth; elsewhere an outer envelope is there for them."""
    return None if elector in (None, booth) else No(Why.ANOTHER_BOOTH)


def why_not_in_line(
    now: DoorNow, *, way: Way, number: int | None, taken: Collection[int]
) -> No | None:
    if number is None:
        return None
    if not now.is_over:
        return No(Why.LINE_ONLY_AFTER_CLOSING)
    if way != Way.PAPER:
        return No(Why.LINE_VOTES_ON_PAPER)
    if not 1 <= number <= (now.slips_in_line or 0):
        return No(Why.NO_SUCH_LINE_SLIP)
    return No(Why.LINE_SLIP_USED) if number in taken else None


def why_not_hand_out(now: DoorNow, *, slips: int) -> No | None:
    """Numbered slips are counted when the poll ends, once."""
    no = why_not_here_at_all(now)
    if no:
        return no
    if now.slips_in_line is not None:
        return No(Why.LINE_KNOWN)
    if not abs(now.clock - now.ends_at) <= LINE_IS_COUNTED_WITHIN:
        return No(Why.NOT_AT_CLOSING, closes_at=now.ends_at)
    return None if slips > 0 else No(Why.NOBODY_IN_LINE)


COUNTS = ("signatures", "sheets_given", "sheets_back", "outer_envelopes")
"""What is counted at a booth when it closes, signed on paper, read aloud and photographed."""


def why_not_report(now: DoorNow, *, counts: Mapping[str, int], has_photo: bool) -> No | None:
    """Each of two people reads the signed counts, after closing, until two have read the same;
    one of them brings the photograph."""
    no = why_not_here_at_all(now)
    if no:
        return no
    if not now.is_over:
        return No(Why.STILL_RUNNING, closes_at=now.ends_at)
    if now.is_reported:
        return No(Why.COUNTS_ARE_READ)
    if counts["sheets_back"] > counts["sheets_given"]:
        return No(Why.MORE_BACK_THAN_GIVEN)
    return None if has_photo else No(Why.PHOTO_MISSING)


def read_otherwise(mine: Mapping[str, int], others: Sequence[Mapping[str, int]]) -> list[str]:
    """Which numbers everybody else read otherwise, by whoever is nearest; none when somebody read
    the same, and none while nobody else has read them."""
    differing = [[name for name in mine if mine[name] != other[name]] for other in others]
    return min(differing, key=len, default=[])


def why_not_enter_late(now: DoorNow, *, number: int, taken: bool, read_by_me: bool) -> No | None:
    """While the poll runs by a clerk; after closing by two officers, who each read the list."""
    no = why_not_here_at_all(now)
    if no:
        return no
    if number < 1:
        return No(Why.NO_LIST_NUMBER)
    if taken:
        return No(Why.LIST_NUMBER_TAKEN, number=number)
    if now.is_over and not now.by_officer:
        return No(Why.NOT_AN_OFFICER)
    return No(Why.SAME_PERSON) if read_by_me else None


def why_not_register(
    *,
    name: str,
    born_on: date,
    born_by: date | None,
    proof: str,
    style: str,
    styles: Collection[str],
) -> No | None:
    if not name:
        return No(Why.NAME_MISSING)
    if born_by is not None and born_on > born_by:
        return No(Why.TOO_YOUNG, born_by=born_by)
    if not proof.strip():
        return No(Why.DOCUMENT_MISSING)
    return None if style in styles else No(Why.UNKNOWN_STYLE)


def why_not_take_outer(
    now: DoorNow,
    *,
    reason: ReasonForOuter,
    number: int | None,
    taken: bool,
    proof: str,
    is_known: bool,
    is_here: bool,
    has_outer: bool,
) -> No | None:
    """While the poll runs at the table; with a line of the signed list also afterwards."""
    no = why_not_here_at_all(now) if number else why_not_at_table(now)
    if no:
        return no
    if number is not None and taken:
        return No(Why.LIST_NUMBER_TAKEN, number=number)
    if not proof.strip():
        return No(Why.DOCUMENT_MISSING)
    if reason == ReasonForOuter.ELSEWHERE and (not is_known or is_here):
        return No(Why.NOT_ELSEWHERE)
    return No(Why.OUTER_KNOWN) if has_outer else None


def why_not_rule_on_outer(
    now: DoorNow, *, accepted: bool, reason: str, is_decided: bool, is_new: bool
) -> No | None:
    if not now.by_officer:
        return No(Why.NOT_AN_OFFICER)
    no = why_not_here_at_all(now)
    if no:
        return no
    if is_decided:
        return No(Why.ALREADY_RULED)
    if not is_new:
        return No(Why.SAME_PERSON)
    return None if accepted or reason.strip() else No(Why.REASON_MISSING)


def why_not_rule(
    now: DoorNow,
    *,
    kind: RulingKind,
    way: Way,
    has_cast: bool,
    said: Mapping[RulingKind, Collection[int]],
    by: int,
    reason: str,
) -> No | None:
    """Two people end a check-in, each once.  Afterwards, and for all but an unused sheet, they
    are officers."""
    no = why_not_here_at_all(now)
    if no:
        return no
    if kind == RulingKind.LOST:
        return No(Why.ONLY_A_BOOTH_IS_LOST)
    if any(len(said.get(each, ())) >= 2 for each in (*ENDING, RulingKind.STANDS)):
        return No(Why.ALREADY_RULED)
    if by in said.get(kind, ()):
        return No(Why.SAME_PERSON)
    if kind == RulingKind.UNDONE and (way == Way.OUTER or has_cast):
        return No(Why.BALLOT_IS_IN)
    by_officers = kind in (RulingKind.STRUCK, RulingKind.STANDS) or (
        kind == RulingKind.UNDONE and now.is_over
    )
    if by_officers and not now.by_officer:
        return No(Why.NOT_AN_OFFICER)
    return None if reason.strip() else No(Why.REASON_OF_TWO_MISSING)


def why_not_declare_lost(now: DoorNow, *, reason: str) -> No | None:
    """A booth of which nobody heard for a day after closing."""
    if not now.by_officer:
        return No(Why.NOT_AN_OFFICER)
    no = why_not_here_at_all(now)
    if no:
        return no
    if now.state != State.CLOSED:
        return No(Why.NOT_CLOSED)
    if now.is_reported:
        return No(Why.BOOTH_IS_SIGNED)
    if now.clock < now.ends_at + LOST_AFTER:
        return No(Why.NOT_YET_LOST, after=now.ends_at + LOST_AFTER)
    return None if reason.strip() else No(Why.REASON_MISSING)


def why_not_extend(
    state: State,
    *,
    closes_at: datetime | None,
    extended_to: datetime | None,
    until: datetime,
    reason: str,
    clock: datetime,
) -> No | None:
    """Once, before closing, and only to a later end."""
    if state not in (State.FROZEN, State.OPEN) or closes_at is None or clock >= closes_at:
        return No(Why.EXTEND_BEFORE_CLOSING)
    if extended_to is not None:
        return No(Why.EXTENDED_ALREADY, until=extended_to)
    if until <= closes_at:
        return No(Why.ONLY_LATER, closes_at=closes_at)
    return None if reason.strip() else No(Why.REASON_MISSING)


@dataclass(frozen=True, slots=True)
class Pending:
    """What must be decided before the list of what is opened can be fixed."""

    outers: int = 0
    disputed: int = 0
    late: int = 0
    booths: Sequence[str] = ()
    """Of which nobody has heard, and which nobody declared lost."""


def why_not_fix(pending: Pending) -> No | None:
    if pending.booths:
        return No(Why.BOOTHS_UNHEARD, booths=", ".join(pending.booths))
    if pending.outers:
        return No(Why.OUTERS_UNDECIDED, number=pending.outers)
    if pending.disputed:
        return No(Why.CHECK_INS_UNDECIDED, number=pending.disputed)
    if pending.late:
        return No(Why.LATE_LINES_UNDECIDED, number=pending.late)
    return None


def is_in_person(channels: Collection[str]) -> bool:
    return bool({Channel.KIOSK, Channel.PAPER} & set(channels))
