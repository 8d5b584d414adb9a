"""The pages of `agenda` and `review` in a real Chromium: seen, checked, tapped."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from maeul.ground.district.tests.factories import DongFactory, bounded, department
from maeul.ground.people.tests.factories import holder, resident
from maeul.voice.agenda import actions
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.agenda.rules import State
from maeul.voice.agenda.tests.factories import item_in, said, topic_decided
from maeul.voice.review.tests.factories import answered, asked
from tests.browser import axe, screenshot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RING = [[126.88, 37.46], [126.89, 37.46], [126.893, 37.466], [126.89, 37.475], [126.88, 37.47]]


@pytest.fixture
def dong(db, law):
    return bounded(DongFactory(longitude=126.885, latitude=37.467), [*RING, RING[0]])


@pytest.fixture
def sign_in(client, live_server):
    """Sign somebody in on a page of theirs."""

    def sign(page, person):
        client.force_login(person)
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    return sign


def looked_at(page, name):
    screenshot(page, name)
    assert page.locator("h1").count() == 1
    wider = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wider), f"{name} scrolls sideways"
    axe(page)


def test_a_resident_sends_a_sentence_by_thumb_with_a_place_and_finds_it(
    live_server, phone, sign_in, dong
):
    sign_in(phone, resident("순자", dong))
    item_in(dong, title="시장 앞 건널목 신호를 더 길게", at=timezone.now())
    phone.goto(live_server.url + reverse("agenda:new"))
    phone.get_by_label("무엇을 바꾸고 싶으세요?").press_sequentially(
        "시장 건널목 신호가 너무 짧아요"
    )
    phone.locator("#similar .notice").wait_for()  # what sounds alike, while one types
    phone.get_by_label("어디 이야기인가요?").fill("시장 북쪽 들머리")
    phone.get_by_label("어디 이야기인가요?").press("Enter")  # sends; what is missing is said
    phone.locator(".error-summary").wait_for()
    phone.get_by_role("button", name="지도에서 자리 찍기").click()
    phone.locator("input[type=image]").click(position={"x": 150, "y": 200})
    phone.get_by_text("자리를 찍었습니다").wait_for()
    looked_at(phone, "agenda-new-390")
    phone.get_by_role("button", name="보내기", exact=True).click()
    phone.locator(".error-summary").wait_for()
    looked_at(phone, "agenda-new-error-390")
    phone.get_by_text("길과 안전").click()
    phone.get_by_role("button", name="보내기", exact=True).click()
    phone.get_by_text("잘 받았습니다.").wait_for()
    looked_at(phone, "agenda-sent-390")
    item = AgendaItem.objects.get(state=State.CAPTURED)
    assert 126.88 < item.longitude < 126.893
    assert 37.46 < item.latitude < 37.475


def test_everybody_reads_the_list_and_the_way_of_an_item(
    live_server, phone, desktop, large_type, dong
):
    now = timezone.now()
    people = [resident(name, dong) for name in ("영희", "철수", "민지")]
    roads = department("도로과", "roads")
    shown = item_in(
        dong,
        title="학교 뒷길 밝은 담장",
        text="손녀가 학교 뒷길을 무서워해요. 담장이 시커멓고 등이 없어요.",
        place="학교 뒷길",
        point=(126.885, 37.466),
        at=now - timedelta(days=40),
    )
    for person in people:
        actions.support(item=shown, by=person, at=now)
    gathered = item_in(dong, title="골목이 어두워요", at=now - timedelta(days=30))
    actions.merge(item=gathered, into=shown, by=holder("담당", "dong_officer", dong=dong), at=now)
    review = asked(dong, department=roads, item=shown, at=now, cost_won=12_000_000)
    answered(
        dong,
        "adjust",
        review=review,
        reason="높은 가로등은 전선 문제로 어렵습니다. 담장에 다는 낮은 등은 됩니다.",
        adjusted_cost_won=8_400_000,
        concerns=["upkeep"],
        at=now,
    )
    for state in (State.FIXED, State.IN_REVIEW, State.DECIDED, "not_chosen", State.PARKED):
        item_in(dong, state, title=f"{state} 의제", at=now, point=(126.883, 37.464))
    pages = {
        "agenda-list": reverse("agenda:items") + f"?dong={dong.code}",
        "agenda-item": shown.get_absolute_url(),
        "review": review.get_absolute_url(),
    }
    for name, address in pages.items():
        for page, width in ((phone, 390), (desktop, 1280), (large_type, 200)):
            page.goto(live_server.url + address)
            looked_at(page, f"{name}-{width}")
    phone.context.add_cookies([{"name": "theme", "value": "dark", "url": live_server.url}])
    for name, address in pages.items():
        phone.goto(live_server.url + address)
        looked_at(phone, f"{name}-390-dark")


def test_staff_and_reviewers_work_through_their_lists(live_server, desktop, sign_in, dong):
    officer = holder("동담당", "dong_officer", dong=dong)
    roads = department("도로과", "roads")
    now = timezone.now()
    for days, title in ((9, "늦은 문장"), (3, "오늘 답할 문장"), (0, "새 문장")):
        said(dong, title=title, at=now - timedelta(days=days))
    late = asked(dong, department=roads, item=item_in(dong, title="늦은 검토"))
    topic_decided(dong)
    item_in(dong, title="회의에 올릴 의제", at=now)
    item = AgendaItem.objects.get(title="새 문장")
    sign_in(desktop, officer)
    pages = {
        "agenda-worklist": reverse("agenda:worklist"),
        "agenda-triage": reverse("agenda:triage", args=[item.number]),
        "agenda-decline": reverse("agenda:decline", args=[item.number]),
        "agenda-desk": reverse("agenda:desk", args=[dong.code]),
        "agenda-write-down": reverse("agenda:write_down"),
        "review-desk-staff": reverse("review:desk"),
        "review-ask": reverse("review:ask", args=[late.item.number]),
    }
    for name, address in pages.items():
        desktop.goto(live_server.url + address)
        looked_at(desktop, f"{name}-1280")
    sign_in(desktop, holder("검토자", "reviewer", department=roads))
    for name, address in {
        "review-desk": reverse("review:desk"),
        "review-answer": reverse("review:answer", args=[late.pk]),
    }.items():
        desktop.goto(live_server.url + address)
        looked_at(desktop, f"{name}-1280")
