"""A web process is killed in the middle of a cast: nobody votes twice, nobody not at all."""

import pytest
from django.db import connections

from maeul.ground.notice.models import Message
from maeul.vault.ballot.models import PollBookEntry
from maeul.vault.ballot.tests import factories, served

pytestmark = pytest.mark.proof
ELECTORS, DEATHS = 40, 4


def cast_while_dying(start, tmp_path, at, *, die, tries=60, **without):
    """Every elector casts once; web processes die `DEATHS` times at that place."""
    _cluster, environment = start()
    election = factories.frozen(at=at, electors=served.people_with_accounts(ELECTORS))
    ballots = list(served.ballots_of(election, lambda elector: {"q1": [1 + elector.number % 3]}))
    deaths = tmp_path / "deaths"
    deaths.mkdir()
    environment |= {"DIE": die, "DEATHS": str(DEATHS), "DEATHS_IN": str(deaths), **without}
    connections.close_all()
    with served.site(
        environment,
        application="tests.dying:application",
        log=tmp_path / "web.log",
        more=("--respawn-interval", "0.1"),
    ) as port:
        answers = served.send_all(port, election, ballots, tries=tries)
    assert len(list(deaths.iterdir())) == DEATHS
    return election, ballots, answers


@pytest.mark.parametrize("die", ["before_commit", "after_commit"])
def test_whoever_sends_again_after_a_crash_has_one_ballot_and_its_receipt(
    start, tmp_path, just_now, die
):
    election, ballots, answers = cast_while_dying(start, tmp_path, just_now, die=die)
    assert [status for status, *_ in answers] == [200] * ELECTORS
    assert [answer["tracker"] for _status, answer, *_ in answers] == [each[2] for each in ballots]
    assert sum(times for *_, times, _when in answers) >= ELECTORS + DEATHS
    assert election.envelopes.count() == election.participants() == ELECTORS
    assert set(PollBookEntry.objects.values_list("revision", flat=True)) == {1}
    assert Message.objects.count() == ELECTORS, "each is told once"


def test_control_where_a_ballot_is_not_known_again_its_device_never_gets_a_receipt(
    start, tmp_path, just_now
):
    _election, _ballots, answers = cast_while_dying(
        start, tmp_path, just_now, die="after_commit", tries=12, WITHOUT="tracker"
    )
    without = [status for status, *_ in answers if status != 200]
    assert set(without) == {500}, "two may die in one process"
