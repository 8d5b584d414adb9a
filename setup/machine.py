"""The machine under us: what it says to people, what it runs, what it lacks."""

import contextlib
import ctypes
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("MAEUL_VAR", ROOT / "var"))
MEGABYTE = 1024 * 1024
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """We cannot go on; the sentence says what to do."""


def say(sentence: str) -> None:
    print(sentence, flush=True)


def main(deed: Callable[[list[str]], int | None]) -> None:
    """Run a deed of the command line: a sentence instead of a traceback, 130 after Ctrl-C."""
    for number in STOPPING:
        signal.signal(number, _as_ctrl_c)
    try:
        code = deed(sys.argv[1:]) or 0
    except Stopped as stopped:
        print(f"\n{stopped}", file=sys.stderr, flush=True)
        code = 1
    except KeyboardInterrupt:
        say("\nStopped.")
        code = 130
    sys.exit(code)


def _as_ctrl_c(_number: int, _frame: FrameType | None) -> None:
    """The first one stops us in order; more of them do not disturb that."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


# Running other programs


Words = Sequence[str | Path]
Environment = Mapping[str, str]


def run(
    command: Words,
    *,
    env: Environment | None = None,
    failing: str | None = None,
    log: Path | None = None,
) -> int:
    """Run a program to its end, in a process group of its own that ends with us.

    `failing`: the sentence that stops everything when the program fails. `log`: write its words
    there instead of the screen; on failure the last lines are shown.
    """
    with contextlib.ExitStack() as stack:
        out = None
        if log:
            log.parent.mkdir(parents=True, exist_ok=True)
            out = stack.enter_context(log.open("wb"))
        process = start(command, env=env, out=out)
        try:
            code = process.wait()
        except BaseException:
            end([process])
            raise
    if code and failing:
        tail = ""
        if log:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:]) + "\n\n"
        raise Stopped(tail + failing)
    return code


def start(
    command: Words, *, env: Environment | None = None, out: IO[bytes] | None = None
) -> subprocess.Popen[bytes]:
    """Start a program in a process group of its own; it is told to stop when we die."""
    return subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT if out else None,
        start_new_session=True,
        preexec_fn=_stop_with_parent,
    )


def _stop_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # 1: PR_SET_PDEATHSIG


def end(processes: Iterable[subprocess.Popen[bytes]], *, patience: float = 10) -> None:
    """End programs with all they started: asked first, killed when they do not listen."""
    processes = list(processes)
    for process in processes:
        _signal_group(process, signal.SIGTERM)
    until = time.monotonic() + patience
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, until - time.monotonic()))
    for process in processes:
        _signal_group(process, signal.SIGKILL)
        process.wait()


def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


# Files that remember


def fingerprint(*parts: str | Path) -> str:
    """One value for files, folders and words together; it changes when any of them does."""
    digest = hashlib.sha256()
    for part in parts:
        files: Sequence[str | Path] = [part]
        if isinstance(part, Path) and part.is_dir():
            files = sorted(path for path in part.rglob("*") if path.is_file())
        for one in files:
            digest.update(str(one).encode() + b"\0")
            digest.update(one.read_bytes() if isinstance(one, Path) and one.exists() else b"-")
    return digest.hexdigest()


def stamped(stamp: Path, value: str) -> bool:
    """Was this very thing done before?"""
    return stamp.exists() and stamp.read_text() == value


def put_stamp(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)


@contextlib.contextmanager
def alone(lock: Path) -> Iterator[None]:
    """One at a time: a second one waits."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


# What the machine must have


def need_space(megabytes: int) -> None:
    free = shutil.disk_usage(ROOT).free // MEGABYTE
    if free < megabytes:
        raise Stopped(
            f"There is too little room on the disk: {ROOT} has {free} MB free, {megabytes} MB are"
            " needed. Make room or put the folder on another disk, then start again."
        )


def need_port(port: int, *, how: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Stopped(
                f"Port {port} is in use by another program. Stop that program, or take another"
                f" port: {how} PORT={port + 1}"
            ) from None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def need_packages(packages: list[str], *, why: str) -> None:
    """Missing packages of the system: root installs them, others are told what to type."""
    if not packages:
        return
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise Stopped(f"{why} Please install it ({names}) with your system's package manager.")
    if os.geteuid() != 0:
        line = f"apt-get update && apt-get install -y --no-install-recommends {names}"
        line = (
            line.replace("apt-get", "sudo apt-get") if shutil.which("sudo") else f"su -c '{line}'"
        )
        raise Stopped(f"{why} Please type this once, then start again:\n\n  {line}")
    say(f"Installing system packages: {names}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    failing = f"{why} Installing it failed (apt-get install {names}), see the lines above."
    log = VAR / "log" / "apt.log"
    run(["apt-get", "update", "-qq"], env=quiet, failing=failing, log=log)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    run(install, env=quiet, failing=failing, log=log)
