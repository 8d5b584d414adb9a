"""The election of the README and of the page on counting, counted as it is told there."""

import pytest

from decide import worked
from decide.budgeting.method import Method
from decide.budgeting.profile import Profile

ELECTION = Profile.from_ballots(worked.BALLOTS, worked.COSTS, worked.BUDGET)


@pytest.mark.parametrize("name", worked.COUNTED)
def test_the_worked_example_is_counted_as_told(name):
    counted = worked.COUNTED[name]
    assert (
        Method(counted.rule, worked.TIES, counted.parameters)(ELECTION).winners == counted.winners
    )


def test_every_project_has_its_names():
    assert worked.NAMES.keys() == worked.COSTS.keys()
    assert all(english and korean for english, korean in worked.NAMES.values())
