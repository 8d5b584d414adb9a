"""Somebody with everything a server keeps tries to find whose ballot was whose.

Database with its hidden columns, access log, the order in which answers went out, results and
bundle.  A guess finds one ballot in three; the attack must not find more than luck explains.
"""

import csv
import io
import random
from itertools import product
from statistics import NormalDist

import pytest
from django.db import connection, connections
from django.utils import timezone

from maeul.vault.ballot import actions, clock, opening
from maeul.vault.ballot.models import Election
from maeul.vault.ballot.tests import factories, served

pytestmark = pytest.mark.proof
ELECTORS = 240
OPTIONS = 3


@pytest.fixture
def day(start, tmp_path, just_now):
    """Everybody has voted over HTTP for one option, by lot: (election, what each said, answers,
    the access log)."""
    _cluster, environment = start()
    election = factories.frozen(at=just_now, electors=served.people_with_accounts(ELECTORS))
    chair, clerk = election.chair, election.clerk
    lot = random.Random(7)
    said = {each.pk: lot.randint(1, OPTIONS) for each in election.electors.order_by("number")}
    ballots = list(served.ballots_of(election, lambda elector: {"q1": [said[elector.pk]]}))
    who = [str(pk) for pk in said]
    connections.close_all()
    log = tmp_path / "web.log"
    with served.site(environment, log=log, more=("--access-log", "--log-level", "info")) as port:
        answers = served.send_all(port, election, ballots)
    assert [status for status, *_ in answers] == [200] * ELECTORS
    election = Election.objects.get(pk=election.pk)
    election.chair, election.clerk = chair, clerk
    arrived = [
        pk for _when, pk in sorted((each[3], pk) for each, pk in zip(answers, who, strict=True))
    ]
    return (
        election,
        {str(pk): choice for pk, choice in said.items()},
        arrived,
        log.read_text(),
        ballots,
    )


def column(question, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(question, parameters)
        return [str(row[0]) for row in cursor.fetchall()]


def orders_of_voters(election, arrived):
    """Every order in which the server knows the voters, by name."""
    envelopes = "SELECT elector_id FROM ballot_envelope ORDER BY "
    book = "SELECT elector_id FROM ballot_pollbookentry ORDER BY "
    told = (
        "SELECT elector.id FROM notice_message message JOIN ballot_elector elector"
        " ON elector.person_id = message.person_id ORDER BY "
    )
    return {
        "answers as they went out": arrived,
        "roll": column("SELECT id FROM ballot_elector ORDER BY number"),
        **{f"envelopes by {by}": column(envelopes + by) for by in
           ("ctid", "xmin::text::bigint, ctid", "id", "tracker", "sealed")},
        **{f"poll book by {by}": column(book + by) for by in
           ("ctid", "xmin::text::bigint, ctid", "elector_id")},
        **{f"messages by {by}": column(told + by) for by in
           ("message.id", "message.at, message.id")},
    }  # fmt: skip


def orders_of_ballots(election, files):
    ballots = "SELECT array_to_string(choices, ',') FROM ballot_openedballot ORDER BY "
    rows = list(csv.reader(io.StringIO(files["ballots.csv"].decode())))[1:]
    result = opening.read_result(bytes(election.openings.first().content))
    [given] = [cell["opened"] for cell in result["questions"]["q1"].values()]
    return {
        **{f"opened ballots by {by}": column(ballots + by) for by in
           ("ctid", "id", "xmin::text::bigint, cmin::text::bigint, ctid")},
        "bundle": [row[2] for row in rows],
        "what the holders brought": [",".join(map(str, each)) for each in given],
    }  # fmt: skip


def most_found(voters, ballots, said):
    """(hits, which two orders laid side by side)"""
    found = []
    for (of, order), (by, choices) in product(voters.items(), ballots.items()):
        assert len(order) == len(choices) == ELECTORS, (of, by)
        for way, read in (("", choices), (" backwards", choices[::-1])):
            hits = sum(str(said[pk]) == choice for pk, choice in zip(order, read, strict=True))
            found.append((hits, f"{of} with {by}{way}"))
    return max(found), len(found)


def luck(said, tries):
    """What the best of so many guesses does not exceed, but once in a million runs."""
    parts = [list(said.values()).count(option) / ELECTORS for option in range(1, OPTIONS + 1)]
    share = sum(part * part for part in parts)
    spread = (ELECTORS * share * (1 - share)) ** 0.5
    return ELECTORS * share + NormalDist().inv_cdf(1 - 1e-6 / tries) * spread


def to_the_end(election):
    """Closed, opened, counted and published now."""
    at = timezone.now()
    closes_at = election.closes_at
    assert closes_at > at
    with clock.clock_at(closes_at):
        election = factories.opened(factories.closed(election))
        chair, clerk = election.chair, election.clerk
        counted = factories.counted(election)
        counted.chair, counted.clerk = chair, clerk
        published = factories.published(counted)
    return published, actions.files_of(published)


def test_whoever_has_all_the_server_keeps_finds_no_more_ballots_than_luck_does(day):
    election, said, arrived, log, ballots = day
    published, files = to_the_end(election)
    (hits, how), tries = most_found(
        orders_of_voters(published, arrived), orders_of_ballots(published, files), said
    )
    assert hits <= luck(said, tries), how
    assert log.count("/cast/") >= ELECTORS
    for session, _body, tracker in ballots:
        assert session not in log
        assert tracker not in log
    for pk in said:
        assert pk not in log


def test_control_without_the_shuffle_the_attack_finds_everybody(day, monkeypatch):
    class Unshuffled:
        def shuffle(self, ballots):
            pass

    monkeypatch.setattr(opening, "SystemRandom", Unshuffled)
    election, said, arrived, _log, _ballots = day
    published, files = to_the_end(election)
    (hits, how), _tries = most_found(
        orders_of_voters(published, arrived), orders_of_ballots(published, files), said
    )
    assert hits == ELECTORS
    assert "envelopes by tracker" in how
