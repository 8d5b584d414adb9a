"""The two key holders of the demo, played through the very programs real holders use.

Their key files lie in a folder of their own under var/, protected by a passphrase; a real holder
keeps them on a stick in a drawer.
"""

from io import BytesIO
from zipfile import ZipFile

from django.conf import settings
from nacl.public import PrivateKey

from maeul.vault.ballot import actions as ballot
from maeul.vault.ballot import keys, offline, opener, opening
from maeul.vault.ballot.holders import open_by_file

PASSPHRASE = "시범용 비밀말입니다 아무나 압니다"
HOLDERS = ("열쇠 보관인 하나", "열쇠 보관인 둘")


def bring_locks(election, *, by, at):
    """Two fresh pairs, their locks on the election, and the rehearsal with originals and copies."""
    pairs = [PrivateKey.generate() for _holder in HOLDERS]
    folder = _folder(election)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for number, (holder, key) in enumerate(zip(HOLDERS, pairs, strict=True), 1):
        path = folder / f"{number}.key"
        path.write_bytes(keys.protect(key, holder=holder, passphrase=PASSPHRASE))
        path.chmod(0o600)
    locks = [(holder, bytes(key.public_key)) for holder, key in zip(HOLDERS, pairs, strict=True)]
    ballot.set_locks(election=election, locks=locks, by=by, at=at)
    for with_copies in (False, True):
        rehearsal = ballot.start_rehearsal(election=election, with_copies=with_copies, by=by, at=at)
        word = opener.open_rehearsal(bytes(rehearsal.parcel), pairs)
        ballot.check_rehearsal(rehearsal=rehearsal, word=word, by=by, at=at)


def open_ballots(election, *, by, at) -> list[bytes]:
    """What the holders bring back from their two computers: the results of both programs."""
    parcel = ballot.parcel(election=election, by=by, at=at)
    files = [_folder(election) / f"{number}.key" for number in (1, 2)]
    with ZipFile(BytesIO(parcel)) as archive:
        result = opening.open_ballots(
            manifest_bytes=archive.read("manifest.json"),
            list_bytes=archive.read("list.jsonl"),
            board_bytes=archive.read("board.jsonl"),
            head=ballot.closing(election)[1],
            private_keys=[keys.unlock(file.read_bytes(), PASSPHRASE) for file in files],
        )
    by_file = open_by_file(
        offline.holders_file(),
        parcel,
        head=ballot.closing(election)[1].hex(),
        key_files=files,
        words=[PASSPHRASE, PASSPHRASE],
    )
    return [opening.write_result(result), by_file]


def _folder(election):
    return settings.VAR / "demo-holders" / str(election.pk)
