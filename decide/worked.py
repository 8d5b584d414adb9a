"""One election of five projects and ten voters, small enough to be counted with a pencil.

The README follows every rule through it by hand, and a page of the site may; what each rule makes
of it stands in `COUNTED` and is tested.  Amounts are in 10,000 won, names in English and Korean.
"""

from typing import NamedTuple


class Count(NamedTuple):
    """A rule with its parameters, and the winners in order of selection."""

    rule: str
    parameters: dict[str, object]
    winners: tuple[str, ...]


BUDGET = 100

COSTS = {"lamps": 48, "party": 40, "garden": 28, "mural": 18, "bench": 10}

NAMES = {
    "lamps": ("Lamps", "가로등"),
    "party": ("Village party", "마을잔치"),
    "garden": ("Garden", "텃밭"),
    "mural": ("Mural", "벽화"),
    "bench": ("Bench", "긴의자"),
}

BALLOTS = (
    *(("lamps", "party"),) * 5,  # voters 1 to 5
    ("lamps", "mural"),  # voter 6
    *(("garden", "mural"),) * 2,  # voters 7 and 8
    *(("garden", "bench"),) * 2,  # voters 9 and 10
)

TIES = tuple(COSTS)  # the order fixed beforehand: as listed above

COUNTED = {
    "greedy": Count("greedy", {}, ("lamps", "party", "bench")),
    "greedy-no-skip": Count("greedy-no-skip", {}, ("lamps", "party")),
    "greedy-minimum": Count("greedy", {"minimum": 3}, ("lamps", "party")),
    "greedy-per-cost": Count("greedy-per-cost", {}, ("bench", "mural", "garden", "party")),
    "knapsack": Count("knapsack", {}, ("party", "garden", "mural", "bench")),
    "equal-shares": Count("equal-shares", {}, ("lamps", "garden")),
    "equal-shares-cardinality": Count(
        "equal-shares", {"utility": "cardinality"}, ("bench", "mural", "party")
    ),
    "equal-shares-add1": Count(
        "equal-shares", {"completion": "add1"}, ("lamps", "garden", "bench")
    ),
    "equal-shares-utilitarian": Count(
        "equal-shares", {"completion": "utilitarian"}, ("lamps", "garden", "mural")
    ),
    "phragmen": Count("phragmen", {}, ("bench", "mural", "party", "garden")),
}
