"""The published parcel: plain files, the same bytes each time, zipped without a clock."""

import csv
import io
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from decide import pabulib

from .manifest import Manifest, Question

Row = tuple[str, str, str]
"""Question, cell, and what is told: a whole ballot, or one mark of some ballot."""


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


def ballots_csv(rows: Iterable[Row]) -> bytes:
    """One line per mark, so that no rare pattern can be bought; or, where that was frozen, one
    line per ballot.  Sorted: the order says nothing."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["question", "cell", "choices"])
    writer.writerows(sorted(rows))
    return text.getvalue().encode()


@dataclass(frozen=True, slots=True)
class PaperBatch:
    """A closed batch; of one that is told only within the total, nonce and content stay empty."""

    number: int
    booths: Sequence[tuple[int, int]]
    """Number of the booth, and how many of the sheets come from it."""
    style: str
    sheets: int
    leaf: bytes
    nonce: bytes
    content: bytes


def paper_csv(batches: Iterable[PaperBatch]) -> bytes:
    """`paper_batches.csv`: leaf = SHA-256(nonce ‖ content)."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["batch", "booths", "style", "sheets", "leaf", "nonce", "content"])
    for batch in batches:
        booths = " ".join(f"{number}:{sheets}" for number, sheets in sorted(batch.booths))
        told = [batch.leaf.hex(), batch.nonce.hex(), batch.content.decode()]
        writer.writerow([batch.number, booths, batch.style, batch.sheets, *told])
    return text.getvalue().encode()


OUTSIDE = ["number", "kind", "source", "counted_on", "assurance", "question", "option", "votes"]


def outside_csv(told: Mapping[int, Mapping[str, Any]]) -> bytes:
    """`outside.csv`: what was counted elsewhere, apart from everything that was counted here."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(OUTSIDE)
    for number, facts in sorted(told.items()):
        whence = [facts[name] for name in OUTSIDE[1:5]]
        for key, votes in facts["votes"].items():
            writer.writerows([number, *whence, key, option, n] for option, n in votes.items())
    return text.getvalue().encode()


def pb_files(
    manifest: Manifest, rows: Iterable[Row], *, whole: Collection[str]
) -> dict[str, bytes]:
    """`election.pb` for budget questions whose whole ballots are public; where there is more
    than one such question, each has its file, named by its key."""
    ballots: dict[str, list[str]] = {}
    for key, _cell, text in rows:
        if text:
            ballots.setdefault(key, []).append(text)
    budgets = [
        question
        for question in manifest.questions
        if question.key in whole and "budget" in question.parameters
    ]
    return {
        "election.pb" if len(budgets) == 1 else f"election-{question.key}.pb": pabulib.write(
            _as_pabulib(
                manifest, question, sorted(map(question.how.read, ballots.get(question.key, [])))
            )
        )
        for question in budgets
    }


def _as_pabulib(
    manifest: Manifest, question: Question, ballots: Sequence[Sequence[int]]
) -> pabulib.Election:
    """Voters are numbered in the order of their choices: the numbers say nothing."""
    currency = manifest.raw["currency"]
    meta = {
        "description": manifest.title,
        "instance": manifest.raw["closes_at"][:4],
        "rule": _rule_name(question),
        "min_length": str(max(question.at_least, 1)),
        "max_length": str(question.at_most),
        "currency": currency["code"],
    }
    return pabulib.Election(
        meta=meta,
        vote_type=pabulib.VoteType.APPROVAL,
        budget=question.parameters["budget"],
        projects=tuple(
            pabulib.Project(str(option.number), option.cost or 0, {"name": option.title})
            for option in question.options
        ),
        ballots=tuple(
            pabulib.Ballot(str(number), tuple(map(str, choices)))
            for number, choices in enumerate(ballots, 1)
        ),
        digits=currency["minor_digits"],
    )


def _rule_name(question: Question) -> str:
    """As Pabulib writes it."""
    if question.rule == "equal_shares":
        completion = question.parameters["completion"]
        return "equalshares" if completion == "none" else f"equalshares/{completion}"
    if question.rule in ("phragmen", "knapsack"):
        return question.rule
    return {"skip": "greedy", "stop": "greedy-no-skip"}[question.parameters.get("form", "skip")]
