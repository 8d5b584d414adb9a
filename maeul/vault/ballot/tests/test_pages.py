"""What electors, officers and visitors read."""

import io
import json
from base64 import b64encode
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maeul.vault.ballot import actions, opener, opening, sealing
from maeul.vault.ballot.clock import clock_at
from maeul.vault.ballot.models import BoardEntry, Envelope
from maeul.vault.ballot.rules import State
from maeul.vault.ballot.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def election(at, soonja):
    """Everybody of a small roll may choose; soonja is one of them."""
    electors = [actions.ElectorText(name="순자", person=soonja), *factories.walk_ins(4)]
    return factories.frozen(at=at, electors=electors)


def page(name, election, *more):
    return reverse(f"ballot:{name}", args=[election.pk, *more])


def text(answer):
    return answer.content.decode()


def post_ballot(client, election, sealed, tracker=None):
    body = {
        "sealed": b64encode(sealed).decode(),
        "tracker": (tracker or sealing.tracker_of(sealed)).hex(),
    }
    return client.post(page("cast", election), json.dumps(body), content_type="application/json")


def test_an_elector_gets_the_ballot_with_every_option(client, soonja, election, at):
    client.force_login(soonja)
    with clock_at(at):
        answer = client.get(page("ballot", election))
    assert answer.status_code == 200
    for title in ("그늘 의자", "밤길 조명", "골목 화분", "500원"):
        assert title in text(answer)
    assert text(answer).count("<h1") == 1


def test_the_ballot_page_says_where_help_is_when_scripts_are_off(client, soonja, election, at):
    client.force_login(soonja)
    with clock_at(at):
        answer = client.get(page("ballot", election))
    [noscript] = text(answer).split("<noscript>")[-1:]
    assert "동 주민센터" in noscript.split("</noscript>")[0]


def test_a_sealed_ballot_is_taken_and_the_receipt_is_signed(client, soonja, election, at):
    from nacl.signing import VerifyKey

    client.force_login(soonja)
    sealed = factories.sealed(election, q1=[1, 3])
    with clock_at(at):
        answer = post_ballot(client, election, sealed)
    receipt = answer.json()
    assert answer.status_code == 200
    assert receipt["counts"] == "now"
    VerifyKey(bytes(election.receipt_key)).verify(
        bytes(election.chain0) + sealing.tracker_of(sealed), bytes.fromhex(receipt["signature"])
    )


def test_the_elector_then_reads_that_the_vote_counts(client, soonja, election, at):
    client.force_login(soonja)
    sealed = factories.sealed(election, q1=[1])
    with clock_at(at):
        post_ballot(client, election, sealed)
        answer = client.get(page("mine", election))
    assert "내 표가 셈에 들어갑니다" in text(answer)
    assert sealing.tracker_of(sealed).hex() in text(answer)


def test_too_early_a_ballot_page_says_when_it_opens(client, soonja, election, at):
    from datetime import timedelta

    client.force_login(soonja)
    with clock_at(at - timedelta(minutes=1)):
        answer = client.get(page("ballot", election))
    assert answer.status_code == 409
    assert "2026년 5월 12일 10:00부터 투표할 수 있습니다" in text(answer)


def test_a_late_ballot_is_refused_in_a_sentence(client, soonja, election):
    client.force_login(soonja)
    with clock_at(election.closes_at):
        answer = post_ballot(client, election, factories.sealed(election, q1=[1]))
    assert answer.status_code == 409
    assert "끝났습니다" in answer.json()["sentence"]
    assert not Envelope.objects.exists()


def test_bytes_that_changed_on_their_way_are_refused(client, soonja, election, at):
    client.force_login(soonja)
    sealed = factories.sealed(election, q1=[1])
    with clock_at(at):
        answer = post_ballot(client, election, sealed, tracker=bytes(32))
    assert answer.status_code == 409


NONSENSE = {
    "nothing": "",
    "a list": "[]",
    "an empty object": "{}",
    "no base64": '{"sealed": "!", "tracker": "00"}',
    "no text": "\xff",
    "nested without end": "[" * 60_000,
    "more than any ballot": '{"sealed": "' + "A" * 64 * 1024 + '", "tracker": "00"}',
}


@pytest.mark.parametrize("body", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_instead_of_a_ballot_is_refused(client, soonja, election, at, body):
    client.force_login(soonja)
    with clock_at(at):
        answer = client.post(page("cast", election), body, content_type="application/json")
    assert answer.status_code == 400
    assert "투표 화면을 새로" in answer.json()["sentence"]


def test_somebody_who_is_not_on_the_roll_gets_no_ballot(client, stranger, election, at):
    client.force_login(stranger)
    with clock_at(at):
        assert client.get(page("ballot", election)).status_code == 403
        sealed = factories.sealed(election, q1=[1])
        assert post_ballot(client, election, sealed).status_code == 403


def test_a_draft_is_seen_by_its_officers_alone(client, stranger, at):
    election = factories.drafted(at=at)
    client.force_login(stranger)
    assert client.get(page("election", election)).status_code == 404
    assert client.get(page("desk", election)).status_code == 403
    client.force_login(election.clerk)
    assert client.get(page("election", election)).status_code == 200


@pytest.mark.parametrize("name", ["result", "bundle"])
def test_nobody_reads_a_result_before_publication(client, at, election, name, soonja):
    """Neither a visitor nor an elector nor an officer, in any state on the way."""
    factories.cast(election, election.electors.first(), at=at, q1=[1])
    for step in (lambda: election, lambda: factories.closed(election)):
        now = step()
        for person in (None, soonja, election.clerk):
            client.logout() if person is None else client.force_login(person)
            assert client.get(page(name, now)).status_code == 404
    counted = factories.counted(factories.opened(now))
    client.force_login(election.clerk)
    assert client.get(page(name, counted)).status_code == 404
    assert "1표" not in text(client.get(page("desk", counted)))


def test_the_board_finds_a_number_without_putting_it_into_an_address(client, at, election):
    receipt = factories.cast(election, election.electors.first(), at=at, q1=[1])
    actions.append_batch(election=election)
    answer = client.post(page("board", election), {"tracker": receipt.tracker.hex()})
    assert "1번째 묶음에 있습니다" in text(answer)
    answer = client.post(page("board", election), {"tracker": "ab" * 32})
    assert "아직 게시판에 없습니다" in text(answer)


def test_a_number_typed_wrong_is_kept_and_explained(client, election):
    answer = client.post(page("board", election), {"tracker": "nonsense"})
    assert "nonsense" in text(answer)
    assert "예순네 글자" in text(answer)


def test_the_files_of_the_board_check_each_other(client, at, election):
    from maeul.vault.ballot import board

    factories.cast(election, election.electors.first(), at=at, q1=[1])
    actions.append_batch(election=election)
    manifest = client.get(page("manifest", election)).content
    batches = board.read(
        client.get(page("board_file", election)).content, board.first_head(manifest)
    )
    assert len(batches) == 1


def test_officers_walk_from_draft_to_publication_on_their_desk(client, at, soonja):
    """Every act by its button, the two officers taking turns."""
    electors = [actions.ElectorText(name="순자", person=soonja)]
    election = factories.drafted(at=at, electors=electors)
    factories.budget_question(election, at=at)
    chair, clerk = election.chair, election.clerk
    keys = factories.KEYS

    def press(person, name, *more, **fields):
        client.force_login(person)
        answer = client.post(page(name, election, *more), fields)
        assert answer.status_code in (200, 302), text(answer)
        return answer

    with clock_at(at):
        press(
            clerk, "locks", first_holder="가", first_key=bytes(keys[0].public_key).hex(),
            second_holder="나", second_key=bytes(keys[1].public_key).hex(),
        )  # fmt: skip
        for kind in ("originals", "copies"):
            parcel = press(clerk, "rehearsal", keys=kind).content
            rehearsal = election.rehearsals.get(with_copies=kind == "copies")
            word = opener.open_rehearsal(parcel, list(keys))
            press(clerk, "rehearsed", rehearsal.pk, word=word)
        assert "확정하면 안건" in text(client.get(page("desk", election)))
        press(clerk, "freeze")
        election.refresh_from_db()
        factories.cast(election, election.electors.get(), at=at, q1=[2])
    with clock_at(election.closes_at):
        press(chair, "close")
    press(clerk, "fix_list")
    with ZipFile(io.BytesIO(press(clerk, "parcel").content)) as archive:
        assert set(archive.namelist()) == {
            "manifest.json", "board.jsonl", "list.jsonl", "SHA256SUMS"
        }  # fmt: skip
    election.refresh_from_db()
    election.chair, election.clerk = chair, clerk
    for program, said in zip(
        opening.PROGRAMS, ("다른 프로그램의 결과를 기다립니다", "결과가 같습니다"), strict=True
    ):
        content = factories.opened_file(election, program=program)
        press(clerk, "opening", result=SimpleUploadedFile("opened.json", content))
        assert said in text(client.get(page("desk", election)))
    brought = election.openings.order_by("pk").first()
    press(clerk, "confirm_opening", brought.pk)
    press(chair, "confirm_opening", brought.pk)
    press(clerk, "seed", value="3 11 19")
    press(clerk, "count")
    assert "연 표 = 유효" in text(client.get(page("desk", election)))
    press(clerk, "publish")
    press(chair, "publish")
    election.refresh_from_db()
    assert election.state == State.PUBLISHED
    client.logout()
    result = text(client.get(page("result", election)))
    assert "주민 1명이 정했습니다" in result
    assert "밤길 조명" in result
    assert client.get(page("bundle", election)).content[:2] == b"PK"


def test_a_key_typed_wrong_is_shown_again_as_typed(client, at):
    election = factories.drafted(at=at)
    client.force_login(election.clerk)
    fields = {"first_holder": "가", "first_key": "xyz", "second_holder": "나", "second_key": "00"}
    answer = client.post(page("locks", election), fields)
    assert 'value="xyz"' in text(answer)
    assert "예순네 글자" in text(answer)


def test_a_file_that_is_no_result_is_refused_on_the_form(client, at):
    election = factories.closed(factories.frozen(at=at))
    actions.fix_list(election=election, by=election.clerk, at=at)
    client.force_login(election.clerk)
    answer = client.post(page("opening", election), {"result": SimpleUploadedFile("x.json", b"{}")})
    assert "개표 결과 파일이 아닙니다" in text(answer)


def test_a_void_election_says_why(client, at, election):
    client.force_login(election.clerk)
    client.post(page("void", election), {"reason": "명부에 빠진 통이 있습니다."})
    client.logout()
    assert "명부에 빠진 통이 있습니다." in text(client.get(page("election", election)))


def test_the_list_of_elections_tells_open_from_decided(client, at, election):
    with clock_at(at):
        answer = client.get(reverse("ballot:elections"))
    assert "지금 한 가지 투표를 하고 있습니다" in text(answer)


def test_a_cast_asks_little_of_the_database_and_reads_nothing_it_does_not_use(
    client, soonja, election, at
):
    """Hundreds cast in the last minutes: the frozen text of the vote, as long as the vote has
    options, and the places of roles are nothing a cast looks at."""
    client.force_login(soonja)
    sealed = factories.sealed(election, q1=[1])
    with clock_at(at), CaptureQueriesContext(connection) as asked:
        assert post_ballot(client, election, sealed).status_code == 200
    sentences = [query["sql"] for query in asked]
    assert not [sql for sql in sentences if '"manifest"' in sql]
    assert not [sql for sql in sentences if '"district_dong"' in sql]
    # Session, person, roles; election, elector; the box; inbox, letter, job.
    assert len([sql for sql in sentences if "SAVEPOINT" not in sql]) <= 15


def test_a_long_board_comes_in_pages_and_asks_as_often_as_a_short_one(
    client, queries_of, election, at
):
    def batches(first, last):
        BoardEntry.objects.bulk_create(
            BoardEntry(election=election, batch=n, leaf=bytes([n]) * 32, head=bytes([n]) * 32)
            for n in range(first, last)
        )

    batches(1, 3)
    few = queries_of(page("board", election))
    batches(3, 61)
    assert queries_of(page("board", election)) == few
    shown = text(client.get(page("board", election)))
    assert shown.count('scope="row"') == 50


def test_the_list_of_votes_asks_as_often_for_four_as_for_one(client, queries_of, election, at):
    address = reverse("ballot:elections")
    with clock_at(at):
        few = queries_of(address)
        for _vote in range(3):
            factories.frozen(at=at)
        assert queries_of(address) == few
        assert "네 가지 투표" in text(client.get(address))


def test_what_the_box_cannot_do_is_said_and_every_page_of_a_vote_leads_there(
    client, soonja, election, at
):
    limits = reverse("ballot:limits")
    said = text(client.get(limits))
    assert said.count("<h1") == 1
    for words in (
        "지켜보는 사람",
        "화면을 몰래 바꾸는 운영자",
        "두 열쇠 보관인과 운영자",
        "수학으로 증명",
    ):
        assert words in said
    client.force_login(soonja)
    with clock_at(at):
        for address in (page("election", election), page("ballot", election)):
            assert f'href="{limits}"' in text(client.get(address))
    factories.published(factories.counted(factories.opened(factories.closed(election))))
    shown = text(client.get(page("result", election)))
    assert shown.count(f'href="{limits}"') >= 2  # in the page itself, not only in its foot
