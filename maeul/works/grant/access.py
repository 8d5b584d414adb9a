"""Who may.  Everybody asked here may be nobody: a visitor who is not signed in."""

from maeul.ground.people.rules import RoleKind
from maeul.works.project import access as project


def can_call(person, district) -> bool:
    return person.is_authenticated and person.holds(RoleKind.DISTRICT_OFFICER, district=district)


def can_request(person, subject) -> bool:
    """Who leads the project, or the council's secretary."""
    return project.can_lead(person, subject)


def can_decide(person, grant) -> bool:
    """Decide, pay, cancel, close: the district's officer; that it is another is the rule's."""
    return person.is_authenticated and person.holds(
        RoleKind.DISTRICT_OFFICER, dong=grant.project.dong
    )
