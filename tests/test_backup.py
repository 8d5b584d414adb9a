"""Database, files and keys go into one archive and come back into an empty folder whole."""

import re
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.urls import reverse
from psycopg import sql

from maeul.core import upload
from maeul.core.models import Upload
from maeul.vault.ballot import verify
from maeul.vault.ballot.models import Election
from maeul.vault.ballot.tests import factories as ballot
from setup import backup, database
from tests.database import administrator

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.proof]
KEY = b"the key of a holder"
RECEIPT = b"%PDF-1.7 a receipt %%EOF"


@pytest.fixture
def site(law, soonja, client, at, tmp_path, monkeypatch):
    """A folder with a file and a key; a published vote; somebody signed in."""
    var = tmp_path / "var"
    (var / "demo-holders").mkdir(parents=True)
    (var / "demo-holders" / "one.key").write_bytes(KEY)
    monkeypatch.setattr(settings, "MEDIA_ROOT", var / "uploads")
    upload.keep(upload.Checked("영수증.pdf", "application/pdf", RECEIPT), by=soonja, at=at)
    election = ballot.frozen(at=at)
    for elector in election.electors.all():
        ballot.cast(election, elector, at=at, q1=[1])
    ballot.published(ballot.counted(ballot.opened(ballot.closed(election))))
    client.force_login(soonja)
    return var


@pytest.fixture
def another_database():
    """Empty, and gone afterwards."""
    name = f"{connection.settings_dict['NAME']}_restored"
    with administrator() as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield name
    connections.close_all()
    with administrator() as admin:
        drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
        admin.execute(drop.format(sql.Identifier(name)))


def use(monkeypatch, *, var, name):
    """Let the commands work on this folder and this database."""
    facts = connection.get_connection_params()
    url = psycopg.conninfo.make_conninfo(
        "",
        dbname=name,
        **{key: facts[key] for key in ("host", "port", "user", "password") if facts.get(key)},
    )
    monkeypatch.setattr(backup, "VAR", var)
    monkeypatch.setattr(database, "VAR", var)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("SERVING_DATABASE_URL", url)


def rows_of_every_table():
    with connection.cursor() as cursor:
        counted = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            counted[name] = cursor.fetchone()[0]
    return counted


def what_is_said_of_me(client):
    """The page of whoever is signed in, without what is random in it."""
    page = client.get(reverse("people:me")).content.decode()
    return re.sub(r'name="(csrfmiddlewaretoken|once)" value="[^"]*"', "", page)


def test_what_was_kept_serves_the_same_site_from_an_empty_folder(
    site, another_database, client, tmp_path, monkeypatch
):
    here = connection.settings_dict["NAME"]
    before, me = rows_of_every_table(), what_is_said_of_me(client)
    assert "순자" in me
    archive, empty = tmp_path / "all.tar", tmp_path / "empty"
    use(monkeypatch, var=site, name=here)
    backup.backup(archive)
    assert archive.stat().st_mode & 0o777 == 0o600

    empty.mkdir()
    use(monkeypatch, var=empty, name=another_database)
    backup.restore(archive)
    monkeypatch.setattr(settings, "MEDIA_ROOT", empty / "uploads")
    connections.close_all()
    connection.settings_dict["NAME"] = another_database
    try:
        assert rows_of_every_table() == before
        assert sum(before.values()) > 100
        assert what_is_said_of_me(client) == me
        assert upload.serve(Upload.objects.get()).content == RECEIPT
        assert (empty / "demo-holders" / "one.key").read_bytes() == KEY
        election = Election.objects.get()
        bundle = tmp_path / "bundle.zip"
        bundle.write_bytes(client.get(reverse("ballot:bundle", args=[election.pk])).content)
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = here
    checked = subprocess.run([sys.executable, verify.__file__, bundle], capture_output=True)
    assert checked.returncode == 0, checked.stderr.decode()


def test_nothing_is_restored_over_what_is_there(site, another_database, tmp_path, monkeypatch):
    archive = tmp_path / "all.tar"
    use(monkeypatch, var=site, name=connection.settings_dict["NAME"])
    backup.backup(archive)
    use(monkeypatch, var=site, name=another_database)
    with pytest.raises(backup.Stopped, match="is not empty"):
        backup.restore(archive)
    assert (site / "demo-holders" / "one.key").read_bytes() == KEY
