"""Every month a joint meeting, where sentences are taken up, and a plenary of the council."""

from datetime import timedelta

from maeul.council.meeting import actions as meeting
from maeul.council.meeting.models import FollowUp, Meeting, Topic
from maeul.council.membership.models import Body
from maeul.demo.chapters.voices import recall
from maeul.demo.models import Told
from maeul.demo.play import CHAPTERS, Chapter
from maeul.ground.people.models import Person
from maeul.voice.agenda import actions as agenda
from maeul.voice.agenda.rules import State
from maeul.voice.review import actions as review
from maeul.voice.review.models import Review

JOINT_DAY, PLENARY_DAY = 12, 26
PLACE = "독산1동 주민센터 3층 회의실"


def call_joint(scene):
    """연석회의 is called, ten days ahead."""
    meeting.convene(
        body=Body.objects.joint_of(scene.dong),
        kind="joint",
        starts_at=scene.at.replace(day=JOINT_DAY, hour=19),
        place=PLACE,
        by=scene.who("secretary"),
        at=scene.at,
    )


def hold_joint(scene):
    """What residents said since the last one is talked about; what was promised is settled."""
    by = scene.who("secretary")
    called = _called(Body.objects.joint_of(scene.dong))
    starts_at, told = called.starts_at, _to_talk_about(scene)
    for each in told:
        item = recall(scene, each["key"])
        meeting.put_topic(
            meeting=called,
            title=item.title,
            thread=item.thread,
            brought_by="주민",
            by=by,
            at=starts_at - timedelta(hours=30),
        )
    _come(called, scene, by=by, at=starts_at, share=3)
    meeting.open(meeting=called, by=by, at=starts_at)
    now = starts_at + timedelta(minutes=20)
    for topic in Topic.objects.filter(meeting=called, outcome="").order_by("order"):
        meeting.decide_topic(
            topic=topic,
            outcome="to_review",
            text="부서에 할 수 있는지 묻고, 다듬어서 다음 달에 다시 봅니다.",
            by=by,
            at=now,
        )
        now += timedelta(minutes=10)
    for follow_up in FollowUp.objects.open().of_body(called.body):
        meeting.settle_follow_up(
            follow_up=follow_up,
            state="done",
            result="부서 답을 모아 이 자리에서 알렸습니다.",
            by=by,
            at=now,
        )
    if told:
        meeting.add_follow_up(
            meeting=called,
            text="부서 답을 모아 다음 연석회의에 알리기",
            due_on=(starts_at + timedelta(days=28)).date(),
            owner=by,
            by=by,
            at=now,
        )
    _end(called, by=by, at=now + timedelta(minutes=15))
    _ask_departments(scene, called)


def call_plenary(scene):
    """전체회의 is called, ten days ahead."""
    meeting.convene(
        body=Body.objects.council_of(scene.dong),
        kind="plenary",
        starts_at=scene.at.replace(day=PLENARY_DAY, hour=19),
        place=PLACE,
        topics=["지난달 한 일과 다음 달 할 일", "분과별 보고"],
        by=scene.who("secretary"),
        at=scene.at,
    )


def hold_plenary(scene):
    by = scene.who("secretary")
    called = open_plenary(scene)
    now = called.starts_at + timedelta(minutes=30)
    for topic in Topic.objects.filter(meeting=called).order_by("order"):
        meeting.decide_topic(topic=topic, outcome="heard", text="보고를 들었습니다.", by=by, at=now)
        now += timedelta(minutes=20)
    _end(called, by=by, at=now)


def open_plenary(scene):
    """The council has come together; returns the running meeting."""
    by = scene.who("secretary")
    called = _called(Body.objects.council_of(scene.dong))
    _come(called, scene, by=by, at=called.starts_at, share=5)
    return meeting.open(meeting=called, by=by, at=called.starts_at)


def _called(body):
    return Meeting.objects.of_body(body).filter(state="called").earliest("starts_at")


def _told_so_far(scene):
    known = set(Told.objects.filter(year=scene.year).values_list("key", flat=True))
    return [each for each in scene.told("plan", "hard") if each["key"] in known]


def _to_talk_about(scene):
    """Sentences on their way that no joint meeting has talked about yet."""
    told = _told_so_far(scene)
    return [each for each in told if recall(scene, each["key"]).state == State.TRIAGED]


def _come(called, scene, *, by, at, share):
    """Some of the members come, different ones each month, and the residents of the story."""
    council = Body.objects.council_of(scene.dong)
    members = list(council.members_on(at.date()))
    here = [each for number, each in enumerate(members) if (number + at.month) % 6 < share]
    if called.kind == "joint":
        here += [scene.who(part) for part in ("soonja", "malja", "kisoo")]
    unique = list({person.pk: person for person in here}.values())
    guests = 3 if called.kind == "joint" else 0
    meeting.call_roll(meeting=called, here=unique, guests=guests, by=by, at=at)


def _end(called, *, by, at):
    meeting.close(meeting=called, by=by, at=at)
    meeting.publish_minutes(meeting=called, by=by, at=at + timedelta(hours=1))


def _ask_departments(scene, called):
    """The dong's officer takes up what was decided and asks the departments."""
    officer, asked_at = scene.who("officer"), called.starts_at + timedelta(hours=3)
    by_thread = {recall(scene, each["key"]).thread_id: each for each in _to_talk_about(scene)}
    for topic in Topic.objects.filter(meeting=called, outcome="to_review").order_by("order"):
        if (told := by_thread.get(topic.thread_id)) is None:
            continue
        item = recall(scene, told["key"])
        agenda.take_up(item=item, topic=topic, by=officer, at=asked_at)
        review.ask(
            item=item,
            department=scene.department(told["department"]),
            question="할 수 있는 일인지, 얼마가 드는지 답해 주세요.",
            cost_won=told["asked_won"],
            by=officer,
            at=asked_at,
        )


def answer_reviews(scene):
    """The departments answer what they were asked this month."""
    told = {recall(scene, each["key"]).pk: each for each in _told_so_far(scene)}
    for question in Review.objects.open().order_by("pk"):
        if (each := told.get(question.item_id)) is None:
            continue
        review.answer(
            review=question,
            verdict=each.get("verdict", "infeasible"),
            reason=each["reason"],
            adjusted_cost_won=each["cost_won"] if each.get("verdict") == "adjust" else None,
            by=reviewer_of(question.department),
            at=scene.at,
        )
        if each["fate"] == "hard":
            agenda.decline(
                item=recall(scene, each["key"]),
                reason=each["reason"],
                by=scene.who("officer"),
                at=scene.at + timedelta(hours=2),
            )


def reviewer_of(department):
    return Person.objects.get(roles__kind="reviewer", roles__department=department)


def enter_all():
    """Every month the same round; April's plenary is the plan's (see chapters.plan)."""
    for month in range(1, 13):
        rounds = [
            ("call_joint", "07" if month == 1 else "02", "10:00", call_joint),
            ("hold_joint", f"{JOINT_DAY}", "23:30", hold_joint),
            ("answer_reviews", "28", "15:00", answer_reviews),
        ]
        if month != 4:
            rounds += [
                ("call_plenary", "16", "10:00", call_plenary),
                ("hold_plenary", f"{PLENARY_DAY}", "23:30", hold_plenary),
            ]
        for name, day, clock, play in rounds:
            CHAPTERS.append(
                Chapter(f"meetings.{name}_{month:02}", f"{month:02}-{day}", clock, play)
            )


enter_all()
