"""Yes or no: simple majority, absolute majority, two thirds.

A motion is carried when its yes votes pass a share of a base.  The base is an argument, because
it is what bylaws quarrel about: the valid votes (yes and no), everybody who took part (abstentions
and blank ballots count against), or everybody enrolled.  As many yes as no carries nothing.

The margin tells how near it was, by counting again and assuming nothing: `missing_votes` further
yes votes would have carried it, with `spare_votes` fewer it would still have been carried.  A
further vote is one more ballot, so it also enlarges the base, except among the enrolled.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from decide.errors import Code, DecideError, whole
from decide.quorum import HALF, TWO_THIRDS, Quorum, Share, needed, reached, threshold


class Base(StrEnum):
    """Of whom a share is taken."""

    VALID = "valid"  # yes and no
    PRESENT = "present"  # yes, no, abstained and blank
    ENROLLED = "enrolled"  # everybody entitled, whether they came or not


@dataclass(frozen=True, slots=True)
class Outcome:
    carried: bool
    yes: int
    no: int
    abstain: int
    base: int
    needed: int  # yes votes that carry in this very base
    missing_votes: int | None  # 0 when carried; None when no number of further votes suffices
    spare_votes: int  # 0 when not carried

    @property
    def tied(self) -> bool:
        return self.yes == self.no


def simple(yes: int, no: int, *, abstain: int = 0, of: Base = Base.VALID) -> Outcome:
    """More than half of the valid votes, or with `of=Base.PRESENT` of all who came (출석 과반수).

    >>> simple(10, 9, abstain=3).carried, simple(10, 9, abstain=3, of=Base.PRESENT).carried
    (True, False)
    >>> simple(10, 10).missing_votes
    1
    """
    return majority(yes, no, abstain=abstain, of=of, more_than=HALF)


def absolute(yes: int, no: int, *, enrolled: int, abstain: int = 0) -> Outcome:
    """More than half of everybody enrolled (재적 과반수).

    >>> absolute(12, 3, enrolled=25).missing_votes
    1
    """
    return majority(yes, no, abstain=abstain, of=Base.ENROLLED, enrolled=enrolled, more_than=HALF)


def two_thirds(yes: int, no: int, *, abstain: int = 0, of: Base = Base.PRESENT) -> Outcome:
    """At least two thirds of all who came (출석 3분의 2 이상).

    >>> two_thirds(16, 9).carried, two_thirds(17, 8).carried
    (False, True)
    """
    return majority(yes, no, abstain=abstain, of=of, at_least=TWO_THIRDS)


def majority(
    yes: int,
    no: int,
    *,
    abstain: int = 0,
    of: Base = Base.VALID,
    enrolled: int | None = None,
    at_least: Share | None = None,
    more_than: Share | None = None,
) -> Outcome:
    """Any share of any base.

    >>> majority(45, 15, at_least=Fraction(3, 4)).spare_votes
    0
    """
    votes = whole("yes", yes) + whole("no", no) + whole("abstain", abstain)
    if (enrolled is not None) != (of is Base.ENROLLED):
        raise DecideError(Code.ONE_OF_TWO, of=of, enrolled=enrolled)
    if enrolled is not None and votes > enrolled:
        raise DecideError(Code.OUT_OF_RANGE, what="votes", value=votes, most=enrolled)

    base = {Base.VALID: yes + no, Base.PRESENT: votes, Base.ENROLLED: enrolled or 0}[of]
    limit = needed(base, at_least=at_least, more_than=more_than)
    carried = reached(yes, base, at_least=at_least, more_than=more_than)
    share, strict = threshold(at_least=at_least, more_than=more_than)

    missing: int | None = 0
    spare = 0
    if of is Base.ENROLLED:
        missing = max(0, limit - yes) if limit <= base else None
        spare = max(0, yes - limit)
    elif share == 1:  # nobody may be against: further votes help only where nobody voted yet
        missing = 0 if carried else 1 if base == 0 and not strict else None
        spare = yes - 1 if carried else 0
    else:
        # k further yes votes carry it when yes + k passes share * (base + k), j fewer keep it
        # carried while yes - j passes share * (base - j).  Both sides are straight lines and the
        # left one is steeper, so one division finds k and j.
        gap = (share * base - yes) / (1 - share)
        if carried:
            spare = min(_within(-gap, strict=strict), yes - 1 if limit else yes)
        else:
            missing = max(1, _past(gap, strict=strict))
    return Outcome(
        carried=carried,
        yes=yes,
        no=no,
        abstain=abstain,
        base=base,
        needed=limit,
        missing_votes=missing,
        spare_votes=spare,
    )


@dataclass(frozen=True, slots=True)
class Motion:
    """A vote that needs both: enough people, and enough of them in favour (정족수와 과반수)."""

    quorum: Quorum
    outcome: Outcome

    @property
    def carried(self) -> bool:
        return self.quorum.reached and self.outcome.carried

    @property
    def missing_votes(self) -> int | None:
        """How many further people, all voting yes, would have carried it; None: no number would.

        A further yes vote is one more participant too, and neither hurdle moves away from it
        (`majority` proves that for the share), so the higher of the two numbers is enough.
        """
        if self.outcome.missing_votes is None:
            return None
        return max(self.quorum.missing, self.outcome.missing_votes)


def with_quorum(outcome: Outcome, *, present: int, quorum: int) -> Motion:
    """A majority that holds only if `quorum` people took part; who abstained took part.

    >>> motion = with_quorum(simple(60, 20), present=90, quorum=114)
    >>> motion.carried, motion.quorum.missing, motion.missing_votes
    (False, 24, 24)
    """
    cast = outcome.yes + outcome.no + outcome.abstain
    if whole("present", present) < cast:
        raise DecideError(Code.OUT_OF_RANGE, what="present", value=present, least=cast)
    return Motion(Quorum(present=present, needed=whole("quorum", quorum)), outcome)


def _past(gap: Fraction, *, strict: bool) -> int:
    """The smallest whole number that reaches `gap`, or passes it when `strict`."""
    down = gap.numerator // gap.denominator
    return down + 1 if strict or down != gap else down


def _within(gap: Fraction, *, strict: bool) -> int:
    """The largest whole number that stays within `gap`, or below it when `strict`."""
    down = gap.numerator // gap.denominator
    return down - 1 if strict and down == gap else down
