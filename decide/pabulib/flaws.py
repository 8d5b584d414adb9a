"""What can be wrong with a `.pb` file: a code, its line and its facts."""

from dataclasses import dataclass
from enum import StrEnum

from decide.errors import DecideError


class Flaw(StrEnum):
    """Those marked † are refused in every reading: nobody can know what was meant."""

    NOT_TEXT = "not_text"  # † neither UTF-8 nor CP949
    NO_SECTION = "no_section"  # †
    SECTION_TWICE = "section_twice"  # †
    STRAY_LINE = "stray_line"  # before the first section; left out
    BROKEN_QUOTE = "broken_quote"  # a quoted cell does not end well; its quotes are letters
    NO_COLUMN = "no_column"  # †
    COLUMN_TWICE = "column_twice"  # †
    WRONG_WIDTH = "wrong_width"  # more or fewer cells than the header; cut or filled up
    NO_KEY = "no_key"  # † where it is the budget or the vote type
    KEY_TWICE = "key_twice"  # the first holds
    UNKNOWN_VOTE_TYPE = "unknown_vote_type"  # †
    NO_NUMBER = "no_number"  # † but a limit is left out, and so is a ballot with such points
    NEGATIVE = "negative"  # †
    TOO_FINE = "too_fine"  # smaller than the smallest unit of the currency; kept exact
    BAD_ID = "bad_id"  # † empty, or with a comma
    PROJECT_TWICE = "project_twice"  # †
    VOTER_TWICE = "voter_twice"  # both ballots are kept
    UNKNOWN_PROJECT = "unknown_project"  # the choice is left out
    CHOSEN_TWICE = "chosen_twice"  # counts once, with all its points
    TOO_FEW_CHOICES = "too_few_choices"  # kept, as the next five
    TOO_MANY_CHOICES = "too_many_choices"
    TOO_CHEAP = "too_cheap"
    TOO_DEAR = "too_dear"
    TOO_FEW_POINTS = "too_few_points"
    TOO_MANY_POINTS = "too_many_points"
    POINTS_DO_NOT_PAIR = "points_do_not_pair"  # not one number for each choice; ballot left out
    NUMBER_DIFFERS = "number_differs"  # META tells another number of rows
    VOTES_DIFFER = "votes_differ"  # a project's row tells another number of votes
    SCORE_DIFFERS = "score_differs"  # or another score


@dataclass(frozen=True, slots=True)
class Finding:
    line: int  # 0 where no single line is at fault
    flaw: Flaw
    facts: dict[str, object]


class PabulibError(DecideError):
    """A file that is refused: `line`, `code` (a `Flaw`) and `facts`."""

    def __init__(self, line: int, code: Flaw, **facts: object) -> None:
        super().__init__(code, **facts)
        self.line = line

    def __str__(self) -> str:
        return f"line {self.line}: {super().__str__()}"
