"""The same winners as pabutools, the field's own library, wherever both know the rule.

The peer lives in an environment of its own (`setup/peer.py`) and is never needed to count.  Where
`MAEUL_PEER` does not name its Python these tests are skipped, and the end of the run says so.
"""

import os
import random
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from decide import pabulib
from decide.budgeting.method import Method
from decide.budgeting.profile import Profile
from tests.shared_data import needs_shared, shared_files

if PEER := os.environ.get("MAEUL_PEER"):  # the Python of an environment of its own
    sys.path += map(str, Path(PEER).parents[1].glob("lib/python*/site-packages"))
THERE = find_spec("pabutools") is not None
MISSING = "NO PABUTOOLS: the comparison with the field's own library is skipped (set MAEUL_PEER)"
pytestmark = [
    pytest.mark.skipif(not THERE, reason=MISSING),
    pytest.mark.filterwarnings("ignore"),  # the peer's own
]
ELECTIONS = 2000
LARGE = 5000  # ballots
NAMES = tuple("abcdef")


def peers(kind):
    """Rule by rule: ours, and theirs as a function of their instance and profile."""
    from pabutools import election, rules

    shares = rules.method_of_equal_shares
    greedy = rules.greedy_utilitarian_welfare
    cost, cardinality = election.Cost_Sat, election.Cardinality_Sat
    found = [
        (("equal-shares", {"utility": "cost"}), lambda i, p: shares(i, p, sat_class=cost)),
        (
            ("equal-shares", {"utility": "cardinality"}),
            lambda i, p: shares(i, p, sat_class=cardinality),
        ),
    ]
    if kind == "cardinal":
        points = election.Additive_Cardinal_Sat
        found.append(
            (("equal-shares", {"utility": "score"}), lambda i, p: shares(i, p, sat_class=points))
        )
    else:
        found += [
            (("greedy", {}), lambda i, p: greedy(i, p, sat_class=cost)),
            (("greedy-per-cost", {}), lambda i, p: greedy(i, p, sat_class=cardinality)),
            (("phragmen", {}), rules.sequential_phragmen),
            (
                ("equal-shares", {"completion": "add1"}),
                lambda i, p: shares(i, p, sat_class=cost, voter_budget_increment=1),
            ),
        ]
    return found


def drawn(lot):
    """A small election, as costs, ballots with points, and a budget."""
    costs = {name: lot.randint(1, 9) for name in NAMES[: lot.randint(2, 6)]}
    ballots = [
        {name: lot.randint(1, 4) for name in lot.sample(list(costs), lot.randint(1, len(costs)))}
        for _ in range(lot.randint(1, 9))
    ]
    return costs, ballots, lot.randint(1, sum(costs.values()))


def supported(winners, profile):
    """The peer ends with projects that nobody voted for, where they fit; ours leave them out."""
    votes = profile.votes()
    return {project.name for project in winners if votes[project.name]}


@pytest.mark.parametrize("kind", ["approval", "cardinal"])
def test_random_elections_have_the_same_winners(kind):
    from pabutools import election

    lot = random.Random(f"peer {kind}")
    for number in range(ELECTIONS // 2):
        costs, ballots, budget = drawn(lot)
        projects = {name: election.Project(name, cost) for name, cost in costs.items()}
        instance = election.Instance(projects.values(), budget_limit=budget)
        if kind == "approval":
            theirs = election.ApprovalProfile(
                [election.ApprovalBallot([projects[n] for n in ballot]) for ballot in ballots]
            )
            profile = Profile.from_ballots([list(ballot) for ballot in ballots], costs, budget)
        else:
            theirs = election.CardinalProfile(
                [
                    election.CardinalBallot({projects[n]: worth for n, worth in ballot.items()})
                    for ballot in ballots
                ]
            )
            profile = Profile.from_ballots(ballots, costs, budget)
        for (rule, parameters), count in peers(kind):
            ours = Method(rule, tuple(sorted(costs)), parameters)(profile).winners
            same = supported(count(instance, theirs), profile)
            assert set(ours) == same, (number, rule, parameters, costs, ballots, budget)


@needs_shared
@pytest.mark.proof
@pytest.mark.parametrize("path", shared_files("pabulib/*.pb"), ids=lambda path: path.stem)
def test_every_real_election_has_the_same_winners(path):
    """By the names on ballots alone: the peer's cost and cardinality utilities see no points.

    The largest elections, and add-one, take the peer very long; `make bench-decide` compares those.
    """
    from pabutools.election import parse_pabulib

    election = pabulib.read(path)
    if len(election.ballots) > LARGE:
        pytest.skip("compared by make bench-decide")
    profile = Profile.from_election(election).unscored()
    instance, theirs = parse_pabulib(str(path))
    points = election.vote_type.has_points or election.vote_type.value == "ordinal"
    for (rule, parameters), count in peers("approval"):
        climbs = "completion" in parameters  # the peer takes every step of add-one: for hours
        if climbs or (rule == "phragmen" and points):  # and its Phragmén takes approvals alone
            continue
        ours = Method(rule, tuple(sorted(profile.projects)), parameters)(profile).winners
        assert set(ours) == supported(count(instance, theirs), profile), rule
