"""Where an agenda item stands, and which way it may go."""

from datetime import date
from enum import StrEnum, auto

from maeul.core.no import No

MINUTES_FOR_A_SENTENCE = 5  # what speaking up is counted as in the participation record


class Why(StrEnum):
    EMPTY = auto()
    NO_AUTHOR = auto()
    HALF_A_PLACE = auto()
    OUTSIDE_THE_DONG = auto()
    NOT_NOW = auto()
    ALREADY_TRIAGED = auto()
    ALREADY_JOINED = auto()
    ALREADY_ENDED = auto()
    IN_REVIEW = auto()
    PAST_DRAFTED = auto()
    OWN_ITEM = auto()
    CATEGORY_OPEN = auto()
    REASON_MISSING = auto()
    PARKED_INTO_THE_PAST = auto()
    OTHER_DONG = auto()
    NOT_PUBLIC = auto()
    NOT_AN_OPEN_MATTER = auto()
    WAITS_WITH_OTHERS = auto()
    ALREADY_SUPPORTED = auto()
    NOT_SUPPORTED = auto()
    ALREADY_OFFERED = auto()
    OFFER_IN_THE_PAST = auto()
    OFFER_OVER = auto()
    NOT_THEIRS = auto()
    TOPIC_NOT_DECIDED = auto()
    TOPIC_OF_ANOTHER_MATTER = auto()
    ALREADY_TAKEN_UP = auto()
    NOT_ITS_MEETING = auto()
    NOT_FOR_A_MEETING = auto()
    NOT_LOST = auto()
    NOBODY_WAITS = auto()


class State(StrEnum):
    CAPTURED = "captured"  # said, seen by its author and the dong's staff
    TRIAGED = "triaged"  # public, with a category
    IN_REVIEW = "in_review"  # one or more departments were asked
    REVIEWED = "reviewed"  # every department asked has answered
    DRAFTED = "drafted"  # stands in a draft of the self-governance plan
    TABLED = "tabled"  # on the ballot of an assembly or a round
    DECIDED = "decided"  # see Outcome
    DECLINED = "declined"  # with a reason
    FIXED = "fixed"  # done at once by an officer
    PARKED = "parked"  # put aside until a day, with a reason
    MERGED = "merged"  # its thread is joined into another matter
    WITHDRAWN = "withdrawn"  # taken back by its author


class Outcome(StrEnum):
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"
    AGAIN = "again"  # not chosen, may come again next year


class Category(StrEnum):
    ROADS = "roads"
    CARE = "care"
    GREEN = "green"
    LEARNING = "learning"
    LIVING = "living"
    UNSURE = "unsure"


class Source(StrEnum):
    """Where the sentence was said."""

    PAGE = "page"
    STREET = "street"
    MEETING = "meeting"
    DESK = "desk"
    PHONE = "phone"
    SURVEY = "survey"
    COMPLAINT = "complaint"


class Help(StrEnum):
    """What a neighbour offers."""

    HANDS = "hands"
    SKILL = "skill"
    PLACE = "place"
    GOODS = "goods"
    OTHER = "other"


MOVES: dict[State, set[State]] = {
    State.CAPTURED: {State.TRIAGED, State.DECLINED, State.FIXED, State.MERGED, State.WITHDRAWN},
    State.TRIAGED: {
        State.IN_REVIEW,
        State.DECLINED,
        State.FIXED,
        State.PARKED,
        State.MERGED,
        State.WITHDRAWN,
    },
    State.IN_REVIEW: {State.REVIEWED, State.TRIAGED},
    State.REVIEWED: {
        State.DRAFTED,
        State.IN_REVIEW,
        State.DECLINED,
        State.FIXED,
        State.PARKED,
        State.MERGED,
    },
    State.DRAFTED: {State.TABLED, State.REVIEWED},
    State.TABLED: {State.DECIDED, State.DRAFTED},
    State.DECIDED: {State.TRIAGED},  # only what may come again
    State.PARKED: {State.TRIAGED, State.MERGED, State.WITHDRAWN},
    State.MERGED: {State.TRIAGED, State.REVIEWED, State.PARKED},
    State.DECLINED: set(),
    State.FIXED: set(),
    State.WITHDRAWN: set(),
}

ENDS = frozenset({State.DECLINED, State.FIXED, State.WITHDRAWN, State.MERGED, State.DECIDED})
# A matter that others may still be gathered under: it is public and not yet on a ballot.
GATHERS = frozenset({State.TRIAGED, State.IN_REVIEW, State.REVIEWED, State.DRAFTED, State.PARKED})
OPEN = GATHERS | {State.TABLED}
# What of a meeting's outcomes is news for an item; the others put it off or only hear it.
TAKEN_OVER = ("take_up", "to_review", "park", "decline")
# Where an item may be put on the list of a joint meeting.
FOR_MEETINGS = frozenset({State.TRIAGED, State.REVIEWED, State.PARKED})


def why_not_move(*, state: State, to: State) -> No | None:
    """Why an item may not go there from where it is."""
    if to in MOVES[state]:
        return None
    if state == State.MERGED:
        return No(Why.ALREADY_JOINED)
    if state in ENDS:
        return No(Why.ALREADY_ENDED)
    if to in (State.TRIAGED, State.WITHDRAWN) and state != State.CAPTURED:
        return No(Why.ALREADY_TRIAGED)
    if state == State.IN_REVIEW:
        return No(Why.IN_REVIEW)
    return No(Why.NOT_NOW)


def why_not_capture(
    *,
    title: str,
    spoken_for: bool,
    longitude: float | None,
    latitude: float | None,
    inside: bool = True,
) -> No | None:
    """`spoken_for`: it has an author, or somebody of the staff wrote it down for one."""
    if not title.strip():
        return No(Why.EMPTY)
    if not spoken_for:
        return No(Why.NO_AUTHOR)
    return why_not_stand_there(longitude=longitude, latitude=latitude, inside=inside)


def why_not_stand_there(
    *, longitude: float | None, latitude: float | None, inside: bool
) -> No | None:
    if (longitude is None) != (latitude is None):
        return No(Why.HALF_A_PLACE)
    if longitude is not None and not inside:
        return No(Why.OUTSIDE_THE_DONG)
    return None


def why_not_correct(*, state: State) -> No | None:
    """The author may change the words until the staff has taken them up."""
    return None if state == State.CAPTURED else No(Why.ALREADY_TRIAGED)


def why_not_triage(*, state: State, own: bool, category: Category) -> No | None:
    """Nobody takes in their own sentence."""
    if own:
        return No(Why.OWN_ITEM)
    if state != State.CAPTURED:
        return No(Why.ALREADY_TRIAGED)
    if category == Category.UNSURE:
        return No(Why.CATEGORY_OPEN)
    return None


def why_not_answer(*, state: State, to: State, own: bool, reason: str) -> No | None:
    """Declining, fixing and parking: by somebody else, always with words for the author."""
    if own:
        return No(Why.OWN_ITEM)
    if (no := why_not_move(state=state, to=to)) is not None:
        return no
    return None if reason.strip() else No(Why.REASON_MISSING)


def why_not_park(*, state: State, own: bool, reason: str, until: date, today: date) -> No | None:
    if (no := why_not_answer(state=state, to=State.PARKED, own=own, reason=reason)) is not None:
        return no
    return None if until > today else No(Why.PARKED_INTO_THE_PAST)


def why_not_merge(*, state: State, own: bool, into_state: State, same_dong: bool) -> No | None:
    """Past the draft a matter stands in a plan and on ballots as it is (DRAFTED still gathers)."""
    if own:
        return No(Why.OWN_ITEM)
    if state in (State.DRAFTED, State.TABLED):
        return No(Why.PAST_DRAFTED)
    if (no := why_not_move(state=state, to=State.MERGED)) is not None:
        return no
    if not same_dong:
        return No(Why.OTHER_DONG)
    if into_state in (State.TABLED, State.DECIDED):
        return No(Why.PAST_DRAFTED)
    return None if into_state in GATHERS else No(Why.NOT_AN_OPEN_MATTER)


def why_not_unmerge(*, state: State, into_state: State) -> No | None:
    """What was put on a ballot together stays together."""
    if state != State.MERGED:
        return No(Why.NOT_NOW)
    if into_state in (State.TABLED, State.DECIDED):
        return No(Why.PAST_DRAFTED)
    return None


def why_not_split(*, state: State, title: str) -> No | None:
    if state not in (State.TRIAGED, State.REVIEWED):
        return No(Why.NOT_NOW)
    return None if title.strip() else No(Why.EMPTY)


def why_not_withdraw(*, state: State, theirs: bool, gathered: bool) -> No | None:
    """A sentence that neighbours were gathered under is no longer its author's alone."""
    if not theirs:
        return No(Why.NOT_THEIRS)
    if gathered:
        return No(Why.WAITS_WITH_OTHERS)
    return why_not_move(state=state, to=State.WITHDRAWN)


def why_not_join_in(*, state: State, public: bool) -> No | None:
    """Supporting and offering help: while the matter is public and open."""
    if not public:
        return No(Why.NOT_PUBLIC)
    if state == State.MERGED:
        return No(Why.ALREADY_JOINED)
    return None if state in OPEN else No(Why.ALREADY_ENDED)


def why_not_support(*, state: State, public: bool, already: bool) -> No | None:
    if (no := why_not_join_in(state=state, public=public)) is not None:
        return no
    return No(Why.ALREADY_SUPPORTED) if already else None


def why_not_offer(
    *, state: State, outcome: Outcome | None, public: bool, already: bool, until: date, today: date
) -> No | None:
    """Help is offered to what is open and to what was chosen."""
    chosen = state == State.DECIDED and outcome == Outcome.CHOSEN
    if not (chosen and public) and (no := why_not_join_in(state=state, public=public)) is not None:
        return no
    if already:
        return No(Why.ALREADY_OFFERED)
    return None if until >= today else No(Why.OFFER_IN_THE_PAST)


def why_not_take_up(*, state: State, decided: bool, same_matter: bool, already: bool) -> No | None:
    """What a joint meeting has decided about a matter is taken over once."""
    if already:
        return No(Why.ALREADY_TAKEN_UP)
    if not same_matter:
        return No(Why.TOPIC_OF_ANOTHER_MATTER)
    if not decided:
        return No(Why.TOPIC_NOT_DECIDED)
    return None if state in OPEN else No(Why.ALREADY_ENDED)


def why_not_bring_to_meeting(*, state: State, joint: bool, same_dong: bool) -> No | None:
    """The dong's own joint meeting looks at what waits for a next step."""
    if not joint or not same_dong:
        return No(Why.NOT_ITS_MEETING)
    return None if state in FOR_MEETINGS else No(Why.NOT_FOR_A_MEETING)


def why_not_come_again(*, state: State, outcome: Outcome | None, wanted: Outcome) -> No | None:
    """`wanted` NOT_CHOSEN: to be marked for next year; AGAIN: to be brought back."""
    if state == State.DECIDED and outcome == wanted:
        return None
    return No(Why.NOT_LOST)


def why_not_unsupport(*, supported: bool) -> No | None:
    return None if supported else No(Why.NOT_SUPPORTED)


def why_not_withdraw_offer(*, theirs: bool, over: bool) -> No | None:
    if not theirs:
        return No(Why.NOT_THEIRS)
    return No(Why.OFFER_OVER) if over else None


def why_not_resume(*, state: State) -> No | None:
    """TRIAGED is reached from several states; each way has its own verb."""
    return None if state == State.PARKED else No(Why.NOT_NOW)


def why_not_call_back(*, state: State) -> No | None:
    return None if state == State.IN_REVIEW else No(Why.NOT_NOW)


def why_not_undraft(*, state: State) -> No | None:
    return None if state == State.DRAFTED else No(Why.NOT_NOW)


def why_not_untable(*, state: State) -> No | None:
    return None if state == State.TABLED else No(Why.NOT_NOW)


def why_not_give_back(*, owed: bool, how: str) -> No | None:
    if not owed:
        return No(Why.NOBODY_WAITS)
    return None if how.strip() else No(Why.REASON_MISSING)
