from django.utils import timezone

from maeul.ground.people.rules import RoleKind


def sits_in(person, body, *, on=None) -> bool:
    """Does this person have a seat in the body today, or `on` a day?"""
    return body.seats.on(on or timezone.localdate()).filter(person=person.pk).exists()


def can_manage(person, dong) -> bool:
    """Set up bodies, take over members, end seats, enter offices: the dong's and the district's
    officers (rule article 20: appointment is delegated to the dong)."""
    if not person.is_authenticated:
        return False
    return person.holds(RoleKind.DONG_OFFICER, dong=dong) or person.holds(
        RoleKind.DISTRICT_OFFICER, dong=dong
    )


def can_resign(person, seat) -> bool:
    return person.is_authenticated and seat.person_id == person.pk
