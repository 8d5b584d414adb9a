"""Any history of a day, played against the plain picture of it.

The picture: each elector has a pile of votes; the top one that still stands counts; a vote in
person lets nothing be laid on top of it.
"""

from dataclasses import dataclass, field

import pytest
from django.core.cache import caches
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from maeul.core.refusal import Refused
from maeul.vault.ballot import actions
from maeul.vault.ballot.clock import clock_at
from maeul.vault.ballot.models import Elector, Envelope
from maeul.vault.ballot.rules import Channel, RulingKind, Way
from maeul.vault.ballot.tests import factories

pytestmark = pytest.mark.django_db

WHO, WHAT = st.integers(1, 3), st.integers(1, 3)
STEPS = st.one_of(
    st.tuples(st.just("online"), WHO, WHAT),
    st.tuples(st.just("kiosk"), WHO, WHAT),
    st.tuples(st.just("paper"), WHO, st.just(0)),
    st.tuples(st.just("undone"), WHO, st.just(0)),
    st.tuples(st.just("struck"), WHO, st.just(0)),
)


@dataclass
class Vote:
    channel: Channel
    tracker: bytes = b""
    check_in: object = None
    stands: bool = True


@dataclass
class Pile:
    votes: list[Vote] = field(default_factory=list)

    @property
    def top(self):
        return next((vote for vote in reversed(self.votes) if vote.stands), None)

    @property
    def is_open(self):
        return self.top is None or self.top.channel == Channel.ONLINE


@pytest.fixture
def day(at):
    """Three electors of one booth, and a tablet."""
    election = factories.at_booths(at=at, booths=1)
    election.device = factories.kiosk(election.tables[0], at=at)
    election.at = at
    return election


def play(day, piles, step):
    """One step, in the box and in the picture."""
    kind, who, what = step
    elector, pile, hall = day.people[who], piles[who], day.tables[0]
    caches["limits"].clear()
    if kind in ("undone", "struck"):
        end(day, pile, RulingKind(kind))
        return
    vote = Vote(Channel(kind))
    try:
        if kind == "online":
            vote.tracker = factories.cast(day, elector, at=day.at, q1=[what]).tracker
        elif kind == "paper":
            vote.check_in = factories.came(elector, hall, Way.PAPER, at=day.at)
        else:
            vote.check_in = factories.came(elector, hall, Way.KIOSK, at=day.at)
            slip = factories.slip(vote.check_in, day.device, at=day.at)
            receipt = factories.cast_at_kiosk(day, slip, day.device, at=day.at, q1=[what])
            vote.tracker = receipt.tracker
    except Refused:
        assert not pile.is_open, f"{step} was refused"
    else:
        assert pile.is_open, f"{step} was taken"
        pile.votes.append(vote)


def end(day, pile, kind):
    """Two officers end the vote in person that counts, if there is one that may be ended so."""
    vote = pile.top
    if vote is None or vote.check_in is None:
        return
    may = kind == RulingKind.STRUCK or vote.channel == Channel.PAPER
    try:
        for officer in (day.chair, day.clerk):
            with clock_at(day.at):
                actions.rule_on(
                    check_in=vote.check_in, kind=kind, reason="까닭", by=officer, at=day.at
                )
    except Refused:
        assert not may
    else:
        assert may
        vote.stands = False


@settings(max_examples=25)
@given(steps=st.lists(STEPS, max_size=9))
def played(day, steps):
    with transaction.atomic():
        piles = {who: Pile() for who in day.people}
        for step in steps:
            play(day, piles, step)
        tops = {who: pile.top for who, pile in piles.items()}
        counts = dict(Elector.objects.with_what_counts().values_list("number", "counts"))
        assert counts == {who: top.channel if top else "none" for who, top in tops.items()}
        counting = {bytes(each.tracker) for each in Envelope.objects.counting()}
        assert counting == {top.tracker for top in tops.values() if top and top.tracker}
        assert actions.poll_book_is_as_derived(day)
        for pile in piles.values():
            assert_receipts(day, pile)
        transaction.set_rollback(True)


def assert_receipts(day, pile):
    """A retry is told the truth of its ballot, whatever has happened since."""
    for vote in pile.votes:
        if not vote.tracker:
            continue
        envelope = Envelope.objects.select_related("elector").get(tracker=vote.tracker)
        with clock_at(day.at):
            receipt = actions.cast(election=day, elector=envelope.elector, sealed=envelope.sealed)
        if vote is pile.top:
            assert receipt.counts == "now"
        else:
            on_top = pile.top is not None and pile.top.tracker
            assert receipt.counts == ("replaced" if on_top else "void")


def test_whatever_happens_at_the_door_one_vote_counts_and_it_is_the_right_one(day):
    day.people = {elector.number: elector for elector in day.electors.all()}
    played(day)
