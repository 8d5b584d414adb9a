from datetime import date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from conftest import SEOUL
from maeul.core.refusal import Refused
from maeul.ground.audit.models import Act
from maeul.ground.district.tests.factories import DistrictFactory, OtherDongFactory
from maeul.ground.people import actions
from maeul.ground.people.models import Consent, DemoSignIn, Person, Role
from maeul.ground.people.rules import Why
from maeul.ground.people.tests.factories import holder, stated

pytestmark = pytest.mark.django_db


def refused(why):
    return pytest.raises(Refused, check=lambda error: error.why == why)


def join(at, **changed):
    told = {
        "email": "jiwoo@example.org",
        "password": "참나무 아래 조용한 의자",
        "name": "지우",
        "born_on": date(1990, 3, 4),
        "consents": ["privacy"],
        "at": at,
    }
    return actions.join(**(told | changed))


def give(person, at, **changed):
    told = {
        "kind": "dong_officer",
        "from_on": at.date(),
        "by": "system",
        "at": at,
    }
    return actions.give_role(person=person, **(told | changed))


# Accounts


def test_joining_opens_an_account_and_writes_down_every_yes_and_no(law, at):
    person = join(at, email=" Jiwoo@Example.org ")
    assert person.check_password("참나무 아래 조용한 의자")
    assert EmailAddress.objects.get(user=person).email == "jiwoo@example.org"
    given = dict(person.consents.values_list("kind", "given"))
    assert given == {"privacy": True, "birth_and_sex": False, "mail": False}
    assert Act.objects.on(person).get().verb == "people.joined"


def test_joining_is_possible_on_the_fourteenth_birthday_and_not_the_day_before(law, at):
    with refused(Why.TOO_YOUNG):
        join(at, born_on=date(2012, 5, 13))
    assert join(at, born_on=date(2012, 5, 12)).age(at.date()) == 14


def test_joining_without_consent_is_refused(law, at):
    with refused(Why.NOT_CONSENTED):
        join(at, consents=["mail"])


def test_the_sex_is_stored_only_with_consent(law, at):
    with refused(Why.SEX_NOT_CONSENTED):
        join(at, sex="F")
    assert join(at, sex="F", consents=["privacy", "birth_and_sex"]).sex == "F"


def test_a_second_account_with_the_same_address_is_refused(law, at):
    join(at)
    with refused(Why.EMAIL_TAKEN):
        join(at, email="JIWOO@example.org")


def test_a_resident_number_is_written_nowhere(law, at, dong, officer, minsu):
    with refused(Why.NUMBER_OF_RESIDENT):
        join(at, name="지우 900304-2123456")
    with refused(Why.NUMBER_OF_RESIDENT):
        actions.verify_standing(
            standing=stated(minsu, dong), document="등본 900304-2123456", by=officer, at=at
        )


def test_staff_enter_somebody_without_an_account_together_with_the_ground(dong, officer, at):
    person = actions.enter_person(
        name="영자",
        dong=dong,
        kind="resident",
        born_on=date(1940, 1, 1),
        document="주민등록증",
        consented=True,
        by=officer,
        at=at,
    )
    assert person.email is None
    assert not person.has_usable_password()
    assert person.stands_in(dong)
    assert person.consents_to("privacy")


def test_the_same_person_is_entered_only_once(dong, officer, at):
    told = {
        "name": "영자",
        "dong": dong,
        "kind": "resident",
        "born_on": date(1940, 1, 1),
        "consented": True,
        "by": officer,
        "at": at,
    }
    actions.enter_person(**told)
    with refused(Why.ALREADY_ENTERED):
        actions.enter_person(**told)
    actions.enter_person(**told | {"born_on": date(1940, 1, 2)})


def test_staff_enter_nobody_who_has_not_signed(dong, officer, at):
    with refused(Why.NOT_CONSENTED):
        actions.enter_person(
            name="영자", dong=dong, kind="resident", consented=False, by=officer, at=at
        )


def test_name_and_birth_date_are_ones_own_until_a_document_proved_them(dong, officer, minsu, at):
    told = {"person": minsu, "name": "민수야", "born_on": date(1996, 9, 10), "sex": "", "at": at}
    assert actions.correct(**told, by=minsu).name == "민수야"
    actions.verify_standing(standing=stated(minsu, dong), document="주민등록증", by=officer, at=at)
    with refused(Why.VERIFIED_STAYS):
        actions.correct(**told | {"name": "딴이름"}, by=minsu)
    assert actions.correct(**told | {"name": "민수"}, by=officer).name == "민수"


def test_taking_back_the_statistics_blanks_the_sex(law, at):
    person = join(at, sex="F", consents=["privacy", "birth_and_sex"])
    actions.consent(person=person, kind="birth_and_sex", given=False, by=person, at=at)
    person.refresh_from_db()
    assert person.sex == ""
    assert not person.consents_to("birth_and_sex")
    assert person.consents.filter(kind="birth_and_sex").count() == 2


def test_the_consent_an_account_needs_is_taken_back_only_by_leaving(law, at):
    person = join(at)
    with refused(Why.LEAVE_INSTEAD):
        actions.consent(person=person, kind="privacy", given=False, by=person, at=at)


def test_leaving_blanks_the_row_and_ends_everything_but_the_number_stays(dong, soonja, at):
    give(soonja, at, kind="secretary", dong=dong, from_on=date(2026, 1, 1))
    number = soonja.pk
    EmailAddress.objects.create(user=soonja, email=soonja.email, primary=True)
    Authenticator.objects.create(user=soonja, type="totp", data={})
    actions.leave(person=soonja, by=soonja, at=at)
    gone = Person.objects.get(pk=number)
    assert (gone.email, gone.name, gone.born_on, gone.sex) == (None, "", None, "")
    assert not gone.is_active
    assert not gone.has_usable_password()
    assert not EmailAddress.objects.exists()
    assert not Authenticator.objects.filter(user=gone).exists()
    assert not gone.stands_in(dong)
    assert not Role.objects.on(at.date()).filter(person=gone).exists()
    with refused(Why.HAS_LEFT):
        actions.leave(person=gone, by=gone, at=at)


# Grounds


def test_a_ground_holds_from_verification_on(dong, minsu, officer, at):
    standing = actions.state_standing(person=minsu, dong=dong, kind="resident", by=minsu, at=at)
    assert not minsu.stands_in(dong)
    actions.verify_standing(standing=standing, document="주민등록증", by=officer, at=at)
    assert Person.objects.get(pk=minsu.pk).stands_in(dong)
    standing.refresh_from_db()
    assert (standing.document, standing.verified_by) == ("주민등록증", officer)


def test_the_same_ground_is_stated_once_until_it_is_refused(dong, minsu, officer, at):
    told = {"person": minsu, "dong": dong, "kind": "worker", "by": minsu, "at": at}
    first = actions.state_standing(**told)
    with refused(Why.ALREADY_STATED):
        actions.state_standing(**told)
    actions.refuse_standing(standing=first, because="주소가 다른 동입니다", by=officer, at=at)
    assert actions.state_standing(**told).state == "waiting"


def test_nobody_verifies_their_own_ground(dong, officer, at):
    standing = stated(officer, dong)
    with refused(Why.OWN_DOCUMENT):
        actions.verify_standing(standing=standing, document="주민등록증", by=officer, at=at)


def test_a_decided_ground_is_not_decided_again(dong, minsu, officer, at):
    standing = stated(minsu, dong)
    actions.verify_standing(standing=standing, document="주민등록증", by=officer, at=at)
    with refused(Why.ALREADY_VERIFIED):
        actions.refuse_standing(standing=standing, because="아님", by=officer, at=at)
    other = stated(minsu, dong, kind="worker")
    actions.refuse_standing(standing=other, because="아님", by=officer, at=at)
    with refused(Why.ALREADY_REFUSED):
        actions.verify_standing(standing=other, document="재직증명서", by=officer, at=at)


def test_a_document_and_a_reason_are_needed(dong, minsu, officer, at):
    standing = stated(minsu, dong)
    with refused(Why.NO_DOCUMENT):
        actions.verify_standing(standing=standing, document=" ", by=officer, at=at)
    with refused(Why.NO_REASON):
        actions.refuse_standing(standing=standing, because=" ", by=officer, at=at)


def test_an_ended_ground_no_longer_counts(dong, soonja, at):
    actions.end_standing(standing=soonja.standings.get(), by=soonja, at=at)
    assert not Person.objects.get(pk=soonja.pk).stands_in(dong)
    with refused(Why.ALREADY_ENDED):
        actions.end_standing(standing=soonja.standings.get(), by=soonja, at=at)


# Roles


def test_a_role_is_given_for_its_own_kind_of_scope_only(dong, soonja, at):
    with refused(Why.SCOPE_DOES_NOT_FIT):
        give(soonja, at, district=dong.district)
    with refused(Why.SCOPE_DOES_NOT_FIT):
        give(soonja, at, dong=dong, district=dong.district)
    with refused(Why.SCOPE_DOES_NOT_FIT):
        give(soonja, at)
    assert give(soonja, at, dong=dong).scope == dong


def test_nobody_gives_themselves_a_role(dong, at):
    boss = holder("구담당", "district_officer", district=dong.district)
    with refused(Why.OWN_ROLE):
        give(boss, at, dong=dong, by=boss)
    assert give(holder("새로", "secretary", dong=dong), at, dong=dong, by=boss).given_by == boss


def test_the_same_role_is_not_held_twice_at_once_but_may_follow_on(dong, soonja, at):
    day = at.date()
    give(soonja, at, dong=dong, until_on=day + timedelta(days=30))
    with refused(Why.HOLDS_IT_ALREADY):
        give(soonja, at, dong=dong, from_on=day + timedelta(days=29))
    give(soonja, at, dong=dong, from_on=day + timedelta(days=30))
    give(soonja, at, dong=OtherDongFactory())


def test_a_role_ends_after_it_starts(dong, soonja, at):
    with refused(Why.ENDS_BEFORE_IT_STARTS):
        give(soonja, at, dong=dong, until_on=at.date())


@pytest.mark.parametrize("days", [-30, 0, 30])
def test_ending_a_role_holds_at_once_whenever_it_was_to_begin(dong, soonja, at, days):
    role = give(soonja, at, dong=dong, from_on=at.date() + timedelta(days=days))
    actions.end_role(role=role, by="system", at=at)
    for later in (0, 31):
        assert not Role.objects.on(at.date() + timedelta(days=later)).filter(pk=role.pk).exists()
    with refused(Why.ROLE_IS_OVER):
        actions.end_role(role=role, by="system", at=at + timedelta(days=31))


def test_the_last_district_officer_can_neither_be_ended_nor_leave(dong, at):
    boss = holder("구담당", "district_officer", district=DistrictFactory())
    with refused(Why.LAST_OFFICER):
        actions.end_role(role=boss.roles.get(), by=boss, at=at)
    with refused(Why.LAST_OFFICER):
        actions.leave(person=boss, by=boss, at=at)
    holder("둘째", "district_officer", district=DistrictFactory())
    actions.end_role(role=boss.roles.get(), by=boss, at=at)
    actions.leave(person=Person.objects.get(pk=boss.pk), by=boss, at=at)


def test_who_has_left_gets_no_role(dong, soonja, at):
    actions.leave(person=soonja, by=soonja, at=at)
    with refused(Why.HAS_LEFT):
        give(soonja, at, dong=dong)


# The demo


def test_one_click_sign_ins_are_offered_only_in_the_demo(soonja, at, settings):
    told = {"person": soonja, "key": "resident", "label": "주민", "by": "system", "at": at}
    with refused(Why.ONLY_IN_DEMO):
        actions.offer_demo_sign_in(**told)
    settings.DEMO = True
    actions.offer_demo_sign_in(**told)
    actions.offer_demo_sign_in(**told)
    assert DemoSignIn.objects.get().person == soonja


def test_consents_say_which_text_they_answer(law, at):
    assert set(Consent.objects.filter(person=join(at)).values_list("wording", flat=True)) == {
        actions.WORDING
    }


def test_the_trail_names_no_person(law, dong, officer, at):
    person = join(at, name="쌍둥바람꽃")
    actions.correct(
        person=person, name="쌍둥바람꽃둘", born_on=person.born_on, sex="", by=person, at=at
    )
    written = str(list(Act.objects.values()))
    assert "쌍둥바람꽃" not in written
    assert "jiwoo" not in written


def test_a_moment_before_midnight_in_seoul_is_still_that_day(law):
    late = datetime(2026, 5, 12, 23, 59, tzinfo=SEOUL)
    with refused(Why.TOO_YOUNG):
        join(late, born_on=date(2012, 5, 13))
