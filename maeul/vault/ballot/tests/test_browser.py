"""A phone chooses, seals, loses its connection, and still puts exactly one ballot in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maeul.vault.ballot import actions, sealing
from maeul.vault.ballot.models import Envelope
from maeul.vault.ballot.tests import factories
from tests.browser import axe, screenshot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPTIONS = [
    actions.OptionText(
        title="안양천 산책길 밤길 조명",
        lines="산책길 들머리 세 곳에 낮은 등 열두 개를 답니다.",
        cost=8_600_000,
        place="안양천 들머리 3곳",
        details="해가 지면 산책길 들머리 세 곳이 어둡습니다.",
    ),
    actions.OptionText(title="시장 앞 보행 안전 표시", cost=5_400_000, place="시장 앞 건널목 2곳"),
    actions.OptionText(title="버스정류장 그늘 의자", cost=9_800_000, place="정류장 4곳"),
    actions.OptionText(title="혼자 사는 어르신 반찬 나눔", cost=6_400_000, place="동 전체"),
]


@pytest.fixture
def election(soonja):
    """One question with a limit of money, one of yes or no; open since an hour."""
    at = timezone.now() - timedelta(hours=1)
    electors = [actions.ElectorText(name="순자", person=soonja)]

    def budget(election, *, at):
        factories.budget_question(
            election, at=at, options=OPTIONS, budget=20_000_000, ballot_limit=20_000_000, at_most=3
        )

    return factories.frozen(at=at, electors=electors, questions=(budget, factories.yes_no_question))


@pytest.fixture
def as_soonja(sign_in, soonja):
    return lambda page: sign_in(page, soonja)


@pytest.fixture
def sign_in(live_server):
    def sign_in(page, person):
        client = Client()
        client.force_login(person)
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value,
              "url": live_server.url}]
        )  # fmt: skip
        return page

    return sign_in


def address(live_server, election, name="ballot"):
    return live_server.url + reverse(f"ballot:{name}", args=[election.pk])


def said(envelope):
    """What the two holders would read."""
    election = envelope.election
    inside = bytes(envelope.sealed)
    for key in factories.KEYS:
        inside = sealing.unseal(inside, key)
    return sealing.parse(election.frozen(), "전체", inside)


def test_a_phone_votes_from_the_first_tap_to_the_receipt(live_server, phone, as_soonja, election):
    page = as_soonja(phone)
    page.goto(address(live_server, election))
    page.get_by_text("안양천 산책길 밤길 조명").first.click()
    page.get_by_text("시장 앞 보행 안전 표시").click()
    assert page.locator("#running-count").inner_text() == "1번 안건: 2가지, 1,400만원"
    assert page.locator("#running-left").inner_text() == "2,000만원 가운데 600만원 남음"
    assert page.locator("#q1-3-note").inner_text() == (
        "380만원 모자랍니다. 다른 것을 빼면 담을 수 있습니다."
    )
    page.get_by_label("찬성").check()
    axe(page)
    screenshot(page, "ballot-choose-390")
    page.get_by_role("button", name="다음: 확인하기").click()
    assert page.locator("h1").inner_text() == "이렇게 고르셨습니다"
    axe(page)
    screenshot(page, "ballot-review-390")
    page.get_by_role("button", name="투표함에 넣기").click()
    page.get_by_role("heading", name="투표함에 들어갔습니다").wait_for()
    axe(page)
    screenshot(page, "ballot-receipt-390")

    envelope = Envelope.objects.get()
    assert page.locator("#tracker").text_content() == bytes(envelope.tracker).hex()
    assert said(envelope) == {"q1": (1, 2), "q2": (1,)}


def test_what_breaks_a_limit_is_said_and_not_sealed(live_server, phone, as_soonja, election):
    page = as_soonja(phone)
    page.goto(address(live_server, election))
    for title in ("안양천 산책길", "시장 앞 보행", "그늘 의자"):
        page.get_by_text(title).first.click()
    page.get_by_role("button", name="다음: 확인하기").click()
    assert page.get_by_text("380만원 넘었습니다. 다른 것을 빼 주세요.").is_visible()
    assert page.locator("#review").is_hidden()
    axe(page)


def test_a_lost_answer_leads_to_one_ballot(live_server, phone, as_soonja, election):
    """The first answers never arrive, though the ballots did."""
    page = as_soonja(phone)
    lost = []

    def lose_the_answer(route):
        if len(lost) < 2:
            lost.append(route.fetch())
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/cast/", lose_the_answer)
    page.goto(address(live_server, election))
    page.get_by_text("시장 앞 보행 안전 표시").click()
    page.get_by_role("button", name="다음: 확인하기").click()
    page.get_by_role("button", name="투표함에 넣기").click()
    page.get_by_role("heading", name="투표함에 들어갔습니다").wait_for()
    assert len(lost) == 2
    assert Envelope.objects.count() == 1


def test_a_ballot_that_was_on_its_way_is_sent_again_after_coming_back(
    live_server, phone, as_soonja, election
):
    page = as_soonja(phone)
    page.goto(address(live_server, election))
    page.get_by_text("시장 앞 보행 안전 표시").click()
    page.get_by_role("button", name="다음: 확인하기").click()
    page.route("**/cast/", lambda route: route.abort("internetdisconnected"))
    page.get_by_role("button", name="투표함에 넣기").click()
    page.get_by_text("같은 표를 다시 보냅니다").wait_for()
    page.unroute("**/cast/")
    page.goto(address(live_server, election, "mine"))
    page.goto(address(live_server, election))
    page.get_by_role("button", name="보내던 표 다시 보내기").click()
    page.get_by_role("heading", name="투표함에 들어갔습니다").wait_for()
    assert said(Envelope.objects.get())["q1"] == (2,)


def test_back_from_the_review_keeps_what_was_chosen(live_server, phone, as_soonja, election):
    page = as_soonja(phone)
    page.goto(address(live_server, election))
    page.get_by_text("시장 앞 보행 안전 표시").click()
    page.get_by_role("button", name="다음: 확인하기").click()
    page.go_back()
    assert page.get_by_label("시장 앞 보행 안전 표시").is_checked()
    assert page.locator("#review").is_hidden()


def test_the_ballot_works_with_very_large_type_and_from_the_keyboard(
    live_server, large_type, as_soonja, election
):
    page = as_soonja(large_type)
    page.goto(address(live_server, election), wait_until="networkidle")
    page.locator("#q1-2").focus()
    page.keyboard.press("Space")
    page.locator("#check").focus()
    page.keyboard.press("Enter")
    page.locator("#put").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="투표함에 들어갔습니다").wait_for()
    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(sideways) <= 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_other_pages_are_accessible_in_both_themes(
    live_server, desktop, as_soonja, election, theme
):
    page = as_soonja(desktop)
    page.context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
    for name in ("election", "mine", "board"):
        page.goto(address(live_server, election, name))
        axe(page)
        screenshot(page, f"ballot-{name}-1280-{theme}")


def test_the_officers_desk_and_the_result_are_accessible_at_every_stage(
    live_server, desktop, phone, sign_in
):
    at = timezone.now() - timedelta(days=3)
    draft = factories.drafted(at=at, electors=factories.walk_ins(30))
    page = sign_in(desktop, draft.clerk)
    look(page, live_server, draft, "draft")
    for name, path in (
        ("holders", reverse("ballot:holders")),
        ("guide", reverse("ballot:guide", args=[draft.pk, "holder"])),
    ):
        for each, width in ((page, 1280), (sign_in(phone, draft.clerk), 390)):
            each.goto(live_server.url + path)
            axe(each)
            screenshot(each, f"ballot-{name}-{width}")

    def budget(election, *, at):
        factories.budget_question(election, at=at, options=OPTIONS, budget=20_000_000)

    election = factories.frozen(
        at=at,
        electors=factories.walk_ins(30),
        officers=(draft.chair, draft.clerk),
        questions=(budget, factories.yes_no_question),
        quorum=20,
    )
    for elector in election.electors.filter(number__lte=24):
        n = elector.number
        factories.cast(
            election, elector, at=at, q1=sorted({1 + n % 4, 1 + (n * n) % 3}), q2=[1 + n % 2]
        )
    election = factories.closed(election)
    look(page, live_server, election, "closed")
    result = factories.brought(election)
    look(page, live_server, election, "brought")
    for officer in (election.chair, election.clerk):
        opened = actions.confirm_opening(opened=result, by=officer, at=election.closes_at)
    opened.chair, opened.clerk = election.chair, election.clerk
    look(page, live_server, opened, "opened")
    counted = factories.counted(opened)
    look(page, live_server, counted, "counted")
    published = factories.published(counted)
    for each, width in ((desktop, 1280), (phone, 390)):
        each.goto(address(live_server, published, "result"))
        axe(each)
        screenshot(each, f"ballot-result-{width}")


def look(page, live_server, election, stage):
    page.goto(address(live_server, election, "desk"))
    axe(page)
    screenshot(page, f"ballot-desk-{stage}-1280")
