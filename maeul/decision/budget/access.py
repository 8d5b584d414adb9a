from maeul.ground.people.rules import RoleKind


def can_appropriate(person, district) -> bool:
    """Founding streams, appropriating, changing: the district's officer."""
    return person.is_authenticated and person.holds(RoleKind.DISTRICT_OFFICER, district=district)


def can_run_round(person, dong) -> bool:
    """Opening a round, putting it before the assembly and giving winners their won."""
    return person.is_authenticated and (
        person.holds(RoleKind.DONG_OFFICER, dong=dong)
        or person.holds(RoleKind.DISTRICT_OFFICER, dong=dong)
    )
