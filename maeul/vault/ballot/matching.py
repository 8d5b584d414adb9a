"""Whether somebody at the door is somebody on the roll: by hashes, never by a stored birth date.

An exact match of name and birth date *is* that elector.  A near match (the same name and day of
the year, or the same birth date and family name) is somebody who may have been typed wrongly
once: they vote in a named outer envelope, and two officers decide.  Pure.
"""

import hmac
import unicodedata
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

SECRET_BYTES = 32
_APART = b"\x1f"


@dataclass(frozen=True, slots=True)
class Hashes:
    exact: bytes
    name_day: bytes
    birth_family: bytes

    def is_exact(self, other: "Hashes") -> bool:
        return self.exact == other.exact

    def is_near(self, other: "Hashes") -> bool:
        return not self.is_exact(other) and (
            self.name_day == other.name_day or self.birth_family == other.birth_family
        )


def secret_of(root: str, election: bytes) -> bytes:
    """The secret of one election: hashes of two elections cannot be laid side by side."""
    return hmac.digest(root.encode(), b"maeul.ballot.matching" + election, sha256)


def hashes(secret: bytes, *, name: str, born_on: date) -> Hashes:
    def keyed(kind: bytes, *parts: str) -> bytes:
        return hmac.digest(secret, _APART.join([kind, *(part.encode() for part in parts)]), sha256)

    return Hashes(
        exact=keyed(b"exact", plain(name), born_on.isoformat()),
        name_day=keyed(b"name_day", plain(name), f"{born_on:%m-%d}"),
        birth_family=keyed(b"birth_family", family(name), born_on.isoformat()),
    )


def plain(name: str) -> str:
    """One way of writing a name: composed, without spaces and case.

    >>> plain("Kim  Sun-Ja") == plain("kimsun-ja")
    True
    """
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def family(name: str) -> str:
    """The first syllable of a Korean name; of others the first word.

    A family name of two syllables is known by its first: a match too many costs an envelope, a
    match too few a second vote.

    >>> family("남궁 순자"), family("Nguyen Thi Lan"), family("류하늘")
    ('남', 'nguyen', '유')
    """
    words = unicodedata.normalize("NFKC", name).split()
    first = words[0] if words else ""
    return _as_said(first[0]) if first and "가" <= first[0] <= "힣" else first.casefold()


_N, _R, _NONE = 2, 5, 11  # first letters of a syllable, by their place in Unicode
_LIKE_I = (2, 3, 6, 7, 12, 17, 20)  # vowels that begin with i or y


def _as_said(syllable: str) -> str:
    """류 and 유, 라 and 나, 녀 and 여 are one family name, written in two ways."""
    first, rest = divmod(ord(syllable) - ord("가"), 588)
    if first in (_N, _R):
        first = _NONE if rest // 28 in _LIKE_I else _N
    return chr(ord("가") + first * 588 + rest)
