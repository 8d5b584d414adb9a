"""A number that was counted by hand differs: two officers publish why, where it decides nothing."""

from hashlib import sha256

from django.db import transaction

from maeul.core.refusal import refuse_if
from maeul.vault.ballot import rules
from maeul.vault.ballot.actions.acts import locked, note, officers_of
from maeul.vault.ballot.actions.count import is_counted, winners_if
from maeul.vault.ballot.actions.publish import figures
from maeul.vault.ballot.rules import State
from maeul.vault.ballot.texts import REFUSALS

EXPLAINED = "explained"


@transaction.atomic
def explain_mismatch(*, election, equation, reason, by, at) -> bool:
    """An officer publishes why this equation fails; answers whether two have done so now.

    `equation` is its text with both numbers: when they change, it is to be explained anew.
    """
    election = locked(election)
    found = next(
        (each for each in rules.equations(figures(election)) if str(each) == equation), None
    )
    refuse_if(
        rules.why_not_explain(
            State(election.state),
            counted=is_counted(election),
            equation=found,
            could_change=found is not None and could_change(election, found.gap),
            reason=reason,
        )
        or rules.why_not_confirm(
            officers=officers_of(election), confirmed=_explainers(election, equation), by=by.pk
        ),
        REFUSALS,
    )
    note(
        election,
        EXPLAINED,
        by=by,
        at=at,
        subject=subject_of(equation),
        equation=equation,
        reason=reason.strip(),
    )
    return len(_explainers(election, equation)) >= 2


def subject_of(equation: str) -> str:
    return sha256(equation.encode()).hexdigest()


def could_change(election, ballots) -> bool:
    """Whether so many ballots more or fewer could change an outcome, found by trying: given to
    each that lost, taken from each that won."""
    if election.quorum is not None and abs(election.participants() - election.quorum) <= ballots:
        return True
    return any(
        _could_change(election, question, ballots)
        for question in election.questions.prefetch_related("options")
    )


def _could_change(election, question, ballots) -> bool:
    numbers = [str(option.number) for option in question.options.all()]
    before = winners_if(election, question)
    won = [number for number in numbers if number in before]
    lost = [number for number in numbers if number not in before]
    for more in [*lost, None]:
        for fewer in [*won, None]:
            given = {more: ballots} if more else {}
            taken = {fewer: ballots} if fewer else {}
            if winners_if(election, question, given=given, taken=taken) != before:
                return True
    return False


def _explainers(election, equation) -> set[int]:
    acts = election.acts.filter(act=EXPLAINED, subject=subject_of(equation))
    return set(acts.values_list("by_id", flat=True))
