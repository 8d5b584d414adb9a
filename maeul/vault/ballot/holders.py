"""Both key holders, played: for the demo, tests and imports of elections that are long over.

They run the holders' own program, each time as a process of its own, with key files in a folder.
In earnest two people do this on a computer without radio, and nobody holds both keys.
"""

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from . import keys

PACKAGES = Path(__file__).resolve().parents[3]
NAMES = ("first", "second")


class OpenerFailed(RuntimeError):
    pass


class Holders:
    """Two holders whose key files lie in `folder`; made there when it has none yet."""

    def __init__(self, folder: Path, names: Sequence[str] = ("보관인 1", "보관인 2")) -> None:
        self.folder = folder
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

    def open(self, parcel: bytes, *, head: str) -> bytes:
        """Open everything on the list, as it lies in `opening.zip`; the result file."""
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
