"""What is allowed when, in the life of an election.  Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from maeul.core.no import No
from maeul.vault.ballot.marks import Marking


class State(StrEnum):
    DRAFT = "draft"
    FROZEN = "frozen"
    OPEN = "open"
    CLOSED = "closed"
    OPENED = "opened"
    PUBLISHED = "published"
    DESTROYED = "destroyed"
    VOID = "void"


MOVES: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.FROZEN, State.VOID}),
    State.FROZEN: frozenset({State.OPEN, State.CLOSED, State.VOID}),
    State.OPEN: frozenset({State.CLOSED, State.VOID}),
    State.CLOSED: frozenset({State.OPENED, State.VOID}),
    State.OPENED: frozenset({State.PUBLISHED, State.VOID}),
    State.PUBLISHED: frozenset({State.DESTROYED, State.VOID}),
    State.DESTROYED: frozenset({State.VOID}),
    State.VOID: frozenset(),
}


class Channel(StrEnum):
    NONE = "none"
    ONLINE = "online"
    KIOSK = "kiosk"
    PAPER = "paper"


class Way(StrEnum):
    """How somebody who came in person votes."""

    PAPER = "paper"
    KIOSK = "kiosk"
    OUTER = "outer"


ON_PAPER = frozenset({Way.PAPER, Way.OUTER})


class RulingKind(StrEnum):
    """What is said of a check-in afterwards."""

    DISPUTED = "disputed"  # by one: two officers must decide
    STANDS = "stands"
    UNDONE = "undone"  # the sheet came back unused
    STRUCK = "struck"  # it was not this elector, or there is no signature
    LOST = "lost"  # the booth's ballots are gone


ENDING = (RulingKind.UNDONE, RulingKind.STRUCK, RulingKind.LOST)


class ReasonForOuter(StrEnum):
    ELSEWHERE = "elsewhere"  # on the list of another booth
    UNREACHABLE = "unreachable"  # nobody could look at the roll
    TWO_MATCHES = "two_matches"
    NEAR_MATCH = "near_match"


class Answer(StrEnum):
    ACCEPT = "accept"
    REPLACE = "replace"
    VOID_ENVELOPE = "void_envelope"
    REFUSE = "refuse"


CHANNELS: Mapping[Channel, Mapping[Channel, Answer]] = {
    Channel.NONE: {
        Channel.ONLINE: Answer.ACCEPT,
        Channel.KIOSK: Answer.ACCEPT,
        Channel.PAPER: Answer.ACCEPT,
    },
    Channel.ONLINE: {
        Channel.ONLINE: Answer.REPLACE,
        Channel.KIOSK: Answer.REPLACE,
        Channel.PAPER: Answer.VOID_ENVELOPE,
    },
    Channel.KIOSK: dict.fromkeys((Channel.ONLINE, Channel.KIOSK, Channel.PAPER), Answer.REFUSE),
    Channel.PAPER: dict.fromkeys((Channel.ONLINE, Channel.KIOSK, Channel.PAPER), Answer.REFUSE),
}
"""What happens to a ballot (column) of an elector who voted before (row)."""

SMALLEST_CELL = 20
LEAST_HEAD_PLACES = 2
ELECTRONIC = frozenset({Channel.ONLINE, Channel.KIOSK})
IN_PERSON = frozenset({Channel.KIOSK, Channel.PAPER})
SLIP_LASTS = timedelta(minutes=30)
LINE_IS_COUNTED_WITHIN = timedelta(minutes=10)
"""Before and after closing: when numbered slips are handed to who stands in line."""
LOST_AFTER = timedelta(hours=24)
ENROLMENT_LASTS = timedelta(minutes=10)
SECONDS_BETWEEN_REVISIONS = 10
REVISIONS_A_DAY = 20


class Rule(StrEnum):
    MAJORITY = "majority"
    APPROVAL = "approval"
    GREEDY = "greedy"
    EQUAL_SHARES = "equal_shares"
    PHRAGMEN = "phragmen"
    KNAPSACK = "knapsack"
    BORDA = "borda"
    SCORE = "score"


class Shown(StrEnum):
    """What is published of the opened ballots of a question."""

    CHOICES = "choices"  # one line per choice
    PUBLIC = "public"  # whole ballots, without names
    WITNESSED = "witnessed"  # counted before observers; sums only


class RollClaim(StrEnum):
    """What somebody says about the roll that lies open."""

    MISSING = "missing"
    WRONG = "wrong"
    OTHER = "other"


BUDGET_RULES = frozenset({Rule.GREEDY, Rule.EQUAL_SHARES, Rule.PHRAGMEN, Rule.KNAPSACK})
BY_WHOLE_BALLOTS = frozenset({Rule.EQUAL_SHARES, Rule.PHRAGMEN})
"""Rules that must know what was chosen together."""
BY_PROFILE = BY_WHOLE_BALLOTS | {Rule.KNAPSACK}
"""Rules that `decide` counts from a profile of ballots."""
BY_TOTALS = frozenset({Rule.MAJORITY, Rule.APPROVAL, Rule.GREEDY})
"""Rules that need no more than the sums of a hall vote."""
MARKED_BY: Mapping[Rule, Marking] = {
    **dict.fromkeys(Rule, Marking.CHOOSE),
    Rule.BORDA: Marking.RANK,
    Rule.SCORE: Marking.SCORE,
}
"""How the ballots of a rule are marked."""
BY_POINTS = frozenset({Rule.BORDA, Rule.SCORE})
NEVER_BY_CHOICES = BY_WHOLE_BALLOTS | {Rule.BORDA}
"""Rules whose ballots are told whole, or as sums before observers: a frozen choice."""
MOST_POINTS = 1000
MOST_MARK = 10
"""Where ballots are not told whole their marks are: a mark so rare that it is one person's could be
asked for and paid."""
"""For one option on one ballot: what fits a ballot's line, far more than anybody gives."""
COMPLETIONS = ("none", "add1", "utilitarian", "add1+utilitarian")
UTILITIES = ("cost", "cardinality")

THRESHOLDS = ("simple", "absolute", "two_thirds")
BASES = (None, "valid", "present")


class Why(StrEnum):
    NOT_A_DRAFT = "not_a_draft"
    NO_QUESTION = "no_question"
    NO_OPTIONS = "no_options"
    TWO_OPTIONS = "two_options"
    LIMITS_OF_CHOICES = "limits_of_choices"
    COST_MISSING = "cost_missing"
    BUDGET_MISSING = "budget_missing"
    SEATS_MISSING = "seats_missing"
    THRESHOLD_UNKNOWN = "threshold_unknown"
    WHOLE_BALLOTS_NEEDED = "whole_ballots_needed"
    PARAMETER_UNKNOWN = "parameter_unknown"
    MARK_TELLS_WHO = "mark_tells_who"
    WORTHS_MISSING = "worths_missing"
    POINTS_MISSING = "points_missing"
    TOTAL_OF_POINTS = "total_of_points"
    MARKED_OTHERWISE = "marked_otherwise"
    UNKNOWN_STYLE = "unknown_style"
    NO_ELECTORS = "no_electors"
    NO_CHANNEL = "no_channel"
    ONLINE_ENDS_OUTSIDE = "online_ends_outside"
    BOOTH_MISSING = "booth_missing"
    BOOTH_WITHOUT_HOURS = "booth_without_hours"
    BOOTH_OUTSIDE_THE_POLL = "booth_outside_the_poll"
    BOOTH_HAS_ELECTORS = "booth_has_electors"
    ELECTORS_WITHOUT_BOOTH = "electors_without_booth"
    TWO_OFFICERS = "two_officers"
    OFFICER_OF_COUNCIL = "officer_of_council"
    TWO_LOCKS = "two_locks"
    LOCKS_ALIKE = "locks_alike"
    HOLDER_IS_OFFICER = "holder_is_officer"
    REHEARSAL_MISSING = "rehearsal_missing"
    WRONG_WORD = "wrong_word"
    TIMES_MISSING = "times_missing"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    ENDS_IN_THE_PAST = "ends_in_the_past"
    SEED_SOURCE_MISSING = "seed_source_missing"
    HEAD_PLACES_MISSING = "head_places_missing"
    PLAYED_CLOCK = "played_clock"
    NOT_ONLINE = "not_online"
    NOT_IN_PERSON = "not_in_person"
    SLIP_UNKNOWN = "slip_unknown"
    SLIP_REPLACED = "slip_replaced"
    SLIP_EXPIRED = "slip_expired"
    SLIP_ENDED = "slip_ended"
    SLIP_OF_ANOTHER_BOOTH = "slip_of_another_booth"
    DEVICE_UNKNOWN = "device_unknown"
    NOT_A_CLERK = "not_a_clerk"
    LIST_IS_FIXED = "list_is_fixed"
    BOOTH_IS_SIGNED = "booth_is_signed"
    BOOTH_IS_SHUT = "booth_is_shut"
    ANOTHER_BOOTH = "another_booth"
    LINE_ONLY_AFTER_CLOSING = "line_only_after_closing"
    LINE_VOTES_ON_PAPER = "line_votes_on_paper"
    NO_SUCH_LINE_SLIP = "no_such_line_slip"
    LINE_SLIP_USED = "line_slip_used"
    LINE_KNOWN = "line_known"
    NOT_AT_CLOSING = "not_at_closing"
    NOBODY_IN_LINE = "nobody_in_line"
    MORE_BACK_THAN_GIVEN = "more_back_than_given"
    COUNTS_ARE_READ = "counts_are_read"
    CLERK_STANDS = "clerk_stands"
    PHOTO_MISSING = "photo_missing"
    NO_LIST_NUMBER = "no_list_number"
    LIST_NUMBER_TAKEN = "list_number_taken"
    SAME_PERSON = "same_person"
    NAME_MISSING = "name_missing"
    TOO_YOUNG = "too_young"
    DOCUMENT_MISSING = "document_missing"
    NOT_ELSEWHERE = "not_elsewhere"
    OUTER_KNOWN = "outer_known"
    ALREADY_RULED = "already_ruled"
    ONLY_A_BOOTH_IS_LOST = "only_a_booth_is_lost"
    BALLOT_IS_IN = "ballot_is_in"
    REASON_OF_TWO_MISSING = "reason_of_two_missing"
    NOT_YET_LOST = "not_yet_lost"
    EXTEND_BEFORE_CLOSING = "extend_before_closing"
    EXTENDED_ALREADY = "extended_already"
    ONLY_LATER = "only_later"
    BOOTHS_UNHEARD = "booths_unheard"
    OUTERS_UNDECIDED = "outers_undecided"
    CHECK_INS_UNDECIDED = "check_ins_undecided"
    LATE_LINES_UNDECIDED = "late_lines_undecided"
    DEVICE_NAME_TAKEN = "device_name_taken"
    ENROLMENT_OVER = "enrolment_over"
    NOT_YET_OPEN = "not_yet_open"
    ALREADY_CLOSED = "already_closed"
    NOT_ON_THE_ROLL = "not_on_the_roll"
    VOTED_IN_PERSON = "voted_in_person"
    WRONG_LENGTH = "wrong_length"
    WRONG_TRACKER = "wrong_tracker"
    SOMEBODY_ELSES = "somebody_elses"
    TOO_SOON = "too_soon"
    TOO_OFTEN = "too_often"
    STILL_RUNNING = "still_running"
    NOT_CLOSED = "not_closed"
    LIST_NOT_FIXED = "list_not_fixed"
    RESULT_UNREADABLE = "result_unreadable"
    RESULT_OF_ANOTHER_LIST = "result_of_another_list"
    RESULT_DOES_NOT_ADD_UP = "result_does_not_add_up"
    ANOTHER_RESULT = "another_result"
    SECOND_PROGRAM = "second_program"
    SAME_OFFICER = "same_officer"
    NOT_AN_OFFICER = "not_an_officer"
    SEED_TOO_EARLY = "seed_too_early"
    SEED_MISSING = "seed_missing"
    SEED_KNOWN = "seed_known"
    NOT_OPENED = "not_opened"
    NOT_COUNTED = "not_counted"
    PUBLICATION_BLOCKED = "publication_blocked"
    OVER = "over"
    REASON_MISSING = "reason_missing"
    NOT_PUBLISHED = "not_published"
    BEHIND = "behind"
    NOT_BEHIND = "not_behind"
    BOARD_UNREADABLE = "board_unreadable"
    BOARD_OF_ANOTHER_PAST = "board_of_another_past"
    BOX_STILL_SHUT = "box_still_shut"
    BOOTH_IS_LOST = "booth_is_lost"
    BOX_IS_COUNTED = "box_is_counted"
    NO_NUMBER_OF_SHEETS = "no_number_of_sheets"
    BOX_NOT_COUNTED = "box_not_counted"
    MORE_THAN_IN_THE_BOX = "more_than_in_the_box"
    BATCH_TOO_SMALL = "batch_too_small"
    BATCH_IS_OVER = "batch_is_over"
    TURN_TAKEN = "turn_taken"
    TURN_OF_ANOTHER = "turn_of_another"
    NOTHING_TO_SETTLE = "nothing_to_settle"
    MORE_THAN_COUNTED = "more_than_counted"
    SHEET_ENTERED = "sheet_entered"
    NOT_ON_THE_SHEET = "not_on_the_sheet"
    ENTRIES_MISSING = "entries_missing"
    STILL_DIFFERENT = "still_different"
    SHEETS_LEFT = "sheets_left"
    BATCHES_OPEN = "batches_open"
    OPENED_BY_HOLDERS = "opened_by_holders"
    NOT_COUNTING = "not_counting"
    NOT_FROZEN = "not_frozen"
    OUTSIDE_TOO_LATE = "outside_too_late"
    OUTSIDE_ONLY_APART = "outside_only_apart"
    COUNTED_LATER_THAN_TODAY = "counted_later_than_today"
    WITHDRAWN_ALREADY = "withdrawn_already"
    NOT_A_HALL_VOTE = "not_a_hall_vote"
    COUNTED_ALOUD = "counted_aloud"
    HALL_IS_NOT_LOST = "hall_is_not_lost"
    HALL_ONE_BOOTH = "hall_one_booth"
    HALL_ONE_STYLE = "hall_one_style"
    HALL_ONLY_TOTALS = "hall_only_totals"
    TOTALS_AGREED = "totals_agreed"
    TOTALS_MISSING = "totals_missing"
    MORE_SLIPS_THAN_GIVEN = "more_slips_than_given"
    NOT_EVERY_SLIP = "not_every_slip"
    MORE_VOTES_THAN_VALID = "more_votes_than_valid"
    CHOICES_DO_NOT_FIT = "choices_do_not_fit"
    TALLY_SHEET_MISSING = "tally_sheet_missing"
    MINUTES_MISSING = "minutes_missing"
    NOTHING_TO_EXPLAIN = "nothing_to_explain"
    NOBODY_ASKED = "nobody_asked"
    MORE_ANSWERS_THAN_LETTERS = "more_answers_than_letters"
    COULD_CHANGE_AN_OUTCOME = "could_change_an_outcome"
    ROLL_EMPTY = "roll_empty"
    ROLL_NOT_LAID_OPEN = "roll_not_laid_open"
    ROLL_STILL_OPEN = "roll_still_open"
    ROLL_OBJECTIONS_OVER = "roll_objections_over"
    ROLL_OBJECTION_WAITING = "roll_objection_waiting"
    ROLL_OBJECTION_EMPTY = "roll_objection_empty"
    ROLL_OBJECTIONS_UNDECIDED = "roll_objections_undecided"
    ON_THE_ROLL_ALREADY = "on_the_roll_already"
    DECIDED_ALREADY = "decided_already"
    BIRTH_DATE_MISSING = "birth_date_missing"
    CODE_UNKNOWN = "code_unknown"
    CODE_OF_SOMEBODY_ELSE = "code_of_somebody_else"
    CODE_TOO_OFTEN = "code_too_often"


def why_not_change(state: State) -> No | None:
    """Questions, roll, keys and times can only be changed in a draft."""
    return None if state == State.DRAFT else No(Why.NOT_A_DRAFT)


def why_not_put(
    *,
    rule: Rule,
    parameters: Mapping[str, Any],
    costs: Sequence[int | None],
    at_least: int,
    at_most: int,
    whole_ballots: Shown,
    styles: Collection[str],
    known_styles: Collection[str],
) -> No | None:
    if not costs:
        return No(Why.NO_OPTIONS)
    if not 0 <= at_least <= at_most or not 1 <= at_most <= len(costs):
        return No(Why.LIMITS_OF_CHOICES, options=len(costs))
    if not set(styles) <= set(known_styles):
        return No(Why.UNKNOWN_STYLE)
    return why_not_count_by(
        rule=rule,
        parameters=parameters,
        costs=costs,
        at_most=at_most,
        whole_ballots=whole_ballots,
    )


def why_not_count_by(
    *,
    rule: Rule,
    parameters: Mapping[str, Any],
    costs: Sequence[int | None],
    at_most: int,
    whole_ballots: Shown,
) -> No | None:
    """A rule needs its parameters, and some need whole ballots to be counted again."""
    if parameters.get("outside", "apart") != "apart":
        return No(Why.OUTSIDE_ONLY_APART)
    if rule == Rule.MAJORITY:
        if len(costs) != 2 or at_most != 1:
            return No(Why.TWO_OPTIONS)
        if parameters.get("threshold") not in THRESHOLDS or parameters.get("of") not in BASES:
            return No(Why.THRESHOLD_UNKNOWN)
    by_seats = rule == Rule.APPROVAL or rule in BY_POINTS
    if by_seats and not 1 <= parameters.get("seats", 0) <= len(costs):
        return No(Why.SEATS_MISSING, options=len(costs))
    if rule in BY_POINTS and (no := _why_not_by_points(rule, parameters, at_most=at_most)):
        return no
    if rule in BY_POINTS and whole_ballots != Shown.PUBLIC:
        most = at_most if rule == Rule.BORDA else parameters["each_at_most"]
        if most > MOST_MARK:
            return No(Why.MARK_TELLS_WHO, most=MOST_MARK)
    if rule in NEVER_BY_CHOICES and whole_ballots == Shown.CHOICES:
        return No(Why.WHOLE_BALLOTS_NEEDED)
    if rule == Rule.EQUAL_SHARES and (
        parameters.get("utility") not in UTILITIES
        or parameters.get("completion") not in COMPLETIONS
    ):
        return No(Why.PARAMETER_UNKNOWN)
    if rule in BUDGET_RULES:
        if parameters.get("budget", 0) <= 0:
            return No(Why.BUDGET_MISSING)
        if any(cost is None or cost < 0 for cost in costs):
            return No(Why.COST_MISSING)
    return None


def why_not_mark_by(*, now: Rule, wanted: Rule) -> No | None:
    """A question is ranked, scored or chosen from: what its ballots look like does not change."""
    return None if MARKED_BY[now] == MARKED_BY[wanted] else No(Why.MARKED_OTHERWISE)


def _why_not_by_points(rule: Rule, parameters: Mapping[str, Any], *, at_most: int) -> No | None:
    """What a place is worth, or how many points may be given: all said beforehand."""
    if rule == Rule.BORDA:
        worths = parameters.get("worths", [])
        fine = len(worths) == at_most and all(type(worth) is int for worth in worths)
        if not fine or worths != sorted(worths, reverse=True):
            return No(Why.WORTHS_MISSING, places=at_most)
        if not 0 <= worths[-1] <= worths[0] <= MOST_POINTS or worths[0] == 0:
            return No(Why.WORTHS_MISSING, places=at_most)
        return None
    each, total = parameters.get("each_at_most"), parameters.get("total_at_most")
    if type(each) is not int or not 1 <= each <= MOST_POINTS:
        return No(Why.POINTS_MISSING, most=MOST_POINTS)
    if total is not None and (type(total) is not int or not 1 <= total <= each * at_most):
        return No(Why.TOTAL_OF_POINTS, most=each * at_most)
    return None


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a draft has so far, asked when it is to be frozen."""

    state: State
    questions: int
    electors: int
    officers_from_council: Sequence[bool]
    officer_names: Collection[str]
    holders: Sequence[str]
    locks: Sequence[bytes]
    rehearsed_with_originals: bool
    rehearsed_with_copies: bool
    opens_at: datetime | None
    closes_at: datetime | None
    tie_source: str
    head_places: Sequence[str]
    played_clock: bool
    may_play: bool
    channels: Collection[Channel]
    booths: Mapping[str, Sequence[tuple[datetime, datetime]]]
    """Per booth its hours."""
    electors_without_booth: int
    roll_open_until: date | None = None
    roll_objections: int = 0
    """Undecided ones."""
    no_hall: No | None = None
    """Of a hall vote: why it cannot be one."""

    @property
    def is_electronic(self) -> bool:
        return bool(ELECTRONIC & set(self.channels))


def why_not_freeze(drafted: Drafted, *, clock: datetime) -> No | None:
    checks = [
        (drafted.state == State.DRAFT, No(Why.NOT_A_DRAFT)),
        (drafted.may_play or not drafted.played_clock, No(Why.PLAYED_CLOCK)),
        (drafted.questions > 0, No(Why.NO_QUESTION)),
        (drafted.electors > 0, No(Why.NO_ELECTORS)),
        (len(drafted.officers_from_council) >= 2, No(Why.TWO_OFFICERS)),
        (any(drafted.officers_from_council), No(Why.OFFICER_OF_COUNCIL)),
        (len(drafted.locks) == 2 or not drafted.is_electronic, No(Why.TWO_LOCKS)),
        (len(set(drafted.locks)) == len(drafted.locks), No(Why.LOCKS_ALIKE)),
        (not set(drafted.holders) & set(drafted.officer_names), No(Why.HOLDER_IS_OFFICER)),
        (
            (drafted.rehearsed_with_originals and drafted.rehearsed_with_copies)
            or not drafted.is_electronic,
            No(Why.REHEARSAL_MISSING),
        ),
        (bool(drafted.opens_at and drafted.closes_at), No(Why.TIMES_MISSING)),
        (bool(drafted.tie_source), No(Why.SEED_SOURCE_MISSING)),
        (len(set(drafted.head_places)) >= LEAST_HEAD_PLACES, No(Why.HEAD_PLACES_MISSING)),
    ]
    for fine, no in checks:
        if not fine:
            return no
    return (
        why_not_these_times(drafted.opens_at, drafted.closes_at, clock=clock)
        or _why_not_these_booths(drafted)
        or drafted.no_hall
        or why_not_shut_the_roll(
            open_until=drafted.roll_open_until,
            undecided=drafted.roll_objections,
            on=clock.astimezone(SEOUL).date(),
        )
    )


SEOUL = ZoneInfo("Asia/Seoul")


def why_not_shut_the_roll(*, open_until: date | None, undecided: int, on: date) -> No | None:
    """A roll that was laid open stays so until its last day, and every objection is decided."""
    if open_until is not None and on <= open_until:
        return No(Why.ROLL_STILL_OPEN, until=open_until)
    return No(Why.ROLL_OBJECTIONS_UNDECIDED, number=undecided) if undecided else None


def why_not_lay_open(state: State, *, electors: int, until: date, on: date) -> No | None:
    if (no := why_not_change(state)) is not None:
        return no
    if not electors:
        return No(Why.ROLL_EMPTY)
    return No(Why.ENDS_IN_THE_PAST) if until < on else None


def why_not_object_to_roll(
    state: State, *, open_until: date | None, on: date, waiting: bool, text: str
) -> No | None:
    """`waiting`: an earlier one of the same person is not decided yet."""
    if (no := why_not_change(state)) is not None:
        return no
    if open_until is None:
        return No(Why.ROLL_NOT_LAID_OPEN)
    if on > open_until:
        return No(Why.ROLL_OBJECTIONS_OVER, until=open_until)
    if waiting:
        return No(Why.ROLL_OBJECTION_WAITING)
    return None if text.strip() else No(Why.ROLL_OBJECTION_EMPTY)


def why_not_decide_objection(
    state: State, *, decided: bool, reason: str, adds: bool, born: bool
) -> No | None:
    """`adds`: it would put somebody onto the roll, which needs a birth date (`born`)."""
    if (no := why_not_change(state)) is not None:
        return no
    if decided:
        return No(Why.DECIDED_ALREADY)
    if not reason.strip():
        return No(Why.REASON_MISSING)
    return No(Why.BIRTH_DATE_MISSING) if adds and not born else None


def why_not_redeem(
    state: State, *, on_the_roll: bool, known: bool, is_this_person: bool
) -> No | None:
    """A code of a letter ties an account to its elector, once and before freezing."""
    if (no := why_not_change(state)) is not None:
        return no
    if on_the_roll:
        return No(Why.ON_THE_ROLL_ALREADY)
    if not known:
        return No(Why.CODE_UNKNOWN)
    return None if is_this_person else No(Why.CODE_OF_SOMEBODY_ELSE)


def _why_not_these_booths(drafted: Drafted) -> No | None:
    if not IN_PERSON & set(drafted.channels):
        return None
    if not drafted.booths:
        return No(Why.BOOTH_MISSING)
    for name, hours in drafted.booths.items():
        if not hours:
            return No(Why.BOOTH_WITHOUT_HOURS, booth=name)
        if drafted.opens_at and drafted.closes_at:
            for begin, end in hours:
                if begin < drafted.opens_at or end > drafted.closes_at:
                    return No(Why.BOOTH_OUTSIDE_THE_POLL, booth=name)
    if drafted.electors_without_booth:
        return No(Why.ELECTORS_WITHOUT_BOOTH, electors=drafted.electors_without_booth)
    return None


def why_not_these_channels(
    channels: Collection[Channel],
    *,
    opens_at: datetime | None,
    closes_at: datetime | None,
    online_closes_at: datetime | None,
) -> No | None:
    if not set(channels) or not set(channels) <= ELECTRONIC | IN_PERSON:
        return No(Why.NO_CHANNEL)
    if online_closes_at is None:
        return None
    if opens_at is None or closes_at is None:
        return No(Why.TIMES_MISSING)
    if not opens_at < online_closes_at <= closes_at:
        return No(Why.ONLINE_ENDS_OUTSIDE)
    return None


def why_not_these_times(
    opens_at: datetime | None, closes_at: datetime | None, *, clock: datetime
) -> No | None:
    if opens_at is None or closes_at is None:
        return No(Why.TIMES_MISSING)
    if closes_at <= opens_at:
        return No(Why.ENDS_BEFORE_IT_BEGINS)
    if closes_at <= clock:
        return No(Why.ENDS_IN_THE_PAST)
    return None


def is_open(state: State, *, opens_at: datetime, closes_at: datetime, clock: datetime) -> bool:
    """Whether or not a job has run: the frozen times decide."""
    return state in (State.FROZEN, State.OPEN) and opens_at <= clock < closes_at


def why_not_open_now(
    state: State, *, opens_at: datetime | None, closes_at: datetime | None, clock: datetime
) -> No | None:
    if state == State.DRAFT or opens_at is None or closes_at is None:
        return No(Why.NOT_YET_OPEN, opens_at=opens_at or clock)
    if state in (State.FROZEN, State.OPEN) and clock < opens_at:
        return No(Why.NOT_YET_OPEN, opens_at=opens_at)
    if not is_open(state, opens_at=opens_at, closes_at=closes_at, clock=clock):
        return No(Why.ALREADY_CLOSED, closes_at=closes_at)
    return None


def why_not_accept(before: Channel, now: Channel) -> No | None:
    """By the channel table."""
    if CHANNELS[before][now] == Answer.REFUSE:
        return No(Why.VOTED_IN_PERSON)
    return None


def why_not_by(channel: Channel, channels: Collection[str]) -> No | None:
    """Whether this election takes ballots this way at all."""
    if channel in channels:
        return None
    return No(Why.NOT_ONLINE if channel == Channel.ONLINE else Why.NOT_IN_PERSON)


@dataclass(frozen=True, slots=True)
class SlipNow:
    """What is known of a slip at the moment at which somebody comes with it."""

    age: timedelta
    is_newest: bool
    check_in_stands: bool
    has_cast: bool
    at_its_booth: bool
    device_in_use: bool


def why_not_use_slip(slip: SlipNow) -> No | None:
    """A slip opens a ballot for half an hour, once, on a device of its booth."""
    if not slip.device_in_use:
        return No(Why.DEVICE_UNKNOWN)
    if not slip.at_its_booth:
        return No(Why.SLIP_OF_ANOTHER_BOOTH)
    if slip.has_cast or not slip.check_in_stands:
        return No(Why.SLIP_ENDED)
    if not slip.is_newest:
        return No(Why.SLIP_REPLACED)
    if not timedelta() <= slip.age < SLIP_LASTS:
        return No(Why.SLIP_EXPIRED, minutes=SLIP_LASTS // timedelta(minutes=1))
    return None


def why_not_close(state: State, *, closes_at: datetime, clock: datetime) -> No | None:
    if state not in (State.FROZEN, State.OPEN):
        return No(Why.ALREADY_CLOSED, closes_at=closes_at)
    if clock < closes_at:
        return No(Why.STILL_RUNNING, closes_at=closes_at)
    return None


def why_not_confirm(*, officers: Collection[int], confirmed: Collection[int], by: int) -> No | None:
    """Two officers, each once."""
    if by not in officers:
        return No(Why.NOT_AN_OFFICER)
    if by in confirmed:
        return No(Why.SAME_OFFICER)
    return None


def why_not_this_opening(*, outcomes: int, holding: Collection[int], wanted: int) -> No | None:
    """Only what both programs opened alike can be confirmed."""
    if not holding:
        return No(Why.ANOTHER_RESULT if outcomes > 1 else Why.SECOND_PROGRAM)
    return None if wanted in holding else No(Why.ANOTHER_RESULT)


@dataclass(frozen=True, slots=True)
class Figures:
    """What must add up of one election before it may be published."""

    roll: int
    """Electors of both rolls."""
    participants: Mapping[Channel, int]
    opened: int
    """Sealed ballots the opener took from the list."""
    board_is_whole: bool
    roll_is_as_frozen: bool
    list_is_as_fixed: bool
    poll_book_is_as_derived: bool
    questions: Sequence["QuestionFigures"]
    booths: Sequence["BoothFigures"] = ()
    """Of every booth that is not lost."""
    paper_is_as_entered: bool = True
    """Whether every leaf of a batch is the hash of what was entered."""


@dataclass(frozen=True, slots=True)
class BoothFigures:
    """What was counted by hand at a booth, beside what the check-ins say."""

    number: int
    in_box: int
    not_handed_in: int
    sheets: int
    """Check-ins on paper and accepted outer envelopes, without those undone."""
    signatures: int
    in_person: int
    """Check-ins that were not undone, whose line is crossed out, and outer envelopes that were
    refused: each has a signature, also where it was struck afterwards."""
    batched: int | None
    """None where sheets are counted aloud and tied into no batch."""


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    key: str
    asked: int
    """Ballots of the styles that get this question, sealed and on paper."""
    valid: int
    blank: int
    invalid: int
    stored: int | None
    """Opened ballots in the table; blank ones among them.  None where only totals are known."""
    choices: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Equation:
    name: str
    left: int
    sign: str
    right: int

    @property
    def holds(self) -> bool:
        return self.left == self.right if self.sign == "=" else self.left <= self.right

    @property
    def gap(self) -> int:
        """By how much it fails."""
        return 0 if self.holds else abs(self.left - self.right)

    def __str__(self) -> str:
        return f"{self.name}: {self.left} {self.sign} {self.right}"


def equations(figures: Figures) -> list[Equation]:
    """Everything that must add up, in the order in which a person would check it."""
    participants = sum(figures.participants.values())
    electronic = figures.participants.get(Channel.ONLINE, 0) + figures.participants.get(
        Channel.KIOSK, 0
    )
    result = [
        Equation("roll_is_as_frozen", int(figures.roll_is_as_frozen), "=", 1),
        Equation("board_holds_every_envelope", int(figures.board_is_whole), "=", 1),
        Equation("list_is_as_fixed", int(figures.list_is_as_fixed), "=", 1),
        Equation("poll_book_is_as_derived", int(figures.poll_book_is_as_derived), "=", 1),
        Equation("participants_within_roll", participants, "<=", figures.roll),
        Equation("opened_is_electronic", figures.opened, "=", electronic),
        Equation("paper_is_as_entered", int(figures.paper_is_as_entered), "=", 1),
    ]
    for booth in figures.booths:
        handed_out = booth.in_box + booth.not_handed_in
        result += [
            Equation(f"b{booth.number}.sheets_are_checked_in", handed_out, "=", booth.sheets),
            Equation(f"b{booth.number}.signatures", booth.signatures, "=", booth.in_person),
        ]
        if booth.batched is not None:
            name = f"b{booth.number}.every_sheet_in_a_batch"
            result.append(Equation(name, booth.batched, "=", booth.in_box))
    for question in figures.questions:
        counted = question.valid + question.blank + question.invalid
        result += [
            Equation(f"{question.key}.opened_adds_up", counted, "=", question.asked),
            Equation(
                f"{question.key}.choices_within_limit",
                question.choices,
                "<=",
                question.at_most * question.valid,
            ),
        ]
        if question.stored is not None:
            opened = question.valid + question.blank
            result.append(
                Equation(f"{question.key}.stored_is_opened", question.stored, "=", opened)
            )
    return result


EXPLAINABLE = frozenset({"sheets_are_checked_in", "signatures"})
"""Numbers that people counted by hand.  What a program derives must be right, not explained."""


def why_not_publish(
    state: State, *, counted: bool, figures: Figures, explained: Collection[str] = ()
) -> No | None:
    """`explained`: equations, as text, for which two officers published a reason."""
    if state != State.OPENED:
        return No(Why.NOT_OPENED)
    if not counted:
        return No(Why.NOT_COUNTED)
    for equation in equations(figures):
        if not equation.holds and str(equation) not in explained:
            return No(Why.PUBLICATION_BLOCKED, equation=str(equation))
    return None


def why_not_explain(
    state: State,
    *,
    counted: bool,
    equation: Equation | None,
    could_change: bool,
    reason: str,
) -> No | None:
    """Two officers publish why a number counted by hand differs, where it decides nothing."""
    if state != State.OPENED or not counted:
        return No(Why.NOT_COUNTED)
    if equation is None or equation.holds or equation.name.rpartition(".")[2] not in EXPLAINABLE:
        return No(Why.NOTHING_TO_EXPLAIN)
    if could_change:
        return No(Why.COULD_CHANGE_AN_OUTCOME, number=equation.gap)
    return None if reason.strip() else No(Why.REASON_MISSING)


def why_not_void(state: State, *, reason: str) -> No | None:
    if state == State.VOID:
        return No(Why.OVER)
    return None if reason.strip() else No(Why.REASON_MISSING)
