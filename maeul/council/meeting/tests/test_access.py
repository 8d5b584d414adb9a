import pytest
from django.contrib.auth.models import AnonymousUser

from maeul.council.meeting import access, actions
from maeul.council.meeting.models import FollowUp
from maeul.council.meeting.tests.factories import joint_meeting, plenary
from maeul.council.membership.tests.factories import council_of, subcommittee_of
from maeul.ground.district.tests.factories import DistrictFactory, OtherDongFactory
from maeul.ground.people.tests.factories import PersonFactory, holder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


def test_who_serves_the_dong_calls_and_runs_its_meetings(dong, officer, secretary, soonja, at):
    meeting = joint_meeting(dong, by=secretary, at=at)
    district = holder("구담당", "district_officer", district=DistrictFactory())
    for person in (officer, secretary, district):
        assert access.can_convene(person, dong)
        assert access.can_run(person, meeting)
    neighbour = holder("옆동", "secretary", dong=OtherDongFactory())
    for person in (soonja, neighbour, AnonymousUser()):
        assert not access.can_convene(person, dong)
        assert not access.can_run(person, meeting)


def test_everybody_sees_a_plenary_and_only_members_see_their_subcommittee(
    dong, secretary, soonja, at
):
    open_to_all = plenary(dong, by=secretary, at=at, members=[soonja])
    safety = subcommittee_of(council_of(dong), members=[soonja])
    closed = actions.convene(
        body=safety, kind="subcommittee", starts_at=open_to_all.starts_at, place="방",
        by=secretary, at=at,
    )  # fmt: skip
    for person in (soonja, secretary):
        assert access.can_see(person, closed)
    for person in (PersonFactory(), AnonymousUser()):
        assert access.can_see(person, open_to_all)
        assert not access.can_see(person, closed)


def test_a_thing_to_do_is_settled_by_its_owner_or_whoever_runs_meetings(
    dong, secretary, soonja, minsu, at
):
    meeting = joint_meeting(dong, by=secretary, at=at)
    row = FollowUp(meeting=meeting, body=meeting.body, owner=soonja)
    assert access.can_settle(soonja, row)
    assert access.can_settle(secretary, row)
    assert not access.can_settle(minsu, row)
    assert not access.can_settle(AnonymousUser(), row)
