from maeul.ground.people.rules import RoleKind


def can_keep(person, pledge) -> bool:
    """The card, its table and its reports: the district's officer (the lead department)."""
    return person.is_authenticated and person.holds(
        RoleKind.DISTRICT_OFFICER, district=pledge.district
    )
