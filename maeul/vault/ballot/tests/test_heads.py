"""A database restored from an old backup, and the board outside that knows more."""

import pytest
from django.core.cache import caches

from maeul.core.refusal import Refused
from maeul.ground.notice.models import Message
from maeul.vault.ballot import actions, board, rules
from maeul.vault.ballot.actions.draft import ElectorText
from maeul.vault.ballot.actions.heads import place_outside
from maeul.vault.ballot.clock import clock_at
from maeul.vault.ballot.models import Envelope
from maeul.vault.ballot.rules import Why
from maeul.vault.ballot.tests.factories import cast, closed, counted, frozen, opened, walk_ins
from tests.database import another_database

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def election(at, settings, tmp_path):
    settings.HEADS_FOLDER = tmp_path / "outside"
    return frozen(at=at, electors=walk_ins(3))


def tick(election, *, at):
    """What the job does every ten minutes."""
    if not actions.look_outside(election=election, at=at):
        actions.append_batch(election=election)
        actions.keep_outside(election=election)


def fallen_behind(election, at):
    """One ballot is in the backup; another came after it and is on the board outside."""
    first, second, third = election.electors.order_by("number")
    cast(election, first, at=at, q1=[1])
    tick(election, at=at)
    with another_database("live"):
        receipt = cast(election, second, at=at, q1=[2])
        tick(election, at=at)
    return second, third, receipt.tracker


def why(refusal):
    return refusal.value.why


def restored(election, at, *, content=None):
    content = place_outside(election).read_bytes() if content is None else content
    return [
        actions.restore_board(election=election, content=content, by=officer, at=at)
        for officer in (election.chair, election.clerk)
    ]


def test_a_restored_backup_takes_no_ballot_until_two_officers_put_the_board_back(election, at):
    second, third, gone = fallen_behind(election, at)
    tick(election, at=at)
    assert election.is_behind()
    with pytest.raises(Refused) as refusal:
        cast(election, third, at=at, q1=[3])
    assert why(refusal) == Why.BEHIND
    with clock_at(election.closes_at), pytest.raises(Refused) as refusal:
        actions.close(election=election, by="system", at=election.closes_at)
    assert why(refusal) == Why.BEHIND

    assert restored(election, at) == [False, True]
    assert not election.is_behind()
    assert actions.board_file(election) == place_outside(election).read_bytes()
    assert actions.gone_of(election) == {gone}

    caches["limits"].clear()  # more than ten seconds later
    cast(election, second, at=at, q1=[2])
    cast(election, third, at=at, q1=[3])
    tick(election, at=at)
    result = counted(opened(closed(election)))
    assert result.participants() == 3
    assert [str(each) for each in rules.equations(actions.figures(result)) if not each.holds] == []


def test_control_whoever_does_not_look_outside_forks_the_board_for_good(election, at):
    _second, third, _gone = fallen_behind(election, at)
    cast(election, third, at=at, q1=[3])
    actions.append_batch(election=election)
    with pytest.raises(Refused) as refusal:
        restored(election, at)
    assert why(refusal) == Why.BOARD_OF_ANOTHER_PAST


def test_one_officer_alone_restores_nothing_not_even_twice(election, at):
    fallen_behind(election, at)
    content = place_outside(election).read_bytes()
    by = {"content": content, "by": election.chair, "at": at}
    assert actions.restore_board(election=election, **by) is False
    with pytest.raises(Refused) as refusal:
        actions.restore_board(election=election, **by)
    assert why(refusal) == Why.SAME_OFFICER
    assert election.is_behind()
    assert len(board.read(actions.board_file(election), bytes(election.chain0))) == 1


def test_nothing_can_be_put_in_that_does_not_follow_from_our_own_board(election, at):
    fallen_behind(election, at)
    content = place_outside(election).read_bytes()
    for broken in (b"", b"{}\n", content.replace(b'"batch":2', b'"batch":3'), content[:-20]):
        with pytest.raises(Refused) as refusal:
            restored(election, at, content=broken)
        assert why(refusal) == Why.BOARD_UNREADABLE
    with pytest.raises(Refused) as refusal:
        restored(election, at, content=actions.board_file(election))
    assert why(refusal) == Why.NOT_BEHIND


def test_a_ballot_the_backup_still_has_is_not_said_to_be_gone(election, at):
    first, second, _third = election.electors.order_by("number")
    cast(election, first, at=at, q1=[1])
    cast(election, second, at=at, q1=[2])
    with another_database("live"):
        tick(election, at=at)
    tick(election, at=at)
    restored(election, at)
    assert actions.gone_of(election) == set()
    assert Envelope.objects.not_on_the_board().count() == 0


def test_everybody_with_an_account_is_told_to_look(at, settings, tmp_path, soonja):
    settings.HEADS_FOLDER = tmp_path
    electors = [*walk_ins(2), ElectorText(name=soonja.name, person=soonja)]
    election = frozen(at=at, electors=electors)
    fallen_behind(election, at)
    restored(election, at)
    told = Message.objects.filter(person=soonja, title__startswith="투표함을 되살렸습니다")
    assert "표 1장이 사라졌습니다" in told.get().text


def test_without_a_folder_outside_nothing_is_kept_and_nothing_is_missed(election, at, settings):
    settings.HEADS_FOLDER = None
    cast(election, election.electors.first(), at=at, q1=[1])
    tick(election, at=at)
    assert not election.is_behind()
    assert len(board.read(actions.board_file(election), bytes(election.chain0))) == 1


def test_missing_batches_are_those_after_our_last():
    one, two = (board.Batch(n, (bytes([n]) * 32,), bytes([n + 9]) * 32) for n in (1, 2))
    other = board.Batch(1, (bytes(32),), bytes(32))
    assert board.missing([one], [one, two]) == (two,)
    assert board.missing([one, two], [one]) == ()
    with pytest.raises(board.BrokenBoard):
        board.missing([other], [one, two])
