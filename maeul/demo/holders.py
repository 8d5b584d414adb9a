"""The two key holders of the demo, played through the very programs real holders use.

Their key files lie in a folder of their own under var/, protected by a passphrase; a real holder
keeps them on a stick in a drawer.
"""

from django.conf import settings
from nacl.public import PrivateKey

from maeul.vault.ballot import actions as ballot
from maeul.vault.ballot import keys, opener, opening

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


def open_ballots(election, *, by, at) -> bytes:
    """What the holders bring back from their computer."""
    result = opening.open_ballots(
        manifest_bytes=election.manifest.encode(),
        list_bytes=ballot.export_list(election=election, by=by, at=at),
        board_bytes=ballot.board_file(election),
        head=election.head(),
        private_keys=[
            keys.unlock((_folder(election) / f"{number}.key").read_bytes(), PASSPHRASE)
            for number in (1, 2)
        ],
    )
    return opening.write_result(result)


def _folder(election):
    return settings.VAR / "demo-holders" / str(election.pk)
