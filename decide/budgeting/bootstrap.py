"""How stable an outcome is: counted again on ballots drawn anew from those that were cast.

A recount draws as many ballots as were cast, each with equal chance and with replacement (Efron
1979); the share of recounts that a project wins says how much hangs on who happened to vote.
Recount number i of a seed is always the same, whoever counts it, so work is spread over processes
and anybody can repeat one of them.  As used for participatory budgets by Boehmer et al. 2024.
"""

import multiprocessing
import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from decide.budgeting.method import Method
from decide.budgeting.profile import Profile

SMALL = 2_000_000  # drawn ballots in all, below which starting processes costs more than it saves


@dataclass(frozen=True, slots=True)
class Stability:
    """How many of the recounts each project won, and how many had the very same winners."""

    recounts: int
    wins: dict[str, int]
    same: int  # recounts with exactly the winners of the election


def resample(profile: Profile, seed: str, number: int) -> Profile:
    """The ballots of recount `number`: drawn by NumPy's PCG64, seeded with SHA-256 of both.

    >>> election = Profile.from_ballots([["a"]] * 3 + [["b"]], {"a": 1, "b": 1}, budget=1)
    >>> resample(election, "2030-05-01", 7).votes() == resample(election, "2030-05-01", 7).votes()
    True
    """
    words = np.frombuffer(sha256(f"{seed}\n{number}".encode()).digest(), "<u4").tolist()
    generator = np.random.Generator(np.random.PCG64(words))
    voters = profile.voters()
    drawn = generator.integers(0, voters, size=voters) if voters else np.zeros(0, np.int64)
    ends = np.cumsum(profile.count)
    cast = np.bincount(drawn, minlength=voters)
    sums = np.concatenate([[0], np.cumsum(cast)])
    return profile.reweighted(sums[ends] - sums[ends - profile.count])


def bootstrap(
    profile: Profile,
    method: Method,
    *,
    recounts: int = 1000,
    seed: str = "1",
    processes: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Stability:
    """Recount so many times; `progress` hears how many are done.

    >>> election = Profile.from_ballots([["a"]] * 30 + [["b"]], {"a": 1, "b": 1}, budget=1)
    >>> bootstrap(election, Method("greedy", ties=("a", "b")), recounts=20)
    Stability(recounts=20, wins={'a': 20, 'b': 0}, same=20)
    """
    winners = frozenset(method(profile).winners)
    if processes is None:
        small = recounts * profile.voters() < SMALL
        processes = 1 if small else min(os.cpu_count() or 1, recounts)
    wins: Counter[str] = Counter()
    same = done = 0
    size = max(1, min(25, recounts // max(1, 4 * processes)))
    parts = [range(first, min(first + size, recounts)) for first in range(0, recounts, size)]

    def add(part: tuple[Counter[str], int], length: int) -> None:
        nonlocal same, done
        wins.update(part[0])
        same += part[1]
        done += length
        if progress:
            progress(done)

    if processes <= 1:
        for part in parts:
            add(_recount(profile, method, seed, part, winners), len(part))
    else:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(
            processes, mp_context=context, initializer=_begin, initargs=(profile, method, winners)
        ) as pool:
            lengths = {pool.submit(_recount_here, seed, part): len(part) for part in parts}
            for future in as_completed(lengths):
                add(future.result(), lengths[future])
    return Stability(recounts, {project: wins[project] for project in profile.projects}, same)


def _recount(
    profile: Profile, method: Method, seed: str, numbers: range, winners: frozenset[str]
) -> tuple[Counter[str], int]:
    wins: Counter[str] = Counter()
    same = 0
    for number in numbers:
        again = method(resample(profile, seed, number)).winners
        wins.update(again)
        same += frozenset(again) == winners
    return wins, same


_here: tuple[Profile, Method, frozenset[str]]  # what this process recounts


def _begin(profile: Profile, method: Method, winners: frozenset[str]) -> None:
    global _here
    _here = profile, method, winners


def _recount_here(seed: str, numbers: range) -> tuple[Counter[str], int]:
    profile, method, winners = _here
    return _recount(profile, method, seed, numbers, winners)
