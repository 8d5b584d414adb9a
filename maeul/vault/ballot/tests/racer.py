"""One act of the ballot box in a process of its own, for `test_races.py`.

    python -m maeul.vault.ballot.tests.racer '{"database": …, "act": "cast", …}'

It says `ready`, waits for a line, acts, and prints what came of it.  `slow` makes it sleep at a
place where the others could come in; `without` takes a lock out, in this process alone.
"""

import json
import os
import sys
import time
from base64 import b64decode
from contextlib import nullcontext
from datetime import datetime, timedelta


def main(order):
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.tests"
    import django

    django.setup()
    from django.db import DatabaseError, connection

    from maeul.core.refusal import Refused

    connection.settings_dict["NAME"] = order["database"]
    prepare(order)
    connection.ensure_connection()
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.monotonic()
    try:
        answer = act(order)
    except (Refused, DatabaseError) as error:
        answer = {"error": type(error).__name__}
    print(json.dumps(answer | {"took": time.monotonic() - began}))


def act(order):
    from maeul.vault.ballot import actions
    from maeul.vault.ballot.clock import clock_at
    from maeul.vault.ballot.models import Election, Elector

    at = order["at"] and datetime.fromisoformat(order["at"])
    election = Election.objects.get(pk=order["election"])
    with clock_at(at) if at else nullcontext():
        if order["act"] == "close":
            return {"state": actions.close(election=election, by="system", at=at).state}
        receipt = actions.cast(
            election=election,
            elector=Elector.objects.get(pk=order["elector"]),
            sealed=b64decode(order["sealed"]),
        )
    return {"tracker": receipt.tracker.hex(), "counts": receipt.counts}


def prepare(order):
    from maeul.vault.ballot import actions, gate
    from maeul.vault.ballot.models import PollBookEntry

    assert actions
    cast = sys.modules["maeul.vault.ballot.actions.cast"]
    for name in order.get("slow", []):
        setattr(cast, name, slowed(getattr(cast, name), order.get("seconds", 1.0)))
    if "gate" in order.get("without", []):
        gate.hold_open = lambda election_id: None
    if "skew" in order:
        skew(order["skew"])
    if "database_clock" in order.get("without", []):
        cast._state_now = by_own_clock(cast._state_now)
    if "entry" in order.get("without", []):
        cast.lock_entry = lambda elector: PollBookEntry.objects.get(elector=elector)


def skew(seconds):
    """The clock of this machine is so many seconds off, wherever Python asks it."""
    from django.utils import timezone

    now, real = timezone.now, time.time
    timezone.now = lambda: now() + timedelta(seconds=seconds)
    time.time = lambda: real() + seconds


def by_own_clock(state_now):
    from django.utils import timezone

    def by_own(election):
        state = state_now(election)
        state.clock = timezone.now()
        return state

    return by_own


def slowed(function, seconds):
    def slow(*arguments):
        answer = function(*arguments)
        time.sleep(seconds)
        return answer

    return slow


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
