from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from maeul.core.no import No
from maeul.core.period import Period
from maeul.council.meeting import rules
from maeul.council.meeting.rules import FollowUpState, Kind, State, Why

AT = datetime(2026, 5, 12, 10, tzinfo=ZoneInfo("Asia/Seoul"))
DAY = date(2026, 5, 12)


def convene(**changes):
    facts = {
        "kind": Kind.PLENARY,
        "body": "council",
        "starts_at": AT + timedelta(days=7),
        "at": AT,
        "days_ahead": 7,
        "notice_days": 7,
        "urgent_because": "",
        "asked_by": "",
        "may_ask": ["chair", "members", "dong_head"],
    }
    return rules.why_not_convene(**facts | changes)


def test_a_plenary_is_called_seven_days_ahead_or_says_why_it_is_urgent():
    assert convene(days_ahead=7) is None
    assert convene(days_ahead=6) == No(Why.NOTICE_TOO_SHORT, days=7)
    assert convene(days_ahead=6, urgent_because="수해 대책") is None
    assert convene(days_ahead=6, urgent_because="  ").why == Why.NOTICE_TOO_SHORT


@pytest.mark.parametrize(("kind", "body"), [("joint", "joint"), ("subcommittee", "subcommittee")])
def test_only_a_plenary_needs_days_of_notice(kind, body):
    assert convene(kind=Kind(kind), body=body, days_ahead=1) is None


def test_each_body_holds_its_own_kind_of_meeting():
    allowed = {
        (kind, body)
        for kind in Kind
        for body in ("council", "subcommittee", "joint")
        if convene(kind=kind, body=body, asked_by="chair") is None
    }
    assert allowed == {
        ("joint", "joint"),
        ("plenary", "council"),
        ("plenary_extra", "council"),
        ("subcommittee", "subcommittee"),
    }


def test_an_extra_plenary_names_who_asked_for_it():
    extra = {"kind": Kind.PLENARY_EXTRA}
    assert convene(**extra) == No(Why.NOBODY_ASKED)
    assert convene(**extra, asked_by="members") is None
    assert convene(**extra, asked_by="members", may_ask=["chair"]) == No(Why.MAY_NOT_ASK)


def test_nobody_is_called_to_a_meeting_of_the_past():
    assert convene(starts_at=AT) == No(Why.IN_THE_PAST)
    assert convene(starts_at=AT + timedelta(minutes=1)) is None


@pytest.mark.parametrize(("in_office", "needed"), [(1, 1), (24, 13), (25, 13), (47, 24), (50, 26)])
def test_more_than_half_of_those_in_office_is_strict(in_office, needed):
    assert rules.needed(in_office, law_word="majority") == needed


def open_(**changes):
    facts = {
        "state": State.CALLED,
        "kind": Kind.PLENARY,
        "on": DAY,
        "today": DAY,
        "present": 24,
        "needed": 24,
    }
    return rules.why_not_open(**facts | changes)


def test_a_plenary_opens_with_the_member_who_makes_more_than_half_and_not_before():
    assert open_(present=24) is None
    assert open_(present=23) == No(Why.BELOW_QUORUM, present=23, needed=24, missing=1)


def test_a_joint_meeting_opens_with_whoever_came():
    assert open_(kind=Kind.JOINT, present=0) is None


def test_a_meeting_opens_on_its_day_and_only_once():
    assert open_(today=DAY - timedelta(days=1)) == No(Why.NOT_ITS_DAY, on=DAY)
    for state in set(State) - {State.CALLED}:
        assert open_(state=state) == No(Why.MOVED_ON)


@pytest.mark.parametrize(
    ("yes", "no", "abstain", "present", "carried"),
    [
        (17, 15, 0, 32, True),
        (16, 16, 0, 32, False),  # a tie carries nothing
        (16, 0, 16, 32, False),  # who abstains was present
        (16, 0, 0, 32, False),  # who raised no hand was present too
        (17, 0, 0, 33, True),
        (16, 0, 0, 33, False),
        (1, 0, 0, 1, True),
    ],
)
def test_more_than_half_of_those_present_carries(yes, no, abstain, present, carried):
    outcome = rules.outcome_of(
        yes=yes, no=no, abstain=abstain, present=present, law_word="majority_present"
    )
    assert outcome.carried is carried
    assert (yes >= outcome.needed) is carried


def vote(**changes):
    facts = {
        "state": State.OPENED,
        "voted": False,
        "present": 24,
        "needed": 24,
        "yes": 20,
        "no": 3,
        "abstain": 1,
    }
    return rules.why_not_vote(**facts | changes)


def test_as_many_hands_as_people_are_counted_and_one_more_is_refused():
    assert vote() is None
    assert vote(abstain=2) == No(Why.MORE_VOTES_THAN_PEOPLE, hands=25, present=24)


def test_a_vote_needs_its_quorum_at_that_very_moment():
    assert vote(present=23, yes=1).why == Why.BELOW_QUORUM


def test_a_vote_without_a_single_hand_is_no_vote():
    assert vote(yes=0, no=0, abstain=0) == No(Why.NOBODY_VOTED)
    assert vote(yes=0, no=0, abstain=1) is None


def test_a_motion_is_voted_on_once_while_the_meeting_runs():
    assert vote(voted=True) == No(Why.ALREADY_VOTED)
    assert vote(state=State.CLOSED) == No(Why.NOT_RUNNING)


def move(**changes):
    facts = {
        "state": State.OPENED,
        "kind": Kind.PLENARY,
        "text": "마을기금 120만원을 쓴다",
        "topic_done": False,
        "mover_sits": True,
    }
    return rules.why_not_move(**facts | changes)


def test_a_member_or_the_body_itself_puts_a_motion_and_a_guest_does_not():
    assert move() is None
    assert move(mover_sits=None) is None
    assert move(mover_sits=False) == No(Why.NOT_A_MEMBER)


def test_the_joint_meeting_votes_on_nothing():
    assert move(kind=Kind.JOINT, mover_sits=None) == No(Why.JOINT_VOTES_ON_NOTHING)


def test_a_motion_has_words_and_its_topic_is_still_open():
    assert move(text=" ") == No(Why.NO_TITLE)
    assert move(topic_done=True) == No(Why.TOPIC_DONE)
    assert move(state=State.CALLED) == No(Why.NOT_RUNNING)


def test_a_topic_waits_for_the_vote_on_its_motion():
    def decide(**changes):
        facts = {"state": State.OPENED, "done": False, "motion_open": False}
        return rules.why_not_decide_topic(**facts | changes)

    assert decide() is None
    assert decide(motion_open=True) == No(Why.MOTION_OPEN)
    assert decide(done=True) == No(Why.TOPIC_DONE)
    assert decide(state=State.CALLED) == No(Why.NOT_RUNNING)


@pytest.mark.parametrize("state", State)
def test_topics_come_and_go_only_until_the_meeting_is_closed(state):
    put = rules.why_not_put_topic(state=state, title="가로등", matter_on_the_list=False)
    withdraw = rules.why_not_withdraw_topic(state=state, done=False)
    assert (put is None) == (withdraw is None) == (state in (State.CALLED, State.OPENED))


def test_a_matter_stands_on_a_list_once_and_under_a_title():
    def put(title, on_the_list):
        return rules.why_not_put_topic(
            state=State.CALLED, title=title, matter_on_the_list=on_the_list
        )

    assert put("가로등", True) == No(Why.MATTER_IS_ON_THE_LIST)
    assert put("  ", False) == No(Why.NO_TITLE)


def test_people_are_ticked_from_the_day_of_the_meeting_until_it_closes():
    def attend(state=State.CALLED, today=DAY, here=False):
        return rules.why_not_attend(state=state, on=DAY, today=today, here=here)

    assert attend() is None
    assert attend(today=DAY - timedelta(days=1)) == No(Why.NOT_ITS_DAY, on=DAY)
    assert attend(here=True) == No(Why.ALREADY_HERE)
    assert attend(state=State.CLOSED) == No(Why.MOVED_ON)


def test_who_leaves_was_here_and_came_earlier():
    def leave(came_at, at=AT, state=State.OPENED):
        return rules.why_not_leave(state=state, here=bool(came_at), came_at=came_at, at=at)

    assert leave(AT) is None
    assert leave(AT + timedelta(minutes=1)) == No(Why.LEFT_BEFORE_COMING)
    assert leave(None) == No(Why.NOT_HERE)
    assert leave(AT, state=State.CLOSED) == No(Why.MOVED_ON)


def test_time_given_counts_only_while_the_meeting_ran():
    meeting = Period(AT, AT + timedelta(minutes=90))

    def given(*stays):
        times = [(AT + timedelta(minutes=a), AT + timedelta(minutes=b)) for a, b in stays]
        return rules.minutes_here(times, meeting=meeting)

    assert given((-10, 100)) == 90
    assert given((0, 20), (60, 90)) == 50
    assert given((-10, 0)) == 1


def test_a_meeting_closes_when_every_motion_has_been_voted_on():
    assert rules.why_not_close(state=State.OPENED, motions_open=0) is None
    assert rules.why_not_close(state=State.OPENED, motions_open=1) == No(Why.MOTION_OPEN)
    assert rules.why_not_close(state=State.CALLED, motions_open=0) == No(Why.MOVED_ON)


def test_a_meeting_is_cancelled_with_a_reason_and_before_it_opens():
    assert rules.why_not_cancel(state=State.CALLED, because="태풍") is None
    assert rules.why_not_cancel(state=State.CALLED, because=" ") == No(Why.NO_REASON)
    assert rules.why_not_cancel(state=State.OPENED, because="태풍") == No(Why.MOVED_ON)


def follow_up(**changes):
    facts = {
        "state": State.OPENED,
        "text": "도로과에 묻기",
        "has_owner": True,
        "due_on": DAY,
        "on": DAY,
    }
    return rules.why_not_follow_up(**facts | changes)


def test_something_to_do_has_words_somebody_and_a_day_not_before_the_meeting():
    assert follow_up() is None
    assert follow_up(state=State.CLOSED) is None
    assert follow_up(state=State.CALLED) == No(Why.NOT_RUNNING)
    assert follow_up(text="") == No(Why.NO_TITLE)
    assert follow_up(has_owner=False) == No(Why.NO_OWNER)
    assert follow_up(due_on=DAY - timedelta(days=1)) == No(Why.DUE_IN_THE_PAST, on=DAY)


def test_something_to_do_is_done_without_words_but_dropped_only_for_a_reason():
    def settle(to, result="", state=FollowUpState.OPEN):
        return rules.why_not_settle(state=state, to=to, result=result)

    assert settle(FollowUpState.DONE) is None
    assert settle(FollowUpState.DROPPED) == No(Why.NO_REASON)
    assert settle(FollowUpState.DROPPED, "예산이 없음") is None
    assert settle(FollowUpState.DONE, state=FollowUpState.DONE) == No(Why.DONE_ALREADY)


def test_what_is_said_is_noted_until_the_minutes_are_out():
    allowed = {s for s in State if rules.why_not_remark(state=s, text="말") is None}
    assert allowed == {s for s in State if rules.why_not_write(state=s) is None}
    assert allowed == {State.OPENED, State.CLOSED}
    assert rules.why_not_remark(state=State.OPENED, text=" ") == No(Why.NOTHING_TO_WRITE)


def test_only_published_minutes_are_corrected_and_say_why():
    assert rules.why_not_correct(state=State.MINUTES_PUBLISHED, because="이름이 틀림") is None
    assert rules.why_not_correct(state=State.MINUTES_PUBLISHED, because="") == No(Why.NO_REASON)
    assert rules.why_not_correct(state=State.CLOSED, because="이름") == No(Why.MOVED_ON)


def test_every_state_is_reached_and_the_last_ones_lead_nowhere():
    assert set(rules.MOVES) == set(State)
    assert set().union(*rules.MOVES.values()) == set(State) - {State.CALLED}
    ends = {state for state, after in rules.MOVES.items() if not after}
    assert ends == {State.MINUTES_PUBLISHED, State.CANCELLED}
