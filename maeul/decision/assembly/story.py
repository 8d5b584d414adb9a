"""The story of a budget count, drawn turn by turn: how the money filled up.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, TURN, BAR = 360, 62, 22
DYES = ("p1", "p2", "p4", "p3", "p5")


@dataclass(frozen=True, slots=True)
class Part:
    x: str
    width: str
    dye: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One option when its turn came: what was taken before it, and what became of it."""

    outcome: Any
    title_y: int
    bar_y: int
    parts: Sequence[Part]
    left_won: int


@dataclass(frozen=True, slots=True)
class Story:
    turns: Sequence[Turn]
    left_won: int

    @property
    def height(self) -> int:
        return len(self.turns) * TURN

    @property
    def taken(self) -> int:
        return sum(turn.outcome.chosen for turn in self.turns)


def story_of(outcomes: Sequence[Any], *, limit: int) -> Story:
    """Turns in the order of the count; each bar is the whole money, filled so far."""
    turns: list[Turn] = []
    parts: list[Part] = []
    spent = 0
    for number, outcome in enumerate(sorted(outcomes, key=lambda row: row.place)):
        shown = [*parts]
        if outcome.chosen:
            x, width = WIDTH * spent / limit, WIDTH * outcome.cost_won / limit
            spent += outcome.cost_won
            shown.append(Part(f"{x:.1f}", f"{width:.1f}", "mass"))
            parts.append(Part(f"{x:.1f}", f"{width:.1f}", DYES[len(parts) % len(DYES)]))
        turns.append(
            Turn(outcome, number * TURN + 16, number * TURN + 24, tuple(shown), limit - spent)
        )
    return Story(tuple(turns), limit - spent)
