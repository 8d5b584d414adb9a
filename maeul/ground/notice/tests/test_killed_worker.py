"""A worker is killed while it sends: nobody gets a letter twice, and what is unclear waits.

A real mail server, real worker processes, SIGKILL.  The control takes the marking out, in those
processes alone, and the letter arrives twice.
"""

import json
import socketserver
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from maeul.ground.notice import actions
from maeul.ground.notice.models import Letter
from maeul.ground.notice.rules import LetterState

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.proof]
ROOT = Path(__file__).resolve().parents[4]


class OneLine(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as sending a letter needs, and keeps what it was given."""

    def handle(self):
        self.say("220 here")
        for line in self.rfile:
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self.say("354 go on")
                taken = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.letters.append(taken.decode())
            self.say("221 bye" if word == b"QUIT" else "250 taken")
            if word == b"QUIT":
                return

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def post_office():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), OneLine) as server:
        server.daemon_threads, server.letters = True, []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def letter(soonja, at):
    actions.tell(person=soonja, title="답이 왔습니다", text="검토했습니다.", link="/a/", at=at)
    return Letter.objects.get()


def worker(post_office, letter, **how):
    order = {
        "database": connection.settings_dict["NAME"],
        "port": post_office.server_address[1],
        "letter": letter.pk,
        **how,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "maeul.ground.notice.tests.mailer", json.dumps(order)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def killed_then_run_again(post_office, letter, **how):
    """The first worker is killed where it stops; what the second one says."""
    first = worker(post_office, letter, **how)
    assert first.stdout.readline() == "stopped\n"
    first.kill()
    first.communicate(timeout=30)
    return worker(post_office, letter, **how | {"stop": ""}).communicate(timeout=60)[0].strip()


@pytest.mark.parametrize(("stop", "arrived"), [("before", 0), ("after", 1)])
def test_a_letter_whose_worker_was_killed_is_not_sent_again_but_waits_for_a_person(
    post_office, letter, district_officer, client, stop, arrived
):
    assert killed_then_run_again(post_office, letter, stop=stop) == LetterState.UNCLEAR
    assert len(post_office.letters) == arrived
    client.force_login(district_officer)
    assert letter.subject in client.get(reverse("notice:letters")).content.decode()


def test_a_letter_that_a_person_sends_again_arrives_with_the_same_number(
    post_office, letter, district_officer, at
):
    killed_then_run_again(post_office, letter, stop="after")
    actions.settle(letter=letter, went_out=False, by=district_officer, at=at)
    said, _nothing = worker(post_office, letter).communicate(timeout=60)
    assert said.strip() == LetterState.SENT
    assert [letter.mail_id in one for one in post_office.letters] == [True, True]


def test_control_without_the_mark_the_letter_arrives_twice(post_office, letter):
    assert killed_then_run_again(post_office, letter, stop="after", unmarked=True)
    assert len(post_office.letters) == 2
