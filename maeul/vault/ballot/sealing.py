"""What a ballot says, and how it is sealed with two locks.

A plaintext is UTF-8 lines: the hash of the manifest in hex, the style, then per question in the
manifest's order what was chosen (`q1=3,7`), ranked (`q1=7>3`) or given points (`q1=3:5,7:2`), empty
for a blank.  It is padded by ISO 7816-4
to one length for everybody.  `sealed = seal(lock 1, seal(lock 2, plaintext))` with
libsodium's sealed boxes: no cryptography of our own.  Pure.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from .manifest import Manifest
from .marks import Answer

LOCK_BYTES = 48
"""What one sealed box adds: a one-time public key and an authenticator."""
SEAL_BYTES = 2 * LOCK_BYTES


class BadPadding(ValueError):
    pass


def compose(manifest: Manifest, style: str, answers: Mapping[str, Sequence[Any]]) -> bytes:
    """The padded plaintext of a ballot; a question that is left out is blank."""
    lines = [manifest.chain0.hex(), style]
    for question in manifest.questions_of(style):
        lines.append(f"{question.key}={question.how.text(answers.get(question.key, ()))}")
    return pad("".join(f"{line}\n" for line in lines).encode(), manifest.plaintext_bytes)


def parse(manifest: Manifest, style: str, plaintext: bytes) -> dict[str, Answer | None] | None:
    """What a ballot says per question, `()` for blank, `None` where a limit is broken.

    A text is only good if it is exactly what `compose` writes for what it says: any other
    text is invalid for every question, and the answer is `None`.
    """
    questions = {question.key: question for question in manifest.questions_of(style)}
    said: dict[str, Answer] = {}
    try:
        for line in unpad(plaintext).decode().split("\n")[2:-1]:
            key, text = line.split("=")
            said[key] = questions[key].how.read(text)
        if plaintext != compose(manifest, style, said):
            return None
    except (KeyError, ValueError):
        return None
    if not all(question.is_answer(said[key]) for key, question in questions.items()):
        return None
    return {
        key: said[key] if question.keeps_limits(said[key]) else None
        for key, question in questions.items()
    }


def pad(text: bytes, length: int) -> bytes:
    """ISO 7816-4: one byte 80, then zeros.

    >>> pad(b"ab", 5)
    b'ab\\x80\\x00\\x00'
    """
    if len(text) >= length:
        raise BadPadding(f"{len(text)} bytes do not fit into {length} with their end mark")
    return text + b"\x80" + bytes(length - len(text) - 1)


def unpad(padded: bytes) -> bytes:
    """
    >>> unpad(b"ab\\x80\\x00\\x00")
    b'ab'
    """
    text, mark, rest = padded.rpartition(b"\x80")
    if not mark or rest.strip(b"\x00"):
        raise BadPadding("no end mark")
    return text


def seal(plaintext: bytes, locks: Sequence[bytes]) -> bytes:
    """Lock 2 inside, lock 1 outside: neither holder alone reads anything."""
    outer, inner = locks
    return SealedBox(PublicKey(outer)).encrypt(SealedBox(PublicKey(inner)).encrypt(plaintext))


def unseal(sealed: bytes, key: PrivateKey) -> bytes | None:
    """Take off one lock; `None` where this key does not fit."""
    try:
        return SealedBox(key).decrypt(sealed)
    except (CryptoError, ValueError, TypeError):
        return None


def tracker_of(sealed: bytes) -> bytes:
    """The number under which a sealed ballot stands on the board."""
    return sha256(sealed).digest()
