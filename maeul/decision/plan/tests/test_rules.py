from datetime import date, timedelta

import pytest

from maeul.decision.plan import rules
from maeul.decision.plan.rules import State, Verdict, Why

LINE = ("의자", 1_200_000, 3)


def why(no):
    return no and no.why


def add(**facts):
    usual = {
        "state": State.DRAFTED,
        "same_dong": True,
        "reviewed": True,
        "already": False,
        "lines": [LINE],
    }
    return why(rules.why_not_add(**usual | facts))


def test_a_reviewed_item_of_the_dong_is_taken_in_once_while_the_plan_is_written():
    assert add() is None
    assert add(state=State.ADOPTED) == Why.NOT_NOW
    assert add(same_dong=False) == Why.OTHER_DONG
    assert add(already=True) == Why.ALREADY_IN
    assert add(reviewed=False) == Why.NOT_REVIEWED


@pytest.mark.parametrize("line", [(" ", 1, 1), ("의자", 0, 1), ("의자", 1, 0), ("의자", -1, 1)])
def test_a_cost_line_says_what_how_much_and_how_many(line):
    assert add(lines=[LINE, line]) == Why.LINE_INCOMPLETE
    assert add(lines=[]) is None
    assert add(lines=[("의자", 1, 1)]) is None


def test_there_is_one_plan_a_year():
    assert rules.why_not_draw_up(already=False) is None
    assert why(rules.why_not_draw_up(already=True)) == Why.ALREADY_DRAWN_UP


def test_only_a_filled_draft_is_brought_to_its_own_councils_plenary():
    bring = rules.why_not_bring
    assert bring(state=State.DRAFTED, items=1, by_the_council=True) is None
    assert why(bring(state=State.DRAFTED, items=0, by_the_council=True)) == Why.EMPTY
    assert why(bring(state=State.ADOPTED, items=1, by_the_council=True)) == Why.NOT_NOW
    other = bring(state=State.DRAFTED, items=1, by_the_council=False)
    assert why(other) == Why.MOTION_OF_ANOTHER_BODY


def adopt(**facts):
    usual = {
        "state": State.DRAFTED,
        "costs": [4_000_000, 1],
        "carried": True,
        "by_the_council": True,
        "same_matter": True,
    }
    return why(rules.why_not_adopt(**usual | facts))


def test_a_plan_is_adopted_by_a_carried_motion_of_its_council_on_this_very_plan():
    assert adopt() is None
    assert adopt(state=State.ADOPTED) == Why.NOT_NOW
    assert adopt(carried=False) == Why.MOTION_NOT_CARRIED
    assert adopt(by_the_council=False) == Why.MOTION_OF_ANOTHER_BODY
    assert adopt(same_matter=False) == Why.MOTION_OF_ANOTHER_MATTER


def test_an_empty_plan_or_one_whose_costs_are_missing_is_not_adopted():
    assert adopt(costs=[]) == Why.EMPTY
    assert adopt(costs=[4_000_000, 0]) == Why.COSTS_MISSING


def test_a_plan_is_tabled_once_and_again_when_its_question_was_lost():
    table = rules.why_not_table
    assert table(state=State.ADOPTED, same_dong=True, asked=False) is None
    assert why(table(state=State.TABLED, same_dong=True, asked=True)) == Why.ALREADY_ASKED
    assert table(state=State.TABLED, same_dong=True, asked=False) is None
    assert why(table(state=State.DRAFTED, same_dong=True, asked=False)) == Why.NOT_NOW
    other = table(state=State.ADOPTED, same_dong=False, asked=False)
    assert why(other) == Why.ASSEMBLY_OF_ANOTHER_DONG


def test_money_is_asked_for_what_the_plenary_settled():
    ask = rules.why_not_ask_for_money
    assert ask(state=State.ADOPTED, same_dong=True, items=2) is None
    assert ask(state=State.TABLED, same_dong=True, items=2) is None
    assert why(ask(state=State.DRAFTED, same_dong=True, items=2)) == Why.NOT_NOW
    assert why(ask(state=State.APPROVED, same_dong=True, items=2)) == Why.NOT_NOW
    other = ask(state=State.ADOPTED, same_dong=False, items=2)
    assert why(other) == Why.ROUND_OF_ANOTHER_DONG
    assert why(ask(state=State.ADOPTED, same_dong=True, items=0)) == Why.EMPTY


def test_the_whole_must_pass_and_every_item_to_be_approved():
    assert rules.decided(carried=True, chosen=[True, True]) == State.APPROVED
    assert rules.decided(carried=True, chosen=[True, False]) == State.PARTLY
    assert rules.decided(carried=False, chosen=[True, True]) == State.REJECTED


def test_a_result_is_taken_over_when_it_is_out():
    assert rules.why_not_take_result(state=State.TABLED, published=True) is None
    early = rules.why_not_take_result(state=State.TABLED, published=False)
    assert why(early) == Why.RESULT_NOT_OUT
    again = rules.why_not_take_result(state=State.APPROVED, published=True)
    assert why(again) == Why.NOT_NOW


def test_only_what_the_assembly_passed_goes_to_the_mayor():
    assert rules.why_not_submit(state=State.APPROVED) is None
    assert rules.why_not_submit(state=State.PARTLY) is None
    for state in (State.REJECTED, State.TABLED, State.SUBMITTED):
        assert why(rules.why_not_submit(state=state)) == Why.NOT_NOW


def reply(**facts):
    usual = {
        "state": State.SUBMITTED,
        "chosen": True,
        "already": False,
        "verdict": Verdict.PARTIAL,
        "reason": "절반만 할 수 있습니다.",
    }
    return why(rules.why_not_reply(**usual | facts))


def test_the_mayor_answers_each_chosen_item_once_and_says_why_unless_it_is_taken_over():
    assert reply() is None
    assert reply(reason="  ") == Why.REASON_MISSING
    assert reply(verdict=Verdict.LONG_TERM, reason="") == Why.REASON_MISSING
    assert reply(verdict=Verdict.ACCEPTED, reason="") is None
    assert reply(chosen=False) == Why.NOT_CHOSEN
    assert reply(already=True) == Why.ALREADY_REPLIED
    assert reply(state=State.APPROVED) == Why.NOT_NOW


def test_an_answered_plan_takes_effect():
    assert rules.why_not_take_effect(state=State.REPLIED) is None
    assert why(rules.why_not_take_effect(state=State.SUBMITTED)) == Why.NOT_NOW


def test_a_plan_holds_until_the_day_before_the_next_assembly():
    last = rules.last_day(word="day_before_next_assembly", next_assembly_on=date(2027, 5, 15))
    assert last == date(2027, 5, 14)
    assert rules.last_day(word="day_before_next_assembly", next_assembly_on=None) is None
    expire = rules.why_not_expire
    assert why(expire(state=State.IN_FORCE, last_day=last, on=last)) == Why.STILL_IN_FORCE
    assert expire(state=State.IN_FORCE, last_day=last, on=last + timedelta(days=1)) is None
    assert why(expire(state=State.IN_FORCE, last_day=None, on=last)) == Why.STILL_IN_FORCE
    assert why(expire(state=State.REPLIED, last_day=last, on=date(2028, 1, 1))) == Why.NOT_NOW
