"""Letters to people of whom the poll book says that they voted: is that true?"""

from hashlib import sha256

from django.db import transaction

from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.vault.ballot import paper
from maeul.vault.ballot.actions.acts import locked, note, officers_of
from maeul.vault.ballot.rules import Channel, Why
from maeul.vault.ballot.texts import REFUSALS

LETTERS = 100
"""Of 5 stuffed ballots in a hundred, so many letters miss all with a chance of 0.6 in a hundred."""


def drawn_for_letters(election) -> list:
    """Electors who voted, drawn by the public number: the lowest of SHA-256 with their line."""
    if not election.tie_value:
        return []
    voted = election.electors.participating().exclude(counts=Channel.NONE)
    seed = f"{election.tie_value} 편지"

    def ticket(elector):
        return sha256(f"{seed}\n{elector.roll} {elector.number}".encode()).digest()

    drawn = sorted(voted, key=ticket)[:LETTERS]
    return sorted(drawn, key=lambda elector: (elector.roll, elector.number))


@transaction.atomic
def note_answers(*, election, true, untrue, by, at):
    """Write down what the letters brought, as numbers.  A later count is written beside it."""
    election = locked(election)
    asked = len(drawn_for_letters(election))
    if by.pk not in officers_of(election):
        refuse_if(No(Why.NOT_AN_OFFICER), REFUSALS)
    refuse_if(paper.why_not_note_answers(asked=asked, true=true, untrue=untrue), REFUSALS)
    return note(election, "letters_answered", by=by, at=at, asked=asked, true=true, untrue=untrue)
