"""Ending an election before or after its time: void with a reason, and destruction."""

from django.db import transaction

from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.vault.ballot import rules
from maeul.vault.ballot.actions.acts import locked, note
from maeul.vault.ballot.models import ReceiptKey
from maeul.vault.ballot.rules import State, Why
from maeul.vault.ballot.texts import REFUSALS


@transaction.atomic
def void(*, election, reason, by, at):
    """Declare the election void, from any state.  The reason is published."""
    election = locked(election)
    refuse_if(rules.why_not_void(State(election.state), reason=reason), REFUSALS)
    election.state = State.VOID
    election.save(update_fields=["state"])
    note(election, "voided", by=by, at=at, reason=reason.strip())
    return election


@transaction.atomic
def destroy(*, election, by, at):
    """After the objection period: the sealed envelopes and the receipt key go; the board stays."""
    election = locked(election)
    if election.state != State.PUBLISHED:
        refuse_if(No(Why.NOT_PUBLISHED), REFUSALS)
    election.state = State.DESTROYED
    election.save(update_fields=["state"])
    gone, _ = election.envelopes.all().delete()
    ReceiptKey.objects.filter(election=election).delete()
    note(election, "destroyed", by=by, at=at, envelopes=gone)
    return election
