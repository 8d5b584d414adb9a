"""Charts of an outcome as SVG: no script, readable in light and dark, told in words as well.

Colour never speaks alone: a winner's bar is full, a loser's is an outline, and the text says it.
Inside a page the chart takes the page's own colour of text (`currentColor`); as a file of its own
(`standalone`) it brings its colours for light and dark along.
"""

import html
import re
from collections.abc import Callable, Mapping

from decide.budgeting.explain import Why, explain
from decide.budgeting.outcome import Outcome
from decide.budgeting.profile import Profile

ROW, LEFT, BAR, RIGHT = 34, 8, 640, 8
STYLE = (
    "<style>svg{color:#111;background:#fff}"
    "@media(prefers-color-scheme:dark){svg{color:#eee;background:#111}}</style>"
)

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def escape(text: str) -> str:
    """As text in XML, which cannot hold most control characters at all."""
    return html.escape(_NO_XML.sub("\ufffd", text))


def chart(
    profile: Profile,
    outcome: Outcome,
    *,
    names: Mapping[str, str] | None = None,
    money: Callable[[int], str] = str,
    title: str = "Votes and winners",
    unit: str = "votes",
    standalone: bool = True,
) -> str:
    """All projects as bars of their votes: winners in the order of selection, then the losers.

    >>> from decide.budgeting.greedy import tally
    >>> election = Profile.from_ballots([["a", "b"], ["a"]], {"a": 5, "b": 4}, budget=5)
    >>> drawn = chart(election, tally(election, ties="ab", explain=True), names={"a": "A & B"})
    >>> "<title" in drawn and "<desc" in drawn and "A &amp; B" in drawn
    True
    """
    found = explain(profile, outcome)
    named = {why.project: _name(why.project, names) for why in found}
    most = max((why.points for why in found), default=0) or 1
    rows = []
    for place, why in enumerate(found):
        top = 8 + place * ROW
        width = round(max(0, why.points) / most * BAR, 1)
        won = f"#{why.turn} · " if why.turn else ""
        label = f"{won}{named[why.project]} · {why.points:,} {unit} · {money(why.cost)}"
        rows.append(
            f'<text x="{LEFT}" y="{top + 12}">{escape(label)}</text>'
            f'<rect x="{LEFT}" y="{top + 17}" width="{width}" height="9" fill="currentColor" '
            f'fill-opacity="{1 if why.won else 0}" stroke="currentColor"/>'
        )
    winners = ", ".join(named[winner] for winner in outcome.winners) or "–"
    desc = f"{winners} ({money(outcome.total_cost)} / {money(outcome.budget)})"
    return _svg(rows, 16 + len(found) * ROW, title, desc, "votes", standalone)


def why_chart(
    why: Why,
    *,
    cost: str,
    had: str,
    money: Callable[[int], str] = str,
    name: str = "",
    standalone: bool = False,
) -> str:
    """One project: what it costs, and what there was for it; `cost` and `had` name the two bars.

    What there was: of a winner its cost; of a loser the money its supporters had left, or, with
    rules without shares, the money left in its turn.
    """
    there = max(0, round(why.cost - why.missing_money))
    most = max(why.cost, there) or 1
    rows = []
    for place, (label, amount, full) in enumerate(((cost, why.cost, False), (had, there, True))):
        top = 8 + place * ROW
        width = round(amount / most * BAR, 1)
        rows.append(
            f'<text x="{LEFT}" y="{top + 12}">{escape(f"{label} {money(amount)}")}</text>'
            f'<rect x="{LEFT}" y="{top + 17}" width="{width}" height="9" fill="currentColor" '
            f'fill-opacity="{1 if full else 0}" stroke="currentColor"/>'
        )
    desc = f"{cost} {money(why.cost)}, {had} {money(there)}"
    return _svg(rows, 16 + 2 * ROW, name or why.project, desc, f"why-{why.project}", standalone)


def _svg(rows: list[str], height: int, title: str, desc: str, key: str, standalone: bool) -> str:
    key = "".join(letter if letter.isalnum() else "-" for letter in key)
    width = LEFT + BAR + RIGHT
    size = f'width="{width}" height="{height}"' if standalone else 'width="100%"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {size} '
        f'role="img" aria-labelledby="{key}-title {key}-desc" font-family="sans-serif" '
        f'font-size="13" fill="currentColor">'
        f'<title id="{key}-title">{escape(title)}</title>'
        f'<desc id="{key}-desc">{escape(desc)}</desc>'
        + (STYLE if standalone else "")
        + "".join(rows)
        + "</svg>\n"
    )


def _name(project: str, names: Mapping[str, str] | None) -> str:
    name = (names or {}).get(project, "")
    name = name if len(name) <= 60 else f"{name[:59]}…"
    return f"{project} {name}".strip()
