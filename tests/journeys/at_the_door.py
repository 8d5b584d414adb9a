"""At the tables and the tablets: found, looked at, signed; a sheet or eight digits."""

import io
import re

import pytest
from playwright.sync_api import Error
from pypdf import PdfReader

from maeul.vault.ballot.models import CheckIn, Device, Envelope
from maeul.vault.ballot.tests import factories as box
from tests.journeys import hall
from tests.journeys.getting_ready import comes_to_the_table, tablet_of

LINE = re.compile(r"서명부 (\d+)번 줄")
PAPER, KIOSK = "종이 투표용지 주기", "단말 번호 주기"


# At the table


def finds(clerk, name):
    clerk.fills({"이름이나 명부 번호": name})
    clerk.presses("찾기")
    clerk.follows(name)


def registers(clerk, name):
    """Somebody on no list, with three fields."""
    clerk.follows("명부에 없는 분")
    clerk.fills(
        {
            "이름": name,
            "생년월일": hall.born_on(name).isoformat(),
            "본 신분증": "주민등록증",
        }
    )
    clerk.presses("명부에 올리기")


def gives(clerk, table, name, way):
    """The person signs the line that the page names."""
    clerk.presses(way)
    line = int(LINE.search(clerk.page.locator("h1").inner_text())[1])
    assert line == table.next_line, "on paper and on the page it is the same line"
    table.signed[line] = name
    return line


def gives_a_sheet(clerk, table, name, chosen):
    gives(clerk, table, name, PAPER)
    table.gives_a_sheet(chosen)
    clerk.follows("다음 분")


def gives_a_code(clerk, table, name):
    gives(clerk, table, name, KIOSK)
    clerk.presses("단말 번호 만들기")
    code = clerk.page.locator(".receipt-code").inner_text()
    clerk.follows("다음 분")
    return code


# At the tablet


def opens_the_ballot(tablet, code):
    tablet.fills({"여덟 자리 번호": code})
    tablet.presses("내 투표지 열기")
    tablet.awaits("다음: 확인하기")
    tablet.looks("ballot")


def chooses(voter, chosen):
    voter.ticks(*chosen)
    voter.clicks("다음: 확인하기", state="review")
    voter.reads("이렇게 고르셨습니다", *chosen)


def votes_at_the_tablet(stage, table, name, chosen):
    """And nothing of it is left for the next one."""
    clerk = comes_to_the_table(stage, table)
    if name in hall.WALK_INS:
        registers(clerk, name)
    else:
        finds(clerk, name)
    tablet = tablet_of(stage, table)
    opens_the_ballot(tablet, gives_a_code(clerk, table, name))
    chooses(tablet, chosen)
    tablet.clicks("투표함에 넣기", until="투표함에 들어갔습니다", state="receipt")
    stage.day.sealed[name] = chosen
    _leaves(tablet)


def votes_while_the_network_fails(stage, table, name, chosen):
    """The ballot arrives, its answer does not; then the line is dead.  Sent again when it is back,
    the same ballot is acknowledged, once."""
    clerk = comes_to_the_table(stage, table)
    finds(clerk, name)
    tablet = tablet_of(stage, table)
    opens_the_ballot(tablet, gives_a_code(clerk, table, name))
    chooses(tablet, chosen)
    before = Envelope.objects.count()

    def lose_the_answer(route):
        assert route.fetch().ok
        tablet.page.context.set_offline(True)
        route.abort("internetdisconnected")

    tablet.page.route("**/kiosk/cast/", lose_the_answer, times=1)
    tablet.page.get_by_role("button", name="투표함에 넣기").click()
    retry = tablet.page.get_by_role("button", name="같은 표 다시 보내기")
    retry.wait_for(timeout=30_000)  # by itself it tries for some seconds
    tablet.looks("refused")
    tablet.page.context.set_offline(False)
    tablet.clicks("같은 표 다시 보내기", until="투표함에 들어갔습니다", state="receipt")
    assert Envelope.objects.count() == before + 1
    stage.day.sealed[name] = chosen
    _leaves(tablet)


def _leaves(tablet):
    tablet.follows("끝내기")
    tablet.reads("받은 번호를 눌러 주세요")
    assert tablet.page.evaluate("sessionStorage.length + localStorage.length") == 0


# What happens on the way


def comes_after_voting_online(stage, table, key, chosen):
    """The code on the own page leads the clerk to the row; from the sheet on, it is the sheet that
    counts."""
    voter = stage.comes(key)
    voter.goes(f"{stage.election}mine/")
    voter.reads("내 표가 셈에 들어갑니다", "현장에서 투표하려면")
    elector = stage.box.electors.get(person=stage.people[key])
    clerk = comes_to_the_table(stage, table)
    clerk.goes(f"{stage.election}door/{elector.pk}/")
    clerk.reads("온라인으로 투표함", "온라인 표는 여기서 투표하면 세지 않습니다")
    gives_a_sheet(clerk, table, elector.name, chosen)
    voter.goes(f"{stage.election}mine/")
    voter.reads("현장에서 투표하셨습니다")
    del stage.day.sealed[elector.name]


def is_checked_in_while_at_home(stage, table, key, *, meant, chosen):
    """The clerk took the row of somebody with nearly the same name.  It is seen when the line is
    to be signed: two people undo it, and what was voted at home counts again."""
    at_home = stage.people[key].name
    clerk = comes_to_the_table(stage, table)
    finds(clerk, at_home)
    line = gives(clerk, table, at_home, PAPER)
    table.given += 1
    told = stage.comes(key)
    told.goes("/notice/inbox/")
    told.presses("가서 보기: 투표소에서 본인 확인을 했습니다")
    told.reads("현장에서 투표하셨습니다")
    _undo(clerk, "다른 분의 줄을 눌렀습니다. 용지는 돌려받았습니다.")
    clerk.reads("적었습니다. 두 사람이 같은 것을 적으면 정해집니다.")
    second = comes_to_the_table(stage, table, "second_clerk")
    second.follows(f"{line} · {at_home}")
    second.reads("다른 분의 줄을 눌렀습니다. 용지는 돌려받았습니다.")
    _undo(second, "본인이 아닙니다. 쓰지 않은 용지를 보았습니다.")
    second.reads("끝난 본인 확인")
    table.signed[line] = ""  # crossed out
    table.back += 1
    told.goes(f"{stage.election}mine/")
    told.reads("내 표가 셈에 들어갑니다")
    clerk = comes_to_the_table(stage, table)
    finds(clerk, meant)
    gives_a_sheet(clerk, table, meant, chosen)


def _undo(clerk, reason):
    clerk.follows("잘못되었나요?")
    clerk.chooses("취소", of="무엇을 적나요?")
    clerk.fills({"까닭": reason})
    clerk.presses("적기")


def somebody_signs_for(stage, table, key, chosen):
    """A stranger signs and votes in the name of somebody who voted at home, and reads of it."""
    name = stage.people[key].name
    clerk = comes_to_the_table(stage, table)
    finds(clerk, name)
    gives_a_sheet(clerk, table, name, chosen)
    stage.day.struck += 1
    told = stage.comes(key)
    told.goes("/notice/inbox/")
    told.presses("가서 보기: 투표소에서 본인 확인을 했습니다")
    told.reads("현장에서 투표하셨습니다")
    clerk = comes_to_the_table(stage, table)
    finds(clerk, name)
    clerk.reads("이미 현장에서 투표하셨습니다")
    clerk.follows(f"서명부 {max(table.signed)}번 줄의 본인 확인")
    clerk.follows("잘못되었나요?")
    clerk.chooses("다툼이 있음", of="무엇을 적나요?")
    clerk.fills({"까닭": "본인은 집에서 온라인으로 투표했고 온 적이 없다고 합니다."})
    clerk.presses("적기")


def the_line_goes_dead(stage, table, sheets):
    """Nobody can look at the roll: who stands on the printed one gets a sheet all the same."""
    clerk = comes_to_the_table(stage, table)
    clerk.page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        clerk.page.reload()
    clerk.page.context.set_offline(False)
    numbers = numbers_on(stage.printed[table.name])
    written = {}
    for name, chosen in sheets.items():
        written[table.next_line] = (name, numbers[name])
        table.signed[table.next_line] = name
        table.gives_a_sheet(chosen)
    return written


def numbers_on(printed):
    """Of everybody on the booth's printed roll."""
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages)
    names = "|".join(hall.LISTED)
    return {name: int(number) for number, name in re.findall(rf"(\d+)\s+({names})", text)}


def enters_late(clerk, line, number):
    """One line of the paper list, when the network is back."""
    clerk.fills({"종이 서명부의 번호": str(line), "선거인 번호": str(number)})
    clerk.presses("이 줄 적기")


def comes_back_under_a_near_name(stage, table):
    """Nobody waits: the sheet goes into an envelope with the name, which two officers decide."""
    clerk = comes_to_the_table(stage, table)
    registers(clerk, hall.NEAR_NAME)
    clerk.reads("명부에 비슷한 분이 있습니다", "겉봉투로 투표합니다")
    clerk.presses("겉봉투로 하기")
    clerk.reads(f"서명부 {table.next_line}번 줄에 서명받고")
    table.signed[table.next_line] = hall.NEAR_NAME
    table.given += 1
    table.outer += 1


# The others, through the same acts


def the_others_come(stage, table, at, *, on_paper=(), at_the_tablet=()):
    """`on_paper`, `at_the_tablet`: what each of them chooses."""
    booth = stage.box.booths.get(number=table.number)
    booth.helper = stage.people[table.clerk]
    for name, chosen in on_paper:
        check_in = box.came(_elector(stage, name), booth, "paper", at=at)
        table.signed[check_in.list_number] = name
        table.gives_a_sheet(chosen)
    device = Device.objects.get(booth=booth)
    for name, chosen in at_the_tablet:
        check_in = box.came(_elector(stage, name), booth, "kiosk", at=at)
        table.signed[check_in.list_number] = name
        slip = box.slip(check_in, device, at=at)
        box.cast_at_kiosk(stage.box, slip, device, at=at, **hall.said(chosen))
        stage.day.sealed[name] = chosen
    assert CheckIn.objects.filter(booth=booth).count() == len(table.signed)


def _elector(stage, name):
    return stage.box.electors.get(name=name)
