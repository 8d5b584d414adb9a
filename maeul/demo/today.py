"""So that a visitor can vote at once: another dong's assembly is open whenever the demo starts."""

from datetime import timedelta

from django.db import transaction

from maeul.council.meeting import actions as meeting
from maeul.council.meeting.models import Topic
from maeul.council.membership import actions as membership
from maeul.council.membership.models import Body
from maeul.decision.assembly import actions as assembly
from maeul.decision.assembly.models import Assembly
from maeul.demo.chapters.assembly import cast_some, prepare
from maeul.demo.models import Cast
from maeul.demo.play import HOME
from maeul.demo.scene import Scene
from maeul.ground.district.models import Dong
from maeul.ground.people import actions as people
from maeul.vault.ballot.models import Election

RESIDENTS, MEMBERS, EARLY_VOTES = 120, 12, 46
NAMES = ("가람", "누리", "단비", "로운", "미르", "보람", "새봄", "아라", "조은", "한별")
WISHES = (
    "골목마다 작은 화분을 놓아요",
    "저녁에 아이들과 걷는 길을 밝혀요",
    "혼자 사는 이웃과 한 달에 한 번 밥을 먹어요",
    "동네 옛 사진을 모아 전시해요",
)


def open_a_vote(now, *, say):
    """Open an assembly in the next dong that has had none this year, when no vote is open.

    It is played through the same actions, begun far enough back that every notice period is kept.
    """
    if Election.objects.open_at(now).exists():
        return
    held = Assembly.objects.filter(year=now.year).values("dong")
    dong = Dong.objects.in_order().exclude(code=HOME).exclude(pk__in=held).first()
    if dong is None:
        say("Every dong has held its assembly of this year: no vote is open.")
        return
    say(f"Opening an assembly in {dong}: a visitor can vote at once.")
    with transaction.atomic():
        _open(Scene(dong=dong, year=now.year, at=now, first=False), now)


def _open(scene, now):
    dong = scene.dong
    begun = now - timedelta(days=50)
    cast = _people(dong, begun)
    council = _council(dong, cast, begun)
    by = cast["secretary"]
    opens_at = (now - timedelta(hours=5)).replace(minute=0, second=0, microsecond=0)
    held_on = (now + timedelta(days=6)).date()
    closes_at = opens_at.replace(hour=16) + timedelta(days=(held_on - opens_at.date()).days)
    held = assembly.convene(
        dong=dong,
        year=now.year,
        number=now.year - 2017,
        held_on=held_on,
        place=f"{dong} 주민센터 강당",
        by=by,
        at=begun,
    )
    motion = _plenary(council, held, by, now)
    wishes = Topic.objects.filter(meeting=motion.meeting, title__in=WISHES).order_by("order")
    assembly.freeze_rules(
        assembly=held,
        motion=motion,
        opens_at=opens_at,
        closes_at=closes_at,
        by=by,
        at=now - timedelta(days=36),
    )
    decided_at = now - timedelta(days=35)
    assembly.put(
        assembly=held,
        kind="choose",
        title="내년에 함께할 일 두 가지를 골라 주세요",
        options=[(topic.thread, topic.title, None) for topic in wishes],
        at_most=2,
        seats=2,
        by=by,
        at=decided_at,
    )
    assembly.put(
        assembly=held,
        kind="yes_no",
        title="주민총회를 한 해에 두 번 여는 데 찬성하십니까?",
        options=[],
        thread=held.thread,
        by=by,
        at=decided_at,
    )
    assembly.announce(assembly=held, by=by, at=decided_at)
    officer_scene = Scene(dong=dong, year=now.year, at=opens_at - timedelta(days=1), first=False)
    prepare(
        held,
        officer_scene,
        from_council=cast["election_officer"],
        from_office=cast["dong_officer"],
        secretary=by,
    )
    cast_some(held, until=now, count=EARLY_VOTES, skip=cast["visitor"])
    people.offer_demo_sign_in(
        person=cast["visitor"],
        key="voter",
        label=f"{dong} 주민 (지금 투표할 수 있습니다)",
        by="system",
        at=now,
    )


def _people(dong, at):
    """The dong's staff and residents; those of the story keep their parts."""
    cast = {}
    for role, name in (
        ("dong_officer", "동 담당"),
        ("secretary", "간사"),
        ("election_officer", "선거관리"),
    ):
        cast[role] = _join(dong, role, f"{dong} {name}", at)
        people.give_role(
            person=cast[role], kind=role, from_on=at.date(), dong=dong, by="system", at=at
        )
    cast["residents"] = []
    for number in range(RESIDENTS):
        person = _join(dong, f"resident{number}", NAMES[number % len(NAMES)], at, number)
        standing = people.state_standing(
            person=person, dong=dong, kind="resident", by=person, at=at
        )
        people.verify_standing(
            standing=standing, document="주민등록증", by=cast["dong_officer"], at=at
        )
        cast["residents"].append(person)
    cast["visitor"] = cast["residents"][-1]
    return cast


def _join(dong, part, name, at, number=0):
    part = f"{dong.code}_{part}"
    person = people.join(
        email=f"{part}@example.org",
        password=None,
        name=name,
        born_on=at.date().replace(year=1950 + number % 55, day=1),
        consents=("privacy",),
        email_verified=True,
        at=at,
    )
    Cast.objects.create(part=part, person=person)
    return person


def _council(dong, cast, at):
    council = membership.found(
        kind="council", dong=dong, name="주민자치회", by=cast["dong_officer"], at=at
    )
    start = at.date().replace(year=at.year - at.year % 2, month=1, day=1)
    membership.begin_term(council=council, number=5, from_on=start, by=cast["dong_officer"], at=at)
    for person in cast["residents"][:MEMBERS]:
        membership.seat(
            body=council, person=person, from_on=at.date(), by=cast["dong_officer"], at=at
        )
    return Body.objects.council_of(dong)


def _plenary(council, held, by, now):
    """The council's plenary sets method and rules (art. 23(2))."""
    starts_at = (now - timedelta(days=38)).replace(hour=19, minute=0, second=0, microsecond=0)
    called = meeting.convene(
        body=council,
        kind="plenary",
        starts_at=starts_at,
        place=f"{held.dong} 주민센터 회의실",
        topics=WISHES,
        by=by,
        at=starts_at - timedelta(days=9),
    )
    here = list(council.members_on(starts_at.date()))[:-2]
    meeting.call_roll(meeting=called, here=here, guests=0, by=by, at=starts_at)
    meeting.open(meeting=called, by=by, at=starts_at)
    for topic in Topic.objects.filter(meeting=called).order_by("order"):
        meeting.decide_topic(
            topic=topic,
            outcome="heard",
            text="총회에서 함께 고르기로 했습니다.",
            by=by,
            at=starts_at,
        )
    moved = meeting.move(
        meeting=called,
        text="온라인으로 한 주 동안 투표하고, 두 가지까지 고른다.",
        thread=held.thread,
        by=by,
        at=starts_at,
    )
    voted = meeting.vote_on(motion=moved, yes=len(here) - 1, no=1, abstain=0, by=by, at=starts_at)
    meeting.close(meeting=called, by=by, at=starts_at + timedelta(hours=1))
    meeting.publish_minutes(meeting=called, by=by, at=starts_at + timedelta(hours=2))
    voted.refresh_from_db()
    return voted
