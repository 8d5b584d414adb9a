"""Counting by choice: an officer tries three rules on last year's ballots and freezes one; the vote
is counted by it, and a resident reads why the fourth project lost and counts it all again alone.
"""

import io
import json
import subprocess
import sys
from datetime import timedelta
from zipfile import ZipFile

import pytest

from maeul.decision.assembly.tests import factories as assemblies
from maeul.vault.ballot.models import Election
from maeul.vault.ballot.tests import factories as box
from tests.journeys import deciding

pytestmark = [
    pytest.mark.proof,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PROJECTS = {
    "골목 가로등": 4_800_000,
    "놀이터 그늘막": 2_800_000,
    "텃밭 상자": 1_000_000,
    "버스 쉼터": 4_200_000,
    "책 나눔터": 1_200_000,
}
MOST, FEW = ["골목 가로등", "버스 쉼터"], ["놀이터 그늘막", "텃밭 상자", "책 나눔터"]
LOSER = "버스 쉼터"


def test_a_rule_is_tried_frozen_counted_and_counted_again_at_home(stage, tmp_path):
    last_years_assembly(stage)
    this_years_assembly(stage)
    try_three_and_choose(stage)
    deciding.announce(stage)
    stage.clock.turn_to(2027, 5, 6)  # the roll has lain open
    deciding.prepare_vote(stage, holders := deciding.holders(tmp_path))
    vote(stage)
    stage.clock.turn_to(2027, 6, 5, 17, 1)
    deciding.close_and_open(stage, holders)
    deciding.count_and_publish(stage)
    bundle = read_why(stage)
    count_again(bundle, tmp_path)


def last_years_assembly(stage):
    """Of 21 people who voted 15 chose what costs most, six the small things."""
    at = stage.clock.turn_to(2026, 4, 1)
    numbers = {title: number for number, title in enumerate(PROJECTS, 1)}
    choices = [{"q1": sorted(numbers[title] for title in MOST)}] * 15
    choices += [{"q1": sorted(numbers[title] for title in FEW)}] * 6
    assemblies.held(
        stage.dong,
        officer=stage.people["officer"],
        at=at,
        choices=choices,
        matters=matters(stage, at),
    )


def this_years_assembly(stage):
    """Its rules are set, and the same five projects stand on the ballot."""
    at = stage.clock.turn_to(2027, 4, 20)
    officer = stage.people["officer"]
    ruled = assemblies.ruled(stage.dong, by=officer, at=at, held_on=at.date() + timedelta(days=46))
    assemblies.budget_question(ruled, matters(stage, at), by=officer, at=at, at_most=3)
    stage.assembly = ruled.get_absolute_url()


def matters(stage, at):
    return [(assemblies.matter(title, stage.dong, at=at), cost) for title, cost in PROJECTS.items()]


def try_three_and_choose(stage):
    secretary = stage.comes("secretary")
    secretary.goes(f"{stage.assembly}prepare/")
    secretary.follows("세는 법")
    secretary.reads("모의계산", "예산 안에서 많은 표 차례", "고른 부담")
    secretary.follows("세는 방법 보기")
    secretary.page.go_back()
    secretary.opens("다른 값으로 셈해 보기")
    secretary.fills({"고른 몫: 남은 돈": "표가 많은 차례로"})
    secretary.presses("모의계산 다시 하기")
    secretary.chooses("고른 몫", of="세는 법")
    secretary.chooses("이름 없이 한 장씩", of="개표한 표를 어떻게 공개하나요?")
    secretary.presses("이 방법으로 세기")
    secretary.reads("세는 법을 정했습니다.")


def vote(stage):
    """Two people on their phones; the others through the same act of the box."""
    at = stage.clock.turn_to(2027, 6, 2, 9)
    for key, items in (("soonja", MOST), ("minsu", FEW)):
        voter = stage.comes(key)
        voter.goes(stage.election)
        voter.follows("투표하기")
        voter.awaits("다음: 확인하기")
        voter.ticks(*items)
        voter.clicks("다음: 확인하기", state="review")
        voter.clicks("투표함에 넣기", until="투표함에 들어갔습니다", state="receipt")
    election = Election.objects.get(pk=stage.election.strip("/").split("/")[-1])
    numbers = {option.title: option.number for option in election.questions.get().options.all()}
    mine = {stage.people["soonja"].pk, stage.people["minsu"].pk}
    others = [one for one in election.electors.order_by("number") if one.person_id not in mine]
    said = [MOST] * 5 + [MOST[:1]] + [FEW] * 3
    for elector, chosen in zip(others, said, strict=False):
        box.cast(election, elector, at=at, q1=sorted(numbers[title] for title in chosen))


def read_why(stage):
    """The fourth project lost, and the page says whose money went where."""
    resident = stage.comes("yeonju")
    resident.goes(f"{stage.election}result/")
    resident.reads(LOSER, "선정된 것", "이번에 선정되지 않은 것")
    why = resident.page.locator("li", has_text=LOSER).locator(".why").first.inner_text()
    assert "고른 분들에게 남은 몫이 모두" in why
    assert "먼저 ‘골목 가로등’에" in why
    resident.follows("세는 방법")
    resident.page.go_back()
    return resident.receives("묶음 받기")


def count_again(bundle, folder):
    """At home, with nothing of the site: the file and `decide`."""
    with ZipFile(io.BytesIO(bundle)) as archive:
        archive.extractall(folder / "bundle")
    told = json.loads((folder / "bundle/result.json").read_text())["questions"]["q1"]
    ties = folder / "ties.txt"
    ties.write_text("\n".join(told["tie_order"]))
    counted = subprocess.run(
        [
            sys.executable, "-m", "decide", "tally", folder / "bundle/election.pb",
            "--rule", "equal-shares", "--completion", "utilitarian", "--ties", ties, "--json",
        ],
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    assert sorted(map(int, json.loads(counted.stdout)["winners"])) == sorted(told["winners"])
    verified = subprocess.run(
        [sys.executable, "-I", "verify.py"], cwd=folder / "bundle", capture_output=True, text=True
    )
    assert verified.returncode == 0, verified.stderr
