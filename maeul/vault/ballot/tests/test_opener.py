"""The holders' program, run as they run it: a process of its own, without the site."""

import subprocess
import sys
from pathlib import Path

import pytest
from nacl.public import PrivateKey

from maeul.vault.ballot import board, bundling, keys, manifest, opener, opening, sealing
from maeul.vault.ballot.tests import frozen

ROOT = Path(__file__).resolve().parents[4]
QUICK = keys.Strength(operations=1, memory=8 << 20)


def run(folder, *arguments, passphrases=()):
    (folder / "words").write_text("".join(f"{word}\n" for word in passphrases))
    return subprocess.run(
        [sys.executable, "-m", "maeul.vault.ballot.opener", "--quick",
         "--passphrases", folder / "words", *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )  # fmt: skip


@pytest.fixture
def holders(tmp_path):
    """Two key files with their passphrases, made for the manifest of this test."""
    for name, key in zip(("first", "second"), frozen.KEYS, strict=True):
        content = keys.protect(key, holder=name, passphrase=f"{name} passphrase", strength=QUICK)
        (tmp_path / f"{name}.key").write_bytes(content)
    return tmp_path


@pytest.fixture
def parcel(holders):
    raw = frozen.raw()
    read = manifest.read(raw)
    envelopes = [frozen.sealed(read, q1=[n]) for n in (1, 2, 2)]
    lines = [opening.Line("전체", "전체", sealing.tracker_of(each), each) for each in envelopes]
    leaves = tuple(sorted(line.tracker for line in lines))
    head = board.next_head(read.chain0, leaves)
    files = {
        "manifest.json": raw,
        "board.jsonl": board.write(read.chain0, [board.Batch(1, leaves, head)]),
        "list.jsonl": opening.write_list(read.chain0, lines),
    }
    (holders / "opening.zip").write_bytes(bundling.pack(files))
    from hashlib import sha256

    return {"head": head.hex(), "list": sha256(files["list.jsonl"]).hexdigest()}


BOTH = ("--key", "first.key", "--key", "second.key")
WORDS = ("first passphrase", "second passphrase")


def test_two_holders_open_all_ballots(holders, parcel):
    done = run(
        holders, "open", "opening.zip", *BOTH, "--out", "opened.json",
        "--head", parcel["head"], "--list", parcel["list"], passphrases=WORDS,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert parcel["list"] in done.stdout
    result = opening.read_result((holders / "opened.json").read_bytes())
    assert sorted(result["questions"]["q1"]["전체"]["opened"]) == [[1], [2], [2]]
    assert result["list"] == parcel["list"]


def test_it_asks_for_the_list_that_was_read_aloud(holders, parcel):
    done = run(
        holders, "open", "opening.zip", *BOTH, "--out", "opened.json",
        "--head", parcel["head"], "--list", "00" * 32, passphrases=WORDS,
    )  # fmt: skip
    assert done.returncode == 1
    assert "읽어 준 값과 다릅니다" in done.stderr
    assert not (holders / "opened.json").exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"head": "00" * 32}, "적어 둔 값과 다릅니다"),
        ({"head": "nonsense"}, "예순네 글자"),
        ({"passphrases": ("wrong wrong wrong", "second passphrase")}, "비밀말이 맞지 않습니다"),
        ({"passphrases": ()}, "줄이 모자랍니다"),
        ({"keys": ("--key", "first.key", "--key", "first.key"),
          "passphrases": ("first passphrase",) * 2}, "맞는 열쇠가 없습니다"),
        ({"keys": ("--key", "words", "--key", "second.key")}, "망가졌습니다"),
        ({"parcel": "first.key"}, "다 들어 있지 않습니다"),
        ({"parcel": "nowhere.zip"}, "열거나 쓸 수 없습니다"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_in_a_sentence_and_nothing_is_written(
    holders, parcel, change, sentence
):
    asked = {"keys": BOTH, "passphrases": WORDS, "parcel": "opening.zip", **parcel} | change
    done = run(
        holders, "open", asked["parcel"], *asked["keys"], "--out", "opened.json",
        "--head", asked["head"], "--list", asked["list"], passphrases=asked["passphrases"],
    )  # fmt: skip
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not (holders / "opened.json").exists()


def test_keys_are_made_copied_and_rehearsed(tmp_path):
    for name in ("first", "second"):
        done = run(
            tmp_path, "keys", "--holder", name, "--out", f"{name}.key",
            passphrases=[f"{name} passphrase"],
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert (tmp_path / f"{name}.key").stat().st_mode & 0o077 == 0
    copied = run(
        tmp_path, "copy", "first.key", "--out", "copy.key",
        passphrases=["first passphrase", "copy's own passphrase"],
    )  # fmt: skip
    assert copied.returncode == 0, copied.stderr
    locks = [
        keys.public_key_of((tmp_path / f"{name}.key").read_bytes()) for name in ("first", "second")
    ]
    (tmp_path / "rehearsal.json").write_bytes(opener.write_rehearsal(locks, "abcd1234"))
    done = run(
        tmp_path, "rehearse", "rehearsal.json", "--key", "copy.key", "--key", "second.key",
        passphrases=["copy's own passphrase", "second passphrase"],
    )  # fmt: skip
    assert "abcd1234" in done.stdout, done.stderr


def test_a_key_file_is_not_overwritten(holders):
    before = (holders / "first.key").read_bytes()
    done = run(
        holders, "keys", "--holder", "x", "--out", "first.key", passphrases=["a long passphrase"]
    )
    assert "덮어쓰지 않았습니다" in done.stderr
    assert (holders / "first.key").read_bytes() == before


@pytest.mark.parametrize(("length", "made"), [(11, False), (12, True)])
def test_a_passphrase_of_fewer_than_twelve_letters_is_refused(tmp_path, length, made):
    done = run(tmp_path, "keys", "--holder", "x", "--out", "a.key", passphrases=["p" * length])
    assert (tmp_path / "a.key").exists() is made
    assert made or "12자 이상" in done.stderr


def test_the_help_shows_examples():
    done = subprocess.run(
        [sys.executable, "-m", "maeul.vault.ballot.opener", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert "opening.zip --head" in done.stdout


def test_the_private_key_does_not_lie_in_the_file_in_the_open():
    key = PrivateKey.generate()
    content = keys.protect(key, holder="x", passphrase="a long passphrase", strength=QUICK)
    assert bytes(key).hex().encode() not in content
    assert bytes(keys.unlock(content, "a long passphrase")) == bytes(key)
    with pytest.raises(keys.WrongPassphrase):
        keys.unlock(content, "another passphrase")


def test_opening_needs_neither_django_nor_the_database():
    done = subprocess.run(
        [sys.executable, "-c",
         "import sys, maeul.vault.ballot.opener; print('django' in sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert done.stdout.strip() == "False"
