"""The tests' databases: made once from the migrations, then copied.

Migrating takes seconds, copying a tenth of one. The template stays for the next run and is made
anew when a migration or a data file changed. A test that commits (browser, races) gets its
database replaced afterwards: rows that migrations wrote are there again, and add-only tables need
not be emptied.

Every test asks the database as the serving role, as pages and the worker do: what that role may
not do fails here and not first on a server. `as_owner` is for the few that need the owner's hand.
"""

import contextlib
import hashlib
import io
import os
import time

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase
from psycopg import sql

LOCK = 5_082_026  # any number; one template is made at a time
DATA_FILES = {".csv", ".json", ".geojson", ".sql"}


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    with django_db_blocker.unblock():
        base = connection.settings_dict["NAME"]
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        mine = f"test_{base}_{worker}"
        with administrator() as admin:
            template = _template(admin, base)
            _copy(admin, template, mine)
        connection.settings_dict["NAME"] = mine
        connection.settings_dict["OPTIONS"]["options"] = f"-c role={settings.SERVING_ROLE}"

        def anew(_test_case):
            connections.close_all()
            with administrator() as admin:
                _copy(admin, template, mine)

        keep = TransactionTestCase._fixture_teardown
        TransactionTestCase._fixture_teardown = anew
    yield
    with django_db_blocker.unblock():
        TransactionTestCase._fixture_teardown = keep
        connections.close_all()
        with administrator() as admin:
            _drop(admin, mine)
        connection.settings_dict["NAME"] = base


@pytest.fixture
def as_owner(db):
    """The owner's hand instead of the serving role's: what stops even that is a trigger."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        yield
        if not connection.needs_rollback:
            cursor.execute(f"SET ROLE {settings.SERVING_ROLE}")


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """Numbers begin anew with every database; what a cache knows of number 5 must go with it."""
    yield
    cache.clear()


@contextlib.contextmanager
def another_database(name: str):
    """Inside, everything reads and writes a fresh copy of this worker's database."""
    own = connection.settings_dict["NAME"]
    mine = f"{own}_{name}"
    connections.close_all()
    with administrator() as admin:
        # A request that a browser gave up may still hold a session of a test that is over.
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        admin.execute(end, [own])
        _copy(admin, own, mine)
    connection.settings_dict["NAME"] = mine
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = own
        with administrator() as admin:
            _drop(admin, mine)


@contextlib.contextmanager
def administrator():
    """Outside of every test database, as the owner."""
    parameters = connection.get_connection_params()
    for name in ("cursor_factory", "context", "prepare_threshold", "client_encoding", "options"):
        parameters.pop(name, None)
    parameters |= {"dbname": "postgres", "autocommit": True}
    with contextlib.closing(psycopg.connect(**parameters)) as admin:
        yield admin


def _template(admin, base: str) -> str:
    """Name of an up-to-date database to copy from."""
    stem = f"test_{base}_template_"
    name = stem + _fingerprint()
    admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    known = [row[0] for row in admin.execute("SELECT datname FROM pg_database").fetchall()]
    if name not in known:
        for old in known:
            if old.startswith(stem):
                _drop(admin, old)
        making = stem + "making"
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
        connection.close()
        connection.settings_dict["NAME"] = making
        call_command("migrate", verbosity=0, interactive=False)
        call_command("play_ballot_clock", stdout=io.StringIO())
        call_command("grant_serving_role", stdout=io.StringIO())
        connection.close()
        connection.settings_dict["NAME"] = base
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        _when_free(admin, rename.format(sql.Identifier(making), sql.Identifier(name)))
    admin.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    return name


def _fingerprint() -> str:
    """Changes when any migration, any data file or what the serving role may changes."""
    digest = hashlib.sha256(settings.SERVING_ROLE.encode())
    for path in sorted((settings.BASE_DIR / "maeul").rglob("*")):
        wanted = (
            "migrations" in path.parts
            or path.suffix in DATA_FILES
            or path.name in ("addonly.py", "clock.py", "grant_serving_role.py")
        )
        if wanted and path.is_file() and path.suffix != ".pyc":
            digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    for lock in ("requirements.lock", "config/settings/base.py"):
        digest.update((settings.BASE_DIR / lock).read_bytes())
    return digest.hexdigest()[:12]


def _copy(admin, template: str, name: str) -> None:
    _drop(admin, name)
    words = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # copied by one at a time
    _when_free(admin, words.format(sql.Identifier(name), sql.Identifier(template)))
    admin.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _drop(admin, name: str) -> None:
    """FORCE ends every session of ours, but may not end the server's own cleaning of tables."""
    words = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    _when_free(admin, words.format(sql.Identifier(name)))


def _when_free(admin, words) -> None:
    """The server's own cleaning of tables is a session too; it goes by itself, so we wait for it:
    on a busy machine longer than the server does."""
    until = time.monotonic() + 60
    while True:
        try:
            admin.execute(words)
            return
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
