"""Pairs of letters, by which two-syllable Korean words are found inside longer ones."""

import re
from fractions import Fraction

_WORD = re.compile(r"\w+")


def grams(text: str) -> str:
    """Every pair of neighbouring letters of every word, and each word alone, for the index.

    >>> grams("독산1동 공원")
    '독산1동 독산 산1 1동 공원'
    """
    found: dict[str, None] = {}
    for word in _WORD.findall(text.lower()):
        found[word] = None
        found.update((word[i : i + 2], None) for i in range(len(word) - 1))
    return " ".join(found)


def query(text: str) -> str:
    """What must all occur: the pairs of each word; a single letter stands for every beginning.

    The answer is PostgreSQL's raw `tsquery` form; empty when nothing can be looked for.

    >>> query("쓰레기 길")
    "'쓰레' & '레기' & '길':*"
    """
    parts = []
    for word in _WORD.findall(text.lower())[:12]:
        pairs = [word[i : i + 2] for i in range(len(word) - 1)]
        parts += [f"'{pair}'" for pair in pairs] or [f"'{word}':*"]
    return " & ".join(dict.fromkeys(parts))


def pairs(text: str) -> dict[str, None]:
    """Pairs of neighbouring letters, each once, in the order they occur."""
    words = _WORD.findall(text.lower())[:40]
    return dict.fromkeys(word[i : i + 2] for word in words for i in range(len(word) - 1))


def any_of(text: str) -> str:
    """Any of the pairs may occur: for finding what resembles a whole sentence.

    >>> any_of("밤길 조명")
    "'밤길' | '조명'"
    """
    return " | ".join(f"'{pair}'" for pair in pairs(text))


def likeness(one: str, other: str) -> Fraction:
    """How much of the shorter text's pairs occur in the other.

    >>> likeness("시장 건널목 신호를 길게", "시장 앞 건널목 신호가 짧습니다")
    Fraction(2, 3)
    """
    here, there = pairs(one).keys(), pairs(other).keys()
    shorter = min(len(here), len(there))
    return Fraction(len(here & there), shorter) if shorter else Fraction(0)
