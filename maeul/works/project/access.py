"""Who may.  Everybody asked here may be nobody: a visitor who is not signed in."""

from maeul.ground.people.rules import RoleKind


def can_start(person, dong) -> bool:
    """The dong's staff starts a project and says who leads it."""
    return person.is_authenticated and person.serves(dong)


def can_lead(person, project) -> bool:
    """Plan, ask for spending, change, complete, settle: its lead, or the council's secretary."""
    return person.is_authenticated and (
        person.pk == project.lead_id or person.holds(RoleKind.SECRETARY, dong=project.dong)
    )


def can_approve(person, project) -> bool:
    """Answer what the lead asks for: the dong's officer, or the district's."""
    return person.is_authenticated and (
        person.holds(RoleKind.DONG_OFFICER, dong=project.dong)
        or person.holds(RoleKind.DISTRICT_OFFICER, dong=project.dong)
    )


def can_read_papers(person, project) -> bool:
    """Files that may name people: the lead, the dong's staff and the mayor's office."""
    return (
        can_lead(person, project)
        or can_approve(person, project)
        or (person.is_authenticated and person.holds(RoleKind.MAYOR_OFFICE))
    )


def can_open(person, evidence) -> bool:
    return evidence.is_open or can_read_papers(person, evidence.expenditure.project)
