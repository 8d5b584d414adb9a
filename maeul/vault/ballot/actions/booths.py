"""Clerks of a booth and the tablets that stand there."""

from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.ground.notice import actions as notice
from maeul.vault.ballot import clock, rules
from maeul.vault.ballot.actions.acts import officers_of
from maeul.vault.ballot.models import Booth, Clerk, Device
from maeul.vault.ballot.rules import Channel, State, Why
from maeul.vault.ballot.texts import REFUSALS


@transaction.atomic
def name_clerk(*, booth, person, by, at) -> Clerk:
    """Somebody checks people in at this booth, until closing."""
    booth = _booth(booth, by)
    stands = booth.election.questions.filter(options__reference=f"person:{person.pk}").exists()
    refuse_if(No(Why.CLERK_STANDS) if stands else None, REFUSALS)
    clerk, is_new = Clerk.objects.get_or_create(
        booth=booth, person=person, ended_at=None, defaults={"named_by": by, "named_at": at}
    )
    if is_new:
        audit.note("ballot.clerk_named", on=clerk, by=by, at=at)
        notice.tell(
            person=person,
            title=_("투표사무원이 되셨습니다: %(booth)s") % {"booth": booth},
            text=_("%(election)s의 접수대입니다. 투표하는 날 여기서 본인 확인을 합니다.")
            % {"election": booth.election},
            link=reverse("ballot:table", args=[booth.election_id, booth.number]),
            at=at,
        )
    return clerk


@transaction.atomic
def end_clerk(*, clerk, by, at) -> Clerk:
    _booth(clerk.booth, by)
    clerk = Clerk.objects.select_for_update().get(pk=clerk.pk)
    if clerk.ended_at is None:
        clerk.ended_at = at
        clerk.save(update_fields=["ended_at"])
        audit.note("ballot.clerk_ended", on=clerk, by=by, at=at)
    return clerk


@transaction.atomic
def enrol_device(*, booth, name, by, at) -> tuple[Device, str]:
    """Begin to enrol a tablet.  The code opens it once, within ten minutes."""
    booth = _booth(booth, by, also_clerks=True)
    refuse_if(rules.why_not_by(Channel.KIOSK, booth.election.channels), REFUSALS)
    if booth.devices.filter(name=name, revoked_at=None).exists():
        refuse_if(No(Why.DEVICE_NAME_TAKEN), REFUSALS)
    code = token_urlsafe(24)
    device = Device.objects.create(
        booth=booth,
        name=name,
        secret_hash=_hash(code),
        enrolled_by=by,
        enrolled_at=clock.now(),
    )
    audit.note("ballot.device_enrolled", on=device, by=by, at=at)
    return device, code


@transaction.atomic
def take_up_device(*, code) -> tuple[Device, str]:
    """The tablet opened the code: it gets the secret by which it is known from now on."""
    device = Device.objects.select_for_update().filter(secret_hash=_hash(code)).first()
    if (
        device is None
        or device.taken_at
        or device.revoked_at
        or clock.now() - device.enrolled_at > rules.ENROLMENT_LASTS
    ):
        refuse_if(No(Why.ENROLMENT_OVER), REFUSALS)
    secret = token_urlsafe(32)
    device.secret_hash, device.taken_at = _hash(secret), clock.now()
    device.save(update_fields=["secret_hash", "taken_at"])
    audit.note("ballot.device_taken_up", on=device, by=device.enrolled_by, at=device.taken_at)
    return device, secret


@transaction.atomic
def revoke_device(*, device, by, at) -> Device:
    """Lost, stolen or back in the cupboard: it opens no ballot any more."""
    _booth(device.booth, by, also_clerks=True)
    device = Device.objects.select_for_update().get(pk=device.pk)
    if device.revoked_at is None:
        device.revoked_by, device.revoked_at = by, at
        device.save(update_fields=["revoked_by", "revoked_at"])
        audit.note("ballot.device_revoked", on=device, by=by, at=at)
    return device


def device_known_by(secret) -> Device | None:
    """The tablet that shows this secret, while it is in use."""
    if not secret:
        return None
    devices = Device.objects.in_use().select_related("booth__election")
    return devices.filter(secret_hash=_hash(secret)).first()


def _booth(booth, by, *, also_clerks=False) -> Booth:
    """Held; only officers of this election, and where it says so clerks of the booth, act here,
    and not after publication."""
    booth = Booth.objects.select_for_update(no_key=True).select_related(None).get(pk=booth.pk)
    is_clerk = also_clerks and booth.clerks.serving().filter(person=by).exists()
    if not is_clerk and by.pk not in officers_of(booth.election):
        refuse_if(No(Why.NOT_AN_OFFICER), REFUSALS)
    if booth.election.state not in (State.DRAFT, State.FROZEN, State.OPEN, State.CLOSED):
        refuse_if(No(Why.OVER), REFUSALS)
    return booth


def _hash(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
