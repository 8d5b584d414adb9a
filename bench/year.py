"""How many ballots the box takes: through the action, and over HTTP from eight clients.

`make bench-year`: on a database of its own that waits for the disk, with the site served at
BENCH_URL.  Goals on 2 cores: 100 casts a second by the action, 50 over HTTP.
"""

import os
import resource
import sys
import time
from base64 import b64encode
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from json import dumps
from multiprocessing import get_context
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from maeul.ground.people.models import Person  # noqa: E402
from maeul.vault.ballot import actions, sealing  # noqa: E402
from maeul.vault.ballot.tests import factories  # noqa: E402

BALLOTS = 1_000
CLIENTS = 8
GOALS = {"the action": 100, "HTTP, 8 clients": 50}
TOKEN = "b" * 32


def main():
    reached = [
        told("the action", by_action()),
        told("HTTP, 8 clients", by_http(os.environ["BENCH_URL"])),
    ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory of this program: {peak} MB")
    return 0 if all(reached) else 1


def told(what, rate):
    goal = GOALS[what]
    print(f"{what}: {rate:.0f} ballots a second (goal {goal})", flush=True)
    return rate >= goal


def by_action():
    election = open_election(factories.walk_ins(BALLOTS))
    ballots = [(elector, a_ballot(election)) for elector in election.electors.order_by("number")]
    began = time.monotonic()
    for elector, sealed in ballots:
        actions.cast(election=election, elector=elector, sealed=sealed)
    return BALLOTS / (time.monotonic() - began)


def by_http(address):
    people = Person.objects.bulk_create(
        Person(name=f"주민{n}", email=f"bench{n}@example.org") for n in range(BALLOTS)
    )
    electors = [actions.ElectorText(name=person.name, person=person) for person in people]
    election = open_election(electors)
    path = reverse("ballot:cast", args=[election.pk])
    posts = [(session_of(person), body(a_ballot(election))) for person in people]
    parts = [(address, path, posts[n::CLIENTS]) for n in range(CLIENTS)]
    with ProcessPoolExecutor(CLIENTS, mp_context=get_context("spawn")) as clients:
        list(clients.map(post_all, [(address, path, part[2][:0]) for part in parts]))
        began = time.monotonic()
        answers = [status for statuses in clients.map(post_all, parts) for status in statuses]
        took = time.monotonic() - began
    assert set(answers) == {200}, f"refused: {set(answers)}"
    assert election.envelopes.count() == BALLOTS
    return BALLOTS / took


def open_election(electors):
    names = ("시범 위원", "시범 선거담당")
    officers = tuple(Person.objects.create(name=name) for name in names)
    at = timezone.now() - timedelta(hours=1)
    return factories.frozen(at=at, electors=electors, officers=officers)


def a_ballot(election):
    return factories.sealed(election, q1=[1, 3])


def body(sealed):
    tracker = sealing.tracker_of(sealed).hex()
    return dumps({"sealed": b64encode(sealed).decode(), "tracker": tracker})


def session_of(person):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return session.session_key


def post_all(part):
    """One client: one connection, one ballot after the other."""
    address, path, posts = part
    site = HTTPConnection(urlsplit(address).netloc, timeout=30)
    statuses = []
    for session, sent in posts:
        headers = {
            "Content-Type": "application/json",
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
        }
        site.request("POST", path, sent, headers)
        answer = site.getresponse()
        answer.read()
        statuses.append(answer.status)
    return statuses


if __name__ == "__main__":
    sys.exit(main())
