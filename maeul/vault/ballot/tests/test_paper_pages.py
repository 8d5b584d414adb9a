"""The counting room, by what people read and press."""

import pytest
from django.urls import reverse

from maeul.vault.ballot import actions
from maeul.vault.ballot.models import PaperEntry
from maeul.vault.ballot.tests import factories
from maeul.vault.ballot.tests.test_paper import BENCH, LAMPS, ON_PAPER

pytestmark = pytest.mark.django_db


@pytest.fixture
def election(at):
    return factories.box_opened(factories.with_sheets(at=at, sheets=[3], **ON_PAPER))


@pytest.fixture
def batch(election):
    return factories.batch_of(election, {election.tables[0]: 3})


def at(name, election, *more):
    return reverse(f"ballot:{name}", args=[election.pk, *more])


def read(client, person, address, **query):
    client.force_login(person)
    return client.get(address, query).content.decode()


def press(client, person, address, **data):
    client.force_login(person)
    return client.post(address, data, follow=True).content.decode()


def test_the_room_says_what_is_to_be_done_next(client, election):
    page = read(client, election.clerk, at("paper", election))
    assert "아직 묶지 않은 것 3장" in page
    assert "투표용지 묶기" in page


def test_a_box_is_counted_by_two_who_do_not_see_each_others_number(client, at):
    election = factories.with_sheets(at=at, sheets=[37], **ON_PAPER)
    actions.fix_list(election=election, by=election.clerk, at=at)
    box = reverse("ballot:count_box", args=[election.pk, 1])
    page = press(client, election.clerk, box, sheets=37)
    assert "다른 한 사람이 같은 수를 적어야 합니다" in page
    assert "37장" not in read(client, election.chair, reverse("ballot:paper", args=[election.pk]))
    assert "두 사람이 같은 수로" in press(client, election.chair, box, sheets=37)


def test_a_batch_is_tied_and_too_many_sheets_are_refused_with_what_was_typed(client, election):
    page = press(client, election.clerk, at("make_batch", election), booth_1=4)
    assert "남은 것은 3장입니다" in page
    assert 'value="4"' in page
    assert "묶음 1, 3장" in press(client, election.clerk, at("make_batch", election), booth_1=3)


def test_a_clerk_enters_sheet_after_sheet_and_sees_only_the_own_last_one(client, election, batch):
    helper = election.tables[0].helper
    factories.entered(batch, [LAMPS, LAMPS, LAMPS], by=election.chair, part="first")
    page = press(client, helper, at("take_turn", election, 1, "second"))
    assert "1번째 장" in page
    assert "바로 전" not in page
    enter = at("enter", election, 1)
    page = press(client, helper, enter, sheet=1, q1=["1", "3"])
    assert "2번째 장" in page
    assert "예산을 어디에 쓸까요? 1, 3" in page
    page = press(client, helper, enter, sheet=2)
    assert "3번째 장" in page
    page = press(client, helper, enter, sheet=3, q1=["1", "x"])
    assert "가운데 하나만 골라 주세요" in page
    assert "모두 옮겨 적었습니다" in press(client, helper, enter, sheet=3, q1=["x"])
    said = PaperEntry.objects.filter(turn__clerk=helper).order_by("sheet")
    assert [each.said["q1"] for each in said] == [[1, 3], [], None]


def test_what_differs_is_settled_by_a_third_and_closed_by_an_officer(client, election, batch):
    factories.entered(batch, [BENCH, BENCH, BENCH], by=election.chair, part="first")
    factories.entered(batch, [BENCH, LAMPS, BENCH], by=election.tables[0].helper, part="second")
    address = at("batch", election, 1)
    assert "다른 장 가리기" in read(client, election.clerk, address)
    page = press(client, election.clerk, at("take_turn", election, 1, "settling"))
    assert "2번째 장" in page
    press(client, election.clerk, at("enter", election, 1), sheet=2, q1=["2"])
    assert "게시판에 올랐습니다" in press(client, election.clerk, at("close_batch", election, 1))
    page = press(client, election.clerk, at("confirm_counts", election))
    assert "다른 선거관리인 한 사람이 더" in page
    assert "개표를 마쳤습니다" in press(client, election.chair, at("confirm_counts", election))


def test_a_batch_is_withdrawn_with_a_reason(client, election, batch):
    address = at("withdraw_batch", election, 1)
    assert "까닭" in press(client, election.clerk, address, reason="")
    assert "거두었습니다" in press(client, election.clerk, address, reason="한 장이 더 있음")


def test_a_mismatch_is_explained_and_stands_on_the_result_page(client, at):
    election = factories.with_sheets(at=at, sheets=[6], **ON_PAPER)
    factories.box_opened(election, found=[7])
    factories.closed_batch(election, [{"q1": [1, 3]}] * 6 + [LAMPS])
    election = factories.counted(factories.confirmed_on_paper(election))
    address = reverse("ballot:explain", args=[election.pk]) + "?which=b1.sheets_are_checked_in"
    desk = read(client, election.clerk, reverse("ballot:desk", args=[election.pk]))
    assert "숫자가 다른 까닭 적기" in desk
    reason = "두 장이 붙어 나갔습니다"
    assert "다른 선거관리인도" in press(client, election.clerk, address, reason=reason)
    assert "발표할 수 있습니다" in press(client, election.chair, address, reason=reason)
    result = reverse("ballot:result", args=[factories.published(election).pk])
    page = client.get(result).content.decode()
    assert reason in page
    assert "센 투표용지" in page


def test_a_clerk_finds_the_counting_room_when_the_poll_is_closed(client, at):
    election = factories.at_booths(at=at)
    clerk, room = election.tables[0].helper, reverse("ballot:paper", args=[election.pk])
    address = reverse("ballot:election", args=[election.pk])
    assert room not in read(client, clerk, address)
    factories.closed(election)
    assert room in read(client, clerk, address)


def test_an_officer_prints_the_sheets_before_the_poll(client, at):
    election = factories.at_booths(at=at)
    desk = reverse("ballot:desk", args=[election.pk])
    assert reverse("ballot:sheets", args=[election.pk]) in read(client, election.clerk, desk)


def test_sheets_covers_and_the_tally_are_printed(client, election, batch):
    client.force_login(election.clerk)
    for address in (
        at("sheets", election) + "?copies=2",
        at("cover", election, 1),
        at("tally", election),
    ):
        answer = client.get(address)
        assert answer["Content-Type"] == "application/pdf", address
        assert answer.content.startswith(b"%PDF")
    assert "몇 장을 인쇄할까요" in client.get(at("sheets", election)).content.decode()


def test_the_audit_sample_is_drawn_by_the_public_number(client, election):
    factories.closed_batch(election, [BENCH, LAMPS, LAMPS])
    address = at("batch", election, 1)
    assert "다시 볼 장" not in read(client, election.clerk, address)
    factories.seeded(election)
    page = read(client, election.clerk, address)
    assert "다시 볼 장" in page
    assert "2번째 장" in page


def test_a_stranger_and_an_elector_do_not_count(client, election, batch, stranger):
    client.force_login(stranger)
    for name in ("paper", "make_batch"):
        assert client.get(at(name, election)).status_code == 403
    assert client.get(at("batch", election, 1)).status_code == 403


def test_letters_go_to_those_whom_the_public_number_draws_and_answers_are_counted(client, election):
    factories.closed_batch(election, [BENCH, LAMPS, LAMPS])
    assert actions.drawn_for_letters(election) == []
    election = factories.counted(factories.confirmed_on_paper(election))
    drawn = actions.drawn_for_letters(election)
    assert [elector.number for elector in drawn] == [1, 2, 3]
    address = at("letters", election)
    page = press(client, election.clerk, address, true=3, untrue=1)
    assert "보낸 편지는 3통입니다" in page
    page = press(client, election.clerk, address, true=2, untrue=1)
    assert "맞습니다 2명, 아닙니다 1명" in page
    assert client.get(at("letters_paper", election)).content.startswith(b"%PDF")


def test_after_publication_an_officer_destroys_the_envelopes_and_that_is_recorded(client, at):
    election = factories.frozen(at=at)
    factories.cast(election, election.electors.first(), at=at, q1=[1])
    election = factories.counted(factories.opened(factories.closed(election)))
    address = reverse("ballot:destroy", args=[election.pk])
    assert "결과를 발표한 다음에" in press(client, election.clerk, address)
    election = factories.published(election)
    assert "없앴습니다" in press(client, election.clerk, address)
    assert not election.envelopes.exists()
    assert election.acts.get(act="destroyed").facts == {"envelopes": 1}
