"""Particles that depend on the sound before them."""

_PAIRS = {
    "은": ("은", "는"), "는": ("은", "는"),
    "이": ("이", "가"), "가": ("이", "가"),
    "을": ("을", "를"), "를": ("을", "를"),
    "과": ("과", "와"), "와": ("과", "와"),
    "으로": ("으로", "로"), "로": ("으로", "로"),
}  # fmt: skip
_DIGIT_ENDS = dict(zip("0123456789", "영일이삼사오육칠팔구", strict=True))
_LETTER_WITH_END = "lmnrLMNR"


def josa(word: str, particle: str) -> str:
    """The word with the particle that fits its last sound.

    >>> josa("주민총회", "을")
    '주민총회를'
    >>> josa("의제", "은"), josa("사업", "는")
    ('의제는', '사업은')
    >>> josa("서울", "으로"), josa("3", "이")
    ('서울로', '3이')
    """
    with_end, without = _PAIRS[particle]
    last = word.rstrip(" )]”’\"'")[-1:]
    last = _DIGIT_ENDS.get(last, last)
    end = (ord(last) - 0xAC00) % 28 if "가" <= last <= "힣" else int(last in _LETTER_WITH_END)
    is_rieul = end == 8
    if not last or end == 0 or (with_end == "으로" and is_rieul):
        return word + without
    return word + with_end
