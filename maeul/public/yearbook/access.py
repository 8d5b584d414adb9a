from maeul.ground.people.rules import RoleKind


def can_publish(person, dong) -> bool:
    return person.is_authenticated and (
        person.holds(RoleKind.SECRETARY, dong=dong)
        or person.holds(RoleKind.DONG_OFFICER, dong=dong)
    )
