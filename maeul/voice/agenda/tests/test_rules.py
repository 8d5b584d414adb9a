from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maeul.core.no import No
from maeul.voice.agenda import rules
from maeul.voice.agenda.rules import MOVES, Category, Outcome, State, Why

TODAY = date(2026, 5, 12)


@pytest.mark.parametrize(("state", "to"), [*product(State, State)])
def test_an_item_goes_only_where_the_table_of_moves_says(state, to):
    assert (rules.why_not_move(state=state, to=to) is None) == (to in MOVES[state])


def test_every_state_can_be_reached_from_the_first_sentence():
    reached, news = {State.CAPTURED}, {State.CAPTURED}
    while news:
        news = set().union(*(MOVES[state] for state in news)) - reached
        reached |= news
    assert reached == set(State)


def test_an_end_stays_an_end_but_for_what_may_come_again_or_apart():
    for state in (State.DECLINED, State.FIXED, State.WITHDRAWN):
        assert MOVES[state] == set()
    assert MOVES[State.DECIDED] == {State.TRIAGED}
    assert State.CAPTURED not in MOVES[State.MERGED]


@pytest.mark.parametrize(
    ("how", "answer"),
    [
        ({}, None),
        ({"title": " \n"}, No(Why.EMPTY)),
        ({"spoken_for": False}, No(Why.NO_AUTHOR)),
        ({"longitude": 126.9}, No(Why.HALF_A_PLACE)),
        ({"longitude": 126.9, "latitude": 37.4}, None),
        ({"longitude": 126.9, "latitude": 37.4, "inside": False}, No(Why.OUTSIDE_THE_DONG)),
    ],
)
def test_a_sentence_needs_words_and_somebody_who_said_it(how, answer):
    said = {"title": "길", "spoken_for": True, "longitude": None, "latitude": None}
    assert rules.why_not_capture(**{**said, **how}) == answer


@given(state=st.sampled_from(State), to=st.sampled_from(State), reason=st.text(max_size=5))
def test_nobody_answers_their_own_sentence_and_no_answer_is_empty(state, to, reason):
    own = rules.why_not_answer(state=state, to=to, own=True, reason=reason)
    assert own == No(Why.OWN_ITEM)
    if rules.why_not_answer(state=state, to=to, own=False, reason=reason) is None:
        assert reason.strip()
        assert to in MOVES[state]


@pytest.mark.parametrize(
    ("state", "category", "answer"),
    [
        (State.CAPTURED, Category.ROADS, None),
        (State.CAPTURED, Category.UNSURE, No(Why.CATEGORY_OPEN)),
        (State.TRIAGED, Category.ROADS, No(Why.ALREADY_TRIAGED)),
        (State.WITHDRAWN, Category.ROADS, No(Why.ALREADY_TRIAGED)),
    ],
)
def test_only_a_new_sentence_is_taken_in_and_with_a_category(state, category, answer):
    assert rules.why_not_triage(state=state, own=False, category=category) == answer


@pytest.mark.parametrize(("days", "allowed"), [(-1, False), (0, False), (1, True)])
def test_what_is_put_aside_comes_back_tomorrow_at_the_earliest(days, allowed):
    why = rules.why_not_park(
        state=State.TRIAGED,
        own=False,
        reason="겨울에 다시",
        until=TODAY + timedelta(days=days),
        today=TODAY,
    )
    assert why == (None if allowed else No(Why.PARKED_INTO_THE_PAST))


@pytest.mark.parametrize(
    ("state", "into", "answer"),
    [
        (State.CAPTURED, State.TRIAGED, None),
        (State.TRIAGED, State.DRAFTED, None),
        (State.REVIEWED, State.REVIEWED, None),
        (State.TRIAGED, State.TABLED, No(Why.PAST_DRAFTED)),
        (State.TRIAGED, State.DECIDED, No(Why.PAST_DRAFTED)),
        (State.DRAFTED, State.TRIAGED, No(Why.PAST_DRAFTED)),
        (State.TABLED, State.TRIAGED, No(Why.PAST_DRAFTED)),
        (State.IN_REVIEW, State.TRIAGED, No(Why.IN_REVIEW)),
        (State.MERGED, State.TRIAGED, No(Why.ALREADY_JOINED)),
        (State.DECLINED, State.TRIAGED, No(Why.ALREADY_ENDED)),
        (State.TRIAGED, State.DECLINED, No(Why.NOT_AN_OPEN_MATTER)),
        (State.TRIAGED, State.CAPTURED, No(Why.NOT_AN_OPEN_MATTER)),
    ],
)
def test_matters_are_gathered_until_one_of_them_is_on_a_ballot(state, into, answer):
    assert rules.why_not_merge(state=state, own=False, into_state=into, same_dong=True) == answer


def test_matters_of_two_dongs_are_not_gathered():
    assert rules.why_not_merge(
        state=State.TRIAGED, own=False, into_state=State.TRIAGED, same_dong=False
    ) == No(Why.OTHER_DONG)


@pytest.mark.parametrize(
    ("into", "allowed"),
    [(State.DRAFTED, True), (State.TABLED, False), (State.DECIDED, False)],
)
def test_what_went_on_a_ballot_together_stays_together(into, allowed):
    why = rules.why_not_unmerge(state=State.MERGED, into_state=into)
    assert why == (None if allowed else No(Why.PAST_DRAFTED))


@pytest.mark.parametrize("state", State)
def test_one_joins_in_only_while_a_matter_is_open(state):
    why = rules.why_not_support(state=state, public=True, already=False)
    assert (why is None) == (state in rules.OPEN)
    assert rules.why_not_support(state=state, public=False, already=False) == No(Why.NOT_PUBLIC)


@pytest.mark.parametrize(("days", "allowed"), [(-1, False), (0, True)])
def test_help_may_be_offered_for_today_but_not_for_yesterday(days, allowed):
    why = rules.why_not_offer(
        state=State.DECIDED,
        outcome=Outcome.CHOSEN,
        public=True,
        already=False,
        until=TODAY + timedelta(days=days),
        today=TODAY,
    )
    assert why == (None if allowed else No(Why.OFFER_IN_THE_PAST))


def test_no_help_is_offered_to_what_was_not_chosen():
    why = rules.why_not_offer(
        state=State.DECIDED,
        outcome=Outcome.NOT_CHOSEN,
        public=True,
        already=False,
        until=TODAY,
        today=TODAY,
    )
    assert why == No(Why.ALREADY_ENDED)


@pytest.mark.parametrize(
    ("how", "answer"),
    [
        ({}, None),
        ({"decided": False}, No(Why.TOPIC_NOT_DECIDED)),
        ({"same_matter": False}, No(Why.TOPIC_OF_ANOTHER_MATTER)),
        ({"already": True}, No(Why.ALREADY_TAKEN_UP)),
        ({"state": State.DECLINED}, No(Why.ALREADY_ENDED)),
    ],
)
def test_only_what_a_meeting_decided_on_this_matter_is_taken_up_and_once(how, answer):
    asked = {"state": State.TRIAGED, "decided": True, "same_matter": True, "already": False}
    assert rules.why_not_take_up(**{**asked, **how}) == answer
