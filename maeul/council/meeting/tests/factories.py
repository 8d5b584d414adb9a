from datetime import timedelta

from maeul.council.meeting import actions
from maeul.council.membership.tests.factories import council_of, joint_of


def joint_meeting(dong, *, by, at, topics=(), on=None):
    """A joint meeting called at `at` for the same hour of the day `on`, or a week later."""
    return actions.convene(
        body=joint_of(dong),
        kind="joint",
        starts_at=on or at + timedelta(days=7),
        place="주민센터 3층",
        topics=topics,
        by=by,
        at=at,
    )


def plenary(dong, *, by, at, members=3, topics=(), kind="plenary", **more):
    """A plenary called with the least notice, of a council with so many members."""
    return actions.convene(
        body=council_of(dong, members=members),
        kind=kind,
        starts_at=at + timedelta(days=7),
        place="주민센터 3층",
        topics=topics,
        by=by,
        at=at,
        **more,
    )


def opened(meeting, *, by, here=None):
    """The meeting, opened on its day with `here` people (all members when not said)."""
    at = meeting.starts_at
    for person in meeting.members_in_office() if here is None else here:
        actions.attend(meeting=meeting, person=person, by=by, at=at)
    return actions.open(meeting=meeting, by=by, at=at)
