"""Small elections worked by hand: each file of `instances/` shows its own reckoning."""

import tomllib
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path

import pytest

from decide import approval, majority, mix, ranking
from decide.budgeting import equal_shares, phragmen
from decide.budgeting.greedy import Form, greedy, tally
from decide.budgeting.profile import Profile

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


def election(case):
    ballots = [row["ballot"] for row in case["voters"] for _ in range(row["count"])]
    return Profile.from_ballots(ballots, case["costs"], case["budget"])


def count_shares(case):
    profile = election(case)
    outcome = equal_shares.tally(profile, ties=case["ties"], utility=case["utility"], explain=True)
    return {
        "winners": list(outcome.winners),
        "prices": [str(step.price) for step in outcome.steps],
        "greedy": list(tally(profile, ties=case["ties"]).winners),
    }


def count_phragmen(case):
    outcome = phragmen.tally(election(case), ties=case["ties"], explain=True)
    return {
        "winners": list(outcome.winners),
        "loads": [str(step.load) for step in outcome.steps],
    }


def count_borda(case):
    result = ranking.borda(
        [row["ballot"] for row in case["voters"] for _ in range(row["count"])],
        options=case["ties"],
        ties=case["ties"],
        worths=case["worths"],
        seats=case["seats"],
    )
    return {
        "winners": list(result.winners),
        "points": {standing.option: standing.points for standing in result.ranking},
        "firsts": {standing.option: standing.firsts for standing in result.ranking},
    }


def count_mix(case):
    bodies = {
        name: mix.Body(body["votes"], weight=Fraction(body["weight"]))
        for name, body in case["bodies"].items()
    }
    result = mix.mix(bodies, ties=case["ties"], seats=case["seats"], per=mix.Per(case["per"]))
    standings = {standing.option: standing for standing in result.ranking}
    return {
        "winners": list(result.winners),
        "scores": {option: str(standing.score) for option, standing in standings.items()},
        "missing_votes": {
            option: standings[option].missing_votes for option in case["expected"]["missing_votes"]
        },
    }


RULES = {
    "equal-shares": count_shares,
    "phragmen": count_phragmen,
    "borda": count_borda,
    "mix": count_mix,
    "greedy": count_greedy,
    "approval": count_approval,
    "simple": count_majority,
    "two_thirds": count_majority,
}


@pytest.mark.parametrize("path", INSTANCES, ids=lambda path: path.stem)
def test_the_count_agrees_with_the_reckoning_by_hand(path):
    case = tomllib.loads(path.read_text())
    assert RULES[case["rule"]](case) == case["expected"]
