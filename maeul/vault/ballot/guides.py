"""Printed sheets for the day: what to do, step by step, in words for neighbours.

One for each part (holder, keeper of a copy, officer, clerk), one for the two exercises, and the
record that is signed at the opening.  Shown as a page and as a PDF from one source.
"""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from maeul.core.paper import Facts, Heading, Paper, Points, Table, Text
from maeul.vault.ballot import hall, texts
from maeul.vault.ballot.door import is_in_person
from maeul.vault.ballot.models import Election
from maeul.vault.ballot.models.election import local_day
from maeul.vault.ballot.rules import Rule

TITLES = {
    "holder": _lazy("열쇠 보관인의 차례"),
    "keeper": _lazy("사본 지킴이의 차례"),
    "officer": _lazy("선거관리인의 차례"),
    "exercises": _lazy("예행연습과 잃어버린 열쇠 연습"),
    "record": _lazy("개표 기록지"),
}
DOOR_TITLES = {"clerk": _lazy("투표사무원의 차례")}
"""Where people come in person."""
HALL_TITLES = {
    "hall": _lazy("회의장 투표의 차례"),
    "tally": _lazy("집계표"),
    "minutes": _lazy("개표록"),
}
"""Of a hall vote, which has neither keys nor holders."""


def titles_for(election: Election) -> dict:
    """What is printed for this vote."""
    if election.is_hall:
        return HALL_TITLES
    return TITLES | DOOR_TITLES if is_in_person(election.channels) else TITLES


def guide(
    election: Election, kind: str, *, on: date, holders_file: str = "", fixed: str = ""
) -> Paper:
    """`holders_file` is the hash of the file, `fixed` the hash of the list once it is fixed."""
    parts = PARTS[kind](election, holders_file, fixed)
    facts = Facts([(_("투표"), election.title), *_times(election)])
    title = str((TITLES | DOOR_TITLES | HALL_TITLES)[kind])
    return Paper(title=title, on=on, publisher=election.title, parts=[facts, *parts])


def _times(election) -> list[tuple[str, str]]:
    day = local_day(election.closes_at)
    return [(_("투표 마감"), f"{day.year}. {day.month}. {day.day}.")] if day else []


def _grouped(digest: str) -> str:
    """Sixty-four letters as they are read out: four by four."""
    return " ".join(digest[n : n + 4] for n in range(0, len(digest), 4))


def _file(holders_file) -> list:
    return [
        Heading(_("보관인의 파일이 진짜인지 보기")),
        Text(
            _(
                "누리집의 ‘열쇠 보관인의 파일’ 화면에서 파일을 받아 USB에 저장합니다."
                " 열기 전에 지문을 견줍니다. 글자 하나라도 다르면 쓰지 않습니다."
            )
        ),
        Facts(
            [
                (_("파일의 지문"), _grouped(holders_file)),
                (_("윈도"), "certutil -hashfile maeul-holders.html SHA256"),
                (_("맥"), "shasum -a 256 maeul-holders.html"),
            ]
        ),
    ]


QUIET = _lazy("와이파이와 블루투스를 끄고, 랜선을 뽑고, 휴대전화를 다른 곳에 둡니다.")


def _holder(election, holders_file, _fixed) -> list:
    return [
        Text(
            _(
                "표는 자물쇠 두 개로 잠깁니다. 당신은 그 가운데 하나의 열쇠를 가집니다."
                " 두 보관인의 열쇠가 모두 있어야 표가 열립니다."
            )
        ),
        *_file(holders_file),
        Heading(_("투표 전: 열쇠 만들기")),
        Points(
            [
                _("주민자치회의 노트북을 씁니다. 파일을 잠가 둔 사무실 컴퓨터는 쓰지 않습니다."),
                str(QUIET),
                _("파일을 두 번 눌러 열고 ‘열쇠 만들기’를 고릅니다."),
                _("이름과 비밀말을 적습니다. 비밀말은 열두 글자 이상, 낱말 네다섯 개를 잇습니다."),
                _("열쇠 파일을 내 USB에 저장합니다. 이 USB는 잠긴 서랍에 혼자 둡니다."),
                _("공개 열쇠 파일만 다른 USB로 선거관리인에게 줍니다."),
                _("‘봉해 둘 사본 만들기’로 사본을 만들어 또 다른 USB에 저장합니다."),
                _("사본 USB와 사본의 비밀말을 다른 봉투에 넣고 봉해, 사본 지킴이에게 맡깁니다."),
                _("예행연습을 두 번 합니다. 한 번은 내 열쇠로, 한 번은 사본으로 합니다."),
            ],
            numbered=True,
        ),
        Heading(_("투표하는 동안")),
        Points(
            [
                _("열쇠를 꺼내지 않습니다. 아무도 지금 열쇠가 필요하지 않습니다."),
                _("누가 열쇠나 비밀말을 달라고 하면 주지 말고 선거관리인 두 사람에게 알립니다."),
                _("USB를 잃었거나 비밀말을 잊었으면 바로 알립니다. 사본이 있어 투표는 이어집니다."),
            ]
        ),
        Heading(_("투표가 끝난 뒤: 열기")),
        Points(
            [
                _("목록의 지문을 소리 내어 읽을 때까지 열쇠를 꺼내지 않습니다."),
                str(QUIET),
                _("파일을 열고 ‘표 열기’를 고릅니다. 개표 묶음을 넣고 화면의 지문을 견줍니다."),
                _("바깥 두 곳에 적어 둔 마감 값을 보고 적습니다. 묶음에서 베끼지 않습니다."),
                _("두 사람이 저마다 자기 USB를 꽂고 비밀말을 적습니다. 서로 보지 않습니다."),
                _("결과 파일의 지문을 개표 기록지에 적고 서명합니다."),
                _("다른 컴퓨터에서 명령줄 프로그램으로 한 번 더 엽니다."),
                _("USB를 뽑고, 두 컴퓨터를 끈 다음에 통신을 다시 켭니다."),
            ],
            numbered=True,
        ),
        Heading(_("이의 기간이 지난 뒤")),
        Text(
            _("선거관리인 앞에서 열쇠 USB와 사본 봉투를 없애고, 없앴다는 기록에 함께 서명합니다.")
        ),
        _locks_of(election),
    ]


def _keeper(_election, _holders_file, _fixed) -> list:
    return [
        Text(
            _(
                "보관인이 열쇠를 잃었을 때만 쓰는 사본을 맡았습니다. 사본 지킴이는 보관인도,"
                " 선거관리인도, 누리집을 운영하는 사람도 아닙니다. 한 사람이 두 보관인의 사본을"
                " 함께 맡지 않습니다."
            )
        ),
        Heading(_("맡을 때")),
        Points(
            [
                _("봉투 두 개를 받습니다. 하나에는 사본 USB, 하나에는 사본의 비밀말이 있습니다."),
                _("봉한 자리에 보관인과 함께 서명하고 날짜를 적습니다."),
                _("두 봉투를 서로 다른 잠긴 곳에 둡니다."),
            ],
            numbered=True,
        ),
        Heading(_("맡아 있는 동안")),
        Points(
            [
                _("봉투를 열지 않습니다. 봉한 자리가 뜯겼으면 바로 선거관리인에게 알립니다."),
                _("예행연습 날에는 봉투를 가져와 함께 열고, 끝나면 새 봉투에 봉합니다."),
            ]
        ),
        Heading(_("내줄 때")),
        Points(
            [
                _("두 선거관리인이 함께 와서 까닭을 말할 때만 내줍니다."),
                _("누구에게 언제 왜 내주었는지 아래에 적고 함께 서명합니다."),
                _("열쇠가 필요 없게 되면, 이의 기간이 지난 뒤 봉투째 없앱니다."),
            ],
            numbered=True,
        ),
        _lines([_("날짜"), _("한 일"), _("누구와"), _("서명")], 5),
    ]


def _officer(election, holders_file, _fixed) -> list:
    return [
        Text(
            _(
                "개표와 발표는 두 선거관리인이 함께 합니다. 한 사람은 주민자치회에서 옵니다."
                " 선거관리인은 열쇠를 만지지 않습니다."
            )
        ),
        Heading(_("확정하기 전")),
        Points(
            [
                _("보관인 둘과 사본 지킴이 둘을 정합니다. 선거관리인이나 운영자는 안 됩니다."),
                _("보관인에게서 공개 열쇠를 받아 책상 화면에 등록합니다."),
                _("예행연습을 원본으로 한 번, 사본으로 한 번 하고 나온 낱말을 적습니다."),
                _("마감 값을 적어 둘 바깥 두 곳에 미리 알립니다."),
                _("확정한 다음, 명세에 적힌 파일의 지문이 이 종이와 같은지 봅니다."),
            ],
            numbered=True,
        ),
        Facts([(_("보관인의 파일의 지문"), _grouped(holders_file)), *_places(election)]),
        Heading(_("마감하고 열기")),
        Points(
            [
                _("마감하면 게시판의 마지막 값을 소리 내어 읽고, 바깥 두 곳에 적습니다."),
                _("목록을 확정합니다. 지문을 소리 내어 읽고 개표 기록지를 인쇄해 서명합니다."),
                _("개표 묶음을 USB에 담아 통신을 끈 컴퓨터로 옮깁니다."),
                _("보관인의 파일로 한 번, 다른 컴퓨터의 명령줄 프로그램으로 한 번 엽니다."),
                _("두 결과 파일을 책상 화면에 올립니다. 같아야 다음으로 갑니다."),
                _("다르면 세 번째로 엽니다. 두 결과가 같아질 때까지 아무도 고르지 않습니다."),
                _("두 사람이 저마다 들어와 지문을 보고 확인합니다."),
            ],
            numbered=True,
        ),
        Heading(_("발표한 뒤")),
        Points(
            [
                _("이의 기간이 지나면 열쇠 USB, 사본 봉투, 종이를 함께 없애고 기록합니다."),
                _("그 전에 없애 달라는 말이 있어도 없애지 않습니다."),
            ]
        ),
        _locks_of(election),
    ]


def _clerk(election, _holders_file, _fixed) -> list:
    return [
        Text(
            _(
                "투표소에 오신 분을 확인하고 투표하게 해 드립니다. 화면은 휴대전화에서"
                " ‘투표소 일’로 엽니다. 누가 무엇을 골랐는지는 묻지도 보지도 않습니다."
            )
        ),
        Heading(_("문을 열기 전에")),
        Points(
            [
                _("명부와 서명부를 인쇄해 책상에 둡니다. 네트워크가 끊기면 이것으로 합니다."),
                _("투표 단말마다 등록 번호를 넣고, 화면에 시작 글이 나오는지 봅니다."),
                _("빈 투표함을 오신 분들에게 보이고 봉합니다."),
            ],
            numbered=True,
        ),
        Heading(_("오신 분마다")),
        Points(
            [
                _(
                    "이름이나 명부 번호로 찾거나 휴대전화의 코드를 찍습니다."
                    " 정하는 것은 신분증입니다."
                ),
                _("서명부의 다음 빈 줄에 서명을 받고, 그 줄의 번호가 화면과 같은지 봅니다."),
                _("종이를 고르면 투표용지 한 장을, 단말을 고르면 번호표를 드립니다."),
                _("집에서 이미 투표하신 분도 종이로 다시 할 수 있습니다. 앞의 표는 세지 않습니다."),
                _("번호표는 30분 안에 한 번 씁니다. 새로 드리면 앞의 것은 못 씁니다."),
            ],
            numbered=True,
        ),
        Heading(_("명부에 없는 분")),
        Points(
            [
                _("‘명부에 없는 분’을 열고 사진이 있는 신분증을 보며 적습니다."),
                _("비슷한 이름이 있다고 나오면 기다리게 하지 말고 겉봉투로 투표하게 합니다."),
                _("다른 투표소의 명부에 있는 분도 겉봉투로 투표합니다."),
            ]
        ),
        Heading(_("잘못되었을 때")),
        Points(
            [
                _("다른 분을 확인했으면 바로 책임자를 부릅니다. 두 사람이 함께 되돌립니다."),
                _("네트워크가 끊기면 인쇄한 명부에 있고 서명하지 않은 분만 종이로 투표합니다."),
                _("다시 이어지면 서명부의 줄을 빠짐없이 차례대로 화면에 옮겨 적습니다."),
                _("단말이 멈추면 단말을 다시 켭니다. 같은 분이 다시 해도 한 표만 들어갑니다."),
            ]
        ),
        Heading(_("마감할 때")),
        Points(
            [
                _("줄을 선 분들에게 번호표를 나누어 줍니다. 그분들까지 종이로 투표합니다."),
                _("서명, 나간 용지, 남은 용지, 겉봉투를 세어 마감표에 적고 함께 서명합니다."),
                _("소리 내어 읽고 사진을 찍습니다. 두 사람이 저마다 같은 숫자를 화면에 적습니다."),
                _("투표함은 봉한 채 개표하는 곳으로 두 사람이 함께 옮깁니다."),
            ],
            numbered=True,
        ),
    ]


def _exercises(election, holders_file, _fixed) -> list:
    return [
        *_file(holders_file),
        Heading(_("예행연습: 두 번 합니다")),
        Points(
            [
                _("선거관리인이 책상 화면에서 연습 파일을 받습니다. 원본용, 사본용입니다."),
                str(QUIET),
                _("보관인의 파일에서 ‘예행연습 하기’를 고르고 연습 파일과 두 열쇠를 넣습니다."),
                _("여덟 글자 낱말이 나오면 선거관리인이 책상 화면에 적습니다."),
                _("사본으로도 똑같이 합니다. 사본 지킴이가 봉투를 가져오고, 끝나면 다시 봉합니다."),
                _("낱말이 나오지 않으면 확정하지 않습니다. 열쇠를 처음부터 다시 만듭니다."),
            ],
            numbered=True,
        ),
        Heading(_("연습: 첫째 보관인이 USB를 잃었습니다")),
        Points(
            [
                _("보관인이 두 선거관리인에게 전화로 알립니다."),
                _("두 선거관리인이 함께 사본 지킴이에게 가서 까닭을 말합니다."),
                _("사본 지킴이가 봉한 자리를 함께 보고, 적고, 봉투 두 개를 내줍니다."),
                _("보관인이 보는 앞에서 사본과 둘째 보관인의 열쇠로 연습 파일을 엽니다."),
                _("낱말이 나오면 연습을 마치고, 봉투를 새로 봉해 돌려줍니다."),
            ],
            numbered=True,
        ),
        Heading(_("연습: 비밀말을 잊었습니다")),
        Text(
            _(
                "비밀말은 아무도 되찾아 줄 수 없습니다. 잃어버린 때와 똑같이 사본을 씁니다."
                " 사본의 비밀말은 다른 봉투에 있습니다."
            )
        ),
        Heading(_("연습: 열쇠와 사본을 모두 잃었습니다")),
        Text(
            _(
                "확정하기 전이면 열쇠를 새로 만들고 예행연습을 다시 합니다. 투표를 시작한 뒤라면"
                " 아무도 표를 열 수 없습니다. 투표를 무효로 하고 까닭을 알린 다음, 새 열쇠로 다시"
                " 투표합니다. 그래서 사본을 맡기고 예행연습을 합니다."
            )
        ),
        _lines([_("날짜"), _("연습"), _("나온 낱말"), _("서명")], 4),
    ]


def _record(election, holders_file, fixed) -> list:
    return [
        Text(_("열쇠를 꺼내기 전에 목록의 지문을 소리 내어 읽고, 모두 견준 다음 서명합니다.")),
        Facts(
            [
                (
                    _("확정한 목록의 지문"),
                    _grouped(fixed) or _("아직 확정하지 않았습니다"),
                ),
                (_("보관인의 파일의 지문"), _grouped(holders_file)),
                *_places(election),
            ]
        ),
        Heading(_("연 결과")),
        Table(
            heads=[_("프로그램"), _("컴퓨터"), _("결과 파일의 지문 (앞 열여섯 글자)"), _("연 표")],
            rows=[
                [_("열쇠 보관인의 파일"), "", "", ""],
                [_("명령줄 프로그램"), "", "", ""],
                [_("세 번째 (다를 때만)"), "", "", ""],
            ],
            widths=[3, 2, 4, 2],
        ),
        Points(
            [
                _("[   ] 두 컴퓨터의 통신을 껐습니다."),
                _("[   ] 화면의 목록 지문이 위와 같습니다."),
                _("[   ] 마감 값을 바깥에서 보고 적었습니다."),
                _("[   ] 두 결과가 같다고 책상 화면에 나왔습니다."),
            ]
        ),
        Heading(_("서명")),
        Table(
            heads=[_("맡은 일"), _("이름"), _("서명")],
            rows=[
                *([_("열쇠 보관인"), lock.holder, ""] for lock in election.locks.all()),
                *(
                    [_("선거관리인"), officer.person.name, ""]
                    for officer in election.officers.select_related("person").order_by("pk")
                ),
                *([[_("참관인"), "", ""]] * 3),
            ],
            widths=[2, 3, 3],
        ),
    ]


def _hall(election, _holders_file, _fixed) -> list:
    return [
        Text(
            _(
                "한자리에 모여 종이로 투표하고, 모두의 앞에서 소리 내어 셉니다. 개표인 두 사람은"
                " 서로 편이 다른 사람으로 정합니다."
            )
        ),
        Heading(_("미리 준비하기")),
        Points(
            [
                _("투표용지를 인쇄하고 한 장씩 세어 도장을 찍습니다. 센 수를 적어 둡니다."),
                _("명부와 서명부를 인쇄합니다. 집계표와 개표록도 함께 인쇄합니다."),
                _("개표인 두 사람을 투표사무원으로 정합니다. 편이 다른 사람이어야 합니다."),
            ],
            numbered=True,
        ),
        Heading(_("투표하기")),
        Points(
            [
                _("빈 투표함을 모두에게 보이고 봉합니다."),
                _("신분증을 보고 서명부에 서명받은 다음 투표용지를 한 장 드립니다."),
                _("가리개 안에서 표시하고 접어서 투표함에 넣습니다."),
                _("네트워크가 끊기면 서명부에 서명만 받고, 나중에 옮겨 적습니다."),
            ],
            numbered=True,
        ),
        Heading(_("세기")),
        Points(
            [
                _("마감하고, 책상 화면에서 목록을 확정합니다. 그 전에는 투표함을 열지 않습니다."),
                _("서명을 세고, 투표함을 열어 투표용지를 셉니다. 두 수를 소리 내어 읽습니다."),
                _("한 사람이 한 장씩 읽어 모두에게 보이고, 다른 한 사람이 바를 정(正)을 적습니다."),
                _("안건마다 유효, 기권, 무효를 더해 투표용지의 수와 다르면 다시 셉니다."),
                _("합계를 소리 내어 읽고 집계표와 개표록에 서명한 다음 사진을 찍습니다."),
                _("두 개표인이 서로 보지 않고 합계를 저마다 적습니다. 같아야 정해집니다."),
                _("두 선거관리인이 확인하면 개표가 끝납니다."),
            ],
            numbered=True,
        ),
        Heading(_("그다음")),
        Points(
            [
                _("투표용지를 봉투에 넣어 봉하고 함께 서명합니다. 이의 기간에는 열지 않습니다."),
                _("이의가 받아들여지면 모두의 앞에서 봉투를 열어 다시 셉니다."),
                _("이의 기간이 지나면 투표용지를 없애고 책상 화면에 적습니다."),
            ]
        ),
        Heading(_("이 투표가 하지 못하는 것")),
        Points([str(each) for each in texts.HALL_LOSES]),
    ]


def _tally(election, _holders_file, _fixed) -> list:
    """An empty table for counting aloud, five strokes a box."""
    parts: list = [
        Text(
            _(
                "두 사람이 소리 내어 세며 바를 정(正)을 적습니다."
                " 다 센 다음 서명하고 사진을 찍습니다."
            )
        )
    ]
    if election.is_hall:
        parts.append(_counted(election))
    for question in election.questions.prefetch_related("options"):
        names = [f"{option.number}. {option.title}" for option in question.options.all()]
        rest = [_("유효"), _("기권"), _("무효")] if election.is_hall else [_("기권"), _("무효")]
        parts += [
            Heading(f"{question.position}. {question.title}"),
            Text(str(texts.RULES[Rule(question.rule)])),
            Table(
                heads=[_("고른 것"), _("正"), _("합계")],
                rows=[[name, "", ""] for name in [*names, *rest]],
                widths=[4, 6, 2],
            ),
        ]
    who = [_("개표인"), _("개표인")] if election.is_hall else ["", "", ""]
    parts.append(
        Table(
            heads=[_("맡은 일"), _("센 사람"), _("서명")],
            rows=[[each, "", ""] for each in who],
            widths=[2, 3, 4],
        )
    )
    return parts


def _minutes(election, _holders_file, _fixed) -> list:
    officers = election.officers.select_related("person").order_by("pk")
    return [
        Text(_("센 자리에서 적고 서명합니다. 서명한 것을 찍거나 읽어 들여 합계와 함께 올립니다.")),
        Facts([(_("곳"), "______________________"), (_("센 때"), "______________________")]),
        _counted(election),
        Points(
            [
                _("[   ] 투표하기 전에 빈 투표함을 모두에게 보였습니다."),
                _("[   ] 도장이 찍힌 투표용지만 세었습니다."),
                _("[   ] 한 장씩 소리 내어 읽고 모두에게 보였습니다."),
                _("[   ] 투표용지를 봉하고 함께 서명했습니다."),
            ]
        ),
        Heading(_("그 자리에서 나온 말")),
        _lines([_("누가"), _("무엇을 말했나"), _("어떻게 했나"), _("서명")], 3),
        Heading(_("서명")),
        Table(
            heads=[_("맡은 일"), _("이름"), _("서명")],
            rows=[
                [_("개표인"), "", ""],
                [_("개표인"), "", ""],
                *([_("선거관리인"), officer.person.name, ""] for officer in officers),
                *([[_("참관인"), "", ""]] * 2),
            ],
            widths=[2, 3, 3],
        ),
    ]


def _counted(_election) -> Table:
    """What is counted before any choice is read."""
    return Table(
        heads=[_("먼저 세는 것"), _("수")],
        rows=[[str(texts.TOTALS[name]), ""] for name in hall.WHOLE],
        widths=[4, 3],
    )


PARTS: dict[str, Callable] = {
    "hall": _hall,
    "tally": _tally,
    "minutes": _minutes,
    "holder": _holder,
    "keeper": _keeper,
    "officer": _officer,
    "clerk": _clerk,
    "exercises": _exercises,
    "record": _record,
}


def _places(election) -> list[tuple[str, str]]:
    return [
        (_("마감 값을 적어 둘 곳"), place + " ______________________")
        for place in election.head_places
    ]


def _locks_of(election):
    rows = [
        [lock.holder, _grouped(bytes(lock.public_key).hex())] for lock in election.locks.all()
    ] or [["", ""], ["", ""]]
    return Table(
        heads=[_("보관인"), _("공개 열쇠")],
        rows=rows,
        widths=[1, 3],
        caption=_("등록한 공개 열쇠. 내 화면에 나온 것과 같은지 봅니다."),
    )


def _lines(heads, number) -> Table:
    """Empty lines to write on."""
    return Table(heads=heads, rows=[[""] * len(heads)] * number, widths=[2, 4, 3, 2])
