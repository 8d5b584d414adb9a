"""Where nobody votes on a device, two officers confirm the counted paper."""

from django.db import transaction

from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.vault.ballot import rules
from maeul.vault.ballot.actions.acts import confirmed_by, is_fixed, locked, note, officers_of
from maeul.vault.ballot.actions.opening import write_down
from maeul.vault.ballot.actions.paper_count import is_electronic, sheets_of, why_not_ready
from maeul.vault.ballot.actions.totals import write_down_totals
from maeul.vault.ballot.rules import State, Why
from maeul.vault.ballot.texts import REFUSALS

CONFIRMED_COUNTS = "confirmed_counts"


@transaction.atomic
def confirm_counts(*, election, by, at):
    """Where nobody votes on a device there is nothing to open: an officer confirms the counted
    paper; with the second one it is written down."""
    election = locked(election)
    refuse_if(
        why_not_confirm_counts(election)
        or rules.why_not_confirm(
            officers=officers_of(election),
            confirmed=confirmed_by(election, CONFIRMED_COUNTS),
            by=by.pk,
        ),
        REFUSALS,
    )
    note(election, CONFIRMED_COUNTS, by=by, at=at, sheets=sheets_of(election))
    if len(confirmed_by(election, CONFIRMED_COUNTS)) >= 2:
        if election.is_hall:
            write_down_totals(election)
        else:
            write_down(election, None)
        election.state = State.OPENED
        election.save(update_fields=["state"])
        audit.note("ballot.opened", on=election, by=by, at=at)
    return election


def why_not_confirm_counts(election) -> No | None:
    if election.state != State.CLOSED:
        return No(Why.NOT_CLOSED)
    if is_electronic(election):
        return No(Why.OPENED_BY_HOLDERS)
    if not is_fixed(election):
        return No(Why.LIST_NOT_FIXED)
    return why_not_ready(election)
