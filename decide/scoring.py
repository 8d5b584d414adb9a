"""Points: each ballot gives points to options, the options with the most points win.

Two kinds of ballot are in use.  *Score*: every option gets from `each_at_least` to `each_at_most`
points, independently of the others.  *Cumulative*: a ballot parts a fixed sum among the options;
`total_at_least` and `total_at_most` hold that sum (equal, where it must be used up).  Both are
added in the same way, so they are one module; `decide.approval.choose` then ranks the sums, with
ties and margins (counted in points).

An option that a ballot does not name gets no points from it, also where negative ones are allowed.
Sources: cumulative voting as Częstochowa, Toulouse and Gdańsk use it (Pabulib, `cumulative`);
score voting: Smith, "Range voting", 2000.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from decide.approval import Count, Invalid
from decide.errors import Code, DecideError


def why_invalid(
    points: Mapping[str, int],
    *,
    options: Collection[str],
    each_at_least: int = 0,
    each_at_most: int | None = None,
    total_at_least: int | None = None,
    total_at_most: int | None = None,
    at_least: int = 0,
    at_most: int | None = None,
) -> Invalid | None:
    """Say why a ballot that gave points does not count, or None.

    >>> why_invalid({"1": 3, "2": 3}, options="123", total_at_most=5)
    <Invalid.TOO_MANY_POINTS: 'too_many_points'>
    """
    for option, given in points.items():
        if isinstance(given, bool) or not isinstance(given, int):
            raise DecideError(Code.INEXACT, what=f"points for {option}", value=given)
        if option not in options:
            return Invalid.UNKNOWN_OPTION
        if given < each_at_least or (each_at_most is not None and given > each_at_most):
            return Invalid.POINTS_OUT_OF_RANGE
    if len(points) < at_least:
        return Invalid.TOO_FEW
    if at_most is not None and len(points) > at_most:
        return Invalid.TOO_MANY
    total = sum(points.values())
    if total_at_least is not None and total < total_at_least:
        return Invalid.TOO_FEW_POINTS
    if total_at_most is not None and total > total_at_most:
        return Invalid.TOO_MANY_POINTS
    return None


def count(
    ballots: Iterable[Mapping[str, int]],
    *,
    options: Collection[str],
    each_at_least: int = 0,
    each_at_most: int | None = None,
    total_at_least: int | None = None,
    total_at_most: int | None = None,
    at_least: int = 0,
    at_most: int | None = None,
) -> Count:
    """Add the points of every valid ballot; a ballot that names nothing is blank.

    >>> counted = count([{"a": 3, "b": 2}, {"b": 5}, {}, {"a": 6}], options="ab", total_at_most=5)
    >>> counted.votes, counted.valid, counted.blank, counted.invalid
    ({'a': 3, 'b': 7}, 2, 1, 1)
    """
    sums = dict.fromkeys(options, 0)
    reasons: Counter[Invalid] = Counter()
    valid = blank = 0
    for ballot in ballots:
        if not ballot:
            blank += 1
            continue
        why = why_invalid(
            ballot,
            options=sums.keys(),
            each_at_least=each_at_least,
            each_at_most=each_at_most,
            total_at_least=total_at_least,
            total_at_most=total_at_most,
            at_least=at_least,
            at_most=at_most,
        )
        if why:
            reasons[why] += 1
            continue
        valid += 1
        for option, given in ballot.items():
            sums[option] += given
    return Count(
        votes=sums,
        valid=valid,
        blank=blank,
        invalid=reasons.total(),
        why_invalid={why: reasons[why] for why in Invalid if reasons[why]},
    )
