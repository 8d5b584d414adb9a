#!/usr/bin/env python3
"""Check a published election by yourself: Python 3.11 and nothing else.

It checks the hashes of all files, the chain of the board, that everything adds up, and counts
every question again.  It speaks Korean, because neighbours run it.
"""

import argparse
import csv
import io
import json
import re
import sys
from collections import Counter
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile

HELP = """\
발표된 투표를 스스로 확인합니다. Python 3.11만 있으면 됩니다.

  python3 verify.py                           묶음을 푼 폴더에서
  python3 verify.py bundle.zip                또는 묶음 그대로
  python3 verify.py bundle.zip --head 5f1c…   적어 둔 게시판 값과 견주어 봅니다
  python3 verify.py bundle.zip --tracker 7b2a…  내 표의 확인 번호를 찾아봅니다

모든 파일의 지문, 게시판의 이어짐, 종이 묶음, 숫자의 맞음을 보고 모든 안건을 다시 셉니다.
봉투를 정직하게 열었는지는 볼 수 없습니다. 그것은 두 보관인과 참관인이 지킵니다.
"""


SMALLEST = 20
"""Fewer sheets are told only within the total."""


class Wrong(Exception):
    """What does not fit, in a sentence."""


UNREADABLE = (
    LookupError, ValueError, TypeError, AttributeError, OSError, RecursionError, ArithmeticError,
    csv.Error, BadZipFile,
)  # fmt: skip


def main(arguments=None):
    parser = argparse.ArgumentParser(
        description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bundle", nargs="?", type=Path, default=Path(__file__).parent)
    parser.add_argument("--head", action="append", default=[], help="적어 둔 게시판 값")
    parser.add_argument("--tracker", action="append", default=[], help="내 표의 확인 번호")
    given = parser.parse_args(arguments)
    try:
        for sentence in check(files_in(given.bundle), heads=given.head, trackers=given.tracker):
            print("맞음:", sentence)
    except Wrong as wrong:
        print("틀림:", wrong, file=sys.stderr)
        return 1
    except UNREADABLE as error:
        print("틀림: 묶음을 읽을 수 없습니다:", repr(error), file=sys.stderr)
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
    batches, known_heads = read_board(files["board.jsonl"], sha256(files["manifest.json"]).digest())
    yield f"게시판이 처음부터 끝까지 이어집니다 (줄 {sum(map(len, batches))}개)"
    closing = yield from check_heads(files, known_heads, heads)
    leaves = set().union(*batches[: closing + 1])
    yield from check_trackers(leaves, trackers)
    counts = json.loads(files["reconciliation.json"])
    acts = [json.loads(line) for line in lines_of(files["acts.jsonl"])]
    paper = yield from check_paper(files, manifest, counts)
    check_after_closing(leaves, batches[closing + 1 :], known_heads[closing], paper, acts)
    result = json.loads(files["result.json"])
    hall = check_totals(manifest, counts, result, paper, acts)
    yield from check_equations(manifest, counts, leaves, paper, hall, explained(manifest, acts))
    yield from check_acts(files, manifest, acts)
    yield from check_outside(files, manifest, acts)
    yield from check_count(files, manifest, counts, result, paper)


def lines_of(content):
    """By line feeds alone: a sentence that somebody typed may hold other breaks."""
    return [line for line in content.decode().split("\n") if line]


def check_sums(files):
    listed = {}
    for line in lines_of(files["SHA256SUMS"]):
        digest, name = line.split("  ", 1)
        listed[name] = digest
    needed = {
        "manifest.json", "board.jsonl", "acts.jsonl", "heads/closing.txt", "heads/last.txt",
        "list.sha256", "ballots.csv", "paper_batches.csv", "reconciliation.json", "result.json",
        "verify.py",
    }  # fmt: skip
    if missing := needed - files.keys():
        raise Wrong(f"묶음에 없는 파일: {', '.join(sorted(missing))}")
    if listed.keys() != files.keys() - {"SHA256SUMS"}:
        raise Wrong("SHA256SUMS의 목록이 묶음의 파일과 다릅니다")
    for name, digest in listed.items():
        if sha256(files[name]).hexdigest() != digest:
            raise Wrong(f"{name}: SHA256SUMS에 적힌 파일이 아닙니다")
    yield f"파일 {len(listed)}개의 지문이 적힌 것과 같습니다"


def read_board(content, chain0):
    """The leaves of each batch and its head, in order; the first head is the manifest's hash."""
    leaves, heads = [], []
    for number, line in enumerate(lines_of(content)):
        batch = json.loads(line)
        new = [bytes.fromhex(leaf) for leaf in batch["leaves"]]
        if batch["batch"] != number:
            raise Wrong(f"게시판에 {number}번째 묶음이 없습니다")
        if any(len(leaf) != 32 for leaf in new) or new != sorted(set(new)):
            raise Wrong(f"{number}번째 묶음: 번호가 차례가 아니거나 두 번 있거나 길이가 다릅니다")
        if number == 0:
            if new or batch["head"] != chain0.hex():
                raise Wrong("게시판이 이 투표 명세에서 시작하지 않습니다")
            heads.append(chain0)
            leaves.append(new)
            continue
        if not new:
            raise Wrong(f"{number}번째 묶음이 비었습니다")
        heads.append(sha256(heads[-1] + b"".join(new)).digest())
        if batch["head"] != heads[-1].hex():
            raise Wrong(f"{number}번째 묶음: 앞 묶음에서 이어지지 않습니다")
        leaves.append(new)
    if not heads:
        raise Wrong("게시판이 비었습니다")
    if len(set().union(*leaves)) < sum(map(len, leaves)):
        raise Wrong("같은 줄이 게시판에 두 번 있습니다")
    return leaves, heads


def check_heads(files, known, noted):
    """Answers after which batch the poll was closed."""
    for name in sorted(name for name in files if name.startswith("heads/")):
        if bytes.fromhex(files[name].decode().split()[0]) not in known:
            raise Wrong(f"{name}: 이 게시판의 값이 아닙니다")
    if files["heads/last.txt"].decode().split()[0] != known[-1].hex():
        raise Wrong("마지막 값이 게시판의 마지막 값이 아닙니다")
    closing = known.index(bytes.fromhex(files["heads/closing.txt"].decode().split()[0]))
    yield "마감 값과 마지막 값이 이 게시판의 값입니다"
    for head in noted:
        if bytes.fromhex(head) not in known:
            raise Wrong(f"적어 둔 값이 이 게시판에 없습니다: {head}")
        yield f"적어 둔 값은 게시판의 {known.index(bytes.fromhex(head))}번째 값입니다"
    return closing


def check_paper(files, manifest, counts):
    """Every batch: its sheets, its leaf, and where its sums are told, that they are its own."""
    batches, known = [], {question["key"]: question for question in manifest["questions"]}
    for row in csv.DictReader(io.StringIO(files["paper_batches.csv"].decode())):
        number, sheets = whole(row["batch"]), whole(row["sheets"])
        name = f"종이 묶음 {number}"
        booths = [tuple(map(whole, share.split(":"))) for share in row["booths"].split()]
        if any(number == other["number"] for other in batches):
            raise Wrong(f"{name}: 두 번 있습니다")
        if sum(n for _, n in booths) != sheets or row["style"] not in manifest["styles"]:
            raise Wrong(f"{name}: 장 수나 투표지 종류가 맞지 않습니다")
        told, leaf = {}, bytes.fromhex(row["leaf"])
        if row["nonce"]:
            nonce = bytes.fromhex(row["nonce"])
            if len(nonce) != 32 or sha256(nonce + row["content"].encode()).digest() != leaf:
                raise Wrong(f"{name}: 게시판에 올린 번호가 이 내용에서 나온 것이 아닙니다")
            content = json.loads(row["content"])
            same = (content["batch"], content["style"], content["sheets"], content["booths"])
            if same != (number, row["style"], sheets, sorted(booth for booth, _ in booths)):
                raise Wrong(f"{name}: 표에 적힌 것과 내용이 다릅니다")
            if sheets < SMALLEST:
                raise Wrong(f"{name}: {SMALLEST}장보다 적은 묶음은 따로 공개하지 않습니다")
            told = content["questions"]
            if list(told) != sorted(manifest["styles"][row["style"]]):
                raise Wrong(f"{name}: 안건이 빠졌거나 더 있습니다")
            for key, each in told.items():
                check_sums_of(name, known[key], each, sheets)
        elif row["content"]:
            raise Wrong(f"{name}: 내용을 확인할 수 없습니다")
        batches.append(
            {"number": number, "booths": booths, "style": row["style"], "sheets": sheets,
             "leaf": leaf, "told": told}
        )  # fmt: skip
    sheets = sum(batch["sheets"] for batch in batches)
    if sheets != counts["paper"]["sheets"] and not manifest.get("hall"):
        raise Wrong("종이 묶음의 장 수를 더한 것이 발표된 장 수와 다릅니다")
    if batches:
        yield f"종이 묶음 {len(batches)}개의 장 수와 합계를 확인했습니다"
    return batches


def check_sums_of(name, question, told, sheets):
    if question["whole_ballots"] == "public":
        if told.keys() != {"ballots"}:
            raise Wrong(f"{name}: 한 장씩 공개하는 안건의 합계가 있습니다")
        return
    counted = [told["valid"], told["blank"], told["invalid"]]
    figures = [*counted, *told["votes"].values()]
    if any(type(n) is not int or n < 0 for n in figures):
        raise Wrong(f"{name}: 표의 수나 번호가 맞지 않습니다")
    if sum(counted) != sheets:
        raise Wrong(f"{name}: 유효 + 기권 + 무효가 장 수와 다릅니다")
    found = Counter({mark_of(question, text): n for text, n in told["votes"].items()})
    check_marks(name, question, found, told["valid"])


def check_after_closing(before, batches, head, paper, acts):
    """After closing only closed batches of paper follow, and what officers did to the poll."""
    if [act["facts"]["head"] for act in acts if act["act"] == "closed"] != [head.hex()]:
        raise Wrong("마감 값이 마감할 때 적은 값이 아닙니다")
    promised = {batch["leaf"] for batch in paper}
    for act in acts:
        if act["act"] in ("extended", "booth_lost", "board_restored", "agreed_totals"):
            told = {name: act[name] for name in ("act", "subject", "at", "facts")}
            line = json.dumps(told, ensure_ascii=False, sort_keys=True)
            promised |= {sha256(line.encode()).digest()} - before
    if {leaf for batch in batches for leaf in batch} != promised:
        raise Wrong("마감 뒤의 게시판 줄이 종이 묶음과 선거관리인이 한 일에서 나온 것이 아닙니다")


def check_totals(manifest, counts, result, paper, acts):
    """Of a hall vote: the totals that two people read alike, and that they are what was counted."""
    told = [act["facts"] for act in acts if act["act"] == "agreed_totals"]
    if not manifest.get("hall"):
        if told:
            raise Wrong("회의장 투표가 아닌데 소리 내어 센 합계가 있습니다")
        return None
    if len(told) != 1 or len({act["by"] for act in acts if act["act"] == "read_totals"}) < 2:
        raise Wrong("회의장 투표: 두 사람이 같게 적은 합계가 없습니다")
    if paper or len(manifest["booths"]) != 1:
        raise Wrong("회의장 투표: 한 곳에서 소리 내어 세지 않았습니다")
    totals = told[0]["totals"]
    for name in ("tally_sheet", "minutes"):
        if not re.fullmatch("[0-9a-f]{64}", told[0][name]):
            raise Wrong("회의장 투표: 집계표나 개표록의 지문이 없습니다")
    if totals["questions"].keys() != {question["key"] for question in manifest["questions"]}:
        raise Wrong("회의장 투표: 합계에 빠진 안건이 있습니다")
    for question in manifest["questions"]:
        key, sums = question["key"], totals["questions"][question["key"]]
        if question["rule"] not in ("majority", "approval", "greedy"):
            raise Wrong(f"{key}: 합계로는 셀 수 없는 세는 법입니다")
        if question["whole_ballots"] != "choices":
            raise Wrong(f"{key}: 회의장 투표는 합계만 공개합니다")
        check_sums_of(f"{key} 합계", question, sums, totals["slips"])
        if sum(sums["votes"].values()) < max(1, question["at_least"]) * sums["valid"]:
            raise Wrong(f"{key}: 유효한 장보다 고른 것이 적습니다")
        figures = counts["questions"][key]
        same = all(sums[name] == figures[name] for name in ("valid", "blank", "invalid"))
        if not same or sums["votes"] != result["questions"][key]["votes"]:
            raise Wrong(f"{key}: 발표된 수가 두 사람이 적은 합계와 다릅니다")
    return totals


def check_outside(files, manifest, acts):
    """What was counted elsewhere is what officers brought in, and stands apart."""
    for question in manifest["questions"]:
        if question["parameters"].get("outside", "apart") != "apart":
            raise Wrong(f"{question['key']}: 바깥에서 센 표를 더하는 세는 법은 셀 수 없습니다")
    brought = {}
    for act in acts:
        if act["act"] == "imported_outside":
            brought[act["subject"]] = act["facts"]
        elif act["act"] == "withdrew_outside":
            brought.pop(act["subject"], None)
    known = {
        (question["key"], str(option["number"]))
        for question in manifest["questions"] for option in question["options"]
    }  # fmt: skip
    told = {}
    for row in csv.DictReader(io.StringIO(files.get("outside.csv", b"").decode())):
        if (row["question"], row["option"]) not in known or row["assurance"] != "low":
            raise Wrong("outside.csv: 투표지에 없는 것이 있거나 보증의 정도가 다릅니다")
        whence = {name: row[name] for name in ("kind", "source", "counted_on", "assurance")}
        facts = told.setdefault(row["number"], whence | {"votes": {}})
        votes = facts["votes"].setdefault(row["question"], {})
        if any(facts[name] != whence[name] for name in whence) or row["option"] in votes:
            raise Wrong("outside.csv: 같은 것이 두 번 있거나 서로 다르게 적혔습니다")
        votes[row["option"]] = whole(row["votes"])
    if told != brought:
        raise Wrong("outside.csv가 선거관리인이 올린 합계와 다릅니다")
    if told:
        yield f"바깥에서 센 합계 {len(told)}가지가 따로 있습니다. 결과에는 더하지 않았습니다"


def explained(manifest, acts):
    """Equations for which two officers published a reason."""
    officers = {officer["name"] for officer in manifest["officers"]}
    by = {}
    for act in acts:
        if act["act"] == "explained" and act["by"] in officers and act["facts"]["reason"].strip():
            by.setdefault(act["facts"]["equation"], set()).add(act["by"])
    return {equation for equation, people in by.items() if len(people) >= 2}


def check_trackers(leaves, trackers):
    for tracker in trackers:
        if bytes.fromhex(tracker) not in leaves:
            raise Wrong(f"이 표는 게시판에 없습니다: {tracker}")
        yield f"내 표가 게시판에 있습니다: {tracker}"


def check_equations(manifest, counts, leaves, paper, hall, explained):
    participants = sum(counts["participants"].values())
    sealed = counts["participants"].get("online", 0) + counts["participants"].get("kiosk", 0)
    booths, lost = counts["paper"]["booths"], counts["paper"]["lost"]
    numbers = sorted(booth["number"] for booth in manifest["booths"])
    claims = [
        ("선거인 수가 확정할 때와 같다", counts["roll"] == manifest["roll"]["size"]),
        ("현장 명부의 수가 0보다 작지 않다", counts["supplementary"] >= 0),
        ("투표한 사람이 선거인보다 많지 않다",
         participants <= counts["roll"] + counts["supplementary"]),
        ("연 봉투의 수가 온라인과 단말로 투표한 사람 수와 같다",
         counts["opened"] == sealed),
        ("연 봉투가 게시판의 봉투보다 많지 않다", counts["opened"] <= len(leaves)),
        ("모든 안건을 세었다",
         counts["questions"].keys() == {q["key"] for q in manifest["questions"]}),
        ("모든 투표소의 종이를 세었다",
         sorted([booth["number"] for booth in booths] + lost) == numbers
         or "paper" not in manifest["channels"]),
    ]  # fmt: skip
    for booth in booths:
        number = booth["number"]
        batched = sum(n for batch in paper for other, n in batch["booths"] if other == number)
        handed_out = booth["in_box"] + booth["not_handed_in"]
        sheets = f"b{number}.sheets_are_checked_in: {handed_out} = {booth['sheets']}"
        signed = f"b{number}.signatures: {booth['signatures']} = {booth['in_person']}"
        if hall:
            struck = sum(counts["paper"]["struck"].values())
            missing = max(0, hall["given"] - hall["slips"])
            claims += [
                (f"투표소 {number}: 발표된 수가 두 사람이 적은 합계와 같다",
                 (booth["in_box"], booth["signatures"]) == (hall["slips"], hall["signatures"])
                 and hall["slips"] == counts["paper"]["sheets"]
                 and booth["not_handed_in"] <= missing),
                (f"투표소 {number}: 투표한 사람 + 지운 사람 = 종이로 본인 확인한 사람",
                 participants + struck == booth["sheets"]),
            ]  # fmt: skip
        else:
            claims.append(
                (f"투표소 {number}: 투표함의 모든 장이 묶음에 있다",
                 batched == booth["in_box"] == booth["batched"])
            )  # fmt: skip
        claims += [
            (f"투표소 {number}: 투표함의 장 + 가져간 장 = 종이로 본인 확인한 사람",
             handed_out == booth["sheets"] or sheets in explained),
            (f"투표소 {number}: 서명 = 본인 확인한 사람",
             booth["signatures"] == booth["in_person"] or signed in explained),
        ]  # fmt: skip
    asked = Counter(key for batch in paper for key in manifest["styles"][batch["style"]]
                    for _ in range(batch["sheets"]))  # fmt: skip
    if hall:
        asked = Counter(dict.fromkeys(hall["questions"], hall["slips"]))
    for key, each in counts["questions"].items():
        counted = each["valid"] + each["blank"] + each["invalid"]
        claims += [
            (f"{key}: 유효 + 기권 + 무효 = 연 표", counted == each["asked"]),
            (
                f"{key}: 안건의 표가 연 봉투와 종이를 더한 것보다 많지 않다",
                asked[key] <= each["asked"] <= counts["opened"] + asked[key],
            ),
            (
                f"{key}: 고른 수가 한도 안에 있다",
                each["choices"] <= each["at_most"] * each["valid"],
            ),
        ]
    for question in manifest["questions"]:
        limit = counts["questions"][question["key"]]["at_most"]
        claims.append(
            (f"{question['key']}: 고를 수 있는 수가 확정한 것과 같다", limit == question["at_most"])
        )
    for each in counts["equations"]:
        holds = (
            each["left"] == each["right"] if each["sign"] == "=" else each["left"] <= each["right"]
        )
        told = f"{each['name']}: {each['left']} {each['sign']} {each['right']}"
        claims.append((f"발표한 식 {each['name']}", holds or told in explained))
    for claim, true in claims:
        if not true:
            raise Wrong(f"숫자가 맞지 않습니다: {claim}")
    yield f"식 {len(claims)}개가 모두 맞습니다"
    for equation in sorted(explained):
        yield f"두 선거관리인이 까닭을 적은 차이가 있습니다: {equation}"


def check_acts(files, manifest, acts):
    """Two officers confirmed the opening of exactly this list or the counted paper, and
    publication."""
    fixed = [act["subject"] for act in acts if act["act"] == "fixed_list"]
    if fixed != [files["list.sha256"].decode().split()[0]]:
        raise Wrong("연 목록이 확정한 목록이 아닙니다")
    officers = {officer["name"] for officer in manifest["officers"]}
    electronic = {"online", "kiosk"} & set(manifest["channels"])
    counted = "confirmed_opening" if electronic else "confirmed_counts"
    for name in (counted, "confirmed_publication"):
        by = {}
        for act in acts:
            if act["act"] == name and act["by"] in officers:
                by.setdefault(act["subject"], set()).add(act["by"])
        if not any(len(people) >= 2 for people in by.values()):
            raise Wrong(f"두 선거관리인이 확인하지 않았습니다: {name}")
    yield "개표와 발표를 두 선거관리인이 확인했습니다"
    if not electronic:
        return
    confirmed = {act["subject"] for act in acts if act["act"] == "confirmed_opening"}
    programs = {}
    for act in acts:
        if act["act"] == "brought_opening" and act["facts"]["equals"] in confirmed:
            programs.setdefault(act["facts"]["equals"], set()).add(act["facts"]["program"])
    if len(confirmed) != 1 or not any(len(each) >= 2 for each in programs.values()):
        raise Wrong("두 프로그램으로 연 결과가 같다는 기록이 없습니다")
    yield "두 프로그램으로 열었고 결과가 같았습니다"


def check_amounts(manifest):
    """Money is whole and not below nothing, and every rule is one of those that are counted here.

    A cost of `480.0` or of a million digits would be counted differently by other programs.
    """
    for question in manifest["questions"]:
        if question["rule"] not in RULES:
            raise Wrong(f"{question['key']}: 모르는 세는 법 {question['rule']!r}")
        if question["marking"] != MARKED_BY.get(question["rule"], "choose"):
            raise Wrong(f"{question['key']}: 세는 법에 맞지 않는 투표지입니다")
        for points in points_of(question["parameters"]):
            if type(points) is not int or not 0 <= points <= 10**6:
                raise Wrong(f"{question['key']}: 점수가 0 이상의 정수가 아닙니다")
        money = [option["cost"] for option in question["options"]]
        if "budget" in question["parameters"]:
            money = [cost or 0 for cost in money] + [question["parameters"]["budget"]]
            if any(type(won) is not int or not 0 <= won < 10**40 for won in money):
                raise Wrong(f"{question['key']}: 금액이 0 이상의 정수가 아닙니다")


def points_of(parameters):
    """What a place is worth, what may be given to one and to all."""
    limits = (parameters.get(name) for name in ("each_at_most", "total_at_most"))
    return [*parameters.get("worths", []), *(limit for limit in limits if limit is not None)]


def check_pb(files, manifest, rows):
    """What `python -m decide` counts is what is counted here: its file is written once more."""
    shown = [
        question for question in manifest["questions"]
        if question["whole_ballots"] == "public" and "budget" in question["parameters"]
    ]  # fmt: skip
    names = ["election.pb"] if len(shown) == 1 else [f"election-{q['key']}.pb" for q in shown]
    if {name for name in files if name.endswith(".pb")} != set(names):
        raise Wrong("한 장씩 공개한 예산 안건마다 .pb 파일이 하나씩 있지 않습니다")
    for name, question in zip(names, shown, strict=True):
        lines = [row["choices"] for row in rows if row["question"] == question["key"]]
        if files[name] != pb_of(question, lines, manifest):
            raise Wrong(f"{name}: ballots.csv와 투표 명세에서 나온 파일이 아닙니다")
        yield f"{name}: ballots.csv와 같은 표, 투표 명세와 같은 비용과 예산입니다"


def pb_of(question, lines, manifest):
    """The file for `decide`, in the format of Pabulib."""
    currency, parameters = manifest["currency"], question["parameters"]
    names = {"equal_shares": "equalshares", "phragmen": "phragmen", "knapsack": "knapsack"}
    rule = names.get(question["rule"])
    if rule is None:
        rule = "greedy-no-skip" if parameters.get("form", "skip") == "stop" else "greedy"
    elif rule == "equalshares" and parameters["completion"] != "none":
        rule += f"/{parameters['completion']}"
    ballots = sorted([int(number) for number in line.split(",")] for line in lines if line)

    def money(units):
        unit = 10 ** currency["minor_digits"]
        rest = f".{units % unit:0{currency['minor_digits']}}".rstrip("0") if units % unit else ""
        return f"{units // unit}{rest}"

    table = [
        ["META"], ["key", "value"],
        ["description", manifest["title"]], ["instance", manifest["closes_at"][:4]],
        ["rule", rule], ["min_length", max(question["at_least"], 1)],
        ["max_length", question["at_most"]], ["currency", currency["code"]],
        ["num_projects", len(question["options"])], ["num_votes", len(ballots)],
        ["budget", money(parameters["budget"])], ["vote_type", "approval"],
        ["PROJECTS"], ["project_id", "cost", "name"],
        *([o["number"], money(o["cost"] or 0), o["title"]] for o in question["options"]),
        ["VOTES"], ["voter_id", "vote"],
        *([voter, ",".join(map(str, ballot))] for voter, ballot in enumerate(ballots, 1)),
    ]  # fmt: skip
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(
        [re.sub(r"[\r\n]+", " ", str(cell)) for cell in row] for row in table
    )
    return text.getvalue().encode()


def whole(text):
    """A number that counts things."""
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise Wrong(f"수가 아닙니다: {text[:20]!r}")
    return int(text)


def amount(text):
    """An exact number of some digits: `1e999999999` would be reckoned for days."""
    if not re.fullmatch(r"[0-9]{1,60}([./][0-9]{1,60})?", text):
        raise Wrong(f"수가 아닙니다: {text[:20]!r}")
    return Fraction(text)


def check_count(files, manifest, counts, result, paper):
    rows = list(csv.DictReader(io.StringIO(files["ballots.csv"].decode())))
    if {row["question"] for row in rows} - {q["key"] for q in manifest["questions"]}:
        raise Wrong("ballots.csv에 없는 안건의 표가 있습니다")
    if result["questions"].keys() != {q["key"] for q in manifest["questions"]}:
        raise Wrong("result.json에 빠진 안건이 있습니다")
    check_amounts(manifest)
    yield from check_pb(files, manifest, rows)
    for question in manifest["questions"]:
        key = question["key"]
        figures, told = counts["questions"][key], result["questions"][key]
        mine = [row["choices"] for row in rows if row["question"] == key]
        votes = count_votes(question, mine, figures, sums_of(question, paper))
        if told["votes"] != votes:
            raise Wrong(f"{key}: 다시 센 표 {votes}, 발표된 표 {told['votes']}")
        ties = tie_order(question, result["tie_seed"])
        if told["tie_order"] != ties:
            raise Wrong(f"{key}: 같은 표의 차례가 추첨 숫자에서 나온 것이 아닙니다")
        if question["rule"] in WHOLE and question["whole_ballots"] != "public":
            yield f"{key}: 합계를 다시 세었습니다. 표를 통째로 공개하지 않아 선정은 볼 수 없습니다"
            continue
        if question["rule"] in WHOLE:
            winners = WHOLE[question["rule"]](question, mine, ties, told, manifest)
        else:
            winners = winners_of(question, votes, ties, figures, manifest)
        if sorted(told["winners"]) != sorted(winners):
            raise Wrong(f"{key}: 다시 센 결과 {winners}, 발표된 결과 {told['winners']}")
        yield f"{key}: 다시 세었습니다. 선정 {', '.join(map(str, winners)) or '없음'}"


def sums_of(question, paper):
    """What is told of a question in the sums of paper batches: votes, valid, blank, invalid."""
    votes, sums = Counter(), Counter()
    for batch in paper:
        each = batch["told"].get(question["key"], {})
        told = each.get("votes", {})
        votes.update({mark_of(question, text): n for text, n in told.items()})
        sums.update({name: each.get(name, 0) for name in ("valid", "blank", "invalid")})
    return votes, sums


def marks_of(question, line):
    """What a whole ballot says: of each option it names 1, its place or its points."""
    if question["marking"] == "rank":
        return [(n, place) for place, n in enumerate(line.split(">"), 1)] if line else []
    return [mark_of(question, each) for each in line.split(",")] if line else []


def mark_of(question, text):
    """One mark, where ballots are not told whole: `3` chosen, `3:1` in first place, `3:5` with
    five points."""
    if question["marking"] == "choose":
        return text, 1
    number, value = text.split(":")
    return number, whole(value)


def check_marks(name, question, marks, valid):
    """No option named more often than there are ballots, no place and no points beyond the limits,
    and no place without all before it."""
    options, values, points = Counter(), Counter(), 0
    for (number, value), n in marks.items():
        options[number] += n
        values[value] += n
        points += value * n
    parameters, numbers = question["parameters"], {str(o["number"]) for o in question["options"]}
    most = {
        "choose": 1, "rank": question["at_most"], "score": parameters.get("each_at_most", 0)
    }[question["marking"]]  # fmt: skip
    if not numbers.issuperset(options) or not all(1 <= value <= most for value in values):
        raise Wrong(f"{name}: 투표지에 없는 것을 고른 표가 있습니다")
    if (
        max(options.values(), default=0) > valid
        or options.total() > question["at_most"] * valid
        or points > (parameters.get("total_at_most") or points) * max(valid, 1)
    ):
        raise Wrong(f"{name}: 표보다 많이 고른 것이 있습니다")
    if question["marking"] == "rank":
        places = [valid, *(values[place] for place in range(1, most + 1))]
        if values[1] != valid or places != sorted(places, reverse=True):
            raise Wrong(f"{name}: 앞 순위 없이 뒤 순위가 있습니다")


def worth_of(question, value):
    """What an option gets by being chosen, by its place, or by points."""
    if question["marking"] == "rank":
        return question["parameters"]["worths"][value - 1]
    return value


def count_votes(question, lines, figures, sums):
    on_paper, paper = sums
    is_whole = question["whole_ballots"] == "public"
    ballots = [marks_of(question, x) if is_whole else [mark_of(question, x)] for x in lines]
    chosen = [mark for ballot in ballots for mark in ballot]
    choices = len(chosen) + on_paper.total()
    if choices != figures["choices"]:
        raise Wrong(f"{question['key']}: 고른 수 {choices}, 발표된 수 {figures['choices']}")
    if any(paper[name] > figures[name] for name in paper):
        raise Wrong(f"{question['key']}: 종이 묶음의 합계가 전체보다 많습니다")
    if is_whole:
        if len(ballots) != figures["valid"] + figures["blank"]:
            raise Wrong(f"{question['key']}: 표의 수가 발표와 다릅니다")
        for ballot in ballots:
            if ballot and not keeps_limits(question, ballot):
                raise Wrong(f"{question['key']}: 한도를 넘은 표를 유효로 세었습니다")
    rows = Counter(chosen)
    check_marks(question["key"], question, rows, figures["valid"] - paper["valid"])
    check_marks(question["key"], question, rows + on_paper, figures["valid"])
    votes = dict.fromkeys((str(option["number"]) for option in question["options"]), 0)
    for (number, value), n in (rows + on_paper).items():
        votes[number] += n * worth_of(question, value)
    return votes


def keeps_limits(question, ballot):
    costs = {str(option["number"]): option["cost"] or 0 for option in question["options"]}
    named, limit = [number for number, _ in ballot], question["ballot_limit"]
    parameters, points = question["parameters"], sum(value for _, value in ballot)
    return (
        costs.keys() >= set(named)
        and len(set(named)) == len(named)
        and question["at_least"] <= len(named) <= question["at_most"]
        and (limit is None or sum(costs[number] for number in named) <= limit)
        and points <= (parameters.get("total_at_most") or points)
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
    if question["rule"] in ("approval", *MARKED_BY):
        return [int(n) for n in order[: parameters["seats"]] if votes[n] >= minimum]
    if question["rule"] == "knapsack":
        return best_set(question, votes, ties)
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


def best_set(question, votes, ties):
    """Of all sets that the budget pays the one with the most votes; of several the one that has
    the first of the tie order, of these the one that has the second, and so on.

    `fronts`: what sets of the last of them can cost and gather, the useless ones left out.
    """
    if question["parameters"].get("utility") != "cardinality":
        raise Wrong(f"{question['key']}: 세는 법의 값이 맞지 않습니다")
    costs, left = costs_of(question), question["parameters"]["budget"]
    items = [number for number in ties if votes[number] > 0 and costs[number] <= left]
    fronts = [[(0, 0)]]
    for number in reversed(items):
        cost, worth = costs[number], votes[number]
        more = [(c + cost, w + worth) for c, w in fronts[-1] if c + cost <= left]
        front = []
        for each in sorted(fronts[-1] + more, key=lambda pair: (pair[0], -pair[1])):
            if not front or each[1] > front[-1][1]:
                front.append(each)
        fronts.append(front)
    wanted, winners = fronts[-1][-1][1], []
    for number, rest in zip(items, reversed(fronts[:-1]), strict=True):
        within = [w for c, w in rest if c <= left - costs[number]]
        if within and within[-1] == wanted - votes[number]:
            winners.append(int(number))
            left -= costs[number]
            wanted -= votes[number]
    return winners


def by_shares(question, lines, ties, told, manifest):
    """Equal Shares from the published begin, which must be where the rule stops.

    One unit less must not have been the end.  That nothing still earlier would have been is for
    `python -m decide` to say: it climbs all.
    """
    groups, costs = grouped(lines), costs_of(question)
    parameters = question["parameters"]
    budget, completion = parameters["budget"], parameters["completion"]
    if not groups:
        return []
    begin = amount(told["endowment"])
    first = Fraction(budget, sum(groups.values()))
    unit = 10 ** manifest["currency"]["minor_digits"]
    steps = (begin - first) / unit
    if steps < 0 or steps.denominator != 1 or (steps and not completion.startswith("add1")):
        raise Wrong(f"{question['key']}: 한 사람의 몫이 세는 법에 맞지 않습니다")
    winners = shares(groups, costs, begin, parameters["utility"], ties)
    left = budget - sum(costs[number] for number in winners)
    if left < 0:
        raise Wrong(f"{question['key']}: 선정된 것이 예산보다 비쌉니다")
    chosen = {number for ballot in groups for number in ballot}

    def ends(winners):
        left = budget - sum(costs[number] for number in winners)
        more = chosen - set(winners)
        fits = parameters.get("stop", "exhaustive") == "feasible" or any(
            costs[number] <= left for number in more
        )
        return left < 0 or not (more and fits)

    if steps and ends(shares(groups, costs, begin - unit, parameters["utility"], ties)):
        raise Wrong(f"{question['key']}: 한 사람의 몫을 더 일찍 그만 늘려야 했습니다")
    if completion.startswith("add1") and not ends(winners):
        more = shares(groups, costs, begin + unit, parameters["utility"], ties)
        if sum(costs[number] for number in more) <= budget:
            raise Wrong(f"{question['key']}: 한 사람의 몫을 더 늘릴 수 있었습니다")
    if completion.endswith("utilitarian"):
        cost_is_worth = parameters["utility"] == "cost"
        worth = {
            number: Fraction(
                sum(n for ballot, n in groups.items() if number in ballot),
                1 if cost_is_worth else costs[number],
            )
            for number in chosen - set(winners)
        }
        for number in sorted(worth, key=lambda number: (-worth[number], ties.index(number))):
            if costs[number] <= left:
                winners.append(number)
                left -= costs[number]
    return [int(number) for number in winners]


def shares(groups, costs, begin, utility, ties):
    """Everybody begins with as much; a project's supporters pay the same, or all they have."""
    left = dict.fromkeys(groups, begin)
    open_ = [number for number in ties if any(number in ballot for ballot in groups)]
    winners = []
    while True:
        offers = []
        for number in open_:
            purses = sorted((left[b], n) for b, n in groups.items() if number in b)
            price = price_for(costs[number], purses)
            if price is not None:
                worth = costs[number] if utility == "cost" else 1
                offers.append((price / worth if worth else price, ties.index(number), price))
        if not offers:
            return winners
        _, place, price = min(offers)
        winner = ties[place]
        winners.append(winner)
        open_ = [ties[place] for _, place, _ in offers if ties[place] != winner]
        for ballot in groups:
            if winner in ballot:
                left[ballot] -= min(left[ballot], price)


def price_for(cost, purses):
    """The most one of these pays when they buy it together; None when they cannot."""
    need, payers = Fraction(cost), sum(n for _, n in purses)
    for purse, n in purses:
        if purse * payers >= need:
            return need / payers
        need -= purse * n
        payers -= n
    return None


def by_loads(question, lines, ties, told, manifest):
    """Sequential Phragmén: the next winner is the one that leaves the lightest heaviest load."""
    groups, costs = grouped(lines), costs_of(question)
    load = dict.fromkeys(groups, Fraction(0))
    left, winners = question["parameters"]["budget"], []
    chosen = {number for ballot in groups for number in ballot if costs[number] <= left}
    open_ = [number for number in ties if number in chosen]
    while open_:
        offers = []
        for number in open_:
            supporters = [(load[b], n) for b, n in groups.items() if number in b]
            carried = sum(weight * n for weight, n in supporters)
            heavy = (costs[number] + carried) / sum(n for _, n in supporters)
            offers.append((heavy, ties.index(number)))
        heavy, place = min(offers)
        winner = ties[place]
        if any(costs[ties[place]] > left for other, place in offers if other == heavy):
            break  # also when what is level with it is too dear
        left -= costs[winner]
        winners.append(int(winner))
        open_.remove(winner)
        for ballot in groups:
            if winner in ballot:
                load[ballot] = heavy
    return winners


WHOLE = {"equal_shares": by_shares, "phragmen": by_loads}
MARKED_BY = {"borda": "rank", "score": "score"}
RULES = {"majority", "approval", "greedy", "knapsack", *WHOLE, *MARKED_BY}


def grouped(lines):
    """Identical ballots together; blank ones have no share."""
    return Counter(frozenset(line.split(",")) for line in lines if line)


def costs_of(question):
    return {str(option["number"]): option["cost"] for option in question["options"]}


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
