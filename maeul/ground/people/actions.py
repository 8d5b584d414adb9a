from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.ground.district.actions import found
from maeul.ground.law.actions import enact_catalogue
from maeul.ground.law.models import Provision
from maeul.ground.people import rules
from maeul.ground.people.models import Consent, DemoSignIn, Person, Role, Standing
from maeul.ground.people.rules import SCOPES, RoleKind, Why
from maeul.ground.people.texts import REFUSALS, WORDING

# Accounts


@transaction.atomic
def join(*, email, password, name, born_on, sex="", consents=(), email_verified=False, by=None, at):
    """Open an account; without `by` it is the person's own act.

    `consents` are the kinds somebody said yes to; for every other kind a no is written down.
    A password of None leaves the account without one until it is set by e-mail.
    """
    refuse_if(rules.why_not_write(name), REFUSALS)
    refuse_if(
        rules.why_not_join(
            born_on=born_on,
            on=timezone.localdate(at),
            min_age=Provision.objects.in_force(at=at)["privacy.min_account_age"].value,
            consented=Consent.Kind.PRIVACY in consents,
            sex=sex,
            sex_consented=Consent.Kind.BIRTH_AND_SEX in consents,
        ),
        REFUSALS,
    )
    email = email.strip().lower()
    if EmailAddress.objects.filter(email__iexact=email).exists() or (
        Person.objects.filter(email__iexact=email).exists()
    ):
        _refuse(Why.EMAIL_TAKEN)
    person = Person(email=email, name=name.strip(), born_on=born_on, sex=sex, joined_at=at)
    person.set_password(password)
    person.save()
    EmailAddress.objects.create(user=person, email=email, primary=True, verified=email_verified)
    _write_consents(person, consents, at)
    audit.note("people.joined", on=person, by=by or person, at=at)
    return person


@transaction.atomic
def enter_person(*, name, dong, kind, born_on=None, sex="", document="", consented, by, at):
    """Enter somebody who has no account, from a form signed on paper, with their ground.

    With `document` (the kind that was seen) the ground is verified at once.
    """
    refuse_if(rules.why_not_write(name, document), REFUSALS)
    name = name.strip()
    refuse_if(
        rules.why_not_enter(
            born_on=born_on,
            on=timezone.localdate(at),
            consented=consented,
            known=born_on is not None
            and Standing.objects.open_ones()
            .filter(dong=dong, person__name=name, person__born_on=born_on)
            .exists(),
        ),
        REFUSALS,
    )
    person = Person(name=name, born_on=born_on, sex=sex, joined_at=at)
    person.set_unusable_password()
    person.save()
    _write_consents(
        person, [Consent.Kind.PRIVACY, *([Consent.Kind.BIRTH_AND_SEX] if sex else [])], at
    )
    audit.note("people.entered", on=person, by=by, at=at)
    standing = state_standing(person=person, dong=dong, kind=kind, by=by, at=at)
    if document:
        verify_standing(standing=standing, document=document, by=by, at=at)
    return person


@transaction.atomic
def correct(*, person, name, born_on, sex, by, at):
    """Write name, birth date or sex anew: oneself until a document proved them, then staff."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    refuse_if(rules.why_not_write(name), REFUSALS)
    if (name, born_on) != (person.name, person.born_on):
        refuse_if(
            rules.why_not_correct(
                own=by == person,
                verified=person.standings.verified().exists(),
                born_on=born_on,
                on=timezone.localdate(at),
            ),
            REFUSALS,
        )
    if sex and not person.consents_to(Consent.Kind.BIRTH_AND_SEX):
        _refuse(Why.SEX_NOT_CONSENTED)
    person.name, person.born_on, person.sex = name.strip(), born_on, sex
    person.save(update_fields=["name", "born_on", "sex"])
    audit.note("people.corrected", on=person, by=by, at=at)
    return person


@transaction.atomic
def consent(*, person, kind, given, by, at):
    """Write down a yes or a no to one text; taking back the statistics blanks the sex."""
    refuse_if(rules.why_not_withdraw(needed=kind == Consent.Kind.PRIVACY and not given), REFUSALS)
    row = Consent.objects.create(person=person, kind=kind, given=given, wording=WORDING, at=at)
    if kind == Consent.Kind.BIRTH_AND_SEX and not given:
        Person.objects.filter(pk=person.pk).update(sex="")
    audit.note("people.consented", on=person, by=by, at=at, kind=kind, given=given)
    return row


@transaction.atomic
def leave(*, person, by, at):
    """Close an account and blank its row; the number stays, so that decisions stay whole."""
    _lock_officers()
    person = Person.objects.select_for_update().get(pk=person.pk)
    today = timezone.localdate(at)
    refuse_if(
        rules.why_not_leave(
            gone=person.left_at is not None,
            last_officer=any(_is_last_officer(role, today) for role in person.roles.on(today)),
        ),
        REFUSALS,
    )
    for role in person.roles.not_over(today):
        _stop(role, today)
    person.standings.filter(ended_on=None).update(ended_on=today)
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    DemoSignIn.objects.filter(person=person).delete()
    person.email, person.name, person.born_on, person.sex = None, "", None, ""
    person.is_active, person.left_at, person.last_login = False, at, None
    person.set_unusable_password()
    person.save()
    audit.note("people.left", on=person, by=by, at=at)
    return person


def _write_consents(person, given, at):
    Consent.objects.bulk_create(
        Consent(person=person, kind=kind, given=kind in given, wording=WORDING, at=at)
        for kind in Consent.Kind
    )


# Grounds of taking part


@transaction.atomic
def state_standing(*, person, dong, kind, by, at):
    """Say that one lives, works or belongs in a dong, or is on its foreigners' register."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    refuse_if(
        rules.why_not_state(
            already=person.standings.open_ones().filter(dong=dong, kind=kind).exists(),
            gone=person.left_at is not None,
        ),
        REFUSALS,
    )
    standing = Standing.objects.create(person=person, dong=dong, kind=kind, stated_at=at)
    audit.note("people.standing_stated", on=standing, by=by, at=at, kind=kind)
    return standing


@transaction.atomic
def verify_standing(*, standing, document, by, at):
    """Confirm a ground after looking at a document, of which only the kind is written down."""
    standing = _deciding(standing, by)
    if not document.strip():
        _refuse(Why.NO_DOCUMENT)
    refuse_if(rules.why_not_write(document), REFUSALS)
    standing.document, standing.verified_by, standing.verified_at = document.strip(), by, at
    standing.save(update_fields=["document", "verified_by", "verified_at"])
    audit.note("people.standing_verified", on=standing, by=by, at=at)
    return standing


@transaction.atomic
def refuse_standing(*, standing, because, by, at):
    """Refuse a ground with a reason that the person reads."""
    standing = _deciding(standing, by)
    if not because.strip():
        _refuse(Why.NO_REASON)
    refuse_if(rules.why_not_write(because), REFUSALS)
    standing.refused_at, standing.refused_because = at, because.strip()
    standing.save(update_fields=["refused_at", "refused_because"])
    audit.note("people.standing_refused", on=standing, by=by, at=at)
    return standing


@transaction.atomic
def end_standing(*, standing, by, at):
    """End a ground: moved away, changed work; by oneself or by staff."""
    standing = Standing.objects.select_for_update().get(pk=standing.pk)
    if standing.ended_on:
        _refuse(Why.ALREADY_ENDED)
    standing.ended_on = timezone.localdate(at)
    standing.save(update_fields=["ended_on"])
    audit.note("people.standing_ended", on=standing, by=by, at=at)
    return standing


def _deciding(standing, by):
    """The standing, locked, when this member of staff may decide about it now."""
    standing = Standing.objects.select_for_update().get(pk=standing.pk)
    refuse_if(
        rules.why_not_verify(
            verified=standing.verified_at is not None,
            refused=standing.refused_at is not None,
            ended=standing.ended_on is not None,
            own=by == standing.person,
        ),
        REFUSALS,
    )
    return standing


# Roles


@transaction.atomic
def give_role(
    *, person, kind, from_on, until_on=None, dong=None, department=None, district=None, by, at
):
    """Give a dated duty for one dong, department or district; nobody gives themselves one.

    `by` is the district's officer, or `system` for the very first one.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    scope = {"dong": dong, "department": department, "district": district}
    chosen = [name for name, where in scope.items() if where is not None]
    held = person.roles.filter(kind=kind, **scope).values_list("from_on", "until_on")
    refuse_if(
        rules.why_not_give_role(
            own=by == person,
            gone=person.left_at is not None,
            fits=chosen == [SCOPES[RoleKind(kind)]],
            already=rules.overlap(held, from_on, until_on),
            from_on=from_on,
            until_on=until_on,
        ),
        REFUSALS,
    )
    role = Role.objects.create(
        person=person,
        kind=kind,
        from_on=from_on,
        until_on=until_on,
        given_by=by if isinstance(by, Person) else None,
        **scope,
    )
    audit.note("people.role_given", on=role, by=by, at=at, kind=kind)
    return role


@transaction.atomic
def end_role(*, role, by, at):
    """End a duty from today on; one that has not begun yet never begins."""
    _lock_officers()
    role = Role.objects.select_for_update(of=["self"]).get(pk=role.pk)
    today = timezone.localdate(at)
    refuse_if(
        rules.why_not_end_role(
            over=role.until_on is not None and role.until_on <= today,
            last_officer=_is_last_officer(role, today),
        ),
        REFUSALS,
    )
    _stop(role, today)
    audit.note("people.role_ended", on=role, by=by, at=at, kind=role.kind)
    return role


def _stop(role, today):
    """The duty ends before today; one that begins today or later was never in force."""
    role.until_on = max(today, role.from_on)
    role.save(update_fields=["until_on"])


def _lock_officers():
    """Two district officers who end each other's role at once wait in line."""
    list(
        Role.objects.filter(kind=RoleKind.DISTRICT_OFFICER)
        .order_by("pk")
        .select_for_update()
        .values_list("pk")
    )


def _is_last_officer(role, today):
    """Would nobody be left who may give roles in this district?"""
    if role.kind != RoleKind.DISTRICT_OFFICER or role not in Role.objects.on(today):
        return False
    others = Role.objects.on(today).filter(kind=role.kind, district_id=role.district_id)
    return not others.exclude(person_id=role.person_id).exists()


@transaction.atomic
def install_first_officer(*, email, name, by, at):
    """Make an empty installation ready: district, law, and who gives all other roles.

    Again changes nothing.  Refused when somebody else is the district's officer already.
    """
    gu = found(by=by, at=at)
    enact_catalogue(by=by, at=at)
    today = timezone.localdate(at)
    officers = Role.objects.on(today).filter(kind=RoleKind.DISTRICT_OFFICER, district=gu)
    person = Person.objects.filter(email__iexact=email).first()
    if officers.exists():
        if person is None or not officers.filter(person=person).exists():
            _refuse(Why.OFFICER_IS_THERE)
        return person
    if person is None:
        refuse_if(rules.why_not_write(name), REFUSALS)
        person = Person(email=email, name=name.strip(), joined_at=at)
        person.set_unusable_password()
        person.save()
        EmailAddress.objects.create(user=person, email=email, primary=True, verified=True)
        audit.note("people.entered", on=person, by=by, at=at)
    give_role(
        person=person,
        kind=RoleKind.DISTRICT_OFFICER,
        district=gu,
        from_on=today,
        by=by,
        at=at,
    )
    return person


# The demo


@transaction.atomic
def offer_demo_sign_in(*, person, key, label, by, at):
    """Let visitors of the demo look around as this made-up person."""
    if not settings.DEMO:
        _refuse(Why.ONLY_IN_DEMO)
    offer, _made = DemoSignIn.objects.update_or_create(
        key=key, defaults={"label": label, "person": person}
    )
    audit.note("people.demo_offered", on=person, by=by, at=at, key=key)
    return offer


def _refuse(why, **facts):
    refuse_if(No(why, **facts), REFUSALS)
