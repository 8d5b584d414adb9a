from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.budgeting.greedy import Form, Verdict, greedy
from decide.errors import Code, DecideError
from decide.properties import (
    is_exhaustive,
    never_overspends,
    order_of_ballots_does_not_matter,
    still_affordable,
)
from decide.ties import by_seed

forms = st.sampled_from(Form)


@st.composite
def elections(draw, most=7):
    options = [str(number) for number in range(1, draw(st.integers(1, most)) + 1)]
    numbers = st.integers(min_value=0, max_value=9)
    return {
        "votes": {option: draw(numbers) for option in options},
        "costs": {option: draw(numbers) for option in options},
        "budget": draw(st.integers(min_value=0, max_value=25)),
        "ties": by_seed(options, seed=draw(st.text(max_size=3))),
        "minimum": draw(st.integers(min_value=0, max_value=6)),
        "form": draw(forms),
    }


@given(elections())
def test_it_never_overspends(election):
    result = greedy(**election)
    assert never_overspends(result.winners, costs=election["costs"], budget=election["budget"])
    assert result.spent + result.remaining == election["budget"]


@given(elections())
def test_skipping_leaves_no_money_that_a_project_with_enough_votes_could_use(election):
    result = greedy(**{**election, "form": Form.SKIP})
    enough = [o for o, votes in election["votes"].items() if votes >= election["minimum"]]
    costs, budget = election["costs"], election["budget"]
    assert is_exhaustive(result.winners, costs=costs, budget=budget, among=enough)


def test_stopping_may_leave_money_that_a_later_project_could_use():
    election = {"votes": {"a": 3, "b": 2, "c": 1}, "costs": {"a": 6, "b": 5, "c": 4}}
    result = greedy(**election, budget=10, ties="abc", form=Form.STOP)
    assert result.winners == ("a",)
    assert still_affordable(result.winners, costs=election["costs"], budget=10) == ("c",)
    assert result.why["c"].verdict is Verdict.AFTER_THE_STOP


@given(elections(), st.integers(min_value=2, max_value=1000))
def test_the_unit_of_money_does_not_matter(election, factor):
    scaled = {
        **election,
        "costs": {option: cost * factor for option, cost in election["costs"].items()},
        "budget": election["budget"] * factor,
    }
    assert greedy(**scaled).winners == greedy(**election).winners


@given(st.lists(st.lists(st.sampled_from("abcd"), unique=True), max_size=12), forms)
def test_the_order_of_ballots_does_not_matter(ballots, form):
    def rule(some):
        votes = {option: sum(option in ballot for ballot in some) for option in "abcd"}
        costs = {"a": 7, "b": 5, "c": 4, "d": 2}
        return greedy(votes, costs, budget=10, ties="abcd", form=form)

    assert order_of_ballots_does_not_matter(rule, ballots)


@given(elections())
def test_every_option_has_its_step_and_its_reason(election):
    result = greedy(**election)
    options = set(election["votes"])
    assert {step.option for step in result.steps} == set(result.why) == options
    taken = tuple(step.option for step in result.steps if step.verdict is Verdict.TAKEN)
    assert taken == result.winners
    for option, reason in result.why.items():
        assert reason.won == (option in result.winners)


@given(elections())
def test_margins_are_what_counting_again_with_every_number_of_ballots_finds(election):
    def wins(option, number):
        votes = {**election["votes"], option: number}
        return option in greedy(**{**election, "votes": votes}).winners

    for option, reason in greedy(**election).why.items():
        have = election["votes"][option]
        if reason.won:
            assert reason.missing_votes == 0
            losing = [lost for lost in range(1, have + 1) if not wins(option, have - lost)]
            assert reason.spare_votes == (losing[0] - 1 if losing else None)
        else:
            winning = [more for more in range(1, 20) if wins(option, have + more)]
            assert reason.missing_votes == (winning[0] if winning else None)
            assert (reason.missing_votes is None) == (
                election["costs"][option] > election["budget"]
            )


@given(elections(most=5))
def test_a_tie_is_decisive_exactly_when_another_order_gives_other_winners(election):
    result = greedy(**election)
    for tie in result.ties:
        others = [option for option in election["ties"] if option not in tie.options]
        found = {
            frozenset(greedy(**{**election, "ties": [*order, *others]}).winners)
            for order in permutations(tie.options)
        }
        assert tie.decisive == (len(found) > 1)


def test_one_more_vote_alone_would_have_made_it_win():
    result = greedy({"a": 10, "b": 9, "c": 5}, {"a": 60, "b": 50, "c": 40}, budget=100, ties="abc")
    assert result.winners == ("a", "c")
    reason = result.why["b"]
    assert (reason.verdict, reason.missing_votes) == (Verdict.DOES_NOT_FIT, 2)  # a wins the tie
    assert reason.missing_money == 10
    assert result.why["a"].spare_votes == 1


def test_a_project_dearer_than_the_budget_wins_with_no_number_of_votes():
    result = greedy({"a": 10, "b": 1}, {"a": 101, "b": 100}, budget=100, ties="ab")
    assert result.winners == ("b",)
    assert result.why["a"].verdict is Verdict.DEARER_THAN_BUDGET
    assert result.why["a"].missing_votes is None
    assert result.why["a"].missing_money == 1
    assert result.why["b"].spare_votes == 0  # with none it would be below the minimum of 1


def test_both_edges_of_the_minimum():
    result = greedy({"a": 50, "b": 49}, {"a": 1, "b": 1}, budget=2, ties="ab", minimum=50)
    assert result.winners == ("a",)
    assert result.why["b"].verdict is Verdict.BELOW_MINIMUM
    assert result.why["b"].missing_votes == 1
    assert result.why["b"].missing_money == 0


def test_the_last_won_can_be_spent():
    assert greedy({"a": 1}, {"a": 100}, budget=100, ties="a").remaining == 0
    assert greedy({"a": 1}, {"a": 101}, budget=100, ties="a").winners == ()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"costs": {"a": 1}}, Code.NOT_THE_SAME_OPTIONS),
        ({"ties": "a"}, Code.NOT_THE_SAME_OPTIONS),
        ({"costs": {"a": 1, "b": -1}}, Code.NEGATIVE),
        ({"costs": {"a": 1, "b": 0.5}}, Code.INEXACT),
        ({"votes": {"a": 1, "b": -1}}, Code.NEGATIVE),
        ({"budget": -1}, Code.NEGATIVE),
        ({"budget": 10.0}, Code.INEXACT),
        ({"minimum": -1}, Code.NEGATIVE),
    ],
)
def test_input_that_cannot_be_counted_exactly_is_refused(changed, code):
    election = {"votes": {"a": 1, "b": 1}, "costs": {"a": 1, "b": 1}, "budget": 10, "ties": "ab"}
    with pytest.raises(DecideError) as refused:
        greedy(**{**election, **changed})
    assert refused.value.code is code
