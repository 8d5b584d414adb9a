"""How a meeting is called, opened, held and closed, and when a motion is carried."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum, auto
from fractions import Fraction

from decide import majority, quorum
from decide.majority import Outcome
from maeul.core.no import No
from maeul.core.period import Period


class Kind(StrEnum):
    JOINT = "joint"  # 연석회의: monthly, open to everybody, no quorum
    PLENARY = "plenary"  # 정기 전체회의
    PLENARY_EXTRA = "plenary_extra"  # 임시 전체회의
    SUBCOMMITTEE = "subcommittee"  # 분과위원회 회의


class State(StrEnum):
    CALLED = "called"
    OPENED = "opened"
    CLOSED = "closed"
    MINUTES_PUBLISHED = "minutes_published"
    CANCELLED = "cancelled"


MOVES: Mapping[State, frozenset[State]] = {
    State.CALLED: frozenset({State.OPENED, State.CANCELLED}),
    State.OPENED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset({State.MINUTES_PUBLISHED}),
    State.MINUTES_PUBLISHED: frozenset(),
    State.CANCELLED: frozenset(),
}


class TopicOutcome(StrEnum):
    """What a meeting made of a topic."""

    TAKE_UP = "take_up"  # 의제로 다룸
    TO_REVIEW = "to_review"  # 부서 검토로 보냄
    PARK = "park"  # 잠시 둠
    DECLINE = "decline"  # 다루지 않음
    CARRY_OVER = "carry_over"  # 다음 회의로 넘김
    HEARD = "heard"  # 듣고 확인함 (보고, 지난 회의록)


class Asker(StrEnum):
    """Who may ask for an extra plenary (article 21)."""

    CHAIR = "chair"
    MEMBERS = "members"  # at least a third of the members
    DONG_HEAD = "dong_head"


class FollowUpState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


PLENARIES = frozenset({Kind.PLENARY, Kind.PLENARY_EXTRA})
# Whose meeting it is: the kind of body.
BODY_OF: Mapping[Kind, str] = {
    Kind.JOINT: "joint",
    Kind.PLENARY: "council",
    Kind.PLENARY_EXTRA: "council",
    Kind.SUBCOMMITTEE: "subcommittee",
}
# "More than half" (과반수) is strict.
SHARES: Mapping[str, Fraction] = {"majority": quorum.HALF, "majority_present": quorum.HALF}


# Offices for which members choose among several (article 13(3)(4)).
ELECTED = ("chair", "vice_chair")


class Why(StrEnum):
    NOT_ITS_MEETING = auto()
    ELECTED_IN_PLENARY = auto()
    NOT_ELECTED_HERE = auto()
    TWO_CANDIDATES = auto()
    CANDIDATE_NO_MEMBER = auto()
    OFFICER_APART = auto()
    BELOW_ELECTION_QUORUM = auto()
    ELECTION_RUNS = auto()
    ENDS_TODAY = auto()
    NOBODY_ELECTED = auto()
    INSTALLED_ALREADY = auto()
    IN_THE_PAST = auto()
    NOTICE_TOO_SHORT = auto()
    NOBODY_ASKED = auto()
    MAY_NOT_ASK = auto()
    NO_TITLE = auto()
    MATTER_IS_ON_THE_LIST = auto()
    MOVED_ON = auto()
    TOPIC_DONE = auto()
    DONE_ALREADY = auto()
    NOT_ITS_DAY = auto()
    BELOW_QUORUM = auto()
    NOT_RUNNING = auto()
    ALREADY_HERE = auto()
    NOT_HERE = auto()
    LEFT_BEFORE_COMING = auto()
    JOINT_VOTES_ON_NOTHING = auto()
    NOT_A_MEMBER = auto()
    ALREADY_VOTED = auto()
    MORE_VOTES_THAN_PEOPLE = auto()
    NOBODY_VOTED = auto()
    MOTION_OPEN = auto()
    NO_OWNER = auto()
    NO_REASON = auto()
    NOTHING_TO_WRITE = auto()
    DUE_IN_THE_PAST = auto()


def needs_quorum(kind: Kind) -> bool:
    """Only the joint meeting is open to everybody and counts no members."""
    return kind != Kind.JOINT


def needed(in_office: int, *, law_word: str) -> int:
    """How many members must be here, of those in office today (재적), not of the seats.

    >>> needed(47, law_word="majority"), needed(48, law_word="majority")
    (24, 25)
    """
    return quorum.needed(in_office, more_than=SHARES[law_word])


def outcome_of(*, yes: int, no: int, abstain: int, present: int, law_word: str) -> Outcome:
    """The outcome of a motion: more than half of the members present must be for it.

    Who is present and raised no hand counts as present all the same.

    >>> outcome_of(yes=17, no=3, abstain=2, present=32, law_word="majority_present").carried
    True
    >>> outcome_of(yes=16, no=3, abstain=2, present=32, law_word="majority_present").carried
    False
    """
    silent = present - yes - no - abstain
    return majority.majority(
        yes,
        no,
        abstain=abstain + silent,
        of=majority.Base.PRESENT,
        more_than=SHARES[law_word],
    )


def minutes_here(stays: Iterable[tuple[datetime, datetime]], *, meeting: Period) -> int:
    """How many whole minutes of a meeting somebody was there; a moment counts as one."""
    seconds = sum(
        (min(end, meeting.end) - max(start, meeting.start)).total_seconds()
        for start, end in stays
        if Period(start, end).overlaps(meeting)
    )
    return max(1, int(seconds // 60))


def why_not_move_on(*, state: State, to: State) -> No | None:
    """Why a meeting may not go from one state to another."""
    return None if to in MOVES[state] else No(Why.MOVED_ON)


def why_not_convene(
    *,
    kind: Kind,
    body: str,
    starts_at: datetime,
    at: datetime,
    days_ahead: int,
    notice_days: int,
    urgent_because: str,
    asked_by: str,
    may_ask: Collection[str],
) -> No | None:
    """Why a meeting may not be called.  A plenary needs its days of notice; when something is
    urgent the reason is written down instead (article 21)."""
    if BODY_OF[kind] != body:
        return No(Why.NOT_ITS_MEETING)
    if starts_at <= at:
        return No(Why.IN_THE_PAST)
    if kind == Kind.PLENARY_EXTRA:
        if not asked_by:
            return No(Why.NOBODY_ASKED)
        if asked_by not in may_ask:
            return No(Why.MAY_NOT_ASK)
    if kind in PLENARIES and days_ahead < notice_days and not urgent_because.strip():
        return No(Why.NOTICE_TOO_SHORT, days=notice_days)
    return None


def why_not_put_topic(*, state: State, title: str, matter_on_the_list: bool) -> No | None:
    """A topic comes onto the list until the meeting is closed, each matter once."""
    if state not in (State.CALLED, State.OPENED):
        return No(Why.MOVED_ON)
    if not title.strip():
        return No(Why.NO_TITLE)
    if matter_on_the_list:
        return No(Why.MATTER_IS_ON_THE_LIST)
    return None


def why_not_withdraw_topic(*, state: State, done: bool) -> No | None:
    if state not in (State.CALLED, State.OPENED):
        return No(Why.MOVED_ON)
    return No(Why.TOPIC_DONE) if done else None


def why_not_decide_topic(*, state: State, done: bool, motion_open: bool) -> No | None:
    if state != State.OPENED:
        return No(Why.NOT_RUNNING)
    if done:
        return No(Why.TOPIC_DONE)
    return No(Why.MOTION_OPEN) if motion_open else None


def why_not_open(
    *, state: State, kind: Kind, on: date, today: date, present: int, needed: int
) -> No | None:
    """A plenary opens when more than half of its members are here (article 21(3))."""
    if State.OPENED not in MOVES[state]:
        return No(Why.MOVED_ON)
    if today < on:
        return No(Why.NOT_ITS_DAY, on=on)
    if needs_quorum(kind) and present < needed:
        return No(Why.BELOW_QUORUM, present=present, needed=needed, missing=needed - present)
    return None


def why_not_attend(*, state: State, on: date, today: date, here: bool) -> No | None:
    """People are ticked from the day of the meeting on until it is closed."""
    if state not in (State.CALLED, State.OPENED):
        return No(Why.MOVED_ON)
    if today < on:
        return No(Why.NOT_ITS_DAY, on=on)
    return No(Why.ALREADY_HERE) if here else None


def why_not_leave(*, state: State, here: bool, came_at: datetime | None, at: datetime) -> No | None:
    if state not in (State.CALLED, State.OPENED):
        return No(Why.MOVED_ON)
    if not here or came_at is None:
        return No(Why.NOT_HERE)
    return No(Why.LEFT_BEFORE_COMING) if at < came_at else None


def why_not_move(
    *, state: State, kind: Kind, text: str, topic_done: bool, mover_sits: bool | None
) -> No | None:
    """Why no motion may be put.  `mover_sits` is None when a body and not a person moves it."""
    if kind == Kind.JOINT:
        return No(Why.JOINT_VOTES_ON_NOTHING)
    if state != State.OPENED:
        return No(Why.NOT_RUNNING)
    if not text.strip():
        return No(Why.NO_TITLE)
    if mover_sits is False:
        return No(Why.NOT_A_MEMBER)
    return No(Why.TOPIC_DONE) if topic_done else None


def why_not_vote(
    *, state: State, voted: bool, present: int, needed: int, yes: int, no: int, abstain: int
) -> No | None:
    """Why an open vote may not be counted: too few are here, or more hands than people."""
    if state != State.OPENED:
        return No(Why.NOT_RUNNING)
    if voted:
        return No(Why.ALREADY_VOTED)
    if present < needed:
        return No(Why.BELOW_QUORUM, present=present, needed=needed, missing=needed - present)
    hands = yes + no + abstain
    if hands > present:
        return No(Why.MORE_VOTES_THAN_PEOPLE, hands=hands, present=present)
    return No(Why.NOBODY_VOTED) if hands == 0 else None


def why_not_close(*, state: State, motions_open: int) -> No | None:
    if State.CLOSED not in MOVES[state]:
        return No(Why.MOVED_ON)
    return No(Why.MOTION_OPEN) if motions_open else None


def why_not_cancel(*, state: State, because: str) -> No | None:
    if State.CANCELLED not in MOVES[state]:
        return No(Why.MOVED_ON)
    return None if because.strip() else No(Why.NO_REASON)


def why_not_follow_up(
    *, state: State, text: str, has_owner: bool, due_on: date, on: date
) -> No | None:
    """What somebody will do until when is written down while the meeting runs or after it."""
    if state not in (State.OPENED, State.CLOSED):
        return No(Why.NOT_RUNNING)
    if not text.strip():
        return No(Why.NO_TITLE)
    if not has_owner:
        return No(Why.NO_OWNER)
    return No(Why.DUE_IN_THE_PAST, on=on) if due_on < on else None


def why_not_settle(*, state: FollowUpState, to: FollowUpState, result: str) -> No | None:
    if state != FollowUpState.OPEN:
        return No(Why.DONE_ALREADY)
    dropped = to == FollowUpState.DROPPED
    return No(Why.NO_REASON) if dropped and not result.strip() else None


def why_not_write(*, state: State) -> No | None:
    return None if state in (State.OPENED, State.CLOSED) else No(Why.MOVED_ON)


def why_not_correct(*, state: State, because: str) -> No | None:
    """Published minutes are corrected by new ones that say why."""
    if state != State.MINUTES_PUBLISHED:
        return No(Why.MOVED_ON)
    return None if because.strip() else No(Why.NO_REASON)


def why_not_remark(*, state: State, text: str) -> No | None:
    """What is said is noted while the meeting runs, and after it until the minutes are out."""
    if state not in (State.OPENED, State.CLOSED):
        return No(Why.MOVED_ON)
    return None if text.strip() else No(Why.NOTHING_TO_WRITE)


def why_not_elect(
    *,
    state: State,
    kind: Kind,
    office: str,
    secret: bool,
    rule: str,
    candidates: Collection[int],
    members: Collection[int],
    officers: Collection[int],
    member_officer: int,
    present: int,
    needed: int,
    running: Collection[str],
    ends_at: datetime,
    at: datetime,
) -> No | None:
    """Why no office can be voted on in secret now: two or more run, at least two thirds of the
    members in office are here, and those who run the vote do not stand in it (article 13)."""
    if kind not in PLENARIES:
        return No(Why.ELECTED_IN_PLENARY)
    if state != State.OPENED:
        return No(Why.NOT_RUNNING)
    if office not in ELECTED or not secret or rule != "plurality":
        return No(Why.NOT_ELECTED_HERE)
    if office in running:
        return No(Why.ELECTION_RUNS)
    if len(candidates) < 2:
        return No(Why.TWO_CANDIDATES)
    if not set(candidates) <= set(members):
        return No(Why.CANDIDATE_NO_MEMBER)
    apart = len(set(officers)) == 2 and not set(officers) & set(candidates)
    if not apart or member_officer not in members:
        return No(Why.OFFICER_APART)
    if present < needed:
        return No(
            Why.BELOW_ELECTION_QUORUM, present=present, needed=needed, missing=needed - present
        )
    if not at < ends_at <= at + timedelta(days=1):
        return No(Why.ENDS_TODAY)
    return None


def why_not_install_elected(*, is_published: bool, is_installed: bool, winners: int) -> No | None:
    if is_installed:
        return No(Why.INSTALLED_ALREADY)
    return None if is_published and winners == 1 else No(Why.NOBODY_ELECTED)
