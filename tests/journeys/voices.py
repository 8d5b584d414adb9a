"""From a sentence on a phone to a department's answer."""

import io

from PIL import Image


def picture(name, colour="navy"):
    """A photo as a phone takes it."""
    file = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(file, "JPEG")
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def speak(stage, key, sentence, *, place):
    """A resident says a sentence with a photo and a place; the answer says what happens next."""
    person = stage.comes(key)
    person.goes("/agenda/new/")
    person.fills({"무엇을 바꾸고 싶으세요?": sentence, "어디 이야기인가요?": place})
    person.chooses("길과 안전", of="어떤 일인가요?")
    person.chooses("이름과 함께", of="이름을 어떻게 보일까요?")
    person.fills({"사진이 있나요?": picture("들머리")})
    person.presses("보내기")
    person.reads(sentence, "잘 받았습니다", "동 담당자가 읽고 알림으로 답합니다")
    return person.where


def triage(stage, *sentences):
    officer = stage.comes("officer")
    for sentence in sentences:
        officer.goes("/agenda/work/")
        officer.follows(f"살펴보고 답하기: {sentence}")
        officer.presses("의제로 받기")
        officer.reads("의제로 받아 공개했습니다")


def support_and_offer_help(stage, item):
    minsu = stage.comes("minsu")
    minsu.goes(item)
    minsu.presses("공감")
    minsu.follows("도움 보태기")
    minsu.chooses("일손", of="무엇으로 도울 수 있나요?")
    minsu.fills({"조금 더 알려 주세요": "토요일 오전에 두 시간", "언제까지": "2026-12-31"})
    minsu.presses("도움 알리기")
    minsu.reads("고맙습니다", "내가 알린 도움")


def call_joint_meeting(stage, *sentences, starts_at):
    """The secretary calls the joint meeting and puts the matters on its list."""
    secretary = stage.comes("secretary")
    secretary.goes(f"/agenda/desk/{stage.dong.code}/")
    secretary.follows("연석회의 알리기")
    secretary.chooses("연석회의", of="어떤 회의인가요?")
    secretary.fills({"언제 모이나요?": starts_at, "어디서 모이나요?": "동 주민센터 2층"})
    secretary.presses("회의 알리기")
    for sentence in sentences:
        secretary.goes(f"/agenda/desk/{stage.dong.code}/")
        secretary.presses(f"안건으로 올리기: {sentence}")


def hold_joint_meeting(stage, *sentences):
    """Open, tick who is here, decide each topic, close, publish the minutes."""
    secretary = stage.comes("secretary")
    secretary.goes(f"/agenda/desk/{stage.dong.code}/")
    secretary.follows("동 주민센터 2층")
    secretary.follows("회의 진행하기")
    secretary.chooses("해숙", of="지금 와 있는 사람")
    secretary.fills({"더 온 사람의 전자우편": "soonja@example.org", "이름을 적지 않은 손님": "4"})
    secretary.presses("출석 저장하기")
    secretary.presses("회의 열기")
    for sentence in sentences:
        secretary.reads(sentence)
        secretary.chooses("부서 검토로 보내기로 함", of="어떻게 하기로 했나요?")
        secretary.presses("결과 적고 다음 안건으로")
    secretary.presses("회의 마치기")
    secretary.presses("회의록 공개하기")


def take_up_and_ask(stage, *sentences):
    """The dong's officer takes over what the meeting decided and asks the department."""
    officer = stage.comes("officer")
    for sentence in sentences:
        officer.goes(f"/agenda/desk/{stage.dong.code}/")
        officer.presses(f"옮겨 적기: {sentence}")
        officer.goes("/review/")
        officer.follows(f"부서에 묻기: {sentence}")
        officer.fills(
            {
                "어느 부서에 물을까요?": str(stage.department),
                "무엇을 묻나요?": "할 수 있는 일인지, 얼마가 드는지 알려 주세요.",
                "어림한 비용": "9,000,000",
            }
        )
        officer.presses("묻기")


def answer(stage, costs):
    """The reviewer answers each: it can be done, for less."""
    reviewer = stage.comes("reviewer")
    for sentence, cost in costs.items():
        reviewer.goes("/review/")
        reviewer.follows(f"답하기: {sentence}")
        reviewer.chooses("고쳐서 할 수 있음", of="어떻게 판단했나요?")
        reviewer.fills(
            {
                "주민이 읽을 까닭": "낮은 등으로 바꾸면 더 적은 돈으로 할 수 있습니다.",
                "조정한 비용": cost,
            }
        )
        reviewer.presses("답 공개하기")
