from datetime import timedelta

import pytest
from django.urls import reverse

from maeul.core.refusal import Refused
from maeul.decision.assembly import actions as assembly_actions
from maeul.decision.assembly.tests.factories import (
    cast,
    convened,
    matter,
    neighbours,
    opened_poll,
    published,
    ruled,
)
from maeul.decision.budget import actions
from maeul.decision.budget.models import Allocation, Round
from maeul.decision.budget.rules import RoundState, Why
from maeul.decision.budget.tests.factories import appropriation, open_round
from maeul.ground.district.tests.factories import OtherDongFactory
from maeul.vault.ledger.models import Account
from maeul.voice.agenda.tests.factories import item_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


def put(round, assembly, matters, *, by, at):
    options = [(one, one.title, cost) for one, cost in matters]
    return actions.put(round=round, assembly=assembly, options=options, by=by, at=at)


def voted(round, matters, choices, *, by, at):
    """The round before an assembly that has voted; its result is not announced."""
    neighbours(round.dong, len(choices))
    assembly = ruled(round.dong, by=by, at=at)
    put(round, assembly, matters, by=by, at=at)
    assembly = opened_poll(assembly, officer=by, at=at)
    cast(assembly, choices)
    return published(assembly)


def test_winners_of_the_announced_result_get_their_won_once_and_nobody_else(dong, officer, at):
    round = open_round(appropriation(10_000_000, dong=dong))
    lamp, bench, wall = (matter(name, dong, at=at) for name in ("골목등", "의자", "담장"))
    matters = [(lamp, 6_000_000), (bench, 5_000_000), (wall, 3_000_000)]
    choices = [{"q1": [1, 3]}] * 3 + [{"q1": [2]}] * 2
    assembly = voted(round, matters, choices, by=officer, at=at)
    after = assembly.election.closes_at + timedelta(hours=2)

    with pytest.raises(Refused) as no:
        actions.allocate(round=round, by=officer, at=after)
    assert no.value.why == Why.NOT_PUBLISHED
    assembly_actions.announce_result(assembly=assembly, by=officer, at=after)
    assert list(Round.objects.waiting_for(officer)) == [round]

    given = actions.allocate(round=round, by=officer, at=after)

    assert {(row.thread, row.won) for row in given} == {(lamp, 6_000_000), (wall, 3_000_000)}
    assert actions.allocate(round=round, by=officer, at=after) == given
    assert Allocation.objects.count() == 2
    assert sum(row.balance for row in Account.objects.with_balance()) == 0
    round = Round.objects.complete().get()
    assert (round.state, round.left_won) == (RoundState.ALLOCATED, 1_000_000)
    assert list(Round.objects.waiting_for(officer)) == []


def test_without_quorum_nothing_is_given(dong, officer, at):
    round = open_round(appropriation(10_000_000, dong=dong))
    lamp, bench = matter("골목등", dong, at=at), matter("의자", dong, at=at)
    assembly = voted(round, [(lamp, 6_000_000), (bench, 1)], [{"q1": [1]}], by=officer, at=at)
    after = assembly.election.closes_at + timedelta(hours=2)
    assembly_actions.announce_result(assembly=assembly, by=officer, at=after)
    assert actions.allocate(round=round, by=officer, at=after) == []
    assert Round.objects.get().allocated_at == after


def test_a_round_goes_before_its_own_dongs_assembly_once_and_may_be_taken_out(dong, officer, at):
    round = open_round(appropriation(10_000_000, dong=dong))
    lamp, bench = matter("골목등", dong, at=at), matter("의자", dong, at=at)
    two = [(lamp, 1_000), (bench, 2_000)]
    elsewhere = convened(OtherDongFactory(), by=officer, at=at)
    with pytest.raises(Refused) as no:
        put(round, elsewhere, two, by=officer, at=at)
    assert no.value.why == Why.OTHER_ASSEMBLY
    assembly = convened(dong, by=officer, at=at)
    round = put(round, assembly, two, by=officer, at=at)
    assert round.question.limit_won == 10_000_000
    with pytest.raises(Refused) as no:
        put(round, assembly, two, by=officer, at=at)
    assert no.value.why == Why.ALREADY_ASKED
    with pytest.raises(Refused) as no:
        actions.allocate(
            round=open_round(appropriation(1, dong=dong, source="city")), by=officer, at=at
        )
    assert no.value.why == Why.NOT_ASKED
    assembly_actions.take_out(question=round.question, by=officer, at=at)
    assert Round.objects.complete().get(pk=round.pk).state == RoundState.OPEN


def test_the_officer_puts_drafted_items_with_the_cost_the_review_found(client, dong, officer, at):
    round = open_round(appropriation(10_000_000, dong=dong))
    assembly = convened(dong, by=officer, at=at)
    names = ("골목등", "의자", "담장")
    item, second, other = (item_in(dong, "drafted", title=name) for name in names)
    client.force_login(officer)
    address = reverse("budget:put", args=[round.pk])
    typed = {"assembly": assembly.pk, "at_most": "2", f"cost_{item.pk}": "10,000,001"}
    page = client.post(address, typed).content.decode()
    assert "1,000만원까지 적을 수 있습니다" in page
    assert "10,000,001" in page
    typed |= {f"cost_{item.pk}": "6,000,000", f"cost_{second.pk}": "1,000,000"}
    page = client.post(address, typed, follow=True).content.decode()
    assert "주민총회에 올렸습니다" in page
    question = Round.objects.get().question
    assert {row.thread for row in question.tabled.all()} == {item.thread, second.thread}
    other.refresh_from_db()
    assert other.state == "drafted"
