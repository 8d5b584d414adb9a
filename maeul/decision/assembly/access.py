from maeul.decision.assembly.models import STAFF
from maeul.vault.ballot import access as ballot_access
from maeul.vault.ballot.models import Election


def can_convene(person, dong) -> bool:
    """The council prepares its assembly with its secretary; the dong's officer helps."""
    return person.is_authenticated and any(person.holds(kind, dong=dong) for kind in STAFF)


def can_prepare(person, assembly) -> bool:
    return can_convene(person, assembly.dong)


def can_see(person, assembly) -> bool:
    """Everybody once announced; before that those who prepare it."""
    return assembly.is_public or can_prepare(person, assembly)


def can_help(person, assembly) -> bool:
    """Whoever may take part in the dong, and members of its staff."""
    if not person.is_authenticated:
        return False
    return person.stands_in(assembly.dong) or can_prepare(person, assembly)


def can_object(person, assembly) -> bool:
    """Who could vote, or takes part in the dong."""
    if not person.is_authenticated:
        return False
    on_the_roll = ballot_access.elector_for(person, assembly.election) is not None
    return on_the_roll or person.stands_in(assembly.dong)


def can_answer(person, assembly) -> bool:
    """The two who opened and counted answer for it."""
    return ballot_access.can_run(person, assembly.election)


def may_have_a_ballot(person, election) -> bool:
    """Who is on the roll; somebody unknown may be, after signing in."""
    if not person.is_authenticated:
        return True
    return Election.objects.for_elector(person).filter(pk=election.pk).exists()
