"""The council sits down: a term, members, subcommittees, offices."""

import tomllib
from datetime import date

from maeul.council.membership import actions as membership
from maeul.council.membership.models import Body
from maeul.demo.chapters.founding import people_of
from maeul.demo.play import chapter
from maeul.demo.scene import DATA

GROUPS = ("마을환경분과", "마을안전분과", "복지나눔분과", "교육문화분과")


@chapter("01-04", "10:00", only="first")
def set_up_the_bodies(scene):
    by, at = scene.who("officer"), scene.at
    council = membership.found(kind="council", dong=scene.dong, name="주민자치회", by=by, at=at)
    membership.found(kind="joint", dong=scene.dong, name="연석회의", by=by, at=at)
    for name in GROUPS:
        membership.found(kind="subcommittee", dong=scene.dong, name=name, by=by, at=at)
    membership.begin_term(
        council=council, number=4, from_on=date(scene.year - scene.year % 2, 1, 1), by=by, at=at
    )


@chapter("01-05", "10:00", only="first")
def seat_the_members(scene):
    """Named residents with their offices, neighbours for the other seats."""
    by, at, day = scene.who("officer"), scene.at, scene.at.date()
    council = Body.objects.council_of(scene.dong)
    groups = {group.name: group for group in Body.objects.subcommittees_of(council)}
    cast = tomllib.loads((DATA / "people.toml").read_text())
    for told in (told for told in cast["resident"] if "seat" in told):
        person = scene.who(told["part"])
        membership.seat(body=council, person=person, from_on=day, by=by, at=at)
        membership.seat(body=groups[told["group"]], person=person, from_on=day, by=by, at=at)
        if told["seat"] != "member":
            membership.install(
                body=council, person=person, kind=told["seat"], from_on=day, by=by, at=at
            )
    for number, person in enumerate(
        people_of(scene.dong, "neighbour")[: cast["neighbours"]["seats"]]
    ):
        membership.seat(body=council, person=person, from_on=day, by=by, at=at)
        group = groups[GROUPS[number % len(GROUPS)]]
        membership.seat(body=group, person=person, from_on=day, by=by, at=at)


@chapter("01-06", "10:00")
def renew_the_term(scene):
    """Every second year a new term begins; whoever sat goes on sitting."""
    council = Body.objects.council_of(scene.dong)
    day = scene.at.date()
    if council.term_on(day) is not None:
        return
    by, at = scene.who("officer"), scene.at
    last = council.terms.order_by("-number").first()
    membership.begin_term(
        council=council, number=last.number + 1, from_on=date(scene.year, 1, 1), by=by, at=at
    )
    former = [
        (seat.body, seat.person)
        for seat in last.seats.select_related("body", "person").order_by("pk")
        if seat.ended_because == ""
    ]
    for body, person in former:
        membership.seat(body=body, person=person, from_on=day, by=by, at=at)
    for part, kind in (("jungho", "chair"), ("miyoung", "vice_chair")):
        membership.install(
            body=council, person=scene.who(part), kind=kind, from_on=day, by=by, at=at
        )
