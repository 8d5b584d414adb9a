"""Opening the sealed ballots: a list without names and two private keys in, choices out.

The list holds per ballot its cell, its style, its tracker and the sealed bytes, sorted by
tracker: nothing of a person, no time.  What comes out is shuffled for each question apart,
so that nothing leads from a line of the result to a line of the list.  Pure.
"""

import json
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from secrets import SystemRandom, token_hex
from typing import Any

from nacl.public import PrivateKey

from . import board, manifest, marks, sealing
from .manifest import Manifest
from .marks import Answer

LIST_FORMAT = "maeul-list-1"
RESULT_FORMAT = "maeul-opening-1"
PROGRAM = "maeul.vault.ballot.opener"
HOLDERS_FILE = "maeul.holders.html"
PROGRAMS = (PROGRAM, HOLDERS_FILE)
"""The command line's and the holders' file: two programs, written apart, that open alike."""


class CannotOpen(ValueError):
    """Something given to the opener does not fit; `code` says what, nothing was opened."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Line:
    """One sealed ballot on the list."""

    cell: str
    style: str
    tracker: bytes
    sealed: bytes


def write_list(chain0: bytes, lines: Iterable[Line]) -> bytes:
    """The fixed list, by tracker.  Its SHA-256 is read aloud before any key is brought out."""
    rows: list[dict[str, Any]] = [{"format": LIST_FORMAT, "chain0": chain0.hex()}]
    rows += [
        {
            "cell": line.cell,
            "style": line.style,
            "tracker": line.tracker.hex(),
            "sealed": b64encode(line.sealed).decode(),
        }
        for line in sorted(lines, key=lambda line: line.tracker)
    ]
    return "".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows
    ).encode()


def read_list(content: bytes, chain0: bytes) -> list[Line]:
    try:
        first, *rows = [json.loads(line) for line in content.splitlines()]
        if first != {"format": LIST_FORMAT, "chain0": chain0.hex()}:
            raise CannotOpen("list_of_another_election")
        lines = [
            Line(
                cell=row["cell"],
                style=row["style"],
                tracker=bytes.fromhex(row["tracker"]),
                sealed=b64decode(row["sealed"], validate=True),
            )
            for row in rows
        ]
    except CannotOpen:
        raise
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CannotOpen("not_a_list", str(error)) from error
    trackers = [line.tracker for line in lines]
    if trackers != sorted(set(trackers)):
        raise CannotOpen("list_not_by_tracker")
    return lines


def open_ballots(
    *,
    manifest_bytes: bytes,
    list_bytes: bytes,
    board_bytes: bytes,
    head: bytes,
    private_keys: Sequence[PrivateKey],
    random: Random | None = None,
) -> dict[str, Any]:
    """Check the list against board and head, take both locks off, sort out what is invalid.

    Of ballots that are equal after the first lock only one counts: whoever holds the outer
    lock could lock a copy again.  Cells that are too small are merged before anything is
    given out.
    """
    frozen = manifest.read(manifest_bytes)
    outer, inner = _keys_in_order(frozen, private_keys)
    lines = read_list(list_bytes, frozen.chain0)
    _refuse_what_is_not_on_the_board(lines, board_bytes, frozen, head)

    said: dict[str, dict[str, list[Answer | None]]] = {
        question.key: {} for question in frozen.questions
    }
    seen: set[bytes] = set()
    equal = unreadable = 0
    for line in lines:
        if line.style not in frozen.styles:
            raise CannotOpen("unknown_style", line.style)
        once = sealing.unseal(line.sealed, outer)
        if once is not None and once in seen:
            equal += 1
            answers = None
        else:
            twice = once and sealing.unseal(once, inner)
            answers = sealing.parse(frozen, line.style, twice) if twice else None
            unreadable += answers is None
        if once is not None:
            seen.add(once)
        for question in frozen.questions_of(line.style):
            answer = answers[question.key] if answers else None
            said[question.key].setdefault(line.cell, []).append(answer)

    return {
        "format": RESULT_FORMAT,
        "program": PROGRAM,
        "salt": token_hex(16),  # the file's hash is published: nobody shall find it by trying out
        "chain0": frozen.chain0.hex(),
        "head": head.hex(),
        "list": sha256(list_bytes).hexdigest(),
        "ballots": len(lines),
        "equal": equal,
        "unreadable": unreadable,
        "questions": {
            key: _given_out(_merged(cells, frozen), random or SystemRandom())
            for key, cells in said.items()
        },
    }


def write_result(result: dict[str, Any]) -> bytes:
    return (json.dumps(result, ensure_ascii=False, indent=1) + "\n").encode()


def read_result(content: bytes) -> dict[str, Any]:
    """A result file, its shape checked; whether it fits an election is asked elsewhere."""
    try:
        result = json.loads(content)
        if result["format"] != RESULT_FORMAT:
            raise CannotOpen("not_a_result", f"{result['format']!r}")
        for name in ("chain0", "head", "list"):
            if len(bytes.fromhex(result[name])) != 32:
                raise CannotOpen("not_a_result", name)
        for name in ("ballots", "equal", "unreadable"):
            _counted(result[name])
        if result["program"] not in PROGRAMS:
            raise CannotOpen("not_a_result", f"{result['program']!r}")
        for cells in result["questions"].values():
            for cell in cells.values():
                _counted(cell["invalid"])
                for answer in cell["opened"]:
                    _answered(answer)
    except CannotOpen:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CannotOpen("not_a_result", str(error)) from error
    return dict(result)


def same_outcome(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two openings give the same ballots, whatever their order."""

    def as_counted(result: dict[str, Any]) -> Any:
        questions = {
            key: {
                cell: (content["invalid"], Counter(map(marks.answer, content["opened"])))
                for cell, content in cells.items()
            }
            for key, cells in result["questions"].items()
        }
        return [result[name] for name in ("chain0", "head", "list", "ballots", "equal")], questions

    return bool(as_counted(one) == as_counted(other))


def alike(results: Sequence[dict[str, Any]]) -> list[list[int]]:
    """The places of results with the same outcome, put together."""
    groups: list[list[int]] = []
    for place, result in enumerate(results):
        for group in groups:
            if same_outcome(results[group[0]], result):
                group.append(place)
                break
        else:
            groups.append([place])
    return groups


def that_hold(results: Sequence[dict[str, Any]]) -> list[int]:
    """The places of the results that hold: alike, and opened by two different programs.

    Nobody chooses a result.  Where two openings differ a third is made, and two equal ones hold;
    one program run twice is no second opinion.  While two outcomes would hold, none does.
    """
    holding = [
        group
        for group in alike(results)
        if len({results[place]["program"] for place in group}) == len(PROGRAMS)
    ]
    return holding[0] if len(holding) == 1 else []


def _counted(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise CannotOpen("not_a_result", f"{value!r} is not a count")
    return value


def _answered(answer: Any) -> None:
    """Numbers, or pairs of a number and its points; that they fit the question is asked later."""
    if type(answer) is not list:
        raise CannotOpen("not_a_result", f"{answer!r}")
    for each in answer:
        if type(each) is list and len(each) != 2:
            raise CannotOpen("not_a_result", f"{answer!r}")
        for number in each if type(each) is list else [each]:
            _counted(number)


def _keys_in_order(frozen: Manifest, private_keys: Sequence[PrivateKey]) -> list[PrivateKey]:
    by_public = {bytes(key.public_key): key for key in private_keys}
    missing = [number for number, lock in enumerate(frozen.locks, 1) if lock not in by_public]
    if missing:
        raise CannotOpen("key_missing", " ".join(map(str, missing)))
    return [by_public[lock] for lock in frozen.locks]


def _refuse_what_is_not_on_the_board(
    lines: Sequence[Line], board_bytes: bytes, frozen: Manifest, head: bytes
) -> None:
    try:
        batches = board.read(board_bytes, frozen.chain0)
    except board.BrokenBoard as error:
        raise CannotOpen("broken_board", str(error)) from error
    if head != (batches[-1].head if batches else frozen.chain0):
        raise CannotOpen("another_head")
    leaves = {leaf for batch in batches for leaf in batch.leaves}
    for line in lines:
        if sealing.tracker_of(line.sealed) != line.tracker:
            raise CannotOpen("wrong_tracker", line.tracker.hex())
        if line.tracker not in leaves:
            raise CannotOpen("not_on_the_board", line.tracker.hex())


def _merged(
    cells: dict[str, list[Answer | None]], frozen: Manifest
) -> dict[str, list[Answer | None]]:
    """All cells in one as soon as one of them is too small or of one mind: a cell left
    alone could be found by subtraction."""
    if len(cells) < 2 or all(
        len(ballots) >= frozen.smallest_cell and len(set(ballots)) > 1 for ballots in cells.values()
    ):
        return cells
    return {frozen.fallback_cell: [each for ballots in cells.values() for each in ballots]}


def _given_out(cells: dict[str, list[Answer | None]], random: Random) -> dict[str, Any]:
    result = {}
    for cell, ballots in sorted(cells.items()):
        opened = [list(answer) for answer in ballots if answer is not None]
        random.shuffle(opened)
        result[cell] = {"invalid": len(ballots) - len(opened), "opened": opened}
    return result
