"""What every budgeting rule promises, or only some, tried on drawn elections."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.budgeting.fairness import ejr_plus_up_to_one
from decide.budgeting.method import Method
from decide.budgeting.profile import Profile
from decide.properties import is_exhaustive, never_overspends, order_of_ballots_does_not_matter

NAMES = tuple("abcde")
TIES = tuple("cebda")

ballots = st.lists(
    st.dictionaries(st.sampled_from(NAMES), st.integers(1, 3)), min_size=1, max_size=8
)
costs = st.fixed_dictionaries({name: st.integers(0, 9) for name in NAMES})
budgets = st.integers(0, 25)


def shares(**parameters):
    return Method("equal-shares", TIES, parameters)


PLAIN = {
    "greedy": Method("greedy", TIES),
    "no-skip": Method("greedy-no-skip", TIES),
    "per-cost": Method("greedy-per-cost", TIES),
    "knapsack": Method("knapsack", TIES),
    "phragmen": Method("phragmen", TIES),
    **{
        f"shares-{utility}": shares(utility=utility) for utility in ("cost", "cardinality", "score")
    },
}
COMPLETED = {
    **{f"shares-{how}": shares(completion=how) for how in ("add1", "utilitarian", "add-utility")},
    "shares-feasible": shares(completion="add1", stop="feasible"),
    "shares-add1-utilitarian": shares(completion="add1+utilitarian"),
    "shares-compared": shares(completion="add1", compare=True),
}
EVERY = PLAIN | COMPLETED


def each(methods):
    return pytest.mark.parametrize("method", methods.values(), ids=methods.keys())


@each(EVERY)
@settings(max_examples=15)
@given(ballots, costs, budgets)
def test_it_never_overspends_and_nobody_wins_twice(method, cast, prices, budget):
    outcome = method(Profile.from_ballots(cast, prices, budget))
    assert never_overspends(outcome.winners, costs=prices, budget=budget)
    assert outcome.total_cost == sum(prices[winner] for winner in outcome.winners)


@each(EVERY)
@settings(max_examples=15)
@given(ballots, costs, budgets)
def test_nobody_wins_without_a_vote(method, cast, prices, budget):
    profile = Profile.from_ballots(cast, prices, budget)
    assert all(profile.votes()[winner] for winner in method(profile).winners)


@each(EVERY)
@settings(max_examples=15)
@given(ballots, costs, budgets)
def test_the_order_of_ballots_does_not_matter(method, cast, prices, budget):
    def rule(some):
        return method(Profile.from_ballots(some, prices, budget))

    assert order_of_ballots_does_not_matter(rule, cast, shuffles=4)


@each(EVERY)
@settings(max_examples=12)
@given(ballots, costs, budgets, st.integers(2, 1000))
def test_the_unit_of_money_does_not_matter(method, cast, prices, budget, factor):
    """Add-one climbs by one whole unit of the currency, which grows with the amounts."""
    scaled = {name: cost * factor for name, cost in prices.items()}
    before = method(Profile.from_ballots(cast, prices, budget))
    after = method(Profile.from_ballots(cast, scaled, budget * factor, unit=factor))
    assert after.winners == before.winners
    assert [tie.options for tie in after.ties] == [tie.options for tie in before.ties]


@each(EVERY)
@settings(max_examples=12)
@given(ballots, costs, budgets)
def test_asking_for_the_steps_changes_nothing_else(method, cast, prices, budget):
    profile = Profile.from_ballots(cast, prices, budget)
    short, long = method(profile), method(profile, explain=True)
    assert (short.winners, short.ties) == (long.winners, long.ties)
    taken = [s.project for s in long.steps if getattr(s, "verdict", "taken") == "taken"]
    assert taken == list(long.winners)


EXHAUSTIVE = ("greedy", "per-cost", "shares-utilitarian", "shares-add-utility")
EXHAUSTIVE += ("shares-add1-utilitarian", "knapsack")


@each({name: EVERY[name] for name in EXHAUSTIVE})
@settings(max_examples=40)
@given(ballots, costs, budgets)
def test_where_it_is_promised_nothing_with_supporters_still_fits(method, cast, prices, budget):
    profile = Profile.from_ballots(cast, prices, budget)
    among = [name for name, votes in profile.votes().items() if votes]
    winners = method(profile).winners
    assert is_exhaustive(winners, costs=prices, budget=budget, among=among)


def test_equal_shares_alone_promises_no_exhaustion():
    profile = Profile.from_ballots([["a"], ["b"]], {"a": 5, "b": 5}, 9)
    for completion, winners in (("none", ()), ("add1", ()), ("utilitarian", ("a",))):
        method = Method("equal-shares", ("a", "b"), {"completion": completion})
        assert method(profile).winners == winners


@each({name: EVERY[name] for name in ("greedy", "per-cost", "no-skip", "phragmen", "knapsack")})
@settings(max_examples=40)
@given(ballots, costs, budgets, st.integers(0, 7), st.sampled_from(NAMES))
def test_a_further_ballot_for_a_winner_alone_does_not_make_it_lose(
    method, cast, prices, budget, more, name
):
    profile = Profile.from_ballots([list(ballot) for ballot in cast], prices, budget)
    if name in method(profile).winners:
        assert name in method(profile.plus(name, more)).winners


@each({name: EVERY[name] for name in ("greedy", "per-cost", "no-skip", "knapsack")})
@settings(max_examples=40)
@given(ballots, costs, budgets, st.data())
def test_a_voter_who_adds_a_winner_does_not_make_it_lose(method, cast, prices, budget, data):
    """Greedy and knapsack look at sums alone.  Equal Shares and Phragmén do not promise this: the
    voter pays for it with money that another of his projects needed, and all later turns change."""
    plain = [list(ballot) for ballot in cast]
    winners = method(Profile.from_ballots(plain, prices, budget)).winners
    voters = [
        (number, winner)
        for number, ballot in enumerate(plain)
        for winner in winners
        if winner not in ballot
    ]
    if voters:
        number, winner = data.draw(st.sampled_from(voters))
        plain[number].append(winner)
        assert winner in method(Profile.from_ballots(plain, prices, budget)).winners


@each({name: method for name, method in PLAIN.items() if name.startswith("shares")})
@settings(max_examples=100)
@given(ballots, costs, st.integers(1, 25))
def test_equal_shares_leaves_no_group_with_a_complaint(method, cast, prices, budget):
    profile = Profile.from_ballots(cast, prices, budget)
    utility = method.parameters["utility"]
    assert ejr_plus_up_to_one(profile, method(profile).winners, utility=utility)


@pytest.mark.parametrize("rule", ["greedy", "phragmen"])
def test_other_rules_can_leave_a_group_with_a_complaint(rule):
    """Six of ten take everything under greedy; Phragmén may stop before the group's turn."""
    if rule == "greedy":
        cast, prices, budget = [["a", "b"]] * 6 + [["c"]] * 4, {"a": 5, "b": 5, "c": 4}, 10
    else:
        cast, prices, budget = [["a"]] * 9 + [["c"]] * 5, {"a": 9, "c": 5}, 9
    profile = Profile.from_ballots(cast, prices, budget)
    complaint = not ejr_plus_up_to_one(profile, Method(rule, tuple(prices))(profile).winners)
    assert complaint is (rule == "greedy")
