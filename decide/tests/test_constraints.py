import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.budgeting.constraints import (
    Ceilings,
    Conflicts,
    Minimum,
    Together,
    breaches,
    closed_by,
)
from decide.budgeting.districts import Pot, in_districts, split
from decide.budgeting.method import Method
from decide.budgeting.profile import Profile
from decide.errors import Code, DecideError
from decide.properties import never_overspends

NAMES = "abcde"
RULES = [
    ("greedy", {}),
    ("greedy-no-skip", {}),
    ("greedy-per-cost", {}),
    ("phragmen", {}),
    *[
        ("equal-shares", {"completion": completion})
        for completion in ("none", "add1", "add-utility", "utilitarian", "add1+utilitarian")
    ],
]
profiles = st.builds(
    Profile.from_ballots,
    st.lists(st.lists(st.sampled_from(NAMES), min_size=1, unique=True), min_size=1, max_size=8),
    st.fixed_dictionaries({name: st.integers(1, 9) for name in NAMES}),
    st.integers(1, 20),
)
limits = st.builds(
    lambda groups, most, minimum: Together(
        Conflicts(groups), Ceilings({"x": "abc", "y": "cd"}, most), Minimum(minimum)
    ),
    st.lists(st.lists(st.sampled_from(NAMES), min_size=2, max_size=3, unique=True), max_size=2),
    st.dictionaries(st.sampled_from("xy"), st.integers(0, 15)),
    st.integers(0, 3),
)


@pytest.mark.parametrize(("rule", "parameters"), RULES)
@settings(max_examples=60)
@given(profiles, limits)
def test_no_limit_is_ever_broken(rule, parameters, profile, limit):
    outcome = Method(rule, tuple(NAMES), parameters, limit)(profile)
    costs = dict(zip(profile.projects, profile.costs, strict=True))
    assert breaches(limit, profile, outcome.winners) == ()
    assert never_overspends(outcome.winners, costs=costs, budget=profile.budget)
    for category, group in (("x", "abc"), ("y", "cd")):
        most = limit.limits[1].most.get(category)
        spent = sum(costs[winner] for winner in outcome.winners if winner in group)
        assert most is None or spent <= most
    for group in limit.limits[0].groups:
        assert len(set(group) & set(outcome.winners)) <= 1


@pytest.mark.parametrize(("rule", "parameters"), RULES)
@settings(max_examples=60)
@given(profiles)
def test_limits_that_close_nothing_change_nothing(rule, parameters, profile):
    free = Method(rule, tuple(NAMES), parameters)(profile)
    wide = Together(Conflicts([]), Ceilings({"x": "abc"}, {"x": 100}), Minimum(0))
    assert Method(rule, tuple(NAMES), parameters, wide)(profile) == free


@pytest.mark.parametrize("completion", ["utilitarian", "add-utility"])
@settings(max_examples=60)
@given(profiles, limits)
def test_a_completion_leaves_nothing_that_fits_and_is_not_closed(completion, profile, limit):
    method = Method("equal-shares", tuple(NAMES), {"completion": completion}, limit)
    outcome = method(profile)
    closed = closed_by(limit, profile, outcome.winners)
    for project, votes in profile.votes().items():
        if votes and project not in outcome.winners and project not in closed:
            assert profile.costs[profile.number[project]] > outcome.remaining


def test_what_a_conflict_keeps_out_frees_the_money_of_its_supporters():
    # All ten want both lakes and six also the bench; each has 10.  The big lake takes 6 from each.
    # Without the limit the small lake (30) goes next, with 3 from each; with it the bench does.
    election = Profile.from_ballots(
        [["big", "small", "bench"]] * 6 + [["big", "small"]] * 4,
        {"big": 60, "small": 30, "bench": 20},
        budget=100,
    )
    free = Method("equal-shares", ("big", "small", "bench"))
    held = Method("equal-shares", ("big", "small", "bench"), {}, Conflicts([["big", "small"]]))
    assert free(election).winners == ("big", "small")
    assert held(election).winners == ("big", "bench")
    [first, _] = held(election, explain=True).steps
    assert first.closed == ("small",)


def test_a_ceiling_may_be_reached_to_the_last_unit():
    election = Profile.from_ballots([["a", "b"]] * 2, {"a": 6, "b": 4}, budget=20)
    for most, winners in ((10, ("b", "a")), (9, ("b",)), (4, ("b",)), (3, ())):
        limit = Ceilings({"x": ["a", "b"]}, {"x": most})
        assert Method("phragmen", ("a", "b"), {}, limit)(election).winners == winners


@pytest.mark.parametrize(
    "limit",
    [
        Conflicts([["a", "z"]]),
        Ceilings({"x": ["z"]}, {"x": 1}),
        Ceilings({"x": ["a"]}, {"y": 1}),
    ],
)
def test_a_limit_on_what_is_not_there_is_refused(limit):
    election = Profile.from_ballots([["a"]], {"a": 1}, budget=2)
    with pytest.raises(DecideError) as refused:
        Method("greedy", ("a",), {}, limit)(election)
    assert refused.value.code is Code.NOT_THE_SAME_OPTIONS


def test_each_district_spends_its_own_pot_by_the_same_rule():
    election = Profile.from_ballots(
        [["e1", "e2", "w1"], ["e1"], ["w1", "w2"], ["w2"]],
        {"e1": 4, "e2": 3, "w1": 4, "w2": 4},
        budget=0,
    )
    pots = {"east": Pot(["e1", "e2"], 5), "west": Pot(["w1", "w2"], 9)}
    counted = in_districts(election, pots, lambda part: Method("equal-shares", part.projects)(part))
    # West: three voters with 3 each; two pay 2 each for w1, and 1 + 3 are just enough for w2.
    assert counted["east"].winners == ("e1",)
    assert counted["west"].winners == ("w1", "w2")
    assert {name: outcome.budget for name, outcome in counted.items()} == {"east": 5, "west": 9}


@pytest.mark.parametrize(
    "pots",
    [
        {"east": Pot(["a"], 5)},
        {"east": Pot(["a", "b"], 5), "west": Pot(["b"], 5)},
        {"east": Pot(["a", "b", "z"], 5)},
    ],
)
def test_every_project_belongs_to_one_district(pots):
    election = Profile.from_ballots([["a", "b"]], {"a": 1, "b": 1}, budget=2)
    with pytest.raises(DecideError) as refused:
        split(election, pots)
    assert refused.value.code is Code.NOT_THE_SAME_OPTIONS


@given(profiles)
def test_districts_together_hold_the_votes_of_all(profile):
    pots = {"first": Pot("ab", 3), "second": Pot("cde", 4)}
    parts = split(profile, pots)
    votes = {name: number for part in parts.values() for name, number in part.votes().items()}
    assert votes == profile.votes()
