import io

import pytest
from django.core.management import call_command
from django.db.models import Sum

from maeul.core import sheet
from maeul.core.refusal import Refused
from maeul.decision.budget.tests.factories import appropriation
from maeul.ground.district.tests.factories import DistrictFactory
from maeul.ground.thread.models import Step
from maeul.works.pledge import actions
from maeul.works.pledge.models import Cell, Pledge, Table
from maeul.works.pledge.rules import Why
from maeul.works.pledge.tests.factories import THEN, cell, loaded, tied

pytestmark = pytest.mark.django_db
REAL = (actions.DATA / "pledge-budget.csv").read_text()


def bring(pledge, data, *, total_won=4_105_000_000):
    rows = sheet.read(data if isinstance(data, bytes) else data.encode(), heads=actions.HEADS)
    return actions.import_table(
        pledge=pledge,
        rows=rows,
        title="소요예산",
        total_won=total_won,
        source="시험",
        by="system",
        at=THEN,
    )


@pytest.fixture
def bare(db):
    """The card without a table."""
    return actions.write_card(
        district=DistrictFactory(),
        code="village-democracy",
        title="금천 마을민주주의 사업",
        total_won=4_105_000_000,
        source="시험",
        by="system",
        at=THEN,
    )


def test_the_real_table_adds_up_to_4_105_000_000_won_in_rows_and_columns():
    pledge = loaded(made_up=False)
    cells = Cell.objects.filter(table__pledge=pledge)
    assert cells.aggregate(won=Sum("amount_won"))["won"] == pledge.total_won == 4_105_000_000
    by_year = cells.order_by("year").values_list("year").annotate(Sum("amount_won"))
    assert [won for _year, won in by_year] == [
        875_000_000,
        995_000_000,
        745_000_000,
        745_000_000,
        745_000_000,
    ]
    by_programme = (
        cells.order_by("programme__position")
        .values_list("programme__name")
        .annotate(Sum("amount_won"))
    )
    assert dict(by_programme) == {
        "주민자치사업 활성화": 1_550_000_000,
        "동단위 공동체 활성화": 465_000_000,
        "동단위 시민참여예산 사업": 1_380_000_000,
        "동특성화사업": 500_000_000,
        "찾아가는 동주민센터": 210_000_000,
    }
    assert not pledge.tables.get().has_execution


def test_the_command_loads_the_card_and_again_changes_nothing():
    DistrictFactory()
    out = io.StringIO()
    call_command("load_pledge", made_up=True, stdout=out)
    call_command("load_pledge", made_up=True, stdout=out)
    assert "4,105,000,000원" in out.getvalue()
    assert [table.is_made_up for table in Table.objects.order_by("pk")] == [False, True]
    assert [stage.name for stage in Pledge.objects.get().stages.order_by("position")] == [
        "마을사람 발굴",
        "마을조직 정비",
        "마을사업 성숙",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_sheet_is_read_as_korean_offices_save_it(bare, encoding):
    assert bring(bare, REAL.encode(encoding)).cells.count() == 30


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("시비,2018,214000000", "시비,2018,214000001", 1, "모든 칸을 더하면 4,105,000,001원인데"),
        ("시비,2018,214000000", "시비,2018,-214000000", 2, "금액으로 읽을 수 없습니다"),
        ("시비,2018,214000000", "시비,2018,214000000.5", 2, "금액으로 읽을 수 없습니다"),
        ("시비,2018,214000000", "시비,2018,=107000000*2", 2, "값으로 바꿔 주세요"),
        ("시비,2018,214000000", "국비,2018,214000000", 2, "재원 ‘국비’을 알 수 없습니다"),
        ("시비,2018,214000000", "시비,18,214000000", 2, "연도 ‘18’을 읽을 수 없습니다"),
        ("시비,2019,214000000", "시비,2018,214000000", 3, "2번째 줄과 같은 칸입니다"),
    ],
)
def test_a_faulty_table_names_line_and_reason_and_changes_nothing(bare, old, new, line, words):
    with pytest.raises(sheet.SheetErrors) as errors:
        bring(bare, REAL.replace(old, new, 1))
    found = {problem.line: problem.reason for problem in errors.value.problems}
    assert words in found[line]
    assert not Cell.objects.exists()
    assert not Table.objects.exists()


def test_a_written_sum_that_is_off_is_named(bare):
    wrong = REAL + "동특성화사업,소계,2018,249000000\n"
    with pytest.raises(sheet.SheetErrors, match="250,000,000원"):
        bring(bare, wrong)
    assert bring(bare, REAL + "계,계,계,4105000000\n").cells.count() == 30


def test_a_sheet_over_20_mb_is_refused_before_it_is_read(bare):
    with pytest.raises(sheet.SheetErrors, match="20 MB"):
        bring(bare, REAL.encode() + b"\n" * (20 * 1024 * 1024))


def test_the_same_table_again_changes_nothing_and_another_is_refused(bare):
    first = bring(bare, REAL)
    assert bring(bare, REAL) == first
    moved = REAL.replace("시비,2018,214000000", "시비,2018,213000000").replace(
        "시비,2019,214000000", "시비,2019,215000000"
    )
    with pytest.raises(Refused) as no:
        bring(bare, moved)
    assert no.value.why == Why.ANOTHER_TABLE


def test_an_appropriation_belongs_to_one_cell_of_its_year_and_source(dong):
    pledge = loaded()
    money = appropriation(30_000_000, dong=dong)
    tie = tied(money, pledge)
    assert Cell.objects.of(money).get() == tie.cell
    assert tie.cell.table.is_made_up
    assert tie.cell.table.has_execution
    step = Step.objects.of_matter(money.thread).get(step="pledge.tied")
    assert step.link == tie.cell.get_absolute_url()
    with pytest.raises(Refused) as no:
        tied(money, pledge)
    assert no.value.why == Why.ALREADY_TIED
    with pytest.raises(Refused) as no:
        actions.tie(
            cell=cell(pledge, year=2025),
            appropriation=appropriation(1, dong=dong, source="city"),
            by="system",
            at=THEN,
        )
    assert no.value.why == Why.OTHER_YEAR_OR_SOURCE


def test_a_cell_carries_no_more_than_its_sum(dong):
    pledge = loaded()
    tied(appropriation(200_000_000, dong=dong), pledge)
    more = appropriation(1, code="more", name="또 다른 재원", dong=dong)
    with pytest.raises(Refused) as no:
        tied(more, pledge)
    assert no.value.facts == {"left": 0}


def test_progress_and_changes_are_added_with_their_words(at):
    pledge = loaded(made_up=False)
    actions.report_progress(
        pledge=pledge, year=2026, quarter=2, status="normal", text="총회 준비", by="system", at=at
    )
    with pytest.raises(Refused) as no:
        actions.report_progress(
            pledge=pledge, year=2026, quarter=3, status="normal", text="-", by="system", at=at
        )
    assert no.value.why == Why.FUTURE_QUARTER
    actions.change(
        pledge=pledge,
        before="마을자치과",
        after="자치행정과",
        reason="조직개편",
        by="system",
        at=at,
    )
    steps = [step.step for step in Step.objects.of_matter(pledge.thread)]
    assert steps[-2:] == ["pledge.progress_reported", "pledge.changed"]
