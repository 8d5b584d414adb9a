"""Publication: only when everything adds up, and with all that is needed to count again."""

from hashlib import sha256
from pathlib import Path

from django.db import transaction
from django.db.models import Count, F, Sum

from maeul.core.refusal import refuse_if
from maeul.vault.ballot import board, bundling, rules, verify
from maeul.vault.ballot.actions.acts import confirmed_by, locked, note, officers_of
from maeul.vault.ballot.actions.board import board_file
from maeul.vault.ballot.actions.count import is_counted, tie_order, votes_of, whole_count
from maeul.vault.ballot.actions.freeze import hash_of_roll
from maeul.vault.ballot.actions.opening import (
    asked_per_question,
    confirmed_result,
    fixed_hash,
    list_file,
)
from maeul.vault.ballot.models import Bundle, OpenedBallot, Outcome, Tally
from maeul.vault.ballot.rules import Channel, Figures, QuestionFigures, Rule, Shown, State
from maeul.vault.ballot.texts import REFUSALS

CONFIRMED = "confirmed_publication"


@transaction.atomic
def confirm_publication(*, election, by, at):
    """An officer agrees to publish; with the second one the result and its bundle are out."""
    election = locked(election)
    refuse_if(
        rules.why_not_publish(
            State(election.state), counted=is_counted(election), figures=figures(election)
        )
        or rules.why_not_confirm(
            officers=officers_of(election),
            confirmed=confirmed_by(election, CONFIRMED),
            by=by.pk,
        ),
        REFUSALS,
    )
    note(election, CONFIRMED, by=by, at=at)
    if len(confirmed_by(election, CONFIRMED)) >= 2:
        election.state = State.PUBLISHED
        election.save(update_fields=["state"])
        content = bundling.pack(files_of(election))
        Bundle.objects.create(
            election=election, content=content, content_hash=sha256(content).hexdigest()
        )
        note(election, "published", by=by, at=at)
    return election


def figures(election) -> Figures:
    """What must add up, read from the tables as they are."""
    frozen = election.frozen()
    asked = asked_per_question(election, frozen)
    leaves = {bytes(leaf) for leaf in election.board.values_list("leaf", flat=True)}
    envelopes = {bytes(each) for each in election.envelopes.values_list("tracker", flat=True)}
    result = confirmed_result(election)
    return Figures(
        roll=election.electors.count(),
        participants=participants(election),
        opened=result["ballots"] if result else 0,
        board_is_whole=leaves == envelopes and _hangs_together(election),
        roll_is_as_frozen=hash_of_roll(election) == bytes(election.roll_hash),
        poll_book_is_as_derived=poll_book_is_as_derived(election),
        list_is_as_fixed=sha256(list_file(election)).hexdigest() == fixed_hash(election),
        questions=[
            _figures_of(question, asked[question.key])
            for question in election.questions.order_by("position")
        ],
    )


def participants(election) -> dict[Channel, int]:
    """Per channel whose ballot counts, derived from what lies there."""
    voted = election.electors.participating().order_by("counts")
    counted = voted.values("counts").annotate(n=Count("pk"))
    return {Channel(row["counts"]): row["n"] for row in counted}


def poll_book_is_as_derived(election) -> bool:
    """The poll book, which the door and the casts wrote line by line, says the same."""
    electors = election.electors.with_what_counts()
    other = electors.exclude(counts=F("entry__channel"), entry__isnull=False)
    return not other.exclude(counts=Channel.NONE, entry=None).exists()


def files_of(election) -> dict[str, bytes]:
    """Everything of the bundle but the list of its hashes."""
    questions = list(election.questions.prefetch_related("options"))
    result = confirmed_result(election)
    ballots = OpenedBallot.objects.filter(question__election=election)
    rows = [
        (f"q{position}", cell, choices)
        for position, cell, choices in ballots.values_list("question__position", "cell", "choices")
    ]
    acts = [
        {"act": act.act, "subject": act.subject, "by": act.by and act.by.name,
         "at": act.at.isoformat(), "facts": act.facts}
        for act in election.acts.select_related("by")
    ]  # fmt: skip
    whole = {question.key for question in questions if question.whole_ballots == Shown.PUBLIC}
    files = {
        "manifest.json": election.manifest.encode(),
        "board.jsonl": board_file(election),
        "acts.jsonl": bundling.as_lines(acts),
        "heads/closing.txt": f"{election.head().hex()}\n".encode(),
        "list.sha256": f"{fixed_hash(election)}  list.jsonl\n".encode(),
        "ballots.csv": bundling.ballots_csv(rows, whole=whole),
        "reconciliation.json": bundling.as_json(_reconciliation(election, result, questions)),
        "result.json": bundling.as_json(_result(election, questions)),
        "verify.py": Path(verify.__file__).read_bytes(),
    }
    return files | bundling.pb_files(election.frozen(), rows, whole=whole)


def _hangs_together(election) -> bool:
    try:
        board.read(board_file(election), bytes(election.chain0))
    except board.BrokenBoard:
        return False
    return True


def _figures_of(question, asked) -> QuestionFigures:
    sums = Tally.objects.filter(question=question).aggregate(
        valid=Sum("valid"), blank=Sum("blank"), invalid=Sum("invalid")
    )
    stored = OpenedBallot.objects.filter(question=question)
    return QuestionFigures(
        key=question.key,
        asked=asked,
        valid=sums["valid"] or 0,
        blank=sums["blank"] or 0,
        invalid=sums["invalid"] or 0,
        stored=stored.count(),
        choices=sum(votes_of(question).values()),
        at_most=question.at_most,
    )


def _reconciliation(election, result, questions) -> dict:
    found = figures(election)
    return {
        "roll": found.roll,
        "participants": {channel.value: n for channel, n in found.participants.items()},
        "opened": found.opened,
        "equal": result["equal"],
        "unreadable": result["unreadable"],
        "questions": {
            each.key: {
                "asked": each.asked,
                "valid": each.valid,
                "blank": each.blank,
                "invalid": each.invalid,
                "choices": each.choices,
                "at_most": each.at_most,
            }
            for each in found.questions
        },
        "equations": [
            {"name": each.name, "left": each.left, "sign": each.sign, "right": each.right}
            for each in rules.equations(found)
        ],
    }


def _result(election, questions) -> dict:
    won: dict[int, list[int]] = {}
    for question_id, number in (
        Outcome.objects.of(election).won().values_list("option__question_id", "option__number")
    ):
        won.setdefault(question_id, []).append(number)
    return {
        "tie_seed": election.tie_value,
        "questions": {
            question.key: {
                "votes": votes_of(question),
                "tie_order": list(tie_order(election, question)),
                "winners": won.get(question.pk, []),
                **_begun_with(election, question),
            }
            for question in questions
        },
    }


def _begun_with(election, question) -> dict:
    """With Equal Shares: what each ballot began with in the end, as an exact fraction."""
    if question.rule != Rule.EQUAL_SHARES:
        return {}
    profile, method = whole_count(election, question)
    return {"endowment": str(method(profile).endowment or 0)}
