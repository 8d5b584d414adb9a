"""How much the village bears: casts a second, and every page that shows rows at two sizes.

`make bench-year`: on a database of its own that waits for the disk, with the site served at
BENCH_URL by the process BENCH_WEB.  Goals on 2 cores: 100 casts a second by the action, 50 over
HTTP from eight clients; every list asks as often at 10,000 rows as at 100, at most 15 times, and is
there within 100 ms.
"""

import os
import resource
import sys
import time
from base64 import b64encode
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from io import StringIO
from json import dumps
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
django.setup()

import psycopg  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import lists  # noqa: E402
from bench.report import Runs, at_least, at_most, table, tell  # noqa: E402
from maeul.ground.people.models import Person  # noqa: E402
from maeul.vault.ballot import actions, sealing  # noqa: E402
from maeul.vault.ballot.tests import factories  # noqa: E402

BALLOTS = 400  # of one run
RUNS = 3
CLIENTS = 8
TOKEN = "b" * 32
GOALS = {
    "casts_a_second": at_least(100),
    "http_casts_a_second": at_least(50),
    "lists_not_constant": at_most(0),
    "lists_above_their_queries": at_most(0),
    "lists_above_100_ms": at_most(0),
}


def main():
    people = Person.objects.bulk_create(
        Person(name=f"주민{n}", email=f"bench{n}@example.org") for n in range(BALLOTS)
    )
    sessions = [session_of(person) for person in people]
    bare, action, http = [], [], []
    for _run in range(RUNS):
        bare.append(by_bare_sql())
        action.append(by_action())
        http.append(by_http(os.environ["BENCH_URL"], people, sessions))
        rates = [f"{each[-1]:.0f}" for each in (bare, action, http)]
        print("casts a second, bare, by the action, over HTTP:", *rates, flush=True)
    queries = queries_of_one(people[0], sessions[0])
    web = peak_of(int(os.environ["BENCH_WEB"]))
    print("Playing the demo's years, to have a legal row of everything", flush=True)
    call_command("play_demo", stdout=StringIO())
    pages = lists.measure()
    return told(Runs((*bare,)), Runs((*action,)), Runs((*http,)), queries, web, pages)


# Casting


def by_bare_sql():
    """The statements that a cast cannot do without, and nothing else, one ballot a transaction."""
    election = open_election(factories.walk_ins(BALLOTS))
    ballots = [(elector.pk, a_ballot(election)) for elector in election.electors.all()]
    with psycopg.connect(os.environ["DATABASE_URL"]) as bare:
        began = time.monotonic()
        for elector, sealed in ballots:
            bare.execute(
                "INSERT INTO ballot_pollbookentry (elector_id, channel, revision)"
                " VALUES (%s, 'none', 0) ON CONFLICT DO NOTHING",
                [elector],
            )
            bare.execute(
                "UPDATE ballot_pollbookentry SET channel = 'online', revision = 1"
                " WHERE elector_id = %s",
                [elector],
            )
            bare.execute(
                "INSERT INTO ballot_envelope"
                " (id, election_id, elector_id, revision, channel, sealed, tracker)"
                " VALUES (%s, %s, %s, 1, 'online', %s, %s)",
                [uuid4(), election.pk, elector, sealed, sealing.tracker_of(sealed)],
            )
            bare.commit()
        return BALLOTS / (time.monotonic() - began)


def by_action():
    election = open_election(factories.walk_ins(BALLOTS))
    ballots = [(elector, a_ballot(election)) for elector in election.electors.order_by("number")]
    began = time.monotonic()
    for elector, sealed in ballots:
        actions.cast(election=election, elector=elector, sealed=sealed)
    return BALLOTS / (time.monotonic() - began)


def by_http(address, people, sessions):
    """Eight clients, each an own process with one connection, one ballot after the other."""
    election = open_election_of(people)
    path = reverse("ballot:cast", args=[election.pk])
    posts = [(session, body(a_ballot(election))) for session in sessions]
    parts = [(address, path, posts[n::CLIENTS]) for n in range(CLIENTS)]
    with ProcessPoolExecutor(CLIENTS, mp_context=get_context("spawn")) as clients:
        list(clients.map(post_all, [(address, path, ()) for _client in parts]))
        began = time.monotonic()
        answers = [status for statuses in clients.map(post_all, parts) for status in statuses]
        took = time.monotonic() - began
    assert set(answers) == {200}, f"refused: {set(answers)}"
    assert election.envelopes.count() == BALLOTS
    return BALLOTS / took


def queries_of_one(person, session):
    """How often one cast asks the database: by the action for an elector with an account, and
    with everything around it over HTTP."""
    election = open_election_of([person])
    with CaptureQueriesContext(connection) as asked:
        elector = election.electors.get()
        actions.cast(election=election, elector=elector, sealed=a_ballot(election))
    election = open_election_of([person])
    browser = Client()
    browser.cookies["sessionid"] = session
    path = reverse("ballot:cast", args=[election.pk])
    sent = body(a_ballot(election))
    with CaptureQueriesContext(connection) as over_http:
        answer = browser.post(path, sent, content_type="application/json")
    assert answer.status_code == 200, answer.content
    return len(asked) - 1, len(over_http)


def open_election_of(people):
    return open_election([actions.ElectorText(name=each.name, person=each) for each in people])


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


# Memory


def peak_of(pid):
    """Peak memory of a process and those it started, in MB."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue  # ended meanwhile
    family = [pid] + [child for child, parent in parents.items() if parent == pid]
    return [_peak(each) for each in family]


def _peak(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return 0


# Telling


def told(bare, action, http, queries, web, pages):
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    figures = {
        "casts_a_second": action.median,
        "http_casts_a_second": http.median,
        "bare_sql_casts_a_second": bare.median,
        "cast_share_of_bare_sql": action.median / bare.median,
        "http_cast_share_of_bare_sql": http.median / bare.median,
        "queries_of_a_cast": queries[0],
        "queries_of_an_http_cast": queries[1],
        "peak_mb_of_a_web_process": max(web),
        "peak_mb_of_the_bench": own,
        "lists": len(pages),
        "lists_not_constant": sum(not each.is_constant for each in pages),
        "lists_above_their_queries": sum(not each.asks_little for each in pages),
        "lists_above_100_ms": sum(not each.is_quick for each in pages),
    }
    casts = table(
        ["casting, a second", f"median of {RUNS} (lowest–highest)", "share of bare SQL", "queries"],
        [
            ["bare SQL, one connection", bare, 1.0, 3],
            ["by the action", action, action.median / bare.median, queries[0]],
            [f"over HTTP, {CLIENTS} clients", http, http.median / bare.median, queries[1]],
        ],
    )
    few, many = lists.SIZES
    rows = table(
        ["page", "who looks", "of many", f"queries at {few:,}", f"at {many:,}", "ms", "ms", ""],
        [_row(page) for page in pages],
    )
    memory = (
        f"Peak memory: web processes {', '.join(map(str, web))} MB, this program {own} MB."
        f" A cast by the action is one of {BALLOTS} ballots of a poll, from one process; over HTTP"
        " it carries session, person, roles, forgery check, message, letter and job with it."
    )
    body = "\n\n".join([casts, memory, lists.NOTE, rows])
    return tell("year", figures=figures, goals=GOALS, body=body)


def _row(seen):
    page, verdict = seen.page, "" if seen.is_good else "misses"
    return [f"`{page.name}`", page.who, page.rows, *seen.queries, *seen.milliseconds, verdict]


if __name__ == "__main__":
    sys.exit(main())
