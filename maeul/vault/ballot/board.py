"""The public board: numbers of sealed ballots in batches, each batch hanging on the one before.

`head[n] = SHA-256(head[n-1] ‖ leaves in ascending order)`, `head[0] = SHA-256(manifest)`.
Whoever wrote down a head can tell whether anything before it was dropped or changed.
Standard library only.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256


class BrokenBoard(ValueError):
    """The board does not hang together; `line` counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line = line
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Batch:
    number: int
    leaves: tuple[bytes, ...]
    head: bytes


def first_head(manifest: bytes) -> bytes:
    return sha256(manifest).digest()


def next_head(head: bytes, leaves: Iterable[bytes]) -> bytes:
    """
    >>> next_head(bytes(32), [b"b" * 32, b"a" * 32]) == next_head(bytes(32), [b"a" * 32, b"b" * 32])
    True
    """
    return sha256(head + b"".join(sorted(leaves))).digest()


def write(chain0: bytes, batches: Iterable[Batch]) -> bytes:
    """`board.jsonl`: a line per batch, the manifest's hash first."""
    lines: list[dict[str, object]] = [{"batch": 0, "leaves": [], "head": chain0.hex()}]
    lines += [
        {
            "batch": batch.number,
            "leaves": [leaf.hex() for leaf in batch.leaves],
            "head": batch.head.hex(),
        }
        for batch in batches
    ]
    return "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines).encode()


def read(content: bytes, chain0: bytes) -> tuple[Batch, ...]:
    """Every batch after the start, checked against the one before; else `BrokenBoard`."""
    return tuple(_checked(content, chain0))


def missing(own: Sequence[Batch], outside: Sequence[Batch]) -> tuple[Batch, ...]:
    """The batches that stand outside and not here; `BrokenBoard` where the two tell different
    things, for then none of them is the other's beginning."""
    for mine, theirs in zip(own, outside, strict=False):
        if mine != theirs:
            raise BrokenBoard(mine.number + 1, "this batch is another one outside")
    return tuple(outside[len(own) :])


def _checked(content: bytes, chain0: bytes) -> Iterator[Batch]:
    seen: set[bytes] = set()
    head = chain0
    lines = content.splitlines()
    if not lines:
        raise BrokenBoard(1, "the board is empty")
    for number, line in enumerate(lines):
        batch = _batch(line, number)
        if batch.number != number:
            raise BrokenBoard(number + 1, f"batch {number} is missing")
        if list(batch.leaves) != sorted(set(batch.leaves)):
            raise BrokenBoard(number + 1, "leaves are not in ascending order or occur twice")
        if not seen.isdisjoint(batch.leaves):
            raise BrokenBoard(number + 1, "a leaf stands in two batches")
        seen.update(batch.leaves)
        if number == 0:
            if batch.leaves or batch.head != chain0:
                raise BrokenBoard(1, "the board does not begin with this manifest")
            continue
        if not batch.leaves:
            raise BrokenBoard(number + 1, "an empty batch")
        head = next_head(head, batch.leaves)
        if batch.head != head:
            raise BrokenBoard(number + 1, "the head does not follow from the batch before")
        yield batch


def _batch(line: bytes, number: int) -> Batch:
    try:
        content = json.loads(line)
        batch = Batch(
            number=content["batch"],
            leaves=tuple(bytes.fromhex(leaf) for leaf in content["leaves"]),
            head=bytes.fromhex(content["head"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BrokenBoard(number + 1, "not a line of a board") from error
    if any(len(each) != 32 for each in (*batch.leaves, batch.head)):
        raise BrokenBoard(number + 1, "a number of the wrong length")
    return batch
