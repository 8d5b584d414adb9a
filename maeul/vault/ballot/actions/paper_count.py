"""What the closed batches of paper say, and what is told of them."""

from collections import Counter
from dataclasses import dataclass

from maeul.core.no import No
from maeul.vault.ballot import marks, paper
from maeul.vault.ballot.actions.batches import batch_now
from maeul.vault.ballot.actions.boxes import (
    booths_with_boxes,
    in_box,
    left_in_box,
    struck_sheets,
)
from maeul.vault.ballot.models import (
    BatchClosing,
    BatchWithdrawal,
    OpenedBallot,
    PaperBatch,
    Tally,
)
from maeul.vault.ballot.rules import ELECTRONIC, SMALLEST_CELL, Shown, Why


def is_electronic(election) -> bool:
    return bool(ELECTRONIC & set(election.channels))


def why_not_ready(election) -> No | None:
    """What is still to be done with the paper."""
    if election.is_hall:
        return None if hasattr(election, "totals") else No(Why.TOTALS_MISSING)
    booths = list(booths_with_boxes(election))
    unclosed = election.paper_batches.standing().filter(closing=None)
    return paper.why_not_ready(
        paper.Boxes(
            uncounted=[booth.name for booth in booths if in_box(booth) is None],
            unbatched={booth.name: left_in_box(booth) or 0 for booth in booths},
            unclosed=list(unclosed.values_list("number", flat=True)),
        )
    )


def closed_batches(election):
    return (
        PaperBatch.objects.filter(election=election)
        .closed()
        .select_related("election", "closing")
        .prefetch_related("shares__booth")
        .order_by("number")
    )


def sheets_of(election) -> int:
    """Sheets of closed batches; of a hall vote, slips counted aloud."""
    if election.is_hall:
        return election.totals.said["slips"] if hasattr(election, "totals") else 0
    return sum(batch.sheets for batch in closed_batches(election))


def asked_on_paper(election, frozen) -> dict[str, int]:
    """Sheets in the count whose style has the question."""
    if election.is_hall:
        return {question.key: sheets_of(election) for question in frozen.questions}
    asked: Counter[str] = Counter()
    for batch in closed_batches(election):
        for key in frozen.styles[batch.style]:
            asked[key] += batch.sheets
    return asked


def said_on_paper(election) -> dict[str, dict[str, list]]:
    """Per question and style what every sheet says; None is invalid."""
    said: dict[str, dict[str, list]] = {}
    for batch in closed_batches(election):
        for sheet in batch_now(batch).final():
            for key, choices in sheet.items():
                said.setdefault(key, {}).setdefault(batch.style, []).append(choices)
    return said


def is_as_entered(election) -> bool:
    """Whether every leaf is the hash of what was entered, and stands on the board."""
    leaves = {bytes(leaf) for leaf in election.board.values_list("leaf", flat=True)}
    return all(
        batch.closing.is_leaf and bytes(batch.closing.leaf) in leaves
        for batch in closed_batches(election)
    )


def told_apart(election, asked) -> set[int]:
    """Numbers of batches whose sums are published."""
    frozen = election.frozen()
    summed = {
        question.key
        for question in election.questions.all()
        if question.whole_ballots != Shown.PUBLIC
    }
    return paper.batches_told(
        [
            (batch.number, summed & set(frozen.styles[batch.style]), batch.sheets)
            for batch in closed_batches(election)
        ],
        asked={key: number for key, number in asked.items() if key in summed},
    )


def paper_leaves(election) -> set[bytes]:
    closings = BatchClosing.objects.filter(batch__election=election)
    return {bytes(leaf) for leaf in closings.values_list("leaf", flat=True)}


@dataclass(frozen=True, slots=True)
class BatchDifferences:
    number: int
    sheets: int
    differing: int


@dataclass(frozen=True, slots=True)
class Discrepancies:
    """What did not agree at first, for everybody to read."""

    batches: list[BatchDifferences]
    withdrawn: list[BatchWithdrawal]
    struck: int
    """Sheets of people who were not who they said: nobody can tell them from the others."""

    @property
    def differing(self) -> int:
        return sum(each.differing for each in self.batches)


def discrepancies(election) -> Discrepancies:
    withdrawn = BatchWithdrawal.objects.filter(batch__election=election)
    return Discrepancies(
        batches=[
            BatchDifferences(batch.number, batch.sheets, len(batch_now(batch).differing))
            for batch in closed_batches(election)
        ],
        withdrawn=list(withdrawn.select_related("batch").order_by("batch__number")),
        struck=sum(struck_sheets(booth) for booth in booths_with_boxes(election)),
    )


def blank_and_invalid(election) -> dict[str, int]:
    """Sheets that say nothing at all, and those that cannot be told for some question; nothing
    where there are so few that it would tell too much."""
    if sheets_of(election) < SMALLEST_CELL or election.is_hall:
        return {}
    sheets = [sheet for batch in closed_batches(election) for sheet in batch_now(batch).final()]
    return {
        "blank": sum(all(said == () for said in sheet.values()) for sheet in sheets),
        "invalid": sum(any(said is None for said in sheet.values()) for sheet in sheets),
    }


def rows_without(election, batches) -> list[tuple[str, str, str]]:
    """`ballots.csv`: question, cell, and what is told of everything that is not told as a batch's
    sum.

    Where only sums are told, a row is one mark: a batch's marks are taken out of them.
    """
    tallies = Tally.objects.filter(question__election=election)
    cells = set(tallies.values_list("question__position", "cell"))
    fallback = election.frozen().fallback_cell
    questions = {question.key: question for question in election.questions.all()}
    rows: list[tuple[str, str, str]] = []
    votes: Counter[tuple[str, str, str]] = Counter()
    opened = OpenedBallot.objects.filter(question__election=election)
    for position, cell, *said in opened.values_list(
        "question__position", "cell", "choices", "points"
    ):
        question, answer = questions[f"q{position}"], marks.put_together(*said)
        if question.whole_ballots == Shown.PUBLIC:
            rows.append((question.key, cell, question.how.text(answer)))
        else:
            told = map(question.how.told, question.how.marks(answer))
            votes.update((question.key, cell, mark) for mark in told)
    for position, cell, told in tallies.exclude(votes=None).values_list(
        "question__position", "cell", "votes"
    ):
        votes.update({(f"q{position}", cell, number): n for number, n in told.items()})
    for content in batches:
        for key, told in content["questions"].items():
            cell = content["style"]
            cell = cell if (int(key[1:]), cell) in cells else fallback
            for mark, n in told.get("votes", {}).items():
                votes[key, cell, mark] -= n
    for row, n in votes.items():
        rows += [row] * n
    return rows
