"""`make lock`: lock every dependency with its hash; no addresses stand in the locks."""

import os
from pathlib import Path

from setup import assets
from setup.machine import VAR, main, run, say
from setup.peer import LOCK as PEER_LOCK
from setup.prepare import LOCKS, PYTHON, prepare

OPTIONS = "--quiet --generate-hashes --universal --python-version 3.11 --no-emit-index-url"
OPTIONS += " --no-emit-find-links --upgrade"


def lock(_arguments: list[str]) -> None:
    prepare(tests=True)
    uv: list[str | Path] = [PYTHON, "-m", "uv", "pip", "compile", *OPTIONS.split()]
    uv += ["--custom-compile-command", "make lock"]
    # One solution for both locks: what runs is what was tested.
    whole = VAR / "whole.lock"
    failing = "The dependencies could not be locked, see the lines above."
    run([*uv, "pyproject.toml", "--group", "dev", "-o", whole], failing=failing)
    for name, source in (("runtime", ["pyproject.toml"]), ("development", ["--group", "dev"])):
        run([*uv, *source, "-c", whole, "-o", LOCKS[name]], failing=failing)
        say(f"Locked {LOCKS[name].name}")
    run([*uv, "--group", "peer", "-c", LOCKS["runtime"], "-o", PEER_LOCK], failing=failing)
    say(f"Locked {PEER_LOCK.name}")
    npm = [*assets.npm(PYTHON), "install", "--package-lock-only"]
    run(npm, env={**os.environ, **assets.quiet(PYTHON)}, failing=failing)
    say("Locked package-lock.json")


if __name__ == "__main__":
    main(lock)
