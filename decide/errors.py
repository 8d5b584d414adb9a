"""What makes a count impossible: a code and its facts.  Whoever shows it finds the words."""

from enum import StrEnum


class Code(StrEnum):
    """Every reason for which a rule refuses its input."""

    INEXACT = "inexact"  # a float where an exact number is needed
    NEGATIVE = "negative"  # less than nothing: votes, people, money
    OUT_OF_RANGE = "out_of_range"  # a share below 0 or above 1, more voters than electors
    ONE_OF_TWO = "one_of_two"  # exactly one of two arguments must be given
    NOT_THE_SAME_OPTIONS = "not_the_same_options"  # votes, costs or tie list name other options


class DecideError(ValueError):
    """A refusal of the package: `code` says why, `facts` hold the numbers and names.

    >>> error = DecideError(Code.NEGATIVE, what="budget", value=-1)
    >>> error.code, error.facts
    (<Code.NEGATIVE: 'negative'>, {'what': 'budget', 'value': -1})
    """

    def __init__(self, code: StrEnum, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code, facts)

    def __str__(self) -> str:
        return f"{self.code} {self.facts}"


def whole(what: str, value: int) -> int:
    """Give back `value` when it is a whole number of at least 0, else refuse it."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise DecideError(Code.INEXACT, what=what, value=value)
    if value < 0:
        raise DecideError(Code.NEGATIVE, what=what, value=value)
    return value
