import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from maeul.core.sheet import read as read_sheet
from maeul.decision.budget.tests.factories import allocation, appropriation, open_round
from maeul.ground.district.tests.factories import OtherDongFactory
from maeul.ground.people.tests.factories import holder
from maeul.vault.ledger.tests.factories import ThreadFactory
from maeul.works.pledge import actions, exports
from maeul.works.pledge.models import Cell, opened
from maeul.works.pledge.tests.factories import cell, loaded, tied
from maeul.works.project.tests.factories import spent, started

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law", "uploads_elsewhere")]


@pytest.fixture
def keeper(dong):
    return holder("구담당", "district_officer", district=dong.district)


def read(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_a_table_the_page_of_money_says_what_will_appear(client):
    assert "아직 가져온 예산표가 없습니다" in read(client, reverse("pledge:money"))


def test_a_cell_with_several_appropriations_counts_once_in_the_years_sum(client, dong):
    pledge = loaded()
    for place in (dong, OtherDongFactory()):
        tied(appropriation(10_000_000, dong=place), pledge)
    years = client.get(reverse("pledge:money")).context["years"]
    assert [year["won"] for year in years if year["year"] == 2026] == [745_000_000]


@pytest.mark.parametrize("year", [2018, 2019, 2020, 2021, 2022])
def test_the_years_of_the_real_table_say_plainly_that_no_execution_was_imported(client, year):
    loaded()
    page = read(client, reverse("pledge:money"), year=year)
    assert "41억\u00a0500만원, 어디에 쓰였나요?" in page
    assert "이 해의 집행 자료는 가져오지 않았습니다" in page
    for one in Cell.objects.filter(year=year):
        page = read(client, one.get_absolute_url())
        assert "이 해의 집행 자료는 가져오지 않았습니다" in page
        assert "시범" not in page


def test_everything_of_the_made_up_table_says_that_it_is(client):
    pledge = loaded()
    assert "지어낸 것입니다" in read(client, reverse("pledge:money"), year=2026)
    for one in Cell.objects.filter(table__is_made_up=True):
        assert "시범" in read(client, one.get_absolute_url())
    assert "시범" in read(client, pledge.get_absolute_url())
    answer = client.get(reverse("pledge:paper", args=[pledge.code]))
    assert answer["Content-Type"] == "application/pdf"
    rows = list(exports.budget_rows(pledge))
    assert {row[3] for row in rows if row[5]} == {2025, 2026}
    assert {row[3] for row in rows if not row[5]} == {2018, 2019, 2020, 2021, 2022}


def test_each_level_and_what_is_left_make_the_sum_above(dong):
    pledge = loaded()
    city, district = appropriation(10, dong=dong, source="city"), appropriation(20, dong=dong)
    tied(city, pledge), tied(district, pledge)
    given = allocation(12, round=open_round(city, district))
    spent(started(given=given), 9)

    year = opened(pledge, 2026, dong=dong)

    assert year.won == 745_000_000
    assert year.left == 0
    [budget] = [line for line in year.below if line.below]
    assert (budget.won, budget.spent, budget.left) == (300_000_000, 9, 299_999_970)
    [place] = budget.below
    assert (place.title, place.won, place.left, place.spent) == ("독산1동", 30, 18, 9)
    [project] = place.below
    assert (project.won, project.spent) == (12, 9)
    assert sum(row.amount_won for row in project.receipts) == 9


def test_the_page_of_money_takes_as_many_queries_for_many_projects_as_for_one(client, dong):
    pledge = loaded()
    row = appropriation(1_000, dong=dong)
    tied(row, pledge)
    round = open_round(row)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            read(client, reverse("pledge:money"), year=2026, dong=dong.code)
        return len(asked)

    spent(started(given=allocation(100, round=round, thread=ThreadFactory())), 50)
    one = queries()
    for _ in range(3):
        spent(started(given=allocation(100, round=round, thread=ThreadFactory())), 50)
    assert queries() == one <= 15


def test_more_projects_than_are_shown_stand_in_one_line_and_every_level_still_adds_up(client, dong):
    pledge = loaded()
    row = appropriation(1_000, dong=dong)
    tied(row, pledge)
    round = open_round(row)
    for won in range(1, 23):
        started(given=allocation(won, round=round, thread=ThreadFactory()))
    place = next(
        below
        for programme in opened(pledge, 2026, dong=dong).below
        for below in programme.below
        if below.code == dong.code
    )
    assert (len(place.below), place.count, place.more, place.more_won) == (20, 22, 2, 21 + 22)
    assert place.won == sum(line.won for line in place.below) + place.more_won + place.left
    page = read(client, reverse("pledge:money"), year=2026, dong=dong.code)
    assert "그 밖의 사업 2건" in page


def test_a_cell_asks_as_often_for_sixty_appropriations_as_for_two(client, queries_of, dong):
    pledge = loaded()
    place = cell(pledge)
    address = reverse("pledge:cell", args=[place.pk])

    def tie(first, last):
        for number in range(first, last):
            tied(appropriation(1_000, dong=dong, code=f"s{number}"), pledge)

    tie(0, 2)
    few = queries_of(address)
    tie(2, 60)
    assert queries_of(address) == few
    assert "다음 쪽" in client.get(address).content.decode()


def test_the_keeper_brings_a_table_and_reads_every_fault_of_it(client, keeper):
    pledge = actions.write_card(
        district=keeper.roles.get().district,
        code="village-democracy",
        title="금천 마을민주주의 사업",
        total_won=4_105_000_000,
        source="시험",
        by=keeper,
        at=timezone.now(),
    )
    client.force_login(keeper)
    address = reverse("pledge:import_table", args=[pledge.code])
    data = (actions.DATA / "pledge-budget.csv").read_bytes()
    typed = {"title": "내가 적은 이름", "source": "문서", "total_won": "4,105,000,001"}
    page = client.post(
        address, {**typed, "rows": SimpleUploadedFile("표.csv", data)}
    ).content.decode()
    assert "모든 칸을 더하면 4,105,000,000원인데" in page
    assert "내가 적은 이름" in page
    assert not Cell.objects.exists()
    typed["total_won"] = "4,105,000,000"
    page = client.post(
        address, {**typed, "rows": SimpleUploadedFile("표.csv", data)}, follow=True
    ).content.decode()
    assert "모든 칸의 합이 맞습니다" in page
    assert Cell.objects.count() == 30


def test_the_keeper_ties_reports_and_changes(client, keeper, dong):
    pledge = loaded()
    money = appropriation(30_000_000, dong=dong)
    client.force_login(keeper)
    place = cell(pledge)
    client.post(reverse("pledge:tie", args=[place.pk]), {"appropriation": money.pk})
    assert money.get_absolute_url() in read(client, place.get_absolute_url())
    report = {"year": timezone.localdate().year, "quarter": 1, "status": "late", "text": "장마"}
    client.post(reverse("pledge:report_progress", args=[pledge.code]), report)
    change = {"after": "자치행정과", "reason": "조직개편", "opinions": "이견 없음"}
    client.post(reverse("pledge:change", args=[pledge.code]), change)
    page = read(client, pledge.get_absolute_url())
    for words in ("장마", "지연", "조직개편", "이견 없음", "마을사람 발굴"):
        assert words in page


def test_everybody_may_take_budget_and_spending_as_sheets(client, dong):
    pledge = loaded()
    row = appropriation(1_000, dong=dong)
    tied(row, pledge)
    spent(started(given=allocation(100, round=open_round(row))), 50)
    for name, heads, count in (
        ("budget_sheet", exports.BUDGET_HEADS, 44),
        ("spending_sheet", exports.SPENDING_HEADS, 1),
    ):
        answer = client.get(reverse(f"pledge:{name}", args=[pledge.code]))
        assert len(read_sheet(answer.content, heads=[str(head) for head in heads])) == count


def test_every_link_the_pledge_leaves_opens(client):
    pledge = loaded()
    for step in pledge.thread.steps.order_by("pk"):
        read(client, step.link)
