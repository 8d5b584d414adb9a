"""What is frozen of an election, as values: read from `manifest.json` and from nothing else.

The browser, the opener and the count all read the same bytes, so none of them can be told
another question than the one the electors saw.  Pure: knows neither Django nor a database.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from .marks import MARKINGS, Choosing, numbers

FORMAT = "maeul-ballot-1"
BLOCK = 256
"""Plaintexts have one length, a multiple of this: a length must not tell a choice."""


class BadManifest(ValueError):
    """The bytes are not a manifest this program can read."""


@dataclass(frozen=True, slots=True)
class Option:
    number: int
    title: str
    cost: int | None


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    title: str
    options: tuple[Option, ...]
    at_least: int
    at_most: int
    ballot_limit: int | None
    """What the options of one ballot may cost together; `None` where a ballot has no limit."""
    rule: str
    parameters: Mapping[str, Any]
    how: Choosing
    """How it is marked: chosen, ranked, or given points."""

    @property
    def numbers(self) -> frozenset[int]:
        return frozenset(option.number for option in self.options)

    def is_answer(self, answer: Sequence[Any]) -> bool:
        """Options that it has, each once, as an honest device writes them; limits apart."""
        try:
            named = numbers(answer)
            return (
                len(set(named)) == len(named)
                and self.numbers.issuperset(named)
                and self.how.read(self.how.text(answer)) == tuple(answer)
            )
        except (TypeError, ValueError):
            return False

    def keeps_limits(self, answer: Sequence[Any]) -> bool:
        """A blank ballot is always allowed; it counts as blank, not as invalid."""
        if not answer:
            return True
        if not self.at_least <= len(answer) <= self.at_most:
            return False
        if not self.how.keeps(tuple(answer), self.parameters):
            return False
        if self.ballot_limit is None:
            return True
        costs = {option.number: option.cost or 0 for option in self.options}
        return sum(costs[number] for number in numbers(answer)) <= self.ballot_limit


@dataclass(frozen=True, slots=True)
class Manifest:
    chain0: bytes
    title: str
    questions: tuple[Question, ...]
    styles: Mapping[str, tuple[str, ...]]
    locks: tuple[bytes, ...]
    plaintext_bytes: int
    fallback_cell: str
    smallest_cell: int
    raw: Mapping[str, Any]

    def questions_of(self, style: str) -> tuple[Question, ...]:
        """The questions an elector of this style gets, in the manifest's order."""
        asked = self.styles[style]
        return tuple(question for question in self.questions if question.key in asked)


def write(content: Mapping[str, Any]) -> bytes:
    """The bytes that are frozen.  Readable, because people print them."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def read(raw: bytes) -> Manifest:
    try:
        content = json.loads(raw)
        if content["format"] != FORMAT:
            raise BadManifest(f"unknown format {content['format']!r}")
        return Manifest(
            chain0=sha256(raw).digest(),
            title=content["title"],
            questions=tuple(_question(question) for question in content["questions"]),
            styles={style: tuple(keys) for style, keys in content["styles"].items()},
            locks=tuple(bytes.fromhex(lock["public_key"]) for lock in content["locks"]),
            plaintext_bytes=content["plaintext_bytes"],
            fallback_cell=content["cells"]["fallback"],
            smallest_cell=content["cells"]["at_least"],
            raw=content,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadManifest(str(error)) from error


def plaintext_bytes_for(questions: Sequence[Question], styles: Sequence[str]) -> int:
    """The smallest block multiple that holds the longest ballot anybody could write."""
    lines = [64, max(len(style.encode()) for style in styles)]
    for question in questions:
        said = question.how.longest(sorted(question.numbers), question.parameters)
        lines.append(len(question.key) + 1 + len(said))
    longest = sum(length + 1 for length in lines)
    return (longest // BLOCK + 1) * BLOCK


def _question(content: Mapping[str, Any]) -> Question:
    return Question(
        key=content["key"],
        title=content["title"],
        options=tuple(
            Option(number=option["number"], title=option["title"], cost=option["cost"])
            for option in content["options"]
        ),
        at_least=content["at_least"],
        at_most=content["at_most"],
        ballot_limit=content["ballot_limit"],
        rule=content["rule"],
        parameters=content["parameters"],
        how=MARKINGS[content["marking"]],
    )
