"""What every bench says at its end: one line for programs, one table for people.

The line is JSON and the last one printed.  The table stands in docs/benchmarks.md between two
marks of this bench; what stands outside of them is left as it is.
"""

import json
import os
import platform
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Written by `make bench-NAME`, each table by its own bench. Figures hold for the machine named above
a table; more than one run is told as the median and, in brackets, the lowest and the highest.
"""


@dataclass(frozen=True)
class Goal:
    """What a figure should be: `at_least(100)` casts a second, `at_most(15)` queries."""

    word: str  # ">=" or "<="
    value: float

    def is_met(self, figure: float) -> bool:
        return figure >= self.value if self.word == ">=" else figure <= self.value

    def __str__(self) -> str:
        return f"{self.word} {self.value:g}"


def at_least(value: float) -> Goal:
    return Goal(">=", value)


def at_most(value: float) -> Goal:
    return Goal("<=", value)


@dataclass(frozen=True)
class Runs:
    """Several measurements of one thing."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.values)

    def __str__(self) -> str:
        return f"{_short(self.median)} ({_short(min(self.values))}–{_short(max(self.values))})"


def tell(
    name: str, *, figures: dict[str, float], goals: dict[str, Goal], body: str, page: Path = PAGE
) -> int:
    """Write the table, print the line.  Answers how the program should end: 0 when all is met.

    `body` is the table in Markdown (see `table`) with what should be read beside it.
    """
    met = all(goal.is_met(figures[what]) for what, goal in goals.items())
    _write(name, body, page)
    line = {
        "bench": name,
        "figures": {what: round(figure, 3) for what, figure in figures.items()},
        "goals": {what: str(goal) for what, goal in goals.items()},
        "met": met,
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)
    return 0 if met else 1


def table(heads: list[str], rows: list[list]) -> str:
    """In Markdown; numbers stand right."""
    right = [all(isinstance(row[n], int | float | Runs) for row in rows) for n in range(len(heads))]
    lines = [heads, ["--:" if is_right else "---" for is_right in right]]
    lines += [[_short(cell) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """Cores, and how busy they were in the last quarter of an hour."""
    cpus = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    model = platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    for line in cpuinfo.read_text().splitlines() if cpuinfo.exists() else ():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    load = os.getloadavg()[2]  # above the cores: others worked here too, and figures are too low
    return f"{cpus} cores ({model}), Python {platform.python_version()}, load {load:.1f}"


def _short(cell) -> str:
    return f"{cell:,.3g}" if isinstance(cell, float) and abs(cell) < 1000 else _whole(cell)


def _whole(cell) -> str:
    return f"{cell:,.0f}" if isinstance(cell, float) else str(cell)


def _write(name: str, body: str, page: Path) -> None:
    first, last = f"<!-- bench-{name}: begin -->", f"<!-- bench-{name}: end -->"
    day = datetime.now(ZoneInfo("Asia/Seoul")).date()
    told = f"{day:%Y-%m-%d}, {machine()}."
    part = f"{first}\n\n## {name}\n\n{told}\n\n{body.strip()}\n\n{last}"
    text = page.read_text() if page.exists() else HEAD
    before, found, rest = text.partition(first)
    after = rest.partition(last)[2]
    page.write_text(before + part + after if found else f"{text.rstrip()}\n\n{part}\n")
