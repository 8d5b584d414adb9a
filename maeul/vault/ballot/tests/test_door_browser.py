"""A clerk's phone and a tablet: checked in, a code, a ballot, and nothing left for the next one."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maeul.vault.ballot import actions
from maeul.vault.ballot.models import CheckIn, Elector, Envelope
from maeul.vault.ballot.tests import factories
from tests.browser import DESKTOP, axe, screenshot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def election():
    return factories.at_booths(at=timezone.now() - timedelta(hours=1))


@pytest.fixture
def table(live_server, election, phone):
    """The clerk's phone, at the table."""
    hall = election.tables[0]
    client = Client()
    client.force_login(hall.helper)
    phone.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    phone.goto(live_server.url + reverse("ballot:table", args=[election.pk, hall.number]))
    return phone


def test_a_walk_in_is_registered_and_votes_at_a_tablet_that_forgets_them(
    live_server, election, table, new_page
):
    tablet = new_page(viewport=DESKTOP)
    start = table.url
    table.get_by_role("link", name="투표 단말").click()
    table.get_by_label("단말 이름").fill("단말 1")
    screenshot(table, "door-devices-390")
    table.get_by_role("button", name="등록 코드 만들기").click()
    screenshot(table, "door-enrol-390")
    tablet.goto(table.locator("code").inner_text())
    tablet.get_by_role("button", name="투표 단말로 쓰기").click()
    axe(tablet)
    screenshot(tablet, "door-kiosk-1280")

    table.goto(start)
    table.get_by_label("이름이나 명부 번호").fill("박새이웃")
    table.locator("main").get_by_role("button", name="찾기").click()
    axe(table)
    screenshot(table, "door-table-390")
    table.get_by_role("link", name="명부에 없는 분").click()
    table.get_by_label("이름").fill("박새이웃")
    table.get_by_label("생년월일").fill("1970-01-01")
    table.get_by_label("본 신분증").select_option("주민등록증")
    axe(table)
    screenshot(table, "door-register-390")
    table.get_by_role("button", name="명부에 올리기").click()
    axe(table)
    screenshot(table, "door-elector-390")
    table.get_by_role("button", name="단말 번호 주기").click()
    axe(table)
    screenshot(table, "door-check-in-390")
    table.get_by_role("button", name="단말 번호 만들기").click()
    axe(table)
    screenshot(table, "door-slip-390")
    code = table.locator(".receipt-code").inner_text()

    tablet.get_by_label("여덟 자리 번호").fill(code)
    tablet.get_by_role("button", name="내 투표지 열기").click()
    tablet.get_by_text("그늘 의자").click()
    axe(tablet)
    screenshot(tablet, "door-kiosk-ballot-1280")
    tablet.get_by_role("button", name="다음: 확인하기").click()
    tablet.get_by_role("button", name="다시 고르기").click()
    tablet.get_by_role("button", name="다음: 확인하기").click()
    tablet.get_by_role("button", name="투표함에 넣기").click()
    tablet.get_by_text("투표함에 들어갔습니다").wait_for()
    screenshot(tablet, "door-kiosk-receipt-1280")
    assert Elector.objects.get(roll="supplementary").entry.channel == "kiosk"
    assert Envelope.objects.get().check_in == CheckIn.objects.get()

    tablet.get_by_role("link", name="끝내기").click()
    tablet.get_by_text("받은 번호를 눌러 주세요").wait_for()
    assert tablet.evaluate("sessionStorage.length + localStorage.length") == 0
    tablet.go_back()
    assert tablet.locator("#choose").count() == 0 or not tablet.locator(":checked").count()
    assert re.search(r"/kiosk/$", tablet.url)


def test_a_tablet_that_nobody_touches_asks_and_goes_back_to_its_start(
    live_server, election, new_page
):
    hall, at = election.tables[0], timezone.now()
    device = factories.kiosk(hall, at=at)
    check_in = factories.came(election.electors.get(number=1), hall, "kiosk", at=at)
    code = actions.new_slip(check_in=check_in, by=hall.helper, at=at)
    tablet = new_page(viewport=DESKTOP)
    tablet.context.add_cookies([{"name": "kiosk", "value": device.secret, "url": live_server.url}])
    tablet.clock.install()
    tablet.goto(live_server.url + reverse("ballot:kiosk"))
    tablet.get_by_label("여덟 자리 번호").fill(code)
    tablet.get_by_role("button", name="내 투표지 열기").click()
    tablet.get_by_text("그늘 의자").click()
    tablet.clock.run_for(89_000)
    assert not tablet.get_by_text("아직 계신가요?").is_visible()
    tablet.clock.run_for(2_000)
    assert tablet.get_by_text("아직 계신가요?").is_visible()
    tablet.clock.run_for(30_000)
    tablet.get_by_text("받은 번호를 눌러 주세요").wait_for()
    assert not Envelope.objects.exists()
