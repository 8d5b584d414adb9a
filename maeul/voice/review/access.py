from maeul.ground.people.rules import RoleKind
from maeul.voice.agenda import access as agenda


def can_ask(person, item) -> bool:
    """The dong's staff asks the departments."""
    return agenda.can_triage(person, item)


def can_see(person, review) -> bool:
    """A review is as public as the item it speaks of."""
    return agenda.can_see(person, review.item) or can_answer(person, review)


def can_answer(person, review) -> bool:
    """A reviewer of that very department."""
    return person.is_authenticated and person.holds(RoleKind.REVIEWER, department=review.department)


def can_withdraw(person, review) -> bool:
    return can_ask(person, review.item)


def can_review(person) -> bool:
    """Answers for a department."""
    return person.is_authenticated and any(
        role.kind == RoleKind.REVIEWER for role in person.roles_today
    )


def can_work(person) -> bool:
    """Has a desk here: reviewers and staff of dongs."""
    return agenda.can_work(person) or can_review(person)
