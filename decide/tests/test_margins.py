"""Margins found with short cuts are those found by trying every number."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.budgeting.entry import entry_budgets
from decide.budgeting.margins import Margin, cost_decrease, random_additions, singleton_add
from decide.budgeting.method import Method
from decide.budgeting.profile import Profile

NAMES = "abcd"
ballots = st.lists(
    st.dictionaries(st.sampled_from(NAMES), st.integers(1, 3), min_size=1), min_size=1, max_size=7
)
approvals = st.lists(
    st.lists(st.sampled_from(NAMES), min_size=1, unique=True), min_size=1, max_size=7
)
costs = st.fixed_dictionaries({name: st.integers(0, 9) for name in NAMES})
utilities = st.sampled_from(["cost", "cardinality", "score"])


def fewest(profile, method, project, most):
    return next(
        (n for n in range(1, most + 1) if project in method(profile.plus(project, n)).winners), None
    )


def agree(profile, method, most=60):
    found = singleton_add(profile, method, most=most)
    assert found.keys() == set(profile.projects) - set(method(profile).winners)
    for project, margin in found.items():
        expected = fewest(profile, method, project, most)
        if expected is None:
            assert margin.enough is None
            assert margin.none_below > 1
        else:
            assert margin == Margin(expected, expected)


@given(ballots, costs, st.integers(0, 14), st.sampled_from(["greedy", "greedy-no-skip"]))
def test_greedy_needs_only_the_numbers_where_places_change(cast, prices, budget, rule):
    agree(Profile.from_ballots(cast, prices, budget), Method(rule, tuple("cadb")), most=30)


@given(approvals, costs, st.integers(0, 14), st.integers(0, 4))
def test_greedy_per_cost_and_with_a_minimum_too(cast, prices, budget, minimum):
    profile = Profile.from_ballots(cast, prices, budget)
    agree(profile, Method("greedy-per-cost", tuple("cadb"), {"minimum": minimum}), most=80)


@settings(max_examples=150)
@given(ballots, costs, st.integers(0, 14), utilities)
def test_equal_shares_passes_over_no_number_that_wins(cast, prices, budget, utility):
    profile = Profile.from_ballots(cast, prices, budget)
    agree(profile, Method("equal-shares", tuple("cadb"), {"utility": utility}))


@settings(max_examples=40)
@given(approvals, costs, st.integers(0, 14))
def test_a_rule_without_short_cuts_is_tried_number_by_number(cast, prices, budget):
    profile = Profile.from_ballots(cast, prices, budget)
    method = Method("equal-shares", tuple("cadb"), {"completion": "utilitarian"})
    agree(profile, method, most=20)


@settings(max_examples=60)
@given(approvals, costs, st.integers(0, 14))
def test_entry_budgets_are_the_smallest_of_all(cast, prices, budget):
    profile = Profile.from_ballots(cast, prices, budget)
    for rule in ("greedy", "greedy-no-skip", "greedy-per-cost", "equal-shares", "phragmen"):
        method = Method(rule, tuple("cadb"))
        outcomes = [method(profile.funded(b)).winners for b in range(2 * budget + 1)]
        for project, entry in entry_budgets(profile, method).items():
            wins = [b for b, winners in enumerate(outcomes) if project in winners]
            assert entry == (wins[0] if wins else None), rule


def test_where_tries_end_the_margin_says_what_is_known():
    profile = Profile.from_ballots([["a"]] * 50 + [["b"]], {"a": 2, "b": 2}, budget=3)
    method = Method("equal-shares", ("a", "b"), {"completion": "utilitarian"})
    found = singleton_add(profile, method, tries=5)["b"]
    assert not found.exact
    assert found.none_below == 6
    assert "b" in method(profile.plus("b", found.enough)).winners


def test_a_project_dearer_than_the_budget_has_no_margin():
    profile = Profile.from_ballots([["a"], ["b"]], {"a": 2, "b": 4}, budget=3)
    for rule in ("greedy", "equal-shares", "phragmen"):
        assert singleton_add(profile, Method(rule, ("a", "b")))["b"].enough is None


@settings(max_examples=40)
@given(approvals, costs, st.integers(0, 14))
def test_the_highest_lower_cost_that_wins(cast, prices, budget):
    profile = Profile.from_ballots(cast, prices, budget)
    for rule in ("greedy", "equal-shares", "phragmen"):
        method = Method(rule, tuple("cadb"))
        for project, lower in cost_decrease(profile, method).items():
            wins = [
                cost
                for cost in range(prices[project])
                if project in method(profile.priced({project: cost})).winners
            ]
            assert lower == (max(wins) if wins else None)


def test_random_additions_replay_and_tell_their_spread():
    profile = Profile.from_ballots(
        [["a"]] * 9 + [["a", "c"]] * 3 + [["b"]] * 4, {"a": 2, "b": 2, "c": 9}, budget=3
    )
    method = Method("equal-shares", ("a", "b", "c"))
    found = random_additions(profile, method, "b", seeds=7, seed="x", steps=12)
    assert found == random_additions(profile, method, "b", seeds=7, seed="x", steps=12)
    assert len(found.lots) == 7
    low, high = found.spread
    assert low <= found.median <= high
    assert 0 < found.median < 1
    never = random_additions(profile, method, "c", seeds=3)
    assert never.median is None


def test_a_share_of_added_ballots_wins_and_one_step_less_does_not():
    profile = Profile.from_ballots([["a"]] * 6 + [["b"]] * 2, {"a": 2, "b": 2}, budget=3)
    found = random_additions(profile, Method("greedy", ("a", "b")), "b", seeds=3, steps=6)
    assert found.lots == (Fraction(5, 6),) * 3  # 7 of b against 6 of a, the tie order puts a first


@pytest.mark.parametrize("rule", ["phragmen"])
@given(cast=approvals, prices=costs, budget=st.integers(0, 14))
def test_phragmen_may_be_bisected(rule, cast, prices, budget):
    agree(Profile.from_ballots(cast, prices, budget), Method(rule, tuple("cadb")), most=30)
