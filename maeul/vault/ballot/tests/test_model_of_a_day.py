"""Whatever order a day takes: what counts is what a simple model says, to the last sheet."""

import io
import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.cache import caches
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from maeul.core.refusal import Refused
from maeul.vault.ballot import actions, verify
from maeul.vault.ballot.clock import clock_at
from maeul.vault.ballot.models import Outcome
from maeul.vault.ballot.rules import State
from maeul.vault.ballot.tests import factories

pytestmark = pytest.mark.django_db
some = st.integers(0, 3)
choice = st.integers(1, 3)


@dataclass
class Vote:
    """One ballot or sheet of the model; `ended` as what."""

    who: int
    way: str
    chosen: int
    booth: Any = None
    check_in: Any = None
    tracker: bytes = b""
    ended: str = ""


class Day(RuleBasedStateMachine):
    """Four electors, two booths, every way to vote and to take it back."""

    at_start: Any = None

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        caches["limits"].clear()
        self.now = self.at_start
        self.election = factories.at_booths(at=self.now, names=["가", "나", "다", "라"])
        self.officers = (self.election.chair, self.election.clerk)
        self.electors = list(self.election.electors.order_by("number"))
        self.booths = self.election.tables
        self.devices = [factories.kiosk(booth, at=self.now) for booth in self.booths]
        self.votes = []
        self.outers = []

    def teardown(self):
        try:
            self.evening()
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    # The model

    def counting(self, who):
        """A sheet that stands ends every ballot; else the newest ballot that stands."""
        mine = [vote for vote in self.votes if vote.who == who and not vote.ended]
        sheets = [vote for vote in mine if vote.way == "paper"]
        return (sheets or mine[-1:] or [None])[0]

    def may(self, who):
        before = self.counting(who)
        return before is None or before.way == "online"

    def does(self, allowed, act):
        """It is done when the model allows it, and else refused; a minute passes."""
        self.now += timedelta(minutes=1)
        caches["limits"].clear()
        done = None
        with suppress(Refused), transaction.atomic(), clock_at(self.now):
            done = act()
        assert (done is not None) == allowed
        return done

    # The day

    @rule(who=some, chosen=choice)
    def online(self, who, chosen):
        elector = self.electors[who]
        receipt = self.does(
            self.may(who), lambda: factories.cast(self.election, elector, at=self.now, q1=[chosen])
        )
        if receipt:
            self.votes.append(Vote(who, "online", chosen, tracker=receipt.tracker))

    @rule(who=some, chosen=choice)
    def on_paper(self, who, chosen):
        booth = self.booths[who % 2]
        check_in = self.does(
            self.may(who),
            lambda: factories.came(self.electors[who], booth, "paper", at=self.now),
        )
        if check_in:
            self.votes.append(Vote(who, "paper", chosen, booth, check_in))

    @rule(who=some, chosen=choice)
    def at_kiosk(self, who, chosen):
        booth, device = self.booths[who % 2], self.devices[who % 2]

        def act():
            check_in = factories.came(self.electors[who], booth, "kiosk", at=self.now)
            slip = factories.slip(check_in, device, at=self.now)
            cast = factories.cast_at_kiosk
            return check_in, cast(self.election, slip, device, at=self.now, q1=[chosen])

        found = self.does(self.may(who), act)
        if found:
            self.votes.append(Vote(who, "kiosk", chosen, booth, found[0], found[1].tracker))

    @rule(n=some, kind=st.sampled_from(["undone", "struck"]))
    def taken_back(self, n, kind):
        """The unused sheet comes back, or two officers find that it was somebody else."""
        standing = [vote for vote in self.votes if vote.check_in and not vote.ended]
        if not standing:
            return
        vote = standing[n % len(standing)]

        def act():
            return [
                actions.rule_on(
                    check_in=vote.check_in, kind=kind, reason="까닭", by=by, at=self.now
                )
                for by in self.officers
            ]

        unused = vote.way == "paper" and vote.check_in.way == "paper"
        if self.does(kind == "struck" or unused, act):
            vote.ended = kind

    @rule(who=some, chosen=choice, accepted=st.booleans())
    def in_an_outer_envelope(self, who, chosen, accepted):
        """At the other booth; two officers decide at once."""
        booth = self.booths[(who + 1) % 2]

        def act():
            outer = actions.take_outer(
                booth=booth,
                reason="elsewhere",
                name="",
                proof="여권",
                elector=self.electors[who],
                by=booth.helper,
                at=self.now,
            )
            for by in self.officers:
                actions.rule_on_outer(
                    outer=outer,
                    accepted=accepted,
                    elector=self.electors[who] if accepted else None,
                    reason="" if accepted else "모르는 분",
                    by=by,
                    at=self.now,
                )
            return outer

        outer = self.does(self.may(who), act)
        if not outer:
            return
        self.outers.append((booth, accepted))
        if accepted:
            check_in = booth.check_ins.get(list_number=outer.list_number)
            self.votes.append(Vote(who, "paper", chosen, booth, check_in))

    @invariant()
    def what_counts_is_what_the_model_says(self):
        counting = [self.counting(who) for who in range(4)]
        ways = {elector.pk: elector.counts for elector in self.election.electors.with_what_counts()}
        for elector, vote in zip(self.electors, counting, strict=True):
            assert ways[elector.pk] == (vote.way if vote else "none")
        trackers = {bytes(each.tracker) for each in self.election.envelopes.counting()}
        assert trackers == {vote.tracker for vote in counting if vote and vote.tracker}
        assert actions.poll_book_is_as_derived(self.election)

    # The evening

    def in_box(self, booth):
        """A struck sheet cannot be told from the others any more."""
        return [
            vote
            for vote in self.votes
            if vote.way == "paper" and vote.booth == booth and vote.ended != "undone"
        ]

    def evening(self):
        """Everything adds up, two officers publish it, and a stranger counts the same."""
        tables, election = self.booths, factories.closed(self.election)
        election.tables = tables
        for booth in tables:
            refused = sum(where == booth and not accepted for where, accepted in self.outers)
            here = [vote for vote in self.votes if vote.booth == booth]
            sheets = sum(vote.way == "paper" for vote in here)
            factories.with_report(
                election,
                booth,
                signatures=sum(vote.ended != "undone" for vote in here) + refused,
                sheets_given=sheets + refused,
                sheets_back=sum(vote.ended == "undone" for vote in here),
                outer_envelopes=sum(where == booth for where, _accepted in self.outers),
            )
        boxes = {booth: self.in_box(booth) for booth in tables}
        factories.box_opened(election, found=[len(boxes[booth]) for booth in tables])
        shares = {booth: len(sheets) for booth, sheets in boxes.items() if sheets}
        if shares:
            sheets = [{"q1": [vote.chosen]} for booth in shares for vote in boxes[booth]]
            factories.closed_batch(election, sheets, shares=shares)
        election = factories.published(factories.counted(factories.opened(election)))
        assert election.state == State.PUBLISHED
        sealed = [vote for vote in map(self.counting, range(4)) if vote and vote.way != "paper"]
        expected = Counter(vote.chosen for vote in [*sealed, *boxes[tables[0]], *boxes[tables[1]]])
        votes = dict(Outcome.objects.of(election).values_list("option__number", "votes"))
        assert votes == {number: expected[number] for number in (1, 2, 3)}
        with ZipFile(io.BytesIO(bytes(election.bundle.content))) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        assert list(verify.check(files))
        told = json.loads(files["reconciliation.json"])
        assert sum(told["participants"].values()) == sum(
            self.counting(who) is not None for who in range(4)
        )


def test_what_counts_is_what_the_model_says_over_every_channel(at):
    Day.at_start = at
    run_state_machine_as_test(
        Day,
        settings=settings(
            max_examples=5,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.proof
def test_what_counts_is_what_the_model_says_in_many_days(at):
    Day.at_start = at
    run_state_machine_as_test(
        Day,
        settings=settings(
            max_examples=25,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
