"""Joining, signing in, the second factor and the demo's one-click doors, walked as people do."""

import re
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.timezone import now

from maeul.ground.people import actions
from maeul.ground.people.models import Person, Role
from maeul.ground.people.tests.factories import SECRET, holder

pytestmark = pytest.mark.django_db

PASSWORD = "참나무 아래 조용한 의자"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture(autouse=True)
def _letters_at_once(settings):
    """What they say and where they lead; that they go by the outbox: `tests/test_letters.py`."""
    settings.ACCOUNT_ADAPTER = "maeul.ground.people.adapters.AccountAdapter"


def typed(**changed):
    return {
        "email": "jiwoo@example.org",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "name": "지우",
        "born_on": "1990-03-04",
        "sex": "",
        "consent_privacy": "on",
        **changed,
    }


def join(client, **changed):
    return client.post(reverse("account_signup"), typed(**changed))


def link_in(letter):
    return re.search(r"https?://[^/]+(/\S+)", letter.body)[1]


def code_now():
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


def sign_in(client, email="jiwoo@example.org", password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def confirm(client, address):
    """Open a page that asks for the password once more."""
    asked = client.get(address)
    client.post(asked.url, {"password": PASSWORD})
    return client.get(address).content.decode()


@pytest.fixture
def jiwoo(law, at):
    return actions.join(
        email="jiwoo@example.org",
        password=PASSWORD,
        name="지우",
        born_on=at.date().replace(year=1990),
        consents=["privacy"],
        email_verified=True,
        at=at,
    )


# Joining


def test_somebody_joins_by_the_letter_and_is_in(client, law):
    assert join(client).url == reverse("account_email_verification_sent")
    [letter] = mail.outbox
    assert letter.subject == "[마을] 가입을 마쳐 주세요"
    page = client.get(link_in(letter)).content.decode()
    assert "이 주소를 쓰는 것이 맞나요?" in page
    client.post(link_in(letter))
    person = Person.objects.get(email="jiwoo@example.org")
    assert EmailAddress.objects.get(user=person).verified
    assert person.consents_to("privacy")
    client.logout()
    assert sign_in(client).status_code == 302
    assert "지우" in client.get(reverse("people:me")).content.decode()


def test_a_known_and_an_unknown_address_get_the_same_answer(client, jiwoo):
    known = join(client)
    client.cookies.clear()
    unknown = join(client, email="other@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [letter.subject for letter in mail.outbox] == [
        "[마을] 이미 가입하셨습니다",
        "[마을] 가입을 마쳐 주세요",
    ]
    assert Person.objects.filter(email="jiwoo@example.org").count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"born_on": "2020-01-01"}, "만 14세부터 가입할 수 있습니다"),
        ({"born_on": "2999-01-01"}, "오늘보다 뒤입니다"),
        ({"born_on": "어제"}, "날짜를 2026-05-14처럼"),
        ({"consent_privacy": ""}, "네모를 눌러 표시해 주세요"),
        ({"sex": "F"}, "통계 이용에 동의해 주세요"),
        ({"name": "지우 900304-2123456"}, "주민등록번호로 보이는 숫자"),
        ({"password1": "짧은열한글자비밀번호", "password2": "짧은열한글자비밀번호"}, "12"),
        ({"password2": "다른 비밀번호입니다요"}, "비밀번호"),
        ({"email": "주소아님"}, "이메일"),
    ],
)
def test_a_form_that_cannot_be_taken_says_why_and_keeps_what_was_typed(
    client, law, changed, sentence
):
    page = join(client, **changed).content.decode()
    assert sentence in page
    assert 'value="지우' in page
    assert not Person.objects.exists()


def test_an_address_not_yet_confirmed_gets_the_letter_again(client, law):
    join(client)
    client.cookies.clear()
    cache.clear()
    assert sign_in(client).url == reverse("account_email_verification_sent")
    assert len(mail.outbox) == 2


# Signing in


def test_a_wrong_password_says_what_to_do_and_the_sixth_is_slowed(client, jiwoo):
    for _n in range(5):
        page = sign_in(client, password="틀린 비밀번호입니다요").content.decode()
        assert "전자우편이나 비밀번호가 맞지 않습니다" in page
    page = sign_in(client, password="틀린 비밀번호입니다요").content.decode()
    assert "여러 번 틀려서 잠시 막았습니다" in page


def test_an_unknown_address_gets_the_same_sentence_as_a_wrong_password(client, law):
    page = sign_in(client, email="nobody@example.org").content.decode()
    assert "전자우편이나 비밀번호가 맞지 않습니다" in page


def test_a_password_is_set_anew_by_letter(client, jiwoo):
    client.post(reverse("account_reset_password"), {"email": "jiwoo@example.org"})
    [letter] = mail.outbox
    form = client.get(link_in(letter), follow=True)
    new = {"password1": "느티나무 곁의 새로운 의자", "password2": "느티나무 곁의 새로운 의자"}
    client.post(form.redirect_chain[-1][0], new)
    assert Person.objects.get(pk=jiwoo.pk).check_password("느티나무 곁의 새로운 의자")


def test_asking_for_an_unknown_address_looks_the_same(client, jiwoo):
    answers = {
        client.post(reverse("account_reset_password"), {"email": email}).url
        for email in ("jiwoo@example.org", "nobody@example.org")
    }
    assert answers == {reverse("account_reset_password_done")}
    assert [letter.subject for letter in mail.outbox] == [
        "[마을] 비밀번호를 새로 정해 주세요",
        "[마을] 가입한 기록이 없습니다",
    ]


def test_who_has_left_is_out_at_the_next_page_and_cannot_come_back(client, jiwoo, at):
    sign_in(client)
    assert client.get(reverse("people:me")).status_code == 200
    actions.leave(person=jiwoo, by=jiwoo, at=at)
    assert client.get(reverse("people:me")).status_code == 302
    assert "맞지 않습니다" in sign_in(client).content.decode()


# The second factor


@pytest.fixture
def new_officer(jiwoo, dong, at):
    actions.give_role(
        person=jiwoo, kind="dong_officer", dong=dong, from_on=date(2018, 1, 1), by="system", at=at
    )
    return jiwoo


def test_who_was_given_a_role_sets_up_a_second_factor_first(client, new_officer):
    sign_in(client)
    answer = client.get(reverse("people:standings"))
    assert answer.url == reverse("mfa_activate_totp")
    page = confirm(client, answer.url)
    secret = re.search(r"<code>(\w+)</code>", page)[1]
    counter = next(iter(yield_hotp_counters_from_time()))
    client.post(answer.url, {"code": format_hotp_value(hotp_value(secret, counter))})
    assert client.get(reverse("people:standings")).status_code == 200
    assert secret not in str(Authenticator.objects.values_list("data", flat=True)), "encrypted"


def test_a_wrong_code_is_refused_with_what_to_do(client, new_officer):
    sign_in(client)
    confirm(client, reverse("mfa_activate_totp"))
    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert "번호가 맞지 않습니다" in page


def test_without_a_second_factor_privacy_terms_and_the_way_out_stay_open(client, new_officer):
    sign_in(client)
    for name in ("people:privacy", "people:terms", "account_logout"):
        assert client.get(reverse(name)).status_code == 200


def test_signing_in_with_a_second_factor_asks_for_its_code(client, law, dong):
    officer = holder("담당", "dong_officer", dong=dong)
    officer.set_password(PASSWORD)
    officer.save()
    EmailAddress.objects.create(user=officer, email=officer.email, primary=True, verified=True)
    answer = sign_in(client, email=officer.email)
    assert answer.url == reverse("mfa_authenticate")
    assert client.get(reverse("people:standings")).status_code == 302
    client.post(answer.url, {"code": code_now()})
    assert client.get(reverse("people:standings")).status_code == 200


def test_a_resident_needs_no_second_factor(client, jiwoo):
    sign_in(client)
    assert client.get(reverse("people:me")).status_code == 200


def test_a_role_that_ended_gives_nothing_within_the_same_session(
    client, dong, district_officer, at
):
    officer = holder("담당", "dong_officer", dong=dong)
    client.force_login(officer)
    assert client.get(reverse("people:standings")).status_code == 200
    actions.end_role(role=officer.roles.get(), by=district_officer, at=now())
    assert client.get(reverse("people:standings")).status_code == 403


# The demo


@pytest.fixture
def demo(settings, soonja, officer, at):
    settings.DEMO = True
    Authenticator.objects.all().delete()
    for person, key, label in ((soonja, "resident", "주민"), (officer, "officer", "동 담당자")):
        actions.offer_demo_sign_in(person=person, key=key, label=label, by="system", at=at)


def test_one_click_brings_a_visitor_in_without_a_second_factor(client, demo):
    page = client.get(reverse("people:demo_sign_ins")).content.decode()
    assert "동 담당자" in page
    client.get(reverse("people:demo_sign_in", args=["officer"]))
    assert client.get(reverse("people:standings")).status_code == 200


def test_outside_the_demo_the_one_click_doors_are_not_there(client, demo, settings):
    settings.DEMO = False
    assert client.get(reverse("people:demo_sign_ins")).status_code == 404
    assert client.post(reverse("people:demo_sign_in", args=["officer"])).status_code == 404
    assert client.get(reverse("people:me")).status_code == 302


def test_a_session_of_the_demo_is_worth_nothing_where_there_is_no_demo(client, demo, settings):
    client.get(reverse("people:demo_sign_in", args=["officer"]))
    settings.DEMO = False
    assert client.get(reverse("people:standings")).url == reverse("mfa_activate_totp")


def test_the_command_prints_an_address_for_each_role(demo, capsys, settings):
    settings.SITE_ADDRESS = "http://127.0.0.1:9000"
    call_command("demo_sign_ins")
    first, second = capsys.readouterr().out.splitlines()
    path = reverse("people:demo_sign_in", args=["resident"])
    assert first == f"http://127.0.0.1:9000{path}  주민 (순자)"
    assert "동 담당자" in second
    settings.DEMO = False
    with pytest.raises(CommandError, match="시범 사이트에서만"):
        call_command("demo_sign_ins")


# An empty installation


def install(capsys, email="boss@example.org"):
    call_command("first_officer", email, "--name", "구담당")
    return capsys.readouterr().out


def test_an_empty_installation_gets_its_first_officer_by_one_command(client, db, capsys):
    told = install(capsys)
    person = Person.objects.get(email="boss@example.org")
    assert person.holds("district_officer")
    form = client.get(re.search(r"http://[^/]+(/\S+)", told)[1], follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    assert sign_in(client, email="boss@example.org").status_code == 302
    assert client.get(reverse("people:roles")).url == reverse("mfa_activate_totp")


def test_the_command_again_changes_nothing(db, capsys):
    install(capsys)
    again = install(capsys)
    assert "비밀번호를 정하는 주소" in again
    assert (Person.objects.count(), Role.objects.count()) == (1, 1)
    Person.objects.get().set_password(PASSWORD)


def test_a_second_first_officer_is_refused(db, capsys):
    install(capsys)
    with pytest.raises(CommandError, match="다른 사람이 이미 구 담당자"):
        install(capsys, email="other@example.org")
    with pytest.raises(CommandError, match="전자우편 주소가 아닙니다"):
        install(capsys, email="주소아님")
