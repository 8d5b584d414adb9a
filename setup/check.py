"""`make check`: everything that reads the code instead of running it; then the sum of it."""

import json
import os
import time
from pathlib import Path

from setup.database import database, manage
from setup.machine import ROOT, VAR, Stopped, main, run, say
from setup.prepare import VENV, prepare

# check --deploy looks at the settings of a real installation; nothing is served with these.
MADE_UP = {
    "DJANGO_SETTINGS_MODULE": "config.settings.serving",
    "MAEUL_SECRET_KEY": "made-up-for-the-check-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKL",
    "MAEUL_SECOND_FACTOR_KEYS": "bWFkZS11cC1tYWRlLXVwLW1hZGUtdXAtbWFkZS11cC0=",
    "MAEUL_HOSTS": "maeul.example.org",
}


def _main(_arguments: list[str]) -> int:
    prepare(tests=True)
    failed = []
    with database("postgres-tests", careless=True) as env:
        tests = {**env, "DJANGO_SETTINGS_MODULE": "config.settings.tests"}
        steps: dict[str, tuple[list[str | Path], dict[str, str]]] = {
            "format": ([VENV / "bin/ruff", "format", "--check", "--quiet", "."], env),
            "lint": ([VENV / "bin/ruff", "check", "--quiet", "."], env),
            "types": ([VENV / "bin/mypy"], tests),
            "import contracts": ([VENV / "bin/lint-imports"], tests),
            "templates": ([VENV / "bin/djlint", "--lint", "--quiet", "maeul"], env),
            "migrations": (manage("makemigrations", "--check", "--dry-run"), tests),
            "deployment": (
                manage("check", "--deploy", "--fail-level", "WARNING"),
                {**env, **MADE_UP},
            ),
        }
        for name, (command, environment) in steps.items():
            began = time.monotonic()
            log = VAR / "log" / f"check-{name.replace(' ', '-')}.log"
            code = run(command, env=environment, log=log)
            say(f"{'FAILED' if code else 'ok':6}  {name}  ({time.monotonic() - began:.1f} s)")
            if code:
                failed.append(name)
                say(log.read_text(errors="replace").rstrip())
    if not _locks_are_clean():
        failed.append("locks")
    if failed:
        raise Stopped(f"make check failed: {', '.join(failed)}. See above what each of them says.")
    say("make check passed.")
    return 0


def _locks_are_clean() -> bool:
    """No lock names an address to fetch from: where packages come from is each machine's choice."""
    npm = json.loads((ROOT / "package-lock.json").read_text())
    faults = [name for name, package in npm["packages"].items() if "resolved" in package]
    for lock in ROOT.glob("requirements*.lock"):
        faults += [lock.name] if "://" in lock.read_text() else []
    say(f"{'FAILED' if faults else 'ok':6}  locks")
    for fault in faults:
        say(f"{fault} names an address; type: make lock")
    return not faults


if __name__ == "__main__":
    os.environ.setdefault("NO_COLOR", "1")
    main(_main)
