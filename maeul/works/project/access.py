"""Who may.  Everybody asked here may be nobody: a visitor who is not signed in."""

from django.utils import timezone

from maeul.council.membership.models import Body
from maeul.council.membership.rules import OfficeKind
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
    """Files that may name people: the lead, the dong's staff, the mayor's office, and the
    auditors of the dong's council."""
    return (
        can_lead(person, project)
        or can_approve(person, project)
        or (
            person.is_authenticated
            and (person.holds(RoleKind.MAYOR_OFFICE, dong=project.dong) or _audits(person, project))
        )
    )


def _audits(person, project):
    council = Body.objects.council_of(project.dong)
    return council is not None and (
        council.offices.on(timezone.localdate())
        .filter(kind=OfficeKind.AUDITOR, person=person.pk)
        .exists()
    )


def can_see(person, expenditure) -> bool:
    """Payee and purpose are everybody's once the receipt stands in the books; before that (or when
    it was sent back) they are for those who ask, answer and audit."""
    return expenditure.is_public or can_read_papers(person, expenditure.project)


def can_open(person, evidence) -> bool:
    expenditure = evidence.expenditure
    if evidence.is_open and expenditure.is_public:
        return True
    return can_read_papers(person, expenditure.project)
