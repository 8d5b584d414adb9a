"""One election from draft to bundle."""

import io
import re
import subprocess
import sys
from datetime import date, timedelta
from hashlib import sha256
from zipfile import ZipFile

import pgtrigger
import pytest
from django.core.cache import caches
from django.db import DatabaseError, OperationalError, connection, transaction

from maeul.core.refusal import Refused
from maeul.vault.ballot import actions, bundling, offline, opening, verify
from maeul.vault.ballot.clock import clock_at
from maeul.vault.ballot.models import Election, Envelope, OpenedBallot, Outcome, PollBookEntry
from maeul.vault.ballot.rules import State, Why
from maeul.vault.ballot.tests import factories

pytestmark = pytest.mark.django_db


def voted(election, *, at, choices):
    """Each elector in turn casts one of `choices`."""
    for elector, said in zip(election.electors.order_by("number"), choices, strict=False):
        factories.cast(election, elector, at=at, **said)
    return election


def whole_way(at, *, choices, **facts):
    election = voted(factories.frozen(at=at, **facts), at=at, choices=choices)
    election = factories.opened(factories.closed(election))
    return factories.published(factories.counted(election))


def refused(why):
    """The next act is refused for this reason."""
    return pytest.raises(Refused, check=lambda refusal: refusal.why == why)


def test_what_nobody_chose_is_told_so_and_not_measured_against_what_others_got(at):
    election = whole_way(at, choices=[{"q1": [2]}] * 3)
    sentences = {row.option.number: (row.votes, row.sentence) for row in Outcome.objects.all()}
    assert sentences[1] == (0, "고른 분이 없어 선정되지 않았습니다.")
    assert sentences[3] == (0, "고른 분이 없어 선정되지 않았습니다.")
    assert sentences[2][0] == 3
    assert election.state == State.PUBLISHED


def test_a_budget_goes_from_sealed_ballots_to_winners_and_a_bundle_that_verifies(at, tmp_path):
    choices = [{"q1": [1, 3]}, {"q1": [2]}, {"q1": [2, 3]}, {"q1": [2]}]
    election = whole_way(at, choices=choices)

    assert election.state == State.PUBLISHED
    won = Outcome.objects.filter(won=True).values_list("option__reference", flat=True)
    assert set(won) == {"thread:2", "thread:3"}
    [bench] = Outcome.objects.of(election).filter(option__number=1)
    assert "400원 모자랐습니다" in bench.sentence
    parcel = tmp_path / "bundle.zip"
    parcel.write_bytes(bytes(election.bundle.content))
    with ZipFile(parcel) as archive:
        archive.extractall(tmp_path / "bundle")
    checked = subprocess.run(
        [sys.executable, "-I", "verify.py"],
        cwd=tmp_path / "bundle",
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stderr
    assert "선정 2, 3" in checked.stdout


def test_only_the_last_ballot_of_an_elector_counts(at):
    election = factories.frozen(at=at)
    elector = election.electors.first()
    factories.cast(election, elector, at=at, q1=[1])
    caches["limits"].clear()
    factories.cast(election, elector, at=at, q1=[2, 3])
    factories.opened(factories.closed(election))

    assert [ballot.choices for ballot in OpenedBallot.objects.all()] == [[2, 3]]
    assert Envelope.objects.count() == 2


def test_a_second_ballot_within_ten_seconds_is_refused_and_the_first_stays(at):
    election = factories.frozen(at=at)
    elector = election.electors.first()
    factories.cast(election, elector, at=at, q1=[1])
    with refused(Why.TOO_SOON):
        factories.cast(election, elector, at=at, q1=[2])
    assert PollBookEntry.objects.get().revision == 1


@transaction.atomic
def cast_and_lose_the_connection(**what):
    actions.cast(**what)
    raise OperationalError("server closed the connection unexpectedly")


def test_a_ballot_whose_commit_failed_may_be_sent_again_at_once(at):
    """The database went away before it answered: the device sends the same bytes."""
    election = factories.frozen(at=at)
    elector = election.electors.first()
    sealed = factories.sealed(election, q1=[1])
    with clock_at(at):
        with pytest.raises(OperationalError):
            cast_and_lose_the_connection(election=election, elector=elector, sealed=sealed)
        assert not Envelope.objects.exists()
        actions.cast(election=election, elector=elector, sealed=sealed)
    assert Envelope.objects.count() == 1


@pytest.mark.parametrize(("before", "accepted"), [(19, True), (20, False)])
def test_an_elector_revises_at_most_twenty_times_a_day(at, before, accepted):
    election = factories.frozen(at=at)
    elector = election.electors.first()
    for n in range(before):
        factories.cast(election, elector, at=at, q1=[1 + n % 3])
        caches["limits"].delete(f"ballot:{elector.pk}:now")
    if accepted:
        factories.cast(election, elector, at=at, q1=[1])
    else:
        with refused(Why.TOO_OFTEN):
            factories.cast(election, elector, at=at, q1=[1])


def test_the_same_bytes_sent_again_get_the_same_receipt_even_after_closing(at):
    election = factories.frozen(at=at)
    elector = election.electors.first()
    sealed = factories.sealed(election, q1=[1])
    with clock_at(at):
        first = actions.cast(election=election, elector=elector, sealed=sealed)
        again = actions.cast(election=election, elector=elector, sealed=sealed)
    factories.closed(election)
    late = actions.cast(election=election, elector=elector, sealed=sealed)

    assert first == again == late
    assert Envelope.objects.count() == 1


def test_a_replaced_ballot_is_answered_as_replaced(at):
    election = factories.frozen(at=at)
    elector = election.electors.first()
    sealed = factories.sealed(election, q1=[1])
    with clock_at(at):
        actions.cast(election=election, elector=elector, sealed=sealed)
        caches["limits"].clear()
        factories.cast(election, elector, at=at, q1=[2])
        assert actions.cast(election=election, elector=elector, sealed=sealed).counts == "replaced"


def test_the_envelope_of_somebody_else_is_refused(at):
    election = factories.frozen(at=at)
    one, other = election.electors.order_by("number")[:2]
    sealed = factories.sealed(election, q1=[1])
    with clock_at(at):
        actions.cast(election=election, elector=one, sealed=sealed)
        with refused(Why.SOMEBODY_ELSES):
            actions.cast(election=election, elector=other, sealed=sealed)
    assert PollBookEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("moment", "why"),
    [(timedelta(microseconds=-1), Why.NOT_YET_OPEN), (timedelta(days=2), Why.ALREADY_CLOSED)],
)
def test_a_ballot_outside_the_frozen_times_is_refused(at, moment, why):
    election = factories.frozen(at=at)
    with refused(why):
        factories.cast(election, election.electors.first(), at=at + moment, q1=[1])
    assert not PollBookEntry.objects.exists()


@pytest.mark.parametrize("moment", [timedelta(), timedelta(days=2, microseconds=-1)])
def test_a_ballot_at_either_edge_of_the_frozen_times_is_taken(at, moment):
    election = factories.frozen(at=at)
    factories.cast(election, election.electors.first(), at=at + moment, q1=[1])
    assert Envelope.objects.count() == 1


def test_an_envelope_of_another_length_is_refused(at):
    election = factories.frozen(at=at)
    sealed = factories.sealed(election, q1=[1])
    with clock_at(at), refused(Why.WRONG_LENGTH):
        actions.cast(election=election, elector=election.electors.first(), sealed=sealed + b"\0")


def test_nobody_closes_before_the_frozen_time(at):
    election = factories.frozen(at=at)
    moment = election.closes_at - timedelta(microseconds=1)
    with clock_at(moment), refused(Why.STILL_RUNNING):
        actions.close(election=election, by="system", at=moment)


def test_the_last_batch_holds_what_no_earlier_one_held(at):
    election = factories.frozen(at=at)
    one, other = election.electors.order_by("number")[:2]
    factories.cast(election, one, at=at, q1=[1])
    assert actions.append_batch(election=election) == 1
    assert actions.append_batch(election=election) == 0
    factories.cast(election, other, at=at, q1=[1])
    factories.closed(election)
    assert sorted(election.board.values_list("batch", flat=True)) == [1, 2]


def test_one_officer_alone_opens_nothing(at):
    election = factories.closed(voted(factories.frozen(at=at), at=at, choices=[{"q1": [1]}]))
    brought = factories.brought(election)
    actions.confirm_opening(opened=brought, by=election.clerk, at=at)
    with refused(Why.SAME_OFFICER):
        actions.confirm_opening(opened=brought, by=election.clerk, at=at)
    assert not OpenedBallot.objects.exists()


def test_somebody_who_is_no_officer_confirms_nothing(at, stranger):
    election = factories.closed(voted(factories.frozen(at=at), at=at, choices=[{"q1": [1]}]))
    brought = factories.brought(election)
    with refused(Why.NOT_AN_OFFICER):
        actions.confirm_opening(opened=brought, by=stranger, at=at)


def test_a_result_of_another_list_is_refused(at):
    one = factories.closed(voted(factories.frozen(at=at), at=at, choices=[{"q1": [1]}]))
    other = factories.closed(voted(factories.frozen(at=at), at=at, choices=[{"q1": [1]}]))
    factories.opened_file(other)
    with refused(Why.RESULT_OF_ANOTHER_LIST):
        actions.record_opening(
            election=other, content=factories.opened_file(one), by=other.clerk, at=at
        )


def test_a_result_with_a_ballot_too_many_is_refused(at):
    election = factories.closed(voted(factories.frozen(at=at), at=at, choices=[{"q1": [1]}]))
    content = factories.opened_file(election)
    stuffed = content.replace(b'"invalid": 0', b'"invalid": 1')
    assert stuffed != content
    with refused(Why.RESULT_DOES_NOT_ADD_UP):
        actions.record_opening(election=election, content=stuffed, by=election.clerk, at=at)


@pytest.fixture
def on_the_desk(at):
    """Brings results to an election of two ballots; each of them honest or with another choice."""
    choices = [{"q1": [1]}, {"q1": [2]}]
    election = factories.closed(voted(factories.frozen(at=at), at=at, choices=choices))

    def bring(program, *, honest=True):
        content = factories.opened_file(election, program=program)
        if not honest:
            content, found = re.subn(rb"2(\s+\])", rb"3\1", content)
            assert found
        return actions.record_opening(election=election, content=content, by=election.clerk, at=at)

    def confirm(opened):
        for officer in (election.clerk, election.chair):
            actions.confirm_opening(opened=opened, by=officer, at=at)
        election.refresh_from_db()
        return [ballot.choices for ballot in OpenedBallot.objects.order_by("choices")]

    bring.confirm = confirm
    return bring


COMMAND, FILE = opening.PROGRAMS


def test_one_program_alone_opens_nothing_however_often_it_runs(on_the_desk):
    one = on_the_desk(COMMAND)
    on_the_desk(COMMAND)
    with refused(Why.SECOND_PROGRAM):
        on_the_desk.confirm(one)
    on_the_desk(FILE)
    assert on_the_desk.confirm(one) == [[1], [2]]


def test_two_different_openings_stop_until_a_third_agrees_with_one(on_the_desk):
    forged = on_the_desk(COMMAND, honest=False)
    honest = on_the_desk(FILE)
    for opened in (honest, forged):
        with refused(Why.ANOTHER_RESULT):
            on_the_desk.confirm(opened)
    on_the_desk(FILE)  # the same program again outvotes nobody
    with refused(Why.ANOTHER_RESULT):
        on_the_desk.confirm(honest)
    on_the_desk(COMMAND)
    with refused(Why.ANOTHER_RESULT):
        on_the_desk.confirm(forged)
    assert on_the_desk.confirm(honest) == [[1], [2]]


def test_while_two_outcomes_would_hold_nobody_chooses(on_the_desk):
    openings = [on_the_desk(program) for program in (COMMAND, FILE)]
    openings += [on_the_desk(program, honest=False) for program in (COMMAND, FILE)]
    for opened in openings:
        with refused(Why.ANOTHER_RESULT):
            on_the_desk.confirm(opened)


def test_a_result_of_a_program_nobody_knows_is_refused(at):
    election = factories.closed(voted(factories.frozen(at=at), at=at, choices=[{"q1": [1]}]))
    content = factories.opened_file(election, program="my own")
    with refused(Why.RESULT_UNREADABLE):
        actions.record_opening(election=election, content=content, by=election.clerk, at=at)


def test_the_manifest_names_the_holders_file_and_the_very_file_is_kept(at, monkeypatch):
    election = factories.frozen(at=at)
    digest = election.frozen().raw["holders_file"]
    frozen = offline.holders_file()
    assert sha256(frozen).hexdigest() == digest
    monkeypatch.setattr(offline, "holders_file", lambda: b"of a later version")
    assert offline.kept(digest) == frozen
    assert offline.kept(sha256(b"nothing").hexdigest()) is None


def test_publication_is_blocked_by_the_equation_that_fails(at, as_owner):
    """Somebody with the owner's hand slips in an opened ballot."""
    choices = [{"q1": [1]}, {"q1": [2]}]
    election = voted(factories.frozen(at=at), at=at, choices=choices)
    election = factories.counted(factories.opened(factories.closed(election)))
    with pgtrigger.ignore("ballot.OpenedBallot:added_in_its_hour"):
        OpenedBallot.objects.create(question=election.questions.get(), cell="전체", choices=[1])
    with refused(Why.PUBLICATION_BLOCKED) as blocked:
        actions.confirm_publication(election=election, by=election.clerk, at=at)
    assert "q1.stored_is_opened: 3 = 2" in blocked.value.sentence
    election.refresh_from_db()
    assert election.state == State.OPENED


def test_the_publication_needs_a_second_officer(at):
    election = voted(factories.frozen(at=at), at=at, choices=[{"q1": [1]}])
    election = factories.counted(factories.opened(factories.closed(election)))
    now = actions.confirm_publication(election=election, by=election.clerk, at=at)
    assert now.state == State.OPENED
    with refused(Why.SAME_OFFICER):
        actions.confirm_publication(election=election, by=election.clerk, at=at)
    now = actions.confirm_publication(election=election, by=election.chair, at=at)
    assert now.state == State.PUBLISHED


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ballot_election SET title = 'x'",
        "UPDATE ballot_election SET closes_at = closes_at + interval '1 hour'",
        "UPDATE ballot_election SET state = 'draft'",
        "UPDATE ballot_election SET tie_value = '1'",
        "DELETE FROM ballot_election",
        "UPDATE ballot_question SET title = 'x'",
        "UPDATE ballot_option SET cost = 1",
        "DELETE FROM ballot_option",
        "UPDATE ballot_elector SET style = 'x'",
        "DELETE FROM ballot_elector WHERE number = 5",
        "INSERT INTO ballot_elector (id, roll, number, name, style, proof, election_id)"
        " SELECT gen_random_uuid(), roll, 99, name, style, proof, election_id"
        " FROM ballot_elector LIMIT 1",
        "UPDATE ballot_election SET extended_to = closes_at + interval '1 hour', title = 'x'",
        "UPDATE ballot_lock SET holder = 'x'",
        "DELETE FROM ballot_electionofficer",
        "UPDATE ballot_envelope SET revision = 9",
        "DELETE FROM ballot_envelope",
        "DELETE FROM ballot_pollbookentry",
        "UPDATE ballot_pollbookentry SET revision = 0",
        "DELETE FROM ballot_boardentry",
        "UPDATE ballot_boardentry SET batch = 7",
        "UPDATE ballot_officeract SET act = 'x'",
        "INSERT INTO ballot_openedballot SELECT gen_random_uuid(), '전체', '{1}', id"
        " FROM ballot_question",
    ],
)
def test_what_is_frozen_or_cast_cannot_be_changed_by_plain_sql(at, change):
    election = voted(factories.frozen(at=at), at=at, choices=[{"q1": [1]}])
    actions.append_batch(election=election)
    with pytest.raises(DatabaseError, match=r"ballot|pgtrigger"), transaction.atomic():
        connection.cursor().execute(change)


def test_after_destruction_the_envelopes_are_gone_and_the_board_stays(at):
    election = whole_way(at, choices=[{"q1": [1]}])
    actions.destroy(election=election, by=election.clerk, at=at)
    assert not election.envelopes.exists()
    assert election.board.count() == 1


def test_the_bundle_is_the_same_bytes_each_time(at):
    election = whole_way(at, choices=[{"q1": [1]}, {"q1": [2, 3]}])
    assert bundling.pack(actions.files_of(election)) == bundling.pack(actions.files_of(election))


def test_verify_accepts_a_head_and_a_tracker_that_are_on_the_board(at):
    election = whole_way(at, choices=[{"q1": [1]}])
    with ZipFile(io.BytesIO(bytes(election.bundle.content))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    leaf = bytes(election.board.get().leaf).hex()
    sentences = list(verify.check(files, heads=[election.head().hex()], trackers=[leaf]))
    assert any(leaf in sentence for sentence in sentences)


def duties(person):
    return [(duty.next_act, duty.due_on) for duty in Election.objects.waiting_for(person)]


def test_officers_and_electors_find_what_waits_for_them(at, soonja):
    electors = [actions.ElectorText(name="순자", person=soonja), *factories.walk_ins(2)]
    election = factories.frozen(at=at, electors=electors)
    with clock_at(at):
        assert duties(soonja) == [("투표하기", date(2026, 5, 14))]
        assert duties(election.clerk) == []
        factories.cast(election, election.electors.get(person=soonja), at=at, q1=[1])
        assert duties(soonja) == []
    assert duties(soonja) == []
    closed = factories.closed(election)
    assert duties(election.chair) == [("목록을 확정하고 열기", date(2026, 5, 14))]
    factories.published(factories.counted(factories.opened(closed)))
    assert duties(election.chair) == []


def test_before_it_opens_a_poll_waits_for_no_elector(at, soonja):
    electors = [actions.ElectorText(name="순자", person=soonja)]
    factories.frozen(at=at, electors=electors)
    with clock_at(at - timedelta(seconds=1)):
        assert duties(soonja) == []
