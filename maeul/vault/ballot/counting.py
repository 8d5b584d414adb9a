"""Budgets counted by the rules of `decide`, under the names and values an election freezes.

Pure: whole ballots in, an outcome out.  The count and the trial on last year's ballots both go
through here, so what was tried is what will be done.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from decide.budgeting.method import Method
from decide.budgeting.profile import Profile
from maeul.vault.ballot.rules import BUDGET_RULES, Rule

NAMES = {
    Rule.GREEDY: "greedy",
    Rule.EQUAL_SHARES: "equal-shares",
    Rule.PHRAGMEN: "phragmen",
    Rule.KNAPSACK: "knapsack",
}
VALUES: Mapping[Rule, Mapping[str, Any]] = {
    Rule.GREEDY: {"form": "skip", "minimum": 1},
    Rule.EQUAL_SHARES: {
        "utility": "cost",
        "completion": "add1+utilitarian",
        "stop": "exhaustive",
    },
    Rule.PHRAGMEN: {},
    Rule.KNAPSACK: {"utility": "cardinality"},
}
"""What a rule needs to know beside the budget, with the values that hold unless others are set."""


def method_of(rule: Rule, values: Mapping[str, Any], *, ties: Sequence[str]) -> Method:
    """The rule with its frozen values, ready to be asked about any ballots."""
    own = {name: values.get(name, usual) for name, usual in VALUES[rule].items()}
    return Method(NAMES[rule], ties=tuple(ties), parameters=own)


@dataclass(frozen=True, slots=True)
class Tried:
    """One rule on ballots that were cast for something else: a trial, nobody's result."""

    rule: Rule
    winners: frozenset[str]
    spent: int
    contented: int
    """Ballots of which at least one choice won."""


def try_each(
    values: Mapping[Rule, Mapping[str, Any]],
    *,
    budget: int,
    ballots: Sequence[Collection[str]],
    costs: Mapping[str, int],
    ties: Sequence[str],
) -> list[Tried]:
    """Every budgeting rule on the same ballots (no blank ones), side by side."""
    profile = Profile.from_ballots(ballots, costs, budget)
    found = []
    for rule in sorted(BUDGET_RULES, key=list(Rule).index):
        outcome = method_of(rule, values.get(rule, {}), ties=ties)(profile)
        winners = frozenset(outcome.winners)
        contented = sum(not winners.isdisjoint(ballot) for ballot in ballots)
        found.append(Tried(rule, winners, outcome.total_cost, contented))
    return found
