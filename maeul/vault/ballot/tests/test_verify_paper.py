"""A published bundle with paper, and everything somebody might change in it."""

import csv
import io
import json
from hashlib import sha256

import pytest

from maeul.vault.ballot import verify
from maeul.vault.ballot.tests import factories
from maeul.vault.ballot.tests.test_paper import BENCH, BLANK, BOTH, LAMPS, UNREADABLE, files_of
from maeul.vault.ballot.tests.test_verify import change_json, change_text, in_browser, summed_up
from maeul.vault.ballot.tests.test_verify_whole import is_refused

pytestmark = pytest.mark.django_db


def paper_vote(at):
    """Booths of 23, 12 and 9 sheets, the small ones mixed, and twenty who voted online."""
    election = factories.with_sheets(at=at, sheets=[23, 12, 9], online=[{"q1": [1]}] * 20)
    _hall, library, club = election.tables
    factories.box_opened(election)
    factories.closed_batch(election, [BOTH] * 12 + [LAMPS] * 10 + [BLANK])
    mixed = {library: 12, club: 9}
    factories.closed_batch(election, [LAMPS] * 15 + [BENCH] * 5 + [UNREADABLE], shares=mixed)
    election = factories.opened(election)
    return factories.published(factories.counted(election))


def batch(number, change):
    """Change a row of `paper_batches.csv`."""

    def changed(files):
        rows = list(csv.DictReader(io.StringIO(files["paper_batches.csv"].decode())))
        change(rows[number - 1])
        return files | {"paper_batches.csv": written(rows)}

    return changed


def written(rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def content(change):
    """Change what a batch says, and its leaf with it."""

    def changed(row):
        said = json.loads(row["content"])
        change(said)
        row["content"] = json.dumps(said, ensure_ascii=False)
        leaf = sha256(bytes.fromhex(row["nonce"]) + row["content"].encode())
        row["leaf"] = leaf.hexdigest()

    return changed


def rehung(change):
    """The same, and the board made anew from there on: who wrote down no head is deceived by
    this, so the numbers themselves must not fit."""

    def changed(files):
        before = list(csv.DictReader(io.StringIO(files["paper_batches.csv"].decode())))
        forged = batch(1, content(change))(files)
        after = list(csv.DictReader(io.StringIO(forged["paper_batches.csv"].decode())))
        board = forged["board.jsonl"].decode().replace(before[0]["leaf"], after[0]["leaf"])
        head, lines = None, []
        for line in map(json.loads, board.splitlines()):
            leaves = b"".join(map(bytes.fromhex, line["leaves"]))
            head = sha256(head + leaves).digest() if head else bytes.fromhex(line["head"])
            lines.append(json.dumps(line | {"head": head.hex()}) + "\n")
        return forged | {
            "board.jsonl": "".join(lines).encode(),
            "heads/last.txt": head.hex().encode(),
        }

    return changed


def sums(**facts):
    return lambda said: said["questions"]["q1"].update(facts)


def votes(**facts):
    return lambda said: said["questions"]["q1"]["votes"].update(facts)


def row(**facts):
    return lambda row: row.update(facts)


def of_booth(number, **facts):
    def changed(reconciliation):
        reconciliation["paper"]["booths"][number - 1].update(facts)

    return change_json("reconciliation.json", changed)


def dropped(files):
    rows = list(csv.DictReader(io.StringIO(files["paper_batches.csv"].decode())))
    return files | {"paper_batches.csv": written(rows[:1])}


def twice(files):
    rows = list(csv.DictReader(io.StringIO(files["paper_batches.csv"].decode())))
    return files | {"paper_batches.csv": written([*rows, rows[1]])}


def leaf_dropped(files):
    lines = files["board.jsonl"].splitlines(keepends=True)
    head = json.loads(lines[-2])["head"].encode()
    return files | {"board.jsonl": b"".join(lines[:-1]), "heads/last.txt": head}


def paper_before_closing(files):
    """As if the openers had seen the paper."""
    return files | {"heads/closing.txt": files["heads/last.txt"]}


MUTANTS = {
    "a batch gone": dropped,
    "a batch twice": twice,
    "a leaf gone from the board": leaf_dropped,
    "paper before closing": paper_before_closing,
    "one sheet more": batch(1, row(sheets="24", booths="1:24")),
    "a sheet from another booth": batch(2, row(booths="2:13 3:8")),
    "another booth": batch(1, row(booths="2:23")),
    "another style": batch(1, row(style="통")),
    "another leaf": batch(1, row(leaf="00" * 32)),
    "another nonce": batch(1, row(nonce="00" * 32)),
    "content without a nonce": batch(1, row(nonce="")),
    "sums hidden afterwards": batch(1, row(nonce="", content="")),
    "a vote exchanged, leaf and all": batch(1, content(votes(**{"1": 11, "2": 11}))),
    "a vote exchanged, and the board": rehung(votes(**{"1": 11, "2": 11})),
    "a blank sheet made valid": rehung(sums(blank=0, valid=23)),
    "an invalid sheet too few": rehung(sums(invalid=-1)),
    "more votes than sheets": rehung(votes(**{"1": 24})),
    "an option nobody could choose": rehung(votes(**{"9": 1})),
    "a question too few": rehung(lambda said: said["questions"].clear()),
    "another number of sheets inside": rehung(lambda said: said.update(sheets=22)),
    "a vote of paper among the others": change_text(
        "ballots.csv", "q1,전체,1\n".encode(), "q1,전체,1\nq1,전체,2\n".encode()
    ),
    "a sheet more in the box": of_booth(1, in_box=24),
    "a sheet more, in a batch as well": of_booth(1, in_box=24, batched=24, sheets=24),
    "a check-in gone": of_booth(1, sheets=22),
    "a signature gone": of_booth(3, signatures=8),
    "a booth gone": change_json(
        "reconciliation.json", lambda content: content["paper"]["booths"].pop()
    ),
    "fewer sheets in all": change_json(
        "reconciliation.json", lambda content: content["paper"].update(sheets=43)
    ),
    "nobody on paper": change_json(
        "reconciliation.json", lambda content: content["participants"].update(online=64, paper=0)
    ),
    "more people than both rolls": change_json(
        "reconciliation.json", lambda content: content["participants"].update(paper=99)
    ),
    "an explanation of one": lambda files: of_booth(3, signatures=8)(
        files | {"acts.jsonl": files["acts.jsonl"] + explanation()}
    ),
    "no paper at all": lambda files: {k: v for k, v in files.items() if k != "paper_batches.csv"},
    "a table of something else": lambda files: files | {"paper_batches.csv": b"a,b\n1,2\n"},
}


def explanation():
    act = {"act": "explained", "subject": "", "by": "위원", "at": "2030-01-01T00:00:00+00:00",
           "facts": {"equation": "b3.signatures: 8 = 9", "reason": "모름"}}  # fmt: skip
    return json.dumps(act, ensure_ascii=False).encode() + b"\n"


def test_whatever_was_changed_of_paper_is_found(at):
    files = files_of(paper_vote(at))
    assert list(verify.check(summed_up(files)))
    missed = [what for what, change in MUTANTS.items() if not is_refused(summed_up(change(files)))]
    assert missed == []


def test_a_batch_of_fewer_than_twenty_is_told_only_within_the_total(at):
    election = factories.with_sheets(at=at, sheets=[3], online=[{"q1": [1]}] * 2)
    factories.closed_batch(factories.box_opened(election), [LAMPS, LAMPS, BENCH])
    files = files_of(factories.published(factories.counted(factories.opened(election))))
    [told] = csv.DictReader(io.StringIO(files["paper_batches.csv"].decode()))
    assert (told["sheets"], told["nonce"], told["content"]) == ("3", "", "")
    assert files["ballots.csv"].decode().count("q1,전체,2\n") == 2
    assert list(verify.check(files))


@pytest.mark.browser
def test_the_browser_finds_in_every_changed_bundle_with_paper_what_the_program_finds(
    at, check_page
):
    files = files_of(paper_vote(at))
    changed = [summed_up(change(files)) for change in MUTANTS.values()]
    honest, *found = in_browser(check_page, summed_up(files), *changed)
    assert any("종이 묶음 2개" in sentence for sentence in honest), honest
    missed = [what for what, said in zip(MUTANTS, found, strict=True) if isinstance(said, list)]
    assert missed == []
