"""What every way of serving the site does before it serves, and the servers themselves."""

import http.client
import subprocess
import time
from pathlib import Path

from setup.database import manage
from setup.machine import VAR, Stopped, run, start
from setup.prepare import VENV

Processes = dict[str, subprocess.Popen[bytes]]
WEB = (
    "--interface wsgi --host 127.0.0.1 --no-ws --workers 2 --blocking-threads 72 --backpressure 512"
    " --respawn-failed-workers --log-level warning"
)


def make_tables(env: dict[str, str]) -> None:
    """Migrate as the owner, let polls be opened and closed in played time, then say what the
    serving role may do.  For the demo and for benches: a real database is never played.
    """
    owner = {name: word for name, word in env.items() if name != "SERVING_DATABASE_URL"}
    for command in (
        ("migrate", "--no-input"),
        ("createcachetable",),
        ("play_ballot_clock",),
        ("grant_serving_role",),
    ):
        run(
            manage(*command),
            env=owner,
            log=VAR / "log" / f"{command[0]}.log",
            failing="The tables could not be brought up to date, see the lines above.",
        )


def collect_static_files(env: dict[str, str]) -> None:
    """Named by their content, so that browsers may keep them."""
    run(
        manage("collectstatic", "--no-input", "--clear", "-v", "0"),
        env=env,
        log=VAR / "log" / "static.log",
        failing="The static files could not be collected, see the lines above.",
    )


def start_servers(env: dict[str, str], port: int, processes: Processes) -> None:
    """Start the web server and the background worker; come back when the site answers."""
    web: list[str | Path] = [VENV / "bin" / "python", "-m", "granian", *WEB.split()]
    commands = {
        "web server": [*web, "--port", str(port), "config.wsgi:application"],
        # Letters can wait, people who cast their ballots cannot.
        "background worker": ["nice", "-n", "19", *manage("procrastinate", "worker")],
    }
    for name, command in commands.items():
        log = _log(name)
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as out:
            processes[name] = start(command, env=env, out=out)
    while not _answers(port):
        all_live(processes)
        time.sleep(0.1)


def all_live(processes: Processes) -> None:
    for name, process in processes.items():
        if process.poll() is not None:
            tail = "\n".join(_log(name).read_text(errors="replace").splitlines()[-15:])
            raise Stopped(
                f"{tail}\n\nThe {name} ended by itself (code {process.returncode}), so everything"
                f" was stopped. The lines above are from {_log(name)}. Start again: make demo"
            )


def _log(name: str) -> Path:
    return VAR / "log" / f"{name.replace(' ', '-')}.log"


def _answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/", headers={"Host": f"127.0.0.1:{port}"})
        return connection.getresponse().status < 600
    except OSError:
        return False
