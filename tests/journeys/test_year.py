"""The village year: one sentence, from a phone at dusk to the page where its last receipt lies.

Seven roles walk it page by page, once on a phone and once at 200 % type.
"""

import pytest

from tests.journeys import carrying_out, deciding, voices

pytestmark = [
    pytest.mark.proof,  # minutes long
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

LAMPS = "안양천 산책길 들머리가 해가 지면 너무 어둡습니다"
BENCH = "버스를 기다리는 어르신이 앉을 그늘 의자가 없습니다"


def test_a_sentence_goes_through_the_whole_year(stage, tmp_path):
    day = stage.clock.turn_to

    day(2026, 3, 3, 19)
    lamps = voices.speak(stage, "soonja", LAMPS, place="안양천 들머리 세 곳")
    voices.speak(stage, "minsu", BENCH, place="독산1동 정류장 네 곳")
    day(2026, 3, 5)
    voices.triage(stage, LAMPS, BENCH)
    voices.support_and_offer_help(stage, lamps)
    voices.call_joint_meeting(stage, LAMPS, BENCH, starts_at="2026-03-19T19:00")
    day(2026, 3, 19, 19)
    voices.hold_joint_meeting(stage, LAMPS, BENCH)
    day(2026, 3, 20)
    voices.take_up_and_ask(stage, LAMPS, BENCH)
    day(2026, 3, 30)
    voices.answer(stage, {LAMPS: "8,600,000", BENCH: "9,800,000"})

    day(2026, 4, 2)
    deciding.draw_up(stage, LAMPS, BENCH)
    deciding.call_plenary(stage, starts_at="2026-04-10T19:00")
    day(2026, 4, 10, 19)
    deciding.hold_plenary(stage)
    day(2026, 4, 13)
    deciding.adopt(stage)
    deciding.convene(stage, held_on="2026-06-06")
    deciding.put_questions(stage)
    day(2026, 4, 20)
    deciding.announce(stage)
    day(2026, 5, 6)  # the roll has lain open
    deciding.prepare_vote(stage, holders := deciding.holders(tmp_path))
    day(2026, 5, 30, 20)
    deciding.vote(stage, "soonja", plan="찬성", items=[BENCH])
    deciding.vote(stage, "yeonju", plan="반대", items=[BENCH])
    day(2026, 5, 31, 9)
    deciding.vote(stage, "soonja", plan="찬성", items=[LAMPS])  # thought better of it
    for key in ("minsu", "haesook", "jinho"):
        deciding.vote(stage, key, plan="찬성", items=[LAMPS])
    day(2026, 6, 6, 17, 1)
    deciding.close_and_open(stage, holders)
    deciding.count_and_publish(stage)
    day(2026, 6, 8)
    deciding.announce_result(stage)
    deciding.read_why(stage, "soonja", "1번째 차례였고, 남은 예산 1,000만원에 들어갔습니다.")
    deciding.send_plan_to_mayor(stage)
    day(2026, 6, 20)
    deciding.reply(stage)

    day(2026, 6, 22)
    carrying_out.allocate(stage)
    day(2026, 7, 1)
    carrying_out.start_project(stage)
    day(2026, 7, 6)
    carrying_out.grant(stage)
    carrying_out.plan_work(stage)
    day(2026, 8, 4)
    carrying_out.spend(stage)
    day(2026, 10, 30)
    carrying_out.finish(stage)
    day(2026, 11, 12)
    carrying_out.settle(stage)
    day(2027, 1, 12)
    carrying_out.publish_yearbook(stage)
    carrying_out.read_the_whole_way(stage, LAMPS)
