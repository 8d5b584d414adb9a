"""Whatever order people act in: moves follow the table, and counts are true."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from maeul.core.refusal import Refused
from maeul.ground.district.tests.factories import DongFactory
from maeul.ground.people.tests.factories import PersonFactory
from maeul.ground.search.models import Entry
from maeul.voice.agenda import actions
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.agenda.rules import MOVES, Outcome, State
from maeul.voice.agenda.tests.factories import FAR, WHEN, item_in, staff_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]

WORDS = {
    "triage": {"category": "green"},
    "decline": {"reason": "까닭"},
    "fix": {"answer": "고침"},
    "park": {"reason": "겨울에", "until": FAR},
    "decide": {"outcome": Outcome.NOT_CHOSEN},
    "split": {"title": "나눈 문장"},
}
PLAIN = [
    "resume", "unmerge", "send_to_review", "call_back", "mark_reviewed", "draft", "undraft",
    "table", "untable", "mark_again", "bring_again", "withdraw",
]  # fmt: skip
some = st.integers(0, 3)


class Village(RuleBasedStateMachine):
    """Four sentences and four neighbours; whoever may not do something is refused."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.dong = DongFactory()
        self.at = WHEN
        self.items = [
            item_in(self.dong, State.TRIAGED if n else State.CAPTURED, title=f"문장 {n}")
            for n in range(4)
        ]
        self.people = [PersonFactory() for _n in range(4)]
        self.behind = {item.pk: set() for item in self.items}  # who supported which, by hand

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def do(self, name, item, **words):
        """Act; True unless refused.  A refusal leaves everything as it was."""
        self.at += timedelta(minutes=1)
        before = {one.pk: one.state for one in AgendaItem.objects.order_by("pk")}
        how = {"by": staff_of(self.dong), **words}
        done = False
        with suppress(Refused), transaction.atomic():
            getattr(actions, name)(item=item, at=self.at, **how)
            done = True
        for one in AgendaItem.objects.filter(pk__in=before).order_by("pk"):
            was = State(before[one.pk])
            assert one.state == was or (done and one.state in MOVES[was])
        return done

    @invariant()
    def supporters_of_a_matter_are_different_people_over_all_its_sentences(self):
        for item in AgendaItem.objects.leading().complete().order_by("pk"):
            family = AgendaItem.objects.of_matter(item.thread)
            people = set().union(*(self.behind.get(one.pk, set()) for one in family))
            assert item.supporter_count == len(people)

    @invariant()
    def a_matter_is_led_by_one_sentence_that_is_not_gathered_elsewhere(self):
        for item in AgendaItem.objects.complete().order_by("pk"):
            leads = item.thread.root_id == item.thread_id
            assert leads == (item.state != State.MERGED)

    @invariant()
    def the_index_knows_what_is_public_and_nothing_else(self):
        known = set(Entry.objects.values_list("link", flat=True))
        public = AgendaItem.objects.public().order_by("pk")
        assert known == {item.get_absolute_url() for item in public}


class Moving(Village):
    """Anything is tried at any time."""

    @rule(n=some, name=st.sampled_from([*WORDS, *PLAIN]))
    def act(self, n, name):
        words = WORDS.get(name, {})
        if name == "withdraw":
            words = {"by": self.items[n].author}
        self.do(name, self.items[n], **words)


class Gathering(Village):
    """Neighbours stand behind sentences that are gathered and taken apart."""

    @rule(n=some, m=some)
    def gather(self, n, m):
        self.do("merge", self.items[n], into=self.items[m])

    @rule(n=some)
    def take_apart(self, n):
        self.do("unmerge", self.items[n])

    @rule(n=some, p=some)
    def support(self, n, p):
        if self.do("support", self.items[n], by=self.people[p]):
            self.behind[self.items[n].pk].add(p)

    @rule(n=some, p=some)
    def unsupport(self, n, p):
        item = AgendaItem.objects.complete().get(pk=self.items[n].pk)
        if self.do("unsupport", item, by=self.people[p]):
            for one in AgendaItem.objects.of_matter(item.thread):
                self.behind.get(one.pk, set()).discard(p)


@pytest.mark.parametrize("machine", [Moving, Gathering])
def test_moves_follow_the_table_and_counts_stay_true(machine):
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
