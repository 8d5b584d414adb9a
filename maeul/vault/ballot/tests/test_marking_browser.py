"""Ranks and points on the ballot page: by touch, by keyboard, in very large type."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from maeul.vault.ballot import actions
from maeul.vault.ballot.models import Envelope, PaperEntry
from maeul.vault.ballot.tests import factories
from maeul.vault.ballot.tests.test_browser import OPTIONS, address, as_soonja, said, sign_in
from maeul.vault.ballot.tests.test_marking import MUTANTS, files_of, places_that_skip, voted
from maeul.vault.ballot.tests.test_marking_paper import small
from maeul.vault.ballot.tests.test_verify import in_browser, summed_up
from tests.browser import axe, screenshot

__all__ = ["as_soonja", "sign_in"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def ranked(election, *, at):
    actions.put(
        election=election,
        title="무엇부터 할까요?",
        options=OPTIONS,
        rule="borda",
        parameters={"seats": 2, "worths": [3, 2, 1]},
        at_most=3,
        whole_ballots="public",
        by=election.clerk,
        at=at,
    )


def scored(election, *, at, each=5, total=10):
    actions.put(
        election=election,
        title="몇 점인가요?",
        options=OPTIONS,
        rule="score",
        parameters={"seats": 2, "each_at_most": each, "total_at_most": total},
        whole_ballots="public",
        at_most=4,
        by=election.clerk,
        at=at,
    )


@pytest.fixture
def election(soonja):
    at = timezone.now() - timedelta(hours=1)
    electors = [actions.ElectorText(name="순자", person=soonja)]
    return factories.frozen(at=at, electors=electors, questions=(ranked, scored))


def shown(page, where):
    page.goto(where)
    page.locator("#running").wait_for()  # a ballot can be marked from now on
    return page


def row(page, title):
    """The card of an option in the question of points."""
    return page.get_by_role("radiogroup", name=title)


def test_a_phone_ranks_by_tapping_in_order_and_gives_points(
    live_server, phone, as_soonja, election
):
    page = shown(as_soonja(phone), address(live_server, election))
    for title in ("시장 앞 보행", "안양천 산책길", "버스정류장"):
        page.get_by_text(title).first.click()
    assert page.locator("#running-count").inner_text() == "1번 안건: 3순위까지 정했습니다"
    assert page.locator("#q1-4-note").inner_text() == (
        "이미 3가지를 골랐습니다. 다른 것을 빼면 담을 수 있습니다."
    )
    page.get_by_role("button", name="버스정류장 그늘 의자 위로").click()
    order = page.locator("[data-ranks] [data-title]").all_inner_texts()
    assert order == ["시장 앞 보행 안전 표시", "버스정류장 그늘 의자", "안양천 산책길 밤길 조명"]
    row(page, "안양천 산책길").get_by_label("5").check()
    row(page, "혼자 사는 어르신").get_by_label("4").check()
    assert page.locator("#running-count").inner_text() == "2번 안건: 2가지에 9점"
    assert page.locator("#running-left").inner_text() == "10점 가운데 1점 남음"
    axe(page)
    screenshot(page, "ballot-marking-390")
    row(page, "시장 앞 보행").get_by_label("2").check()
    page.get_by_role("button", name="다음: 확인하기").click()
    assert page.get_by_text("모두 더해 10점까지입니다. 1점을 빼 주세요.").is_visible()
    row(page, "시장 앞 보행").get_by_label("1").check()
    page.get_by_role("button", name="다음: 확인하기").click()
    rows = page.locator("#chosen section").nth(0).locator("li").all_inner_texts()
    assert [" ".join(each.split()) for each in rows] == [
        "시장 앞 보행 안전 표시 시장 앞 건널목 2곳 1순위",
        "버스정류장 그늘 의자 정류장 4곳 2순위",
        "안양천 산책길 밤길 조명 안양천 들머리 3곳 3순위",
    ]
    assert "3가지에 10점" in page.locator("#chosen section").nth(1).inner_text()
    axe(page)
    screenshot(page, "ballot-marking-review-390")
    page.get_by_role("button", name="투표함에 넣기").click()
    page.get_by_role("heading", name="투표함에 들어갔습니다").wait_for()
    answers = {"q1": (2, 3, 1), "q2": ((1, 5), (2, 1), (4, 4))}
    assert said(Envelope.objects.get()) == answers


def test_who_takes_one_out_again_moves_the_later_ones_up(live_server, phone, as_soonja, election):
    page = shown(as_soonja(phone), address(live_server, election))
    for title in ("시장 앞 보행", "안양천 산책길", "시장 앞 보행"):
        page.get_by_text(title).first.click()
    assert page.locator("[data-ranks] li").all_inner_texts()[0].startswith("1순위")
    assert page.locator("[data-ranks] [data-title]").all_inner_texts() == [
        "안양천 산책길 밤길 조명"
    ]
    assert page.locator("#q1-1").get_attribute("data-place") == "1"


def test_everything_is_done_by_keyboard_alone(live_server, desktop, as_soonja, election):
    page = shown(as_soonja(desktop), address(live_server, election))
    page.locator("#q1-2").focus()
    page.keyboard.press("Space")
    page.locator("#q1-4").focus()
    page.keyboard.press("Space")
    up = page.get_by_role("button", name="혼자 사는 어르신 반찬 나눔 위로")
    up.focus()
    page.keyboard.press("Enter")
    status = page.locator("[data-ranks] [role=status]")
    assert status.inner_text() == "‘혼자 사는 어르신 반찬 나눔’을(를) 1순위로 옮겼습니다."
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused == "혼자 사는 어르신 반찬 나눔 아래로"  # up is as far as it goes
    first = row(page, "버스정류장").locator("input").first
    first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="다음: 확인하기").press("Enter")
    page.get_by_role("button", name="투표함에 넣기").press("Enter")
    page.get_by_role("heading", name="투표함에 들어갔습니다").wait_for()
    assert said(Envelope.objects.get()) == {"q1": (4, 2), "q2": ((3, 3),)}


def test_many_points_are_typed_and_a_wrong_number_is_said(live_server, desktop, as_soonja, soonja):
    at = timezone.now() - timedelta(hours=1)

    def many(election, *, at):
        scored(election, at=at, each=100, total=None)

    electors = [actions.ElectorText(name="순자", person=soonja)]
    election = factories.frozen(at=at, electors=electors, questions=(many,))
    page = shown(as_soonja(desktop), address(live_server, election))
    page.locator("#q1-1").fill("101")
    page.get_by_role("button", name="다음: 확인하기").click()
    wrong = "‘안양천 산책길 밤길 조명’에 준 점수를 0에서 100 사이의 숫자로 적어 주세요."
    assert page.get_by_text(wrong).is_visible()
    page.locator("#q1-1").fill("100")
    page.locator("#q1-2").fill("7")
    assert page.locator("#running-count").inner_text() == "2가지에 107점"
    axe(page)
    screenshot(page, "ballot-points-typed-1280")
    page.get_by_role("button", name="다음: 확인하기").click()
    page.get_by_role("button", name="투표함에 넣기").click()
    page.get_by_role("heading", name="투표함에 들어갔습니다").wait_for()
    assert said(Envelope.objects.get()) == {"q1": ((1, 100), (2, 7))}


def test_ranks_and_points_fit_in_very_large_type(live_server, large_type, as_soonja, election):
    page = shown(as_soonja(large_type), address(live_server, election))
    for title in ("시장 앞 보행", "안양천 산책길"):
        page.get_by_text(title).first.click()
    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(sideways) <= 0
    axe(page)
    screenshot(page, "ballot-marking-large")


def test_ranks_and_points_are_seen(live_server, phone, as_soonja, election):
    page = shown(as_soonja(phone), address(live_server, election))
    for title in ("시장 앞 보행", "안양천 산책길"):
        page.get_by_text(title).first.click()
    row(page, "안양천 산책길").get_by_label("5").check()
    for width, scheme in ((390, "dark"), (1280, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        axe(page)
        screenshot(page, f"ballot-marking-{width}-{scheme}")


@pytest.mark.parametrize("told", ["public", "witnessed"])
def test_the_check_in_a_browser_counts_again_and_finds_what_was_changed(at, check_page, told):
    ready = voted(at, whole_ballots=told)
    files = files_of(factories.published(factories.counted(ready)))
    [said] = in_browser(check_page, files)
    counted = [str(sentence).partition(" 선정 ")[::2] for sentence in said]
    assert ("q1: 다시 세었습니다.", "2, 1") in counted
    assert any(what == "q2: 다시 세었습니다." for what, _winners in counted)
    mutants = MUTANTS if told == "public" else {"a place too early": places_that_skip}
    found = in_browser(check_page, *[summed_up(change(files)) for change in mutants.values()])
    missed = [what for what, said in zip(mutants, found, strict=True) if isinstance(said, list)]
    assert missed == []


def test_nothing_is_ranked_before_the_page_is_ready_to_remember_the_order(
    live_server, phone, as_soonja, election
):
    page = as_soonja(phone)
    page.route("**/manifest.json", lambda route: route.abort("internetdisconnected"))
    page.goto(address(live_server, election))
    page.get_by_text("투표 명세를 불러오지 못했습니다").wait_for()
    assert page.locator("#q1-1").is_disabled()


def sheets_at_hand(at):
    """A batch of two sheets on the table of somebody who has taken the first turn."""
    election = small(at, 2)
    batch = factories.batch_of(election, {election.tables[0]: 2})
    clerk = election.tables[0].helper
    actions.take_turn(batch=batch, part="first", by=clerk, at=at)
    return election, clerk


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_a_clerk_types_places_and_points_with_enter_alone(
    live_server, new_page, sign_in, at, width, scheme
):
    election, clerk = sheets_at_hand(at)
    page = sign_in(new_page({"width": width, "height": 900}, color_scheme=scheme), clerk)
    page.goto(live_server.url + reverse("ballot:enter", args=[election.pk, 1]))
    axe(page)
    for each in ("2", "1", "", "", "5", "", "", "1"):  # four boxes of each question
        if each:
            page.keyboard.type(each)
        if page.evaluate("document.activeElement.name") == "q2_3":
            screenshot(page, f"ballot-enter-marks-{width}-{scheme}")
        page.keyboard.press("Enter")
    page.get_by_role("heading", name="2번째 장").wait_for()
    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(sideways) <= 0
    assert PaperEntry.objects.get().said == {"q1": [2, 1], "q2": [[1, 5], [4, 1]]}
