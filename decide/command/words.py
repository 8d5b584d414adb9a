"""English sentences for what is wrong with a file or an argument."""

from __future__ import annotations

import re

from decide.errors import Code, DecideError
from decide.pabulib.flaws import Flaw, PabulibError

_FLAWS = {
    Flaw.NOT_TEXT: "is neither UTF-8 nor CP949 text",
    Flaw.NO_SECTION: "there is no section {section}",
    Flaw.SECTION_TWICE: "the section {section} begins a second time",
    Flaw.STRAY_LINE: "stands before the first section",
    Flaw.BROKEN_QUOTE: "has a quoted cell that does not end",
    Flaw.NO_COLUMN: "the column {column} is missing",
    Flaw.COLUMN_TWICE: "the column {column} is there twice",
    Flaw.WRONG_WIDTH: "has {cells} cells where the header has {columns}",
    Flaw.NO_KEY: "META does not tell {key}",
    Flaw.KEY_TWICE: "META tells {key} a second time",
    Flaw.UNKNOWN_VOTE_TYPE: "the vote type {vote_type!r} is not known",
    Flaw.NO_NUMBER: "{what} is {value!r}, which is not a number",
    Flaw.NEGATIVE: "{what} is {value}, which is below nothing",
    Flaw.TOO_FINE: "{what} is {value}, finer than {digits} decimals of its currency",
    Flaw.BAD_ID: "{project!r} cannot be the id of a project",
    Flaw.PROJECT_TWICE: "the project {project} is listed a second time",
    Flaw.VOTER_TWICE: "the voter {voter} has a second ballot",
    Flaw.UNKNOWN_PROJECT: "the ballot of {voter} names {project!r}, which is no project",
    Flaw.CHOSEN_TWICE: "the ballot of {voter} names {project} twice",
    Flaw.TOO_FEW_CHOICES: "the ballot of {voter} chooses {found}, fewer than {least}",
    Flaw.TOO_MANY_CHOICES: "the ballot of {voter} chooses {found}, more than {most}",
    Flaw.TOO_CHEAP: "the ballot of {voter} costs {found}, less than {least}",
    Flaw.TOO_DEAR: "the ballot of {voter} costs {found}, more than {most}",
    Flaw.TOO_FEW_POINTS: "the ballot of {voter} gives {found} points, fewer than {least}",
    Flaw.TOO_MANY_POINTS: "the ballot of {voter} gives {found} points, more than {most}",
    Flaw.POINTS_DO_NOT_PAIR: "the ballot of {voter} has {choices} choices and {points} points",
    Flaw.NUMBER_DIFFERS: "{key} says {says}, but there are {found}",
    Flaw.VOTES_DIFFER: "the project {project} is said to have {says} votes, but has {found}",
    Flaw.SCORE_DIFFERS: "the project {project} is said to have a score of {says}, but has {found}",
}

_CODES = {
    Code.INEXACT: "{what} is {value!r}, which is not an exact number",
    Code.NEGATIVE: "{what} is {value}, which is below nothing",
    Code.OUT_OF_RANGE: "{what} is {value}, which is out of range",
    Code.ONE_OF_TWO: "exactly one of two values has to be given",
    Code.NOT_THE_SAME_OPTIONS: "{what} does not name the same projects: {differ}",
}


def sentence(error: DecideError) -> str:
    """One sentence for a refusal; of a file with its line."""
    facts = _Facts(error.facts)
    if isinstance(error, PabulibError) and isinstance(error.code, Flaw):
        text = _FLAWS[error.code].format_map(facts)
        return f"line {error.line}: {text}" if error.line else text
    if isinstance(error.code, Code):
        return _CODES[error.code].format_map(facts)
    return str(error)


class _Facts(dict[str, object]):
    """A fact that is not told shows as a question mark, so that no refusal fails to be told."""

    def __missing__(self, key: str) -> str:
        return "?"


_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    r"""Text of a file without what a terminal obeys: colours, cursor, title, direction.

    >>> printable("a \x1b[2Jlamp\u202e\n")
    'a �[2Jlamp�\n'
    """
    return _COMMANDS.sub("\ufffd", text)


def escaped(json: str) -> str:
    """The same in JSON, where every sign can be kept: those of a terminal as their numbers."""
    return _COMMANDS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json)
