"""Until the doors open: the assembly is called, its booths have clerks, tablets and paper."""

from maeul.core import sheet
from maeul.decision.assembly import actions as assemblies
from maeul.decision.assembly.models import Assembly
from maeul.decision.assembly.tests.factories import decided_by_plenary, matter
from maeul.vault.ballot.models import Election
from tests.browser import DESKTOP
from tests.journeys import deciding, hall
from tests.journeys.hall import FIRST, HALL, Day, Table

CLERKS = {
    "clerk": ("투표사무원 가", FIRST),
    "second_clerk": ("투표사무원 나", FIRST),
    "hall_clerk": ("투표사무원 다", HALL),
}
MINE = 12  # numbers of the roll that vote in the first booth; the others vote in the hall


def call_the_assembly(stage, at):
    """The plenary wants a vote at home and in the hall; two questions are put."""
    secretary = stage.people["secretary"]
    decided_by_plenary(stage.dong, by=secretary, at=at, text="주민총회는 온라인으로 먼저 투표한다")
    deciding.convene(stage, held_on="2026-06-06", method="온라인과 총회장에서")
    assembly = Assembly.objects.get()
    told = {"assembly": assembly, "by": secretary, "at": at}
    assemblies.put(
        kind="yes_no", title=hall.PLAN, thread=matter(hall.PLAN, stage.dong, at=at), **told
    )
    assemblies.put(
        kind="choose",
        title=hall.PLACE,
        options=[
            (matter(title, stage.dong, at=at), title, None)
            for title in (hall.BENCH, hall.LAMPS, hall.GARDEN)
        ],
        at_most=2,
        **told,
    )
    deciding.announce(stage, listed=_list_of_the_dong())
    stage.day = Day({FIRST: Table(FIRST, 1, "clerk"), HALL: Table(HALL, 2, "hall_clerk")})


def _list_of_the_dong():
    rows = [[name, hall.born_on(name).isoformat()] for name in hall.LISTED]
    content = sheet.write(["이름", "생년월일"], rows)
    return {"name": "명단.csv", "mimeType": "text/csv", "buffer": content}


def open_two_booths(stage):
    """An officer says where people vote, and who of the roll votes where."""
    officer = stage.comes("officer")
    officer.goes(f"{stage.assembly}prepare/")
    officer.follows("이 일 하기")
    officer.follows("투표하는 방법과 투표소")
    for name, place in ((FIRST, "주민센터 1층"), (HALL, "독산초등학교 체육관")):
        officer.fills(
            {
                "투표소 이름": name,
                "곳": place,
                "여는 때": "2026-06-06T09:00",
                "닫는 때": "2026-06-06T17:00",
            }
        )
        officer.presses("투표소 더하기")
    last = 5 + len(hall.LISTED)
    for name, numbers in ((FIRST, (1, MINE)), (HALL, (MINE + 1, last))):
        begin, end = map(str, numbers)
        where = {"within": "누가 어느 투표소인가요?"}
        officer.fills({"투표소": name, "명부 번호": begin, "여기까지": end}, **where)
        officer.presses("투표소 정하기", **where)
    officer.reads("투표소가 정해지지 않은 선거인: 0명")


def name_the_clerks(stage):
    """Three people of the dong; each finds their table on the page of the vote."""
    officer = stage.comes("officer")
    officer.goes(stage.desk)
    officer.follows("현장 투표와 정할 것")
    for key, (label, booth) in CLERKS.items():
        officer.follows(f"투표사무원: {booth}")
        officer.fills({"투표사무원의 전자우편": stage.people[key].email})
        officer.presses("투표사무원으로 정하기")
        officer.reads(label)
        officer.follows("현장에서 정할 것")
    election = stage.box = Election.objects.get()
    for booth in election.booths.all():
        assert booth.clerks.exists(), booth


def print_the_rolls(stage):
    """In the morning, for when the network fails."""
    stage.printed = {}
    for table in stage.day.tables.values():
        clerk = comes_to_the_table(stage, table)
        stage.printed[table.name] = clerk.receives("명부와 서명부 인쇄하기")
    officer = stage.comes("officer")
    officer.goes(stage.desk)
    officer.follows("투표용지")
    officer.fills({"몇 장을 인쇄할까요?": "50"})
    assert officer.takes("PDF 받기").startswith(b"%PDF")


def enrol_a_tablet(stage, table):
    """The clerk's phone shows a code, the tablet opens it."""
    clerk = comes_to_the_table(stage, table)
    clerk.follows("투표 단말")
    clerk.fills({"단말 이름": f"{table.name} 단말"})
    clerk.presses("등록 코드 만들기")
    tablet = tablet_of(stage, table)
    tablet.goes(clerk.page.locator("code").inner_text())
    tablet.presses("투표 단말로 쓰기")
    tablet.reads("받은 번호를 눌러 주세요")


def tablet_of(stage, table):
    return stage.takes_up(f"tablet {table.name}", DESKTOP, "1280")


def comes_to_the_table(stage, table, key=None):
    """The clerk, or somebody else who works there."""
    clerk = stage.comes(key or table.clerk)
    clerk.goes(stage.election)
    clerk.follows(f"{table.name} 접수대")
    return clerk
