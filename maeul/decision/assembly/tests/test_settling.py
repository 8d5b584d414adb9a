"""What the plenary settles beforehand holds afterwards."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from maeul.core.refusal import Refused
from maeul.council.membership.tests.factories import council_of
from maeul.decision.assembly import actions
from maeul.decision.assembly.models import Assembly, how_to_vote
from maeul.decision.assembly.rules import Why
from maeul.decision.assembly.tests.factories import (
    budget_question,
    cast,
    convened,
    decided_by_plenary,
    matter,
    neighbours,
    opened_poll,
    published,
)
from maeul.voice.agenda.tests.factories import item_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


def settled(assembly, *, by, at, **facts):
    ends = timezone.make_aware(datetime.combine(assembly.held_on, time(17)))
    times = {"opens_at": ends - timedelta(days=5), "closes_at": ends}
    motion = decided_by_plenary(assembly.dong, by=by, at=at)
    return actions.freeze_rules(assembly=assembly, motion=motion, by=by, at=at, **times | facts)


def test_what_the_plenary_leaves_open_is_as_the_law_has_it_and_all_of_it_is_in_the_hash(
    dong, officer, at
):
    assembly = settled(convened(dong, by=officer, at=at), by=officer, at=at)
    kept = {name: assembly.rules[name] for name in ("method", "passing", "without_quorum")}
    assert kept == {"method": "online", "passing": "majority", "without_quorum": "consult"}
    assert assembly.rules["early_vote"] is True
    assembly.election.refresh_from_db()
    assert assembly.election.channels == ["online"]
    assert assembly.rules["quorum"] == 5
    told = {str(name): str(words) for name, words in assembly.settled}
    assert told["정족수"] == "5명"
    assert told["사전투표 한 표의 무게"] == "총회 날의 표와 똑같습니다"


def test_where_the_hall_votes_too_the_box_takes_kiosk_and_paper(dong, officer, at):
    how = {"method": "online_and_hall", "by": officer, "at": at}
    assembly = settled(convened(dong, by=officer, at=at), **how)
    assembly.election.refresh_from_db()
    assert assembly.election.channels == ["online", "kiosk", "paper"]
    assert "총회장에 올 때는" in "".join(how_to_vote(assembly))


def test_a_raised_quorum_holds_in_the_box_too_and_a_lowered_one_is_refused(dong, officer, at):
    assembly = convened(dong, by=officer, at=at)
    with pytest.raises(Refused) as no:
        settled(assembly, by=officer, at=at, quorum=4)
    assert no.value.why == Why.QUORUM_BELOW_THE_LAW
    assembly = settled(assembly, by=officer, at=at, quorum=9)
    assembly.election.refresh_from_db()
    assert (assembly.quorum, assembly.election.quorum) == (9, 9)
    assert "전체회의 의결" in assembly.election.quorum_source


def test_the_pass_rule_holds_for_questions_put_before_and_after(dong, officer, at):
    assembly = convened(dong, by=officer, at=at)
    how = {"kind": "yes_no", "by": officer, "at": at}
    before = actions.put(
        assembly=assembly, title="먼저?", thread=matter("먼저", dong, at=at), **how
    )
    assert before.boxed.parameters["threshold"] == "simple"
    assembly = settled(assembly, by=officer, at=at, passing="two_thirds")
    after = actions.put(assembly=assembly, title="나중?", thread=matter("나중", dong, at=at), **how)
    before.boxed.refresh_from_db()
    for question in (before, after):
        assert question.boxed.parameters == {"threshold": "two_thirds", "of": "present"}


def test_a_bylaw_with_a_weight_stops_the_freezing_and_says_what_to_do(dong, officer, at, law):
    law.filter(key="assembly.early_weight").update(value="1/2")
    assembly = convened(dong, by=officer, at=at)
    with pytest.raises(Refused) as no:
        settled(assembly, by=officer, at=at)
    assert no.value.why == Why.WEIGHT_NOT_COUNTED
    assert "반영비율(1/2)" in no.value.sentence
    day = timezone.make_aware(datetime.combine(assembly.held_on, time(9)))
    assert settled(assembly, by=officer, at=at, opens_at=day).rules["early_vote"] is False


def test_where_three_times_the_members_are_needed_the_quorum_says_so(dong, officer, at, law):
    council_of(dong, members=neighbours(dong, 4))
    law.filter(key="assembly.quorum_base").update(value="members")
    law.filter(key="assembly.quorum_times").update(value=3)
    assert convened(dong, by=officer, at=at).quorum == 12


def missed(dong, officer, at, *, without_quorum):
    """Three vote where five have to; the one item on the ballot comes back with it."""
    item = item_in(dong, "drafted", title="긴 의자", at=at)
    neighbours(dong, 3)
    assembly = convened(dong, by=officer, at=at)
    assembly = settled(assembly, by=officer, at=at, without_quorum=without_quorum)
    matters = [(item.thread, 5), (matter("화분", dong, at=at), 4)]
    budget_question(assembly, matters, limit=9, by=officer, at=at)
    assembly = opened_poll(assembly, officer=officer, at=at)
    cast(assembly, [{"q1": [1]}] * 3)
    assembly = published(assembly)
    closed_at = assembly.election.closes_at
    assembly = actions.announce_result(assembly=assembly, by=officer, at=closed_at)
    item.refresh_from_db()
    return assembly, item


def test_without_quorum_a_consultation_decides_nothing_and_the_year_has_had_its_assembly(
    dong, officer, at
):
    assembly, item = missed(dong, officer, at, without_quorum="consult")
    assert not assembly.asks_again
    assert (item.state, item.outcome) == ("decided", "again")
    [first, _second] = assembly.questions.get().outcomes()
    assert "주민 의견으로 남기고" in first.sentence
    with pytest.raises(Refused, match="already_convened"):
        convened(dong, by=officer, at=at)


def test_without_quorum_the_same_is_put_to_another_assembly_where_that_was_settled(
    dong, officer, at
):
    assembly, item = missed(dong, officer, at, without_quorum="reconvene")
    assert assembly.asks_again
    assert item.state == "drafted"
    again = actions.convene(
        dong=dong,
        year=assembly.year,
        number=2,
        held_on=assembly.held_on + timedelta(days=60),
        place="강당",
        by=officer,
        at=assembly.result_at,
    )
    matters = [(item.thread, 5), (matter("등", dong, at=at), 4)]
    budget_question(again, matters, limit=9, by=officer, at=assembly.result_at)
    item.refresh_from_db()
    assert item.state == "tabled"


def test_where_it_was_settled_the_officers_are_asked_to_extend_on_the_last_day(dong, officer):
    """The poll ends 45 days after it was settled, at 17:00."""
    ends = (timezone.now() + timedelta(hours=3)).replace(microsecond=0)
    then = ends - timedelta(days=45)
    neighbours(dong, 1)
    assembly = convened(dong, by=officer, at=then, held_on=timezone.localdate(ends))
    times = {"opens_at": ends - timedelta(days=5), "closes_at": ends}
    assembly = settled(assembly, by=officer, at=then, without_quorum="extend", **times)
    matters = [(matter(name, dong, at=then), 4) for name in ("등", "화분")]
    budget_question(assembly, matters, limit=9, by=officer, at=then)
    assembly = opened_poll(assembly, officer=officer, at=then)
    chair = assembly.election.chair
    [duty] = Assembly.objects.waiting_for(chair)
    assert duty.link == reverse("ballot:extend", args=[assembly.election_id])
    Assembly.objects.filter(pk=assembly.pk).update(quorum=0)
    assert Assembly.objects.waiting_for(chair) == []
    Assembly.objects.filter(pk=assembly.pk).update(quorum=5, rules={"without_quorum": "consult"})
    assert Assembly.objects.waiting_for(chair) == []
