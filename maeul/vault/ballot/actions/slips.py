"""One-time codes for kiosks: made at the table, looked up at a device."""

import hmac
from hashlib import sha256
from secrets import randbelow

from django.core.cache import caches
from django.db import transaction

from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.vault.ballot import clock as clocks
from maeul.vault.ballot import gate, rules
from maeul.vault.ballot.actions.known import secret_of
from maeul.vault.ballot.actions.poll_book import lock_entry
from maeul.vault.ballot.models import CheckIn, Device, Envelope, Slip
from maeul.vault.ballot.rules import Way, Why
from maeul.vault.ballot.texts import REFUSALS

DIGITS = 8
WRONG_TRIES = 10
PER_SECONDS = 60


@transaction.atomic
def new_slip(*, check_in, by, at) -> str:
    """A fresh code for somebody who was checked in for a kiosk; the earlier one ends."""
    gate.hold_open(check_in.booth.election_id)
    lock_entry(check_in.elector)
    if check_in.way != Way.KIOSK or check_in.ended_as() or _has_cast(check_in):
        refuse_if(No(Why.SLIP_ENDED), REFUSALS)
    while True:
        code = f"{randbelow(10**DIGITS):0{DIGITS}d}"
        hashed = hash_of(check_in.booth.election, code)
        if not Slip.objects.filter(code_hash=hashed).exists():
            break
    Slip.objects.create(check_in=check_in, code_hash=hashed, made_at=clocks.now())
    return code


def slip_of(*, device, code) -> Slip:
    """The slip of a code, whatever became of it; ten wrong codes a minute stop a device."""
    counts, key = caches["limits"], f"ballot:device:{device.pk}"
    counts.add(key, 0, PER_SECONDS)
    code = "".join(code.split())
    slip = None
    if counts.get(key, 0) < WRONG_TRIES and len(code) == DIGITS and code.isascii():
        hashed = hash_of(device.booth.election, code)
        slips = Slip.objects.select_related("check_in__booth", "check_in__elector__person")
        slip = slips.filter(code_hash=hashed).first()
    if slip is None:
        counts.incr(key)
        refuse_if(No(Why.SLIP_UNKNOWN), REFUSALS)
    return slip


def why_not_by_slip(slip, device, *, clock) -> No | None:
    """Asked again inside the transaction of the cast."""
    check_in = CheckIn.objects.get(pk=slip.check_in_id)
    newest = check_in.slips.order_by("-pk").first()
    return rules.why_not_use_slip(
        rules.SlipNow(
            age=clock - slip.made_at,
            is_newest=newest.pk == slip.pk,
            check_in_stands=check_in.ended_as() is None,
            has_cast=_has_cast(check_in),
            at_its_booth=device.booth_id == check_in.booth_id,
            device_in_use=Device.objects.in_use().filter(pk=device.pk).exists(),
        )
    )


def hash_of(election, code) -> bytes:
    return hmac.digest(secret_of(election), b"slip" + code.encode(), sha256)


def _has_cast(check_in) -> bool:
    return Envelope.objects.filter(check_in=check_in).exists()
