import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide import pabulib
from decide.budgeting.greedy import Form, greedy
from decide.budgeting.profile import Profile
from decide.budgeting.rules import RULES
from decide.errors import Code, DecideError

COSTS = {"a": 5, "b": 4, "c": 3}
BALLOTS = st.lists(st.lists(st.sampled_from("abc"), unique=True), max_size=8)


@given(BALLOTS)
def test_equal_ballots_are_kept_once_and_counted_all(ballots):
    profile = Profile.from_ballots(ballots, COSTS, budget=9)
    assert len(profile.count) == len({frozenset(ballot) for ballot in ballots})
    assert profile.voters() == len(ballots)
    assert profile.votes() == {name: sum(name in b for b in ballots) for name in COSTS}
    for name in COSTS:
        assert profile.count[profile.rows_of(name)].sum() == profile.votes()[name]


@given(BALLOTS, st.sampled_from("abc"), st.integers(0, 5))
def test_more_ballots_for_one_project_are_as_if_they_had_been_cast(ballots, name, more):
    plus = Profile.from_ballots(ballots, COSTS, budget=9).plus(name, more)
    cast = Profile.from_ballots([*ballots, *[[name]] * more], COSTS, budget=9)
    assert (plus.votes(), plus.voters()) == (cast.votes(), cast.voters())


def test_other_numbers_costs_and_budgets_leave_the_first_profile_alone():
    profile = Profile.from_ballots([["a"], ["b", "c"], ["a"]], COSTS, budget=9)
    assert profile.reweighted(np.array([1, 5])).votes() == {"a": 1, "b": 5, "c": 5}
    assert profile.priced({"b": 1}).costs == (5, 1, 3)
    assert profile.funded(7).budget == 7
    assert (profile.votes(), profile.costs, profile.budget) == (
        {"a": 2, "b": 1, "c": 1},
        (5, 4, 3),
        9,
    )


def test_a_ballot_for_a_project_nobody_proposed_is_refused():
    with pytest.raises(DecideError) as refused:
        Profile.from_ballots([["a", "z"]], COSTS, budget=9)
    assert refused.value.code is Code.NOT_THE_SAME_OPTIONS


def test_votes_beyond_what_is_counted_exactly_are_refused():
    with pytest.raises(DecideError) as refused:
        Profile.from_ballots([{"a": 2**53}], COSTS, budget=9)
    assert refused.value.code is Code.OUT_OF_RANGE
    Profile.from_ballots([{"a": 2**53 - 1}], COSTS, budget=9)


@given(
    BALLOTS, st.permutations("abc"), st.integers(0, 12), st.sampled_from(Form), st.integers(0, 2)
)
def test_a_profile_is_counted_as_the_sums_of_votes_are(ballots, ties, budget, form, minimum):
    profile = Profile.from_ballots(ballots, COSTS, budget)
    counted = RULES["greedy"](profile, ties=ties, form=form, minimum=minimum, explain=True)
    told = greedy(profile.votes(), COSTS, budget=budget, ties=ties, form=form, minimum=minimum)
    assert counted.winners == told.winners
    assert [step.verdict for step in counted.steps] == [
        step.verdict for step in told.steps if step.verdict != "below_minimum"
    ]


@pytest.mark.parametrize(
    ("vote_type", "third", "totals"),
    [
        ("approval", "", {"a": 1, "b": 2}),
        ("ordinal", "", {"a": 3, "b": 5}),
        ("cumulative", ";points", {"a": 7, "b": 3}),
    ],
)
def test_a_file_becomes_a_profile_with_the_points_its_city_counts(vote_type, third, totals):
    points = (";7,1", ";2") if third else ("", "")
    text = (
        f"META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;10\nvote_type;{vote_type}\n"
        f"rule;greedy\nmax_length;3\ncurrency;EUR\nPROJECTS\nproject_id;cost\na;6\nb;4.5\n"
        f"VOTES\nvoter_id;vote{third}\n1;a,b{points[0]}\n2;b{points[1]}\n"
    )
    profile = Profile.from_election(pabulib.parse(text))
    assert profile.totals() == totals == pabulib.parse(text).scores()
    assert profile.votes() == {"a": 1, "b": 2}
    assert (profile.costs, profile.budget, profile.unit) == ((600, 450), 1000, 100)
