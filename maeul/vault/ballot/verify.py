#!/usr/bin/env python3
"""Check a published election by yourself: Python 3.11 and nothing else.

    python3 verify.py                     in the unpacked folder
    python3 verify.py bundle.zip          or on the parcel
    python3 verify.py bundle.zip --head 5f1c…    and compare with a head you wrote down
    python3 verify.py bundle.zip --tracker 7b2a… and look for your own ballot's number

It checks the hashes of all files, the chain of the board, that everything adds up, and counts
every question again.  It cannot check that opening was honest: for that two holders, two
programs and observers stand in.
"""

import argparse
import csv
import io
import json
import sys
from collections import Counter
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile


class Wrong(Exception):
    """What does not fit, in a sentence."""


def main(arguments=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bundle", nargs="?", type=Path, default=Path(__file__).parent)
    parser.add_argument("--head", action="append", default=[], help="a head you wrote down")
    parser.add_argument("--tracker", action="append", default=[], help="the number of a ballot")
    given = parser.parse_args(arguments)
    try:
        for sentence in check(files_in(given.bundle), heads=given.head, trackers=given.tracker):
            print("ok:", sentence)
    except Wrong as wrong:
        print("WRONG:", wrong, file=sys.stderr)
        return 1
    except (KeyError, ValueError, TypeError, AttributeError, OSError, IndexError) as error:
        print("WRONG: the bundle cannot be read:", repr(error), file=sys.stderr)
        return 1
    return 0


def files_in(path):
    if path.is_dir():
        return {
            str(file.relative_to(path)): file.read_bytes()
            for file in path.rglob("*")
            if file.is_file() and "__pycache__" not in file.parts
        }
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def check(files, heads=(), trackers=()):
    """Yield a sentence for everything that was checked; raise `Wrong` at the first fault."""
    yield from check_sums(files)
    manifest = json.loads(files["manifest.json"])
    leaves, known_heads = read_board(files["board.jsonl"], sha256(files["manifest.json"]).digest())
    yield f"the board hangs together: {len(leaves)} sealed ballots"
    yield from check_heads(files, known_heads, heads)
    yield from check_trackers(leaves, trackers)
    counts = json.loads(files["reconciliation.json"])
    yield from check_equations(manifest, counts, leaves)
    yield from check_acts(files, manifest)
    result = json.loads(files["result.json"])
    yield from check_count(files, manifest, counts, result)


def check_sums(files):
    listed = {}
    for line in files["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ", 1)
        listed[name] = digest
    needed = {
        "manifest.json", "board.jsonl", "acts.jsonl", "heads/closing.txt", "list.sha256",
        "ballots.csv", "reconciliation.json", "result.json", "verify.py",
    }  # fmt: skip
    if missing := needed - files.keys():
        raise Wrong(f"missing from the bundle: {', '.join(sorted(missing))}")
    if listed.keys() != files.keys() - {"SHA256SUMS"}:
        raise Wrong("SHA256SUMS does not list exactly the files of the bundle")
    for name, digest in listed.items():
        if sha256(files[name]).hexdigest() != digest:
            raise Wrong(f"{name} is not the file that SHA256SUMS lists")
    yield f"{len(listed)} files are as listed"


def read_board(content, chain0):
    """All leaves, and every head in order; the first is the hash of the manifest."""
    leaves, heads = [], []
    for number, line in enumerate(content.decode().splitlines()):
        batch = json.loads(line)
        new = [bytes.fromhex(leaf) for leaf in batch["leaves"]]
        if batch["batch"] != number:
            raise Wrong(f"batch {number} of the board is missing")
        if any(len(leaf) != 32 for leaf in new) or new != sorted(set(new)):
            raise Wrong(f"batch {number}: leaves out of order, twice, or of the wrong length")
        if number == 0:
            if new or batch["head"] != chain0.hex():
                raise Wrong("the board does not begin with this manifest")
            heads.append(chain0)
            continue
        if not new:
            raise Wrong(f"batch {number} is empty")
        heads.append(sha256(heads[-1] + b"".join(new)).digest())
        if batch["head"] != heads[-1].hex():
            raise Wrong(f"batch {number}: the head does not follow from the one before")
        leaves += new
    if not heads:
        raise Wrong("the board is empty")
    if len(set(leaves)) < len(leaves):
        raise Wrong("a sealed ballot stands on the board twice")
    return set(leaves), heads


def check_heads(files, known, noted):
    for name in sorted(name for name in files if name.startswith("heads/")):
        if bytes.fromhex(files[name].decode().split()[0]) not in known:
            raise Wrong(f"{name} is not a head of this board")
    if files["heads/closing.txt"].decode().split()[0] != known[-1].hex():
        raise Wrong("the closing head is not the last one of the board")
    yield "the closing head is the last one"
    for head in noted:
        if bytes.fromhex(head) not in known:
            raise Wrong(f"the head you wrote down is not on this board: {head}")
        yield f"your head is number {known.index(bytes.fromhex(head))} of the board"


def check_trackers(leaves, trackers):
    for tracker in trackers:
        if bytes.fromhex(tracker) not in leaves:
            raise Wrong(f"this ballot is not on the board: {tracker}")
        yield f"your ballot is on the board: {tracker}"


def check_equations(manifest, counts, leaves):
    participants = sum(counts["participants"].values())
    sealed = counts["participants"].get("online", 0) + counts["participants"].get("kiosk", 0)
    claims = [
        ("the roll is as frozen", counts["roll"] == manifest["roll"]["size"]),
        ("participants fit on the roll", participants <= counts["roll"]),
        ("as many ballots were opened as electors voted electronically",
         counts["opened"] == sealed),
        ("every opened ballot was on the board", counts["opened"] <= len(leaves)),
        ("every question is counted",
         counts["questions"].keys() == {q["key"] for q in manifest["questions"]}),
    ]  # fmt: skip
    for key, each in counts["questions"].items():
        counted = each["valid"] + each["blank"] + each["invalid"]
        claims += [
            (f"{key}: valid + blank + invalid = opened", counted == each["asked"]),
            (f"{key}: asked of no more than were opened", each["asked"] <= counts["opened"]),
            (f"{key}: choices fit", each["choices"] <= each["at_most"] * each["valid"]),
        ]
    for question in manifest["questions"]:
        limit = counts["questions"][question["key"]]["at_most"]
        claims.append((f"{question['key']}: limit as frozen", limit == question["at_most"]))
    for each in counts["equations"]:
        holds = (
            each["left"] == each["right"] if each["sign"] == "=" else each["left"] <= each["right"]
        )
        claims.append((f"the published equation {each['name']} holds", holds))
    for claim, true in claims:
        if not true:
            raise Wrong(f"does not add up: {claim}")
    yield f"{len(claims)} equations hold"


def check_acts(files, manifest):
    """Two officers confirmed the opening of exactly this list, and publication."""
    acts = [json.loads(line) for line in files["acts.jsonl"].decode().splitlines()]
    fixed = [act["subject"] for act in acts if act["act"] == "fixed_list"]
    if fixed != [files["list.sha256"].decode().split()[0]]:
        raise Wrong("the list that was opened is not the one that was fixed")
    officers = {officer["name"] for officer in manifest["officers"]}
    for name in ("confirmed_opening", "confirmed_publication"):
        by = {}
        for act in acts:
            if act["act"] == name and act["by"] in officers:
                by.setdefault(act["subject"], set()).add(act["by"])
        if not any(len(people) >= 2 for people in by.values()):
            raise Wrong(f"not two officers: {name}")
    yield "two officers confirmed the opening and the publication"


def check_count(files, manifest, counts, result):
    rows = list(csv.DictReader(io.StringIO(files["ballots.csv"].decode())))
    if {row["question"] for row in rows} - {q["key"] for q in manifest["questions"]}:
        raise Wrong("ballots.csv answers a question that was not asked")
    if result["questions"].keys() != {q["key"] for q in manifest["questions"]}:
        raise Wrong("result.json does not have every question")
    for question in manifest["questions"]:
        key = question["key"]
        figures, told = counts["questions"][key], result["questions"][key]
        mine = [row["choices"] for row in rows if row["question"] == key]
        votes = count_votes(question, mine, figures, manifest["whole_ballots"])
        if told["votes"] != votes:
            raise Wrong(f"{key}: the votes are {votes}, published were {told['votes']}")
        ties = tie_order(question, result["tie_seed"])
        if told["tie_order"] != ties:
            raise Wrong(f"{key}: the tie order does not follow from the drawn number")
        winners = winners_of(question, votes, ties, figures, manifest)
        if sorted(told["winners"]) != sorted(winners):
            raise Wrong(f"{key}: winners are {winners}, published were {told['winners']}")
        yield f"{key}: counted again, winners {', '.join(map(str, winners)) or 'none'}"


def count_votes(question, lines, figures, whole_ballots):
    numbers = {str(option["number"]) for option in question["options"]}
    ballots = [line.split(",") if line else [] for line in lines]
    chosen = [number for ballot in ballots for number in ballot]
    if not numbers.issuperset(chosen):
        raise Wrong(f"{question['key']}: a choice that is not on the ballot")
    if len(chosen) != figures["choices"]:
        raise Wrong(f"{question['key']}: {len(chosen)} choices, published {figures['choices']}")
    if whole_ballots == "public":
        if len(ballots) != figures["valid"] + figures["blank"]:
            raise Wrong(f"{question['key']}: not as many ballots as published")
        for ballot in ballots:
            if ballot and not keeps_limits(question, ballot):
                raise Wrong(f"{question['key']}: a ballot beyond its limit counted as valid")
    elif any(len(ballot) != 1 for ballot in ballots):
        raise Wrong(f"{question['key']}: more than one choice in a line")
    found = Counter(chosen)
    if max(found.values(), default=0) > figures["valid"]:
        raise Wrong(f"{question['key']}: an option has more votes than there are ballots")
    return {str(option["number"]): found[str(option["number"])] for option in question["options"]}


def keeps_limits(question, ballot):
    costs = {str(option["number"]): option["cost"] or 0 for option in question["options"]}
    limit = question["ballot_limit"]
    return (
        len(set(ballot)) == len(ballot)
        and question["at_least"] <= len(ballot) <= question["at_most"]
        and (limit is None or sum(costs[number] for number in ballot) <= limit)
    )


def tie_order(question, seed):
    """Each option draws SHA-256 of the seed and its number; the lowest comes first."""
    numbers = [str(option["number"]) for option in question["options"]]
    if question["parameters"].get("ties") == "number":
        return numbers
    seed = f"{seed} {question['key']}"
    return sorted(numbers, key=lambda number: sha256(f"{seed}\n{number}".encode()).digest())


def winners_of(question, votes, ties, figures, manifest):
    parameters = question["parameters"]
    if question["rule"] == "majority":
        return majority(question, votes, figures, manifest)
    order = sorted(votes, key=lambda number: (-votes[number], ties.index(number)))
    minimum = parameters.get("minimum", 1)
    if question["rule"] == "approval":
        return [int(n) for n in order[: parameters["seats"]] if votes[n] >= minimum]
    costs = {str(option["number"]): option["cost"] for option in question["options"]}
    left, winners = parameters["budget"], []
    for number in order:
        if votes[number] < minimum:
            continue
        if costs[number] <= left:
            winners.append(int(number))
            left -= costs[number]
        elif parameters.get("form", "skip") == "stop":
            break
    return winners


def majority(question, votes, figures, manifest):
    yes, no = (str(option["number"]) for option in question["options"])
    threshold = question["parameters"]["threshold"]
    base = {
        "valid": votes[yes] + votes[no],
        "present": votes[yes] + votes[no] + figures["blank"],
    }[question["parameters"].get("of") or ("present" if threshold == "two_thirds" else "valid")]
    if threshold == "absolute":
        base = sum(
            n for style, n in manifest["roll"]["styles"].items()
            if question["key"] in manifest["styles"][style]
        )  # fmt: skip
    if threshold == "two_thirds":
        carried = votes[yes] > 0 and votes[yes] >= Fraction(2, 3) * base
    else:
        carried = votes[yes] > Fraction(1, 2) * base
    return [int(yes if carried else no)]


if __name__ == "__main__":
    sys.exit(main())
