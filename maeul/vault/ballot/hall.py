"""A hall vote: counted aloud in one room, read by two tellers, known only as totals.

Pure: values in, an answer out.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypedDict

from maeul.core.no import No
from maeul.vault.ballot.rules import State, Why


class Sums(TypedDict):
    """Of one question."""

    valid: int
    blank: int
    invalid: int
    votes: dict[str, int]
    """By the number of the option, as text: so it is published."""


class Totals(TypedDict):
    """What two tellers read from the tally sheet."""

    signatures: int
    given: int
    """Slips handed out."""
    slips: int
    """Slips in the box."""
    questions: dict[str, Sums]


class Asked(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def numbers(self) -> frozenset[int]: ...
    @property
    def at_least(self) -> int: ...
    @property
    def at_most(self) -> int: ...


WHOLE = ("signatures", "given", "slips")
PARTS = ("valid", "blank", "invalid")


def named(totals: Totals) -> dict[str, int]:
    """Every number under a name of its own: `slips`, `q1.valid`, `q1.3`."""
    found = {name: totals[name] for name in WHOLE}  # type: ignore[literal-required]
    for key, sums in totals["questions"].items():
        found |= {f"{key}.{name}": sums[name] for name in PARTS}  # type: ignore[literal-required]
        found |= {f"{key}.{number}": votes for number, votes in sums["votes"].items()}
    return found


def gathered(numbers: Mapping[str, int], asked: Iterable[Asked]) -> Totals:
    """The same, put together again from names."""
    return {
        "signatures": numbers["signatures"],
        "given": numbers["given"],
        "slips": numbers["slips"],
        "questions": {
            question.key: {
                "valid": numbers[f"{question.key}.valid"],
                "blank": numbers[f"{question.key}.blank"],
                "invalid": numbers[f"{question.key}.invalid"],
                "votes": {
                    str(number): numbers[f"{question.key}.{number}"]
                    for number in sorted(question.numbers)
                },
            }
            for question in asked
        },
    }


def why_not_read_totals(
    state: State,
    *,
    is_hall: bool,
    is_fixed: bool,
    is_agreed: bool,
    totals: Totals,
    asked: Sequence[Asked],
    has_tally_sheet: bool,
    has_minutes: bool,
) -> No | None:
    """After closing, once it is fixed who voted, until two have read the same; numbers that
    cannot be are refused while the slips still lie on the table."""
    if not is_hall:
        return No(Why.NOT_A_HALL_VOTE)
    if state != State.CLOSED:
        return No(Why.NOT_CLOSED)
    if not is_fixed:
        return No(Why.LIST_NOT_FIXED)
    if is_agreed:
        return No(Why.TOTALS_AGREED)
    if totals["slips"] > totals["given"]:
        return No(Why.MORE_SLIPS_THAN_GIVEN, given=totals["given"], slips=totals["slips"])
    for question in asked:
        no = _why_not_these(question, totals["questions"][question.key], totals["slips"])
        if no:
            return no
    return why_not_without_papers(has_tally_sheet=has_tally_sheet, has_minutes=has_minutes)


def why_not_without_papers(*, has_tally_sheet: bool, has_minutes: bool) -> No | None:
    """Asked of everybody who reads; and, when two agree, of these two alone."""
    if not has_tally_sheet:
        return No(Why.TALLY_SHEET_MISSING)
    return None if has_minutes else No(Why.MINUTES_MISSING)


def _why_not_these(question: Asked, sums: Sums, slips: int) -> No | None:
    which = int(question.key[1:])
    counted = sums["valid"] + sums["blank"] + sums["invalid"]
    if counted != slips:
        return No(Why.NOT_EVERY_SLIP, question=which, counted=counted, slips=slips)
    votes = sums["votes"].values()
    if any(each > sums["valid"] for each in votes):
        return No(Why.MORE_VOTES_THAN_VALID, question=which, valid=sums["valid"])
    least = max(1, question.at_least) * sums["valid"]
    most = question.at_most * sums["valid"]
    if not least <= sum(votes) <= most:
        return No(
            Why.CHOICES_DO_NOT_FIT, question=which, choices=sum(votes), least=least, most=most
        )
    return None


def why_not_hold_here(
    *, booths: int, styles: int, by_totals: bool, whole_ballots: bool
) -> No | None:
    """What a hall vote must be before it is frozen: one room, one ballot for all, and rules that
    can be counted from totals."""
    if booths != 1:
        return No(Why.HALL_ONE_BOOTH)
    if styles != 1:
        return No(Why.HALL_ONE_STYLE)
    return No(Why.HALL_ONLY_TOTALS) if not by_totals or whole_ballots else None
