"""Plain-language reports for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from decide.budgeting.checks import Check
from decide.budgeting.explain import Share, Verdict, Why
from decide.budgeting.outcome import Outcome
from decide.command.korean import KOREAN
from decide.command.source import Source

WIDTH = 44  # of a project's name

VERDICTS = {
    Verdict.CHOSEN: "It won.",
    Verdict.NO_SUPPORTERS: "It lost: nobody voted for it.",
    Verdict.DEARER_THAN_BUDGET: "It lost: it costs more than the whole budget.",
    Verdict.BELOW_MINIMUM: "It lost: it has fewer votes than a project needs to be considered.",
    Verdict.CLOSED: "It lost: a winner or its category's ceiling kept it out.",
    Verdict.AFTER_THE_STOP: "It lost: the list had ended before its turn.",
    Verdict.SUPPORTERS_HAD_TOO_LITTLE: "It lost: its supporters had too little money left.",
    Verdict.DOES_NOT_FIT: "It lost: it costs more than was left in its turn.",
    Verdict.OUTWEIGHED: "It lost: other projects were worth more to the voters.",
}

CHECKS = {
    "never_overspends": "The winners cost no more than the budget, and none wins twice",
    "exhaustive": "No losing project with supporters would still fit",
    "ejr_plus_up_to_one": "No group got less than its share of the money, up to one project (EJR+)",
    "limits": "No winner was kept out by a conflict or a ceiling",
    "ejr_plus": "No group got less than its share of the money (EJR+; no rule always grants it)",
}


class _Tongue:
    """English sentences, or their Korean ones; a sentence without one stays English."""

    def __init__(self, lang: str) -> None:
        self.known = KOREAN if lang == "ko" else {}

    def __call__(self, text: str, **facts: object) -> str:
        return self.known.get(text, text).format(**facts)


def of_tally(source: Source, outcome: Outcome, *, lang: str = "en") -> str:
    say = _Tongue(lang)
    profile = source.profile
    lines = [
        " ".join(source.election.meta.get("description", source.options.file).split()),
        say(
            "{voters} ballots, {projects} projects, budget {budget}; counted by {rule}",
            voters=f"{profile.voters():,}",
            projects=len(profile.projects),
            budget=source.money(profile.budget),
            rule=_rule(outcome),
        ),
        "",
    ]
    if not outcome.winners:
        lines.append(say("No project won."))
    for place, winner in enumerate(outcome.winners, 1):
        number = profile.number[winner]
        lines.append(
            say(
                "{place}. {project}  {votes} votes, costs {cost}",
                place=f"{place:>3}",
                project=_named(source, winner),
                votes=f"{profile.support[number]:>6,}",
                cost=source.money(profile.costs[number]),
            )
        )
    lines += [
        "",
        say(
            "Spent {spent}, left {left}.",
            spent=source.money(outcome.total_cost),
            left=source.money(outcome.remaining),
        ),
    ]
    for tie in outcome.ties:
        lines.append(
            say(
                "Level: {projects}; the order of ties ({ties}) put the first one first.",
                projects=", ".join(tie.options),
                ties=source.options.ties,
            )
        )
    return "\n".join(lines) + "\n"


def of_reasons(
    source: Source,
    found: Sequence[Why],
    *,
    margins: Mapping[str, object],
    entries: Mapping[str, int | None],
    shares: Sequence[Share] = (),
    lang: str = "en",
) -> str:
    say = _Tongue(lang)
    blocks = []
    for why in found:
        lines = [
            f"{why.project}  {source.title(why.project)}".rstrip(),
            "  " + say(VERDICTS[why.verdict]),
            "  "
            + say(
                "{votes} votes, costs {cost}",
                votes=f"{why.votes:,}",
                cost=source.money(why.cost),
            ),
        ]
        if why.turn:
            lines.append("  " + say("Taken as number {turn}.", turn=why.turn))
        if why.price is not None:
            price = source.money(why.price)
            lines.append("  " + say("Each supporter paid at most {price}.", price=price))
        if why.supporters_left is not None and not why.won:
            lines.append(
                "  "
                + say(
                    "Its supporters had {left} left together; {missing} were missing.",
                    left=source.money(why.supporters_left),
                    missing=source.money(why.missing_money),
                )
            )
        elif why.missing_money:
            missing = source.money(why.missing_money)
            lines.append("  " + say("{missing} were missing.", missing=missing))
        for rival in why.rivals[:3] if not why.won else ():
            paid = "" if rival.paid is None else source.money(rival.paid)
            lines.append(
                "  "
                + (
                    say(
                        "{voters} of its supporters also wanted {rival} and paid {paid} for it.",
                        voters=f"{rival.voters:,}",
                        rival=rival.project,
                        paid=paid,
                    )
                    if paid
                    else say(
                        "{voters} of its supporters also wanted {rival}.",
                        voters=f"{rival.voters:,}",
                        rival=rival.project,
                    )
                )
            )
        if why.project in margins and not why.won:
            lines.append("  " + _margin(margins[why.project], say))
        if why.project in entries:
            entry = entries[why.project]
            lines.append(
                "  "
                + (
                    say("It enters at a budget of {entry}.", entry=source.money(entry))
                    if entry is not None
                    else say("No budget that was tried lets it in.")
                )
            )
        blocks.append("\n".join(lines))
    if shares:
        lines = [say("Voters by how many of their projects won:")]
        lines += [
            say("  {got}: {voters} voters", got=f"{share.got:>2}", voters=f"{share.voters:,}")
            for share in shares
        ]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _margin(margin: object, say: _Tongue) -> str:
    enough = getattr(margin, "enough", None)
    below = getattr(margin, "none_below", None)
    if enough is None:
        return say("No number of further ballots up to {most} makes it win.", most=(below or 1) - 1)
    if enough == below:
        return say("{missing} further ballots for it alone would have made it win.", missing=enough)
    return say(
        "{missing} further ballots for it alone would have made it win, fewer than {below} not.",
        missing=enough,
        below=below,
    )


def of_margins(
    source: Source, outcome: Outcome, losers: Sequence[str], facts: Mapping[str, object]
) -> str:
    say = _Tongue("en")
    missing = _mapping(facts, "missing_votes")
    costs, random = _mapping(facts, "cost_decrease"), _mapping(facts, "random_additions")
    lines = [f"How near the {len(losers)} losing projects were, counted by {_rule(outcome)}.", ""]
    for project in losers:
        lines.append(_named(source, project).rstrip())
        lines.append("   " + _margin(missing[project], say))
        cost = costs.get(project)
        if isinstance(cost, int):
            lines.append(f"   It would have won at a cost of {source.money(cost)}.")
        else:
            lines.append("   No lower cost makes it win.")
        drawn = random.get(project)
        if drawn is not None:
            lines.append("   " + _random(drawn))
    stable = facts.get("bootstrap")
    if stable is not None:
        recounts = getattr(stable, "recounts", 0)
        lines += ["", f"In how many of {recounts} recounts of resampled ballots each one won:"]
        wins: Mapping[str, int] = getattr(stable, "wins", {})
        for project, number in sorted(wins.items(), key=lambda item: (-item[1], item[0])):
            mark = "won" if project in outcome.winners else ""
            lines.append(
                f"{Fraction(100 * number, recounts or 1).__float__():6.1f} %  "
                f"{_named(source, project)} {mark}".rstrip()
            )
    return "\n".join(lines) + "\n"


def _random(drawn: object) -> str:
    median = getattr(drawn, "median", None)
    if median is None:
        return "Even with a vote of every other ballot it would not have won."
    low, high = getattr(drawn, "spread", (median, median))
    return (
        f"{float(median) * 100:.1f} % of the other ballots would have had to add it"
        f" (from {float(low) * 100:.1f} to {float(high) * 100:.1f} % by seed)."
    )


def of_comparison(source: Source, outcomes: Mapping[str, Outcome]) -> str:
    profile = source.profile
    anyone = {winner for outcome in outcomes.values() for winner in outcome.winners}
    widths = [max(len(name), 8) for name in outcomes]
    head = "  ".join(f"{name:>{width}}" for name, width in zip(outcomes, widths, strict=True))
    lines = [f"{'':{WIDTH}}  {head}"]
    for project in sorted(anyone, key=lambda p: (-profile.points[profile.number[p]], p)):
        cells = [
            str(outcome.winners.index(project) + 1) if project in outcome.winners else "-"
            for outcome in outcomes.values()
        ]
        row = "  ".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
        lines.append(f"{_named(source, project)}  {row}")
    spent = [
        f"{outcome.total_cost / (profile.budget or 1) * 100:.1f} %" for outcome in outcomes.values()
    ]
    row = "  ".join(f"{cell:>{width}}" for cell, width in zip(spent, widths, strict=True))
    lines.append(f"{'of the budget spent':{WIDTH}}  {row}")
    return "\n".join(lines) + "\n"


def of_checks(
    source: Source, winners: Sequence[str], counted: Outcome, found: Sequence[Check]
) -> str:
    lines = [f"{len(winners)} winners checked: {', '.join(winners)}"]
    if set(winners) != set(counted.winners):
        lines.append(f"({_rule(counted)} names others: {', '.join(counted.winners)})")
    for check in found:
        answer = "yes" if check.holds else "NO " if check.hard else "no "
        lines.append(f"{answer:4} {CHECKS[check.name]}")
        if check.against:
            lines.append(f"     against it: {', '.join(check.against)}")
    return "\n".join(lines) + "\n"


def _rule(outcome: Outcome) -> str:
    told = ", ".join(f"{name} {value}" for name, value in outcome.parameters.items())
    return f"{outcome.rule} ({told})" if told else outcome.rule


def _named(source: Source, project: str) -> str:
    text = f"{project}  {source.title(project)}"
    return f"{text[: WIDTH - 1]}…" if len(text) > WIDTH else f"{text:{WIDTH}}"


def _mapping(facts: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = facts.get(key)
    return found if isinstance(found, Mapping) else {}
