"""How an assembly comes to its vote and its result (ordinance article 23)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum, auto
from fractions import Fraction

from decide import quorum
from maeul.core.no import No


class Why(StrEnum):
    ALREADY_CONVENED = auto()
    OTHER_YEAR = auto()
    IN_THE_PAST = auto()
    NO_POPULATION = auto()
    NOT_NOW = auto()
    MOTION_NOT_CARRIED = auto()
    MOTION_OF_ANOTHER_BODY = auto()
    TIMES_OUT_OF_ORDER = auto()
    VOTE_AFTER_THE_DAY = auto()
    NO_EARLY_VOTE = auto()
    NO_OPTIONS = auto()
    TOO_MANY_CHOICES = auto()
    TOO_MANY_SEATS = auto()
    LIMIT_MISSING = auto()
    OPTION_TWICE = auto()
    COST_OVER_LIMIT = auto()
    NOT_DRAFTED = auto()
    OFFICERS_UNFIT = auto()
    NO_QUESTIONS = auto()
    ANNOUNCED_TOO_LATE = auto()
    NOT_PUBLISHED = auto()
    TEXT_MISSING = auto()
    ONE_WAY_TO_COUNT = auto()


class State(StrEnum):
    """What the assembly itself owns; in between, its election says where the vote stands."""

    PLANNED = "planned"
    RULES_FROZEN = "rules_frozen"
    ANNOUNCED = "announced"
    RESULT_ANNOUNCED = "result_announced"
    MINUTES_PUBLISHED = "minutes_published"


MOVES: Mapping[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.RULES_FROZEN}),
    State.RULES_FROZEN: frozenset({State.ANNOUNCED}),
    State.ANNOUNCED: frozenset({State.RESULT_ANNOUNCED}),
    State.RESULT_ANNOUNCED: frozenset({State.MINUTES_PUBLISHED}),
    State.MINUTES_PUBLISHED: frozenset(),
}
IN_PREPARATION = frozenset({State.PLANNED, State.RULES_FROZEN})


class Kind(StrEnum):
    YES_NO = "yes_no"  # one matter, for or against
    CHOOSE = "choose"  # up to N of several; so many seats
    BUDGET = "budget"  # up to N of several, as many as the money allows


MINUTES_FOR_A_VOTE = 10  # what voting is counted as in the participation record
KEYS = (
    "assembly.grounds",
    "assembly.voting_age",
    "assembly.quorum",
    "assembly.quorum_base",
    "assembly.pass",
    "assembly.early_vote",
    "assembly.promote_days_before",
    "assembly.objection_days",
)
"""The limits an assembly keeps with its rules, in the order in which a page tells them."""

PASSING = {
    "majority": {"threshold": "simple", "of": "present"},
    "majority_present": {"threshold": "simple", "of": "present"},
    "plurality": {"threshold": "simple", "of": "valid"},
}
"""The word of the law for what carries a yes or no question, as the ballot box takes it."""


def quorum_needed(*, population: int, members: int, base: str, at_least: Fraction) -> int:
    """Participants needed: a share of the dong's people, or of the council's members.

    >>> quorum_needed(population=36_001, members=47, base="population", at_least=Fraction("0.005"))
    181
    >>> quorum_needed(population=36_001, members=47, base="members", at_least=Fraction(1, 2))
    24
    """
    return quorum.needed(members if base == "members" else population, at_least=at_least)


def why_not_convene(
    *, year: int, held_on: date, on: date, already: int, per_year: int, population: int
) -> No | None:
    """`already` counts this year's assemblies of the dong whose vote was not declared void."""
    if already >= per_year:
        return No(Why.ALREADY_CONVENED, times=per_year)
    if held_on <= on:
        return No(Why.IN_THE_PAST)
    if held_on.year != year:
        return No(Why.OTHER_YEAR, year=str(year))
    return No(Why.NO_POPULATION) if population <= 0 else None


def why_not_freeze_rules(
    *,
    state: State,
    carried: bool,
    by_the_council: bool,
    opens_at: datetime,
    closes_at: datetime,
    day: tuple[datetime, datetime],
    early_vote: bool,
    at: datetime,
) -> No | None:
    """Method and decision rule are set by the council's plenary for this assembly (art. 23(2)).

    `day` is the assembly's day from its first to its last moment.
    """
    if state != State.PLANNED:
        return No(Why.NOT_NOW)
    if not by_the_council:
        return No(Why.MOTION_OF_ANOTHER_BODY)
    if not carried:
        return No(Why.MOTION_NOT_CARRIED)
    if not at < opens_at < closes_at:
        return No(Why.TIMES_OUT_OF_ORDER)
    if closes_at > day[1]:
        return No(Why.VOTE_AFTER_THE_DAY)
    if opens_at < day[0] and not early_vote:
        return No(Why.NO_EARLY_VOTE)
    return None


def why_not_put(
    *,
    state: State,
    kind: Kind,
    threads: Sequence[int],
    already: Collection[int],
    drafted: bool,
    costs: Sequence[int | None],
    limit: int | None,
    at_most: int,
    seats: int,
) -> No | None:
    """`threads` are the numbers of the options' matters, `already` those on the ballot before;
    `drafted`: every agenda item behind them stands in a plan or on the ballot already."""
    if state not in IN_PREPARATION:
        return No(Why.NOT_NOW)
    if not threads or (kind != Kind.YES_NO and len(threads) < 2):
        return No(Why.NO_OPTIONS)
    if len(set(threads)) < len(threads) or set(already) & set(threads):
        return No(Why.OPTION_TWICE)
    if not drafted:
        return No(Why.NOT_DRAFTED)
    if kind != Kind.YES_NO and not 1 <= at_most <= len(threads):
        return No(Why.TOO_MANY_CHOICES, options=len(threads))
    if kind == Kind.CHOOSE and not 1 <= seats < len(threads):
        return No(Why.TOO_MANY_SEATS, most=len(threads) - 1)
    if kind == Kind.BUDGET:
        if limit is None or limit <= 0 or any(cost is None or cost <= 0 for cost in costs):
            return No(Why.LIMIT_MISSING)
        dearest = max(cost for cost in costs if cost is not None)
        if dearest > limit:
            return No(Why.COST_OVER_LIMIT, limit=limit, cost=dearest)
    return None


def why_not_choose_rule(*, state: State, kind: Kind) -> No | None:
    """What is announced is not changed any more; only money can be counted in several ways."""
    if state not in IN_PREPARATION:
        return No(Why.NOT_NOW)
    return None if kind == Kind.BUDGET else No(Why.ONE_WAY_TO_COUNT)


def why_not_take_out(*, state: State) -> No | None:
    return None if state in IN_PREPARATION else No(Why.NOT_NOW)


def why_not_name_officers(*, from_council: bool, from_office: bool, different: bool) -> No | None:
    """Two people open and publish together: one of the council's, one of the dong's office."""
    return None if from_council and from_office and different else No(Why.OFFICERS_UNFIT)


def why_not_announce(
    *, state: State, questions: int, held_on: date, on: date, lead: timedelta
) -> No | None:
    """Promotion and opinion gathering begin a month before (art. 23(3))."""
    if state != State.RULES_FROZEN:
        return No(Why.NOT_NOW)
    if questions == 0:
        return No(Why.NO_QUESTIONS)
    if held_on - on < lead:
        return No(Why.ANNOUNCED_TOO_LATE, latest=held_on - lead, days=lead.days)
    return None


def why_not_announce_result(*, state: State, published: bool) -> No | None:
    if state != State.ANNOUNCED:
        return No(Why.NOT_NOW)
    return None if published else No(Why.NOT_PUBLISHED)


def why_not_publish_minutes(*, state: State, text: str) -> No | None:
    if state != State.RESULT_ANNOUNCED:
        return No(Why.NOT_NOW)
    return None if text.strip() else No(Why.TEXT_MISSING)
