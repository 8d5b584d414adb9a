"""Whole won.  Pure, so that rules may use it.

Money is an `int` of won everywhere; a fraction of a won does not exist.
"""

import re


def won(amount: int) -> str:
    """
    >>> won(4_105_000_000)
    '4,105,000,000원'
    >>> won(-500)
    '-500원'
    """
    return f"{amount:,}원"


def in_words(amount: int) -> str:
    """The short form people say: 억 and 만, nothing lost.

    >>> in_words(30_000_000)
    '3,000만원'
    >>> in_words(4_105_000_000)
    '41억 500만원'
    >>> in_words(5_426_000)
    '542만 6,000원'
    >>> in_words(0)
    '0원'
    """
    sign, rest = ("-", -amount) if amount < 0 else ("", amount)
    eok, rest = divmod(rest, 100_000_000)
    man, single = divmod(rest, 10_000)
    parts = [f"{eok:,}억"] * bool(eok) + [f"{man:,}만"] * bool(man)
    if single or not parts:
        parts.append(f"{single:,}")
    return sign + " ".join(parts) + "원"


def parse_won(text: str) -> int:
    """Read an amount a person typed or a sheet holds; whole won, zero or more.

    >>> parse_won(" 1,200,000원 ")
    1200000

    Raises ValueError for anything else: a sign, a fraction, a formula, an empty cell.
    """
    cleaned = text.strip().removesuffix("원").rstrip()
    if not re.fullmatch(r"\d{1,3}(,\d{3})+|\d+", cleaned, re.ASCII):
        raise ValueError(text)
    return int(cleaned.replace(",", ""))
