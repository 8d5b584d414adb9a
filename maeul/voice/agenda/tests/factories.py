"""Items as far along as a test needs them, built through the actions."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from maeul.core import upload
from maeul.council.meeting import actions as meetings
from maeul.council.meeting.tests.factories import joint_meeting, opened
from maeul.ground.people.models import Person
from maeul.ground.people.tests.factories import PersonFactory, holder
from maeul.voice.agenda import actions
from maeul.voice.agenda.rules import Category, Outcome, State

WHEN = datetime(2026, 5, 11, 1, tzinfo=UTC)  # a day before the `at` of the tests
FAR = date(2040, 1, 1)

WAY = [
    (State.TRIAGED, lambda item, how: actions.triage(item=item, category=Category.ROADS, **how)),
    (State.IN_REVIEW, lambda item, how: actions.send_to_review(item=item, **how)),
    (State.REVIEWED, lambda item, how: actions.mark_reviewed(item=item, **how)),
    (State.DRAFTED, lambda item, how: actions.draft(item=item, **how)),
    (State.TABLED, lambda item, how: actions.table(item=item, **how)),
    (State.DECIDED, lambda item, how: actions.decide(item=item, outcome=Outcome.CHOSEN, **how)),
]


def staff_of(dong):
    """The one officer who moves the items of the tests' scenes."""
    found = Person.objects.filter(email=f"agenda-staff-{dong.code}@example.org").first()
    if found is None:
        found = holder("의제담당", "dong_officer", dong=dong)
        found.email = f"agenda-staff-{dong.code}@example.org"
        found.save()
    return found


def said(dong, *, title="시장 입구 건널목 신호를 길게", author=None, at=WHEN, **more):
    """A sentence nobody has read yet.  Needs the fixture `law`."""
    return actions.capture(title=title, dong=dong, by=author or PersonFactory(), at=at, **more)


def item_in(dong, state=State.TRIAGED, **more):
    """An item brought along the way to a state: `item_in(dong, "reviewed", title="…")`.

    Beside the states, "not_chosen" and "again" are ways a decision went.
    """
    item = said(dong, **more)
    how = {"by": staff_of(dong), "at": more.get("at", WHEN) + timedelta(minutes=1)}
    if state == State.CAPTURED:
        return item
    if state == State.DECLINED:
        return actions.decline(item=item, reason="구의 땅이 아닙니다.", **how)
    if state == State.FIXED:
        return actions.fix(item=item, answer="고쳤습니다.", **how)
    if state == State.MERGED:
        return actions.merge(item=item, into=item_in(dong, title="함께 모은 의제"), **how)
    if state == State.WITHDRAWN:
        return actions.withdraw(item=item, by=item.author, at=how["at"])
    if state in (Outcome.NOT_CHOSEN, Outcome.AGAIN):
        tabled = _brought(item, State.TABLED, how)
        return actions.decide(item=tabled, outcome=state, **how)
    if state == State.PARKED:
        item = _brought(item, State.TRIAGED, how)
        return actions.park(item=item, reason="겨울에 봅니다.", until=FAR, **how)
    return _brought(item, state, how)


def _brought(item, state, how):
    for reached, go in WAY:
        item = go(item, how)
        if reached == state:
            return item
    raise ValueError(f"the way does not lead to {state}")


def offer_of(person, dong):
    """A standing offer of help."""
    item = item_in(dong)
    return actions.offer_help(item=item, kind="hands", until=FAR, by=person, at=WHEN)


def walk_in(dong, *, title="공원 의자가 부서졌어요", reach="화요일 노래교실", at=WHEN):
    """What somebody without an account said at the desk."""
    return actions.write_down(
        title=title, dong=dong, source="desk", reach=reach, by=staff_of(dong), at=at
    )


def photo_address(dong):
    """The arguments of the address of a picture of a public item."""
    drawn = BytesIO()
    Image.new("RGB", (4, 3), "teal").save(drawn, "PNG")
    file = SimpleUploadedFile("담장.png", drawn.getvalue(), "image/png")
    item = item_in(dong, photos=[upload.check(file)])
    return [item.number, item.photos.get().pk]


def topic_decided(dong, outcome="take_up"):
    """What the joint meeting decided about an item, not taken over yet."""
    how = {"by": staff_of(dong), "at": WHEN + timedelta(hours=1)}
    meeting = joint_meeting(dong, **how)
    topic = actions.bring_to_meeting(item=item_in(dong), meeting=meeting, **how)
    opened(meeting, by=how["by"])
    return meetings.decide_topic(topic=topic, outcome=outcome, by=how["by"], at=meeting.starts_at)
