"""Who may look, vote and act.  When is asked in rules.py."""

from maeul.vault.ballot.models import Election, Elector
from maeul.vault.ballot.rules import State


def can_run(person, election: Election) -> bool:
    """Named officers of this very election, whatever else they are."""
    return person.is_authenticated and election.officers.filter(person=person).exists()


def can_see(person, election: Election) -> bool:
    """Everybody, once it is frozen."""
    return election.state != State.DRAFT or can_run(person, election)


def elector_for(person, election: Election) -> Elector | None:
    """The person's own line on the roll."""
    if not person.is_authenticated:
        return None
    elector = election.electors.filter(person=person).first()
    if elector is not None:
        elector.person = person
    return elector


def line_of(person, election_id) -> Elector | None:
    """The same line with what a cast needs to know of its election, in one question."""
    if not person.is_authenticated:
        return None
    rows = Elector.objects.filter(election=election_id, person=person).select_related("election")
    elector = rows.only("election__title", "election__state", "person_id").first()
    if elector is not None:
        elector.person = person
    return elector


def can_read_own_line(person, election: Election) -> bool:
    """Everybody with an account, once the roll was laid open: their own line and nobody else's."""
    return person.is_authenticated and election.roll_open_until is not None


def is_for_electors(election: Election) -> bool:
    """Whether electors have a page of their own here; when they may vote is asked in rules.py."""
    return election.state != State.DRAFT


def can_read_result(election: Election) -> bool:
    """Nobody has a partial result: not officers, not this program."""
    return election.state in (State.PUBLISHED, State.DESTROYED)


def can_work_at(person, booth) -> bool:
    """Clerks of this booth, and the officers of its election."""
    if not person.is_authenticated:
        return False
    return booth.clerks.serving().filter(person=person).exists() or can_run(person, booth.election)


def booth_of_clerk(person, election):
    """Where this person checks people in; nowhere for most."""
    if not person.is_authenticated:
        return None
    booths = election.booths.filter(clerks__person=person, clerks__ended_at=None)
    return booths.order_by("number").first()


def can_count(person, election: Election) -> bool:
    """Who counts paper: officers, and clerks of any of its booths."""
    return can_run(person, election) or booth_of_clerk(person, election) is not None
