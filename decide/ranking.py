"""Ranked ballots by Borda: a place on a ballot is worth points, the most points win.

With m options the first place is worth m-1 points, the next m-2, down to 0 (Borda 1784); a city may
fix its own worths instead (Kraków: 3, 2, 1).  What an option gets that a ballot does not rank is a
choice that changes winners, so it is an argument:

* `Unranked.NOTHING`: no points (cities do this; it rewards ranking few options)
* `Unranked.SHARED`: the unranked options share the points of the places that were left, equally
  (Dummett's treatment of ties, "The Borda count and agenda manipulation", 1998)

Sums are exact fractions.  A ballot that ranks an option twice, an unknown one, or more or fewer
than allowed is invalid, and one that ranks nothing is blank.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

from decide.approval import Invalid, why_invalid
from decide.errors import Code, DecideError, whole
from decide.ties import Tie, equal_votes, ranked


class Unranked(StrEnum):
    """What an option gets from a ballot that does not rank it."""

    NOTHING = "nothing"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Ranked:
    """Where one option ended.

    `missing_ballots` further ballots with it alone in first place would have made it win (0 for a
    winner; None when no number would, because such a ballot helps a rival as much).
    """

    option: str
    points: Fraction
    firsts: int  # ballots with it in first place
    won: bool
    missing_ballots: int | None


@dataclass(frozen=True, slots=True)
class Result:
    winners: tuple[str, ...]  # most points first
    ranking: tuple[Ranked, ...]
    ties: tuple[Tie, ...]  # `votes` of a tie: points times `unit`
    unit: int  # the common denominator of all points
    worths: tuple[int, ...]
    valid: int
    blank: int
    invalid: int
    why_invalid: dict[Invalid, int]


def borda(
    ballots: Iterable[Sequence[str]],
    *,
    options: Collection[str],
    ties: Sequence[str],
    seats: int = 1,
    worths: Sequence[int] | None = None,
    unranked: Unranked = Unranked.NOTHING,
    at_least: int = 0,
    at_most: int | None = None,
) -> Result:
    """Count ranked ballots, most wanted first.

    >>> ballots = [["a", "b", "c"], ["b", "a", "c"], ["b"], ["c", "a", "b"]]
    >>> result = borda(ballots, options="abc", ties="abc")
    >>> result.winners, [(r.option, str(r.points), r.missing_ballots) for r in result.ranking]
    (('b',), [('b', '5', 0), ('a', '4', 1), ('c', '2', 2)])
    >>> shared = borda(ballots, options="abc", ties="abc", unranked=Unranked.SHARED)
    >>> [(r.option, str(r.points)) for r in shared.ranking]
    [('b', '5'), ('a', '9/2'), ('c', '5/2')]
    """
    names = list(options)
    worth = list(worths) if worths is not None else list(range(len(names) - 1, -1, -1))
    for value in worth:
        whole("worths", value)
    if worth != sorted(worth, reverse=True):
        raise DecideError(Code.OUT_OF_RANGE, what="worths", value=tuple(worth))
    if whole("seats", seats) == 0:
        raise DecideError(Code.OUT_OF_RANGE, what="seats", value=seats, least=1)
    worth = (worth + [0] * len(names))[: len(names)]

    counted = Counter(tuple(ballot) for ballot in ballots)
    blank = counted.pop((), 0)
    reasons: Counter[Invalid] = Counter()
    points = dict.fromkeys(names, Fraction(0))
    firsts = dict.fromkeys(names, 0)
    valid = 0
    for ballot, times in counted.items():
        why = why_invalid(ballot, options=points.keys(), at_least=at_least, at_most=at_most)
        if why:
            reasons[why] += times
            continue
        valid += times
        firsts[ballot[0]] += times
        for option, value in zip(ballot, worth, strict=False):
            points[option] += value * times
        share = _share(worth, len(ballot), unranked)
        for option in points.keys() - set(ballot) if share else ():
            points[option] += share * times

    unit = lcm(*(sum_.denominator for sum_ in points.values())) if points else 1
    whole_points = {option: int(sum_ * unit) for option, sum_ in points.items()}
    order = ranked(whole_points, ties=ties)
    winners = tuple(order[:seats])
    place = {option: number for number, option in enumerate(ties)}
    lead = worth[0] - _share(worth, 1, unranked) if worth else Fraction(0)

    def missing(option: str) -> int | None:
        """A further ballot brings it `lead` points nearer to every rival, so one division tells."""
        if option in winners:
            return 0
        rival = order[seats - 1]  # whoever passes the last winner has passed all others but seats-1
        gap = points[rival] - points[option]
        if lead == 0:
            return None
        ballots = -(-gap // lead)
        level = ballots * lead == gap and place[option] > place[rival]
        return int(ballots) + level

    return Result(
        winners=winners,
        ranking=tuple(
            Ranked(option, points[option], firsts[option], option in winners, missing(option))
            for option in order
        ),
        ties=tuple(
            Tie(tied, votes, decisive=0 < len(set(tied) & set(winners)) < len(tied))
            for votes, tied in equal_votes(order, votes=whole_points)
        ),
        unit=unit,
        worths=tuple(worth),
        valid=valid,
        blank=blank,
        invalid=reasons.total(),
        why_invalid={why: reasons[why] for why in Invalid if reasons[why]},
    )


def _share(worth: Sequence[int], ranked_options: int, unranked: Unranked) -> Fraction:
    """What each unranked option gets from a ballot that ranks so many."""
    left = worth[ranked_options:]
    if unranked is Unranked.NOTHING or not left:
        return Fraction(0)
    return Fraction(sum(left), len(left))
