"""Nothing leads from a choice to a person, and nobody has a result before its time."""

import csv
import io
import re

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection, models, transaction

from maeul.ground.audit.models import Act
from maeul.ground.notice.models import Message
from maeul.vault.ballot import actions
from maeul.vault.ballot.models import (
    SECRET_TABLES,
    BoardEntry,
    Booth,
    CheckIn,
    Device,
    Election,
    Elector,
    Envelope,
    LateLine,
    OpenedBallot,
    Outer,
    OuterRuling,
    PollBookEntry,
    Ruling,
    Slip,
    Tally,
)
from maeul.vault.ballot.tests import factories

pytestmark = pytest.mark.django_db

TIMES = (models.DateField, models.TimeField, models.DurationField)


@pytest.mark.parametrize("table", SECRET_TABLES, ids=lambda table: table.__name__)
def test_secret_tables_hold_no_time_and_have_random_keys(table):
    fields = table._meta.get_fields()
    assert not [field for field in fields if isinstance(field, TIMES)]
    key = table._meta.pk.target_field if table._meta.pk.is_relation else table._meta.pk
    assert isinstance(key, models.UUIDField)


def test_the_list_of_secret_tables_is_whole():
    assert {PollBookEntry, Envelope, BoardEntry, OpenedBallot} == set(SECRET_TABLES)


def test_an_opened_ballot_knows_its_question_its_cell_and_its_choices():
    assert {field.name for field in OpenedBallot._meta.get_fields()} == {
        "id", "question", "cell", "choices", "points"
    }  # fmt: skip


def reachable(model, seen=()):
    """Tables that rows of this one point at, at however many removes."""
    for field in model._meta.concrete_fields:
        if field.is_relation and field.related_model not in seen:
            yield field.related_model
            yield from reachable(field.related_model, (*seen, field.related_model))


def test_from_an_opened_ballot_no_arrow_leads_to_an_elector():
    assert Elector not in set(reachable(OpenedBallot))
    assert Envelope not in set(reachable(OpenedBallot))


def test_tables_of_the_door_have_a_time_and_lead_to_no_choice():
    """Who came when stands on the signature list too; from there no arrow leads to a ballot."""
    for table in (CheckIn, Slip, Ruling, Outer, OuterRuling, LateLine):
        assert any(isinstance(field, TIMES) for field in table._meta.concrete_fields)
        assert not {OpenedBallot, Envelope, Tally} & set(reachable(table)), table


def test_of_whom_a_kiosk_ballot_came_is_known_until_it_is_opened_and_not_afterwards():
    """The envelope names its check-in, as it names its elector; the opened ballot neither."""
    assert CheckIn in set(reachable(Envelope))
    assert not {CheckIn, Slip, Booth, Device} & set(reachable(OpenedBallot))


def test_no_table_holds_a_birth_date_of_an_elector():
    days = [
        field.name
        for table in (Elector, Outer, CheckIn)
        for field in table._meta.concrete_fields
        if type(field) is models.DateField
    ]
    assert days == []


def voted(at, *, electors=60):
    """Everybody votes in the order of the roll, each for one option in turn."""
    election = factories.frozen(at=at, electors=factories.walk_ins(electors))
    said = {}
    for elector in election.electors.order_by("number"):
        caches["limits"].clear()
        said[elector.pk] = [1 + elector.number % 3]
        factories.cast(election, elector, at=at, q1=said[elector.pk])
    return factories.opened(factories.closed(election)), said


def test_neither_physical_order_nor_transaction_leads_back_to_the_voters(at):
    """Both found 500 of 500 voters again when plain ballots lay beside the poll book."""
    _election, said = voted(at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT elector_id FROM ballot_envelope ORDER BY ctid")
        voters = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT choices, xmin::text FROM ballot_openedballot ORDER BY ctid")
        ballots, transactions = zip(*cursor.fetchall(), strict=True)
        cursor.execute("SELECT choices FROM ballot_openedballot ORDER BY id")
        by_key = [row[0] for row in cursor.fetchall()]
    assert len(set(transactions)) == 1
    for order in (ballots, by_key):
        hits = sum(
            said[voter] == list(choices) for voter, choices in zip(voters, order, strict=True)
        )
        assert hits < 40, "a guess finds one in three of sixty"


def test_neither_the_trail_nor_the_officers_acts_tell_who_voted(at):
    voted(at, electors=3)
    assert not Act.objects.filter(verb="ballot.cast").exists()
    assert not Act.objects.filter(target__contains="Envelope").exists()
    assert not Act.objects.filter(target__contains="PollBook").exists()


def test_no_sealed_ballot_lets_its_choice_be_seen(at):
    election = factories.frozen(at=at)
    one = factories.sealed(election, q1=[1])
    everything = factories.sealed(election, q1=[1, 2, 3])
    assert len(one) == len(everything)
    assert b"q1=" not in one


def test_the_bundle_holds_neither_the_list_nor_a_person(at):
    election, _said = voted(at, electors=3)
    election.chair, election.clerk = (each.person for each in election.officers.order_by("pk"))
    published = factories.published(factories.counted(election))
    files = actions.files_of(published)
    assert "list.jsonl" not in files
    names = published.electors.values_list("name", flat=True)
    for name, content in files.items():
        for person in names:
            assert person.encode() not in content, f"{person} stands in {name}"
    rows = list(csv.reader(io.StringIO(files["ballots.csv"].decode())))[1:]
    assert rows == sorted(rows)
    sealed = [bytes(each).hex() for each in published.envelopes.values_list("sealed", flat=True)]
    assert not any(each.encode() in b"".join(files.values()) for each in sealed)


def test_counting_rules_publish_one_line_per_choice(at):
    election = factories.frozen(at=at)
    factories.cast(election, election.electors.first(), at=at, q1=[1, 2, 3])
    opened = factories.opened(factories.closed(election))
    published = factories.published(factories.counted(opened))
    assert re.findall(rb"q1,.*", actions.files_of(published)["ballots.csv"]) == [
        "q1,전체,1".encode(), "q1,전체,2".encode(), "q1,전체,3".encode()
    ]  # fmt: skip


def test_the_serving_role_cannot_tell_the_fences_to_look_away(at):
    """pgtrigger lets a setting switch triggers off; that is the owner's alone."""
    election = factories.frozen(at=at)
    names = [trigger.get_pgid(Election) for trigger in Election._meta.triggers]
    with connection.cursor() as cursor:
        look_away = "SELECT set_config('pgtrigger.ignore', %s, true)"
        cursor.execute(look_away, ["{" + ",".join(names) + "}"])
        cursor.execute(f"SET LOCAL ROLE {settings.SERVING_ROLE}")
        change = "UPDATE ballot_election SET title = 'x'"
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            cursor.execute(change)
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(change)
    election.refresh_from_db()
    assert election.title == "x"


def test_an_elector_with_an_account_is_told_of_every_ballot_in_their_name(at, soonja):
    electors = [actions.ElectorText(name="순자", person=soonja)]
    election = factories.frozen(at=at, electors=electors)
    receipt = factories.cast(election, election.electors.get(), at=at, q1=[1])
    [message] = Message.objects.filter(person=soonja)
    assert message.link == election.address_of_mine()
    assert receipt.tracker.hex() not in f"{message.title}{message.text}{message.link}"
