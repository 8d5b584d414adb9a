"""Projects as far along as a test needs them, built through the actions.  They need `law`."""

from datetime import UTC, date, datetime

from maeul.core.upload import Checked
from maeul.decision.budget.tests.factories import allocation
from maeul.ground.people.models import Person
from maeul.ground.people.tests.factories import PersonFactory, holder
from maeul.works.project import actions
from maeul.works.project.models import Project

WHEN = datetime(2026, 5, 11, 1, tzinfo=UTC)
PAPER = Checked(name="영수증.pdf", content_type="application/pdf", data=b"%PDF-1.4\n%%EOF")


def staff_of(dong):
    """The officer who answers what the lead asks for."""
    email = f"project-staff-{dong.code}@example.org"
    found = Person.objects.filter(email=email).first()
    if found is None:
        found = holder("사업담당", "dong_officer", dong=dong)
        found.email = email
        found.save()
    return found


def started(won=8_400_000, *, way="direct", given=None, lead=None, **facts):
    """A project under way; direct money is there at once."""
    given = given or allocation(won)
    return actions.start(
        allocation=given,
        title=given.thread.title,
        lead=lead or PersonFactory(name="이끔이"),
        way=way,
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 10, 31),
        by=staff_of(given.round.dong),
        at=WHEN,
        **facts,
    )


def line_of(project, won=None):
    return project.lines.first() or actions.plan_line(
        project=project,
        title="재료비",
        amount_won=won or project.money_won,
        by=project.lead,
        at=WHEN,
    )


def asked(project, won=2_376_000, **facts):
    """A receipt handed in by the lead."""
    return actions.ask_spending(
        **{
            "project": project,
            "line": facts.pop("line", None) or line_of(project),
            "purse": facts.pop("purse", None) or project.purses.order_by("pk").first(),
            "purpose": "담장 등 12개",
            "payee": "조명 가게",
            "amount_won": won,
            "vat_won": 0,
            "method": "card",
            "paid_on": date(2026, 4, 2),
            "evidence": [("card_slip", PAPER)],
            "by": project.lead,
            "at": WHEN,
            **facts,
        }
    )


def spent(project, won=2_376_000, **facts):
    """A receipt that was approved and stands in the books."""
    return actions.approve_spending(
        expenditure=asked(project, won, **facts), by=staff_of(project.dong), at=WHEN
    )


def interest(project, won=1_200, **facts):
    return actions.note_interest(
        purse=project.purses.order_by("pk").first(),
        won=won,
        on=date(2026, 6, 30),
        notice=PAPER,
        by=project.lead,
        at=WHEN,
        **facts,
    )


def completed(project):
    return actions.complete(
        project=Project.objects.get(pk=project.pk),
        report="등을 달았습니다.",
        by=project.lead,
        at=WHEN,
    )


def settled(project):
    """Completed, its account handed in and approved."""
    if project.state == "started":
        project = completed(project)
    settlement = actions.ask_settlement(project=project, by=project.lead, at=WHEN)
    return actions.approve_settlement(settlement=settlement, by=staff_of(project.dong), at=WHEN)


def given_back(project):
    """What is due of every purse is back."""
    return [
        actions.refund(
            purse=purse, on=date(2026, 7, 1), bank_notice=PAPER, by=project.lead, at=WHEN
        )
        for purse in project.purses.order_by("pk")
        if purse.figures().due
    ]
