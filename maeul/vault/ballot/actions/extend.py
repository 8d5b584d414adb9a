"""Letting a poll end later."""

from django.db import transaction

from maeul.core.refusal import refuse_if
from maeul.vault.ballot import clock, rules
from maeul.vault.ballot import door as doors
from maeul.vault.ballot.actions.acts import confirmed_by, locked, note
from maeul.vault.ballot.texts import REFUSALS

ASKED_TO_EXTEND = "asked_to_extend"


@transaction.atomic
def extend(*, election, until, reason, by, at) -> bool:
    """Two officers together make a poll end later: once, before it closes, with a reason.

    Answers whether it is extended now.
    """
    election = locked(election)
    subject = until.isoformat()
    refuse_if(
        doors.why_not_extend(
            rules.State(election.state),
            closes_at=election.closes_at,
            extended_to=election.extended_to,
            until=until,
            reason=reason,
            clock=clock.now(),
        )
        or rules.why_not_confirm(
            officers=set(election.officers.values_list("person_id", flat=True)),
            confirmed=confirmed_by(election, ASKED_TO_EXTEND, subject),
            by=by.pk,
        ),
        REFUSALS,
    )
    note(election, ASKED_TO_EXTEND, by=by, at=at, subject=subject, reason=reason.strip())
    if len(confirmed_by(election, ASKED_TO_EXTEND, subject)) < 2:
        return False
    election.extended_to = until
    election.save(update_fields=["extended_to"])
    note(election, "extended", by=by, at=at, until=subject, reason=reason.strip())
    return True
