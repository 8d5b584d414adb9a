from maeul.ground.people.rules import RoleKind


def can_read(person, message) -> bool:
    return message.person_id == person.pk


def can_announce(person, dong) -> bool:
    """Staff of the dong; for the whole district only the district's officer."""
    if not person.is_authenticated:
        return False
    return person.serves(dong) if dong else person.holds_everywhere(RoleKind.DISTRICT_OFFICER)


def can_settle_letters(person) -> bool:
    """Letters go to people of every district."""
    return any(
        person.holds_everywhere(kind) for kind in (RoleKind.OPERATOR, RoleKind.DISTRICT_OFFICER)
    )
