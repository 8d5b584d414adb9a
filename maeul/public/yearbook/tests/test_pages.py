from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from pypdf import PdfReader

from maeul.core.refusal import Refused
from maeul.public.yearbook import actions
from maeul.public.yearbook.gathering import gather
from maeul.public.yearbook.models import Yearbook
from maeul.public.yearbook.rules import Why
from maeul.vault.participation import actions as participation
from maeul.vault.record.models import Record
from maeul.voice.agenda.tests.factories import item_in, said
from maeul.works.project.tests.factories import WHEN, spent, started

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]

DECEMBER = datetime(2026, 12, 1, 10, tzinfo=ZoneInfo("Asia/Seoul"))


def page(client, name, dong):
    return client.get(reverse(f"yearbook:{name}", args=[dong.code, 2026]))


def publish(dong, by, at=DECEMBER):
    return actions.publish(dong=dong, year=2026, foreword="함께해 고맙습니다.", by=by, at=at)


@pytest.fixture
def project(dong, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    begun = started(8_400_000)
    spent(begun, 2_376_000)
    return begun


def test_every_figure_is_counted_from_the_records(dong, soonja, project):
    item_in(dong, "triaged", title="학교 뒷길이 어두워요")
    said(dong, title="아직 공개되지 않은 말")
    participation.add(
        person=soonja, dong=dong, kind="meeting", minutes=120, on=WHEN.date(), source="meeting:1"
    )
    told = gather(dong, 2026)
    public = told["items"]["said"]
    assert public == sum(row["count"] for row in told["items"]["by_outcome"])
    assert "아직 공개되지 않은 말" not in str(told)
    assert (told["granted_won"], told["spent_won"]) == (8_400_000, 2_376_000)
    assert told["participation"]["people"] >= 1
    assert gather(dong, 2025)["projects"] == []


def test_before_it_is_published_the_page_says_so_and_shows_today(client, dong, project):
    shown = page(client, "book", dong).content.decode()
    assert "아직 펴내기 전입니다" in shown
    assert "2,376,000원" in shown


def test_a_published_book_stays_as_it_was(client, dong, secretary, project):
    book = publish(dong, secretary)
    spent(project, 1_000_000)
    shown = page(client, "book", dong).content.decode()
    assert "함께해 고맙습니다." in shown
    assert "2,376,000원" in shown
    assert "3,376,000원" not in shown
    assert book.record.name in shown
    assert Record.objects.get(kind="yearbook") == book.record


def test_the_pdf_says_the_same(client, dong, secretary, project):
    publish(dong, secretary)
    sheets = PdfReader(BytesIO(page(client, "pdf", dong).content)).pages
    text = "".join(sheet.extract_text() for sheet in sheets)
    assert "2,376,000" in text
    assert "함께해" in text


def test_the_same_year_is_published_once(dong, secretary):
    publish(dong, secretary)
    with pytest.raises(Refused) as no:
        publish(dong, secretary)
    assert no.value.why == Why.ALREADY_PUBLISHED
    assert Yearbook.objects.count() == 1


def test_an_empty_foreword_comes_back_with_a_sentence(client, secretary, dong):
    client.force_login(secretary)
    answer = client.post(reverse("yearbook:publish", args=[dong.code, 2026]), {"foreword": "  "})
    assert "펴내는 말" in answer.content.decode()
    assert Yearbook.objects.count() == 0
