"""A weighted mix of bodies or channels: committee 50 % and residents 50 % (분과 50 : 주민 50).

Every body counts its own ballots; an option's share in a body is its votes divided by a base; its
score is the sum of weight times share over all bodies; the highest scores win.  The base is a
choice that changes winners, so it is an argument:

* `Per.CHOICES`: all votes that the body gave to any option (each body hands out just its weight)
* `Per.BALLOTS`: the ballots cast in the body (the share of its people who want the option)

A body in which nobody voted gives 0 to every option, so the other bodies decide alone.  Weights are
exact fractions that add up to 1; nothing is rounded before the comparison.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import lcm

from decide.errors import Code, DecideError, whole
from decide.quorum import Share
from decide.ties import Tie, equal_votes, ranked


class Per(StrEnum):
    """What an option's votes in a body are divided by."""

    CHOICES = "choices"
    BALLOTS = "ballots"


@dataclass(frozen=True, slots=True)
class Body:
    """The votes of one body or channel, and what its voice weighs."""

    votes: Mapping[str, int]
    weight: Share
    ballots: int | None = None  # needed with Per.BALLOTS


@dataclass(frozen=True, slots=True)
class Mixed:
    """One option: its score, the part of each body in it, and how near it was.

    `missing_votes[body]`: the fewest further ballots in that body for this option alone that would
    have made it win; 0 for a winner, None when no number would.
    """

    option: str
    score: Fraction
    parts: dict[str, Fraction]  # weight times share, by body
    won: bool
    missing_votes: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Result:
    winners: tuple[str, ...]
    ranking: tuple[Mixed, ...]
    ties: tuple[Tie, ...]  # `votes` of a tie: score times `unit`
    unit: int
    per: Per


def mix(
    bodies: Mapping[str, Body], *, ties: Sequence[str], seats: int, per: Per = Per.CHOICES
) -> Result:
    """Weigh the bodies and name the winners.

    >>> committee = Body({"lamps": 3, "bench": 7}, weight=Fraction(1, 2))
    >>> residents = Body({"lamps": 300, "bench": 100}, weight=Fraction(1, 2))
    >>> bodies = {"committee": committee, "residents": residents}
    >>> result = mix(bodies, ties=["lamps", "bench"], seats=1)
    >>> [(m.option, str(m.score), m.missing_votes) for m in result.ranking]
    [('lamps', '21/40', {'committee': 0, 'residents': 0}), \
('bench', '19/40', {'committee': 3, 'residents': 29})]
    """
    if whole("seats", seats) == 0:
        raise DecideError(Code.OUT_OF_RANGE, what="seats", value=seats, least=1)
    weights = {name: _weight(name, body) for name, body in bodies.items()}
    if sum(weights.values()) != 1:
        raise DecideError(Code.OUT_OF_RANGE, what="weights", value=sum(weights.values()), sum=1)
    options = set(ties)
    bases = {}
    for name, body in bodies.items():
        if body.votes.keys() != options:
            differ = sorted(body.votes.keys() ^ options)
            raise DecideError(Code.NOT_THE_SAME_OPTIONS, what=name, differ=differ)
        for option, votes in body.votes.items():
            whole(f"votes of {option}", votes)
        bases[name] = _base(name, body, per)

    parts = {
        option: {
            name: weights[name] * Fraction(body.votes[option], bases[name])
            if bases[name]
            else Fraction(0)
            for name, body in bodies.items()
        }
        for option in ties
    }
    scores = {option: sum(part.values(), Fraction(0)) for option, part in parts.items()}
    unit = lcm(*(score.denominator for score in scores.values())) if scores else 1
    whole_scores = {option: int(score * unit) for option, score in scores.items()}
    order = ranked(whole_scores, ties=ties)
    winners = tuple(order[:seats])
    place = {option: number for number, option in enumerate(ties)}

    def missing(option: str, name: str) -> int | None:
        """With n further ballots in the body the option beats a rival when

            weight · (votes - rival's + n) / (base + n) + lead elsewhere

        is above 0 (or 0, if the tie list puts it first).  Times (base + n) that is a straight line
        in n, so one division tells from where on it holds.  It has to hold against all but seats-1
        others.
        """
        if option in winners:
            return 0
        needs = []
        for rival in order:
            if rival == option:
                continue
            own = parts[option][name] - parts[rival][name]
            elsewhere = scores[option] - scores[rival] - own
            slope = weights[name] + elsewhere
            votes = bodies[name].votes
            level = place[option] < place[rival]
            start = weights[name] * (votes[option] - votes[rival]) + elsewhere * bases[name]
            if bases[name]:
                needs.append(_first(start, slope, level=level))
            else:  # the first ballot gives it the whole weight, and no further one changes that
                needs.append(1 if slope > 0 or (slope == 0 and level) else None)
        reachable = sorted(n for n in needs if n is not None)
        spared = len(needs) - (seats - 1)
        return reachable[spared - 1] if len(reachable) >= spared else None

    return Result(
        winners=winners,
        ranking=tuple(
            Mixed(
                option,
                scores[option],
                parts[option],
                option in winners,
                {name: missing(option, name) for name in bodies},
            )
            for option in order
        ),
        ties=tuple(
            Tie(tied, score, decisive=0 < len(set(tied) & set(winners)) < len(tied))
            for score, tied in equal_votes(order, votes=whole_scores)
        ),
        unit=unit,
        per=per,
    )


def _first(start: Fraction, slope: Fraction, *, level: bool) -> int | None:
    """The smallest n of at least 0 with start + slope·n above 0, or 0 when `level` is enough."""
    if start > 0 or (start == 0 and level):
        return 0
    if slope <= 0:
        return None
    n = -start / slope
    up = -(-n.numerator // n.denominator)
    return up if up != n or level else up + 1


def _weight(name: str, body: Body) -> Fraction:
    if not isinstance(body.weight, int | Fraction | Decimal):
        raise DecideError(Code.INEXACT, what=f"weight of {name}", value=body.weight)
    if not 0 <= body.weight <= 1:
        raise DecideError(Code.OUT_OF_RANGE, what=f"weight of {name}", value=body.weight, most=1)
    return Fraction(body.weight)


def _base(name: str, body: Body, per: Per) -> int:
    if per is Per.CHOICES:
        return sum(body.votes.values())
    if body.ballots is None:
        raise DecideError(Code.ONE_OF_TWO, what=f"ballots of {name}", per=per)
    most = max(body.votes.values(), default=0)
    if whole(f"ballots of {name}", body.ballots) < most:
        raise DecideError(Code.OUT_OF_RANGE, what=f"ballots of {name}", least=most)
    return body.ballots
