#!/usr/bin/env python3
"""Watch the public board of a vote from outside: Python 3.11 and nothing else.

It keeps every head it ever saw and says loudly when the past was changed: a head that is gone, a
ballot that vanished, a batch that does not follow from the one before.  It speaks Korean, because
neighbours run it.
"""

import argparse
import json
import sys
import time
from datetime import UTC, datetime
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

HELP = """\
투표의 공개 게시판을 바깥에서 지켜봅니다. Python 3.11만 있으면 됩니다.

  python3 monitor.py 투표-주소           십 분마다 봅니다. Ctrl-C로 마칩니다
  python3 monitor.py 투표-주소 --once    한 번만 보고 마칩니다 (예약 실행에 씁니다)

투표 주소는 그 투표의 화면 주소입니다. 본 값은 모두 폴더에 적어 두고, 다음에 볼 때 하나라도
달라졌으면 크게 알립니다. 마치는 값: 이상 없음 0, 이상함 1, 볼 수 없음 2.
"""
LARGEST = 256 * 1024 * 1024
PATIENCE = 30  # seconds


class Alarm(Exception):
    """The board is not what it must be, or not what it was."""


class Unreachable(Exception):
    """Nothing can be said: the address did not answer."""


def main(arguments=None):
    parser = argparse.ArgumentParser(
        description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address", help="투표의 주소")
    parser.add_argument("--once", action="store_true", help="한 번만 보기")
    parser.add_argument("--every", type=int, default=600, metavar="초", help="몇 초마다 볼지")
    parser.add_argument("--keep", type=Path, default=Path("maeul-board"), help="적어 둘 폴더")
    given = parser.parse_args(arguments)
    address = given.address.removesuffix("board.jsonl").removesuffix("board/").rstrip("/") + "/"
    folder = given.keep / urlsplit(address).path.strip("/").replace("/", "-")
    worst = 0
    try:
        while True:
            worst = max(worst, look(address, folder))
            if given.once:
                return worst
            time.sleep(max(1, given.every))
    except KeyboardInterrupt:
        return worst


def look(address, folder):
    """Look once; what was seen and what is wrong is said.  Answers how the program would end."""
    content = b""
    try:
        manifest, content = fetch(address + "manifest.json"), fetch(address + "board.jsonl")
        batches = read_board(content, sha256(manifest).hexdigest())
        compare(known_in(folder), batches)
    except Unreachable as problem:
        say(f"볼 수 없습니다: {problem}", loud=True)
        return 2
    except Alarm as alarm:
        proof = keep_proof(folder, content)
        say(f"경보! {alarm}", loud=True)
        say(
            "누리집에 복구를 알리는 글이 있는지 보고, 선거관리인과 참관인에게 알려 주세요.",
            loud=True,
        )
        say(f"본 것을 남겼습니다: {proof}", loud=True)
        return 1
    keep(folder, content, batches)
    ballots = sum(len(leaves) for leaves, _head in batches)
    say(f"이상 없음. 묶음 {len(batches) - 1}개, 표 {ballots}장, 마지막 값 {batches[-1][1]}")
    return 0


def fetch(address):
    if urlsplit(address).scheme not in ("http", "https"):
        raise Unreachable(f"http나 https로 시작하는 주소가 아닙니다 ({address})")
    try:
        asked = Request(
            address, headers={"User-Agent": "maeul-monitor", "Cache-Control": "no-cache"}
        )
        with urlopen(asked, timeout=PATIENCE) as answer:
            content = answer.read(LARGEST + 1)
    except (URLError, HTTPException, OSError, ValueError) as problem:
        raise Unreachable(f"{address} ({problem})") from problem
    if len(content) > LARGEST:
        raise Alarm("게시판이 너무 큽니다")
    return content


def read_board(content, chain0):
    """Leaves and head of each batch, in order; the first has the hash of the manifest."""
    batches, seen = [], set()
    for number, line in enumerate(content.splitlines()):
        leaves, head, said = parsed(line, number)
        if said != number:
            raise Alarm(f"{number}번째 묶음이 없습니다")
        if leaves != sorted(set(leaves)) or not seen.isdisjoint(leaves):
            raise Alarm(f"{number}번째 묶음: 번호가 차례가 아니거나 두 번 있습니다")
        seen.update(leaves)
        if number == 0:
            expected = chain0 if not leaves else ""
        else:
            expected = next_head(batches[-1][1], leaves) if leaves else ""
        if head != expected:
            raise Alarm(
                f"{number}번째 묶음이 앞 묶음에서 이어지지 않습니다" if number
                else "게시판이 이 투표 명세에서 시작하지 않습니다"
            )  # fmt: skip
        batches.append((leaves, head))
    if not batches:
        raise Alarm("게시판이 비었습니다")
    return batches


def parsed(line, number):
    try:
        batch = json.loads(line)
        leaves, head = batch["leaves"], batch["head"]
        if any(len(bytes.fromhex(each)) != 32 for each in [*leaves, head]):
            raise ValueError("length")
        return leaves, head, batch["batch"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Alarm(f"{number}번째 묶음을 읽을 수 없습니다") from error


def next_head(head, leaves):
    return sha256(bytes.fromhex(head) + b"".join(map(bytes.fromhex, leaves))).hexdigest()


def compare(known, batches):
    """Everything seen before must still be there, at its place."""
    for number, (leaves, head) in enumerate(known):
        if number >= len(batches):
            raise Alarm(
                f"게시판이 짧아졌습니다. 전에 본 {number}번째 묶음과 표 {len(leaves)}장이 없습니다"
            )
        if batches[number][1] != head:
            now = {leaf for others, _head in batches for leaf in others}
            gone = [leaf for leaf in leaves if leaf not in now]
            what = f"사라진 표: {', '.join(gone[:5])}" if gone else f"전에 본 값: {head}"
            raise Alarm(f"지난 일이 바뀌었습니다. {number}번째 묶음이 전과 다릅니다. {what}")


def known_in(folder):
    """The board as it was when nothing was wrong."""
    path = folder / "board.jsonl"
    if not path.exists():
        return []
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    return [(line["leaves"], line["head"]) for line in lines]


def keep(folder, content, batches):
    """The board, and a line for every head that is new.  A head stays even if the rest is lost."""
    folder.mkdir(parents=True, exist_ok=True)
    noted = folder / "heads.txt"
    last = noted.read_text().splitlines()[-1].split()[-1] if noted.exists() else ""
    if batches[-1][1] != last:
        with noted.open("a") as lines:
            lines.write(f"{now()} {len(batches) - 1} {batches[-1][1]}\n")
    new = folder / "board.new"
    new.write_bytes(content)
    new.replace(folder / "board.jsonl")


def keep_proof(folder, content):
    folder.mkdir(parents=True, exist_ok=True)
    proof = folder / f"strange-{datetime.now(UTC).astimezone():%Y%m%d-%H%M%S-%f}.jsonl"
    proof.write_bytes(content)
    return proof


def say(sentence, *, loud=False):
    if loud:
        print(f"\a!!! {now()} {sentence}", file=sys.stderr, flush=True)
    else:
        print(f"{now()} {sentence}", flush=True)


def now():
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")


if __name__ == "__main__":
    sys.exit(main())
