"""The board: nothing can be dropped, added or exchanged unseen."""

from hashlib import sha256

import pytest

from maeul.vault.ballot import board

CHAIN0 = board.first_head(b"manifest")
LEAVES = sorted(sha256(bytes([n])).digest() for n in range(5))
FIRST = board.Batch(1, tuple(LEAVES[:3]), board.next_head(CHAIN0, LEAVES[:3]))
SECOND = board.Batch(2, tuple(LEAVES[3:]), board.next_head(FIRST.head, LEAVES[3:]))
GOOD = board.write(CHAIN0, [FIRST, SECOND])


def test_a_head_is_the_hash_of_the_one_before_and_the_leaves():
    assert FIRST.head == sha256(CHAIN0 + b"".join(LEAVES[:3])).digest()


def test_what_was_written_is_read_again():
    assert board.read(GOOD, CHAIN0) == (FIRST, SECOND)


def test_a_board_without_ballots_is_whole():
    assert board.read(board.write(CHAIN0, []), CHAIN0) == ()


def broken():
    lines = GOOD.splitlines(keepends=True)
    head0, leaf = FIRST.head.hex().encode(), LEAVES[0].hex().encode()
    yield "a dropped leaf", GOOD.replace(b'"' + leaf + b'",', b"")
    yield "a changed leaf", GOOD.replace(leaf, b"00" * 32)
    yield "a changed head", GOOD.replace(head0, b"00" * 32)
    yield "a dropped batch", lines[0] + lines[2]
    yield "exchanged batches", lines[0] + lines[2] + lines[1]
    yield "a batch twice", GOOD + lines[2]
    yield "no start", lines[1] + lines[2]
    yield "another start", GOOD.replace(CHAIN0.hex().encode(), b"11" * 32)
    yield "nothing", b""
    yield "no lines of a board", b"[]\n"
    twice = board.Batch(3, (LEAVES[0],), board.next_head(SECOND.head, [LEAVES[0]]))
    yield "a leaf in two batches", board.write(CHAIN0, [FIRST, SECOND, twice])
    yield (
        "an empty batch",
        board.write(CHAIN0, [FIRST, board.Batch(2, (), board.next_head(FIRST.head, []))]),
    )
    wrong = tuple(reversed(LEAVES[:3]))
    yield (
        "leaves out of order",
        board.write(CHAIN0, [board.Batch(1, wrong, sha256(CHAIN0 + b"".join(wrong)).digest())]),
    )


BROKEN = dict(broken())


@pytest.mark.parametrize("what", BROKEN)
def test_whatever_is_wrong_is_found(what):
    with pytest.raises(board.BrokenBoard):
        board.read(BROKEN[what], CHAIN0)
