from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.budgeting.equal_shares import tally
from decide.budgeting.profile import Profile
from decide.errors import DecideError
from decide.properties import never_overspends
from decide.tests import reference

NAMES = "abcdef"


@st.composite
def elections(draw, *, scores=False, huge=True):
    """Small, with many equal numbers, so that nearly everything is a tie or near one."""
    names = NAMES[: draw(st.integers(1, 6))]
    some = [0, 1, 2, 3, 3, 6, 7, 12] + ([10**40, 2 * 10**40, 10**40 + 1] if huge else [])
    costs = {name: draw(st.sampled_from(some)) for name in names}
    points = st.integers(0, 3) if scores else st.just(1)
    ballots = draw(st.lists(st.dictionaries(st.sampled_from(names), points), max_size=9))
    budget = draw(st.sampled_from([0, 1, 5, 6, 10, 12, 24, *([3 * 10**40] if huge else [])]))
    return ballots, costs, budget, draw(st.permutations(names))


def profile_of(ballots, costs, budget, *, scored=True):
    return Profile.from_ballots(ballots if scored else map(list, ballots), costs, budget)


def without(ballots):
    return [{name: points for name, points in b.items() if points > 0} for b in ballots]


@settings(max_examples=400)
@given(elections(scores=True), st.sampled_from(["cost", "cardinality", "score"]))
def test_winners_and_prices_are_those_of_the_definition(election, utility):
    ballots, costs, budget, ties = election
    if utility == "score":
        profile, plain = profile_of(ballots, costs, budget), without(ballots)
    else:
        profile, plain = profile_of(ballots, costs, budget, scored=False), ballots
    result = tally(profile, ties=ties, utility=utility, explain=True)
    told, _ = reference.shares(
        plain if utility == "score" else [dict.fromkeys(b, 1) for b in ballots],
        costs,
        budget,
        ties=ties,
        utility=utility,
    )
    assert list(result.winners) == [name for name, _ in told]
    assert [step.rho for step in result.steps] == [rho for _, rho in told]
    assert never_overspends(result.winners, costs=costs, budget=budget)


@given(elections(), st.randoms())
def test_the_order_of_ballots_does_not_matter(election, random):
    ballots, costs, budget, ties = election
    shuffled = random.sample(ballots, len(ballots))
    one, other = (
        tally(profile_of(some, costs, budget), ties=ties, explain=True)
        for some in (ballots, shuffled)
    )
    assert one == other


@given(elections(), st.integers(2, 10**30))
def test_scaling_all_money_changes_no_winner(election, factor):
    ballots, costs, budget, ties = election
    one = tally(profile_of(ballots, costs, budget), ties=ties)
    scaled = {name: cost * factor for name, cost in costs.items()}
    assert tally(profile_of(ballots, scaled, budget * factor), ties=ties).winners == one.winners


@given(elections(scores=True, huge=False), st.sampled_from(["cost", "score"]), st.booleans())
def test_add_one_stops_where_climbing_every_step_by_definition_stops(election, utility, first):
    ballots, costs, budget, ties = election
    stop = "exhaustive" if first else "feasible"
    plain = without(ballots) if utility == "score" else [dict.fromkeys(b, 1) for b in ballots]
    profile = profile_of(ballots, costs, budget, scored=utility == "score")
    results = [
        tally(profile, ties=ties, utility=utility, completion="add1", stop=stop, leap=leap)
        for leap in (True, False)
    ]
    told = reference.add_one(plain, costs, budget, ties=ties, utility=utility, stop=stop)
    assert [list(result.winners) for result in results] == [told, told]
    assert never_overspends(told, costs=costs, budget=budget)


@settings(max_examples=50)
@given(elections(huge=False), st.integers(2, 60))
def test_leaping_over_many_small_steps_ends_where_climbing_them_does(election, units):
    ballots, costs, budget, ties = election
    scaled = {name: cost * units for name, cost in costs.items()}
    profile = profile_of(ballots, scaled, budget * units)
    for stop in ("exhaustive", "feasible"):
        leapt, climbed = (
            tally(profile, ties=ties, completion="add1", stop=stop, leap=leap)
            for leap in (True, False)
        )
        assert leapt == climbed


@given(elections(scores=True), st.sampled_from(["cost", "cardinality", "score"]))
def test_completions_spend_as_their_definitions_do(election, utility):
    ballots, costs, budget, ties = election
    plain = without(ballots) if utility == "score" else [dict.fromkeys(b, 1) for b in ballots]
    profile = profile_of(ballots, costs, budget, scored=utility == "score")
    for completion in ("utilitarian", "add-utility"):
        result = tally(profile, ties=ties, utility=utility, completion=completion, explain=True)
        by_definition = getattr(reference, completion.replace("-", "_"))
        assert list(result.winners) == by_definition(
            plain, costs, budget, ties=ties, utility=utility
        )
        assert reference.exhaustive(plain, costs, budget, result.winners)
        assert [step.project for step in result.steps] == list(result.winners)


@pytest.mark.parametrize("utility", ["cost", "cardinality", "score"])
@pytest.mark.parametrize("seed", range(4))
def test_larger_elections_are_counted_as_by_definition(seed, utility):
    random = np.random.default_rng(seed)
    names = [f"p{n}" for n in range(25)]
    costs = {name: int(random.integers(1, 40)) * 25 for name in names}
    ballots = [
        {name: int(random.integers(1, 5)) for name in random.choice(names, 5, replace=False)}
        for _ in range(150)
    ]
    profile = profile_of(ballots, costs, 4000, scored=utility == "score")
    told, _ = reference.shares(ballots, costs, 4000, ties=names, utility=utility)
    result = tally(profile, ties=names, utility=utility, explain=True)
    assert [(step.project, step.rho) for step in result.steps] == told


def test_every_tie_met_is_told():
    profile = Profile.from_ballots([["a", "b"], ["c"]], {"a": 3, "b": 3, "c": 2}, budget=8)
    result = tally(profile, ties=["b", "a", "c"], utility="cardinality")
    [tie] = result.ties
    assert (tie.options, tie.value, tie.after) == (("b", "a"), Fraction(3), 1)
    assert result.winners == ("c", "b")


def test_the_poor_give_their_last_and_the_rich_pay_the_rest():
    """Five voters have 10 each; three pay 6 for `a`; `b` takes 4 + 4 from two of them, 9 + 9."""
    ballots = [["a", "b"]] * 2 + [["a"], ["b"], ["b"]]
    profile = Profile.from_ballots(ballots, {"a": 18, "b": 26}, budget=50)
    a, b = tally(profile, ties=["a", "b"], utility="cardinality", explain=True).steps
    assert (a.project, a.price, a.paid_in_full, a.paid_their_last) == ("a", 6, 3, 0)
    assert (b.project, b.price, b.paid_in_full, b.paid_their_last) == ("b", 9, 2, 2)
    assert (a.remaining, b.remaining, a.unaffordable, b.unaffordable) == (50, 32, (), ())


def test_a_step_tells_what_can_no_longer_be_paid():
    ballots = [["a", "b"]] * 2 + [["a"], ["b"], ["b"]]
    profile = Profile.from_ballots(ballots, {"a": 24, "b": 33}, budget=50)
    [a] = tally(profile, ties=["a", "b"], utility="cardinality", explain=True).steps
    assert (a.price, a.unaffordable) == (8, ("b",))


def test_a_city_may_ask_whether_more_voters_prefer_greedy():
    ballots = [["big"]] * 3 + [["one"], ["two"]]
    costs = {"big": 10, "one": 2, "two": 2}
    profile = Profile.from_ballots(ballots, costs, budget=10)
    assert tally(profile, ties=list(costs)).winners == ("one", "two")
    compared = tally(profile, ties=list(costs), compare=True)
    assert compared.winners == ("big",)
    assert compared.parameters["stood"] == "greedy"
    assert compared.parameters["ahead"] == -1


def test_a_rule_nobody_knows_is_refused():
    profile = Profile.from_ballots([["a"]], {"a": 1}, budget=1)
    with pytest.raises(DecideError):
        tally(profile, ties=["a"], utility="weight")
