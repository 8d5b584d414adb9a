"""Who may do what with people, their grounds and their roles."""

from maeul.ground.people.models import Person
from maeul.ground.people.rules import RoleKind

CHECKERS = (RoleKind.DONG_OFFICER, RoleKind.DISTRICT_OFFICER)


def can_verify(person, dong) -> bool:
    """Public officials look at documents: of their dong, or of the whole district."""
    return person.is_authenticated and any(person.holds(kind, dong=dong) for kind in CHECKERS)


def can_verify_somewhere(person) -> bool:
    return person.is_authenticated and any(person.holds(kind) for kind in CHECKERS)


def can_enter_person(person, dong) -> bool:
    """Staff of the dong enter somebody who has no account."""
    return person.is_authenticated and person.serves(dong)


def can_enter_somewhere(person) -> bool:
    return can_verify_somewhere(person) or (
        person.is_authenticated and person.holds(RoleKind.SECRETARY)
    )


def can_see(person, who) -> bool:
    """People see what is stored about themselves; officials what a ground in their dong needs."""
    if not person.is_authenticated:
        return False
    if person.pk == who.pk:
        return True
    return any(can_verify(person, standing.dong) for standing in who.standings.open_ones())


def can_correct(person, who) -> bool:
    """Oneself, or an official of a dong where this person takes part."""
    return can_see(person, who)


def can_give_roles(person) -> bool:
    return person.is_authenticated and person.holds(RoleKind.DISTRICT_OFFICER)


def can_give_roles_to(person, who) -> bool:
    """To people of one's own district, and to those who are of none yet."""
    return can_give_roles(person) and (
        Person.objects.in_districts_of(person).filter(pk=who.pk).exists()
    )


def can_give_role_in(person, district) -> bool:
    return person.is_authenticated and person.holds(RoleKind.DISTRICT_OFFICER, district=district)
