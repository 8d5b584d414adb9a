"""Grants as far along as a test needs them, built through the actions.  They need `law`."""

from datetime import date

from maeul.ground.people.models import Person
from maeul.ground.people.tests.factories import holder
from maeul.works.grant import actions
from maeul.works.project.tests.factories import PAPER, WHEN, started


def district_staff(dong, number=1):
    """Officers of the district, by number: one prepares, another pays."""
    email = f"grant-staff-{number}@example.org"
    found = Person.objects.filter(email=email).first()
    if found is None:
        found = holder(f"구담당{number}", "district_officer", district=dong.district)
        found.email = email
        found.save()
    return found


def requested(won=8_400_000, *, project=None, **facts):
    project = project or started(won, way="grant")
    return actions.request(
        project=project,
        requested_won=won,
        plan="담장에 등을 답니다.",
        by=project.lead,
        at=WHEN,
        **facts,
    )


def granted(won=8_400_000, *, granted_won=None, project=None):
    grant = requested(won, project=project)
    return actions.decide(
        grant=grant,
        granted_won=granted_won or won,
        conditions="10월 말까지 마칩니다.",
        by=district_staff(grant.project.dong),
        at=WHEN,
    )


def prepared(grant, won=None, purse=None):
    return actions.prepare_payment(
        grant=grant,
        purse=purse or grant.project.purses.exclude(part=None).order_by("pk").first(),
        won=won or grant.left_won,
        by=district_staff(grant.project.dong, 1),
        at=WHEN,
    )


def paid(grant, won=None, purse=None):
    return actions.approve_payment(
        payment=prepared(grant, won, purse),
        on=date(2026, 3, 5),
        notice=PAPER,
        by=district_staff(grant.project.dong, 2),
        at=WHEN,
    )
