from datetime import date

import pytest

from maeul.core import sheet
from maeul.council.membership import actions
from maeul.council.membership.models import Office, Seat
from maeul.council.membership.tests.factories import council_of, subcommittee_of
from maeul.council.membership.texts import HEADS, OPTIONAL_HEADS
from maeul.ground.district.tests.factories import OtherDongFactory
from maeul.ground.people.models import Person
from maeul.ground.people.tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]

DAY = date(2026, 5, 12)
HEAD = "이름,생년월일,성별,시작일,전자우편,분과,직책"
GOOD = f"""{HEAD}
순자,1953-04-02,여,2026-01-01,,안전분과,분과위원장
영호,1961.7.20,남,20260101,,,자치회장
민수,1996-09-09,남성,2026-03-02,minsu@example.org,안전분과,
"""


def rows(text, encoding="utf-8"):
    return sheet.read(text.encode(encoding), heads=HEADS, optional=OPTIONAL_HEADS)


@pytest.fixture
def council(dong):
    council = council_of(dong)
    subcommittee_of(council)
    return council


def take(council, text, *, by, at):
    return actions.import_members(council=council, rows=rows(text), by=by, at=at)


def wrong(council, text, *, by, at):
    """The sentences an import is refused with; nothing may have changed."""
    before = Person.objects.count(), Seat.objects.count(), Office.objects.count()
    with pytest.raises(sheet.SheetErrors) as errors:
        take(council, text, by=by, at=at)
    assert (Person.objects.count(), Seat.objects.count(), Office.objects.count()) == before
    return errors.value.sentences


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_sitting_members_are_taken_over_from_a_sheet(council, officer, at, encoding):
    actions.import_members(council=council, rows=rows(GOOD, encoding), by=officer, at=at)
    assert [str(person) for person in council.members_on(DAY)] == ["민수", "순자", "영호"]
    assert str(council.holder_of("chair", DAY)) == "영호"
    [safety] = council.parts.all()
    assert [str(person) for person in safety.members_on(DAY)] == ["민수", "순자"]
    assert str(safety.holder_of("subcommittee_chair", DAY)) == "순자"
    seat = Seat.objects.get(body=council, person__name="순자")
    assert (seat.from_on, seat.until_on, seat.ground) == (
        date(2026, 1, 1),
        date(2028, 1, 1),
        "resident",
    )
    assert seat.person.email is None
    assert seat.person.stands_in(council.dong)


def test_somebody_known_by_name_and_birth_date_is_not_entered_twice(council, soonja, officer, at):
    taken = take(council, GOOD, by=officer, at=at)
    assert [(member.name, member.is_new) for member in taken] == [
        ("순자", False),
        ("영호", True),
        ("민수", True),
    ]
    assert taken[0].person == soonja


def test_somebody_known_by_e_mail_may_have_told_no_birth_date(council, officer, at):
    known = PersonFactory(name="민수", email="minsu@example.org")
    assert take(council, GOOD, by=officer, at=at)[2].person == known


def test_an_e_mail_that_belongs_to_another_name_is_refused(council, officer, at):
    PersonFactory(name="다른이", email="minsu@example.org")
    [sentence] = wrong(council, GOOD, by=officer, at=at)
    assert sentence.startswith("4번째 줄: 이 전자우편으로 가입한 사람의 이름이 다릅니다.")


def test_two_who_share_name_and_birth_date_are_told_apart_by_e_mail(council, officer, at):
    for number in (1, 2):
        PersonFactory(name="순자", born_on=date(1953, 4, 2), email=f"s{number}@example.org")
    [sentence] = wrong(council, GOOD, by=officer, at=at)
    assert sentence.startswith("2번째 줄: 이름과 생년월일이 같은 사람이 둘 있습니다.")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("순자,1953-04-02,녀,2026-01-01,,,", "2번째 줄: ‘성별’ 칸의 ‘녀’를 알 수 없습니다."),
        ("순자,1953-04-02,,2026-01-01,,,", "2번째 줄: ‘성별’ 칸의 ‘’를 알 수 없습니다."),
        ("순자,1953-04-02,여,2026-01-01,,교통분과,", "2번째 줄: 분과 ‘교통분과’가 없습니다."),
        ("순자,1953-04-02,여,2026-01-01,,,총무", "2번째 줄: ‘직책’ 칸의 ‘총무’를 알 수 없습니다."),
        ("순자,1953-04-02,여,2026-01-01,,,분과장", "2번째 줄: 분과위원장이면 ‘분과’ 칸에"),
        ("순자,1953-13-02,여,2026-01-01,,,", "2번째 줄: ‘생년월일’ 칸의"),
        ("순자,2026-05-13,여,2026-01-01,,,", "2번째 줄: 생년월일이 오늘보다 뒤입니다."),
        (",1953-04-02,여,2026-01-01,,,", "2번째 줄: ‘이름’ 칸이 비어 있습니다."),
        ("순자,1953-04-02,여,2025-12-31,,,", "2번째 줄: 2025년 12월 31일이 들어 있는 임기가"),
        ("순자,1953-04-02,여,2028-01-01,,,", "2번째 줄: 2028년 1월 1일이 들어 있는 임기가"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line_and_nobody_is_taken_over(
    council, officer, at, line, sentence
):
    good = "영호,1961-07-20,남,2026-01-01,,,"
    [said] = wrong(council, f"{HEAD}\n{line}\n{good}", by=officer, at=at)
    assert said.startswith(sentence)


def test_every_wrong_line_is_found_in_one_go(council, officer, at):
    text = f"{HEAD}\n순자,어제,여,2026-01-01,,,\n영호,1961-07-20,남,2026-01-01,,,총무"
    assert [s.split(":")[0] for s in wrong(council, text, by=officer, at=at)] == [
        "2번째 줄",
        "3번째 줄",
    ]


def test_the_same_person_twice_in_a_sheet_is_refused(council, officer, at):
    line = "순자,1953-04-02,여,2026-01-01,,,"
    [sentence] = wrong(council, f"{HEAD}\n{line}\n{line}", by=officer, at=at)
    assert sentence == "3번째 줄: 2번째 줄과 같은 사람입니다."


def test_the_same_sheet_a_second_time_is_refused_line_by_line(council, officer, at):
    take(council, GOOD, by=officer, at=at)
    sentences = wrong(council, GOOD, by=officer, at=at)
    assert len(sentences) == 3
    assert "이미 이 조직의 위원입니다" in sentences[0]


def test_a_member_of_another_council_is_refused(council, soonja, officer, at):
    council_of(OtherDongFactory(), members=[soonja])
    [sentence] = wrong(council, GOOD, by=officer, at=at)
    assert "다른 동 주민자치회의 위원입니다" in sentence


def test_two_chairs_in_one_sheet_are_refused(council, officer, at):
    text = f"{HEAD}\n순자,1953-04-02,여,2026-01-01,,,회장\n영호,1961-07-20,남,2026-01-01,,,회장"
    [sentence] = wrong(council, text, by=officer, at=at)
    assert sentence.startswith("3번째 줄: 그 기간에 같은 직책을 맡은 사람이 있습니다.")


def test_fifty_members_are_taken_over_and_the_fifty_first_takes_all_back(council, officer, at):
    lines = [f"주민{n},1970-01-01,여,2026-01-01,,," for n in range(51)]
    [sentence] = wrong(council, "\n".join([HEAD, *lines]), by=officer, at=at)
    assert sentence.startswith("52번째 줄: 주민자치회 위원은 50명까지입니다.")
    take(council, "\n".join([HEAD, *lines[:50]]), by=officer, at=at)
    assert council.seats.on(DAY).count() == 50


def test_a_formula_is_refused_before_anything_is_read():
    with pytest.raises(sheet.SheetErrors, match="2번째 줄"):
        rows(f"{HEAD}\n=1+1,1953-04-02,여,2026-01-01,,,")


def test_looking_over_a_sheet_changes_nothing(council, officer, at):
    before = Person.objects.count()
    looked = actions.look_over(council=council, rows=rows(GOOD), by=officer, at=at)
    assert [member.name for member in looked] == ["순자", "영호", "민수"]
    assert not council.seats.exists()
    assert Person.objects.count() == before
