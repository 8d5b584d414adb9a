from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from maeul.core.no import No
from maeul.decision.assembly import rules
from maeul.decision.assembly.rules import Kind, Method, State, Why

TODAY = date(2026, 5, 12)
NOW = datetime(2026, 5, 12, 1, tzinfo=UTC)
DAY = datetime(2026, 6, 20, tzinfo=UTC), datetime(2026, 6, 20, 23, 59, 59, tzinfo=UTC)


def why(no):
    return no and no.why


def convene(**facts):
    usual = {
        "year": 2026,
        "held_on": date(2026, 6, 20),
        "on": TODAY,
        "already": 0,
        "per_year": 1,
        "population": 22_701,
    }
    return why(rules.why_not_convene(**usual | facts))


def test_a_dong_assembles_as_often_a_year_as_its_ordinance_says():
    assert convene() is None
    assert convene(already=1) == Why.ALREADY_CONVENED
    assert convene(already=1, per_year=2) is None


def test_an_assembly_is_held_later_than_today_in_its_own_year_by_people_who_can_be_counted():
    assert convene(held_on=TODAY) == Why.IN_THE_PAST
    assert convene(held_on=TODAY + timedelta(days=1)) is None
    assert convene(held_on=date(2027, 1, 1)) == Why.OTHER_YEAR
    assert convene(population=0) == Why.NO_POPULATION


def freeze(**facts):
    usual = {
        "state": State.PLANNED,
        "carried": True,
        "by_the_council": True,
        "opens_at": DAY[0] - timedelta(days=5),
        "closes_at": DAY[1],
        "day": DAY,
        "early_vote": True,
        "weight": None,
        "method": Method.ONLINE,
        "lawful_method": rules.PER_ASSEMBLY,
        "quorum": 114,
        "least": 114,
        "at": NOW,
    }
    return why(rules.why_not_freeze_rules(**usual | facts))


def test_only_a_carried_motion_of_the_councils_plenary_sets_the_rules_once():
    assert freeze() is None
    assert freeze(carried=False) == Why.MOTION_NOT_CARRIED
    assert freeze(by_the_council=False) == Why.MOTION_OF_ANOTHER_BODY
    assert freeze(state=State.RULES_FROZEN) == Why.NOT_NOW


def test_the_vote_opens_in_the_future_and_ends_within_the_day():
    assert freeze(opens_at=NOW) == Why.TIMES_OUT_OF_ORDER
    assert freeze(opens_at=NOW + timedelta(seconds=1)) is None
    assert freeze(opens_at=DAY[1]) == Why.TIMES_OUT_OF_ORDER
    assert freeze(closes_at=DAY[1] + timedelta(seconds=1)) == Why.VOTE_AFTER_THE_DAY


def test_a_weight_we_cannot_count_is_refused_where_there_are_early_votes():
    assert freeze(weight=Fraction(1, 2)) == Why.WEIGHT_NOT_COUNTED
    assert freeze(weight=Fraction(1)) is None
    assert freeze(weight=Fraction(1, 2), opens_at=DAY[0]) is None


def test_the_plenary_chooses_where_to_vote_unless_the_bylaw_says_it():
    assert freeze(method=Method.BOTH) is None
    assert freeze(method=Method.BOTH, lawful_method="online") == Why.METHOD_FIXED
    assert freeze(method=Method.ONLINE, lawful_method="online") is None


def test_the_plenary_may_raise_the_quorum_and_not_lower_it():
    assert freeze(quorum=115) is None
    assert freeze(quorum=113) == Why.QUORUM_BELOW_THE_LAW


def test_where_there_is_no_early_vote_the_vote_opens_on_the_day_itself():
    assert freeze(early_vote=False, opens_at=DAY[0]) is None
    assert freeze(early_vote=False, opens_at=DAY[0] - timedelta(seconds=1)) == Why.NO_EARLY_VOTE


def put(**facts):
    usual = {
        "state": State.RULES_FROZEN,
        "kind": Kind.BUDGET,
        "threads": [1, 2, 3],
        "already": set(),
        "drafted": True,
        "costs": [500, 600, 300],
        "limit": 1000,
        "at_most": 3,
        "seats": 1,
    }
    return why(rules.why_not_put(**usual | facts))


def test_a_question_needs_something_to_choose_from():
    assert put() is None
    assert put(threads=[1], costs=[500], at_most=1) == Why.NO_OPTIONS
    assert put(kind=Kind.YES_NO, threads=[], costs=[], limit=None) == Why.NO_OPTIONS
    assert put(kind=Kind.YES_NO, threads=[1], costs=[None], limit=None, at_most=1) is None


def test_the_same_matter_stands_on_the_ballot_once():
    assert put(threads=[1, 2, 2]) == Why.OPTION_TWICE
    assert put(already={3, 9}) == Why.OPTION_TWICE
    assert put(already={4, 9}) is None


def test_one_may_choose_from_one_to_all():
    assert put(at_most=0) == Why.TOO_MANY_CHOICES
    assert put(at_most=1) is None
    assert put(at_most=4) == Why.TOO_MANY_CHOICES


def test_a_choice_leaves_somebody_out():
    assert put(kind=Kind.CHOOSE, limit=None, seats=2) is None
    assert put(kind=Kind.CHOOSE, limit=None, seats=3) == Why.TOO_MANY_SEATS
    assert put(kind=Kind.CHOOSE, limit=None, seats=0) == Why.TOO_MANY_SEATS


def test_a_budget_question_needs_money_and_costs_that_fit_into_it():
    assert put(limit=None) == Why.LIMIT_MISSING
    assert put(costs=[500, None, 300]) == Why.LIMIT_MISSING
    assert put(costs=[500, 1000, 300]) is None
    assert put(costs=[500, 1001, 300]) == Why.COST_OVER_LIMIT


def test_an_item_is_put_only_when_it_stands_in_a_plan_and_nothing_after_the_announcement():
    assert put(drafted=False) == Why.NOT_DRAFTED
    assert put(state=State.PLANNED) is None
    assert put(state=State.ANNOUNCED) == Why.NOT_NOW
    assert why(rules.why_not_take_out(state=State.ANNOUNCED)) == Why.NOT_NOW
    assert rules.why_not_take_out(state=State.RULES_FROZEN) is None


def test_two_different_people_of_council_and_office_are_officers():
    assert rules.why_not_name_officers(from_council=True, from_office=True, different=True) is None
    for left_out in ("from_council", "from_office", "different"):
        facts = {"from_council": True, "from_office": True, "different": True, left_out: False}
        assert why(rules.why_not_name_officers(**facts)) == Why.OFFICERS_UNFIT


def announce(**facts):
    usual = {
        "state": State.RULES_FROZEN,
        "questions": 1,
        "held_on": TODAY + timedelta(days=30),
        "on": TODAY,
        "lead": timedelta(days=30),
    }
    return rules.why_not_announce(**usual | facts)


def test_an_assembly_is_announced_a_month_before_and_not_a_day_later():
    assert announce() is None
    late = announce(held_on=TODAY + timedelta(days=29))
    assert late == No(Why.ANNOUNCED_TOO_LATE, latest=TODAY - timedelta(days=1), days=30)
    assert why(announce(questions=0)) == Why.NO_QUESTIONS
    assert why(announce(state=State.PLANNED)) == Why.NOT_NOW


def test_a_result_is_announced_once_and_only_what_the_count_published():
    result = rules.why_not_announce_result
    assert result(state=State.ANNOUNCED, published=True) is None
    assert why(result(state=State.ANNOUNCED, published=False)) == Why.NOT_PUBLISHED
    assert why(result(state=State.RESULT_ANNOUNCED, published=True)) == Why.NOT_NOW


def test_minutes_follow_the_result_and_say_something():
    minutes = rules.why_not_publish_minutes
    assert minutes(state=State.RESULT_ANNOUNCED, text="열었습니다.") is None
    assert why(minutes(state=State.RESULT_ANNOUNCED, text="  ")) == Why.TEXT_MISSING
    assert why(minutes(state=State.ANNOUNCED, text="열었습니다.")) == Why.NOT_NOW


@pytest.mark.parametrize(("base", "needed"), [("population", 114), ("members", 1)])
def test_the_quorum_is_a_share_of_the_people_or_of_the_members(base, needed):
    share = rules.Fraction("0.005")
    found = rules.quorum_needed(population=22_701, members=47, base=base, at_least=share)
    assert found == needed
