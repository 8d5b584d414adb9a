"""The budget with the most votes in it: counted by `decide`, again by the small program."""

from functools import partial
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.budgeting.profile import Profile
from maeul.vault.ballot import example, verify
from maeul.vault.ballot.actions.draft import OptionText
from maeul.vault.ballot.counting import method_of
from maeul.vault.ballot.models import Outcome
from maeul.vault.ballot.rules import Rule
from maeul.vault.ballot.tests import factories
from maeul.vault.ballot.tests.test_marking import files_of
from maeul.vault.ballot.tests.test_verify import summed_up
from maeul.vault.ballot.tests.test_verify_whole import frozen_otherwise, is_refused, told
from maeul.vault.ballot.tests.test_whole_ballots import COSTS, TWO_GROUPS


def budget_question(election, *, at, **facts):
    titles = ("가로등", "쉼터", "그늘막", "텃밭", "책")
    factories.budget_question(
        election,
        at=at,
        options=[OptionText(title=t, cost=cost) for t, cost in zip(titles, COSTS, strict=True)],
        at_most=5,
        rule="knapsack",
        parameters={"budget": 1000, "utility": "cardinality", "ties": "number"},
        **facts,
    )


def voted(at, **facts):
    """The small vote of the page on counting, whose ties are by number."""
    election = factories.frozen(
        at=at, electors=factories.walk_ins(10), questions=(partial(budget_question, **facts),)
    )
    for elector, choices in zip(election.electors.order_by("number"), TWO_GROUPS, strict=True):
        factories.cast(election, elector, at=at, **choices)
    election = factories.opened(factories.closed(election))
    return factories.published(factories.counted(election))


@pytest.mark.django_db
@pytest.mark.parametrize("shown", ["choices", "public"])
def test_the_set_with_the_most_votes_wins_and_can_be_found_again(at, shown):
    election = voted(at, whole_ballots=shown)
    outcomes = {row.option.number: row for row in Outcome.objects.of(election)}
    assert [number for number, row in sorted(outcomes.items()) if row.won] == [1, 3, 4, 5]
    assert "가장 큰 묶음에 들어" in outcomes[3].sentence
    missing = outcomes[2].facts["missing_votes"]
    assert outcomes[2].sentence == (
        "이것을 넣으면 다른 것이 빠져, 더한 표가 더 늘지 않습니다."
        f" {missing}표가 더 있었다면 선정되었습니다."
    )
    files = files_of(election)
    assert ("election.pb" in files) is (shown == "public")
    assert "q1: 다시 세었습니다. 선정 1, 3, 4, 5" in list(verify.check(files))
    assert is_refused(summed_up(told(winners=[2, 3, 4, 5])(files)))
    assert is_refused(summed_up(frozen_otherwise(parameters={"utility": "cost"})(files)))
    assert is_refused(summed_up(frozen_otherwise(parameters={"budget": 979})(files)))


def test_the_example_page_takes_what_a_pencil_finds():
    found = example.by_best_set()
    assert found.winners == ("1", "3", "4", "5")
    assert found.total_cost == 9_800_000


@settings(deadline=None)
@given(st.integers(1, 8), st.integers(0, 2**32))
def test_the_small_program_finds_the_set_that_decide_finds(options, seed):
    random = Random(seed)
    numbers = [str(n) for n in range(1, options + 1)]
    unit = random.choice([1, 10**6])
    costs = {n: random.randint(0, 9) * unit + random.choice([0, 0, 1]) for n in numbers}
    ballots = [[n for n in numbers if random.random() < 0.4] for _ in range(random.randint(1, 9))]
    ballots = [ballot for ballot in ballots if ballot] or [numbers]
    budget = max(1, sum(costs.values()) * random.randint(1, 9) // 10)
    ties = random.sample(numbers, options)
    method = method_of(Rule.KNAPSACK, {}, ties=ties)
    found = method(Profile.from_ballots(ballots, costs, budget))
    question = {
        "key": "q1", "rule": "knapsack", "parameters": {"budget": budget, "utility": "cardinality"},
        "options": [{"number": int(n), "cost": cost} for n, cost in costs.items()],
    }  # fmt: skip
    votes = {n: sum(n in ballot for ballot in ballots) for n in numbers}
    mine = verify.winners_of(question, votes, ties, {}, {})
    assert sorted(mine) == sorted(map(int, found.winners))
