"""A bar on the terminal that says how far a long count is; silent where nobody looks."""

from __future__ import annotations

import sys
import time
from types import TracebackType

WIDTH = 30


class Bar:
    """`with Bar("recounts", 1000) as bar: bar.show(done)`; written to the error output."""

    def __init__(self, what: str, total: int) -> None:
        self.what, self.total = what, total
        self.seen = sys.stderr.isatty()
        self.began = self.last = time.monotonic()

    def __enter__(self) -> Bar:
        return self

    def show(self, done: int) -> None:
        now = time.monotonic()
        if self.seen and (now - self.last > 0.1 or done == self.total):
            self.last = now
            print(
                f"\r{line(self.what, done, self.total, now - self.began)}", end="", file=sys.stderr
            )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.seen:
            print(file=sys.stderr)


def line(what: str, done: int, total: int, seconds: float) -> str:
    """
    >>> line("recounts", 250, 1000, 3.2)
    '[########......................] 250 of 1000 recounts, 10 s to go'
    """
    full = WIDTH * done // total if total else WIDTH
    togo = f", {seconds * (total - done) / done:.0f} s to go" if done else ""
    return f"[{'#' * (full + (0 < done < total))}{'.' * (WIDTH - full - (0 < done < total))}] " + (
        f"{done} of {total} {what}{togo}"
    )
