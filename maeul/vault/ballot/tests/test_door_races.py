"""The same elector at two tables at once, one slip at two tablets, a check-in against closing.

Real processes.  Each race has its control: with the lock taken out, in those processes alone,
what the lock prevents does happen.
"""

import sys
import time
from base64 import b64decode, b64encode
from datetime import date, datetime, timedelta

import pytest
from django.core.cache import caches

from maeul.core.tests.together import together
from maeul.ground.people.models import Person
from maeul.vault.ballot import actions, gate
from maeul.vault.ballot.actions import at_door, walk_in
from maeul.vault.ballot.clock import clock_at
from maeul.vault.ballot.models import Booth, CheckIn, Device, Election, Elector, Envelope, Slip
from maeul.vault.ballot.rules import Channel, State, Way, Why
from maeul.vault.ballot.tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
SLOW = 0.3
OK = "ok"
WITHOUT_LOCKS = {"without_locks": True, "seconds": 1.2}
"""The control: all are through their last look before the first one writes."""


@pytest.fixture
def election(at):
    return factories.at_booths(at=at)


@pytest.fixture
def hall(election):
    return election.tables[0]


@pytest.fixture
def soon(election):
    return election.electors.get(number=1)


def slow_before(function, seconds):
    def slow(*arguments, **facts):
        time.sleep(seconds)
        return function(*arguments, **facts)

    return slow


def act(
    kind,
    at,
    by=None,
    booth=None,
    elector=None,
    election=None,
    **facts,
):
    """One act at the door, slow between its last look and its writing."""
    casting = sys.modules["maeul.vault.ballot.actions.cast"]
    places = [(at_door, "write"), (walk_in, "enrol_at_door"), (casting, "_why_not_so_often")]
    for module, name in places:
        setattr(module, name, slow_before(getattr(module, name), facts.get("seconds", SLOW)))
    if facts.get("gate_open"):
        gate.hold_open = lambda election_id: None
    at = datetime.fromisoformat(at)
    by = by and Person.objects.get(pk=by)
    booth = booth and Booth.objects.get(pk=booth)
    elector = elector and Elector.objects.get(pk=elector)
    election = election and Election.objects.get(pk=election)
    with clock_at(at):
        if kind == "close":
            time.sleep(1.0)  # the other is in the gate by now
            state = actions.close(election=election, by="system", at=at).state
            return [str(state), CheckIn.objects.count()]
        if kind == "check in":
            actions.check_in(elector=elector, booth=booth, way=Way.PAPER, by=by, at=at)
        elif kind == "register":
            born_on = date.fromisoformat(facts["born_on"])
            found = actions.register_walk_in(
                booth=booth, name=facts["name"], born_on=born_on, proof="여권", by=by, at=at
            )
            return str(found.elector.pk)
        else:
            of_kiosk = {}
            if kind == "kiosk":
                slip = Slip.objects.select_related("check_in").get(pk=facts["slip"])
                device = Device.objects.get(pk=facts["device"])
                of_kiosk = {"slip": slip, "device": device}
            actions.cast(
                election=election, elector=elector, sealed=b64decode(facts["sealed"]), **of_kiosk
            )
    return OK


def paper(hall, elector, at):
    return {
        "kind": "check in", "at": at.isoformat(), "by": hall.helper.pk, "booth": hall.pk,
        "elector": str(elector.pk),
    }  # fmt: skip


def ballot(election, elector, at, *, choice, slip=None, device=None):
    facts = {"slip": slip.pk, "device": str(device.pk)} if slip else {}
    sealed = factories.sealed(election, q1=[choice])
    return {
        "kind": "kiosk" if slip else "online", "at": at.isoformat(), "elector": str(elector.pk),
        "election": str(election.pk), "sealed": b64encode(sealed).decode(), **facts,
    }  # fmt: skip


@pytest.fixture
def at_kiosk(election, hall, soon, at):
    """Somebody stands at a kiosk with a slip."""
    device = factories.kiosk(hall, at=at)
    slip = factories.slip(factories.came(soon, hall, Way.KIOSK, at=at), device, at=at)
    caches["limits"].clear()
    return {"slip": slip, "device": device}


def sheets_and_ballots(elector):
    sheets = CheckIn.objects.standing().on_paper().filter(elector=elector).count()
    return sheets, Envelope.objects.filter(elector=elector, channel=Channel.KIOSK).count()


def test_at_the_kiosk_and_at_the_table_at_once_one_of_the_two_counts(
    election, hall, soon, at_kiosk, at
):
    answers = together(act, paper(hall, soon, at), ballot(election, soon, at, choice=2, **at_kiosk))
    assert answers.count(OK) == 1
    assert set(answers) <= {OK, Why.VOTED_IN_PERSON.value}
    assert sum(sheets_and_ballots(soon)) == 1
    assert actions.poll_book_is_as_derived(election)


def test_control_without_the_locks_a_sheet_and_a_ballot_are_both_given(
    election, hall, soon, at_kiosk, at
):
    acts = (paper(hall, soon, at), ballot(election, soon, at, choice=2, **at_kiosk))
    answers = together(act, *(each | WITHOUT_LOCKS for each in acts))
    assert answers == [OK, OK]
    assert sheets_and_ballots(soon) == (1, 1)


def test_over_three_channels_at_once_one_vote_counts(election, hall, soon, at_kiosk, at):
    answers = together(
        act,
        *[ballot(election, soon, at, choice=n) for n in (1, 2)],
        paper(hall, soon, at),
        ballot(election, soon, at, choice=3, **at_kiosk),
    )
    assert not set(answers) - {OK, Why.VOTED_IN_PERSON.value, Why.TOO_SOON.value}, answers
    assert sum(sheets_and_ballots(soon)) == 1
    assert sum(actions.participants(election).values()) == 1
    assert actions.poll_book_is_as_derived(election)
    assert Envelope.objects.counting().count() == (0 if sheets_and_ballots(soon)[0] else 1)


def test_one_slip_at_two_tablets_at_once_is_one_ballot(election, hall, soon, at_kiosk, at):
    with clock_at(at):
        other, code = actions.enrol_device(booth=hall, name="단말 2", by=hall.helper, at=at)
        other, _secret = actions.take_up_device(code=code)
    answers = together(
        act,
        ballot(election, soon, at, choice=1, **at_kiosk),
        ballot(election, soon, at, choice=2, slip=at_kiosk["slip"], device=other),
    )
    assert answers == [OK, Why.SLIP_ENDED]
    assert sheets_and_ballots(soon) == (0, 1)


def test_control_without_the_locks_the_second_tablet_fails(election, hall, soon, at_kiosk, at):
    acts = [ballot(election, soon, at, choice=n, **at_kiosk) for n in (1, 2)]
    answers = together(act, *(each | WITHOUT_LOCKS for each in acts))
    assert answers == ["IntegrityError", OK]


def registrations(election, at):
    return [
        {
            "kind": "register", "at": at.isoformat(), "by": booth.helper.pk, "booth": booth.pk,
            "name": "박새이웃", "born_on": "1970-01-01",
        }
        for booth in election.tables
    ]  # fmt: skip


def test_somebody_registered_at_two_booths_at_once_is_one_elector(election, at):
    one, other = together(act, *registrations(election, at))
    assert one == other
    assert Elector.objects.filter(roll="supplementary").count() == 1


def test_control_without_the_locks_one_fails_or_somebody_is_on_the_roll_twice(election, at):
    acts = (each | WITHOUT_LOCKS for each in registrations(election, at))
    one, other = together(act, *acts)
    assert one != other


def check_in_against_closing(election, hall, soon, **how):
    end = election.closes_at
    before = {**paper(hall, soon, end - timedelta(seconds=1)), "seconds": 1.2, **how}
    closing = {"kind": "close", "election": str(election.pk), "at": end.isoformat()}
    return together(act, before, closing)


def test_closing_waits_for_a_check_in_that_is_in_the_gate(election, hall, soon):
    """The check-in holds the gate from its first step; closing sees it when it is through."""
    answers = check_in_against_closing(election, hall, soon)
    [closed] = [each for each in answers if isinstance(each, list)]
    assert closed[0] == State.CLOSED
    assert closed[1] == CheckIn.objects.count(), "nobody came in after closing"


def test_control_without_the_gate_somebody_comes_in_behind_closing(election, hall, soon):
    answers = check_in_against_closing(election, hall, soon, gate_open=True, seconds=3.0)
    [closed] = [each for each in answers if isinstance(each, list)]
    assert closed[0] == State.CLOSED
    assert closed[1] < CheckIn.objects.count()
