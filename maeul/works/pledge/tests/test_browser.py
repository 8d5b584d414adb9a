"""The money, looked at: from the pledge's total down to a receipt, on a phone and on a desk."""

import pytest
from django.test import Client
from django.urls import reverse

from maeul.decision.budget.tests.factories import allocation, appropriation, open_round
from maeul.vault.ledger.models import Entry
from maeul.voice.agenda.tests.factories import item_in
from maeul.works.grant.tests.factories import district_staff, granted, paid, requested
from maeul.works.pledge.tests.factories import cell, loaded, tied
from maeul.works.project import actions as project_actions
from maeul.works.project.models import Project
from maeul.works.project.tests.factories import (
    WHEN,
    asked,
    given_back,
    interest,
    settled,
    spent,
    started,
)
from tests.browser import DESKTOP, axe, screenshot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LARGE_TYPE = {"width": 180, "height": 400}  # 360 px of glass at 200 %


@pytest.fixture
def village(law, dong, soonja, uploads_elsewhere):
    """A pledge whose year opens to three projects: settled, under way, asking for its grant."""
    pledge = loaded()
    city = appropriation(10_000_000, source="city", dong=dong)
    district = appropriation(20_000_000, dong=dong)
    tied(city, pledge), tied(district, pledge)
    round = open_round(city, district)
    names = ("학교 뒷길 밝은 담장", "골목 그늘 의자", "놀이터 모래 갈기")
    items = [item_in(dong, "decided", title=name, author=soonja) for name in names]
    first, second, third = (
        allocation(won, round=round, thread=item.thread)
        for won, item in zip((8_400_000, 6_000_000, 5_000_000), items, strict=True)
    )
    wall = started(given=first, way="grant", lead=soonja, content="등과 그림으로 밝힙니다.")
    paid(granted(8_400_000, project=wall))
    spent(wall, 2_376_000, vat_won=216_000)
    spent(wall, 1_864_000, purpose="페인트와 붓", payee="철물점")
    interest(wall, 1_250)
    settled(wall)
    given_back(wall)
    bench = started(given=second, lead=soonja)
    project_actions.plan_step(
        project=bench, title="자리 정하기", due_on=bench.ends_on, by=soonja, at=WHEN
    )
    asked(bench, 900_000)
    requested(5_000_000, project=started(given=third, way="grant", lead=soonja))
    return pledge


def signed_in(page, live_server, person):
    client = Client()
    client.force_login(person)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([cookie | {"url": live_server.url}])


def looked_at(page, name):
    axe(page)
    sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not sideways, f"{name} scrolls sideways"
    screenshot(page, f"{name}-{page.viewport_size['width']}")


def addresses(village, dong):
    """Each page of money, by the name of its picture."""
    wall, bench, asking = Project.objects.order_by("pk")
    receipt = wall.expenditures.order_by("pk").first()
    money = reverse("pledge:money")
    return {
        "money": f"{money}?year=2026&dong={dong.code}",
        "money-2019": f"{money}?year=2019",
        "pledge-card": village.get_absolute_url(),
        "pledge-cell": cell(village).get_absolute_url(),
        "budget-dong": reverse("budget:dong_year", args=[dong.code, 2026]),
        "budget-round": wall.allocation.round.get_absolute_url(),
        "budget-allocation": wall.allocation.get_absolute_url(),
        "budget-appropriation": wall.purses.first().part.appropriation.get_absolute_url(),
        "projects": reverse("project:dong_year", args=[dong.code, 2026]),
        "project": wall.get_absolute_url(),
        "project-lead": bench.get_absolute_url(),
        "receipt": receipt.get_absolute_url(),
        "receipt-asked": bench.expenditures.get().get_absolute_url(),
        "receipt-form": reverse("project:ask_spending", args=[bench.pk]),
        "settlement": wall.settlements.get().get_absolute_url(),
        "refund": wall.purses.first().notices.get(kind="refund").get_absolute_url(),
        "grants": reverse("grant:dong_year", args=[dong.code, 2026]),
        "grant": wall.grants.get().get_absolute_url(),
        "grant-request": asking.grants.get().get_absolute_url(),
        "ledger-account": wall.purses.first().account.get_absolute_url(),
        "ledger-entry": Entry.objects.get(pk=receipt.entry_id).get_absolute_url(),
    }


@pytest.mark.parametrize("size", ["phone", "desktop", "large type"])
def test_every_page_of_money_is_read_by_everybody(
    live_server, new_page, village, dong, soonja, size
):
    page = {
        "phone": lambda: new_page(),
        "desktop": lambda: new_page(DESKTOP, color_scheme="dark"),
        "large type": lambda: new_page(LARGE_TYPE),
    }[size]()
    signed_in(page, live_server, soonja)
    for name, address in addresses(village, dong).items():
        page.goto(live_server.url + address)
        looked_at(page, name)


def test_a_neighbour_opens_the_year_down_to_the_receipt(live_server, phone, village, dong):
    phone.goto(f"{live_server.url}{reverse('pledge:money')}?year=2026&dong={dong.code}")
    phone.locator("summary", has_text="학교 뒷길 밝은 담장").click()
    phone.locator("summary", has_text="담장 등 12개").click()
    looked_at(phone, "money-receipt")
    phone.locator(".receipt:visible").get_by_role("link", name="증빙 보기").click()
    assert phone.get_by_role("heading", name="담장 등 12개").is_visible()
    phone.get_by_role("link", name="장부에서 보기").click()
    phone.get_by_role("link", name="근거 보기").click()
    assert phone.get_by_role("heading", name="담장 등 12개").is_visible()


def test_a_district_officer_decides_on_a_grant(live_server, phone, village, dong):
    signed_in(phone, live_server, district_staff(dong, 2))
    asking = Project.objects.order_by("pk").last()
    phone.goto(live_server.url + asking.grants.get().get_absolute_url())
    phone.get_by_role("link", name="교부 결정하기").click()
    looked_at(phone, "grant-decide")
    phone.get_by_label("교부하는 금액").fill("6,000,000")
    phone.get_by_role("button", name="결정하기").click()
    assert phone.get_by_text("그보다 많이 줄 수 없습니다").first.is_visible()
    phone.get_by_label("교부하는 금액").fill("5,000,000")
    phone.get_by_role("button", name="결정하기").click()
    assert phone.get_by_text("이제 교부를 준비해 주세요").is_visible()
    looked_at(phone, "grant-decided")
