"""Ballots of one voter in parallel, one ballot twice, and a ballot against closing.

Real processes.  Each race has its control: with the lock taken out, in those processes alone,
what the lock prevents does happen.
"""

import json
import subprocess
import sys
import time
from base64 import b64encode
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from maeul.vault.ballot import gate
from maeul.vault.ballot.models import Envelope, PollBookEntry
from maeul.vault.ballot.rules import State
from maeul.vault.ballot.tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def election(at):
    return factories.frozen(at=at)


@pytest.fixture
def elector(election, at):
    """Has voted once, so that their line stands in the poll book."""
    elector = election.electors.first()
    factories.cast(election, elector, at=at, q1=[1])
    caches["limits"].clear()
    return elector


def order(act, election, *, at=None, elector=None, sealed=b"", **how):
    return {
        "database": connection.settings_dict["NAME"],
        "act": act,
        "election": str(election.pk),
        "elector": elector and str(elector.pk),
        "sealed": b64encode(sealed).decode(),
        "at": at and at.isoformat(),
        **how,
    }


def race(*orders, pause=0.0):
    """Start them all, let them go one `pause` after the other, and read what each says."""
    runners = [
        subprocess.Popen(
            [sys.executable, "-m", "maeul.vault.ballot.tests.racer", json.dumps(order)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for order in orders
    ]
    for runner in runners:
        assert runner.stdout.readline() == "ready\n"
    for runner in runners:
        runner.stdin.write("go\n")
        runner.stdin.flush()
        time.sleep(pause)
    return [json.loads(runner.communicate(timeout=30)[0]) for runner in runners]


def two_ballots(election, elector, at, **how):
    """The same elector changes their mind at two devices at once."""
    return race(
        *[
            order(
                "cast", election, at=at, elector=elector, slow=["_state_now"],
                sealed=factories.sealed(election, q1=[n]), **how,
            )
            for n in (2, 3)
        ]
    )  # fmt: skip


def test_two_ballots_of_one_elector_at_once_become_two_revisions_of_which_one_counts(
    election, elector, at
):
    answers = two_ballots(election, elector, at)
    assert [answer.get("error") for answer in answers] == [None, None]
    assert PollBookEntry.objects.get().revision == 3
    assert sorted(Envelope.objects.values_list("revision", flat=True)) == [1, 2, 3]
    assert election.envelopes.counting().count() == 1


def test_control_without_the_poll_books_lock_one_of_them_fails(election, elector, at):
    answers = two_ballots(election, elector, at, without=["entry"])
    assert sorted(str(answer.get("error")) for answer in answers) == ["IntegrityError", "None"]


def one_ballot_twice(election, elector, at, **how):
    sealed = factories.sealed(election, q1=[2])
    sent = order(
        "cast", election, at=at, elector=elector, sealed=sealed, slow=["_state_now"], **how
    )
    return race(sent, sent)


def test_the_same_ballot_sent_twice_at_once_is_one_envelope_with_one_receipt(election, elector, at):
    one, other = one_ballot_twice(election, elector, at)
    assert one["tracker"] == other["tracker"]
    assert Envelope.objects.count() == 2
    assert PollBookEntry.objects.get().revision == 2


def test_control_without_the_poll_books_lock_the_second_sending_fails(election, elector, at):
    answers = one_ballot_twice(election, elector, at, without=["entry"])
    assert sorted(str(answer.get("error")) for answer in answers) == ["IntegrityError", "None"]


def ballot_against_closing(election, elector, **how):
    """The ballot is in the box but not committed when closing begins."""
    closes_at = election.closes_at
    return race(
        order(
            "cast", election, at=closes_at - timedelta(seconds=1), elector=elector,
            sealed=factories.sealed(election, q1=[2]), slow=["receipt_of"], **how,
        ),
        order("close", election, at=closes_at),
        pause=0.4,
    )  # fmt: skip


def test_closing_waits_for_a_ballot_that_is_in_the_gate(election, elector):
    cast, close = ballot_against_closing(election, elector)
    assert "tracker" in cast
    assert close["state"] == State.CLOSED
    assert leaves(election) == trackers(election)


def test_control_without_the_gate_a_ballot_comes_in_after_the_last_batch(election, elector):
    cast, close = ballot_against_closing(election, elector, without=["gate"])
    assert close["state"] == State.CLOSED
    assert trackers(election) - leaves(election) == {bytes.fromhex(cast["tracker"])}


def test_a_stuck_ballot_holds_up_closing_but_not_the_other_ballots(election, elector):
    """Closing steps aside after half a second, so that who comes behind it gets through."""
    other = election.electors.exclude(pk=elector.pk).first()
    before = election.closes_at - timedelta(seconds=1)
    stuck, _close, quick = race(
        order(
            "cast", election, at=before, elector=elector, seconds=1.7,
            sealed=factories.sealed(election, q1=[2]), slow=["receipt_of"],
        ),
        order("close", election, at=election.closes_at),
        order(
            "cast", election, at=before, elector=other,
            sealed=factories.sealed(election, q1=[3]),
        ),
        pause=0.1,
    )  # fmt: skip
    assert "tracker" in quick
    assert quick["took"] < stuck["took"]
    assert leaves(election) == trackers(election)


def test_the_database_answers_each_statement_with_what_is_committed_by_then(db):
    """The gate is worth nothing under REPEATABLE READ, whose picture is older than the wait."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("read committed",)


def leaves(election):
    return {bytes(leaf) for leaf in election.board.values_list("leaf", flat=True)}


def trackers(election):
    return {bytes(each) for each in election.envelopes.values_list("tracker", flat=True)}


@transaction.atomic
def hang_in_the_gate(election):
    gate.hold_open(election.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")


def test_a_cast_that_hangs_is_ended_after_two_seconds(election):
    """A stuck device or a lost connection must not keep a poll from closing."""
    with pytest.raises(DatabaseError, match="timeout"):
        hang_in_the_gate(election)


# Clocks that differ


def test_a_web_process_whose_clock_is_ten_minutes_off_neither_cuts_short_nor_lets_in_late():
    """Only the database's clock decides: ballots sent before closing are taken, later ones not."""
    open_still = factories.frozen(at=timezone.now() - timedelta(days=2) + timedelta(minutes=5))
    just_over = factories.frozen(at=timezone.now() - timedelta(days=2, minutes=5))
    early, late = skewed(open_still, +600), skewed(just_over, -600)
    assert early["counts"] == "now"
    assert late["error"] == "Refused"
    assert [open_still.envelopes.count(), just_over.envelopes.count()] == [1, 0]


def test_control_by_the_web_processes_own_clock_a_late_ballot_is_taken():
    just_over = factories.frozen(at=timezone.now() - timedelta(days=2, minutes=5))
    assert skewed(just_over, -600, without=["database_clock"])["counts"] == "now"
    assert just_over.envelopes.count() == 1


def skewed(election, seconds, **how):
    elector = election.electors.first()
    sealed = factories.sealed(election, q1=[1])
    [answer] = race(order("cast", election, elector=elector, sealed=sealed, skew=seconds, **how))
    return answer
