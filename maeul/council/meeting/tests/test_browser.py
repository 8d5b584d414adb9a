"""A secretary runs an evening on a phone, from the roll to the minutes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from maeul.council.meeting.models import Meeting
from maeul.council.meeting.tests.factories import opened, plenary
from maeul.council.membership.tests.factories import council_of, office_of, subcommittee_of
from maeul.ground.people.tests.factories import PersonFactory
from tests.browser import DESKTOP, PHONE, axe, screenshot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LARGE_TYPE = {"width": 180, "height": 400}  # 360 px of glass at 200 %


@pytest.fixture
def evening(law, dong, secretary, soonja):
    """A plenary of thirteen members whose day has come."""
    members = [
        soonja,
        *(PersonFactory(name=name) for name in ["민수", "영희", "영호", "정자", "철수"]),
    ]
    members += PersonFactory.create_batch(7)
    council = council_of(dong, members=members)
    office_of(council, soonja, "chair")
    subcommittee_of(council, members=members[:4])
    topics = ["지난 회의록 확인", "개표 방식 정하기", "마을기금 120만원 쓰기"]
    at = timezone.now() - timedelta(days=7)
    return plenary(dong, by=secretary, at=at, members=members, topics=topics)


@pytest.fixture
def as_secretary(live_server, secretary):
    client = Client()
    client.force_login(secretary)

    def sign_in(page):
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        page.context.add_cookies([cookie | {"url": live_server.url}])
        return page

    return sign_in


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def press(page, name, *, role="button"):
    """Press it and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role(role, name=name).first.click()


def looked_at(page, name):
    axe(page)
    assert fits(page), f"{name} scrolls sideways"
    screenshot(page, f"{name}-{page.viewport_size['width']}")


def test_a_secretary_runs_an_evening_on_a_phone(live_server, phone, as_secretary, evening):
    page = as_secretary(phone)
    page.goto(live_server.url + evening.link)
    looked_at(page, "meeting-called")
    press(page, "회의 진행하기", role="link")
    for name in ("순자", "민수", "영희", "영호", "정자", "철수"):
        page.get_by_label(name, exact=True).check()
    page.get_by_label("이름을 적지 않은 손님 수").fill("2")
    press(page, "출석 저장하기")
    press(page, "회의 열기")
    assert page.get_by_text("1명이 더 오면 할 수 있습니다").is_visible()
    looked_at(page, "meeting-below-quorum")
    page.get_by_label("주민", exact=False).first.check()
    press(page, "출석 저장하기")
    press(page, "회의 열기")
    looked_at(page, "meeting-run")

    page.get_by_text("듣고 확인함").click()
    press(page, "결과 적고 다음 안건으로")
    page.locator("summary", has_text="표결에 부치기").click()
    page.get_by_label("표결할 문장").fill("주민총회에서 동점이면 공개 추첨으로 정한다")
    press(page, "표결에 부치기")
    looked_at(page, "meeting-motion")
    for hands, number in (("찬성", "5"), ("반대", "1"), ("기권", "1")):
        page.get_by_label(hands, exact=True).fill(number)
    press(page, "표결 결과 적기")
    assert page.get_by_text("7명 가운데 4명이 필요했고 5명이 찬성했습니다").is_visible()
    page.get_by_text("의제로 다루기로 함").first.click()
    press(page, "결과 적고 다음 안건으로")

    page.locator("summary", has_text="누가 무엇을 할지 적기").click()
    page.get_by_label("할 일", exact=True).fill("현수막 떼기")
    page.get_by_label("맡은 사람").select_option(label="순자")
    page.get_by_label("언제까지").fill((timezone.localdate() + timedelta(days=9)).isoformat())
    press(page, "할 일 적기")
    page.locator("summary", has_text="회의 마치기").click()
    press(page, "회의 마치기")
    looked_at(page, "meeting-closed")
    press(page, "회의록 공개하기")
    press(page, "회의록 보기", role="link")
    looked_at(page, "meeting-minutes")
    assert Meeting.objects.get().state == "minutes_published"


@pytest.mark.parametrize(
    ("viewport", "theme"),
    [(PHONE, "light"), (PHONE, "dark"), (DESKTOP, "light"), (LARGE_TYPE, "light")],
    ids=["phone", "dark", "desktop", "200%"],
)
def test_every_page_of_council_and_meetings_can_be_seen_by_all(
    new_page, live_server, as_secretary, evening, viewport, theme
):
    page = as_secretary(new_page(viewport))
    page.context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
    opened(evening, by=evening.invited()[0])
    code = evening.dong.code
    for name, address in {
        "meetings": f"/meetings/in/{code}/",
        "convene": f"/meetings/in/{code}/call/",
        "follow-ups": f"/meetings/in/{code}/follow-ups/",
        "meeting": evening.link,
        "run": evening.run_link,
        "draft": evening.minutes_link,
        "council": f"/council/{code}/",
        "mine": "/council/mine/",
    }.items():
        page.goto(live_server.url + address)
        looked_at(page, f"council-{name}-{theme}")
