"""Paper in the count: what is allowed of boxes, batches and entries, and what is told of them.

Pure: values in, an answer out.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Protocol

from maeul.core.no import No
from maeul.vault.ballot import marks
from maeul.vault.ballot.marks import Answer, Choosing
from maeul.vault.ballot.rules import SMALLEST_CELL, Shown, State, Why

Said = Mapping[str, Sequence[Any] | None]
"""What is read from a sheet: per question the answer, or None where it cannot be told."""

Judged = dict[str, Answer | None]
"""The same after the limits of each question; None is invalid, nothing chosen is blank."""


class Part(StrEnum):
    """Two people enter a batch without seeing each other's entries; a third settles."""

    FIRST = "first"
    SECOND = "second"
    SETTLING = "settling"


BLIND = (Part.FIRST, Part.SECOND)


class Asked(Protocol):
    """A question as it is frozen."""

    @property
    def key(self) -> str: ...
    @property
    def how(self) -> Choosing: ...
    def is_answer(self, answer: Sequence[Any]) -> bool: ...
    def keeps_limits(self, answer: Sequence[Any]) -> bool: ...


# Boxes


def why_not_count_box(
    state: State, *, is_fixed: bool, is_lost: bool, is_counted: bool, sheets: int
) -> No | None:
    """Boxes stay shut until it is decided what lies in them."""
    if state != State.CLOSED:
        return No(Why.NOT_CLOSED)
    if not is_fixed:
        return No(Why.BOX_STILL_SHUT)
    if is_lost:
        return No(Why.BOOTH_IS_LOST)
    if is_counted:
        return No(Why.BOX_IS_COUNTED)
    return No(Why.NO_NUMBER_OF_SHEETS) if sheets < 0 else None


def agreed(counts: Mapping[int, int]) -> int | None:
    """The number that two people counted alike; `counts` holds the newest of each person."""
    alike = [sheets for sheets, people in Counter(counts.values()).items() if people >= 2]
    return alike[0] if len(alike) == 1 else None


# Batches


def why_not_make_batch(
    state: State,
    *,
    style: str,
    styles: Collection[str],
    shares: Mapping[str, int],
    left: Mapping[str, int | None],
    same_style: Sequence[int],
) -> No | None:
    """A batch has a number of sheets from one or several booths, all of one style.

    `shares` and `left` are told by booth: what goes into this batch, and what is left of the box
    (None where it is not counted).  Fewer than 20 sheets are mixed with another booth's; only
    when there are no more of this style at all may they stand alone.
    """
    if state != State.CLOSED:
        return No(Why.NOT_CLOSED)
    if style not in styles:
        return No(Why.UNKNOWN_STYLE)
    if not shares or any(sheets < 1 for sheets in shares.values()):
        return No(Why.NO_NUMBER_OF_SHEETS)
    for booth, sheets in shares.items():
        rest = left.get(booth)
        if rest is None:
            return No(Why.BOX_NOT_COUNTED, booth=booth)
        if sheets > rest:
            return No(Why.MORE_THAN_IN_THE_BOX, booth=booth, left=rest)
    total = sum(shares.values())
    if same_style and min(total, *same_style) < SMALLEST_CELL:
        return No(Why.BATCH_TOO_SMALL, smallest=SMALLEST_CELL)
    return None


def why_not_withdraw(*, is_withdrawn: bool, is_closed: bool, reason: str) -> No | None:
    if is_withdrawn or is_closed:
        return No(Why.BATCH_IS_OVER)
    return None if reason.strip() else No(Why.REASON_MISSING)


@dataclass(frozen=True, slots=True)
class BatchNow:
    """How far a batch is.  `entered` holds per part what was read from each sheet."""

    sheets: int
    is_over: bool
    """Closed or withdrawn."""
    clerks: Mapping[Part, int]
    entered: Mapping[Part, Mapping[int, Judged]]

    def of(self, part: Part) -> Mapping[int, Judged]:
        return self.entered.get(part, {})

    def is_entered(self, part: Part) -> bool:
        return len(self.of(part)) == self.sheets

    @property
    def both_entered(self) -> bool:
        return all(self.is_entered(part) for part in BLIND)

    @property
    def differing(self) -> list[int]:
        """Sheets that the two read differently; told only when both are through."""
        if not self.both_entered:
            return []
        first, second = (self.of(part) for part in BLIND)
        return [sheet for sheet in sorted(first) if first[sheet] != second[sheet]]

    @property
    def unsettled(self) -> list[int]:
        return [sheet for sheet in self.differing if sheet not in self.of(Part.SETTLING)]

    def final(self) -> list[Judged]:
        """What counts of each sheet, in the order of sheets."""
        first, settled = self.of(Part.FIRST), self.of(Part.SETTLING)
        return [settled.get(sheet, first[sheet]) for sheet in sorted(first)]


def why_not_take_turn(now: BatchNow, *, part: Part, by: int) -> No | None:
    """Each part is one person's, and nobody has two parts of a batch."""
    if now.is_over:
        return No(Why.BATCH_IS_OVER)
    if now.clerks.get(part) == by:
        return None
    if part in now.clerks:
        return No(Why.TURN_TAKEN)
    if by in now.clerks.values():
        return No(Why.TURN_OF_ANOTHER)
    if part == Part.SETTLING and not now.both_entered:
        return No(Why.NOTHING_TO_SETTLE)
    return None


def why_not_enter(
    now: BatchNow, *, part: Part, sheet: int, said: Said, asked: Sequence[Asked]
) -> No | None:
    """Once for each sheet; the third person only where the two differ."""
    if now.is_over:
        return No(Why.BATCH_IS_OVER)
    if not 1 <= sheet <= now.sheets:
        return No(Why.MORE_THAN_COUNTED, sheets=now.sheets)
    if part == Part.SETTLING and sheet not in now.differing:
        return No(Why.NOTHING_TO_SETTLE)
    if sheet in now.of(part):
        return No(Why.SHEET_ENTERED, sheet=sheet)
    if said.keys() != {question.key for question in asked} or any(
        not question.is_answer(_in_order(question, said[question.key])) for question in asked
    ):
        return No(Why.NOT_ON_THE_SHEET)
    return None


def why_not_close_batch(now: BatchNow) -> No | None:
    if now.is_over:
        return No(Why.BATCH_IS_OVER)
    if not now.both_entered:
        return No(Why.ENTRIES_MISSING, sheets=now.sheets)
    if now.unsettled:
        return No(Why.STILL_DIFFERENT, number=len(now.unsettled))
    return None


def judged(asked: Sequence[Asked], said: Said) -> Judged:
    """A broken limit makes a sheet invalid for that question alone."""
    result: Judged = {}
    for question in asked:
        answer = _in_order(question, said[question.key])
        kept = said[question.key] is not None and question.keeps_limits(answer)
        result[question.key] = answer if kept else None
    return result


def _in_order(question: Asked, said: Sequence[Any] | None) -> Answer:
    """As an honest device would have written it."""
    return question.how.read(question.how.text(marks.answer(said or ())))


# Ready or not


@dataclass(frozen=True, slots=True)
class Boxes:
    """What is still to be done with the paper before two officers can confirm the counts."""

    uncounted: Sequence[str] = ()
    """Booths whose box nobody, or one person, has counted."""
    unbatched: Mapping[str, int] | None = None
    """Booths with sheets in no batch."""
    unclosed: Sequence[int] = ()
    """Numbers of batches that are not closed."""


def why_not_ready(boxes: Boxes) -> No | None:
    if boxes.uncounted:
        return No(Why.BOX_NOT_COUNTED, booth=", ".join(boxes.uncounted))
    for booth, sheets in (boxes.unbatched or {}).items():
        if sheets:
            return No(Why.SHEETS_LEFT, booth=booth, left=sheets)
    if boxes.unclosed:
        return No(Why.BATCHES_OPEN, batches=", ".join(map(str, boxes.unclosed)))
    return None


# What is told


def content_of(
    *,
    number: int,
    booths: Sequence[int],
    style: str,
    sheets: Sequence[Judged],
    asked: Sequence[Asked],
    shown: Mapping[str, Shown],
    nonce: bytes,
) -> bytes:
    """What the leaf of a batch promises: its sums; of whole ballots that are shown among all
    others a hash of them, so that the batch tells no pattern."""
    questions: dict[str, dict[str, Any]] = {}
    for question in asked:
        key, how = question.key, question.how
        said = [sheet[key] for sheet in sheets]
        if shown[key] == Shown.PUBLIC:
            lines = sorted("-" if one is None else how.text(one) for one in said)
            questions[key] = {"ballots": sha256(nonce + "\n".join(lines).encode()).hexdigest()}
            continue
        votes = Counter(mark for one in said for mark in how.marks(one or ()))
        questions[key] = {
            "valid": sum(bool(one) for one in said),
            "blank": sum(one == () for one in said),
            "invalid": sum(one is None for one in said),
            "votes": {how.told(mark): votes[mark] for mark in sorted(votes)},
        }
    content = {
        "batch": number,
        "booths": sorted(booths),
        "style": style,
        "sheets": len(sheets),
        "questions": questions,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def leaf_of(nonce: bytes, content: bytes) -> bytes:
    return sha256(nonce + content).digest()


Opened = dict[str, dict[str, Any]]
"""Per cell: `invalid`, and `opened`, the choices of every other ballot."""


def with_paper(
    cells: Opened,
    sheets: Mapping[str, Sequence[Answer | None]],
    *,
    smallest: int,
    fallback: str,
) -> Opened:
    """Sheets beside the opened ballots of one question, in the cells of their styles.

    As with the opener, all cells become one as soon as one of them is too small or of one mind.
    """
    together: dict[str, list[Answer | None]] = {}
    for cell, content in cells.items():
        together[cell] = [marks.answer(each) for each in content["opened"]]
        together[cell] += [None] * content["invalid"]
    for style, said in sheets.items():
        if said:
            together.setdefault(fallback if fallback in cells else style, []).extend(said)
    if len(together) > 1 and any(
        len(said) < smallest or len(set(said)) == 1 for said in together.values()
    ):
        together = {fallback: [one for said in together.values() for one in said]}
    return {
        cell: {
            "invalid": sum(one is None for one in said),
            "opened": [list(one) for one in said if one is not None],
        }
        for cell, said in together.items()
    }


def batches_told(
    batches: Iterable[tuple[int, Collection[str], int]], *, asked: Mapping[str, int]
) -> set[int]:
    """Numbers of batches whose sums are told apart: those of at least 20 sheets, as long as what
    is left of a question, told only within the total, is nothing or at least 20 as well.

    `batches`: number, questions of which sums are told, sheets; `asked`: ballots per question.
    """
    big = sorted((each for each in batches if each[2] >= SMALLEST_CELL), key=lambda each: each[2])
    while True:
        short = next(
            (
                key
                for key, ballots in asked.items()
                if 0 < ballots - sum(n for _, keys, n in big if key in keys) < SMALLEST_CELL
                and any(key in keys for _, keys, _ in big)
            ),
            None,
        )
        if short is None:
            return {number for number, _, _ in big}
        big.remove(next(each for each in big if short in each[1]))


def not_handed_in(*, given: int, back: int, refused: int, in_box: int) -> int:
    """Sheets that went away with somebody: given at the table, neither given back, nor shut in
    an envelope that was refused, nor in the box."""
    return max(0, given - back - refused - in_box)


# The audit


def why_not_note_answers(*, asked: int, true: int, untrue: int) -> No | None:
    """No more answers than letters; without the public number nobody was drawn."""
    if not asked:
        return No(Why.NOBODY_ASKED)
    return No(Why.MORE_ANSWERS_THAN_LETTERS, asked=asked) if true + untrue > asked else None


def sample(sheets: int, *, size: int, seed: str) -> list[int]:
    """Which sheets are looked at again: the lowest of SHA-256 of the seed and the number.

    >>> sample(5, size=2, seed="3 11 19 표본 1")
    [2, 5]
    """
    drawn = sorted(
        range(1, sheets + 1), key=lambda number: sha256(f"{seed}\n{number}".encode()).digest()
    )
    return sorted(drawn[:size])
