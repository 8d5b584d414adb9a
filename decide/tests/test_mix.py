from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.errors import Code, DecideError
from decide.mix import Body, Per, mix

HALF = Fraction(1, 2)
OPTIONS = "abc"
votes = st.fixed_dictionaries({option: st.integers(0, 6) for option in OPTIONS})
weights = st.fractions(0, 1, max_denominator=10)


def bodies(committee, residents, weight=HALF, ballots=None):
    return {
        "committee": Body(committee, weight=weight, ballots=ballots),
        "residents": Body(residents, weight=1 - weight, ballots=ballots),
    }


def scores(result):
    return {standing.option: standing.score for standing in result.ranking}


def test_half_the_committee_and_half_the_residents_worked_by_hand():
    # a: 6/10 of the committee, 20/100 of the residents; half of each: 30 % + 10 % = 40 %
    # b: 3/10 and 50/100: 15 % + 25 % = 40 %;  c: 1/10 and 30/100: 5 % + 15 % = 20 %
    result = mix(bodies({"a": 6, "b": 3, "c": 1}, {"a": 20, "b": 50, "c": 30}), ties="bac", seats=1)
    assert scores(result) == {"a": Fraction(2, 5), "b": Fraction(2, 5), "c": Fraction(1, 5)}
    assert result.winners == ("b",)
    [tie] = result.ties
    assert (tie.options, tie.decisive) == (("b", "a"), True)
    assert result.ranking[1].missing_votes == {"committee": 1, "residents": 1}


def test_the_base_changes_the_winner():
    # The residents chose up to three each: 10 people gave 20 votes
    mixed = {
        "committee": Body({"a": 3, "b": 1}, weight=HALF, ballots=4),
        "residents": Body({"a": 6, "b": 14}, weight=HALF, ballots=20),
    }
    by_choices = mix(mixed, ties="ab", seats=1, per=Per.CHOICES)
    by_ballots = mix(mixed, ties="ab", seats=1, per=Per.BALLOTS)
    assert scores(by_choices) == {"a": Fraction(21, 40), "b": Fraction(19, 40)}
    assert scores(by_ballots) == {"a": Fraction(21, 40), "b": Fraction(19, 40)}
    mixed["residents"] = Body({"a": 6, "b": 14}, weight=HALF, ballots=14)
    assert mix(mixed, ties="ab", seats=1, per=Per.CHOICES).winners == ("a",)
    assert mix(mixed, ties="ab", seats=1, per=Per.BALLOTS).winners == ("b",)


def test_a_body_in_which_nobody_voted_leaves_the_others_to_decide():
    nobody = dict.fromkeys(OPTIONS, 0)
    result = mix(bodies(nobody, {"a": 1, "b": 2, "c": 0}), ties=OPTIONS, seats=1)
    assert result.winners == ("b",)
    assert result.ranking[0].parts == {"committee": 0, "residents": Fraction(1, 3)}


@pytest.mark.parametrize(
    ("mixed", "code"),
    [
        ({"one": Body({"a": 1}, weight=Decimal("0.9"))}, Code.OUT_OF_RANGE),
        ({"one": Body({"a": 1}, weight=1.0)}, Code.INEXACT),
        ({"one": Body({"b": 1}, weight=1)}, Code.NOT_THE_SAME_OPTIONS),
        ({"one": Body({"a": -1}, weight=1)}, Code.NEGATIVE),
    ],
)
def test_weights_that_do_not_add_up_and_foreign_options_are_refused(mixed, code):
    with pytest.raises(DecideError) as refused:
        mix(mixed, ties="a", seats=1)
    assert refused.value.code is code


def test_a_share_of_ballots_needs_to_know_how_many_came():
    with pytest.raises(DecideError) as refused:
        mix({"one": Body({"a": 1}, weight=1)}, ties="a", seats=1, per=Per.BALLOTS)
    assert refused.value.code is Code.ONE_OF_TWO
    with pytest.raises(DecideError) as refused:
        mix({"one": Body({"a": 2}, weight=1, ballots=1)}, ties="a", seats=1, per=Per.BALLOTS)
    assert refused.value.code is Code.OUT_OF_RANGE


@given(votes, votes, weights, st.sampled_from(Per), st.integers(1, 2))
def test_missing_votes_are_the_fewest_that_suffice(committee, residents, weight, per, seats):
    def count(added=0, body="", option=""):
        both = {"committee": dict(committee), "residents": dict(residents)}
        ballots = dict.fromkeys(both, 6)
        if body:
            both[body][option] += added
            ballots[body] += added
        own = {"committee": weight, "residents": 1 - weight}
        mixed = {name: Body(both[name], own[name], ballots[name]) for name in both}
        return mix(mixed, ties=OPTIONS, seats=seats, per=per)

    for standing in count().ranking:
        for body, missing in standing.missing_votes.items():
            if standing.won:
                assert missing == 0
            elif missing is None:
                assert standing.option not in count(10_000, body, standing.option).winners
            else:
                wins = [
                    standing.option in count(n, body, standing.option).winners
                    for n in range(min(missing, 60))
                ]
                assert not any(wins)
                assert standing.option in count(missing, body, standing.option).winners
