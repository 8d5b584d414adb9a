"""`make setup`: Python packages, browser assets, and nothing twice."""

import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path

from setup import assets
from setup.machine import (
    ROOT,
    VAR,
    Stopped,
    alone,
    fingerprint,
    main,
    need_packages,
    need_space,
    put_stamp,
    run,
    say,
    stamped,
)

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"runtime": ROOT / "requirements.lock", "development": ROOT / "requirements-dev.lock"}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def prepare(*, tests: bool = False) -> None:
    """Everything this folder needs before it can run; cheap when nothing changed."""
    with alone(VAR / "prepare.lock"):
        if not PYTHON.exists():
            need_space(1500)
        _system_packages(tests)
        _virtual_environment()
        _python_packages("runtime")
        if tests:
            _python_packages("development")
        assets.collect(node_from=PYTHON)


def _system_packages(tests: bool) -> None:
    """All that is missing in one go, so that who is not root types one line."""
    missing = []
    if not PYTHON.exists() and not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        missing.append("python3-venv")
    if tests and "CHROMIUM" not in os.environ and not _system_chromium():
        missing.append("chromium")
    reasons = {
        "python3-venv": "Python's module for virtual environments is missing.",
        "chromium": "The browser tests need Chromium (or CHROMIUM=/path/to/another).",
    }
    need_packages(missing, why=" ".join(reasons[name] for name in missing))


def _virtual_environment() -> None:
    if PYTHON.exists():
        return
    if VENV.is_symlink():
        raise Stopped(f"{VENV} points to a folder without Python. Remove the link, start again.")
    version = ".".join(map(str, sys.version_info[:3]))
    say(f"Making a virtual environment in .venv with Python {version}")
    run(
        [sys.executable, "-m", "venv", "--clear", VENV],
        failing="The virtual environment could not be made, see the lines above.",
        log=VAR / "log" / "venv.log",
    )


def _python_packages(name: str) -> None:
    """Installed as locked, each file checked against its hash."""
    lock, stamp = LOCKS[name], VENV / f"{name}.stamp"
    value = fingerprint(lock.read_text(), sys.platform)
    if stamped(stamp, value):
        return
    if VENV.is_symlink():
        _verify(lock)
        return
    count = lock.read_text().count("==")
    say(f"Installing {count} Python packages ({name}); the first time takes a minute or two")
    began = time.monotonic()
    run(
        [
            *(PYTHON, "-m", "pip", "install", "--require-hashes", "--no-deps", "-r", lock),
            *("--no-input", "--disable-pip-version-check", "--progress-bar", "off"),
        ],
        failing="Installing the Python packages failed, see the lines above.",
        log=VAR / "log" / f"pip-{name}.log",
    )
    put_stamp(stamp, value)
    say(f"Python packages ({name}) are in place after {time.monotonic() - began:.0f} s")


def _verify(lock: Path) -> None:
    """A linked .venv belongs to somebody else: look, do not touch."""
    wanted = {
        line.split("==")[0].lower().replace("_", "-").replace(".", "-").split("[")[0]
        for line in lock.read_text().splitlines()
        if "==" in line and "sys_platform ==" not in line
    }
    command = "import importlib.metadata as m\nfor d in m.distributions(): print(d.name)"
    found = subprocess.run([PYTHON, "-c", command], capture_output=True, text=True, check=True)
    there = {name.lower().replace("_", "-").replace(".", "-") for name in found.stdout.split()}
    if missing := sorted(wanted - there):
        say(f"The linked .venv lacks {', '.join(missing)}; install them where it belongs.")


def chromium() -> Path:
    """The browser of the tests: CHROMIUM, else the system's."""
    if path := os.environ.get("CHROMIUM"):
        if not Path(path).exists():
            raise Stopped(f"CHROMIUM names {path}, but there is no such file.")
        return Path(path)
    if not (found := _system_chromium()):
        raise Stopped("No Chromium was found. Name one: CHROMIUM=/path/to/chromium make test")
    return found


def browser() -> dict[str, str]:
    """The environment of whoever drives a browser: the browser, and Node.js for the driver, whose
    own asks for a library that a bare Debian has not."""
    node = assets.node_wheel(PYTHON) / "bin" / "node"
    return {"CHROMIUM": str(chromium()), "PLAYWRIGHT_NODEJS_PATH": str(node)}


def _system_chromium() -> Path | None:
    folders = [*os.get_exec_path(), "/usr/bin", "/usr/local/bin", "/snap/bin"]
    for name in CHROMIUM_NAMES:
        for folder in folders:
            if (path := Path(folder) / name).exists():
                return path
    return None


def _main(_arguments: list[str]) -> None:
    began = time.monotonic()
    prepare()
    say(f"Set up in {time.monotonic() - began:.0f} s. Next: make demo, or make test.")


if __name__ == "__main__":
    main(_main)
