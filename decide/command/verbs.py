"""One function for each verb of the command line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction

from decide.budgeting.explain import Why
from decide.budgeting.outcome import Outcome
from decide.command import Refused
from decide.command.source import Source, load


def tally(options: argparse.Namespace) -> int:
    source = load(options)
    outcome = source.method()(source.profile, explain=True)
    if options.json:
        _print_json(told(source, outcome))
    else:
        from decide.command.report import of_tally

        _print(of_tally(source, outcome, lang=options.lang))
    return 0


def explain(options: argparse.Namespace) -> int:
    from decide.budgeting.entry import entry_budgets
    from decide.budgeting.explain import explain as explained
    from decide.budgeting.explain import satisfied
    from decide.budgeting.margins import singleton_add

    source = load(options)
    asked = _asked(source, options.projects)
    rule = source.method()
    outcome = rule(source.profile, explain=True)
    found = explained(source.profile, outcome, limits=rule.limits)
    margins = singleton_add(source.profile, rule, projects=asked) if options.margins else {}
    entries = entry_budgets(source.profile, rule, projects=asked) if options.entry else {}
    if options.svg:
        from decide.budgeting.chart import chart

        drawn = chart(source.profile, outcome, names=source.names, money=source.money)
        try:
            with open(options.svg, "w", encoding="utf-8") as file:
                file.write(drawn)
        except OSError as error:
            raise Refused(f"{options.svg} cannot be written: {error.strerror}") from None
    shown = [why for why in found if why.project in asked]
    shares = satisfied(source.profile, outcome, utility="cardinality")
    if options.json:
        _print_json(
            {
                "projects": [_reason(source, why) for why in shown],
                "satisfied": shares,
                "missing_votes": margins,
                "entry_budgets": {
                    project: None if budget is None else _amount(source, budget)
                    for project, budget in entries.items()
                },
            }
        )
    else:
        from decide.command.report import of_reasons

        _print(
            of_reasons(
                source,
                shown,
                margins=margins,
                entries=entries,
                shares=() if options.projects else shares,
                lang=options.lang,
            )
        )
    return 0


def margins(options: argparse.Namespace) -> int:
    from decide.budgeting.margins import cost_decrease, random_additions, singleton_add

    source = load(options)
    profile, rule = source.profile, source.method()
    asked = _asked(source, options.projects)
    outcome = rule(profile)
    losers = [project for project in asked if project not in outcome.winners]
    tries = max(1, options.tries)
    lowered = cost_decrease(profile, rule, projects=losers, tries=max(5, tries // 5))
    facts: dict[str, object] = {
        "winners": outcome.winners,
        "missing_votes": singleton_add(
            profile, rule, projects=losers, most=options.most, tries=tries
        ),
        "cost_decrease": {
            project: None if lower is None else _amount(source, lower)
            for project, lower in lowered.items()
        },
    }
    if options.random:
        facts["random_additions"] = {
            project: random_additions(
                profile, rule, project, seeds=options.random, seed=options.seed
            )
            for project in losers
        }
    if options.bootstrap:
        from decide.budgeting.bootstrap import bootstrap
        from decide.command.progress import Bar

        with Bar("recounts", options.bootstrap) as bar:
            facts["bootstrap"] = bootstrap(
                profile,
                rule,
                recounts=options.bootstrap,
                seed=options.seed,
                processes=options.processes or None,
                progress=bar.show,
            )
    if options.json:
        _print_json(facts)
    else:
        from decide.command.report import of_margins

        _print(of_margins(source, outcome, losers, facts | {"cost_decrease": lowered}))
    return 0


def compare(options: argparse.Namespace) -> int:
    source = load(options)
    names = [name.strip() for name in options.rules.split(",") if name.strip()]
    outcomes = {name: source.method(name)(source.profile) for name in names}
    if options.json:
        _print_json({name: told(source, outcome) for name, outcome in outcomes.items()})
    else:
        from decide.command.report import of_comparison

        _print(of_comparison(source, outcomes))
    return 0


def check(options: argparse.Namespace) -> int:
    from decide.budgeting.checks import checks

    source = load(options)
    method = source.method()
    counted = method(source.profile)
    winners = _winners(source, options.winners, counted)
    found = checks(source.profile, winners, utility=options.utility, limits=method.limits)
    if options.json:
        _print_json({"winners": winners, "counted": counted.winners, "checks": found})
    else:
        from decide.command.report import of_checks

        _print(of_checks(source, winners, counted, found))
    return 0 if all(test.holds or not test.hard for test in found) else 1


def _winners(source: Source, asked: str | None, counted: Outcome) -> tuple[str, ...]:
    if asked is None:
        return counted.winners
    if asked == "official":
        official = source.election.selected
        if official is None:
            raise Refused(f"{source.options.file} does not tell the official winners")
        return official
    return tuple(_asked(source, [name.strip() for name in asked.split(",") if name.strip()]))


def _asked(source: Source, names: Sequence[str]) -> list[str]:
    for name in names:
        if name not in source.profile.number:
            raise Refused(f"there is no project {name!r} in {source.options.file}")
    return list(names) or list(source.profile.projects)


def told(source: Source, outcome: Outcome) -> dict[str, object]:
    """An outcome as JSON tells it."""
    return {
        "winners": outcome.winners,
        "total_cost": _amount(source, outcome.total_cost),
        "rule": outcome.rule,
        "parameters": outcome.parameters | {"ties": source.options.ties},
        "ties": outcome.ties,
        "steps": [_step(source, outcome, step) for step in outcome.steps],
    }


MONEY = ("cost", "remaining", "price", "load", "supporters_left", "missing_money", "paid")


def _reason(source: Source, why: Why) -> dict[str, object]:
    facts = _in_currency(source, why)
    facts["rivals"] = [_in_currency(source, rival) for rival in why.rivals]
    return facts


def _step(source: Source, outcome: Outcome, step: object) -> dict[str, object]:
    """A step with its money in the currency of the file, as everywhere else."""
    facts = _in_currency(source, step)
    unit = 10**source.election.digits
    rho = getattr(step, "rho", None)
    if rho is not None and outcome.parameters.get("utility") != "cost":
        facts["rho"] = plain(rho / unit)  # money for a point; with costs, money for money
    return facts


def _in_currency(source: Source, thing: object) -> dict[str, object]:
    facts = plain(thing)
    assert isinstance(facts, dict)
    for name in MONEY:
        value = getattr(thing, name, None)
        if isinstance(value, Fraction):
            facts[name] = plain(value / 10**source.election.digits)
        elif isinstance(value, int):
            facts[name] = _amount(source, value)
    return facts


def _amount(source: Source, units: int) -> object:
    """Money in the currency of the file: a number, as exact as the file is."""
    text = source.election.amount(units)
    return int(text) if "." not in text else _exact(text)


def _exact(text: str) -> object:
    number = float(text)
    return number if repr(number) == text else text


def plain(value: object) -> object:
    """Any fact in JSON's own kinds; fractions as text, so that nothing is rounded."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def _print_json(facts: object) -> None:
    from decide.command.words import escaped

    _write(escaped(json.dumps(plain(facts), ensure_ascii=False, indent=1)) + "\n")


def _print(text: str) -> None:
    from decide.command.words import printable

    _write(printable(text))


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
