from dataclasses import dataclass

from maeul.decision.assembly.story import story_of


@dataclass
class Row:
    place: int
    chosen: bool
    cost_won: int


def test_each_bar_is_the_whole_money_filled_by_what_was_taken_so_far():
    """10 in all: 5 taken, 6 does not fit, 3 taken, 2 left."""
    rows = [Row(1, True, 5), Row(3, True, 3), Row(2, False, 6)]
    story = story_of(rows, limit=10)
    assert [turn.outcome.place for turn in story.turns] == [1, 2, 3]
    assert [turn.left_won for turn in story.turns] == [5, 5, 2]
    assert story.left_won == 2
    assert story.taken == 2
    assert [[(part.x, part.width) for part in turn.parts] for turn in story.turns] == [
        [("0.0", "180.0")],
        [("0.0", "180.0")],
        [("0.0", "180.0"), ("180.0", "108.0")],
    ]


def test_nothing_taken_leaves_everything():
    assert story_of([], limit=10).left_won == 10
