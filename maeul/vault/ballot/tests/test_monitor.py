"""The small program that outsiders leave running tells when the board's past was changed."""

import json
import subprocess
import sys
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from maeul.vault.ballot import board, monitor

MANIFEST = b'{"format": "maeul-ballot-1"}\n'
CHAIN0 = sha256(MANIFEST).digest()


def leaf(n):
    return sha256(f"ballot {n}".encode()).digest()


def board_of(*batches):
    """A board that hangs together: a list of leaves per batch."""
    head, written = CHAIN0, []
    for number, leaves in enumerate(batches, 1):
        leaves = tuple(sorted(leaves))
        head = board.next_head(head, leaves)
        written.append(board.Batch(number, leaves, head))
    return board.write(CHAIN0, written)


EARLY = board_of([leaf(1), leaf(2)], [leaf(3)])
LATER = board_of([leaf(1), leaf(2)], [leaf(3)], [leaf(4)])


@pytest.fixture
def site():
    """A site of this machine; `site.files` is what it serves."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            content = server.files.get(self.path.rsplit("/", 1)[1])
            self.send_response(200 if content is not None else 404)
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.files = {"manifest.json": MANIFEST, "board.jsonl": EARLY}
    server.address = f"http://127.0.0.1:{server.server_port}/ballot/one"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def watch(site, tmp_path, capsys):
    """Look once: how the program ended, and what it said."""

    def look(*more, address=site.address):
        status = monitor.main([address, "--once", "--keep", str(tmp_path / "kept"), *more])
        said = capsys.readouterr()
        return status, said.out + said.err

    look.kept = tmp_path / "kept" / "ballot-one"
    return look


def test_a_board_that_only_grows_is_fine_and_every_head_is_kept(site, watch):
    assert watch()[0] == 0
    site.files["board.jsonl"] = LATER
    status, said = watch()
    assert status == 0
    assert "묶음 3개, 표 4장" in said
    heads = [line.split()[-1] for line in (watch.kept / "heads.txt").read_text().splitlines()]
    last_of = [json.loads(each.splitlines()[-1])["head"] for each in (EARLY, LATER)]
    assert heads == last_of
    assert watch()[0] == 0
    assert len((watch.kept / "heads.txt").read_text().splitlines()) == 2


TAMPERED = {
    "a ballot gone, everything after made anew": (
        board_of([leaf(1)], [leaf(3)], [leaf(4)]),
        f"사라진 표: {leaf(2).hex()}",
    ),
    "a ballot slipped into the past": (
        board_of([leaf(1), leaf(2), leaf(9)], [leaf(3)], [leaf(4)]),
        "지난 일이 바뀌었습니다",
    ),
    "two ballots in another order of batches": (
        board_of([leaf(1), leaf(3)], [leaf(2)], [leaf(4)]),
        "1번째 묶음이 전과 다릅니다",
    ),
    "the last batch gone": (board_of([leaf(1), leaf(2)]), "게시판이 짧아졌습니다"),
    "all gone": (board_of(), "게시판이 짧아졌습니다"),
    "a leaf taken out, the heads left": (
        LATER.replace(leaf(4).hex().encode(), leaf(5).hex().encode()),
        "3번째 묶음이 앞 묶음에서 이어지지 않습니다",
    ),
    "a batch left out": (
        b"".join(LATER.splitlines(keepends=True)[:2] + LATER.splitlines(keepends=True)[3:]),
        "2번째 묶음이 없습니다",
    ),
    "an empty batch": (
        EARLY + b'{"batch":3,"leaves":[],"head":"' + b"00" * 32 + b'"}\n',
        "이어지지 않습니다",
    ),
    "no text at all": (b"<html>", "읽을 수 없습니다"),
    "nothing": (b"", "비었습니다"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_changed_past_is_told_loudly_and_what_was_seen_is_kept(site, watch, what):
    assert watch()[0] == 0
    before = (watch.kept / "board.jsonl").read_bytes()
    site.files["board.jsonl"], sentence = TAMPERED[what]
    status, said = watch()
    assert status == 1
    assert "경보!" in said
    assert sentence in said
    assert (watch.kept / "board.jsonl").read_bytes() == before  # what was true stays known
    [proof] = watch.kept.glob("strange-*")
    assert proof.read_bytes() == site.files["board.jsonl"]
    site.files["board.jsonl"] = LATER
    assert watch()[0] == 0


def test_who_comes_later_cannot_tell_but_who_watched_can(site, watch, tmp_path):
    """The control: a board made anew hangs together; only who kept a head sees it."""
    site.files["board.jsonl"] = board_of([leaf(1)], [leaf(3)])
    assert monitor.main([site.address, "--once", "--keep", str(tmp_path / "late")]) == 0


def test_another_manifest_under_the_same_board_is_told(site, watch):
    site.files["manifest.json"] = MANIFEST + b" "
    status, said = watch()
    assert status == 1
    assert "이 투표 명세에서 시작하지 않습니다" in said


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/x", "file:///etc/passwd", "nonsense"])
def test_an_address_that_cannot_be_asked_is_said_so(watch, address):
    status, said = watch(address=address)
    assert status == 2
    assert "볼 수 없습니다" in said


def test_a_site_that_does_not_answer_is_no_alarm(site, watch):
    site.files.clear()
    status, said = watch()
    assert status == 2
    assert "경보" not in said


def test_the_address_of_the_board_is_good_too(site, watch):
    assert watch(address=f"{site.address}/board/")[0] == 0
    assert watch(address=f"{site.address}/board.jsonl")[0] == 0


def test_it_runs_without_anything_installed(site, tmp_path):
    script = tmp_path / "monitor.py"
    script.write_bytes(Path(monitor.__file__).read_bytes())
    done = subprocess.run(
        [sys.executable, "-I", "-S", "monitor.py", site.address, "--once"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "이상 없음" in done.stdout
