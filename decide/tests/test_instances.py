"""Small elections worked by hand: each file of `instances/` shows its own reckoning."""

import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest

from decide import approval, majority
from decide.budgeting.greedy import Form, greedy

INSTANCES = sorted(Path(__file__).parent.glob("instances/*.toml"))


def told(ties):
    return [{**asdict(tie), "options": list(tie.options)} for tie in ties]


def count_greedy(case):
    result = greedy(
        case["votes"],
        case["costs"],
        budget=case["budget"],
        ties=case["ties"],
        form=Form(case["form"]),
        minimum=case["minimum"],
    )
    why = result.why
    return {
        "winners": list(result.winners),
        "spent": result.spent,
        "verdicts": {option: reason.verdict.value for option, reason in why.items()},
        "missing_votes": {o: r.missing_votes for o, r in why.items() if not r.won},
        "missing_money": {o: r.missing_money for o, r in why.items() if r.missing_money},
        "ties": told(result.ties),
    }


def count_approval(case):
    counted = approval.count(case["ballots"], options=case["ties"], at_most=case["at_most"])
    result = approval.choose(counted.votes, seats=case["seats"], ties=case["ties"])
    return {
        "votes": counted.votes,
        "valid": counted.valid,
        "blank": counted.blank,
        "invalid": counted.invalid,
        "winners": list(result.winners),
        "missing_votes": {s.option: s.missing_votes for s in result.ranking if not s.won},
        "spare_votes": {s.option: s.spare_votes for s in result.ranking if s.won},
        "ties": told(result.ties),
    }


def count_majority(case):
    rule = getattr(majority, case["rule"])
    outcome = rule(case["yes"], case["no"], abstain=case["abstain"])
    return {key: getattr(outcome, key) for key in case["expected"]}


RULES = {
    "greedy": count_greedy,
    "approval": count_approval,
    "simple": count_majority,
    "two_thirds": count_majority,
}


@pytest.mark.parametrize("path", INSTANCES, ids=lambda path: path.stem)
def test_the_count_agrees_with_the_reckoning_by_hand(path):
    case = tomllib.loads(path.read_text())
    assert RULES[case["rule"]](case) == case["expected"]
