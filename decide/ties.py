"""Ties: how an equal number of votes is decided, and what is written down of it.

No rule breaks a tie by itself.  It is handed an order of all options, the earlier one goes first:
either a list that was fixed before the vote (by age of the proposal, by number on the ballot), or
tickets drawn from a seed that nobody knew before the vote was over.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from decide.errors import Code, DecideError
from decide.sortition.draw import draw


@dataclass(frozen=True, slots=True)
class Tie:
    """Options with the same number of votes, in the order in which the tie put them."""

    options: tuple[str, ...]
    votes: int
    decisive: bool  # another order would have given other winners


def by_seed(options: Collection[str], *, seed: str) -> tuple[str, ...]:
    """The order that a public draw of all options gives, seed and tickets as in `draw`.

    >>> by_seed(["001", "002", "003"], seed="2030-05-01 행복동")
    ('002', '001', '003')
    """
    return draw(options, seats=len(options), seed=seed) if options else ()


def ranked(votes: Mapping[str, int], *, ties: Sequence[str]) -> list[str]:
    """Options by votes, most first; equal ones as `ties` has them.

    >>> ranked({"a": 1, "b": 2, "c": 1}, ties=["c", "b", "a"])
    ['b', 'c', 'a']
    """
    place = {option: number for number, option in enumerate(ties)}
    if place.keys() != votes.keys() or len(place) != len(ties):
        raise DecideError(
            Code.NOT_THE_SAME_OPTIONS, what="ties", differ=sorted(place.keys() ^ votes.keys())
        )
    return sorted(votes, key=lambda option: (-votes[option], place[option]))


def equal_votes(
    order: Iterable[str], *, votes: Mapping[str, int]
) -> Iterable[tuple[int, tuple[str, ...]]]:
    """Every run of two or more neighbours of `order` with the same number of votes."""
    for count, run in groupby(order, key=votes.__getitem__):
        options = tuple(run)
        if len(options) > 1:
            yield count, options
