"""Every budgeting rule by its name: one shape, so that they can be compared and tried."""

from collections.abc import Callable
from functools import partial

from decide.budgeting import equal_shares, greedy, knapsack, phragmen
from decide.budgeting.outcome import Outcome

Rule = Callable[..., Outcome]  # rule(profile, ties=…, explain=False, **parameters of its own)

RULES: dict[str, Rule] = {
    "greedy": greedy.tally,
    "greedy-no-skip": partial(greedy.tally, form=greedy.Form.STOP),
    "greedy-per-cost": partial(greedy.tally, per_cost=True),
    "knapsack": knapsack.tally,
    "equal-shares": equal_shares.tally,
    "phragmen": phragmen.tally,
}
