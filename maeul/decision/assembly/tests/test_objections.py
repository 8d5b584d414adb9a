"""Who doubts the result is heard, in public, until the last day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from maeul.core.refusal import Refused
from maeul.decision.assembly import actions, rules
from maeul.decision.assembly.models import Objection
from maeul.decision.assembly.rules import Why
from maeul.decision.assembly.tests.factories import budget_question, held, matter, ruled
from maeul.ground.audit.models import Act
from maeul.ground.notice.models import Message
from maeul.ground.thread.models import Step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]
TEXT = "제3투표소 표가 빠진 것 같습니다."


@pytest.fixture
def now():
    """So long ago that the result is announced today: an assembly is held 45 days on."""
    return (timezone.now() - timedelta(days=45)).replace(microsecond=0)


@pytest.fixture
def assembly(dong, officer, now):
    matters = [(matter("그늘 의자", dong, at=now), 5), (matter("화분", dong, at=now), 5)]
    return held(dong, officer=officer, at=now, choices=[{"q1": [1]}] * 5, matters=matters, limit=9)


@pytest.fixture
def chair(assembly):
    return assembly.election.officers.get(from_council=True).person


def raised(assembly, by, *, at=None, text=TEXT):
    at = at or assembly.result_at + timedelta(hours=1)
    return actions.object_to_result(assembly=assembly, text=text, by=by, at=at)


def test_an_objection_is_read_by_everybody_without_the_name_and_its_answer_reaches_the_person(
    client, assembly, chair, soonja
):
    at = assembly.result_at + timedelta(hours=1)
    objection = raised(assembly, soonja)
    assert (objection.number, objection.answer_by) == (1, at.date() + timedelta(days=7))
    [told] = Message.objects.filter(person=chair, link=objection.get_absolute_url())
    assert told.text == TEXT
    [duty] = Objection.objects.waiting_for(chair)
    assert (duty.due_on, duty.link) == (objection.answer_by, objection.get_absolute_url())
    actions.answer_objection(
        objection=objection, upheld=False, answer="다시 세어 같았습니다.", by=chair, at=at
    )
    assert Objection.objects.waiting_for(chair) == []
    assert Message.objects.filter(person=soonja, text="다시 세어 같았습니다.").exists()
    page = client.get(assembly.address_of_objections).content.decode()
    assert TEXT in page
    assert "다시 세어 같았습니다." in page
    assert "받아들이지 않음" in page
    assert soonja.name not in page
    steps = Step.objects.filter(link=objection.get_absolute_url()).order_by("pk")
    assert [step.step for step in steps] == ["assembly.object", "assembly.answer_objection"]
    assert all(step.public and str(soonja.pk) not in step.by for step in steps[:1])
    assert Act.objects.filter(verb="assembly.objected").exists()


def test_objections_are_taken_on_the_last_day_and_refused_on_the_next(assembly, soonja, minsu):
    last = assembly.result_at + timedelta(days=7)
    assert timezone.localdate(last) == assembly.objections_until
    raised(assembly, soonja, at=last)
    with pytest.raises(Refused) as no:
        raised(assembly, minsu, at=last + timedelta(days=1))
    assert no.value.why == Why.OBJECTIONS_OVER
    assert f"{assembly.objections_until.day}일까지 받았습니다" in no.value.sentence


def test_before_the_result_is_announced_there_is_nothing_to_object_to(client, dong, officer, now):
    assembly = ruled(dong, by=officer, at=now)
    with pytest.raises(Refused) as no:
        raised(assembly, officer, at=now)
    assert no.value.why == Why.RESULT_NOT_ANNOUNCED
    assert client.get(reverse("assembly:objections", args=[assembly.pk])).status_code == 404


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, None),
        ({"waiting": True}, Why.OBJECTION_WAITING),
        ({"text": "  "}, Why.OBJECTION_EMPTY),
        ({"announced": False}, Why.RESULT_NOT_ANNOUNCED),
    ],
)
def test_a_second_objection_waits_for_the_first_answer(facts, why):
    day = timezone.localdate()
    usual = {"announced": True, "until": day, "on": day, "waiting": False, "text": TEXT}
    no = rules.why_not_object(**usual | facts)
    assert (no and no.why) == why


def test_an_objection_is_answered_once_and_with_a_reason(assembly, chair, soonja):
    objection = raised(assembly, soonja)
    how = {"objection": objection, "upheld": True, "by": chair, "at": assembly.result_at}
    with pytest.raises(Refused, match="answer_empty"):
        actions.answer_objection(answer=" ", **how)
    actions.answer_objection(answer="고쳤습니다.", **how)
    with pytest.raises(Refused, match="already_answered"):
        actions.answer_objection(answer="또 답합니다.", **how)


def test_a_resident_number_is_kept_out_of_an_objection_and_nothing_typed_is_lost(
    client, assembly, soonja
):
    client.force_login(soonja)
    address = reverse("assembly:object_to_result", args=[assembly.pk])
    text = "제 번호는 900101-1234567 입니다."
    page = client.post(address, {"text": text}).content.decode()
    assert "주민등록번호" in page
    assert text in page
    assert not Objection.objects.exists()
    client.post(address, {"text": TEXT})
    assert Objection.objects.get().person == soonja


def test_only_who_could_vote_or_lives_here_may_object_and_only_its_officers_answer(
    client, assembly, chair, soonja, stranger, officer
):
    address = reverse("assembly:object_to_result", args=[assembly.pk])
    client.force_login(stranger)
    assert client.get(address).status_code == 403
    objection = raised(assembly, soonja)
    answer = reverse("assembly:answer_objection", args=[objection.pk])
    assert client.get(answer).status_code == 403
    client.force_login(chair)
    page = client.post(answer, {"upheld": "0", "answer": "세어 보았습니다."}, follow=True)
    assert "세어 보았습니다." in page.content.decode()


def test_the_result_leads_to_the_objections_and_says_until_when(client, assembly):
    page = client.get(assembly.get_absolute_url()).content.decode()
    assert reverse("assembly:object_to_result", args=[assembly.pk]) in page
    assert "이의와 답 0건" in page


def test_a_draft_has_no_objections(dong, officer, now):
    assembly = ruled(dong, by=officer, at=now)
    budget_question(assembly, [(matter(n, dong, at=now), 1) for n in "가나"], by=officer, at=now)
    assert assembly.objections_until is None
