"""The ways to start the house: what set-up says, and PostgreSQL of our own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections import namedtuple
from http.cookiejar import CookieJar
from pathlib import Path

import psycopg
import pytest

from setup import machine, postgres, serving_role
from setup.machine import Stopped
from setup.postgres import Cluster

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """A folder for data, short enough for a socket."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def cluster(var, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(postgres, "VAR", var)
    cluster = Cluster("pg", careless=True)
    yield cluster
    cluster.stop()


def ask(cluster, question, role="maeul"):
    with psycopg.connect(cluster.url(role)) as connection:
        return connection.execute(question).fetchone()[0]


def test_our_postgresql_runs_while_it_is_used_and_not_longer(cluster):
    with cluster.running():
        assert ask(cluster, "SELECT current_user") == "maeul"
        assert ask(cluster, "SELECT current_user", role="maeul_serving") == "maeul_serving"
        assert ask(cluster, "SHOW data_checksums") == "on"
        assert ask(cluster, "SELECT rolsuper FROM pg_roles WHERE rolname = 'maeul'") is False
        pid = cluster.pid()
    assert cluster.pid() is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_only_its_owner_may_enter_its_folders(cluster):
    with cluster.running():
        for folder in (cluster.home, cluster.data, cluster.socket):
            assert folder.stat().st_mode & 0o077 == 0


def test_the_first_of_two_users_to_leave_does_not_stop_it(cluster):
    with cluster.running():
        pid = cluster.pid()
        with Cluster("pg", careless=True).running():
            pass
        assert cluster.pid() == pid
        assert ask(cluster, "SELECT 1") == 1


def test_started_by_hand_it_stays_as_it_was_found(cluster):
    cluster.keep()
    with cluster.running():
        pass
    assert cluster.pid()
    cluster.stop()
    assert cluster.pid() is None


def test_after_a_crash_it_starts_again_with_its_data(cluster):
    cluster.options["synchronous_commit"] = "on"  # as the demo's has it
    with cluster.running():
        with psycopg.connect(cluster.url(), autocommit=True) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT 1 AS one")
        os.kill(cluster.pid(), signal.SIGKILL)
        cluster._process.wait()
        assert cluster.pid() is None
    with cluster.running():
        assert ask(cluster, "SELECT one FROM kept") == 1


def test_a_number_left_from_a_crash_that_now_is_some_other_program_does_not_stop_the_start(cluster):
    with cluster.running():
        pass
    left = cluster.data / "postmaster.pid"
    left.write_text(f"{os.getpid()}\n{cluster.data}\n1\n5432\n{cluster.socket}\n\n 1 1\nready\n")
    assert cluster.pid() is None
    with cluster.running():
        assert ask(cluster, "SELECT 1") == 1


def test_in_a_folder_with_a_long_name_the_socket_moves_to_a_short_one(var, monkeypatch):
    deep = var / ("long-name-" * 6) / ("of-a-folder-" * 5)
    monkeypatch.setattr(postgres, "VAR", deep)
    long = Cluster("pg", careless=True)
    with long.running():
        assert len(os.fsencode(long.socket / ".s.PGSQL.5432")) <= 107
        assert long.socket.stat().st_mode & 0o077 == 0
        assert ask(long, "SELECT 1") == 1
    shutil.rmtree(long.socket)


def test_a_folder_of_somebody_else_is_not_taken_for_the_socket(cluster):
    cluster.home.mkdir(parents=True, exist_ok=True)
    cluster.socket.mkdir(exist_ok=True)
    cluster.socket.chmod(0o777)
    with pytest.raises(Stopped, match="not ours alone"):
        cluster._make_socket_folder()
    cluster.socket.chmod(0o700)


@pytest.mark.proof
@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs somebody else to run PostgreSQL")
def test_where_namespaces_are_forbidden_root_runs_it_as_a_user_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres, "VAR", tmp_path)
    monkeypatch.setattr(postgres, "_namespace", lambda: None)
    monkeypatch.setattr(postgres, "DEDICATED_USER", "daemon")  # makes no user on this machine
    closed = Cluster("pg", careless=True)
    tmp_path.chmod(0o700)
    with closed.running():
        assert ask(closed, "SELECT 1") == 1
        status = Path(f"/proc/{closed.pid()}/status").read_text()
    uids = next(line for line in status.splitlines() if line.startswith("Uid:"))
    assert "0" not in uids.split()[1:]


# The serving role on a database of somebody else


@pytest.fixture
def elsewhere(cluster):
    """A server that is not ours, as far as set-up knows; its owner may make roles."""
    with cluster.running(), psycopg.connect(cluster.url("postgres"), autocommit=True) as admin:
        admin.execute("DROP ROLE IF EXISTS elsewhere_serving")
        admin.execute("ALTER ROLE maeul CREATEROLE")
        yield cluster
        admin.execute("ALTER ROLE maeul NOCREATEROLE")


def test_on_another_server_the_serving_role_is_made_with_a_password_only_we_may_read(
    elsewhere, tmp_path, monkeypatch
):
    monkeypatch.setattr(serving_role, "ROLE", "elsewhere_serving")
    kept = tmp_path / "serving-password"
    url = serving_role.serving_url(elsewhere.url(), kept)
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.read_text() in url
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT current_user").fetchone()[0] == "elsewhere_serving"
    assert serving_role.serving_url(elsewhere.url(), kept) == url


def test_an_owner_who_may_not_make_roles_is_told_what_to_ask_for(cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(serving_role, "ROLE", "nobody_yet")
    with cluster.running(), pytest.raises(SystemExit, match="CREATE ROLE nobody_yet LOGIN"):
        serving_role.serving_url(cluster.url(), tmp_path / "serving-password")


def test_a_database_that_does_not_answer_is_named(tmp_path):
    url = f"postgresql://maeul@/maeul?host={tmp_path}"
    with pytest.raises(SystemExit, match="DATABASE_URL does not answer"):
        serving_role.serving_url(url, tmp_path / "serving-password")


# Sentences


def test_a_port_in_use_is_answered_with_the_next_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Stopped, match=rf"make demo PORT={port + 1}"):
            machine.need_port(port, how="make demo")
    machine.need_port(port, how="make demo")


@pytest.mark.parametrize(("free", "enough"), [(1500, True), (1499, False)])
def test_too_little_room_on_the_disk_is_said_before_anything_is_made(free, enough, monkeypatch):
    usage = namedtuple("usage", "free")(free * machine.MEGABYTE)
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _path: usage)
    if enough:
        machine.need_space(1500)
    else:
        with pytest.raises(Stopped, match="Make room"):
            machine.need_space(1500)


@pytest.mark.parametrize(
    ("programs", "line"),
    [
        (
            ["apt-get", "sudo"],
            "sudo apt-get update && sudo apt-get install -y .* python3-venv chrom",
        ),
        (["apt-get"], "su -c 'apt-get update && apt-get install -y .* python3-venv chromium'"),
        ([], r"Please install it \(python3-venv chromium\) with your system's package manager"),
    ],
)
def test_who_is_not_root_is_told_the_one_line_to_type(programs, line, monkeypatch):
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(machine.shutil, "which", lambda name: name if name in programs else None)
    with pytest.raises(Stopped, match=line):
        machine.need_packages(["python3-venv", "chromium"], why="Something is missing.")


def test_a_program_that_hangs_is_ended_with_all_it_started():
    script = "trap '' TERM; sleep 61.5 & wait; sleep 61.5"
    process = machine.start(["sh", "-c", script])
    while not living_sleepers():
        time.sleep(0.01)
    machine.end([process], patience=0.3)
    assert process.returncode == -signal.SIGKILL
    assert not living_sleepers()


def living_sleepers() -> list[str]:
    commands = (path / "cmdline" for path in Path("/proc").glob("[0-9]*"))
    return [
        path.parent.name
        for path in commands
        if path.exists() and path.read_bytes() == b"sleep\00061.5\0"
    ]


def test_the_locks_carry_hashes_and_no_addresses():
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text()
        assert "://" not in text
        assert text.count("==") <= text.count("--hash=sha256:")
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


# The whole demo


def lay_out(var):
    """An empty folder for data, with the browser assets of this checkout."""
    var.mkdir()
    for name in ("assets", "assets-fonts", "assets-tests", "assets.stamp"):
        (var / name).symlink_to(machine.VAR / name)


class Demo:
    """`make demo` with data of its own; the browser assets are those of this folder."""

    def __init__(self, var):
        self.var = var
        self.env = {**os.environ, "MAEUL_VAR": str(var), "PORT": str(machine.free_port())}
        for name in ("DATABASE_URL", "SERVING_DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
            self.env.pop(name, None)
        self.started = []

    def start(self):
        """The running process, and what it said until it served."""
        process = subprocess.Popen(
            ["make", "--no-print-directory", "demo"],
            cwd=ROOT,
            env=self.env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.started.append(process)
        said = []
        for line in process.stdout:
            said.append(line)
            if "Ctrl-C stops everything" in line:
                return process, "".join(said)
        raise AssertionError("".join(said))

    def stop(self, process, number=signal.SIGINT) -> str:
        os.killpg(process.pid, number)
        return process.communicate(timeout=60)[0]

    def clean_up(self):
        for process in self.started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.stdout.close()
            process.wait()


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The demo year, played once for all the tests that start it."""
    var = tmp_path_factory.mktemp("played") / "v"
    lay_out(var)
    first = Demo(var)
    try:
        process, _said = first.start()
        first.stop(process)
    finally:
        first.clean_up()
    return var


@pytest.fixture
def demo(played, tmp_path):
    """That year in a folder of its own."""
    var = tmp_path / "v"
    shutil.copytree(played, var, symlinks=True, ignore=shutil.ignore_patterns(".s.PGSQL*"))
    demo = Demo(var)
    yield demo
    demo.clean_up()


def processes_of(var) -> list[str]:
    """Everything that runs with our data: command lines and environments name the folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if os.fsencode(var) in words and int(process.name) != os.getpid():
            found.append(words.split(b"\0")[0].decode())
    return found


@pytest.mark.proof
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_demo_serves_until_it_is_told_to_stop_and_leaves_nothing_running(demo, number):
    process, said = demo.start()
    assert "http://127.0.0.1:" in said
    assert len(processes_of(demo.var)) >= 4
    assert "Everything is stopped" in demo.stop(process, number)
    assert processes_of(demo.var) == []


@pytest.mark.proof
def test_a_part_of_the_demo_that_crashes_ends_all_of_it_with_a_sentence(demo):
    process, _said = demo.start()
    worker = next(
        int(path.name)
        for path in Path("/proc").glob("[0-9]*")
        if b"procrastinate" in (path / "cmdline").read_bytes()
        and os.fsencode(demo.var) in (path / "environ").read_bytes()
    )
    os.kill(worker, signal.SIGKILL)
    rest = process.communicate(timeout=60)[0]
    assert "The background worker ended by itself" in rest
    assert process.returncode != 0
    assert processes_of(demo.var) == []
    again, _said = demo.start()
    demo.stop(again)


@pytest.mark.proof
def test_a_dump_restored_into_an_empty_folder_serves_the_same_site(demo, tmp_path):
    var, env = demo.var, demo.env
    process, said = demo.start()
    before, cookie = look_around(said)
    demo.stop(process)
    files = files_in(var / "uploads")
    assert files

    archive = tmp_path / "all.tar"
    made = subprocess.run(["make", "backup", f"FILE={archive}"], cwd=ROOT, env=env)
    assert made.returncode == 0
    assert archive.stat().st_mode & 0o777 == 0o600
    var.rename(tmp_path / "lost")
    lay_out(var)
    back = subprocess.run(["make", "restore", f"FILE={archive}"], cwd=ROOT, env=env)
    assert back.returncode == 0
    again = subprocess.run(
        ["make", "restore", f"FILE={archive}"], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert "is not empty" in again.stderr

    process, said = demo.start()
    after, _cookie = look_around(said, cookie)
    assert after == before
    assert files_in(var / "uploads") == files
    demo.stop(process)


def files_in(folder) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def look_around(said: str, cookie: str = "") -> tuple[dict[str, str], str]:
    """What pages say to the first sign-in of the demo; with its old cookie when there is one."""
    address = re.search(r"http://127\.0\.0\.1:\d+", said)[0]
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar := CookieJar()))
    if cookie:
        opener.addheaders = [("Cookie", cookie)]
    elif way_in := re.search(r"http\S+/people/demo/\S+", said):
        opener.open(way_in[0])
        cookie = "; ".join(f"{one.name}={one.value}" for one in jar)
    pages = {}
    for path in ("/", "/agenda/", "/law/", "/votes/", "/people/me/"):
        try:
            text = opener.open(address + path).read().decode()
        except urllib.error.HTTPError as error:
            text = str(error.code)
        text = re.sub(r'name="(csrfmiddlewaretoken|once)" value="[^"]*"|nonce="[^"]*"', "", text)
        pages[path] = text.replace(address, "")
    return pages, cookie
