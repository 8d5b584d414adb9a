"""Questions that are ranked or given points: from the page that puts them to what is told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from maeul.core.refusal import Refused
from maeul.decision.assembly import actions
from maeul.decision.assembly.models import booklet_of, draft_of
from maeul.decision.assembly.rules import Kind, Why
from maeul.decision.assembly.tests.factories import (
    cast,
    neighbours,
    opened_poll,
    published,
    ruled,
)
from maeul.decision.assembly.tests.test_pages import read, send
from maeul.voice.agenda.tests.factories import item_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]
NAMES = ("그늘 의자", "밤길 조명", "골목 화분")


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def items(dong, now):
    return [item_in(dong, "drafted", title=name, at=now) for name in NAMES]


@pytest.fixture
def three(items):
    return [(item.thread, item.title, None) for item in items]


def put(assembly, three, kind, *, by, at, **facts):
    title = "무엇부터 할까요?" if kind == "rank" else "몇 점인가요?"
    shown = {"whole_ballots": "witnessed"} if kind == "rank" else {}
    return actions.put(
        assembly=assembly, kind=kind, title=title, options=three, by=by, at=at, **shown | facts
    )


@pytest.mark.parametrize("kind", [Kind.RANK, Kind.SCORE])
def test_no_more_win_than_one_less_than_there_is(dong, officer, now, three, kind):
    assembly = ruled(dong, by=officer, at=now)
    how = {"by": officer, "at": now} | ({"each_at_most": 5} if kind == Kind.SCORE else {})
    with pytest.raises(Refused, check=lambda no: no.why == Why.TOO_MANY_SEATS):
        put(assembly, three, kind, seats=3, **how)
    assert put(assembly, three, kind, seats=2, **how).boxed.parameters["seats"] == 2


def test_a_ranking_is_put_and_announced_with_what_each_place_is_worth(
    client, dong, officer, secretary, now, items
):
    assembly = ruled(dong, by=officer, at=now)
    client.force_login(secretary)
    typed = {
        "kind": "rank",
        "title": "무엇부터 할까요?",
        "items": [item.pk for item in items],
        "at_most": "2",
        "seats": "1",
        "whole_ballots": "public",
    }
    send(client, reverse("assembly:put", args=[assembly.pk]), **typed)
    boxed = assembly.questions.get().boxed
    assert (boxed.rule, boxed.parameters["worths"], boxed.whole_ballots) == (
        "borda", [2, 1], "public",
    )  # fmt: skip
    actions.announce(assembly=assembly, by=officer, at=now)
    page = read(client, assembly.get_absolute_url())
    assert "2순위까지 고릅니다" in page
    assert "1순위 2점, 2순위 1점입니다." in page
    texts = [getattr(part, "text", "") for part in booklet_of(assembly).parts]
    assert any("2순위까지 정합니다(1순위 2점, 2순위 1점)." in str(text) for text in texts)


def test_points_without_a_limit_for_one_are_refused_and_nothing_typed_is_lost(
    client, dong, officer, secretary, now, items
):
    assembly = ruled(dong, by=officer, at=now)
    client.force_login(secretary)
    typed = {
        "kind": "score",
        "title": "몇 점인가요?",
        "items": [item.pk for item in items],
        "seats": "1",
        "total_at_most": "7",
    }
    address = reverse("assembly:put", args=[assembly.pk])
    page = send(client, address, **typed)
    assert "하나에 몇 점까지 줄 수 있는지 적어 주세요" in page
    assert 'value="몇 점인가요?"' in page
    assert "1에서 6 사이로 정하거나 비워 주세요" in send(client, address, **typed, each_at_most="2")
    send(client, address, **typed, each_at_most="5")
    assert assembly.questions.get().boxed.at_most == 3


def test_the_result_tells_points_as_points(client, dong, officer, now, three):
    then = now - timedelta(days=46)
    neighbours(dong, 6)
    assembly = ruled(dong, by=officer, at=then)
    put(assembly, three, "rank", at_most=2, seats=1, by=officer, at=then)
    ballots = [{"q1": [2, 1]}] * 3 + [{"q1": [1]}] * 2 + [{"q1": [3, 1]}]
    assembly = opened_poll(assembly, officer=officer, at=then)
    cast(assembly, ballots)
    assembly = published(assembly)
    assembly = actions.announce_result(
        assembly=assembly, by=officer, at=assembly.election.closes_at
    )
    first, *rest = assembly.questions.get().outcomes()
    assert (first.title, first.votes, first.words["got"]) == ("그늘 의자", 8, "8점을")
    assert [(row.title, row.votes) for row in rest] == [("밤길 조명", 6), ("골목 화분", 2)]
    page = read(client, assembly.get_absolute_url())
    assert "8점" in page
    assert "1순위로 적은 분이 2명이고" in page
    assert "그늘 의자: 8점을 받아 선정되었습니다" in str(draft_of(assembly))
