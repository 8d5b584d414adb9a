"""Who comes on the day, what each of them wants, and what lies on the tables beside the phones.

A table has what no computer knows: its signature list, the sheets it gave and got back, its box.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

YES, NO = "찬성", "반대"
PLAN, PLACE = "독산1동 자치계획", "어디부터 고칠까요?"
BENCH, LAMPS, GARDEN = "그늘 의자", "밤길 조명", "골목 화분"
ORDER = {YES: 1, NO: 2, BENCH: 1, LAMPS: 2, GARDEN: 3}

# With an account: minsu, soonja, yeonju, jinho, haesook.  On a list of the dong: these twenty.
LISTED = [
    *("가혜숙", "나보미", "다솜이", "마루한", "바다솔", "사랑해솔", "아라빛"),
    *("자연빛", "차오름", "카라빛", "타래실", "파란솔", "하늬솔", "거북솔", "너울빛"),
    *("더불솔", "머루빛", "버들솔", "서리빛", "어진솔"),
]
WALK_INS = [
    *("류하늘", "감나래", "겨레빛", "고운솔", "구슬빛", "그루솔", "기쁨빛"),
    *("노을솔", "누리빛", "단비솔", "도담빛", "두리솔", "라온빛", "로운솔", "모란빛"),
]
NEAR_NAME = "유하늘"  # the same family name, written as it is said
FIRST, HALL = "주민센터", "총회장"


def born_on(name):
    """Nobody shares a birthday; the one who comes twice has one."""
    known = "류하늘" if name == NEAR_NAME else name
    number = [*LISTED, *WALK_INS].index(known)
    return date(1940 + number, number % 12 + 1, number % 28 + 1)


@dataclass
class Table:
    """One booth: its people, its list on paper, its sheets."""

    name: str
    number: int
    clerk: str
    signed: dict[int, str] = field(default_factory=dict)
    given: int = 0
    back: int = 0
    outer: int = 0
    box: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def next_line(self):
        return max(self.signed, default=0) + 1

    def gives_a_sheet(self, chosen):
        """It goes into the box, as it is."""
        self.given += 1
        self.box.append(chosen)

    def counts(self):
        """What is signed on paper at closing."""
        return {
            "서명부의 서명": str(sum(map(bool, self.signed.values()))),
            "내준 투표용지": str(self.given),
            "쓰지 않고 돌려받은 투표용지": str(self.back),
            "겉봉투": str(self.outer),
        }


@dataclass
class Day:
    """What everybody chose, to be compared with what is counted."""

    tables: dict[str, Table]
    sealed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The last electronic ballot of each person that is to count."""
    struck: int = 0
    """Sheets in a box of somebody who was nobody on the roll."""

    def at(self, name):
        return self.tables[name]

    def expected(self):
        sheets = [chosen for table in self.tables.values() for chosen in table.box]
        return Counter(title for chosen in [*self.sealed.values(), *sheets] for title in chosen)

    def people(self):
        sheets = sum(len(table.box) for table in self.tables.values())
        return len(self.sealed) + sheets - self.struck


def said(chosen):
    """As a ballot holds it."""
    plan = sorted(ORDER[title] for title in chosen if title in (YES, NO))
    places = sorted(ORDER[title] for title in chosen if title not in (YES, NO))
    return {"q1": plan, "q2": places}
