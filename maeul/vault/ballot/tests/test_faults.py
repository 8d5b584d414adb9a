"""Whatever is killed: an acknowledged ballot is in the box, and a retry is never a second one."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import checks
from django.db import connection, connections
from django.utils import timezone

from maeul.vault.ballot import startup
from maeul.vault.ballot.tests import factories

ROOT = Path(__file__).resolve().parents[4]
DEVICES = 3


def kill(cluster):
    """As a power cut takes the processes: nobody gets to write anything more."""
    pid = cluster.pid()
    os.kill(pid, signal.SIGSTOP)
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        os.kill(int(child), signal.SIGKILL)
    os.kill(pid, signal.SIGKILL)
    cluster._process.wait()
    connections.close_all()


def storm(cluster, environment, tmp_path, *, electors, kills):
    """Devices cast while the server is killed again and again.  What was lost each time."""
    at = timezone.now() - timedelta(hours=1)
    election = factories.frozen(at=at, electors=factories.walk_ins(electors))
    connections.close_all()
    books = [tmp_path / f"acks{number}-{election.pk}" for number in range(DEVICES)]
    devices = [
        subprocess.Popen(
            [sys.executable, "-m", "maeul.vault.ballot.tests.storm", str(election.pk),
             str(number), str(DEVICES), book],
            cwd=ROOT, env=environment,
        )
        for number, book in enumerate(books)
    ]  # fmt: skip
    lost = []
    for n in range(1, kills + 1):
        wait_for(books, n * electors // (kills + 2), devices)
        kill(cluster)
        acknowledged = acks(books)
        cluster.start()
        lost.append(acknowledged - stored(election))
    for device in devices:
        assert device.wait(timeout=300) == 0
    return election, lost, acks(books)


def wait_for(books, number, devices):
    until = time.monotonic() + 120
    while len(acks(books)) < number:
        assert time.monotonic() < until, "the devices hang"
        assert any(device.poll() is None for device in devices), "the devices have ended"
        time.sleep(0.02)


def acks(books):
    return {line for book in books if book.exists() for line in book.read_text().split()}


def stored(election):
    return {bytes(each).hex() for each in election.envelopes.values_list("tracker", flat=True)}


@pytest.mark.proof
def test_no_acknowledged_ballot_is_lost_when_the_database_is_killed(start, tmp_path):
    cluster, environment = start()
    election, lost, answered = storm(cluster, environment, tmp_path, electors=600, kills=3)
    assert lost == [set(), set(), set()]
    assert stored(election) == answered
    assert len(answered) == 600
    assert election.envelopes.counting().count() == election.participants() == 600


@pytest.mark.proof
def test_control_with_synchronous_commit_off_acknowledged_ballots_are_lost(start, tmp_path):
    cluster, environment = start(wal_writer_delay="10s")
    environment["PGOPTIONS"] = "-c synchronous_commit=off"  # of the devices alone
    _election, lost, _answered = storm(cluster, environment, tmp_path, electors=600, kills=3)
    assert any(lost)


@pytest.mark.django_db
def test_a_real_start_is_refused_where_a_crash_could_lose_ballots_or_time_is_played(settings):
    settings.PLAYED_CLOCK = False
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    found = {
        error.id for error in checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    }
    assert {"ballot.E001", "ballot.E002"} <= found
    assert "synchronous_commit" in startup.broken_promises()


@pytest.mark.django_db
def test_the_demo_may_be_played(settings):
    settings.PLAYED_CLOCK = False
    settings.DEMO = True
    assert startup.check_clock(None, databases=["default"]) == []
