from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from maeul.core import sheet
from maeul.core.refusal import Refused
from maeul.ground.audit.models import Act
from maeul.ground.district import actions
from maeul.ground.district.models import Department, Dong, Population
from maeul.ground.district.rules import Why

pytestmark = pytest.mark.django_db

GOOD = """동,연도,성별,나이부터,나이까지,인구
독산1동,2024,여,0,14,"1,200"
독산제1동,2024,남,0,14,1100명
1154561000,2024,여,15,,9000
"""


@pytest.fixture
def gu(at):
    return actions.found(by="system", at=at)


def read(text, at):
    rows = sheet.read(text.encode() if isinstance(text, str) else text, heads=actions.HEADS)
    return actions.read_population(rows, at=at)


def take_in(text, at, **changed):
    told = {
        "source": "주민등록 인구통계",
        "counted_on": date(2024, 4, 30),
        "by": "system",
        "at": at,
    }
    return actions.import_population(counts=read(text, at), **(told | changed))


# The district


def test_the_district_has_ten_dongs_with_codes_aliases_and_boundaries(gu):
    assert Dong.objects.count() == 10
    dong = Dong.objects.named("독산 제1동").get()
    assert (dong.name, dong.code, dong.kostat_code) == ("독산1동", "1154561000", "1118052")
    assert dong == Dong.objects.named("독산1동").get() == Dong.objects.named("1154561000").get()
    assert "공공누리" in dong.attribution


def test_founding_again_changes_nothing(gu, at):
    def everything():
        rows = [model.objects.order_by("pk").values() for model in (Dong, Department, Act)]
        return [list(values) for values in rows]

    before = everything()
    actions.found(by="system", at=at)
    assert everything() == before


def test_a_place_lies_in_its_dong_and_a_place_outside_in_none(gu):
    assert Dong.objects.at(126.8839, 37.4767).name == "가산동"
    assert Dong.objects.at(126.9060, 37.4401).name == "시흥3동"
    assert Dong.objects.at(127.5, 37.5) is None


def test_a_department_is_called_by_the_name_of_the_day(gu):
    department = Department.objects.get(code="autonomy")
    assert department.name_on(date(2025, 3, 4)) == "마을자치과"
    assert department.name_on(date(2025, 3, 5)) == "자치행정과"
    assert department.name_on(date(2000, 1, 1)) == "마을자치과"
    assert str(department) == "자치행정과"


# Population


def test_a_count_is_taken_in_by_any_name_of_a_dong(gu, at):
    assert take_in(GOOD, at) == 3
    dong = Dong.objects.get(name="독산1동")
    counted = Population.objects.of(dong, year=2024)
    assert counted.people() == 11_300
    assert counted.get(age_from=15).age_until == 150
    assert counted.get(age_from=15).ages == "15세 이상"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949"])
def test_a_sheet_of_a_korean_spreadsheet_program_is_read(gu, at, encoding):
    assert take_in(GOOD.encode(encoding), at) == 3


def test_a_second_count_of_the_same_year_takes_the_place_of_the_first(gu, at):
    take_in(GOOD, at)
    take_in("동,연도,성별,나이부터,나이까지,인구\n독산1동,2024,여,0,,10\n", at)
    assert [row.people for row in Population.objects.all()] == [10]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("독산9동,2024,여,20,29,5", "이 구의 동이 아닙니다"),
        ("독산1동,2027,여,20,29,5", "연도는 1990년부터 2026년까지"),
        ("독산1동,2026,둘,20,29,5", "여 또는 남"),
        ("독산1동,2024,여,29,20,5", "클 수 없습니다"),
        ("독산1동,2024,여,10,20,5", "나이가 겹치는 줄"),
        ("독산1동,2024,여,20,29,-5", "정수가 아닙니다"),
        ("독산1동,2024,여,20,29,5.5", "정수가 아닙니다"),
        ("독산1동,2024,여,20,29,", "정수가 아닙니다"),
        ("독산1동,2024,여,20,29,=1+1", "시작하는 칸은 받지 않습니다"),
    ],
)
def test_one_wrong_line_names_itself_and_nothing_is_taken_in(gu, at, line, reason):
    with pytest.raises(sheet.SheetErrors) as errors:
        take_in(GOOD.replace("15,,9000", "15,19,9000") + line + "\n", at)
    [sentence] = errors.value.sentences
    assert sentence.startswith("5번째 줄")
    assert reason in sentence
    assert not Population.objects.exists()


def test_a_count_of_tomorrow_is_refused(gu, at):
    with pytest.raises(Refused) as no:
        take_in(GOOD, at, counted_on=at.date() + timedelta(days=1))
    assert no.value.why == Why.COUNTED_IN_THE_FUTURE


def test_rough_figures_are_refused_outside_the_demo(gu, at, settings):
    with pytest.raises(Refused) as no:
        actions.guess_population(years=[2024], by="system", at=at)
    assert no.value.why == Why.ROUGH_ONLY_IN_DEMO
    settings.DEMO = True
    actions.guess_population(years=[2024, 2025], by="system", at=at)
    assert Population.objects.filter(year=2025).people() == 227_000
    assert not Population.objects.filter(rough=False).exists()


# Commands


def test_the_command_founds_the_district_and_says_what_is_there(capsys):
    call_command("load_district")
    assert capsys.readouterr().out.startswith("금천구의 동 10개, 부서 ")
    with pytest.raises(CommandError, match="시범 사이트"):
        call_command("load_district", "--rough-population", "2024")


def test_the_command_takes_in_a_count_or_names_the_line(gu, tmp_path, capsys):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(GOOD)
    bad.write_text(GOOD + "독산9동,2024,여,20,29,5\n")
    told = ["--source", "주민등록 인구통계", "--counted-on", "2024-04-30"]
    call_command("import_population", str(good), *told)
    assert "인구 3줄" in capsys.readouterr().out
    with pytest.raises(CommandError, match="5번째 줄"):
        call_command("import_population", str(bad), *told)
    with pytest.raises(CommandError, match="읽을 수 없습니다"):
        call_command("import_population", str(tmp_path / "none.csv"), *told)
