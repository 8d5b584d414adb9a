from django.db import transaction
from django.utils import timezone

from maeul.core.period import add_months
from maeul.core.refusal import Refused, refuse_if
from maeul.core.sheet import BadCell, Problems
from maeul.council.membership import rules
from maeul.council.membership.models import Body, Member, Office, Seat, Term
from maeul.council.membership.rules import BodyKind, EndReason, OfficeKind
from maeul.council.membership.texts import REFUSALS, SEEN_DOCUMENT
from maeul.ground.audit import actions as audit
from maeul.ground.district.models import Dong
from maeul.ground.law.models import Provision
from maeul.ground.people import actions as people


@transaction.atomic
def found(*, kind, dong, name, by, at):
    """Set up a body of the dong.  A subcommittee belongs to the dong's council."""
    dong = Dong.objects.select_for_update().get(pk=dong.pk)
    bodies = list(Body.objects.of_dong(dong))
    council = next((body for body in bodies if body.kind == BodyKind.COUNCIL), None)
    refuse_if(
        rules.why_not_found(
            kind=kind,
            name=name,
            names=[body.name for body in bodies],
            kinds=[body.kind for body in bodies],
        ),
        REFUSALS,
    )
    body = Body.objects.create(
        kind=kind,
        dong=dong,
        name=name.strip(),
        parent=council if kind == BodyKind.SUBCOMMITTEE else None,
    )
    audit.note("membership.founded", on=body, by=by, at=at, kind=kind)
    return body


@transaction.atomic
def begin_term(*, council, number, from_on, by, at):
    """Enter a term of the council; its length is the ordinance's (article 16(1))."""
    council = _locked(council)
    law = Provision.objects.in_force(dong=council.dong, at=at)
    until_on = add_months(from_on, 12 * law["council.term_years"].value)
    refuse_if(
        rules.why_not_begin_term(
            number=number,
            numbers=list(council.terms.values_list("number", flat=True)),
            from_on=from_on,
            until_on=until_on,
            terms=council.terms.stays(),
        ),
        REFUSALS,
    )
    term = Term.objects.create(council=council, number=number, from_on=from_on, until_on=until_on)
    audit.note("membership.term_begun", on=term, by=by, at=at, number=number)
    return term


@transaction.atomic
def seat(*, body, person, from_on, by, at, ground=""):
    """Give somebody a seat from a day on, to the end of the council's term of that day."""
    body = _locked(body)
    law = Provision.objects.in_force(dong=body.dong, at=at)
    term = body.council.term_on(from_on) if body.council else None
    stay = (from_on, term.until_on if term else None)
    refuse_if(
        rules.why_not_seat(
            kind=body.kind,
            stay=stay,
            has_term=term is not None,
            own=body.seats.filter(person=person).stays(),
            elsewhere=Seat.objects.in_other_councils(person, body).stays(),
            others=body.seats.stays(),
            max_members=law["council.max_members"].value,
        ),
        REFUSALS,
    )
    taken = Seat.objects.create(
        body=body, person=person, term=term, from_on=from_on, until_on=stay[1], ground=ground
    )
    audit.note("membership.seated", on=taken, by=by, at=at)
    return taken


@transaction.atomic
def install(*, body, person, kind, from_on, by, at):
    """Enter that somebody holds an office from a day on, to the end of the council's term."""
    body = _locked(body)
    council = body.council or body
    term = council.term_on(from_on)
    stay = (from_on, term.until_on if term else None)
    refuse_if(
        rules.why_not_install(
            office=kind,
            body=body.kind,
            stay=stay,
            sits_in_council=council.seats.on(from_on).filter(person=person).exists(),
            own=body.offices.filter(kind=kind, person=person).stays(),
            others=body.offices.filter(kind=kind).exclude(person=person).stays(),
        ),
        REFUSALS,
    )
    office = Office.objects.create(
        body=body, person=person, kind=kind, from_on=from_on, until_on=stay[1]
    )
    audit.note("membership.installed", on=office, by=by, at=at, kind=kind)
    return office


@transaction.atomic
def resign(*, seat, by, at):
    """Give up one's own seat, from today on (article 17(1) no. 2)."""
    refuse_if(rules.why_not_resign(own=seat.person_id == by.pk), REFUSALS)
    return end_seat(seat=seat, because=EndReason.RESIGNED, on=timezone.localdate(at), by=by, at=at)


@transaction.atomic
def end_seat(*, seat, because, on, by, at):
    """End a seat on the day of the cause.  With a seat of the council end the person's seats in
    its subcommittees and every office that only a member may hold."""
    body = _locked(seat.body)
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    refuse_if(rules.why_not_end_seat(from_on=seat.from_on, until_on=seat.until_on, on=on), REFUSALS)
    seat.until_on, seat.ended_because = on, because
    seat.save(update_fields=["until_on", "ended_because"])
    if body.kind == BodyKind.COUNCIL:
        below = Seat.objects.filter(person=seat.person_id, body__parent=body)
        below.running_past(on).filter(from_on__lte=on).update(until_on=on, ended_because=because)
        below.filter(from_on__gt=on).delete()
        _end_offices(seat.person_id, [body, *body.parts.all()], on)
    else:
        _end_offices(seat.person_id, [body], on)
    audit.note("membership.seat_ended", on=seat, by=by, at=at, because=because)
    return seat


@transaction.atomic
def end_office(*, office, on, by, at):
    """Somebody lays down an office and keeps the seat."""
    office = Office.objects.select_for_update().get(pk=office.pk)
    refuse_if(
        rules.why_not_end_seat(from_on=office.from_on, until_on=office.until_on, on=on), REFUSALS
    )
    office.until_on = on
    office.save(update_fields=["until_on"])
    audit.note("membership.office_ended", on=office, by=by, at=at)
    return office


def _end_offices(person_id, bodies, on):
    held = Office.objects.filter(person=person_id, body__in=bodies, kind__in=rules.FOR_MEMBERS_ONLY)
    held.running_past(on).filter(from_on__lte=on).update(until_on=on)
    held.filter(from_on__gt=on).delete()


def _locked(body):
    """The body's row, so that two who change its seats wait for each other."""
    return (
        Body.objects.select_for_update(of=["self"])
        .select_related("dong", "parent__dong")
        .get(pk=body.pk)
    )


# Taking over the members who sit already


@transaction.atomic
def import_members(*, council, rows, by, at):
    """Take over sitting members from a sheet: all of them or nobody.

    `rows` come from `core.sheet` (see `texts.HEADS`).  Somebody is recognised by e-mail, or by
    name and birth date; whoever is new is entered as a person without an account.  Everything
    that is wrong is found first and named with its line (`sheet.SheetErrors`).
    """
    council = _locked(council)
    problems = Problems()
    seen = {}
    taken = []
    for row in rows:
        with problems.of(row):
            member = Member.read(row, council=council, on=timezone.localdate(at), seen=seen)
            try:
                taken.append(_take_over(member, council=council, by=by, at=at))
            except Refused as no:
                raise BadCell(no.sentence) from None
    problems.raise_if_any()
    audit.note("membership.imported", on=council, by=by, at=at, members=len(taken))
    return taken


def look_over(*, council, rows, by, at):
    """What `import_members` would do, without doing it."""
    with transaction.atomic():
        taken = import_members(council=council, rows=rows, by=by, at=at)
        transaction.set_rollback(True)
    return taken


def _take_over(member, *, council, by, at):
    member.is_new = member.person is None
    if member.is_new:
        member.person = people.enter_person(
            name=member.name,
            dong=council.dong,
            kind=member.ground,
            born_on=member.born_on,
            sex=member.sex,
            document=str(SEEN_DOCUMENT),
            consented=True,
            by=by,
            at=at,
        )
    to_seat = {"person": member.person, "from_on": member.from_on, "by": by, "at": at}
    seat(body=council, ground=member.ground, **to_seat)
    if member.subcommittee:
        seat(body=member.subcommittee, **to_seat)
    if member.office:
        in_part = member.office == OfficeKind.SUBCOMMITTEE_CHAIR
        install(body=member.subcommittee if in_part else council, kind=member.office, **to_seat)
    return member
