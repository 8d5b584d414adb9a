"""`make demo`: set up, play a made-up year, serve it together with its background worker.

Everything started here ends with us: after Ctrl-C, after SIGTERM, and when one part crashes.
"""

import contextlib
import fcntl
import os
import shutil
import time
from collections.abc import Iterator

from setup.database import database, manage
from setup.machine import (
    ROOT,
    VAR,
    Stopped,
    end,
    fingerprint,
    main,
    need_port,
    need_space,
    put_stamp,
    run,
    say,
    stamped,
)
from setup.postgres import Cluster
from setup.prepare import prepare
from setup.site import Processes, all_live, collect_static_files, make_tables, start_servers

# `make demo-reset` throws everything else under var/ away.
KEPT = {
    *("assets", "assets-fonts", "assets-tests", "assets.stamp", "prepare.lock", "demo.lock"),
    *("log", "screens", "fontconfig", "postgres-tests"),
}


def _main(arguments: list[str]) -> int:
    port = _port()
    reset = "--reset" in arguments
    how = "make demo-reset" if reset else "make demo"
    began = time.monotonic()
    try:
        with _only_one(port):
            need_port(port, how=how)
            if reset:
                _throw_away()
            first = not (VAR / "postgres" / "played.stamp").exists()
            need_space(1500 if first else 200)
            prepare()
            with database() as env:
                env["DJANGO_SETTINGS_MODULE"] = "config.settings.demo"
                _tables(env)
                _static_files(env)
                _play(env)
                _serve(env, port, began)
    except KeyboardInterrupt:
        say("\nEverything is stopped. The data stay; make demo is up again within seconds.")
    return 0


def _port() -> int:
    named = os.environ.get("PORT", "8000")
    if not named.isdigit() or not 1024 <= int(named) <= 65535:
        raise Stopped(f"PORT={named} is no port. Take a number from 1024 to 65535.")
    return int(named)


@contextlib.contextmanager
def _only_one(port: int) -> Iterator[None]:
    """One demo a folder: two would share a database and its data."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Stopped(
                f"The demo of this folder is running already: {lock.read().strip()}\n"
                "Stop it there with Ctrl-C first."
            ) from None
        lock.truncate(0)
        lock.write(f"http://127.0.0.1:{port}")
        lock.flush()
        yield


def _throw_away() -> None:
    if os.environ.get("DATABASE_URL"):
        raise Stopped(
            "The database in DATABASE_URL is not ours to empty. Make an empty one, name it in"
            " DATABASE_URL, then type: make demo"
        )
    say("Throwing the demo's data away")
    Cluster().stop()
    for path in VAR.iterdir():
        if path.name not in KEPT:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _tables(env: dict[str, str]) -> None:
    """Only when a migration, a library or what a role may changed."""
    parts = sorted((ROOT / "maeul").rglob("migrations/*.py"))
    value = fingerprint(ROOT / "requirements.lock", ROOT / "maeul/core", *parts)
    stamp = VAR / "postgres" / "tables.stamp"
    if "DATABASE_URL" not in os.environ and stamped(stamp, value):
        return
    say("Bringing the tables up to date")
    make_tables(env)
    if "DATABASE_URL" not in os.environ:
        put_stamp(stamp, value)


def _static_files(env: dict[str, str]) -> None:
    sources = [path for path in sorted((ROOT / "maeul").rglob("static/**/*")) if path.is_file()]
    value = fingerprint(VAR / "assets.stamp", ROOT / "requirements.lock", *sources)
    stamp = VAR / "static.stamp"
    if stamped(stamp, value) and (VAR / "static").exists():
        return
    say("Collecting static files")
    collect_static_files(env)
    put_stamp(stamp, value)


def _play(env: dict[str, str]) -> None:
    """The made-up year, through the actions; goes on where it was interrupted."""
    stamp = VAR / "postgres" / "played.stamp"
    if not stamp.exists():
        say("Playing the demo year (a few minutes the first time)")
    run(manage("play_demo"), env=env, failing="The demo year stopped, see the lines above.")
    put_stamp(stamp, "played")


def _serve(env: dict[str, str], port: int, began: float) -> None:
    processes: Processes = {}
    address = f"http://127.0.0.1:{port}"
    env = {**env, "MAEUL_ADDRESS": address}
    try:
        start_servers(env, port, processes)
        say(f"\nReady after {time.monotonic() - began:.0f} s: {address}\n")
        run(manage("demo_sign_ins"), env=env)
        say("\nCtrl-C stops everything. What the servers say: var/log/")
        while True:
            all_live(processes)
            if "DATABASE_URL" not in os.environ and not Cluster().pid():
                raise Stopped(
                    "PostgreSQL ended by itself, so everything was stopped. var/log/postgres.log"
                    " says why. Start again: make demo"
                )
            time.sleep(0.5)
    finally:
        end(processes.values())


if __name__ == "__main__":
    main(_main)
