"""What is printed for holders, keepers of copies and officers."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from maeul.vault.ballot import actions, guides, offline
from maeul.vault.ballot.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def election(at):
    return factories.closed(factories.frozen(at=at))


@pytest.fixture
def read(client, election):
    """The words of a sheet on the screen, and those of its PDF, without what breaks lines."""
    client.force_login(election.clerk)

    def words(kind):
        page = client.get(reverse("ballot:guide", args=[election.pk, kind]))
        paper = client.get(reverse("ballot:guide_pdf", args=[election.pk, kind]))
        assert (page.status_code, paper.status_code) == (200, 200)
        pages = PdfReader(io.BytesIO(paper.content)).pages
        printed = "".join(page.extract_text() for page in pages)
        return page.content.decode(), "".join(printed.split())

    return words


@pytest.mark.parametrize("kind", guides.TITLES)
def test_each_sheet_is_a_page_and_a_paper(read, election, kind):
    page, paper = read(kind)
    title = str(guides.TITLES[kind])
    assert page.count("<h1>") == 1
    assert title in page
    assert title.replace(" ", "") in paper
    assert "".join(election.title.split()) in paper


@pytest.mark.parametrize("kind", ["holder", "officer", "exercises", "record"])
def test_the_hash_of_the_frozen_file_is_printed(read, election, kind):
    digest = election.frozen().raw["holders_file"]
    assert digest == offline.hash_of(offline.holders_file())
    page, paper = read(kind)
    assert digest in paper
    assert " ".join(digest[n : n + 4] for n in range(0, 64, 4)) in page


def test_clerks_get_a_sheet_of_their_own_where_people_come_in_person(client, at):
    election = factories.at_booths(at=at)
    client.force_login(election.clerk)
    desk = client.get(reverse("ballot:desk", args=[election.pk])).content.decode()
    assert "투표사무원의 차례" in desk
    page = client.get(reverse("ballot:guide", args=[election.pk, "clerk"])).content.decode()
    assert "정하는 것은 신분증입니다" in page
    paper = client.get(reverse("ballot:guide_pdf", args=[election.pk, "clerk"]))
    pages = PdfReader(io.BytesIO(paper.content)).pages
    assert len(pages) == 1
    assert "서명부의다음빈줄" in "".join("".join(each.extract_text().split()) for each in pages)


def test_where_nobody_comes_in_person_there_is_no_sheet_for_clerks(client, election):
    client.force_login(election.clerk)
    assert client.get(reverse("ballot:guide", args=[election.pk, "clerk"])).status_code == 404


def test_a_holder_can_compare_the_own_public_key(read, election):
    _page, paper = read("holder")
    for lock in election.locks.all():
        assert bytes(lock.public_key).hex() in paper


def test_the_record_prints_the_hash_of_the_list_once_it_is_fixed(read, election):
    assert "아직 확정하지 않았습니다" in read("record")[0]
    fixed = actions.fix_list(election=election, by=election.clerk, at=election.closes_at)
    _page, paper = read("record")
    assert fixed in paper
    for name in ("보관인1", "보관인2", "위원", "선거담당"):
        assert name in paper


def test_the_desk_leads_to_every_sheet_and_to_no_other(client, election):
    client.force_login(election.clerk)
    desk = client.get(reverse("ballot:desk", args=[election.pk])).content.decode()
    for kind in guides.TITLES:
        assert reverse("ballot:guide", args=[election.pk, kind]) in desk
    for kind in ("other", *guides.HALL_TITLES):
        assert client.get(reverse("ballot:guide", args=[election.pk, kind])).status_code == 404
