"""From the chosen item's money to the last won that comes back, and the book of the year."""

import io

from pypdf import PdfReader

from tests.journeys.voices import picture


def allocate(stage):
    officer = stage.comes("officer")
    officer.goes(stage.round)
    officer.presses("선정된 일에 배정하기")
    officer.reads("860만원을 배정했고")


def start_project(stage):
    """A neighbour leads it; the money comes as a grant."""
    officer = stage.comes("officer")
    officer.goes(f"/projects/dongs/{stage.dong.code}/2026/")
    officer.follows("사업 시작하기")
    officer.fills(
        {
            "사업 이름": "산책길 낮은 등",
            "무엇을 하나요?": "들머리 세 곳에 낮은 등을 답니다.",
            "맡아 이끄는 사람": "해숙",
            "시작하는 날": "2026-07-01",
            "끝나는 날": "2026-11-30",
        }
    )
    officer.chooses("보조금으로 받아 씀", of="돈을 쓰는 방식")
    officer.presses("시작하기")
    stage.project = officer.where


def grant(stage):
    """Requested by the lead, decided and prepared by one officer, paid by another."""
    lead = stage.comes("haesook")
    lead.goes("/work/")
    lead.follows("교부신청하기")
    lead.presses("신청하기")
    stage.grant = lead.where
    first = stage.comes("district_officer")
    first.goes(stage.grant)
    first.follows("교부 결정하기")
    first.fills({"조건": "11월까지 마치고 정산합니다."})
    first.presses("결정하기")
    first.follows("교부 준비하기")
    first.fills({"재원": "시비", "금액": "8,600,000"})
    first.presses("준비하기")
    second = stage.comes("second_district_officer")
    second.goes(stage.grant)
    second.follows("교부 확인하기")
    second.fills({"이체한 날": "2026-07-06", "이체 확인 파일": picture("이체확인증", "white")})
    second.presses("확인하고 교부하기")
    second.reads("장부에 적었습니다")


def plan_work(stage):
    lead = stage.comes("haesook")
    lead.goes(stage.project)
    lead.follows("세목 적기")
    lead.fills({"세목": "재료비", "금액": "8,600,000"})
    lead.presses("적기")
    lead.follows("할 일 적기")
    lead.fills({"할 일": "등 달기", "언제까지 하나요?": "2026-09-30"})
    lead.presses("적기")
    lead.follows("함께할 분 모시기")
    lead.fills({"함께할 분": "민수", "맡은 일": "등 다는 날 일손"})
    lead.presses("모시기")


def spend(stage):
    """The lead hands in a receipt with its photo; the dong's officer looks and confirms."""
    lead = stage.comes("haesook")
    lead.goes(stage.project)
    lead.follows("영수증 올리기")
    lead.fills(
        {
            "세목": "재료비",
            "어느 돈으로 냈나요?": "시비",
            "무엇을 샀나요?": "낮은 등 450,000원 × 12개",
            "산 곳": "한내조명",
            "합계": "5,400,000",
            "낸 날": "2026-08-03",
            "증빙 종류": "카드전표",
            "증빙 파일": picture("영수증", "white"),
        }
    )
    lead.chooses("보조금 전용카드", of="낸 방법")
    lead.presses("올리기")
    stage.receipt = lead.where
    officer = stage.comes("officer")
    officer.goes(stage.receipt)
    officer.presses("지출 확인하기")


def finish(stage):
    lead = stage.comes("haesook")
    lead.goes(stage.project)
    lead.follows("‘등 달기’ 마쳤다고 적기")
    lead.fills({"어떻게 되었나요?": "이웃 여섯이 함께 달았습니다."})
    lead.presses("마쳤습니다")
    lead.follows("이자 적기")
    lead.fills(
        {
            "어느 통장인가요?": "시비",
            "금액": "1,234",
            "날짜": "2026-10-30",
            "은행 통지 파일": picture("이자", "white"),
        }
    )
    lead.presses("적기")
    lead.goes(stage.project)
    lead.follows("사업 마치기")
    lead.fills({"무엇을 이루었나요?": "들머리 세 곳이 밝아졌습니다."})
    lead.presses("마치기")


def settle(stage):
    """Settled with the officer, the rest and the interest paid back, the grant closed."""
    lead = stage.comes("haesook")
    lead.goes(stage.project)
    lead.follows("정산서 내기")
    lead.presses("정산서 내기")
    stage.settlement = lead.where
    officer = stage.comes("officer")
    officer.goes(stage.settlement)
    officer.presses("정산 확인하기")
    lead.goes(stage.settlement)
    lead.reads("3,201,234원을 돌려주어야")
    lead.follows("반납 적기")
    lead.fills({"반납한 날": "2026-11-12", "반납 확인 파일": picture("반납", "white")})
    lead.presses("반납했습니다")
    lead.goes(stage.settlement)
    lead.reads("돌려줄 돈은 모두 돌려주었습니다")
    district = stage.comes("district_officer")
    district.goes(stage.grant)
    district.follows("보조금 마감하기")
    district.presses("마감하기")
    lead.goes(stage.project)
    lead.follows("성과 나누기")
    lead.fills({"이웃에게 들려줄 이야기": "이제 저녁에도 걷습니다."})
    lead.presses("나누기")


def publish_yearbook(stage):
    """The secretary publishes the year; a resident takes the book home."""
    secretary = stage.comes("secretary")
    secretary.goes(f"/yearbooks/{stage.dong.code}/2026/")
    secretary.follows("기록물 펴내기")
    secretary.fills({"펴내는 말": "함께 밝힌 한 해였습니다."})
    secretary.presses("펴내기")
    secretary.reads("함께 밝힌 한 해였습니다.")
    minsu = stage.comes("minsu")
    minsu.goes(f"/yearbooks/{stage.dong.code}/2026/")
    book = PdfReader(io.BytesIO(minsu.receives("PDF로 받기")))
    assert "함께 밝힌 한 해였습니다." in "".join(page.extract_text() for page in book.pages)


def read_the_whole_way(stage, sentence):
    """The one who spoke first finds the matter, its whole way, and on it the receipt."""
    soonja = stage.comes("soonja")
    soonja.goes("/search/")
    soonja.fills({"찾을 말": "산책길 들머리"})
    soonja.presses("찾기")
    soonja.follows(f"첫 문장부터 지금까지: {sentence}")
    soonja.reads("한 문장을 보냈습니다", "주민이 선정했습니다", "성과를 나누었습니다")
    soonja.follows("낮은 등 450,000원 × 12개에 5,400,000원을 썼습니다")
    assert soonja.where == stage.receipt
    soonja.reads("한내조명", "5,400,000원")
