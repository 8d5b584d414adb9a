from datetime import date

import pytest
from django.db import IntegrityError, transaction

from maeul.core.refusal import Refused
from maeul.decision.budget import actions
from maeul.decision.budget.models import Appropriation, Round, Stream
from maeul.decision.budget.rules import Why
from maeul.decision.budget.tests.factories import (
    THEN,
    allocation,
    appropriation,
    open_round,
)
from maeul.ground.district.tests.factories import DistrictFactory, OtherDongFactory
from maeul.ground.notice.models import Message
from maeul.ground.search.models import Entry as Found
from maeul.ground.thread.models import Step
from maeul.vault.ledger.models import Entry
from maeul.vault.ledger.tests.factories import ThreadFactory

pytestmark = pytest.mark.django_db


def change(row, won, reason="추가경정예산"):
    return actions.change_appropriation(
        appropriation=row, amount_won=won, reason=reason, by="system", at=THEN
    )


def test_a_stream_is_written_down_once_with_its_dates():
    facts = {
        "district": DistrictFactory(),
        "code": "resident-tax",
        "name": "주민자치활동 지원사업",
        "origin": "주민세 개인분만큼의 구비",
        "decided_by": "주민총회",
        "from_on": date(2019, 1, 1),
        "by": "system",
        "at": THEN,
    }
    assert actions.found_stream(**facts) == actions.found_stream(**facts)
    assert list(Stream.objects.in_year(2018)) == []
    assert Stream.objects.in_year(2019).get().name == "주민자치활동 지원사업"


def test_money_set_aside_stands_in_the_books_and_on_its_own_thread(dong):
    row = appropriation(30_000_000, dong=dong)
    assert row.account.balance_won == 30_000_000
    assert row.fund.balance_won == -30_000_000
    assert row.account.link == row.get_absolute_url()
    assert Entry.objects.of(row.thread).get().link == row.get_absolute_url()
    assert Step.objects.of_matter(row.thread).get().title == "30,000,000원으로 정했습니다"


def test_the_same_money_is_not_set_aside_twice_not_even_past_the_action(dong):
    row = appropriation(dong=dong)
    with pytest.raises(Refused) as no:
        appropriation(dong=dong)
    assert no.value.why == Why.ALREADY_APPROPRIATED
    other = appropriation(dong=dong, source="city")
    with pytest.raises(IntegrityError), transaction.atomic():
        Appropriation.objects.filter(pk=other.pk).update(source=row.source)


def test_a_change_stays_beside_what_it_changed_with_its_reason(dong):
    row = appropriation(30_000_000, dong=dong)
    change(row, 25_000_000, "구의회 삭감")
    row.refresh_from_db()
    assert (row.amount_won, row.account.balance_won) == (25_000_000, 25_000_000)
    assert [(c.before_won, c.after_won, c.reason) for c in row.changes.order_by("pk")] == [
        (0, 30_000_000, "예산 편성"),
        (30_000_000, 25_000_000, "구의회 삭감"),
    ]


def test_what_a_round_has_promised_is_not_taken_back(dong):
    district, city = appropriation(20, dong=dong), appropriation(30, dong=dong, source="city")
    open_round(district, city, limit_won=45)
    with pytest.raises(Refused) as no:
        change(district, 14)
    assert no.value.facts == {"bound": 15}
    change(district, 15)


def test_an_appropriation_serves_one_round_of_its_own_dong_and_year(dong):
    row = appropriation(20, dong=dong)
    with pytest.raises(Refused) as no:
        open_round(row, dong=OtherDongFactory())
    assert no.value.why == Why.OTHER_DONG_OR_YEAR
    round = open_round(row, limit_won=20)
    assert Found.objects.get(link=round.get_absolute_url()).cost_won == 20
    assert list(round.thread.origins) == [row.thread]
    with pytest.raises(Refused) as no:
        open_round(row, limit_won=20)
    assert no.value.why == Why.ALREADY_IN_A_ROUND


def test_winners_get_exactly_their_won_city_money_first(dong, soonja):
    district, city = appropriation(20, dong=dong), appropriation(30, dong=dong, source="city")
    round = open_round(district, city)
    lamp, wall = ThreadFactory(title="골목등", opened_by=soonja), ThreadFactory(title="담장")

    given = actions.give_to_winners(round, [(lamp, 25), (wall, 15)], by="system", at=THEN)

    parts = [
        [
            (part.appropriation, part.won, part.account.balance_won)
            for part in a.parts.order_by("pk")
        ]
        for a in given
    ]
    assert parts == [[(city, 25, 25)], [(city, 5, 5), (district, 10, 10)]]
    assert (city.account.balance_won, district.account.balance_won) == (0, 10)
    round = Round.objects.get(pk=round.pk)
    assert (round.allocated_won, round.left_won) == (40, 10)
    assert Step.objects.of_matter(lamp).get().link == given[0].get_absolute_url()
    assert "골목등" in Message.objects.get(person=soonja).title


def test_what_is_given_out_is_not_taken_back_from_the_appropriation(dong):
    row = appropriation(30, dong=dong)
    allocation(12, round=open_round(row, limit_won=30))
    Round.objects.update(allocated_at=THEN)
    with pytest.raises(Refused) as no:
        change(row, 11)
    assert no.value.facts == {"bound": 12}
    change(row, 12)
