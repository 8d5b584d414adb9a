"""The command line: count a published file again, and ask why.

    python -m decide tally election.pb --rule equal-shares --completion add1

Each verb imports what it needs only when it is called, so that a small file is counted at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TypeAlias

RULES = (
    "greedy",
    "greedy-threshold",
    "greedy-no-skip",
    "greedy-per-cost",
    "knapsack",
    "equal-shares",
    "phragmen",
)
UTILITIES = ("cost", "cardinality", "score")
COMPLETIONS = ("none", "add1", "add-utility", "utilitarian", "add1+utilitarian")
STOPS = ("exhaustive", "feasible")
LANGUAGES = ("en", "ko")


class Refused(Exception):
    """What the person typed or handed in cannot be counted; the message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it worked, 1 when `check` found a fault, 2 when it was refused."""
    parser = _parser()
    options = parser.parse_args(arguments)
    from decide.command import verbs
    from decide.errors import DecideError

    verb: Callable[[argparse.Namespace], int] = getattr(verbs, options.verb)
    try:
        return verb(options)
    except Refused as refused:
        message = str(refused)
    except DecideError as error:
        from decide.command.words import sentence

        message = sentence(error)
    except OverflowError:
        message = "a number in the file is too large to be counted"
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    from decide.command.words import printable

    print(f"decide: {printable(message)}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="decide",
        description="Count a participatory budget again from its .pb file, exactly, and ask why.",
        epilog="example: python -m decide tally election.pb --rule equal-shares --completion add1",
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    tally = _verb(
        verbs,
        "tally",
        "count the ballots and name the winners",
        "python -m decide tally election.pb --rule greedy --ties seed:2030-05-01 --json",
    )
    _how_to_count(tally)
    _language(tally)

    explain = _verb(
        verbs,
        "explain",
        "say why each project won or lost, and whose money paid for it",
        "python -m decide explain election.pb 17 --rule equal-shares --margins",
    )
    explain.add_argument("projects", nargs="*", metavar="PROJECT", help="only these projects")
    _how_to_count(explain)
    explain.add_argument(
        "--margins", action="store_true", help="also how many ballots were missing (counts again)"
    )
    explain.add_argument(
        "--entry", action="store_true", help="also the budget at which it enters (counts again)"
    )
    explain.add_argument("--svg", metavar="FILE", help="draw a chart of all projects into FILE")
    _language(explain)

    margins = _verb(
        verbs,
        "margins",
        "say how near each losing project was, by counting again",
        "python -m decide margins election.pb --rule equal-shares --bootstrap 1000",
    )
    margins.add_argument("projects", nargs="*", metavar="PROJECT", help="only these projects")
    _how_to_count(margins)
    margins.add_argument(
        "--most", type=_number, metavar="N", help="try no more than N further ballots"
    )
    margins.add_argument(
        "--tries",
        type=_number,
        default=100,
        metavar="N",
        help="recounts for one project where a rule allows no short cut (completions, knapsack);"
        " what they leave open is told (default 100)",
    )
    margins.add_argument(
        "--random", type=_number, default=0, metavar="SEEDS", help="random additions, so many seeds"
    )
    margins.add_argument(
        "--bootstrap", type=_number, default=0, metavar="N", help="N recounts of resampled ballots"
    )
    margins.add_argument("--seed", default="1", help="of all that is drawn (default 1)")
    margins.add_argument(
        "--processes", type=_number, default=0, metavar="N", help="default: one for each processor"
    )

    compare = _verb(
        verbs,
        "compare",
        "the winners of several rules side by side",
        "python -m decide compare election.pb --rules greedy,equal-shares,phragmen",
    )
    compare.add_argument(
        "--rules",
        default="greedy,greedy-per-cost,equal-shares,phragmen",
        help="names, parted by commas (default: %(default)s)",
    )
    _how_to_count(compare, rule=False)

    check = _verb(
        verbs,
        "check",
        "test what makes an outcome sound and fair",
        "python -m decide check election.pb --winners official",
    )
    _how_to_count(check)
    check.add_argument(
        "--winners",
        metavar="IDS|official",
        help="check these instead of counting: ids parted by commas, or the file's own winners",
    )
    return parser


Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _verb(verbs: Verbs, name: str, what: str, example: str) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=what, description=what, epilog=f"example: {example}")
    parser.add_argument("file", metavar="FILE.pb")
    return parser


def _how_to_count(parser: argparse.ArgumentParser, *, rule: bool = True) -> None:
    if rule:
        parser.add_argument("--rule", default="greedy", choices=RULES, help="default: greedy")
    parser.add_argument("--utility", default="cost", choices=UTILITIES, help="default: cost")
    parser.add_argument("--completion", default="none", choices=COMPLETIONS, help="default: none")
    parser.add_argument(
        "--stop",
        default="exhaustive",
        choices=STOPS,
        help="add1 ends at the first exhaustive outcome, or at the last feasible one"
        " (default: exhaustive)",
    )
    parser.add_argument(
        "--ties",
        default="ids",
        metavar="ids|FILE|seed:TEXT",
        help="who goes first when level: by id as text (default), as FILE lists them,"
        " or by tickets from a seed",
    )
    parser.add_argument(
        "--minimum",
        type=_number,
        metavar="VOTES",
        help="fewer votes do not stand in the list (default: the file's own threshold for"
        " greedy-threshold and greedy-no-skip)",
    )
    parser.add_argument(
        "--budget", metavar="AMOUNT", help="instead of the file's, in the file's currency"
    )
    parser.add_argument(
        "--conflict",
        action="append",
        default=[],
        metavar="A,B",
        help="at most one of these wins (may be given several times)",
    )
    parser.add_argument(
        "--ceiling",
        action="append",
        default=[],
        metavar="CATEGORY=AMOUNT",
        help="projects of this category together cost no more",
    )
    parser.add_argument("--strict", action="store_true", help="refuse a file with any flaw")
    parser.add_argument("--json", action="store_true", help="for programs")


def _language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", default="en", choices=LANGUAGES, help="of the report")


def _number(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError
    return number


_number.__name__ = "whole number"
