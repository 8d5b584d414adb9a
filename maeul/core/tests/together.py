"""Deeds at the same moment, in processes of their own.  For tests of races.

    together(deed, {"payment": 5}, {"payment": 5})

starts `python -m maeul.core.tests.together` once for each, waits until all are ready, lets them go
and answers what each said.  A deed is a function of a test module; what it patches (a lock taken
out, a slow place) holds in its own process alone, and what it is handed and answers is JSON.
"""

import json
import os
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def together(deed, *each):
    """Do `deed(**one)` for each at once; what each said, in the order of their words."""
    from django.db import connection

    where = {"database": connection.settings_dict["NAME"]}
    where |= {"options": connection.settings_dict["OPTIONS"].get("options", "")}
    where |= {"module": deed.__module__, "deed": deed.__name__}
    runners = [
        subprocess.Popen(
            [sys.executable, "-m", __name__, json.dumps({**where, "facts": facts})],
            cwd=ROOT,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.tests"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for facts in each
    ]
    for runner in runners:
        assert runner.stdout.readline() == "ready\n"
    for runner in runners:
        runner.stdin.write("go\n")
        runner.stdin.flush()
    return sorted((json.loads(runner.communicate(timeout=60)[0]) for runner in runners), key=str)


def slowed(function, seconds=1.0):
    """The same function, which takes so long afterwards that others can come in."""

    def slow(*arguments, **facts):
        answer = function(*arguments, **facts)
        time.sleep(seconds)
        return answer

    return slow


def _main(order):
    import django

    django.setup()
    from django.db import DatabaseError, connection
    from django.db.models import QuerySet

    from maeul.core.refusal import Refused

    connection.settings_dict["NAME"] = order["database"]
    connection.settings_dict["OPTIONS"]["options"] = order["options"]
    facts = order["facts"]
    if facts.pop("without_locks", False):
        QuerySet.select_for_update = lambda rows, **how: rows
    deed = getattr(import_module(order["module"]), order["deed"])
    connection.ensure_connection()
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        answer = deed(**facts)
    except Refused as no:
        answer = str(no.why)
    except DatabaseError as error:
        answer = type(error).__name__
    print(json.dumps(answer))


if __name__ == "__main__":
    _main(json.loads(sys.argv[1]))
