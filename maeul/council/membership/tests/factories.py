from datetime import date

from maeul.council.membership.models import Body, Office, Seat, Term
from maeul.ground.people.tests.factories import PersonFactory

TERM = (date(2026, 1, 1), date(2028, 1, 1))


def council_of(dong, *, members=()):
    """The council of a dong in its first term, with these people in its seats.

    `members` may be a number: so many neighbours are made up.
    """
    council, _made = Body.objects.get_or_create(
        kind="council", dong=dong, defaults={"name": "주민자치회"}
    )
    Term.objects.get_or_create(
        council=council, number=1, defaults={"from_on": TERM[0], "until_on": TERM[1]}
    )
    if isinstance(members, int):
        members = PersonFactory.create_batch(members)
    for person in members:
        if not council.seats.filter(person=person).exists():
            seat_of(council, person)
    return council


def subcommittee_of(council, *, name="안전분과", members=()):
    body = Body.objects.create(kind="subcommittee", dong=council.dong, name=name, parent=council)
    for person in members:
        seat_of(body, person)
    return body


def joint_of(dong):
    joint, _made = Body.objects.get_or_create(
        kind="joint", dong=dong, defaults={"name": "연석회의"}
    )
    return joint


def seat_of(body, person, *, from_on=TERM[0], until_on=TERM[1]):
    term = (body.council or body).terms.on(from_on).first()
    return Seat.objects.create(
        body=body, person=person, term=term, from_on=from_on, until_on=until_on
    )


def office_of(body, person, kind="chair", *, from_on=TERM[0], until_on=TERM[1]):
    return Office.objects.create(
        body=body, person=person, kind=kind, from_on=from_on, until_on=until_on
    )
