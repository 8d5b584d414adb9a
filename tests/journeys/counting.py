"""After the poll: what is signed and decided, the boxes, both openings, the published parcel."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from tests.journeys import deciding, hall
from tests.journeys.at_the_door import enters_late
from tests.journeys.getting_ready import comes_to_the_table
from tests.journeys.voices import picture

OFFICERS = ("election_officer", "officer")
WRONG = 4  # the sheet that is typed wrongly


# Before the list is fixed


def sign_the_counts(stage, table):
    """Two people each type what stands on the signed paper, one with its photograph."""
    for key, photo in ((table.clerk, True), ("officer", False)):
        if photo:
            reader = comes_to_the_table(stage, table)
            reader.follows("마감표 적기")
        else:
            reader = comes_to_decide(stage, key)
            reader.follows(f"{table.name}: 마감표 적기")
        reader.fills(table.counts())
        if photo:
            reader.fills({"서명한 마감표의 사진": picture("마감표", "white")})
        reader.presses("마감표 적기")
    reader.reads("두 사람이 같은 마감표를 적었습니다.")


def enter_the_forgotten_line(stage, table, line, name, number):
    """After closing two officers each read it from the signature list."""
    first, second = map(comes_to_decide, [stage] * 2, OFFICERS)
    first.follows(table.name, within="투표소")
    first.follows("종이 서명부 옮겨 적기")
    enters_late(first, line, number)
    second.page.reload()
    second.follows(name, within="한 사람만 옮겨 적은 줄")
    enters_late(second, line, number)
    second.reads(f"{line}번 줄, {name}님을 옮겨 적었습니다.")


def comes_to_decide(stage, key):
    officer = stage.comes(key)
    officer.goes(stage.desk)
    officer.follows("현장에서 정할 것")
    return officer


def strike_the_false_signature(stage, key):
    """Two officers look at the list: that is not the elector's hand."""
    name = stage.people[key].name
    for officer in OFFICERS:
        officer = comes_to_decide(stage, officer)
        officer.follows(name, within="다툼이 있는 본인 확인")
        officer.follows("잘못되었나요?")
        officer.chooses("지움", of="무엇을 적나요?")
        officer.fills({"까닭": "서명이 본인의 것이 아닙니다."})
        officer.presses("적기")
    officer.reads("끝난 본인 확인")
    told = stage.comes(key)
    told.goes(f"{stage.election}mine/")
    told.reads("내 표가 셈에 들어갑니다")


def refuse_the_second_envelope(stage):
    """Both officers see that the same person has voted already; the envelope stays shut."""
    for key in OFFICERS:
        officer = comes_to_decide(stage, key)
        officer.follows(hall.NEAR_NAME)
        officer.reads(hall.WALK_INS[0], "이미 현장에서 투표했습니다.")
        officer.chooses("받지 않습니다", of="누구의 표인가요?")
        officer.fills({"까닭": "성만 달리 적힌 같은 분이고, 이미 투표했습니다."})
        officer.presses("이렇게 정합니다")
    officer.reads("두 사람이 같게 정했습니다.", "지금 정할 것이 없습니다")


# Paper


def count_the_boxes(stage):
    """In front of everybody, by two people who do not see each other's number."""
    for table in stage.day.tables.values():
        for key in ("clerk", "election_officer"):
            person = comes_to_count(stage, key)
            person.follows(f"{table.name}: 센 수 적기")
            person.fills({"투표용지": str(len(table.box))})
            person.presses("센 수 적기")
        person.reads("두 사람이 같은 수로 세었습니다.")


def comes_to_count(stage, key):
    person = stage.comes(key)
    person.goes(stage.election)
    if key in OFFICERS:
        person.follows("선거관리인의 책상")
    person.follows("종이 세기")
    return person


def type_the_sheets(stage):
    """Two people type every sheet, one of them one sheet wrongly; a third looks at that one."""
    tables = stage.day.tables.values()
    sheets = [chosen for table in tables for chosen in table.box]
    clerk = comes_to_count(stage, "clerk")
    clerk.follows("투표용지 묶기")
    clerk.fills({f"{table.name}에서 온 장": str(len(table.box)) for table in tables})
    clerk.presses("묶음 만들기")
    clerk.presses("내가 적기: 첫째")
    _type(clerk, sheets)
    other = comes_to_count(stage, "hall_clerk")
    other.follows("묶음 1")
    other.presses("내가 적기: 둘째")
    _type(other, [*sheets[: WRONG - 1], _misread(sheets[WRONG - 1]), *sheets[WRONG:]])
    officer = comes_to_count(stage, "officer")
    officer.reads("가릴 것 1장")
    officer.follows("묶음 1")
    officer.reads("두 사람이 모두 적고 다른 장을 가린 다음 닫습니다.")
    officer.presses("내가 적기: 다른 장 가리기")
    officer.reads(f"{WRONG}번째 장")
    _type(officer, [sheets[WRONG - 1]])
    officer.presses("묶음 닫기")
    officer.reads("묶음을 닫았습니다.")


def _type(clerk, sheets):
    """By the number keys: a question, Enter, the next one, Enter, the next sheet."""
    for chosen in sheets:
        asked = hall.said(chosen).values()
        for place, numbers in enumerate(asked, 1):
            for number in numbers:
                clerk.page.keyboard.press(str(number))
            if place < len(asked):
                clerk.page.keyboard.press("Enter")
        with clerk.page.expect_navigation():
            clerk.page.keyboard.press("Enter")
    clerk.looks()
    clerk.reads("모두 옮겨 적었습니다.")


def _misread(chosen):
    return tuple({hall.YES: hall.NO, hall.NO: hall.YES}.get(title, title) for title in chosen)


# The result


def read_the_list_aloud(stage):
    """Its hash, before any key is brought out."""
    deciding.fix_list(stage)
    chair = stage.comes("election_officer")
    chair.goes(stage.desk)
    chair.reads("열쇠를 꺼내기 전에 소리 내어 읽고, 인쇄해 서명합니다")
    return (
        chair.page.locator("section", has_text="1. 개표할 목록").locator("code").first.inner_text()
    )


def read_the_result(stage, key):
    """A resident reads it, sees the own ballot counted, and takes the parcel home."""
    resident = stage.comes(key)
    resident.goes(stage.election)
    resident.follows("결과 보기")
    resident.reads(f"주민 {stage.day.people()}명이 정했습니다", "선정된 것")
    resident.reads(f"{stage.day.struck}장은 다른 사람의 이름으로 낸 것으로 밝혀졌지만")
    for title, votes in stage.day.expected().items():
        row = resident.page.locator("main li", has_text=title).first
        assert f"{votes}표" in row.inner_text().replace(" ", ""), (title, votes, row.inner_text())
    return resident.receives("묶음 받기")


# On a machine that has only Python

PYTHON = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}"


def verify(folder, *arguments):
    """With nothing of the site, no packages and an empty environment."""
    return subprocess.run(
        [PYTHON, "-I", "-S", "verify.py", *arguments],
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def change_a_byte(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def mend_the_sums(folder):
    """As somebody would who changes a file and knows of the list of hashes."""
    lines = []
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        _digest, name = line.split("  ", 1)
        lines.append(f"{sha256((folder / name).read_bytes()).hexdigest()}  {name}\n")
    (folder / "SHA256SUMS").write_text("".join(lines))
