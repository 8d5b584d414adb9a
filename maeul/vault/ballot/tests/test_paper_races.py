"""Two people begin the same part of a batch at once; two officers confirm the counts at once.

Real processes.  Each race has its control: with the lock taken out, in those processes alone,
what the lock prevents does happen.
"""

import time
from datetime import datetime

import pytest
from django.db import IntegrityError

from maeul.core.refusal import Refused
from maeul.core.tests.together import together
from maeul.ground.people.models import Person
from maeul.vault.ballot import actions
from maeul.vault.ballot.models import Election, EntryTurn, OpenedBallot, PaperBatch
from maeul.vault.ballot.rules import State, Why
from maeul.vault.ballot.tests import factories
from maeul.vault.ballot.tests.test_paper import BENCH, ON_PAPER

pytestmark = pytest.mark.django_db(transaction=True)


def act(kind, at, by, batch=None, election=None, *, without_lock=False):
    """One act, slow between its last look and its writing."""
    import sys

    batches = sys.modules["maeul.vault.ballot.actions.batches"]
    confirming = sys.modules["maeul.vault.ballot.actions.confirm_counts"]
    if without_lock:
        batches.locked = confirming.locked = lambda election: Election.objects.get(pk=election.pk)
    for module, name in ((batches, "batch_now"), (confirming, "confirmed_by")):
        setattr(module, name, slow_after(getattr(module, name)))
    by, at = Person.objects.get(pk=by), datetime.fromisoformat(at)
    try:
        if kind == "turn":
            batch = PaperBatch.objects.get(pk=batch)
            actions.take_turn(batch=batch, part="first", by=by, at=at)
            return "ok"
        election = Election.objects.get(pk=election)
        return str(actions.confirm_counts(election=election, by=by, at=at).state)
    except Refused as no:
        return str(no.why)
    except IntegrityError:
        return "the table says no"


def slow_after(function):
    def slow(*arguments, **facts):
        answer = function(*arguments, **facts)
        time.sleep(1.0)
        return answer

    return slow


@pytest.fixture
def election(at):
    return factories.box_opened(factories.with_sheets(at=at, sheets=[1], **ON_PAPER))


def begun(election, at, **how):
    batch = factories.batch_of(election, {election.tables[0]: 1})
    facts = {"kind": "turn", "at": at.isoformat(), "batch": batch.pk}
    officers = (election.chair, election.clerk)
    return together(act, *({**facts, "by": by.pk, **how} for by in officers))


def test_of_two_who_begin_the_same_part_at_once_one_is_told_that_it_is_taken(election, at):
    assert begun(election, at) == ["ok", Why.TURN_TAKEN.value]
    assert EntryTurn.objects.count() == 1


def test_control_without_the_lock_only_the_table_stops_the_second(election, at):
    assert begun(election, at, without_lock=True) == ["ok", "the table says no"]
    assert EntryTurn.objects.count() == 1


def confirmed(election, at, **how):
    factories.closed_batch(election, [BENCH])
    facts = {"kind": "confirm", "at": at.isoformat(), "election": str(election.pk)}
    officers = (election.chair, election.clerk)
    answers = together(act, *({**facts, "by": by.pk, **how} for by in officers))
    election.refresh_from_db()
    return answers


def test_two_officers_who_confirm_at_once_open_the_paper_once(election, at):
    assert confirmed(election, at) == ["closed", "opened"]
    assert election.state == State.OPENED
    assert OpenedBallot.objects.count() == 1


def test_control_without_the_lock_neither_sees_the_other(election, at):
    assert confirmed(election, at, without_lock=True) == ["closed", "closed"]
    assert election.state == State.CLOSED
