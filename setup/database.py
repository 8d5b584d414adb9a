"""Which database: DATABASE_URL when it is set, else our own PostgreSQL under var/.

`make run COMMAND="manage.py shell"` runs one command with it.
"""

import contextlib
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from setup.machine import ROOT, VAR, Stopped, end, main
from setup.postgres import SERVING, Cluster
from setup.prepare import PYTHON, prepare


@contextlib.contextmanager
def database(name: str = "postgres", *, careless: bool = False) -> Iterator[dict[str, str]]:
    """The environment in which Django finds its database, while that database runs."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    if url := os.environ.get("DATABASE_URL"):
        yield {**env, "SERVING_DATABASE_URL": _serving_url(url)}
        return
    with Cluster(name, careless=careless).running() as cluster:
        yield {
            **env,
            "DATABASE_URL": cluster.url(),
            "SERVING_DATABASE_URL": cluster.url(SERVING),
        }


def _serving_url(url: str) -> str:
    """A database of somebody else's: look whether it answers, make the serving role."""
    if named := os.environ.get("SERVING_DATABASE_URL"):
        return named
    asked = subprocess.run(
        [PYTHON, "-m", "setup.serving_role", url, VAR / "serving-password"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if asked.returncode:
        raise Stopped(asked.stderr.strip())
    return str(json.loads(asked.stdout))


def manage(*arguments: str) -> list[str | Path]:
    return [PYTHON, "manage.py", *arguments]


def _main(arguments: list[str]) -> int:
    if not arguments:
        raise Stopped('Say which command: make run COMMAND="manage.py shell"')
    prepare()
    with database() as env:
        # The command gets the keyboard, so it stays in our process group.
        process = subprocess.Popen([str(PYTHON), *arguments], cwd=ROOT, env=env)
        try:
            return process.wait()
        except BaseException:
            end([process])
            raise


if __name__ == "__main__":
    main(_main)
