"""Casting a ballot: five steps in one transaction, READ COMMITTED."""

from dataclasses import dataclass

from django.core.cache import caches
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from nacl.signing import SigningKey

from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.ground.notice import actions as notice
from maeul.vault.ballot import clock, gate, rules, sealing
from maeul.vault.ballot.actions.poll_book import lock_entry
from maeul.vault.ballot.actions.slips import why_not_by_slip
from maeul.vault.ballot.models import Election, Envelope, OfficerAct
from maeul.vault.ballot.rules import Channel, State, Why
from maeul.vault.ballot.texts import REFUSALS

LAST_OF_BOARD = Subquery(
    OfficerAct.objects.filter(election=OuterRef("pk"), act__in=["fell_behind", "board_restored"])
    .order_by("-pk")
    .values("act")[:1]
)
"""Whether a restored backup was found to have forgotten ballots (`heads`)."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proves that the ballot is in the box; says nothing of what it says."""

    tracker: bytes
    signature: bytes
    counts: str
    """`now`, `replaced` by a later one, or `void` because of a vote in person."""


@transaction.atomic
def cast(*, election, elector, sealed, tracker=None, slip=None, device=None) -> Receipt:
    """Put a sealed ballot into the box, or answer for one that is in it already.

    The device that sealed it may send it as often as it likes: the tracker is the key under
    which a ballot is known, whatever has happened since.  At a kiosk `slip` says who stands
    there, and `device` at which booth.
    """
    channel = Channel.ONLINE if slip is None else Channel.KIOSK
    sealed = bytes(sealed)
    if tracker is not None and bytes(tracker) != sealing.tracker_of(sealed):
        refuse_if(No(Why.WRONG_TRACKER), REFUSALS)
    tracker = sealing.tracker_of(sealed)

    gate.hold_open(election.pk)  # 1
    entry = lock_entry(elector)

    known = _known(election, tracker)  # 2
    if known is not None:
        if known.elector_id != elector.pk:
            refuse_if(No(Why.SOMEBODY_ELSES), REFUSALS)
        return receipt_of(election, known, _what_became_of(known))

    now_state = _state_now(election)  # 3
    moment = now_state.clock
    refuse_if(  # 4
        rules.why_not_open_now(
            State(now_state.state),
            opens_at=now_state.opens_at,
            closes_at=now_state.online_ends_at if channel == Channel.ONLINE else now_state.ends_at,
            clock=moment,
        )
        or (No(Why.BEHIND) if now_state.last_of_board == "fell_behind" else None)
        or (None if elector.election_id == election.pk else No(Why.NOT_ON_THE_ROLL))
        or rules.why_not_by(channel, now_state.channels)
        or (slip and why_not_by_slip(slip, device, clock=moment))
        or rules.why_not_accept(Channel(entry.channel), channel)
        or _why_not_this_length(now_state, sealed)
        or _why_not_so_often(elector, tracker),
        REFUSALS,
    )

    entry.channel, entry.revision = channel, entry.revision + 1  # 5
    entry.save(update_fields=["channel", "revision"])
    envelope = Envelope.objects.create(
        election=election,
        elector=elector,
        revision=entry.revision,
        channel=channel,
        check_in=slip and slip.check_in,
        sealed=sealed,
        tracker=tracker,
    )
    _tell(election, elector, moment)
    return receipt_of(now_state, envelope, "now")


def _tell(election, elector, moment):
    """Whoever did not cast this ballot learns of it.  Says nothing of the ballot itself."""
    if elector.person_id is None:
        return
    notice.tell(
        person=elector.person,
        title=_("투표가 들어갔습니다: %(election)s") % {"election": election.title},
        text=_("내가 한 투표가 아니면 곧바로 선거관리인에게 알려 주세요."),
        link=election.address_of_mine(),
        at=moment,
    )


def receipt_of(election, envelope, counts) -> Receipt:
    """The signature is over `chain[0] ‖ tracker`, so it can be made again at any time."""
    seed = bytes(election.receipt_seed.seed)
    tracker = bytes(envelope.tracker)
    signed = SigningKey(seed).sign(bytes(election.chain0) + tracker)
    return Receipt(tracker=tracker, signature=signed.signature, counts=counts)


def _known(election, tracker) -> Envelope | None:
    return Envelope.objects.filter(election=election, tracker=tracker).first()


def _what_became_of(envelope) -> str:
    counting = Envelope.objects.filter(elector=envelope.elector_id).counting().first()
    if counting is None:
        return "void"
    return "now" if counting.pk == envelope.pk else "replaced"


def _state_now(election) -> Election:
    """State and clock, read only now, behind the gate: closing cannot come in between any more."""
    return (
        Election.objects.select_related("receipt_seed")
        .only(
            "state", "opens_at", "closes_at", "online_closes_at", "extended_to", "channels",
            "plaintext_bytes", "chain0", "receipt_seed__seed",
        )
        .annotate(clock=clock.NOW, last_of_board=LAST_OF_BOARD)
        .get(pk=election.pk)
    )  # fmt: skip


def _why_not_this_length(election, sealed) -> No | None:
    if len(sealed) != election.plaintext_bytes + sealing.SEAL_BYTES:
        return No(Why.WRONG_LENGTH)
    return None


def _why_not_so_often(elector, tracker) -> No | None:
    """Counted in the cache, because no table may hold a time.

    The same bytes again are no second try: when the database went away before it answered, the
    device sends them until it has a receipt.
    """
    counts, now, day = caches["limits"], f"ballot:{elector.pk}:now", f"ballot:{elector.pk}:day"
    if not counts.add(now, tracker, rules.SECONDS_BETWEEN_REVISIONS):
        if counts.get(now) == tracker:
            return None
        return No(Why.TOO_SOON, seconds=rules.SECONDS_BETWEEN_REVISIONS)
    counts.add(day, 0, 24 * 60 * 60)
    if counts.incr(day) > rules.REVISIONS_A_DAY:
        return No(Why.TOO_OFTEN, times=rules.REVISIONS_A_DAY)
    return None
