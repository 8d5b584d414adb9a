"""How the dong hears of its assembly: what can be read, printed, followed, and helped with."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from maeul.core.refusal import Refused
from maeul.decision.assembly import actions, rules
from maeul.decision.assembly.models import Helper
from maeul.decision.assembly.rules import Why
from maeul.decision.assembly.tests.factories import budget_question, matter, ruled
from maeul.decision.assembly.views.ics import calendar_of
from maeul.ground.district.tests.factories import department
from maeul.ground.notice.models import Message
from maeul.vault.ballot import actions as ballot
from maeul.vault.participation.models import Part
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.agenda.tests.factories import item_in
from maeul.voice.review.models import Review

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def assembly(dong, officer, now):
    item = item_in(dong, "drafted", title="긴 의자", at=now)
    matters = [(item.thread, 5_000_000), (matter("화분", dong, at=now), 4_000_000)]
    made = ruled(dong, by=officer, at=now)
    budget_question(made, matters, limit=9_000_000, by=officer, at=now)
    return actions.announce(assembly=made, by=officer, at=now)


def address(name, thing):
    return reverse(f"assembly:{name}", args=[thing.pk])


def words_of(answer):
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    return reader, "".join(page.extract_text() for page in reader.pages)


def test_the_booklet_is_one_source_for_the_page_and_the_pdf(client, assembly):
    page = client.get(address("booklet", assembly)).content.decode()
    _reader, printed = words_of(client.get(address("booklet_pdf", assembly)))
    for words in ("긴 의자", "화분", "500만원", "어떻게 투표하나요?", "확인 번호를 간직합니다"):
        assert words in page
        assert words.replace(" ", "") in printed.replace(" ", "").replace("\n", "")
    assert page.count("<h1") == 1
    assert "주민자치 조례 제23조" in page


def test_the_booklet_tells_what_the_departments_said(client, assembly, officer, now):
    Review.objects.create(
        item=AgendaItem.objects.get(),
        department=department(),
        question="할 수 있나요?",
        asked_by=officer,
        asked_at=now,
        due_on=now.date(),
        verdict="feasible",
        reason="그늘이 모자라 좋겠습니다.",
        reviewer=officer,
        answered_at=now,
    )
    page = client.get(address("booklet", assembly)).content.decode()
    assert "부서 검토" in page
    assert "그늘이 모자라 좋겠습니다." in page


def test_poster_and_banner_say_when_and_where_and_are_as_large_as_they_say(client, assembly):
    poster, words = words_of(client.get(address("poster", assembly)))
    assert "한마당" in words
    assert "긴의자" in words.replace(" ", "")
    assert round(float(poster.pages[0].mediabox.width)) == 1191  # A2
    assert len(poster.pages) == 1
    banner, words = words_of(client.get(address("banner", assembly)))
    assert "한마당" in words
    width, height = (float(side) for side in banner.pages[0].mediabox[2:])
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (5000, 900)
    assert len(banner.pages) == 1


def test_the_qr_leads_to_the_assembly(client, assembly, settings):
    answer = client.get(address("qr", assembly))
    assert answer["Content-Type"] == "image/svg+xml"
    settings.SITE_ADDRESS = "https://other.example.org"
    assert client.get(address("qr", assembly)).content != answer.content
    page = client.get(address("promotion", assembly)).content.decode()
    assert f"https://other.example.org{assembly.get_absolute_url()}" in page


def unfolded(content):
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_a_calendar_follows_the_day_and_the_poll_of_a_dong(client, assembly, dong, officer, now):
    answer = client.get(reverse("assembly:calendar", args=[dong.code]))
    lines = unfolded(answer.content)
    assert answer["Content-Type"].startswith("text/calendar")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert f"DTSTART;VALUE=DATE:{assembly.held_on:%Y%m%d}" in lines
    assert "LOCATION:한마당" in lines
    assert lines.count("STATUS:CONFIRMED") == 2
    assert all(len(line.encode()) <= 75 for line in answer.content.decode().split("\r\n"))
    ballot.void(election=assembly.election, reason="명부가 잘못되었습니다.", by=officer, at=now)
    lines = unfolded(client.get(reverse("assembly:calendar", args=[dong.code])).content)
    assert lines.count("STATUS:CANCELLED") == 2


def test_signs_with_a_meaning_are_escaped_in_a_calendar_and_long_lines_folded(assembly):
    assembly.place = "강당, 2층; 왼쪽\\문 " + "아주 " * 40
    content = calendar_of([assembly], name="총회")
    assert "LOCATION:강당\\, 2층\\; 왼쪽\\\\문 아주" in content.decode().replace("\r\n ", "")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_an_assembly_in_preparation_is_in_no_calendar_and_has_no_poster(client, dong, officer, now):
    made = ruled(dong, by=officer, at=now)
    lines = unfolded(client.get(reverse("assembly:calendar", args=[dong.code])).content)
    assert "BEGIN:VEVENT" not in lines
    assert client.get(address("poster", made)).status_code == 404


def test_a_helper_signs_up_and_the_confirmed_hours_are_time_given(
    client, assembly, soonja, officer
):
    client.force_login(soonja)
    page = client.post(
        address("offer_help", assembly), {"help": "carry", "note": "오전만"}, follow=True
    ).content.decode()
    assert "도우미로 적었습니다" in page
    page = client.post(address("offer_help", assembly), {"help": "carry", "note": ""})
    assert "이미 이 일을 돕기로" in page.content.decode()
    helper = Helper.objects.get()
    assembly.held_on = timezone.localdate() - timedelta(days=1)
    assembly.save(update_fields=["held_on"])
    [duty] = Helper.objects.waiting_for(officer)
    assert duty.link == address("helpers", assembly)
    client.force_login(officer)
    assert soonja.name in client.get(duty.link).content.decode()
    page = client.post(address("confirm_help", helper), {"minutes": "9"}).content.decode()
    assert "10분에서 720분 사이" in page
    client.post(address("confirm_help", helper), {"minutes": "180"})
    [part] = Part.objects.of(soonja)
    assert (part.kind, part.minutes, part.on) == ("working", 180, assembly.held_on)
    assert Message.objects.filter(person=soonja, title__contains="고맙습니다").exists()
    assert Helper.objects.waiting_for(officer) == []
    client.force_login(soonja)
    page = client.post(address("withdraw_help", helper)).content.decode()
    assert "이미 확인한 도움" in page


def test_an_offer_can_be_taken_back_and_nobody_elses(client, assembly, soonja, minsu):
    helper = actions.offer_help(
        assembly=assembly, help="clean", note="", by=soonja, at=assembly.announced_at
    )
    client.force_login(minsu)
    assert client.post(address("withdraw_help", helper)).status_code == 403
    client.force_login(soonja)
    client.post(address("withdraw_help", helper))
    assert not Helper.objects.exists()


def test_help_is_offered_until_the_day_and_confirmed_from_it_on(assembly, soonja):
    day = assembly.held_on

    def offer(**facts):
        usual = {"public": True, "held_on": day, "on": day, "already": False}
        no = rules.why_not_offer_help(**usual | facts)
        return no and no.why

    assert offer() is None
    assert offer(on=day + timedelta(days=1)) == Why.HELP_OVER
    assert offer(public=False) == Why.NOT_NOW
    helper = actions.offer_help(
        assembly=assembly, help="clean", note="", by=soonja, at=assembly.announced_at
    )
    with pytest.raises(Refused) as no:
        actions.confirm_help(helper=helper, minutes=60, by=soonja, at=assembly.announced_at)
    assert no.value.why == Why.HELP_NOT_YET
