"""How a ballot is marked: some options are chosen, ranked, or given points.  Pure.

An answer to a question is a tuple: the numbers that were chosen, ascending; the numbers in the
order in which they are wanted; or pairs of a number and its points, ascending.  `()` is blank.
Taken apart it is marks, one for each option that it names: a number and what it got (1 chosen, its
place, its points).  Where ballots are not told whole, marks are.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

Answer = tuple[Any, ...]
Mark = tuple[int, int]
LONGEST = 9
"""Digits of points: every program reads so many exactly."""


class Marking(StrEnum):
    CHOOSE = "choose"
    RANK = "rank"
    SCORE = "score"


class Choosing:
    """`3,7`: these two, in no order.

    >>> Choosing().text([7, 3]), Choosing().read("3,7"), Choosing().marks((3, 7))
    ('3,7', (3, 7), [(3, 1), (7, 1)])
    """

    def text(self, answer: Iterable[Any]) -> str:
        return ",".join(map(str, sorted(answer)))

    def read(self, text: str) -> Answer:
        """What `text` wrote; a `ValueError` for nearly all else, the rest is found by writing
        it again."""
        return tuple(map(int, text.split(","))) if text else ()

    def marks(self, answer: Iterable[Any]) -> list[Mark]:
        return [(number, 1) for number in answer]

    marking = Marking.CHOOSE

    def of_sheet(self, marks: Sequence[Mark]) -> list[Any] | None:
        """The answer on paper by these marks, not zero, in the order of options; None where they
        are none."""
        return [number for number, _value in marks]

    def told(self, mark: Mark) -> str:
        """One mark as a line of `ballots.csv` tells it."""
        return str(mark[0])

    def worth(self, value: int, parameters: Mapping[str, Any]) -> int:
        """What an option gets by such a mark."""
        return 1

    def most(self, parameters: Mapping[str, Any]) -> int:
        """The most that an option can get from one ballot."""
        return 1

    def keeps(self, answer: Answer, parameters: Mapping[str, Any]) -> bool:
        """Limits of its own, beside how many may be named."""
        return True

    def longest(self, numbers: Sequence[int], parameters: Mapping[str, Any]) -> str:
        """A text as long as that of any ballot that keeps the limits."""
        return self.text(numbers)


class Ranking(Choosing):
    """`7>3`: the seventh rather than the third, both rather than those not named.

    >>> Ranking().text([7, 3]), Ranking().read("7>3"), Ranking().marks((7, 3))
    ('7>3', (7, 3), [(7, 1), (3, 2)])
    >>> Ranking().told((3, 2)), Ranking().worth(2, {"worths": [5, 3, 1]})
    ('3:2', 3)
    """

    def text(self, answer: Iterable[Any]) -> str:
        return ">".join(map(str, answer))

    def read(self, text: str) -> Answer:
        return tuple(map(int, text.split(">"))) if text else ()

    def marks(self, answer: Iterable[Any]) -> list[Mark]:
        return [(number, place) for place, number in enumerate(answer, 1)]

    marking = Marking.RANK

    def of_sheet(self, marks: Sequence[Mark]) -> list[Any] | None:
        """
        >>> Ranking().of_sheet([(3, 2), (7, 1)]), Ranking().of_sheet([(3, 1), (7, 3)])
        ([7, 3], None)
        """
        by_place = sorted((place, number) for number, place in marks)
        if [place for place, _number in by_place] != list(range(1, len(marks) + 1)):
            return None
        return [number for _place, number in by_place]

    def told(self, mark: Mark) -> str:
        return f"{mark[0]}:{mark[1]}"

    def worth(self, value: int, parameters: Mapping[str, Any]) -> int:
        worths = parameters["worths"]
        return int(worths[value - 1]) if value <= len(worths) else 0

    def most(self, parameters: Mapping[str, Any]) -> int:
        return int(parameters["worths"][0])


class Scoring(Choosing):
    """`3:5,7:2`: five points for the third, two for the seventh, none for the others.

    >>> Scoring().text([(7, 2), (3, 5)]), Scoring().read("3:5,7:2")
    ('3:5,7:2', ((3, 5), (7, 2)))
    >>> limits = {"each_at_most": 5, "total_at_most": 6}
    >>> Scoring().keeps(((3, 5), (7, 1)), limits), Scoring().keeps(((3, 5), (7, 2)), limits)
    (True, False)
    """

    def text(self, answer: Iterable[Any]) -> str:
        """Nothing given is nothing written."""
        return ",".join(f"{number}:{points}" for number, points in sorted(answer) if points > 0)

    def read(self, text: str) -> Answer:
        pairs = [each.split(":") for each in text.split(",")] if text else []
        if any(len(pair[-1]) > LONGEST for pair in pairs):
            raise ValueError(text)
        return tuple((int(number), int(points)) for number, points in pairs)

    def marks(self, answer: Iterable[Any]) -> list[Mark]:
        return [(number, points) for number, points in answer]

    marking = Marking.SCORE

    def of_sheet(self, marks: Sequence[Mark]) -> list[Any] | None:
        return [list(mark) for mark in marks]

    def told(self, mark: Mark) -> str:
        return f"{mark[0]}:{mark[1]}"

    def worth(self, value: int, parameters: Mapping[str, Any]) -> int:
        return value

    def most(self, parameters: Mapping[str, Any]) -> int:
        total = parameters.get("total_at_most")
        each = int(parameters["each_at_most"])
        return each if total is None else min(each, int(total))

    def keeps(self, answer: Answer, parameters: Mapping[str, Any]) -> bool:
        given = [points for _number, points in answer]
        total = parameters.get("total_at_most")
        return all(0 < points <= parameters["each_at_most"] for points in given) and (
            total is None or sum(given) <= total
        )

    def longest(self, numbers: Sequence[int], parameters: Mapping[str, Any]) -> str:
        return self.text([(number, self.most(parameters)) for number in numbers])


MARKINGS: Mapping[str, Choosing] = {
    Marking.CHOOSE: Choosing(),
    Marking.RANK: Ranking(),
    Marking.SCORE: Scoring(),
}


def answer(said: Iterable[Any]) -> Answer:
    """An answer as JSON brings it.

    >>> answer([[3, 5], [7, 2]]), answer([7, 3])
    (((3, 5), (7, 2)), (7, 3))
    """
    return tuple(tuple(each) if isinstance(each, list) else each for each in said)


def numbers(said: Iterable[Any]) -> list[int]:
    """The options that an answer names."""
    return [each[0] if isinstance(each, tuple) else each for each in said]


def points(said: Iterable[Any]) -> list[int]:
    """The points of each, beside `numbers`; nothing where none are given."""
    return [each[1] for each in said if isinstance(each, tuple)]


def put_together(choices: Sequence[int], given: Sequence[int]) -> Answer:
    """An answer out of its `numbers` and `points`."""
    return tuple(zip(choices, given, strict=True)) if given else tuple(choices)
