"""The published parcel: plain files, the same bytes each time, zipped without a clock."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from .manifest import Manifest

Row = tuple[str, str, Sequence[int]]
"""Question, cell, choices of one opened ballot."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """Add `SHA256SUMS` and zip everything, in order of names and with one fixed date."""
    sums = "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    parcel = io.BytesIO()
    with ZipFile(parcel, "w") as archive:
        for name, content in sorted({**files, "SHA256SUMS": sums.encode()}.items()):
            entry = ZipInfo(name, date_time=(2000, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return parcel.getvalue()


def as_json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def as_lines(rows: Iterable[Any]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def ballots_csv(rows: Iterable[Row], *, whole: bool) -> bytes:
    """One line per choice, so that no rare pattern can be bought; or, where that was frozen,
    one line per ballot.  Sorted: the order says nothing."""
    lines: list[tuple[str, str, str]] = []
    for question, cell, choices in rows:
        if whole:
            lines.append((question, cell, ",".join(map(str, choices))))
        else:
            lines += [(question, cell, str(number)) for number in choices]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["question", "cell", "choices"])
    writer.writerows(sorted(lines))
    return text.getvalue().encode()


def pb_files(manifest: Manifest, rows: Iterable[Row]) -> dict[str, bytes]:
    """`election.pb` for budget questions whose whole ballots are public; more than one such
    question gets a file each, named by its key."""
    ballots: dict[str, list[Sequence[int]]] = {}
    for key, _cell, choices in rows:
        ballots.setdefault(key, []).append(choices)
    budgets = [question for question in manifest.questions if question.rule == "greedy"]
    return {
        "election.pb" if len(budgets) == 1 else f"election-{question.key}.pb": _pb(
            manifest, question.key, sorted(ballots.get(question.key, []), key=tuple)
        )
        for question in budgets
    }


def _pb(manifest: Manifest, key: str, ballots: Sequence[Sequence[int]]) -> bytes:
    [question] = [each for each in manifest.questions if each.key == key]
    filled = [choices for choices in ballots if choices]
    votes = {
        option.number: sum(option.number in choices for choices in filled)
        for option in question.options
    }
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    currency = manifest.raw["currency"]
    meta = {
        "description": manifest.title,
        "unit": manifest.title,
        "instance": manifest.raw["closes_at"][:4],
        "num_projects": len(question.options),
        "num_votes": len(filled),
        "budget": _amount(question.parameters["budget"], currency),
        "vote_type": "approval",
        "rule": "greedy",
        "min_length": max(question.at_least, 1),
        "max_length": question.at_most,
        "currency": currency["code"],
    }
    writer.writerow(["META"])
    writer.writerow(["key", "value"])
    writer.writerows(meta.items())
    writer.writerow(["PROJECTS"])
    writer.writerow(["project_id", "cost", "votes", "name"])
    for option in question.options:
        cost = _amount(option.cost or 0, currency)
        writer.writerow([option.number, cost, votes[option.number], option.title])
    writer.writerow(["VOTES"])
    writer.writerow(["voter_id", "vote"])
    for number, choices in enumerate(filled, 1):
        writer.writerow([number, ",".join(map(str, choices))])
    return text.getvalue().encode()


def _amount(minor: int, currency: Mapping[str, Any]) -> str:
    """Exact, in the currency's own unit.

    >>> _amount(12345, {"minor_digits": 2}), _amount(3000, {"minor_digits": 0})
    ('123.45', '3000')
    """
    digits = currency["minor_digits"]
    if not digits:
        return str(minor)
    whole, rest = divmod(minor, 10**digits)
    return f"{whole}.{rest:0{digits}d}"
