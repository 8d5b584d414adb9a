"""Budgets counted by the rules of `decide`, and the small vote that the page on counting shows."""

from fractions import Fraction

from maeul.vault.ballot import example
from maeul.vault.ballot.counting import try_each
from maeul.vault.ballot.rules import Rule

MAN = 10_000


def tried(**facts):
    found = try_each(
        facts.pop("values", {}),
        budget=example.BUDGET,
        ballots=example.BALLOTS,
        costs=example.COSTS,
        ties=tuple(example.COSTS),
    )
    return {each.rule: each for each in found}


def test_by_votes_the_larger_group_takes_nearly_everything():
    found = tried()[Rule.GREEDY]
    assert (found.winners, found.spent, found.contented) == ({"1", "2", "4"}, 1000 * MAN, 10)


def test_with_equal_shares_each_group_spends_its_own_part():
    found = tried()[Rule.EQUAL_SHARES]
    assert (found.winners, found.spent) == ({"1", "3", "4", "5"}, 980 * MAN)


def test_rounds_of_equal_shares_can_be_followed_with_a_pencil():
    outcome, rounds = example.by_shares()
    assert [(each.step.project, *(int(won) // MAN for won in each.each)) for each in rounds] == [
        ("1", 20, 100),  # six pay 80 of their 100 each
        ("3", 20, 30),  # four pay 70 each
        ("4", 20, 5),  # and 25 each; nobody can pay for more
        ("5", 20, 5),  # from the rest, by votes
    ]
    assert outcome.total_cost == 980 * MAN


def test_rounds_of_phragmen_can_be_followed_with_a_pencil():
    outcome, rounds = example.by_loads()
    assert [(each.step.project, *(won / MAN for won in each.each)) for each in rounds] == [
        ("4", 0, 25),
        ("5", 0, 55),
        ("2", 70, 55),
        ("3", 70, 125),
    ]
    assert outcome.winners == ("4", "5", "2", "3")
    assert isinstance(rounds[0].each[1], Fraction)


def test_a_trial_takes_the_values_it_is_given():
    none_left = {Rule.EQUAL_SHARES: {"utility": "cost", "completion": "none"}}
    assert tried(values=none_left)[Rule.EQUAL_SHARES].winners == {"1", "3", "4"}
