from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.budgeting.bootstrap import bootstrap, resample
from decide.budgeting.chart import chart, why_chart
from decide.budgeting.checks import checks
from decide.budgeting.constraints import Conflicts
from decide.budgeting.explain import Verdict, explain, satisfied, why
from decide.budgeting.method import Method
from decide.budgeting.payments import who_paid
from decide.budgeting.profile import Profile

NAMES = "abcd"
profiles = st.builds(
    Profile.from_ballots,
    st.lists(st.dictionaries(st.sampled_from(NAMES), st.integers(0, 3)), min_size=1, max_size=8),
    st.fixed_dictionaries({name: st.integers(1, 9) for name in NAMES}),
    st.integers(1, 20),
)
SHARES = [
    Method("equal-shares", tuple(NAMES), {"utility": utility, "completion": completion})
    for utility in ("cost", "cardinality", "score")
    for completion in ("none", "add1", "utilitarian", "add-utility")
]
EVERY = [
    *SHARES,
    Method("phragmen", tuple(NAMES)),
    Method("greedy", tuple(NAMES)),
    Method("greedy-no-skip", tuple(NAMES)),
    Method("knapsack", tuple(NAMES)),
]


@pytest.mark.parametrize("method", SHARES, ids=lambda method: "-".join(method.parameters.values()))
@settings(max_examples=40)
@given(profiles)
def test_supporters_pay_the_cost_and_nobody_more_than_the_share(method, profile):
    outcome = method(profile, explain=True)
    payments = who_paid(profile, outcome)
    spent = [Fraction(0)] * len(profile.count)
    for bought in payments.purchases:
        assert payments.total(bought.project) == profile.costs[profile.number[bought.project]]
        for place, row in enumerate(bought.rows.tolist()):
            worth = 1 if bought.worth is None else int(bought.worth[place])
            spent[row] += Fraction(bought.other.get(row, bought.price * worth), payments.unit)
    for paid, left in zip(spent, payments.left, strict=True):
        assert left >= 0
        assert paid + Fraction(left, payments.unit) == outcome.endowment


@given(profiles)
def test_in_phragmen_supporters_pay_the_cost_too(profile):
    outcome = Method("phragmen", tuple(NAMES))(profile, explain=True)
    payments = who_paid(profile, outcome)
    for winner in outcome.winners:
        assert payments.total(winner) == profile.costs[profile.number[winner]]


@pytest.mark.parametrize("method", EVERY, ids=lambda method: method.rule)
@settings(max_examples=40)
@given(profiles)
def test_every_project_is_explained_once_and_winners_first(method, profile):
    outcome = method(profile, explain=True)
    found = explain(profile, outcome)
    assert sorted(facts.project for facts in found) == sorted(profile.projects)
    assert tuple(facts.project for facts in found[: len(outcome.winners)]) == outcome.winners
    for facts in found:
        assert facts.won == (facts.project in outcome.winners)
        assert facts == why(profile, outcome, facts.project)
        assert facts.missing_money == 0 or not facts.won
        if facts.verdict is Verdict.SUPPORTERS_HAD_TOO_LITTLE:
            assert facts.supporters_left + facts.missing_money == facts.cost
            assert facts.missing_money > 0
        if facts.verdict is Verdict.DOES_NOT_FIT:
            assert facts.cost > 0
        assert all(rival.voters > 0 for rival in facts.rivals)


def test_why_the_bench_lost_worked_by_hand():
    # Five voters have 200 each.  Three pay 150 for the lamps, two of them want the bench as well;
    # two pay 150 for the garden, one of them wants the bench: 50 + 50 + 50 of 400 are left for it.
    election = Profile.from_ballots(
        [["lamps", "bench"], ["lamps", "bench"], ["lamps"], ["garden"], ["garden", "bench"]],
        {"lamps": 450, "bench": 400, "garden": 300},
        budget=1000,
    )
    method = Method("equal-shares", ("lamps", "bench", "garden"))
    outcome = method(election, explain=True)
    facts = why(election, outcome, "bench")
    assert facts.verdict is Verdict.SUPPORTERS_HAD_TOO_LITTLE
    assert (facts.votes, facts.supporters_left, facts.missing_money) == (3, 150, 250)
    assert [(rival.project, rival.voters, rival.paid) for rival in facts.rivals] == [
        ("lamps", 2, 300),
        ("garden", 1, 150),
    ]
    assert why(election, outcome, "lamps").price == 150
    assert [(share.got, share.voters) for share in satisfied(election, outcome)] == [
        (300, 2),
        (450, 3),
    ]


def test_what_a_conflict_kept_out_is_told_so_under_every_rule():
    election = Profile.from_ballots([["a", "b"]] * 3, {"a": 1, "b": 2}, budget=9)
    limits = Conflicts([["a", "b"]])
    for rule in ("greedy", "equal-shares", "phragmen"):
        outcome = Method(rule, ("a", "b"), {}, limits)(election, explain=True)
        [loser] = {"a", "b"} - set(outcome.winners)
        assert why(election, outcome, loser, limits=limits).verdict is Verdict.CLOSED


@settings(max_examples=60)
@given(profiles)
def test_equal_shares_keeps_its_promise_of_fairness(profile):
    for method in SHARES:
        utility = method.parameters["utility"]
        found = {
            check.name: check for check in checks(profile, method(profile).winners, utility=utility)
        }
        assert found["never_overspends"].holds
        # A completion only adds, or raises what everybody begins with.
        assert found["ejr_plus_up_to_one"].holds


def test_a_recount_number_is_the_same_whoever_counts_it():
    election = Profile.from_ballots([["a"]] * 9 + [["b"]] * 8, {"a": 1, "b": 1}, budget=1)
    method = Method("greedy", ("a", "b"))
    alone = bootstrap(election, method, recounts=60, seed="x", processes=1)
    done = []
    together = bootstrap(election, method, recounts=60, seed="x", processes=2, progress=done.append)
    assert alone == together
    assert done == sorted(done)
    assert done[-1] == 60
    assert sum(alone.wins.values()) == 60
    assert 0 < alone.wins["b"] < alone.wins["a"]
    assert alone.same == alone.wins["a"]
    assert alone != bootstrap(election, method, recounts=60, seed="y", processes=1)


@given(profiles, st.integers(0, 50))
def test_a_resample_has_as_many_ballots_and_only_such_as_were_cast(profile, number):
    again = resample(profile, "seed", number)
    assert again.voters() == profile.voters()
    assert all(new == 0 or old > 0 for new, old in zip(again.count, profile.count, strict=True))


def test_the_chart_can_be_read_without_colour_and_by_ear():
    election = Profile.from_ballots([["a", "b"], ["a"]], {"a": 5, "b": 4}, budget=5)
    outcome = Method("greedy", ("a", "b"))(election, explain=True)
    for drawn in (
        chart(election, outcome, names={"a": "Lamps <new>"}, money=lambda won: f"{won} won"),
        why_chart(why(election, outcome, "b"), cost="cost", had="there was", name="b"),
    ):
        root = ElementTree.fromstring(drawn)
        texts = [element for element in root if element.tag.endswith("text")]
        [title] = [element for element in root if element.tag.endswith("title")]
        [desc] = [element for element in root if element.tag.endswith("desc")]
        assert title.text
        assert desc.text
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        assert len(texts) == 2
        assert "script" not in drawn
        assert {bar.get("fill-opacity") for bar in root if bar.tag.endswith("rect")} == {"0", "1"}
