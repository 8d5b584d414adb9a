"""The pages of law, district and people on a phone, as a real Chromium shows them."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from maeul.ground.district import actions as district
from maeul.ground.law.tests.factories import enact_all
from maeul.ground.people.tests.factories import holder, resident, stated
from tests.browser import axe, screenshot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def gu(at):
    cache.clear()
    enact_all()
    return district.found(by="system", at=at)


@pytest.fixture
def open_all(live_server, phone):
    """Open pages one after another: nothing for the checker, nothing beside the screen."""

    def open_each(names, person=None):
        if person:
            browser = Client()
            browser.force_login(person)
            session = browser.cookies[settings.SESSION_COOKIE_NAME].value
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session}
            phone.context.add_cookies([{**cookie, "url": live_server.url}])
        for name, *args in names:
            phone.goto(live_server.url + reverse(name, args=args))
            axe(phone)
            wide = phone.evaluate("() => document.documentElement.scrollWidth")
            assert wide <= phone.viewport_size["width"], f"{name} scrolls sideways"
            screenshot(phone, f"ground-{name.replace(':', '-')}")

    return open_each


def test_whoever_comes_by_reads_the_rules_the_map_and_the_promises(gu, open_all):
    open_all(
        [
            ("law:index",),
            ("law:provision", "pb.renewals"),
            ("district:index",),
            ("district:dong_facts", "1154561000"),
            ("district:departments",),
            ("people:privacy",),
            ("people:terms",),
            ("account_login",),
            ("account_signup",),
            ("account_reset_password",),
        ]
    )


def test_a_resident_looks_at_what_is_stored(gu, open_all):
    soonja = resident("순자", gu.dongs.get(name="독산1동"))
    stated(soonja, gu.dongs.get(name="독산2동"), kind="worker")
    open_all(
        [
            ("people:me",),
            ("people:state",),
            ("people:consents",),
            ("people:correct", soonja.pk),
            ("people:leave",),
            ("mfa_index",),
        ],
        soonja,
    )


def test_the_districts_officer_works_on_a_phone_too(gu, open_all):
    officer = holder("구담당", "district_officer", district=gu)
    minsu = resident("민수", gu.dongs.get(name="독산1동"))
    standing = stated(minsu, gu.dongs.get(name="독산2동"), kind="worker")
    open_all(
        [
            ("people:standings",),
            ("people:standing", standing.pk),
            ("people:persons",),
            ("people:person", minsu.pk),
            ("people:enter",),
            ("people:roles",),
            ("people:give_role", minsu.pk),
            ("district:population",),
            ("law:enact", "assembly.voting_age"),
        ],
        officer,
    )
