"""The whole demo, played once through the actions, and every page of it opened.

It is played in a database of its own, at a fixed moment, in two goes as a running demo is.
"""

import re
from collections import Counter
from datetime import datetime
from html.parser import HTMLParser
from itertools import combinations
from unittest import mock
from urllib.parse import urldefrag, urljoin, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.db.models import Count, Sum
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from maeul.decision.plan.models import Plan
from maeul.demo.models import Played
from maeul.demo.play import HOME, play, programme
from maeul.demo.today import open_a_vote
from maeul.ground.people.models import DemoSignIn, Person
from maeul.ground.search.models import Entry as Found
from maeul.ground.thread.models import Step
from maeul.vault.ballot.models import Election
from maeul.vault.ledger.models import Account, Entry, Posting
from tests.database import another_database
from tests.test_doors import addresses

SEOUL = ZoneInfo("Asia/Seoul")
SPRING = datetime(2026, 3, 20, 10, tzinfo=SEOUL)
NOW = datetime(2026, 11, 24, 10, tzinfo=SEOUL)
INSTANCES = 2  # how many pages of one address each visitor opens
VISITORS = ("", "resident", "member", "officer", "secretary", "district", "reviewer")

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Two years of a dong; returns how many chapters each go played."""
    folder = tmp_path_factory.mktemp("demo")
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True, VAR=folder, MEDIA_ROOT=folder / "uploads"),
        mock.patch("django.utils.timezone.now", return_value=NOW),
        another_database("demo"),
    ):
        goes = [play(SPRING, say=_quiet), play(NOW, say=_quiet)]
        open_a_vote(NOW, say=_quiet)
        yield goes


def _quiet(_line):
    pass


def visitor(key, theme="light"):
    """A browser, signed in by the demo's one click; the empty key is somebody unknown."""
    browser = Client(raise_request_exception=True)
    browser.cookies["theme"] = theme
    if key:
        assert browser.get(reverse("people:demo_sign_in", args=[key])).status_code == 302
    return browser


def opened(browser, address):
    cache.clear()  # rate limits count in the cache
    return browser.get(address)


# What was played


def test_played_in_two_goes_every_chapter_was_played_once(demo):
    assert demo[0] > 0
    assert demo[1] > 0
    assert sum(demo) == len(programme(NOW)) == Played.objects.count()


def test_a_third_go_on_the_same_day_plays_nothing():
    assert play(NOW, say=_quiet) == 0


def test_a_vote_is_open_in_which_the_demos_voter_may_vote():
    election = Election.objects.open_at(NOW).get()
    page = opened(visitor("voter"), reverse("ballot:ballot", args=[election.pk]))
    assert page.status_code == 200


def test_a_second_start_opens_no_second_vote():
    open_a_vote(NOW, say=_quiet)
    assert Election.objects.open_at(NOW).count() == 1


def test_every_movement_of_money_has_two_sides_that_sum_to_zero():
    sums = Entry.objects.annotate(sum=Sum("postings__amount_won"), sides=Count("postings"))
    assert sums.count() > 20
    assert list(sums.exclude(sum=0)) == []
    assert list(sums.filter(sides__lt=2)) == []
    assert Posting.objects.aggregate(sum=Sum("amount_won"))["sum"] == 0


def test_no_account_of_the_house_is_overdrawn():
    """Only where money comes from may be below zero."""
    inside = [each for each in Account.objects.with_balance() if not each.is_outside]
    assert inside
    assert [(each.title, each.balance) for each in inside if each.balance < 0] == []


RESIDENT_NUMBER = re.compile(
    r"(?<![\d-])\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])-?[1-8]\d{6}(?!\d)"
)


@pytest.mark.parametrize("text", ["530402-2012345", "5304022012345"])
def test_a_resident_registration_number_would_be_seen(text):
    assert RESIDENT_NUMBER.search(f"순자 {text}, 독산1동")


def test_nothing_in_the_demo_looks_like_a_resident_registration_number():
    read = 0
    for model in apps.get_models():
        texts = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
            and not field.primary_key
        ]
        if not texts or not model.__module__.startswith("maeul."):
            continue
        for row in model.objects.values_list(*texts):
            for name, value in zip(texts, row, strict=True):
                read += 1
                assert not RESIDENT_NUMBER.search(str(value)), (model.__name__, name)
    assert read > 10_000


# One event is one step

# What two concepts may say at the same moment on one matter's way: two events, not one told twice.
SIDE_BY_SIDE = {
    ("agenda", "review"): {("taken_up", "asked")},
    ("agenda", "plan"): {("tabled", "adopt")},
    ("budget", "pledge"): {("appropriated", "tied")},
    ("grant", "project"): {("closed", "refunded")},
}


def test_no_event_is_told_twice_on_the_way_of_a_matter():
    moments = {}
    for step in Step.objects.select_related("thread").order_by("pk"):
        moments.setdefault((step.thread.root_id, step.at), []).append(step)
    together = [steps for steps in moments.values() if len(steps) > 1]
    assert together
    for steps in together:
        for one, other in combinations(sorted(steps, key=lambda step: step.step), 2):
            told = f"{one.step} and {other.step}: {one.title} / {other.title}"
            assert (one.title, one.text) != (other.title, other.text), told
            assert not one.text or one.text != other.text or one.step == other.step, told
            concepts, verbs = zip(one.step.split("."), other.step.split("."), strict=True)
            assert concepts[0] == concepts[1] or verbs in SIDE_BY_SIDE.get(concepts, ()), told


# Links that are stored


def test_every_link_stored_in_the_search_opens_for_everybody():
    links = set(Found.objects.values_list("link", flat=True))
    assert len(links) > 50
    assert _broken(visitor(""), links) == []


def test_every_link_of_a_public_step_opens_for_everybody():
    links = set(Step.objects.filter(public=True).exclude(link="").values_list("link", flat=True))
    assert len(links) > 50
    assert _broken(visitor(""), links) == []


def test_every_link_of_a_private_step_opens_for_whom_the_step_is_shown_to():
    """The opener of the thread and the dong's staff see the step, so its link must open."""
    hidden = Step.objects.filter(public=False).exclude(link="").select_related("thread")
    assert hidden
    broken = _broken(visitor("officer"), {step.link for step in hidden if step.thread.dong_id})
    openers = {}
    for step in hidden:
        if step.thread.opened_by_id:
            openers.setdefault(step.thread.opened_by_id, set()).add(step.link)
    assert openers
    for person, links in openers.items():
        browser = Client()
        browser.force_login(Person.objects.get(pk=person))
        session = browser.session
        session["demo"] = True
        session.save()
        broken += _broken(browser, links)
    assert broken == []


def _broken(browser, links):
    got = [(link, opened(browser, urldefrag(link).url).status_code) for link in sorted(links)]
    return [(link, status) for link, status in got if status != 200]


# Every page


# What a program says and a person does not: nothing chosen, nothing known, a template's braces.
UNTRANSLATED = re.compile(r"-{5,}|\bNone\b|\bTrue\b|\bFalse\b|\{\{|\{%|__proxy__|\bUUID\(")


class Said(HTMLParser):
    """The words of a page, without its scripts and what is marked as code."""

    def __init__(self, page):
        super().__init__()
        self.words, self.inside = [], 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.inside += tag in ("script", "style", "code")

    def handle_endtag(self, tag):
        self.inside -= tag in ("script", "style", "code")

    def handle_data(self, data):
        if not self.inside:
            self.words.append(data)


@pytest.mark.parametrize(
    "said", ["<option>---------", "<p>None</p>", "<dd>{{ won }}", "<b>True</b>"]
)
def test_words_of_a_program_would_be_seen(said):
    assert UNTRANSLATED.search("".join(Said(said).words))


class Links(HTMLParser):
    """The addresses a page links to or shows pictures of."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        wanted = {"a": "href", "img": "src"}.get(tag)
        self.found += [value for name, value in attrs if name == wanted and value]


def _inner(address, link):
    """Path and query of a link to a page of the site; empty for others."""
    whole = urlsplit(urljoin(f"http://testserver{address}", urldefrag(link).url))
    if whole.netloc != "testserver" or whole.path.startswith(("/static/", "/people/demo/")):
        return ""
    return whole.path + (f"?{whole.query}" if whole.query else "")


def _kind(address):
    """The name of the address and which questions it asks (`?state=…`)."""
    path, _mark, query = address.partition("?")
    try:
        name = resolve(path).view_name
    except Resolver404:
        return path  # opened, and found missing
    return name, tuple(sorted({part.partition("=")[0] for part in query.split("&")}))


def _starting_points():
    """Every address that needs nothing to be known; what is refused there is refused."""
    for name in sorted(set(addresses())):
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


OF_THEIR_OWN_THEME = re.compile("theme=|/verify.html")  # the hall's wall; a page for the disk


@pytest.mark.parametrize("key", VISITORS)
def test_every_page_opens_in_both_themes_for(key):
    light, dark = visitor(key), visitor(key, theme="dark")
    by_hand = set(_starting_points()) - {"/"}
    waiting = [("/", "")] + [(address, "") for address in sorted(by_hand)]
    seen, times, dim, broken = set(), Counter(), set(), []
    for address, linked_from in waiting:  # grows while it is walked
        kind = _kind(address)
        if address in seen or times[kind] >= INSTANCES or "logout" in address:
            continue
        seen.add(address)
        times[kind] += 1
        page = opened(light, address)
        allowed = {200, 302} if linked_from else {200, 302, 400, 403, 404, 405, 409}
        if page.status_code not in allowed:
            broken.append((address, page.status_code, f"linked from {linked_from}"))
        if page.status_code == 302:
            waiting.append((_inner(address, page.url), address))
        if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
            continue
        text = page.content.decode()
        said = "".join(Said(text).words)
        assert not (found := UNTRANSLATED.search(said)), (address, found and found.group())
        if kind not in dim:
            dim.add(kind)
            again = opened(dark, address)
            assert again.status_code == 200, address
            if "<html" in text and not OF_THEIR_OWN_THEME.search(address):
                assert 'data-theme="light"' in text, address
                assert 'data-theme="dark"' in again.content.decode(), address
        waiting += [
            (inner, address) for link in Links(text).found if (inner := _inner(address, link))
        ]
    assert broken == []
    assert len(seen) > 60, "the walk came nowhere"


# Lists


def _lists():
    plan = Plan.objects.filter(dong__code=HOME).earliest("pk")
    return {
        "agenda:items": ("", reverse("agenda:items")),
        "agenda:worklist": ("officer", reverse("agenda:worklist")),
        "meeting:meetings": ("", reverse("meeting:meetings", args=[HOME])),
        "meeting:follow_ups": ("", reverse("meeting:follow_ups", args=[HOME])),
        "portal:front": ("", reverse("portal:front")),
        "portal:search": ("", reverse("portal:search") + "?q=골목"),
        "portal:worklist": ("officer", reverse("portal:worklist")),
        "portal:mine": ("resident", reverse("portal:mine")),
        "assembly:assemblies": ("", reverse("assembly:assemblies")),
        "plan:plan": ("", reverse("plan:plan", args=[plan.pk])),
        "project:dong_year": ("", reverse("project:dong_year", args=[HOME, 2026])),
        "budget:dong_year": ("", reverse("budget:dong_year", args=[HOME, 2026])),
        "grant:dong_year": ("", reverse("grant:dong_year", args=[HOME, 2026])),
        "pledge:money": ("", reverse("pledge:money")),
        "record:register": ("", reverse("record:register", args=[HOME, 2026])),
        "notice:inbox": ("resident", reverse("notice:inbox")),
        "people:standings": ("officer", reverse("people:standings")),
        "membership:council": ("", reverse("membership:council", args=[HOME])),
    }


LISTS = (
    "agenda:items",
    "agenda:worklist",
    "assembly:assemblies",
    "budget:dong_year",
    "grant:dong_year",
    "meeting:follow_ups",
    "meeting:meetings",
    "membership:council",
    "notice:inbox",
    "people:standings",
    "plan:plan",
    "pledge:money",
    "portal:front",
    "portal:mine",
    "portal:search",
    "portal:worklist",
    "project:dong_year",
    "record:register",
)
MOST = 45  # queries of one page
MOST_ALIKE = 4  # that differ in values only: one per row would be more


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_no_question_per_row(name):
    key, address = _lists()[name]
    browser = visitor(key)
    opened(browser, address)  # what is remembered once is remembered now
    with CaptureQueriesContext(connection) as queries:
        page = opened(browser, address)
    assert page.status_code == 200
    shapes = Counter(_shape(each["sql"]) for each in queries.captured_queries)
    shape, times = shapes.most_common(1)[0]
    assert times <= MOST_ALIKE, f"{times} times: {shape}"
    assert len(queries) <= MOST


def _shape(sql):
    """A query without its values."""
    return re.sub(r"\d+(, \d+)*", "0", re.sub(r"'(?:[^']|'')*'", "''", sql))


# Only in a demo


def test_outside_a_demo_nothing_is_played_and_nobody_comes_in_by_one_click(client, settings):
    offer = DemoSignIn.objects.first()
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("play_demo")
    assert client.get(reverse("people:demo_sign_in", args=[offer.key])).status_code == 404
    assert "_auth_user_id" not in client.session
