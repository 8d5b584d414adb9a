"""Publication: only when everything adds up, and with all that is needed to count again."""

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from django.db import transaction
from django.db.models import Count, F, Sum

from maeul.core.refusal import refuse_if
from maeul.vault.ballot import board, bundling, rules, verify
from maeul.vault.ballot.actions.acts import confirmed_by, locked, note, officers_of
from maeul.vault.ballot.actions.board import board_file, closing
from maeul.vault.ballot.actions.boxes import (
    booths_with_boxes,
    figures_of,
    figures_of_hall,
    struck_sheets,
)
from maeul.vault.ballot.actions.count import is_counted, tie_order, votes_of, whole_count
from maeul.vault.ballot.actions.freeze import hash_of_roll
from maeul.vault.ballot.actions.heads import gone_of
from maeul.vault.ballot.actions.opening import (
    asked_electronically,
    confirmed_result,
    fixed_hash,
    list_file,
)
from maeul.vault.ballot.actions.outside import facts_of
from maeul.vault.ballot.actions.paper_count import (
    asked_on_paper,
    closed_batches,
    discrepancies,
    is_as_entered,
    paper_leaves,
    rows_without,
    sheets_of,
    told_apart,
)
from maeul.vault.ballot.actions.rulings import lost_booths
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
            State(election.state),
            counted=is_counted(election),
            figures=figures(election),
            explained=explained(election),
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
    sealed, on_paper = asked_electronically(election, frozen), asked_on_paper(election, frozen)
    leaves = {bytes(leaf) for leaf in election.board.values_list("leaf", flat=True)}
    promised = {bytes(each) for each in election.envelopes.values_list("tracker", flat=True)}
    promised |= paper_leaves(election) | act_leaves(election) | gone_of(election)
    result = confirmed_result(election)
    return Figures(
        roll=election.electors.count(),
        participants=participants(election),
        opened=result["ballots"] if result else 0,
        board_is_whole=leaves == promised and _hangs_together(election),
        roll_is_as_frozen=hash_of_roll(election) == bytes(election.roll_hash),
        poll_book_is_as_derived=poll_book_is_as_derived(election),
        list_is_as_fixed=sha256(list_file(election)).hexdigest() == fixed_hash(election),
        questions=[
            _figures_of(question, sealed[question.key] + on_paper.get(question.key, 0))
            for question in election.questions.order_by("position").select_related("election")
        ],
        booths=figures_of_hall(election)
        if election.is_hall
        else [figures_of(booth) for booth in booths_with_boxes(election)],
        paper_is_as_entered=is_as_entered(election),
    )


def explained(election) -> set[str]:
    """Equations for which two officers published a reason."""
    by: dict[str, set[int]] = {}
    for act in election.acts.filter(act="explained"):
        by.setdefault(act.facts["equation"], set()).add(act.by_id)
    return {equation for equation, people in by.items() if len(people) >= 2}


def act_leaves(election) -> set[bytes]:
    acts = election.acts.filter(leaf__isnull=False)
    return {bytes(leaf) for leaf in acts.values_list("leaf", flat=True)}


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
    batches = paper_batches(election)
    rows = rows_without(election, [json.loads(each.content) for each in batches if each.nonce])
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
        "heads/closing.txt": f"{closing(election)[1].hex()}\n".encode(),
        "heads/last.txt": f"{election.head().hex()}\n".encode(),
        "list.sha256": f"{fixed_hash(election)}  list.jsonl\n".encode(),
        "ballots.csv": bundling.ballots_csv(rows),
        "paper_batches.csv": bundling.paper_csv(batches),
        "reconciliation.json": bundling.as_json(_reconciliation(election, result, questions)),
        "result.json": bundling.as_json(_result(election, questions)),
        "verify.py": Path(verify.__file__).read_bytes(),
    }
    standing = election.outside_totals.standing()
    if standing:
        told = {totals.number: facts_of(totals) for totals in standing}
        files["outside.csv"] = bundling.outside_csv(told)
    return files | bundling.pb_files(election.frozen(), rows, whole=whole)


def paper_batches(election) -> list[bundling.PaperBatch]:
    """Of each closed batch what is told: small ones only by their number of sheets."""
    frozen = election.frozen()
    sealed, on_paper = asked_electronically(election, frozen), asked_on_paper(election, frozen)
    asked = {key: n + on_paper.get(key, 0) for key, n in sealed.items()}
    apart = told_apart(election, asked)
    return [
        bundling.PaperBatch(
            number=batch.number,
            booths=[(share.booth.number, share.sheets) for share in batch.shares.all()],
            style=batch.style,
            sheets=batch.sheets,
            leaf=bytes(batch.closing.leaf),
            nonce=bytes(batch.closing.nonce) if batch.number in apart else b"",
            content=bytes(batch.closing.content) if batch.number in apart else b"",
        )
        for batch in closed_batches(election)
    ]


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
        stored=None if question.election.is_hall else stored.count(),
        choices=question.marks_opened().total(),
        at_most=question.at_most,
    )


def _reconciliation(election, result, questions) -> dict:
    found = figures(election)
    return {
        "roll": election.roll_size,
        "supplementary": found.roll - election.roll_size,
        "participants": {channel.value: n for channel, n in found.participants.items()},
        "opened": found.opened,
        "equal": result["equal"] if result else 0,
        "unreadable": result["unreadable"] if result else 0,
        "paper": _paper_told(election, found),
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


def _paper_told(election, found) -> dict:
    """By booth what was counted by hand and what the check-ins say; by batch how often the two
    who entered it differed; what was withdrawn."""
    told = discrepancies(election)
    return {
        "sheets": sheets_of(election),
        "booths": [asdict(booth) for booth in found.booths],
        "struck": {str(booth.number): struck_sheets(booth) for booth in election.booths.all()},
        "photos": {
            str(booth.number): booth.report.photo.sha256
            for booth in election.booths.filter(report__isnull=False).select_related(
                "report__photo"
            )
        },
        "lost": list(
            election.booths.filter(pk__in=lost_booths(election)).values_list("number", flat=True)
        ),
        "differences": [
            {"batch": each.number, "sheets": each.sheets, "differing": each.differing}
            for each in told.batches
        ],
        "withdrawn": [
            {"batch": each.batch.number, "reason": each.reason} for each in told.withdrawn
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
