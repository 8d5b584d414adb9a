"""The one clock that opens and closes a poll: the database's, asked inside the transaction.

`ballot_clock()` is `clock_timestamp()`.  Demo and test databases hold a version that first
reads the transaction's own setting `maeul.at`, so that a year can be played; a real
installation refuses to serve from such a database.
"""

from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.db.models import DateTimeField, Func

REAL = """
CREATE OR REPLACE FUNCTION ballot_clock() RETURNS timestamptz LANGUAGE sql VOLATILE
AS $$ SELECT clock_timestamp() $$
"""
PLAYED = """
CREATE OR REPLACE FUNCTION ballot_clock() RETURNS timestamptz LANGUAGE sql VOLATILE
AS $$
    SELECT coalesce(nullif(current_setting('maeul.at', true), '')::timestamptz, clock_timestamp())
$$
"""


NOW = Func(function="ballot_clock", output_field=DateTimeField())
"""The same clock, to be read along with a row."""


def now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ballot_clock()")
        return cursor.fetchone()[0]


def install_played() -> None:
    """Make this database one in which time can be played.  As its owner, never in earnest."""
    with connection.cursor() as cursor:
        cursor.execute(PLAYED)


def is_played() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc LIKE '%maeul.at%' FROM pg_proc WHERE proname='ballot_clock'")
        row = cursor.fetchone()
        return bool(row and row[0])


@contextmanager
def clock_at(moment: datetime):
    """Inside, the ballot box of this transaction believes it is `moment`."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('maeul.at', true), set_config('maeul.at', %s, true)",
            [moment.isoformat()],
        )
        before, _now = cursor.fetchone()
        yield
        if connection.savepoint_ids:  # else the setting ends with the transaction
            cursor.execute("SELECT set_config('maeul.at', %s, true)", [before or ""])
