"""A participatory budget that a city really held, through the same box as a resident's ballot."""

import time
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from decide import pabulib
from maeul.ground.people.models import Person
from maeul.vault.ballot import actions, clock, offline, sealing
from maeul.vault.ballot.clock import clock_at
from maeul.vault.ballot.holders import Holders
from maeul.vault.ballot.models import EVERYBODY, Election, Outcome, PollBookEntry
from maeul.vault.ballot.rules import State
from maeul.vault.ballot.texts import FLAWS

LARGEST = 20 * 1024 * 1024
RULES = {"greedy": "skip", "greedy-no-skip": "stop"}
OFFICERS = ("시범 선거관리인 1", "시범 선거관리인 2")
SEED = "시범: 명령이 정한 숫자"
EVERY = 2.0
"""Seconds between two lines of progress."""


class Command(BaseCommand):
    help = (
        "Bring in a participatory budget from a Pabulib file (.pb): projects, limits, voters."
        " With --cast every real ballot is sealed and cast, then the poll is closed, opened,"
        " counted and published in played time (demo and test databases only); started again"
        " it goes on where it stopped. Example: manage.py import_election FILE.pb --cast"
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE.pb")
        parser.add_argument("--cast", action="store_true", help="also cast, open, count, publish")
        parser.add_argument("--most", type=int, help="cast at most so many ballots in this run")

    def handle(self, *, file, cast, most, **options):
        content = read(file)
        told = parse(file, content)
        at = timezone.now() - timedelta(days=3)
        if cast and not clock.is_played():
            raise CommandError(
                "실제 투표가 있는 데이터베이스에서는 표를 넣을 수 없습니다."
                " 시범 데이터베이스에서 해 주세요(manage.py play_ballot_clock)."
            )
        election = defined(told, content, at=at)
        self.say(
            f"{election.title}: 안건의 사업 {len(told.projects)}가지, 선거인 {len(told.ballots)}명"
        )
        if not cast:
            return
        played = Played(election, told)
        played.freeze()
        if not played.cast(say=self.say, most=most):
            return
        played.close_open_count_publish()
        won = played.winners()
        self.say(f"선정: {', '.join(won)}")
        official = set(told.selected or ())
        if official and official != set(won):
            raise CommandError(f"도시가 발표한 결과와 다릅니다: {', '.join(sorted(official))}")
        if official:
            self.say("도시가 발표한 결과와 같습니다.")

    def say(self, line):
        self.stdout.write(line)
        self.stdout.flush()


def read(file) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise CommandError(f"{file.name}: 20MB가 넘는 파일은 받지 않습니다.")
        return file.read_bytes()
    except OSError as error:
        raise CommandError(
            f"{file}: 파일을 읽을 수 없습니다. 이름과 자리를 확인해 주세요."
        ) from error


def parse(file, content) -> pabulib.Election:
    """The election of the file; what is wrong is named with its line."""
    try:
        told = pabulib.parse(content)
    except pabulib.PabulibError as error:
        where = f"{error.line}째 줄: " if error.line else ""
        raise CommandError(f"{file.name} {where}{FLAWS[error.code]}") from error
    if told.vote_type not in (pabulib.VoteType.APPROVAL, pabulib.VoteType.CHOOSE_1):
        raise CommandError(f"{file.name}: 고르기 투표(approval, choose-1)만 들여올 수 있습니다.")
    if told.meta.get("rule") not in RULES:
        raise CommandError(
            f"{file.name}: 세는 법 {told.meta.get('rule')!r}은 아직 할 수 없습니다."
            f" 할 수 있는 것: {', '.join(RULES)}"
        )
    return told


@transaction.atomic
def defined(told, content, *, at) -> Election:
    """The election of this very file; drafted now unless it is here already."""
    mark = f"pb:{sha256(content).hexdigest()}"
    known = Election.objects.filter(questions__reference=mark).first()
    if known:
        return known
    meta = told.meta
    officers = [Person.objects.create(name=name) for name in OFFICERS]
    by = officers[0]
    election = actions.draft(
        title=(meta.get("description") or "시민참여예산")[:120],
        lead="다른 도시가 실제로 치른 시민참여예산입니다.",
        opens_at=at,
        closes_at=at + timedelta(days=2),
        currency=(meta.get("currency") or "PLN")[:3],
        minor_digits=told.digits,
        tie_source=SEED,
        head_places=["시범 게시판 1", "시범 게시판 2"],
        by=by,
        at=at,
    )
    actions.put(
        election=election,
        title="어떤 사업에 쓸까요?",
        options=[
            actions.OptionText(
                title=project.fields.get("name", project.id)[:200],
                cost=project.cost,
                reference=project.id,
            )
            for project in told.projects
        ],
        rule="greedy",
        parameters={
            "budget": told.budget,
            "form": RULES[meta["rule"]],
            "minimum": max(1, told.minimum),
        },
        at_least=0,
        at_most=most_choices(told),
        ballot_limit=limit_of_sum(told),
        whole_ballots="public",
        reference=mark,
        by=by,
        at=at,
    )
    electors = [actions.ElectorText(name=ballot.voter, proof="Pabulib") for ballot in told.ballots]
    actions.enrol(election=election, electors=electors, by=by, at=at)
    pairs = [(officers[0], True), (officers[1], False)]
    actions.name_officers(election=election, officers=pairs, by=by, at=at)
    return election


def most_choices(told) -> int:
    most = told.meta.get("max_length")
    return min(int(most), len(told.projects)) if most else len(told.projects)


def limit_of_sum(told) -> int | None:
    """What one ballot may cost, in the file's own smallest unit, where the city set a limit."""
    told_limit = told.meta.get("max_sum_cost")
    if not told_limit:
        return None
    whole, _dot, rest = told_limit.partition(".")
    return int(whole) * 10**told.digits + int(rest.ljust(told.digits, "0") or 0)


class Played:
    """The election's life in played time: its keys, its ballots, its officers."""

    def __init__(self, election, told):
        self.election, self.told = election, told
        self.officers = [each.person for each in election.officers.select_related("person")]
        self.holders = Holders(
            Path(settings.VAR, "imports", str(election.pk)), page=offline.holders_file()
        )

    def freeze(self):
        election, by, at = self.election, self.officers[0], self.election.opens_at
        if election.state != State.DRAFT:
            return
        with clock_at(at):
            actions.set_locks(election=election, locks=self.holders.locks(), by=by, at=at)
            for with_copies in (False, True):
                rehearsal = actions.start_rehearsal(
                    election=election, with_copies=with_copies, by=by, at=at
                )
                word = self.holders.rehearse(bytes(rehearsal.parcel), with_copies=with_copies)
                actions.check_rehearsal(rehearsal=rehearsal, word=word, by=by, at=at)
            self.election = actions.freeze(election=election, by=by, at=at)

    def cast(self, *, say, most=None) -> bool:
        """Cast what is not in the box yet; whether all of it is there now."""
        election = self.election
        if election.state not in (State.FROZEN, State.OPEN):
            return True
        number_of = {
            option.reference: option.number for option in election.questions.get().options.all()
        }
        manifest = election.frozen()
        [question] = manifest.questions
        voted = set(
            PollBookEntry.objects.voted()
            .filter(elector__election=election)
            .values_list("elector_id", flat=True)
        )
        waiting = [elector for elector in election.electors.order_by("number")
                   if elector.pk not in voted]  # fmt: skip
        total = len(self.told.ballots)
        began = shown = time.monotonic()
        for done, elector in enumerate(waiting[:most], 1):
            choices = self.told.ballots[elector.number - 1].choices
            plaintext = sealing.compose(
                manifest, EVERYBODY, {question.key: [number_of[each] for each in choices]}
            )
            with clock_at(election.opens_at):
                actions.cast(
                    election=election,
                    elector=elector,
                    sealed=sealing.seal(plaintext, manifest.locks),
                )
            if time.monotonic() - shown > EVERY or done == len(waiting):
                shown = time.monotonic()
                rate = done / (shown - began)
                left = timedelta(seconds=round((len(waiting) - done) / rate))
                say(f"{len(voted) + done:,} / {total:,}표, 초당 {rate:.0f}표, 남은 시간 {left}")
        return most is None or len(waiting) <= most

    def close_open_count_publish(self):
        election, at = self.election, self.election.closes_at
        one, _other = self.officers
        if election.state in (State.FROZEN, State.OPEN):
            with clock_at(at):
                election = actions.close(election=election, by=one, at=at)
        if election.state == State.CLOSED:
            actions.fix_list(election=election, by=one, at=at)
            parcel = actions.parcel(election=election, by=one, at=at)
            for content in self.holders.open(parcel, head=actions.closing(election)[1].hex()):
                opened = actions.record_opening(election=election, content=content, by=one, at=at)
            for officer in self.officers:
                election = actions.confirm_opening(opened=opened, by=officer, at=at)
        if election.state == State.OPENED:
            if not election.tie_value:
                seed = sha256(bytes(election.chain0)).hexdigest()
                election = actions.record_tie_value(election=election, value=seed, by=one, at=at)
            actions.count(election=election, by=one, at=at)
            confirmed = actions.confirmed_by(election, "confirmed_publication")
            for officer in self.officers:
                if officer.pk not in confirmed:
                    election = actions.confirm_publication(election=election, by=officer, at=at)
        self.election = election

    def winners(self) -> list[str]:
        """The file's own ids of what won, in the order in which it was taken."""
        return [outcome.option.reference for outcome in Outcome.objects.of(self.election).won()]
