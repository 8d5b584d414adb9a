"""How long holders and outsiders wait: 50,000 ballots opened in the holders' file, and verified.

`make bench-opening`: no database, no site.  The file is opened from the disk in Chromium and driven
as two holders drive it, key files of full strength included; beside it the command line's program,
and `verify.py` on the bundle of the same election with nothing but Python.
"""

import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import django
from django.conf import settings

if not settings.configured:
    django.setup()

from playwright.sync_api import sync_playwright

from bench.report import Goal, Runs, at_most, table, tell
from maeul.vault.ballot import (
    board,
    bundling,
    keys,
    manifest,
    offline,
    opening,
    sealing,
    verify,
)
from maeul.vault.ballot.tests import frozen
from tests.browser import launch

BALLOTS = 50_000
RUNS = 3
WORDS = ("first passphrase", "second passphrase")
GOALS = {"file_opens_s": at_most(30), "verify_s": at_most(20)}


def main() -> int:
    figures, goals, body = measure()
    return tell("opening", figures=figures, goals=goals, body=body)


def measure(ballots: int = BALLOTS) -> tuple[dict[str, float], dict[str, Goal], str]:
    """Figures, goals and the table of one election with so many ballots."""
    say(f"Sealing {ballots:,} ballots of three questions")
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        parcel = sealed_parcel(folder, ballots)
        by_file = Runs(tuple(in_the_file(folder, parcel) for _ in range(RUNS)))
        say(f"The holders' file: {by_file} s")
        by_command = by_the_command(folder, parcel)
        say(f"The command line's program: {by_command:.1f} s")
        write_bundle(folder, parcel)
        verified = Runs(tuple(verify_bundle(folder) for _ in range(RUNS)))
        say(f"verify.py: {verified} s")
    rows = [
        ["the holders' file in Chromium, a worker a core", by_file, GOALS["file_opens_s"]],
        ["the command line's program", by_command, "–"],
        ["`verify.py`, Python alone", verified, GOALS["verify_s"]],
    ]
    body = (
        f"{ballots:,} ballots of three questions (yes or no, three of ten, a budget shown in whole"
        f" ballots), median of {RUNS} in seconds. Opening counts from the button to the result:"
        " both keys unlocked at full strength, list and board compared, both locks taken off.\n\n"
        + table(["what", "seconds", "goal"], rows)
    )
    return {"file_opens_s": by_file.median, "verify_s": verified.median}, GOALS, body


def say(line: str) -> None:
    print(line, flush=True)


# An election without a database


def content_of_manifest() -> dict:
    def question(key, costs, **facts):
        options = [
            {"number": n, "title": f"{n}번", "cost": cost} for n, cost in enumerate(costs, 1)
        ]
        return {
            "key": key, "title": key, "options": options, "at_least": 0, "ballot_limit": None,
            "whole_ballots": "choices", "marking": "choose",
        } | facts  # fmt: skip

    budget = [n * 1_000_000 for n in range(3, 23)]
    return frozen.content(
        questions=[
            question(
                "q1", [None] * 2, at_most=1, rule="majority", parameters={"threshold": "simple"}
            ),
            question("q2", [None] * 10, at_most=3, rule="approval", parameters={"seats": 3}),
            question(
                "q3", budget, at_most=5, rule="greedy", parameters={"budget": 100_000_000},
                whole_ballots="public",
            ),
        ],
        styles={"전체": ["q1", "q2", "q3"]},
        plaintext_bytes=256,
        closes_at="2026-05-14T18:00:00+09:00",
        channels=["online"],
        booths=[],
        currency={"code": "KRW", "minor_digits": 0},
        officers=[{"name": "가", "from_council": True}, {"name": "나", "from_council": False}],
    )  # fmt: skip


def sealed_parcel(folder: Path, ballots: int) -> dict[str, bytes]:
    """`opening.zip` and the two key files in `folder`; what lies in the parcel."""
    dice = Random(2030)
    content = content_of_manifest()
    styles = {"전체": ballots}
    raw = manifest.write(content | {"roll": {"size": ballots, "styles": styles, "hash": "00" * 32}})
    read = manifest.read(raw)
    envelopes = [
        frozen.sealed(
            read,
            q1=[dice.randint(1, 2)] if dice.random() < 0.98 else [],
            q2=dice.sample(range(1, 11), dice.randint(0, 3)),
            q3=dice.sample(range(1, 21), dice.randint(0, 5)),
        )
        for _ballot in range(ballots)
    ]
    lines = [opening.Line("전체", "전체", sealing.tracker_of(each), each) for each in envelopes]
    leaves, batches, head = [line.tracker for line in lines], [], read.chain0
    for number, start in enumerate(range(0, ballots, 500), 1):
        batch = tuple(sorted(leaves[start : start + 500]))
        head = board.next_head(head, batch)
        batches.append(board.Batch(number, batch, head))
    files = {
        "manifest.json": raw,
        "board.jsonl": board.write(read.chain0, batches),
        "list.jsonl": opening.write_list(read.chain0, lines),
    }
    (folder / "opening.zip").write_bytes(bundling.pack(files))
    (folder / "holders.html").write_bytes(offline.holders_file())
    for number, (key, words) in enumerate(zip(frozen.KEYS, WORDS, strict=True), 1):
        file = keys.protect(key, holder=f"보관인 {number}", passphrase=words)
        (folder / f"{number}.key").write_bytes(file)
    return files | {"head": head}


# What is measured


def in_the_file(folder: Path, parcel: dict[str, bytes]) -> float:
    """From the button to the result, as two holders see it."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        window = browser.new_page()
        window.goto((folder / "holders.html").as_uri())
        window.get_by_role("button", name="표 열기").first.click()
        for box in window.locator('[data-act="open"] input[type="checkbox"]').all()[:2]:
            box.check()
        window.locator("#open-file").set_input_files(folder / "opening.zip")
        window.get_by_label("모두 같습니다").check()
        window.locator("#open-head").fill(parcel["head"].hex())
        for number, name in enumerate(("open-first", "open-second"), 1):
            window.locator(f"#{name}-key").set_input_files(folder / f"{number}.key")
            window.locator(f"#{name}-words").fill(WORDS[number - 1])
        began = time.monotonic()
        window.locator('[data-act="open"] .button-next').click()
        done = window.get_by_role("heading", name="표를 열었습니다")
        done.wait_for(timeout=300_000)
        took = time.monotonic() - began
        with window.expect_download() as download:
            window.get_by_role("link", name="결과 파일 저장하기").click()
        download.value.save_as(folder / "opened-file.json")
        browser.close()
    return took


def by_the_command(folder: Path, parcel: dict[str, bytes]) -> float:
    """The other program; both results are compared."""
    began = time.monotonic()
    result = opening.open_ballots(
        manifest_bytes=parcel["manifest.json"],
        list_bytes=parcel["list.jsonl"],
        board_bytes=parcel["board.jsonl"],
        head=parcel["head"],
        private_keys=frozen.KEYS,
    )
    took = time.monotonic() - began
    other = opening.read_result((folder / "opened-file.json").read_bytes())
    assert opening.same_outcome(result, other), "the two programs differ"
    (folder / "opened.json").write_bytes(opening.write_result(result))
    return took


def verify_bundle(folder: Path) -> float:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-I", "-S", verify.__file__, folder / "bundle.zip"],
        capture_output=True,
        text=True,
    )
    took = time.monotonic() - began
    assert done.returncode == 0, done.stderr
    return took


def write_bundle(folder: Path, parcel: dict[str, bytes]) -> None:
    """What would be published of it."""
    read = manifest.read(parcel["manifest.json"])
    result = opening.read_result((folder / "opened.json").read_bytes())
    rows = [
        (key, cell, choices)
        for key, cells in result["questions"].items()
        for cell, content in cells.items()
        for choices in content["opened"]
    ]
    counted, outcomes = {}, {}
    for question in read.raw["questions"]:
        key = question["key"]
        said = [choices for each, _cell, choices in rows if each == key]
        votes = {str(option["number"]): 0 for option in question["options"]}
        for choices in said:
            for number in choices:
                votes[str(number)] += 1
        blank = sum(not choices for choices in said)
        counted[key] = figures = {
            "asked": len(said), "valid": len(said) - blank, "blank": blank, "invalid": 0,
            "choices": sum(votes.values()), "at_most": question["at_most"],
        }  # fmt: skip
        ties = verify.tie_order(question, "3 11 19")
        winners = verify.winners_of(question, votes, ties, figures, read.raw)
        outcomes[key] = {"votes": votes, "tie_order": ties, "winners": winners}
    digest = result["list"]
    shown = {"q3"}
    lines = [
        (key, cell, line)
        for key, cell, choices in rows
        for line in ([",".join(map(str, choices))] if key in shown else map(str, choices))
    ]
    files = {
        "manifest.json": parcel["manifest.json"],
        "board.jsonl": parcel["board.jsonl"],
        "acts.jsonl": bundling.as_lines(acts_of(digest, parcel["head"])),
        "heads/closing.txt": f"{parcel['head'].hex()}\n".encode(),
        "heads/last.txt": f"{parcel['head'].hex()}\n".encode(),
        "list.sha256": f"{digest}  list.jsonl\n".encode(),
        "ballots.csv": bundling.ballots_csv(lines),
        "paper_batches.csv": bundling.paper_csv([]),
        "reconciliation.json": bundling.as_json(
            {
                "roll": read.raw["roll"]["size"],
                "supplementary": 0,
                "paper": {"sheets": 0, "booths": [], "lost": []},
                "participants": {"online": result["ballots"]},
                "opened": result["ballots"],
                "equal": 0,
                "unreadable": 0,
                "questions": counted,
                "equations": [],
            }
        ),
        "result.json": bundling.as_json({"tie_seed": "3 11 19", "questions": outcomes}),
        "verify.py": Path(verify.__file__).read_bytes(),
    } | bundling.pb_files(read, lines, whole=shown)
    (folder / "bundle.zip").write_bytes(bundling.pack(files))


def acts_of(digest: str, head: bytes) -> list[dict]:
    opened = sha256(b"opened").hexdigest()
    acts = [{"act": "closed", "subject": "", "by": "가", "facts": {"head": head.hex()}}]
    acts += [{"act": "fixed_list", "subject": digest, "by": "가", "facts": {}}]
    acts += [
        {"act": "brought_opening", "subject": opened, "by": "가",
         "facts": {"program": program, "equals": opened}}
        for program in opening.PROGRAMS
    ]  # fmt: skip
    acts += [
        {"act": act, "subject": subject, "by": name, "facts": {}}
        for act, subject in (("confirmed_opening", opened), ("confirmed_publication", ""))
        for name in ("가", "나")
    ]
    return acts


if __name__ == "__main__":
    sys.exit(main())
