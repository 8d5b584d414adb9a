"""Every won of a project, followed up to its cell and its sentence, and down again."""

from datetime import date

import pytest
from django.apps import apps
from django.urls import reverse

from maeul.decision.budget.models import AllocationPart
from maeul.decision.budget.tests.factories import allocation, appropriation, open_round
from maeul.ground.audit.models import name_of
from maeul.vault.ledger.models import Account, Entry, Posting
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.agenda.tests.factories import item_in
from maeul.works.grant.models import Grant
from maeul.works.grant.tests.factories import granted, paid
from maeul.works.pledge.models import Cell
from maeul.works.pledge.tests.factories import cell, loaded, tied
from maeul.works.project import actions as project_actions
from maeul.works.project.models import BankNotice, Expenditure, Project, Settlement
from maeul.works.project.tests.factories import (
    PAPER,
    WHEN,
    given_back,
    interest,
    settled,
    spent,
    staff_of,
    started,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law", "uploads_elsewhere")]


def thing_behind(entry):
    """What made the entry, found by its name: `project.Expenditure:5`."""
    label, number = entry.source.rsplit(":", 1)
    return apps.get_model(label).objects.get(pk=number)


def paper_of(thing):
    """The evidence, the bank's notice, or the decided document that an entry rests on."""
    if isinstance(thing, Expenditure):
        return thing.evidence.get().upload
    if isinstance(thing, BankNotice):
        return thing.upload
    return {AllocationPart: lambda: thing.allocation, Settlement: lambda: thing}[type(thing)]()


def parts_of(thing):
    """The pieces of allocations whose money an entry moved."""
    if isinstance(thing, Expenditure | BankNotice):
        return [thing.purse.part]
    if isinstance(thing, AllocationPart):
        return [thing]
    return [row.purse.part for row in thing.rows.all()]


@pytest.fixture
def whole(dong, soonja):
    """A sentence that became a project by a grant of two sources: paid, spent, one receipt taken
    back, interest, settled, given back."""
    pledge = loaded()
    city, district = appropriation(3_000, source="city", dong=dong), appropriation(9_000, dong=dong)
    tied(city, pledge), tied(district, pledge)
    item = item_in(dong, "decided", title="학교 뒷길이 어두워요", author=soonja)
    given = allocation(10_000, thread=item.thread, round=open_round(city, district))
    project = started(given=given, way="grant")
    grant = granted(9_500, project=project)
    first, second = project.purses.order_by("pk")
    paid(grant, 3_000, first)
    paid(grant, 6_000, second)
    spent(project, 2_500, purse=first)
    spent(project, 5_000, purse=second)
    wrong = spent(project, 100, purse=second)
    project_actions.take_back_spending(
        expenditure=wrong, reason="다른 사업의 영수증", by=staff_of(dong), at=WHEN
    )
    interest(project, 7)
    settled(project)
    given_back(project)
    return project, item, pledge


def accounts_of(project):
    """Every account the project's money went through."""
    return Account.objects.filter(thread=project.thread).order_by("pk")


def test_every_posting_of_a_project_reaches_its_paper_its_cell_and_its_sentence(whole, client):
    project, item, pledge = whole
    postings = Posting.objects.filter(account__in=accounts_of(project)).order_by("pk")
    kinds = {posting.account.kind for posting in postings.select_related("account")}
    assert kinds == {"allocated", "purse", "payee", "interest", "refund"}
    met = set()
    for posting in postings.select_related("entry__thread"):
        thing = thing_behind(posting.entry)
        met.add(type(thing))
        assert paper_of(thing)
        for page in (
            posting.account.get_absolute_url(),
            posting.entry.get_absolute_url(),
            posting.entry.link,
        ):
            assert client.get(page).status_code == 200
        for part in parts_of(thing):
            found = Cell.objects.of(part.appropriation).get()
            assert found == cell(pledge, source=part.appropriation.source)
            assert client.get(found.get_absolute_url()).status_code == 200
            money = client.get(part.appropriation.get_absolute_url()).content.decode()
            assert found.get_absolute_url() in money
        assert AgendaItem.objects.leading_in(posting.entry.thread) == item
    assert met == {Expenditure, BankNotice, AllocationPart, Settlement}


def test_the_sentence_and_the_cell_lead_back_to_every_posting(whole):
    project, item, pledge = whole
    postings = set(Posting.objects.filter(account__in=accounts_of(project)))

    by_sentence = {
        posting
        for entry in Entry.objects.of(item.thread)
        for posting in entry.postings.filter(account__in=accounts_of(project))
    }
    assert by_sentence == postings

    by_cell = set()
    for source in ("city", "district"):
        for tie in cell(pledge, source=source).ties.all():
            for part in tie.appropriation.allocation_parts.all():
                purse = part.purse
                things = [
                    part,
                    *purse.expenditures.all(),
                    *purse.notices.all(),
                    *purse.project.settlements.all(),
                ]
                for thing in things:
                    for entry in Entry.objects.from_source(name_of(thing)):
                        by_cell |= set(entry.postings.filter(account__in=accounts_of(project)))
    assert by_cell == postings


def test_in_the_end_nothing_is_left_in_between_and_the_books_are_whole(whole):
    project, _item, _pledge = whole
    balances = {
        account.kind: account.balance
        for account in accounts_of(project).with_balance()
        if account.kind not in ("purse", "allocated")
    }
    assert balances == {"payee": 7_500, "interest": -7, "refund": 7}
    for account in accounts_of(project).with_balance():
        if account.kind in ("purse", "allocated"):
            assert account.balance == 0
    assert sum(account.balance for account in Account.objects.with_balance()) == 0
    assert Grant.objects.get().due_back_won == Project.objects.get().due_back_won == 0


def test_the_page_of_money_opens_down_to_the_receipt_and_every_level_adds_up(whole, client, dong):
    project, _item, _pledge = whole
    page = client.get(reverse("pledge:money"), {"year": 2026, "dong": dong.code}).content.decode()
    for words in (
        "시범",
        "14억\u00a09,000만원",
        "7억\u00a04,500만원",
        "독산1동",
        str(project),
        "2,500원",
    ):
        assert words in page
    for row in Expenditure.objects.all():
        assert (row.get_absolute_url() in page) == (row.state == "approved")
    for row in BankNotice.objects.filter(kind="refund"):
        assert row.get_absolute_url() in page
    assert date(2026, 4, 2).isoformat() in page
    assert PAPER.name not in page
