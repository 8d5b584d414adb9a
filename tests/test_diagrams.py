"""State diagrams in READMEs are drawn from the one table of allowed moves, `rules.MOVES`.

Drawn anew by: python -m tests.test_diagrams maeul/voice/agenda
"""

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DIAGRAM = re.compile(r"```mermaid\nstateDiagram-v2\n.*?```", re.DOTALL)
DRAWN = [
    path for path in sorted(ROOT.glob("maeul/*/*/README.md")) if DIAGRAM.search(path.read_text())
]


def diagram(moves) -> str:
    """The table as a mermaid diagram; it begins at the table's first state."""
    lines = [f"    [*] --> {next(iter(moves))}"]
    for state, reached in moves.items():
        lines += [f"    {state} --> {to}" for to in moves if to in reached]
        lines += [] if reached else [f"    {state} --> [*]"]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def moves_of(concept: Path):
    return import_module(".".join([*concept.relative_to(ROOT).parts, "rules"])).MOVES


@pytest.mark.parametrize("readme", DRAWN, ids=lambda path: path.parent.name)
def test_the_diagram_shows_the_moves_the_rules_allow(readme):
    assert DIAGRAM.search(readme.read_text()).group() == diagram(moves_of(readme.parent))


def test_some_diagrams_are_drawn():
    assert [path.parent.name for path in DRAWN]


if __name__ == "__main__":
    readme = ROOT / sys.argv[1] / "README.md"
    drawn = diagram(moves_of(readme.parent))
    readme.write_text(DIAGRAM.sub(lambda _old: drawn, readme.read_text()))
