from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from maeul.core.refusal import Refused
from maeul.council.membership import access, actions
from maeul.council.membership.models import Body, Office, Seat
from maeul.council.membership.rules import Why
from maeul.council.membership.tests.factories import (
    council_of,
    office_of,
    seat_of,
    subcommittee_of,
)
from maeul.ground.audit.models import Act
from maeul.ground.district.tests.factories import OtherDongFactory
from maeul.ground.law import actions as law_actions
from maeul.ground.people import actions as people
from maeul.ground.people.tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]

DAY = date(2026, 5, 12)


def refused(why, act, **arguments):
    with pytest.raises(Refused) as no:
        act(**arguments)
    assert no.value.why == why


def test_a_dong_sets_up_its_council_a_subcommittee_and_the_joint_meeting(dong, officer, at):
    council = actions.found(kind="council", dong=dong, name="주민자치회", by=officer, at=at)
    part = actions.found(kind="subcommittee", dong=dong, name="안전분과", by=officer, at=at)
    joint = actions.found(kind="joint", dong=dong, name="연석회의", by=officer, at=at)
    assert Body.objects.council_of(dong) == council
    assert Body.objects.joint_of(dong) == joint
    assert [*Body.objects.subcommittees_of(council)] == [part]
    assert [act.verb for act in Act.objects.on(council)] == ["membership.founded"]


def test_a_term_runs_two_years_and_the_next_one_begins_where_it_ends(dong, officer, at):
    council = actions.found(kind="council", dong=dong, name="주민자치회", by=officer, at=at)
    begin = {"council": council, "by": officer, "at": at}
    first = actions.begin_term(number=1, from_on=date(2024, 2, 29), **begin)
    assert first.until_on == date(2026, 2, 28)
    actions.begin_term(number=2, from_on=date(2026, 2, 28), **begin)
    refused(Why.TERM_OVERLAPS, actions.begin_term, number=3, from_on=date(2028, 2, 27), **begin)


def test_a_new_member_sits_to_the_end_of_the_running_term(dong, soonja, officer, at):
    council = council_of(dong)
    taken = actions.seat(
        body=council, person=soonja, from_on=DAY, ground="resident", by=officer, at=at
    )
    assert taken.until_on == date(2028, 1, 1)
    assert access.sits_in(soonja, council, on=DAY)
    assert not access.sits_in(soonja, council, on=DAY - timedelta(days=1))
    assert not access.sits_in(soonja, council, on=date(2028, 1, 1))
    assert [*council.members_on(DAY)] == [soonja]


def test_the_fiftieth_member_is_seated_and_the_fifty_first_is_refused(dong, soonja, officer, at):
    council = council_of(dong, members=49)
    to_seat = {"body": council, "from_on": DAY, "by": officer, "at": at}
    actions.seat(person=PersonFactory(), **to_seat)
    refused(Why.COUNCIL_FULL, actions.seat, person=soonja, **to_seat)


def test_a_dongs_council_may_be_made_smaller_by_an_ordinance_of_a_later_day(
    dong, soonja, officer, at
):
    law_actions.enact(
        key="council.max_members",
        value=1,
        level="ordinance",
        article="제9조제1항",
        in_force_from=at - timedelta(days=1),
        by=officer,
        at=at,
    )
    council = council_of(dong, members=1)
    refused(
        Why.COUNCIL_FULL,
        actions.seat,
        body=council,
        person=soonja,
        from_on=DAY,
        by=officer,
        at=at,
    )


def test_nobody_sits_in_two_councils(dong, soonja, officer, at):
    council_of(OtherDongFactory(), members=[soonja])
    refused(
        Why.SITS_IN_OTHER_COUNCIL,
        actions.seat,
        body=council_of(dong),
        person=soonja,
        from_on=DAY,
        by=officer,
        at=at,
    )


def test_a_member_who_resigns_leaves_subcommittee_and_office_the_same_day(dong, soonja, at):
    council = council_of(dong, members=[soonja])
    safety = subcommittee_of(council, members=[soonja])
    office_of(safety, soonja, "subcommittee_chair")
    office_of(council, soonja, "auditor")
    actions.resign(seat=council.seats.get(), by=soonja, at=at)
    assert council.seats.get().until_on == DAY
    assert council.seats.get().ended_because == "resigned"
    assert not safety.members_on(DAY).exists()
    assert safety.holder_of("subcommittee_chair", DAY) is None
    assert council.holder_of("auditor", DAY) == soonja


def test_nobody_resigns_for_another(dong, soonja, minsu, at):
    council = council_of(dong, members=[soonja])
    refused(Why.NOT_YOUR_SEAT, actions.resign, seat=council.seats.get(), by=minsu, at=at)


def test_leaving_a_subcommittee_keeps_the_seat_in_the_council(dong, soonja, officer, at):
    council = council_of(dong, members=[soonja])
    safety = subcommittee_of(council, members=[soonja])
    actions.end_seat(seat=safety.seats.get(), because="lost_eligibility", on=DAY, by=officer, at=at)
    assert not access.sits_in(soonja, safety, on=DAY)
    assert access.sits_in(soonja, council, on=DAY)


def test_a_new_chair_follows_when_the_old_one_lays_the_office_down(
    dong, soonja, minsu, officer, at
):
    council = council_of(dong, members=[soonja, minsu])
    chair = {"body": council, "kind": "chair", "from_on": DAY, "by": officer, "at": at}
    first = actions.install(person=soonja, **chair)
    assert first.until_on == date(2028, 1, 1)
    refused(Why.OFFICE_HELD, actions.install, person=minsu, **chair)
    actions.end_office(office=first, on=DAY, by=officer, at=at)
    actions.install(person=minsu, **chair)
    assert council.holder_of("chair", DAY) == minsu


def test_the_table_itself_refuses_a_second_seat_of_the_same_time(dong, soonja):
    council = council_of(dong, members=[soonja])
    with pytest.raises(IntegrityError, match="membership_nobody_sits_twice_in_a_body"):
        seat_of(council, soonja, from_on=date(2027, 12, 31), until_on=None)


def test_the_table_itself_lets_somebody_come_back_on_the_day_the_old_seat_ended(dong, soonja):
    council = council_of(dong, members=[soonja])
    Seat.objects.update(until_on=DAY)
    seat_of(council, soonja, from_on=DAY)
    assert council.seats.on(DAY).count() == 1


def test_the_table_itself_refuses_two_chairs_of_the_same_time(dong, soonja, minsu):
    council = council_of(dong, members=[soonja, minsu])
    office_of(council, soonja, "auditor")
    office_of(council, minsu, "auditor")
    office_of(council, soonja, "chair")
    with pytest.raises(IntegrityError, match="membership_one_holder_at_a_time"):
        office_of(council, minsu, "chair")


def test_the_seat_of_somebody_who_left_the_house_waits_for_the_officer(
    dong, soonja, minsu, officer, secretary, at
):
    council = council_of(dong, members=[soonja, minsu])
    assert Seat.objects.waiting_for(officer) == []
    people.leave(person=soonja, by=soonja, at=at)
    [work] = Seat.objects.waiting_for(officer)
    seat = council.seats.get(person=soonja)
    assert (work.title, work.due_on, work.next_act) == (
        "독산1동 주민자치회, 떠난 주민의 자리",
        DAY,
        "자리 끝내기",
    )
    assert work.link == f"/council/seats/{seat.pk}/end/"
    assert Seat.objects.waiting_for(secretary) == []


def test_offices_are_dated(dong, soonja):
    council = council_of(dong, members=[soonja])
    office_of(council, soonja, "chair", until_on=DAY)
    assert Office.objects.on(DAY - timedelta(days=1)).count() == 1
    assert not Office.objects.on(DAY).exists()
