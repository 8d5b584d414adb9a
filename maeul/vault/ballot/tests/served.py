"""The site in processes of its own, and devices that send ballots to it over HTTP."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from maeul.ground.people.tests.factories import PersonFactory
from maeul.vault.ballot import actions, sealing
from setup.machine import ROOT, free_port
from setup.site import WEB

TOKEN = "b" * 32
DEVICES = 6


@contextlib.contextmanager
def site(environment, *, application="config.wsgi:application", log, more=()):
    """Served as `make demo` serves it; gives the port."""
    port = free_port()
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "granian", *WEB.split(), *more, "--port", str(port),
             application],
            cwd=ROOT, env=environment, stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
        try:
            wait_for(port, server, log)
            yield port
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(timeout=30)


def wait_for(port, server, log):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text()
        with contextlib.suppress(OSError, HTTPException):
            status, _text = ask(port, "GET", "/votes/")
            assert status == 200, log.read_text()
            return
        time.sleep(0.1)
    raise AssertionError(f"the site does not answer: {log.read_text()}")


def ask(port, method, path, body=None, headers=None):
    with contextlib.closing(HTTPConnection("127.0.0.1", port, timeout=20)) as line:
        line.request(method, path, body, headers or {})
        answer = line.getresponse()
        return answer.status, answer.read()


def people_with_accounts(number):
    """As electors of a draft."""
    people = [PersonFactory(name=f"이웃{n}") for n in range(1, number + 1)]
    return [actions.ElectorText(name=each.name, person=each) for each in people]


def session_of(person):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return session.session_key


def ballots_of(election, said):
    """What each elector's device sends: (session, body, tracker).  `said(elector)`: choices."""
    manifest = election.frozen()
    for elector in election.electors.select_related("person").order_by("number"):
        plaintext = sealing.compose(manifest, elector.style, said(elector))
        sealed = sealing.seal(plaintext, manifest.locks)
        tracker = sealing.tracker_of(sealed).hex()
        body = json.dumps({"sealed": b64encode(sealed).decode(), "tracker": tracker})
        yield session_of(elector.person), body, tracker


def send_all(port, election, ballots, *, tries=60):
    """Each device sends one ballot after the other, the same bytes again until there is an answer;
    the answers in the order in which they came."""
    path = reverse("ballot:cast", args=[election.pk])
    answers = []
    with ThreadPoolExecutor(DEVICES) as devices:
        for answer in devices.map(
            lambda ballot: until_answered(port, path, *ballot, tries), ballots
        ):
            answers.append(answer)
    return answers


def until_answered(port, path, session, body, _tracker, tries):
    """(status, answer, how often it was sent, when the answer came)"""
    headers = {
        "Content-Type": "application/json",
        "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
    }
    status, text = None, ""
    for time_no in range(1, tries + 1):
        try:
            status, text = ask(port, "POST", path, body, headers)
        except (OSError, HTTPException):
            status = None
        if status is not None and status < 500:
            return status, json.loads(text), time_no, time.monotonic()
        time.sleep(0.25)
    return status, None, tries, time.monotonic()
