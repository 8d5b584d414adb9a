"""The key pair of a key holder, kept in a file under a passphrase.

The passphrase becomes a key by Argon2id, the private key lies in a secret box under it:
both of libsodium.  The public key stands in the open, so that it can be read out.  Pure.
"""

import json
import unicodedata
from dataclasses import dataclass
from typing import Any

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.utils import random

FORMAT = "maeul-lock-1"
SHORTEST_PASSPHRASE = 12


@dataclass(frozen=True, slots=True)
class Strength:
    """How long a guess takes.  What a file was made with stands in the file."""

    operations: int = argon2id.OPSLIMIT_MODERATE
    memory: int = argon2id.MEMLIMIT_MODERATE


class BadKeyFile(ValueError):
    """Not a key file, or a damaged one."""


class WrongPassphrase(ValueError):
    pass


def protect(
    key: PrivateKey, *, holder: str, passphrase: str, strength: Strength | None = None
) -> bytes:
    """The key file of `key`.  A copy is the same key under another passphrase."""
    strength = strength or Strength()
    salt = random(argon2id.SALTBYTES)
    content = {
        "format": FORMAT,
        "holder": holder,
        "public_key": bytes(key.public_key).hex(),
        "operations": strength.operations,
        "memory": strength.memory,
        "salt": salt.hex(),
        "box": bytes(_box(passphrase, salt, strength).encrypt(bytes(key))).hex(),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def unlock(content: bytes, passphrase: str) -> PrivateKey:
    fields = _fields(content)
    strength = Strength(operations=fields["operations"], memory=fields["memory"])
    box = _box(passphrase, bytes.fromhex(fields["salt"]), strength)
    try:
        key = PrivateKey(box.decrypt(bytes.fromhex(fields["box"])))
    except CryptoError as error:
        raise WrongPassphrase from error
    if bytes(key.public_key).hex() != fields["public_key"]:
        raise BadKeyFile("the public key in the file is not the one of its private key")
    return key


def public_key_of(content: bytes) -> bytes:
    """Readable without the passphrase."""
    return bytes.fromhex(_fields(content)["public_key"])


def holder_of(content: bytes) -> str:
    return str(_fields(content)["holder"])


def _box(passphrase: str, salt: bytes, strength: Strength) -> SecretBox:
    """The same keystrokes give the same bytes, however a keyboard puts Korean letters together."""
    return SecretBox(
        argon2id.kdf(
            SecretBox.KEY_SIZE,
            unicodedata.normalize("NFC", passphrase).encode(),
            salt,
            opslimit=strength.operations,
            memlimit=strength.memory,
        )
    )


def _fields(content: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(content)
        if fields["format"] != FORMAT:
            raise BadKeyFile(f"unknown format {fields['format']!r}")
        for name in ("public_key", "salt", "box"):
            bytes.fromhex(fields[name])
        if not all(isinstance(fields[name], int) for name in ("operations", "memory")):
            raise BadKeyFile("the strength is not a number")
        if not isinstance(fields["holder"], str):
            raise BadKeyFile("no holder")
    except BadKeyFile:
        raise
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadKeyFile(str(error)) from error
    return dict(fields)
