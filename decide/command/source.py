"""What a command counts: the file, the order of ties, the rule with its parameters."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from decide import pabulib
from decide.budgeting.constraints import Limits
from decide.budgeting.method import Method
from decide.budgeting.profile import Profile
from decide.budgeting.reading import read_both
from decide.budgeting.rules import RULES
from decide.command import Refused
from decide.pabulib import Election


@dataclass(frozen=True)
class Source:
    """One election and how ties in it are broken."""

    election: Election
    profile: Profile
    ties: tuple[str, ...]
    options: argparse.Namespace

    def parameters(self, rule: str) -> dict[str, object]:
        """What the rule was asked for, of the options that mean something to it."""
        asked = self.options
        if rule.startswith("greedy"):
            minimum = asked.minimum
            if minimum is None:
                takes = rule in ("greedy-threshold", "greedy-no-skip")
                minimum = max(1, self.election.minimum) if takes else 1
            found: dict[str, object] = {"minimum": minimum}
        elif rule == "equal-shares":
            found = {
                "utility": asked.utility,
                "completion": asked.completion,
                "stop": asked.stop,
            }
        elif rule == "knapsack":
            found = {"utility": asked.utility}
        else:
            found = {}
        return found

    def method(self, name: str | None = None) -> Method:
        """The rule with everything but the ballots."""
        name = name or self.options.rule
        plain = "greedy" if name == "greedy-threshold" else name
        if plain not in RULES:
            raise Refused(f"the rule {name!r} is not known; there are {', '.join(sorted(RULES))}")
        limits = _limits(self.options, self.election)
        if limits is not None and plain == "knapsack":
            raise Refused("knapsack knows no conflicts and ceilings")
        return Method(plain, self.ties, self.parameters(name), limits)

    def money(self, units: Fraction | int) -> str:
        """An amount in the file's currency, rounded to its smallest unit for the eye."""
        digits = self.election.digits
        whole = round(units)
        amount = f"{whole // 10**digits:,}"
        rest = f"{whole % 10**digits:0{digits}}" if digits else ""
        currency = self.election.meta.get("currency", "").strip()
        amount = f"{amount}.{rest}" if rest.strip("0") else amount
        return f"{amount} {currency}".rstrip()

    def title(self, project: str) -> str:
        """The name of a project, or nothing."""
        return self.names.get(project, "")

    @cached_property
    def names(self) -> dict[str, str]:
        return {p.id: " ".join(p.fields.get("name", "").split()) for p in self.election.projects}


def load(options: argparse.Namespace) -> Source:
    """Read the file and the order of ties."""
    election, profile = read(options.file, strict=options.strict)
    if options.budget is not None:
        profile = profile.funded(_amount(options.budget, election))
    return Source(election, profile, _ties(options.ties, profile.projects), options)


def read(path: str, *, strict: bool) -> tuple[Election, Profile]:
    try:
        return read_both(path, strict=strict)
    except FileNotFoundError:
        raise Refused(f"there is no file {path}") from None
    except IsADirectoryError:
        raise Refused(f"{path} is a folder, not a file") from None
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}") from None
    except pabulib.PabulibError as error:
        from decide.command.words import sentence

        raise Refused(f"{path}: {sentence(error)}") from None


def _amount(text: str, election: Election) -> int:
    try:
        units = Fraction(Decimal(text.replace(",", ""))) * 10**election.digits
    except (InvalidOperation, ValueError, OverflowError):
        raise Refused(f"{text!r} is not an amount of money") from None
    if units.denominator != 1 or units < 0:
        raise Refused(f"{text!r} is not an amount in the file's smallest unit")
    return int(units)


def _limits(options: argparse.Namespace, election: Election) -> Limits | None:
    if not options.conflict and not options.ceiling:
        return None
    from decide.budgeting.constraints import Ceilings, Conflicts, Together

    groups = [_parted(text) for text in options.conflict]
    most = {}
    for text in options.ceiling:
        category, _, amount = text.rpartition("=")
        if not category:
            raise Refused(f"--ceiling {text}: say CATEGORY=AMOUNT")
        most[category.strip()] = _amount(amount, election)
    categories: dict[str, list[str]] = {}
    for project in election.projects:
        for name in _parted(project.fields.get("category", "")):
            categories.setdefault(name, []).append(project.id)
    for name in most.keys() - categories.keys():
        raise Refused(f"no project in {options.file} has the category {name!r}")
    return Together(Conflicts(groups), Ceilings(categories, most))


def _parted(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _ties(how: str, projects: Sequence[str]) -> tuple[str, ...]:
    if how == "ids":
        return tuple(sorted(projects))
    if how.startswith("seed:"):
        from decide.ties import by_seed

        return by_seed(projects, seed=how.removeprefix("seed:"))
    try:
        listed = Path(how).read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise Refused(f"the list of ties {how} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Refused(f"the list of ties {how} is not UTF-8 text") from None
    order = tuple(line.strip() for line in listed if line.strip())
    missing = sorted(set(projects) - set(order))
    foreign = sorted(set(order) - set(projects))
    if missing:
        raise Refused(f"the list of ties {how} leaves out {', '.join(missing)}")
    if foreign:
        raise Refused(f"the list of ties {how} names what is no project: {', '.join(foreign)}")
    if len(set(order)) < len(order):
        twice = sorted({project for project in order if order.count(project) > 1})
        raise Refused(f"the list of ties {how} names a project twice: {', '.join(twice)}")
    return order
