from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.budgeting.fairness import complaints, ejr_plus, ejr_plus_up_to_one, satisfaction
from decide.budgeting.profile import Profile
from decide.errors import Code, DecideError

NAMES = "abcd"
ballots = st.lists(
    st.dictionaries(st.sampled_from(NAMES), st.integers(1, 3), min_size=1), min_size=1, max_size=5
)
costs = st.fixed_dictionaries({name: st.integers(1, 5) for name in NAMES})
utilities = st.sampled_from(["cost", "cardinality", "score"])


def worth(ballot, name, costs, utility):
    return {"cost": costs[name], "cardinality": 1, "score": ballot[name]}[utility]


def some_group_complains(ballots, costs, budget, winners, utility, up_to_one):
    """By the definition: every group, every project, every value, nothing skipped."""
    voters = range(len(ballots))
    groups = [group for size in voters for group in combinations(voters, size + 1)]
    for name in set(costs) - set(winners):
        for group in groups:
            if any(name not in ballots[voter] for voter in group):
                continue
            value = min(worth(ballots[voter], name, costs, utility) for voter in group)
            share = Fraction(len(group) * budget, len(ballots))
            copies = share / costs[name]
            got = [
                sum(worth(ballots[v], w, costs, utility) for w in winners if w in ballots[v])
                for v in group
            ]
            if up_to_one and all(mine + value <= value * copies for mine in got):
                return True
            if not up_to_one and all(mine < value * (copies // 1) for mine in got):
                return True
    return False


@given(ballots, costs, st.integers(1, 12), st.sets(st.sampled_from(NAMES)), utilities)
def test_it_finds_a_complaint_exactly_where_some_group_has_one(cast, costs, budget, won, utility):
    profile = Profile.from_ballots(cast, costs, budget)
    for up_to_one, holds in ((True, ejr_plus_up_to_one), (False, ejr_plus)):
        expected = some_group_complains(cast, costs, budget, won, utility, up_to_one)
        assert holds(profile, won, utility=utility) is not expected
        assert bool(complaints(profile, won, utility=utility, up_to_one=up_to_one)) is expected


@given(ballots, costs, st.integers(1, 12), st.sets(st.sampled_from(NAMES)), utilities)
def test_what_holds_without_exception_holds_up_to_one(cast, costs, budget, won, utility):
    profile = Profile.from_ballots(cast, costs, budget)
    if ejr_plus(profile, won, utility=utility):
        assert ejr_plus_up_to_one(profile, won, utility=utility)


def test_the_majority_that_takes_everything_is_complained_about():
    # 6 voters want a and b, 4 want c; each costs 5, there are 10.  The four deserve 4 of 10, which
    # is not enough for c; with 5 of 10 voters it is.
    costs = {"a": 5, "b": 5, "c": 5}
    minority = Profile.from_ballots([["a", "b"]] * 6 + [["c"]] * 4, costs, budget=10)
    half = Profile.from_ballots([["a", "b"]] * 5 + [["c"]] * 5, costs, budget=10)
    assert ejr_plus_up_to_one(minority, ["a", "b"])
    assert not ejr_plus_up_to_one(half, ["a", "b"])
    [complaint] = complaints(half, ["a", "b"])
    assert (complaint.project, complaint.voters, complaint.got) == ("c", 5, 0)
    assert (complaint.entitled, complaint.share) == (5, 5)


def test_blank_ballots_lower_what_a_group_is_entitled_to():
    costs = {"a": 5, "b": 5}
    election = Profile.from_ballots([["a"]] * 5 + [["b"]] * 5, costs, budget=10)
    assert not ejr_plus_up_to_one(election, ["b"])
    with_blank = Profile.from_ballots([["a"]] * 5 + [["b"]] * 5 + [[]], costs, budget=10)
    assert ejr_plus_up_to_one(with_blank, ["b"])


def test_a_winner_nobody_proposed_is_refused():
    election = Profile.from_ballots([["a"]], {"a": 5}, budget=10)
    with pytest.raises(DecideError) as refused:
        satisfaction(election, ["z"])
    assert refused.value.code is Code.NOT_THE_SAME_OPTIONS
    with pytest.raises(DecideError) as refused:
        satisfaction(election, ["a"], utility="beauty")
    assert refused.value.code is Code.OUT_OF_RANGE
