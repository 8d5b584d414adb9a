"""The roll as the dong's staff prepares it."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from maeul.core.sheet import SheetErrors, read
from maeul.decision.assembly import actions, texts
from maeul.decision.assembly.tests.factories import convened, neighbours
from maeul.ground.people.tests.factories import PersonFactory
from maeul.ground.thread.models import Step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]
SHEET = "이름,생년월일,자격\n김순자,1953-04-02,통장 확인\n박민수,1990.1.1,\n"


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def assembly(dong, officer, now):
    return convened(dong, by=officer, at=now)


def rows(text, encoding="utf-8"):
    return read(text.encode(encoding), heads=texts.ROLL_HEADS, optional=texts.OPTIONAL_ROLL_HEADS)


def send(client, assembly, **typed):
    answer = client.post(reverse("assembly:import_roll", args=[assembly.pk]), typed, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_list_is_shown_before_it_is_taken_and_then_taken_whole(
    client, assembly, secretary, encoding
):
    client.force_login(secretary)
    file = SimpleUploadedFile("roll.csv", SHEET.encode(encoding))
    page = send(client, assembly, file=file)
    assert "명부에 2명을 더할까요?" in page
    electors = assembly.election.electors
    assert not electors.exists()
    checked = page.split('name="checked" value="')[1].split('"')[0].replace("&quot;", '"')
    assert "명부에 2명을 더했습니다" in send(client, assembly, checked=checked)
    first = electors.get(name="김순자")
    assert (first.person, first.proof) == (None, "통장 확인")
    assert first.match_exact is not None
    assert not [field.name for field in first._meta.fields if "born" in field.name]
    assert "0명을 더했습니다" in send(client, assembly, checked=checked)  # nobody twice


def test_nothing_is_taken_of_a_list_with_a_wrong_line_and_each_is_named(
    client, assembly, secretary, now
):
    young = timezone.localdate(now) - timedelta(days=14 * 365)
    text = SHEET + f",1990-01-01,\n이하나,어제,\n김순자,1953.4.2,\n어린이,{young},\n"
    with pytest.raises(SheetErrors) as errors:
        actions.import_roll(assembly=assembly, rows=rows(text), by=secretary, at=now)
    assert [problem.line for problem in errors.value.problems] == [4, 5, 6, 7]
    said = " ".join(errors.value.sentences)
    for words in (
        "비어 있습니다",
        "날짜가 아닙니다",
        "2번째 줄과 같은 사람",
        "15세가 되지 않습니다",
    ):
        assert words in said
    assert not assembly.election.electors.exists()
    client.force_login(secretary)
    page = send(client, assembly, file=SimpleUploadedFile("roll.csv", text.encode()))
    assert "6번째 줄" in page


def test_who_is_nearly_the_same_is_shown_before_confirming(client, assembly, secretary, now):
    actions.import_roll(assembly=assembly, rows=rows(SHEET), by=secretary, at=now)
    text = "이름,생년월일\n김순자,1963-04-02\n김순지,1953-04-02\n박민수,1990-01-01\n"
    client.force_login(secretary)
    page = send(client, assembly, file=SimpleUploadedFile("roll.csv", text.encode()))
    assert "명부에 2명을 더할까요?" in page
    assert "1명은 이미 명부에 있어" in page
    assert "거의 같은 사람 2명" in page
    assert "3번째 줄 김순지" in page


def test_a_booth_or_style_nobody_knows_is_refused_with_its_line(assembly, secretary, now):
    text = "이름,생년월일,투표소,투표지\n김순자,1953-04-02,어디,\n박민수,1990-01-01,,없는 것\n"
    with pytest.raises(SheetErrors) as errors:
        actions.import_roll(assembly=assembly, rows=rows(text), by=secretary, at=now)
    assert "‘어디’ 투표소는 이 투표에 없습니다" in errors.value.sentences[0]
    assert "‘없는 것’ 투표지는 이 투표에 없습니다" in errors.value.sentences[1]


def test_the_account_of_somebody_on_a_list_joins_their_line(assembly, dong, secretary, now):
    actions.import_roll(assembly=assembly, rows=rows(SHEET), by=secretary, at=now)
    [person] = neighbours(dong, 1)
    person.name, person.born_on = "박민수", timezone.datetime(1990, 1, 1).date()
    person.save()
    actions.build_roll(assembly=assembly, by=secretary, at=now)
    assert assembly.election.electors.get(name="박민수").person == person
    assert assembly.election.electors.count() == 2


def test_laying_the_roll_open_follows_the_law_and_residents_hear_of_it(
    client, assembly, secretary, now
):
    actions.import_roll(assembly=assembly, rows=rows(SHEET), by=secretary, at=now)
    client.force_login(secretary)
    page = client.post(reverse("assembly:lay_open_roll", args=[assembly.pk]), follow=True)
    assert "명부를 열람에 부쳤습니다" in page.content.decode()
    assembly.election.refresh_from_db()
    assert assembly.election.roll_open_until == timezone.localdate() + timedelta(days=5)
    assert Step.objects.filter(step="assembly.lay_open_roll").exists()


def words_of(answer):
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    return reader, "".join(page.extract_text() for page in reader.pages)


def test_the_printed_roll_has_names_and_no_birth_date(client, assembly, secretary, now):
    actions.import_roll(assembly=assembly, rows=rows(SHEET), by=secretary, at=now)
    client.force_login(secretary)
    _reader, words = words_of(client.get(reverse("assembly:roll_pdf", args=[assembly.pk])))
    assert "김순자" in words
    assert "1953" not in words


def test_letters_go_to_those_without_an_account_and_their_code_opens_the_line(
    client, assembly, dong, secretary, now
):
    neighbours(dong, 1)
    actions.build_roll(assembly=assembly, by=secretary, at=now)
    address = reverse("assembly:roll_letters", args=[assembly.pk])
    client.force_login(secretary)
    assert "보낼 편지가 없습니다" in client.post(address, follow=True).content.decode()
    actions.import_roll(assembly=assembly, rows=rows(SHEET), by=secretary, at=now)
    actions.lay_open_roll(assembly=assembly, by=secretary, at=now)
    reader, words = words_of(client.post(address))
    assert len(reader.pages) == 2
    assert "박민수" in words
    assert "이웃1" not in words
    [code] = [line.split()[-1] for line in words.splitlines() if line.startswith("번호")][:1]
    person = PersonFactory(name="김순자", born_on=timezone.datetime(1953, 4, 2).date())
    client.force_login(person)
    page = client.post(assembly.election.address_of_roll(), {"code": code}, follow=True)
    assert "명부에 올라 있습니다" in page.content.decode()
