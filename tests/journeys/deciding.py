"""From a plan to the announced result of the dong's assembly."""

from maeul.vault.ballot import offline
from maeul.vault.ballot.holders import Holders


def draw_up(stage, *sentences):
    """The secretary writes the plan and takes the reviewed items in, with what they cost."""
    secretary = stage.comes("secretary")
    secretary.goes(f"/plans/dongs/{stage.dong.code}/draw-up/")
    secretary.fills({"어느 해의 계획인가요?": "2026"})
    secretary.presses("시작하기")
    stage.plan = secretary.where.removesuffix("draft/")
    for sentence in sentences:
        secretary.follows(f"담기: {sentence}")
        secretary.presses("담기")
        secretary.reads("계획에 담았습니다")


def call_plenary(stage, *, starts_at):
    secretary = stage.comes("secretary")
    secretary.goes(f"/meetings/in/{stage.dong.code}/call/")
    secretary.chooses("정기 전체회의", of="어떤 회의인가요?")
    secretary.fills(
        {
            "언제 모이나요?": starts_at,
            "어디서 모이나요?": "동 주민센터 3층",
            "다룰 안건": "주민총회의 투표 방법",
        }
    )
    secretary.presses("회의 알리기")
    stage.plenary = secretary.where
    secretary.goes(f"{stage.plan}plenary/")
    secretary.chooses("", of="어느 전체회의에 올릴까요?")
    secretary.presses("안건에 올리기")


def hold_plenary(stage):
    """Enough members are here; the rules of the vote and the plan are carried."""
    secretary = stage.comes("secretary")
    secretary.goes(stage.plenary)
    secretary.follows("회의 진행하기")
    secretary.chooses("해숙", "진호", of="지금 와 있는 사람")
    secretary.fills({"이름을 적지 않은 손님": "0"})
    secretary.presses("출석 저장하기")
    secretary.presses("회의 열기")
    for topic, text in (
        ("주민총회의 투표 방법", "주민총회는 온라인으로 먼저 투표한다"),
        ("자치계획", "2026년 자치계획을 의결한다"),
    ):
        secretary.opens("표결에 부치기")
        secretary.fills({"표결할 문장": text, "어느 안건인가요?": topic})
        secretary.presses("표결에 부치기")
        secretary.fills({"찬성": "2", "반대": "0", "기권": "0"})
        secretary.presses("표결 결과 적기")
        secretary.reads("정해졌습니다.")
        secretary.chooses("의제로 다루기로 함", of="어떻게 하기로 했나요?")
        secretary.presses("결과 적고 다음 안건으로")
    secretary.presses("회의 마치기")
    secretary.presses("회의록 공개하기")


def adopt(stage):
    secretary = stage.comes("secretary")
    secretary.goes(f"{stage.plan}draft/")
    secretary.follows("전체회의 의결 옮기기")
    secretary.chooses("2026년 자치계획을 의결한다", of="이 계획을 의결한 안건")
    secretary.presses("의결 옮기기")
    secretary.reads("이제 누구나 이 계획을 봅니다")


def convene(stage, *, held_on, method="온라인으로"):
    """The assembly is called and its rules are frozen as the plenary decided."""
    secretary = stage.comes("secretary")
    secretary.goes(f"/assemblies/dongs/{stage.dong.code}/")
    secretary.follows("주민총회 잡기")
    secretary.fills({"총회 날": held_on, "곳": "독산초등학교 체육관"})
    secretary.presses("총회 잡기")
    stage.assembly = secretary.where.removesuffix("prepare/")
    secretary.follows("이 일 하기")
    secretary.chooses("주민총회는 온라인으로 먼저 투표한다", of="투표 방법을 정한 전체회의 의결")
    secretary.chooses(method, of="어디서 투표하나요?")
    secretary.presses("규칙 굳히기")


def put_questions(stage):
    """The plan as yes or no; where the dong's money goes as a question with two options."""
    secretary = stage.comes("secretary")
    secretary.goes(stage.plan)
    secretary.goes(f"{stage.plan}table/")
    secretary.chooses("", of="어느 주민총회에 올릴까요?")
    secretary.presses("투표에 올리기")
    officer = stage.comes("officer")
    officer.goes(f"/budget/dongs/{stage.dong.code}/2026/")
    officer.follows("시민참여예산 열기")
    officer.chooses(
        "동단위 시민참여예산 사업 · 시비", "동단위 시민참여예산 사업 · 구비", of="쓸 예산"
    )
    officer.fills({"한도": "10,000,000"})
    officer.presses("열기")
    stage.round = officer.where
    officer.follows("주민총회에 올리기")
    officer.fills({"주민총회": "2026", "한 사람이 고를 수 있는 수": "2"})
    officer.presses("올리기")


def announce(stage, *, listed=None):
    """Announced, the roll built and laid open, also with a list of people without an account."""
    secretary = stage.comes("secretary")
    secretary.goes(f"{stage.assembly}prepare/")
    secretary.follows("이 일 하기")
    secretary.presses("공고하기")
    secretary.follows("이 일 하기")
    secretary.presses("명부 만들기")
    if listed:
        secretary.follows("명단 올리기")
        secretary.fills({"선거인 명단": listed})
        secretary.presses("읽어 보기")
        secretary.presses("모두 명부에 올리기")
    secretary.follows("이 일 하기")
    secretary.presses("열람 시작하기")
    secretary.follows("이 일 하기")
    secretary.chooses("선거관리 담당", of="주민자치회가 정한 선거관리 담당")
    secretary.chooses("동 담당자", of="동 담당자")
    secretary.presses("두 사람 정하기")


def holders(folder):
    """Two people with the holders' file, as it is handed out."""
    return Holders(folder / "holders", page=offline.holders_file())


def prepare_vote(stage, holders):
    """Two officers with the two key holders, who make keys and rehearse on their own computer."""
    officer = stage.comes("officer")
    officer.goes(f"{stage.assembly}prepare/")
    officer.follows("이 일 하기")
    stage.desk = officer.where
    stage.election = stage.desk.removesuffix("desk/")
    (first, first_lock), (second, second_lock) = holders.locks()
    officer.fills(
        {
            "첫째 보관인": first,
            "첫째 공개 열쇠": first_lock.hex(),
            "둘째 보관인": second,
            "둘째 공개 열쇠": second_lock.hex(),
        }
    )
    officer.presses("등록하기")
    for keys, with_copies in (("원본", False), ("사본", True)):
        file = officer.takes(f"연습 파일 받기: {keys}")
        officer.goes(stage.desk)
        word = holders.rehearse(file, with_copies=with_copies)
        officer.fills({"예행연습 낱말": word})
        officer.presses("낱말 확인하기")
        officer.reads("예행연습을 마쳤습니다")
    chair = stage.comes("election_officer")
    chair.goes(stage.desk)
    chair.presses("확정하기")
    chair.reads("이제 아무도 바꿀 수 없습니다")


def vote(stage, key, *, plan, items):
    """On a phone: choose, look again, seal, put it in; the receipt comes."""
    voter = stage.comes(key)
    voter.goes(stage.election)
    voter.follows("투표하기")
    voter.awaits("다음: 확인하기")
    voter.ticks(plan, *items)
    voter.clicks("다음: 확인하기", state="review")
    voter.reads("이렇게 고르셨습니다", *items)
    voter.clicks("투표함에 넣기", until="투표함에 들어갔습니다", state="receipt")
    voter.follows("내 표가 셈에 들어갔는지 보기")


def close_and_open(stage, holders):
    """The hour has struck; the holders open everything with both programs."""
    close(stage)
    fix_list(stage)
    open_ballots(stage, holders)


def close(stage):
    chair = stage.comes("election_officer")
    chair.goes(stage.desk)
    chair.presses("지금 마감하기")


def fix_list(stage):
    chair = stage.comes("election_officer")
    chair.goes(stage.desk)
    chair.presses("목록 확정하기")


def open_ballots(stage, holders):
    """The holders open the list with both programs; two officers see that both say the same."""
    chair = stage.comes("election_officer")
    chair.goes(stage.desk)
    head = chair.page.locator("aside p", has_text="게시판의 마지막 값").locator("code").inner_text()
    parcel = chair.takes("개표 묶음 받기")
    for result in holders.open(parcel, head=head):
        file = {"name": "opened.json", "mimeType": "application/json", "buffer": result}
        chair.fills({"개표 결과 파일": file})
        chair.presses("결과 올리기")
    chair.presses("같습니다. 확인합니다")
    officer = stage.comes("officer")
    officer.goes(stage.desk)
    officer.presses("같습니다. 확인합니다")


def count_and_publish(stage):
    officer, chair = stage.comes("officer"), stage.comes("election_officer")
    officer.goes(stage.desk)
    officer.fills({"추첨 숫자": "3 11 19 24 40 41"})
    officer.presses("적기")
    officer.presses("표 세기")
    officer.presses("발표에 동의하기")
    chair.goes(stage.desk)
    chair.presses("발표에 동의하기")
    chair.follows("결과 보기")


def announce_result(stage):
    secretary = stage.comes("secretary")
    secretary.goes(f"{stage.assembly}prepare/")
    secretary.follows("이 일 하기")
    secretary.presses("결과 알리기")
    secretary.follows("이 일 하기")
    secretary.fills({"회의록": "14시에 열어 17시에 닫았습니다. 결과를 함께 들었습니다."})
    secretary.presses("공개하기")


def read_why(stage, key, *sentences):
    """Everybody reads why an item won and another did not."""
    person = stage.comes(key)
    person.goes(stage.assembly)
    person.reads("주민 5명이", *sentences)


def send_plan_to_mayor(stage):
    secretary = stage.comes("secretary")
    secretary.goes(stage.plan)
    for link, button in (("총회 결과 받기", "결과 받기"), ("구청장에게 내기", "내기")):
        secretary.follows(link)
        secretary.presses(button)


def reply(stage):
    """The mayor's office answers what the assembly chose."""
    mayor = stage.comes("mayor_office")
    mayor.goes("/work/")
    mayor.follows("사업마다 답하기")
    mayor.follows("답하기")
    mayor.chooses("반영", of="어떻게 하나요?")
    mayor.presses("답 내기")
    secretary = stage.comes("secretary")
    secretary.goes(stage.plan)
    secretary.follows("시행")
    secretary.presses("시행하기")
