"""Choose up to N: count the ballots, rank the options, name the winners.

Counting (`count`) and choosing (`choose`) are two steps, so that sums from a paper box can be added
in between, and anybody who has only the sums can choose again.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from decide.errors import Code, DecideError, whole
from decide.ties import Tie, equal_votes, ranked


class Invalid(StrEnum):
    """Why a ballot does not count."""

    UNKNOWN_OPTION = "unknown_option"
    CHOSEN_TWICE = "chosen_twice"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    TOO_CHEAP = "too_cheap"  # the chosen options cost less than a ballot has to spend
    TOO_DEAR = "too_dear"  # the chosen options cost more than a ballot may spend
    POINTS_OUT_OF_RANGE = "points_out_of_range"  # more or less for one option than is allowed
    TOO_FEW_POINTS = "too_few_points"  # in all
    TOO_MANY_POINTS = "too_many_points"  # in all


@dataclass(frozen=True, slots=True)
class Count:
    """Votes per option, and what became of every ballot: valid + blank + invalid = ballots."""

    votes: dict[str, int]
    valid: int
    blank: int
    invalid: int
    why_invalid: dict[Invalid, int]

    @property
    def ballots(self) -> int:
        return self.valid + self.blank + self.invalid

    @property
    def choices(self) -> int:
        return sum(self.votes.values())


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one option ended.

    With `missing_votes` further votes for it alone it would have won (0 for a winner); with
    `spare_votes` fewer it would still have won (0 for a loser).  Both know the tie order.
    """

    option: str
    votes: int
    rank: int  # 1 for the most votes; equal votes share a rank
    won: bool
    missing_votes: int
    spare_votes: int


@dataclass(frozen=True, slots=True)
class Result:
    winners: tuple[str, ...]  # most votes first
    ranking: tuple[Standing, ...]
    ties: tuple[Tie, ...]
    seats: int | None
    minimum: int


def why_invalid(
    choices: Sequence[str],
    *,
    options: Collection[str],
    at_least: int = 0,
    at_most: int | None = None,
    costs: Mapping[str, int] | None = None,
    cost_at_least: int = 0,
    cost_at_most: int | None = None,
) -> Invalid | None:
    """Say why a ballot that chose something does not count, or None.

    >>> why_invalid(["1", "3", "4"], options="12345", at_most=2)
    <Invalid.TOO_MANY: 'too_many'>
    """
    if any(choice not in options for choice in choices):
        return Invalid.UNKNOWN_OPTION
    if len(set(choices)) < len(choices):
        return Invalid.CHOSEN_TWICE
    if len(choices) < at_least:
        return Invalid.TOO_FEW
    if at_most is not None and len(choices) > at_most:
        return Invalid.TOO_MANY
    if costs is not None:
        cost = sum(costs[choice] for choice in choices)
        if cost < cost_at_least:
            return Invalid.TOO_CHEAP
        if cost_at_most is not None and cost > cost_at_most:
            return Invalid.TOO_DEAR
    return None


def count(
    ballots: Iterable[Sequence[str]],
    *,
    options: Collection[str],
    at_least: int = 0,
    at_most: int | None = None,
    costs: Mapping[str, int] | None = None,
    cost_at_least: int = 0,
    cost_at_most: int | None = None,
) -> Count:
    """Count each ballot once: a ballot without choices is blank, one that breaks a limit invalid.

    >>> counted = count([["1", "2"], ["2"], [], ["1", "2", "3"]], options="123", at_most=2)
    >>> counted.votes, counted.valid, counted.blank, counted.invalid
    ({'1': 1, '2': 2, '3': 0}, 2, 1, 1)
    """
    votes = dict.fromkeys(options, 0)
    reasons: Counter[Invalid] = Counter()
    valid = blank = 0
    for ballot in ballots:
        if not ballot:
            blank += 1
            continue
        why = why_invalid(
            ballot,
            options=votes.keys(),
            at_least=at_least,
            at_most=at_most,
            costs=costs,
            cost_at_least=cost_at_least,
            cost_at_most=cost_at_most,
        )
        if why:
            reasons[why] += 1
            continue
        valid += 1
        for choice in ballot:
            votes[choice] += 1
    return Count(
        votes=votes,
        valid=valid,
        blank=blank,
        invalid=reasons.total(),
        why_invalid={why: reasons[why] for why in Invalid if reasons[why]},
    )


def choose(
    votes: Mapping[str, int],
    *,
    ties: Sequence[str],
    seats: int | None = None,
    minimum: int = 1,
) -> Result:
    """The options with the most votes win the seats; without `seats`, all with the minimum win.

    By default an option that nobody chose does not win, even when a seat stays empty.

    >>> result = choose({"a": 5, "b": 3, "c": 3}, seats=2, ties=["a", "c", "b"])
    >>> result.winners, result.ties
    (('a', 'c'), (Tie(options=('c', 'b'), votes=3, decisive=True),))
    >>> [(s.option, s.missing_votes, s.spare_votes) for s in result.ranking]
    [('a', 0, 2), ('c', 0, 0), ('b', 1, 0)]
    """
    for option in votes:
        whole(option, votes[option])
    whole("minimum", minimum)
    if seats is not None and whole("seats", seats) == 0:
        raise DecideError(Code.OUT_OF_RANGE, what="seats", value=seats, least=1)
    order = ranked(votes, ties=ties)
    winners = tuple(option for option in order[:seats] if votes[option] >= minimum)
    place = {option: number for number, option in enumerate(ties)}

    def needs(option: str) -> int:
        """The smallest number of votes with which this option wins, the others unchanged."""
        if seats is None or seats >= len(order):
            return minimum
        rival = order[seats] if option in order[:seats] else order[seats - 1]
        return max(minimum, votes[rival] + (place[option] > place[rival]))

    ranks = {votes[option]: number for number, option in reversed([*enumerate(order, start=1)])}
    return Result(
        winners=winners,
        ranking=tuple(
            Standing(
                option=option,
                votes=votes[option],
                rank=ranks[votes[option]],
                won=option in winners,
                missing_votes=max(0, needs(option) - votes[option]),
                spare_votes=max(0, votes[option] - needs(option)),
            )
            for option in order
        ),
        ties=tuple(
            Tie(options, tied, decisive=0 < len(set(options) & set(winners)) < len(options))
            for tied, options in equal_votes(order, votes=votes)
        ),
        seats=seats,
        minimum=minimum,
    )
