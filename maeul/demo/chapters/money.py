"""The year's money: streams, appropriations, and the round the dong decides about."""

from datetime import date

from maeul.decision.budget import actions as budget
from maeul.decision.budget.models import Stream
from maeul.demo.play import CHAPTERS, Chapter, chapter
from maeul.ground.district.models import Dong
from maeul.works.pledge import actions as pledge
from maeul.works.pledge.models import Cell, Pledge

DONG_WON = {"city": 10_000_000, "district": 20_000_000}
STREAMS = (
    ("council", "주민자치사업 활성화", "주민자치회"),
    ("community", "동단위 공동체 활성화", "심사위원회"),
    ("dong_pb", "동단위 시민참여예산 사업", "주민총회"),
    ("outreach", "찾아가는 동주민센터", "구"),
)
PROGRESS = {
    1: "열 개 동에서 의제를 모으고 부서 검토를 시작했습니다.",
    2: "주민총회를 열어 사업을 정하고 교부를 마쳤습니다.",
    3: "사업을 실행하고 있습니다. 영수증을 모두 올렸습니다.",
    4: "정산과 성과공유회를 마치고 기록물을 펴냈습니다.",
}
# stream, source, won: what the made-up continuation of the pledge's table sets aside each year
WIDE = (
    ("council", "city", 214_000_000),
    ("council", "district", 96_000_000),
    ("community", "district", 93_000_000),
    ("outreach", "district", 42_000_000),
)


@chapter("01-08", "10:00", only="first")
def found_the_streams(scene):
    for code, name, decided_by in STREAMS:
        budget.found_stream(
            district=scene.dong.district,
            code=code,
            name=name,
            origin="구비와 시비",
            decided_by=decided_by,
            from_on=date(2018, 1, 1),
            by=scene.who("district_officer"),
            at=scene.at,
        )


@chapter("01-08", "11:00", only="first")
def publish_the_pledge(scene):
    """The card and its table of 2018 to 2022, and its made-up continuation (시범)."""
    pledge.load(
        district=scene.dong.district,
        made_up=True,
        by=scene.who("district_officer"),
        at=scene.at,
    )


@chapter("01-10", "10:00")
def appropriate(scene):
    """The council passed the budget in December; every dong has the same envelope."""
    for code, source, amount in WIDE:
        _set_aside(scene, code, source, amount)
    for dong in Dong.objects.in_order():
        parts = [
            _set_aside(scene, "dong_pb", source, amount, dong=dong)
            for source, amount in DONG_WON.items()
        ]
        if dong == scene.dong:
            budget.open_round(
                dong=dong,
                year=scene.year,
                appropriations=parts,
                limit_won=sum(DONG_WON.values()),
                by=scene.who("officer"),
                at=scene.at,
            )


def _set_aside(scene, code, source, amount, *, dong=None):
    """Appropriate and tie to the cell of the pledge's table it comes from."""
    by = scene.who("district_officer")
    stream = Stream.objects.get(code=code)
    appropriation = budget.appropriate(
        stream=stream,
        source=source,
        year=scene.year,
        amount_won=amount,
        dong=dong,
        reason="구의회 의결",
        by=by,
        at=scene.at,
    )
    cell = Cell.objects.filter(
        year=scene.year, source=source, programme__name=stream.name, table__is_made_up=True
    ).first()
    if cell is not None:  # the made-up table ends some day
        pledge.tie(cell=cell, appropriation=appropriation, by=by, at=scene.at)
    return appropriation


def _progress(quarter):
    def report(scene):
        pledge.report_progress(
            pledge=Pledge.objects.get(),
            year=scene.year,
            quarter=quarter,
            status="normal",
            text=PROGRESS[quarter],
            by=scene.who("district_officer"),
            at=scene.at,
        )

    return report


for _quarter, _day in ((1, "03-31"), (2, "06-30"), (3, "09-30"), (4, "12-31")):
    CHAPTERS.append(Chapter(f"money.progress_{_quarter}", _day, "17:00", _progress(_quarter)))
