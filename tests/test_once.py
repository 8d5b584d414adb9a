"""A form that is sent twice does its deed once, also when both arrive at the same moment."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from maeul.core.models import Once, OnceQuerySet
from maeul.core.tests.together import together
from maeul.ground.district.models import Dong
from maeul.ground.people.models import Person
from maeul.voice.agenda.models import AgendaItem

pytestmark = pytest.mark.usefixtures("law")


def sentence(dong, key="k1"):
    return {
        "title": "놀이터에 그늘이 있으면",
        "dong": dong.pk,
        "place": "동네 전체",
        "category": "roads",
        "shows_name": "no",
        "once": key,
    }


def send(client, dong, **how):
    answer = client.post(reverse("agenda:new"), sentence(dong, **how))
    return answer.status_code, answer.get("Location", "")


@pytest.mark.django_db
def test_a_second_click_leads_to_the_answer_of_the_first(client, soonja, dong):
    client.force_login(soonja)
    first = send(client, dong)
    assert first[0] == 302
    assert send(client, dong) == first
    assert AgendaItem.objects.count() == 1
    assert send(client, dong, key="k2") != first
    assert AgendaItem.objects.count() == 2


@pytest.mark.django_db
def test_a_key_belongs_to_whoever_sent_it(client, soonja, minsu, dong):
    client.force_login(soonja)
    first = send(client, dong)
    client.force_login(minsu)
    assert send(client, dong) != first
    assert AgendaItem.objects.count() == 2


@pytest.mark.django_db
def test_a_form_with_a_mistake_keeps_its_key_for_the_next_try(client, soonja, dong):
    client.force_login(soonja)
    page = client.post(reverse("agenda:new"), sentence(dong) | {"title": ""})
    assert page.status_code == 200
    assert Once.objects.count() == 0
    assert send(client, dong)[0] == 302


@pytest.mark.django_db
def test_a_key_that_no_table_can_hold_is_refused_with_a_page(client, soonja, dong):
    client.force_login(soonja)
    assert send(client, dong, key="a\0b")[0] == 400


def click(*, who, dong, look_first=False):
    """One browser, in a process of its own, sends the form."""
    if look_first:
        OnceQuerySet.claim = look_without_waiting
        OnceQuerySet.answer = lambda rows, **how: None
    browser = Client()
    browser.force_login(Person.objects.get(pk=who))
    return send(browser, Dong.objects.get(pk=dong))


def look_without_waiting(rows, *, key, who):
    """What somebody would write who thinks of one click after the other only."""
    done = rows.filter(key=key, who=who).first()
    time.sleep(1)
    return done.address if done else None


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_sentence_and_lead_to_it(soonja, dong):
    facts = {"who": soonja.pk, "dong": dong.pk}
    one, other = together(click, facts, facts)
    assert one == other == [302, AgendaItem.objects.get().get_absolute_url()]


@pytest.mark.django_db(transaction=True)
def test_control_without_waiting_two_clicks_make_two_sentences(soonja, dong):
    facts = {"who": soonja.pk, "dong": dong.pk, "look_first": True}
    together(click, facts, facts)
    assert AgendaItem.objects.count() == 2
