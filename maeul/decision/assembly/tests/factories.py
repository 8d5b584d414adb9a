"""Assemblies as far along as a test needs them, through the actions of all that is below."""

from datetime import date, datetime, time, timedelta

from django.core.cache import caches
from django.utils import timezone

from maeul.council.meeting import actions as meeting
from maeul.council.meeting.tests.factories import opened, plenary
from maeul.decision.assembly import actions
from maeul.ground.district.models import Population
from maeul.ground.people.models import Role
from maeul.ground.people.tests.factories import holder, resident
from maeul.ground.thread import actions as thread
from maeul.vault.ballot import actions as ballot
from maeul.vault.ballot.clock import clock_at
from maeul.vault.ballot.tests import factories as box


def count_people(dong, people=1000, *, year=2026):
    """A census of the dong in one row.  0.5 % of 1,000 people are a quorum of five."""
    return Population.objects.get_or_create(
        dong=dong,
        year=year,
        sex="F",
        age_from=0,
        age_until=150,
        defaults={
            "people": people,
            "source": "주민등록 인구통계",
            "counted_on": date(year, 1, 31),
        },
    )[0]


def decided_by_plenary(
    dong, *, by, at, text="주민총회의 투표 방법을 정한다", carried=True, matter=None
):
    """A motion of the council's plenary, voted on at `at`."""
    before = at - timedelta(days=7)
    held = opened(plenary(dong, by=by, at=before), by=by)
    motion = meeting.move(meeting=held, text=text, thread=matter, by=by, at=at)
    here = held.attendances.members().count()
    yes = here if carried else 0
    return meeting.vote_on(motion=motion, yes=yes, no=here - yes, abstain=0, by=by, at=at)


def matter(title, dong, *, at):
    """A thread of its own, without an agenda item."""
    return thread.open(title=title, dong=dong, by="system", at=at)


def convened(dong, *, by, at, held_on=None, people=1000):
    count_people(dong, people)
    held_on = held_on or timezone.localdate(at) + timedelta(days=45)
    return actions.convene(
        dong=dong, year=held_on.year, number=1, held_on=held_on, place="한마당", by=by, at=at
    )


def ruled(dong, *, by, at, **facts):
    """The rules are frozen: online from five days before until 17:00 of the day."""
    assembly = convened(dong, by=by, at=at, **facts)
    ends = timezone.make_aware(datetime.combine(assembly.held_on, time(17)))
    return actions.freeze_rules(
        assembly=assembly,
        motion=decided_by_plenary(dong, by=by, at=at),
        opens_at=ends - timedelta(days=5),
        closes_at=ends,
        by=by,
        at=at,
    )


def budget_question(assembly, matters, *, limit=10_000_000, by, at, **facts):
    """`matters`: pairs of a thread and its cost."""
    return actions.put(
        assembly=assembly,
        kind="budget",
        title="예산을 어디에 쓸까요?",
        options=[(one, one.title, cost) for one, cost in matters],
        limit=limit,
        by=by,
        at=at,
        **facts,
    )


def neighbours(dong, number):
    """So many residents who may vote."""
    return [resident(f"이웃{n}", dong) for n in range(1, number + 1)]


def officers_of(dong, officer):
    """The council's election officer and the dong's."""
    held = Role.objects.filter(kind="election_officer", dong=dong).first()
    return held.person if held else holder("선거관리", "election_officer", dong=dong), officer


def opened_poll(assembly, *, officer, at):
    """Announced, roll built, locks rehearsed, frozen: it takes ballots from its hour on."""
    assembly = actions.announce(assembly=assembly, by=officer, at=at)
    actions.build_roll(assembly=assembly, by=officer, at=at)
    chair, clerk = officers_of(assembly.dong, officer)
    actions.name_officers(
        assembly=assembly, from_council=chair, from_office=clerk, by=officer, at=at
    )
    election = assembly.election
    election.chair, election.clerk = chair, clerk
    box.rehearsed(election, by=clerk, at=at)
    with clock_at(at):
        frozen = ballot.freeze(election=election, by=clerk, at=at)
    assembly.election.refresh_from_db()
    frozen.chair, frozen.clerk = chair, clerk
    assembly.election = frozen
    return assembly


def cast(assembly, choices):
    """`choices`: per elector a dict such as {"q1": [1, 3]}, in the order of the roll."""
    election = assembly.election
    caches["limits"].clear()
    electors = election.electors.order_by("number")
    for elector, chosen in zip(electors, choices, strict=False):
        box.cast(election, elector, at=election.opens_at, **chosen)


def published(assembly):
    """Closed, opened by the two holders, counted, published by the two officers."""
    election = box.closed(assembly.election)
    election = box.published(box.counted(box.opened(election)))
    assembly.refresh_from_db()
    return assembly


def held(dong, *, officer, at, choices, matters, limit=10_000_000, people=1000):
    """A whole assembly with one budget question, up to its announced result."""
    neighbours(dong, len(choices))
    assembly = ruled(dong, by=officer, at=at, people=people)
    budget_question(assembly, matters, limit=limit, by=officer, at=at)
    assembly = opened_poll(assembly, officer=officer, at=at)
    cast(assembly, choices)
    assembly = published(assembly)
    return actions.announce_result(assembly=assembly, by=officer, at=assembly.election.closes_at)
