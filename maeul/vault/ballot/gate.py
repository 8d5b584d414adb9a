"""The gate of an election: ballots pass it side by side, closing shuts it alone.

Every cast holds the gate open (shared) until its commit; closing waits until nobody is in
the gate and lets nobody in meanwhile.  What a cast reads after it has passed is true until
its commit.  PostgreSQL's advisory locks, released by the end of the transaction.
"""

import time
from hashlib import sha256

from django.db import OperationalError, connection, transaction

CAST_TIMEOUT = "2s"
"""A stuck cast must not keep the gate from closing, nor a closing gate all other casts."""


def hold_open(election_id) -> None:
    """For one cast.  Also bounds how long it may take, where it is the whole transaction: the
    time-outs last until its end, and what is played in one long transaction has no hurry."""
    with connection.cursor() as cursor:
        if not connection.savepoint_ids:
            cursor.execute(
                "SELECT set_config('statement_timeout', %s, true),"
                " set_config('idle_in_transaction_session_timeout', %s, true)",
                [CAST_TIMEOUT, CAST_TIMEOUT],
            )
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_number(election_id)])


def shut(election_id, *, tries: int = 40, wait: str = "500ms", pause: float = 0.1) -> None:
    """For closing.  Steps aside after each `wait`, so that casts behind it are not held up."""
    for left in reversed(range(tries)):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [wait])
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(election_id)])
                cursor.execute("SELECT set_config('lock_timeout', '0', true)")
                return
        except OperationalError as error:
            if not left or getattr(error.__cause__, "sqlstate", "") != "55P03":
                raise
            time.sleep(pause)


def _number(election_id) -> int:
    """The 64-bit number under which PostgreSQL knows this gate."""
    digest = sha256(b"maeul.ballot.gate" + election_id.bytes).digest()
    return int.from_bytes(digest[:8], signed=True)
