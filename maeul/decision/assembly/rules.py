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
    METHOD_FIXED = auto()
    WEIGHT_NOT_COUNTED = auto()
    QUORUM_BELOW_THE_LAW = auto()
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
    GAP_LEFT = auto()
    ONE_WAY_TO_COUNT = auto()
    ORDER_BEGUN = auto()
    ORDER_TOO_LONG = auto()
    ORDER_OVER = auto()
    NOT_THE_DAY = auto()
    NOTHING_BEGUN = auto()
    HELP_OVER = auto()
    HELPS_ALREADY = auto()
    HELP_CONFIRMED = auto()
    HELP_NOT_YET = auto()
    HELP_MINUTES = auto()
    RESULT_NOT_ANNOUNCED = auto()
    OBJECTIONS_OVER = auto()
    OBJECTION_WAITING = auto()
    OBJECTION_EMPTY = auto()
    ALREADY_ANSWERED = auto()
    ANSWER_EMPTY = auto()


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
    RANK = "rank"  # up to N places, most wanted first; so many seats
    SCORE = "score"  # points for each of several; so many seats


BY_SEATS = frozenset({Kind.CHOOSE, Kind.RANK, Kind.SCORE})
"""Kinds of which a number that was set wins."""


class Method(StrEnum):
    """Where residents vote: the plenary says so for each assembly (art. 23(2))."""

    ONLINE = "online"
    BOTH = "online_and_hall"
    HALL = "hall"


class Help(StrEnum):
    """What somebody offers to do on the day."""

    CHECK_IN = "check_in"
    GUIDE = "guide"
    CARRY = "carry"
    CHILDREN = "children"
    CLEAN = "clean"


CHANNELS: Mapping[Method, tuple[str, ...]] = {
    Method.ONLINE: ("online",),
    Method.BOTH: ("online", "kiosk", "paper"),
    Method.HALL: ("kiosk", "paper"),
}
"""The ballot box's channels that a method needs."""
PER_ASSEMBLY = "per_assembly"  # the word of the law that leaves the method to the plenary


class WithoutQuorum(StrEnum):
    """What happens when too few vote; the ordinance is silent, so it is settled beforehand."""

    CONSULT = "consult"  # nothing is decided; the votes stand as residents' opinion
    RECONVENE = "reconvene"  # the same questions are put to another assembly of the year
    EXTEND = "extend"  # two officers extend the poll once before it closes


GAP = "[ ]"  # where the records know nothing and somebody who was there has to write
MINUTES_FOR_A_VOTE = 10  # what voting is counted as in the participation record
KEYS = (
    "assembly.grounds",
    "assembly.voting_age",
    "assembly.quorum",
    "assembly.quorum_base",
    "assembly.pass",
    "assembly.no_quorum",
    "assembly.method",
    "assembly.early_vote",
    "assembly.early_weight",
    "assembly.freeze_rules_before_open",
    "assembly.promote_days_before",
    "assembly.objection_days",
    "assembly.objection_answer_days",
)
"""The limits an assembly keeps with its rules, in the order in which a page tells them."""

PASSING = {
    "majority": {"threshold": "simple", "of": "present"},
    "majority_present": {"threshold": "simple", "of": "present"},
    "plurality": {"threshold": "simple", "of": "valid"},
    "two_thirds": {"threshold": "two_thirds", "of": "present"},
}
"""The word of the law for what carries a yes or no question, as the ballot box takes it."""


def quorum_needed(
    *, population: int, members: int, base: str, at_least: Fraction, times: int | None = None
) -> int:
    """Participants needed: a share of the dong's people, or of the council's members, or so many
    `times` the members.

    >>> quorum_needed(population=36_001, members=47, base="population", at_least=Fraction("0.005"))
    181
    >>> quorum_needed(population=36_001, members=47, base="members", at_least=Fraction(1, 2))
    24
    >>> quorum_needed(population=9, members=47, base="members", at_least=Fraction(1, 2), times=3)
    141
    """
    if base == "members" and times is not None:
        return quorum.of_members(members, times=times)
    return quorum.needed(members if base == "members" else population, at_least=at_least)


def youngest(day: date, age: int) -> date:
    """The last birth date of who is old enough on a day.

    >>> youngest(date(2026, 5, 14), 15), youngest(date(2028, 2, 29), 15)
    (datetime.date(2011, 5, 14), datetime.date(2013, 2, 28))
    """
    try:
        return day.replace(year=day.year - age)
    except ValueError:  # born on a 29 February of a year that had none
        return day.replace(year=day.year - age, day=28)


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
    weight: Fraction | None,
    method: Method,
    lawful_method: str,
    quorum: int,
    least: int,
    at: datetime,
) -> No | None:
    """Method and decision rule are set by the council's plenary for this assembly (art. 23(2)).

    `day` is the assembly's day from its first to its last moment; `weight` is what a bylaw says an
    early vote weighs, None for as much as any other; `lawful_method` is the bylaw's method where
    it does not leave it to the plenary; `least` is the quorum by law, which may only be raised.
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
    early = opens_at < day[0]
    if early and not early_vote:
        return No(Why.NO_EARLY_VOTE)
    if early and weight not in (None, 1):
        return No(Why.WEIGHT_NOT_COUNTED, weight=str(weight))
    if lawful_method not in (PER_ASSEMBLY, method):
        return No(Why.METHOD_FIXED)
    return No(Why.QUORUM_BELOW_THE_LAW, least=least) if quorum < least else None


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
    if kind in BY_SEATS and not 1 <= seats < len(threads):
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
    if not text.strip():
        return No(Why.TEXT_MISSING)
    return No(Why.GAP_LEFT, gap=GAP) if GAP in text else None


LONGEST_ORDER = 40  # a wall shows one turn at a time; nobody sits through more


def why_not_set_order(*, state: State, begun: Sequence[str], titles: Sequence[str]) -> No | None:
    """What has begun on the day stays as it was; the rest may change until the minutes are out."""
    if state == State.MINUTES_PUBLISHED:
        return No(Why.NOT_NOW)
    if len(titles) > LONGEST_ORDER:
        return No(Why.ORDER_TOO_LONG, most=LONGEST_ORDER)
    return No(Why.ORDER_BEGUN) if list(titles[: len(begun)]) != list(begun) else None


def why_not_begin_next(*, ahead: int, held_on: date, on: date) -> No | None:
    if on != held_on:
        return No(Why.NOT_THE_DAY, day=held_on)
    return None if ahead else No(Why.ORDER_OVER)


def why_not_take_back(*, begun: int, held_on: date, on: date) -> No | None:
    """Somebody pressed too early."""
    if on != held_on:
        return No(Why.NOT_THE_DAY, day=held_on)
    return None if begun else No(Why.NOTHING_BEGUN)


MOST_MINUTES = 720  # of help on one day


def why_not_offer_help(*, public: bool, held_on: date, on: date, already: bool) -> No | None:
    if not public:
        return No(Why.NOT_NOW)
    if on > held_on:
        return No(Why.HELP_OVER)
    return No(Why.HELPS_ALREADY) if already else None


def why_not_withdraw_help(*, confirmed: bool) -> No | None:
    return No(Why.HELP_CONFIRMED) if confirmed else None


def why_not_confirm_help(*, confirmed: bool, held_on: date, on: date, minutes: int) -> No | None:
    if confirmed:
        return No(Why.HELP_CONFIRMED)
    if on < held_on:
        return No(Why.HELP_NOT_YET, day=held_on)
    return None if 10 <= minutes <= MOST_MINUTES else No(Why.HELP_MINUTES, most=MOST_MINUTES)


def why_not_object(
    *, announced: bool, until: date | None, on: date, waiting: bool, text: str
) -> No | None:
    """`until` is the last day; `waiting`: an earlier one of the same person has no answer yet."""
    if not announced or until is None:
        return No(Why.RESULT_NOT_ANNOUNCED)
    if on > until:
        return No(Why.OBJECTIONS_OVER, until=until)
    if waiting:
        return No(Why.OBJECTION_WAITING)
    return None if text.strip() else No(Why.OBJECTION_EMPTY)


def why_not_answer(*, answered: bool, text: str) -> No | None:
    """An answer is given once, with its reason, also after the last day."""
    if answered:
        return No(Why.ALREADY_ANSWERED)
    return None if text.strip() else No(Why.ANSWER_EMPTY)
