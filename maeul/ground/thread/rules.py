"""When two matters may become one."""

from enum import StrEnum, auto

from maeul.core.no import No


class Why(StrEnum):
    SAME_MATTER = auto()
    ALREADY_JOINED = auto()
    NOT_JOINED = auto()


def why_not_join(*, root: int, into_root: int, joined: bool) -> No | None:
    """`root` and `into_root` are the numbers of the matters both threads belong to now."""
    if joined:
        return No(Why.ALREADY_JOINED)
    if root == into_root:
        return No(Why.SAME_MATTER)
    return None


def why_not_part(*, joined: bool) -> No | None:
    return None if joined else No(Why.NOT_JOINED)
