"""Every form of the site refuses once, and what was typed is still there.

Walks the table of doors: on each page that a role gets, every form that is sent by post is sent
with recognisable words and something missing (or with far too much), until it is refused.
"""

from html.parser import HTMLParser
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.urls import resolve, reverse

from tests.test_doors import DOORS, scene  # noqa: F401 (a fixture)

# A button alone, or only choices, numbers, dates, files and passwords.
TAKES_NO_TEXT = {
    "account_change_password",
    "account_email",
    "account_logout",
    "account_reauthenticate",
    "agenda:merge",
    "agenda:support",
    "agenda:triage",
    "assembly:announce",
    "assembly:announce_result",
    "assembly:build_roll",
    "assembly:choose_rule",
    "assembly:confirm_help",
    "assembly:freeze_rules",
    "assembly:import_roll",
    "assembly:lay_open_roll",
    "assembly:name_officers",
    "assembly:take_out",
    "assembly:withdraw_help",
    "ballot:close_batch",
    "ballot:confirm_counts",
    "ballot:count_box",
    "ballot:destroy",
    "ballot:elector",
    "ballot:elsewhere",
    "ballot:end_clerk",
    "ballot:enter",
    "ballot:freeze",
    "ballot:in_person",
    "ballot:late",
    "ballot:letters",
    "ballot:line",
    "ballot:make_batch",
    "ballot:rehearsal",
    "ballot:report",
    "ballot:set_hall",
    "ballot:slip",
    "ballot:take_turn",
    "ballot:take_up",
    "ballot:totals",
    "budget:put",
    "core:view_settings",
    "grant:close",
    "grant:pay",
    "meeting:close",
    "meeting:elect",
    "membership:begin_term",
    "membership:end_office",
    "membership:end_seat",
    "membership:import_members",
    "membership:install",
    "membership:resign",
    "people:consents",
    "people:end_role",
    "people:end_standing",
    "people:give_role",
    "people:leave",
    "people:standing",
    "people:state",
    "plan:adopt",
    "plan:ask_for_money",
    "plan:bring_to_plenary",
    "plan:draw_up",
    "plan:drop_item",
    "plan:expire",
    "plan:submit",
    "plan:table",
    "plan:take_effect",
    "plan:take_result",
    "pledge:tie",
    "project:approve_change",
    "project:approve_settlement",
    "project:approve_spending",
    "project:ask_settlement",
    "project:work",
    "review:remind",
    "review:withdraw",
}

WHO = (
    "secretary",
    "officer",
    "resident",
    "district_officer",
    "reviewer",
    "mayor_office",
    "election_officer",
    "newcomer",
    "anonymous",
)
MUCH = 12_000


class Forms(HTMLParser):
    """Every form of a page that is sent by post: where to, what it holds, what can be typed."""

    def __init__(self, page: str):
        super().__init__()
        self.forms: list[dict] = []
        self._open = None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        at = dict(attributes)
        if tag == "form":
            sent = at.get("method", "").lower() == "post"
            self._open = {"to": at.get("action", ""), "held": {}, "typed": []} if sent else None
            if sent:
                self.forms.append(self._open)
        elif self._open is not None and tag in ("input", "textarea") and at.get("name"):
            kind = at.get("type", "text") if tag == "input" else "text"
            if kind == "hidden":
                self._open["held"][at["name"]] = at.get("value", "")
            elif kind in ("text", "email", "search", "tel", "url"):
                self._open["typed"].append((at["name"], kind))

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = None


def attempts(typed):
    """What is typed, try by try: all of it, all but one, far too much of one."""
    words = {
        name: f"typed{n}@example.org" if kind == "email" else f"알아볼 낱말 {n}"
        for n, (name, kind) in enumerate(typed, 1)
    }
    yield words
    for name in words:
        yield {**words, name: ""}
    for name in words:
        yield {**words, name: "길" * MUCH}


def refused(browser, address, form, words):
    """The page that came back when it was refused; None when it was taken."""
    with transaction.atomic():
        response = browser.post(address, {**form["held"], **words})
        transaction.set_rollback(True)
    if 300 <= response.status_code < 400:
        return None
    assert response.status_code in (200, 422), f"{address} answers {response.status_code}"
    return response.content.decode()


@pytest.mark.parametrize("name", sorted(name for name, door in DOORS.items() if not door.post))
def test_a_refused_form_still_holds_what_was_typed(name, scene):  # noqa: F811
    door = DOORS[name]
    roles = [role for role in WHO if door.answers[role] == 200][:2]
    lost, textless = [], set()
    with transaction.atomic():
        arguments = door.made(scene) if door.made else []
        how = {"kwargs" if isinstance(arguments, dict) else "args": arguments}
        address = reverse(name, **how)
        seen = set()
        for role in roles:
            cache.clear()
            browser = scene.browsers[role]
            cookies = browser.cookies.copy()
            response = browser.get(address)
            kind = response.headers.get("Content-Type", "")
            page = response.content.decode() if kind.startswith("text/html") else ""
            for form in Forms(page).forms:
                to = form["to"] or address
                act = resolve(to.partition("?")[0]).view_name
                if act in seen:
                    continue
                seen.add(act)
                if not form["typed"]:
                    textless.add(act)
                else:
                    lost += what_is_lost(browser, to, form, act)
            browser.cookies = cookies
        transaction.set_rollback(True)
    assert not lost
    assert textless <= TAKES_NO_TEXT, "forms that take no text and are not listed"


def what_is_lost(browser, address, form, act):
    for words in attempts(form["typed"]):
        cache.clear()
        page = refused(browser, address, form, words)
        if page is not None:
            return [
                f"{act} lost what was typed as {name}"
                for name, word in words.items()
                if word and word not in page
            ]
    return [f"{act} took everything and refused nothing"]


class Forgetful:
    """A page that refuses and gives back an empty form."""

    def post(self, address, data):
        return HttpResponse("<form method=post><input name=title></form>")


def test_a_form_that_forgets_is_found():
    [form] = Forms('<form method="post"><input name="title"></form>').forms
    with patch("tests.test_forms.transaction"):
        lost = what_is_lost(Forgetful(), "/", form, "agenda:new")
    assert lost == ["agenda:new lost what was typed as title"]
