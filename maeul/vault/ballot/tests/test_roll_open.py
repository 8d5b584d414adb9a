"""The main roll before it is frozen: compared, laid open, objected to, tied to accounts."""

from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from maeul.core.refusal import Refused
from maeul.ground.notice.models import Message
from maeul.ground.people.tests.factories import PersonFactory
from maeul.vault.ballot import actions
from maeul.vault.ballot.actions import ElectorText
from maeul.vault.ballot.clock import clock_at
from maeul.vault.ballot.models import RollCode, RollObjection
from maeul.vault.ballot.rules import Why
from maeul.vault.ballot.tests import factories

pytestmark = pytest.mark.django_db
BORN = date(1953, 4, 2)


@pytest.fixture
def election(at):
    election = factories.drafted(at=at + timedelta(days=20), electors=factories.walk_ins(2))
    factories.budget_question(election, at=at)
    return election


def laid_open(election, at, days=5):
    until = timezone.localdate(at) + timedelta(days=days)
    return actions.lay_open(election=election, until=until, by="system", at=at)


def objected(election, by, at, claim="missing", text="저는 여기 삽니다."):
    return actions.object_to_roll(election=election, claim=claim, text=text, by=by, at=at)


def decided(objection, by, at, *, upheld=True, reason="등본을 보았습니다."):
    return actions.decide_roll_objection(
        objection=objection, upheld=upheld, reason=reason, by=by, at=at
    )


def refused(act, *args, **facts):
    with pytest.raises(Refused) as no:
        act(*args, **facts)
    return no.value.why


def test_a_list_is_laid_beside_the_roll_and_beside_itself(election, at):
    how = {"election": election, "by": "system", "at": at}
    actions.enrol(electors=[ElectorText("김순자", born_on=BORN)], **how)
    there, near, new, again = actions.compare(
        election=election,
        electors=[
            ElectorText("김 순자", born_on=BORN),  # the very same
            ElectorText("김순자", born_on=BORN.replace(year=1963)),  # the day of the year
            ElectorText("박민수", born_on=date(1990, 1, 1)),
            ElectorText("박민수", born_on=date(1990, 1, 1)),
        ],
    )
    assert there.there.name == "김순자"
    assert (there.near, there.near_lines) == ([], [])
    assert [each.name for each in near.near] == ["김순자"]
    assert (new.there, new.near, new.same_as) == (None, [], None)
    assert again.same_as == 2


def test_a_line_of_a_list_gets_the_account_of_the_same_person_and_nobody_stands_there_twice(
    election, at
):
    soonja = PersonFactory(name="김순자", born_on=BORN)
    how = {"election": election, "by": "system", "at": at}
    listed = [ElectorText("김순자", born_on=BORN)]
    assert actions.enrol(electors=listed, **how) == 1
    assert actions.enrol(electors=listed, **how) == 0
    own = ElectorText("김순자", person=soonja, born_on=BORN)
    assert actions.enrol(electors=[own], **how) == 0
    assert election.electors.get(name="김순자").person == soonja
    twin = PersonFactory(name="김순자", born_on=BORN)  # two accounts are two people
    assert actions.enrol(electors=[ElectorText("김순자", person=twin, born_on=BORN)], **how) == 1


def test_a_roll_lies_open_until_its_last_day_and_is_not_frozen_before_the_next(election, at):
    laid_open(election, at)
    last = at + timedelta(days=5)
    election.refresh_from_db()
    with clock_at(last):
        assert refused(actions.freeze, election=election, by=election.clerk, at=last) == (
            Why.ROLL_STILL_OPEN
        )
    following = last + timedelta(days=1)
    with clock_at(following):
        actions.freeze(election=election, by=election.clerk, at=following)


def test_an_undecided_objection_keeps_the_roll_from_being_frozen(election, at, soonja):
    chair, clerk = election.chair, election.clerk
    laid_open(election, at)
    objection = objected(election, soonja, at)
    later = at + timedelta(days=6)
    with clock_at(later):
        freeze = {"election": election, "by": clerk, "at": later}
        assert refused(actions.freeze, **freeze) == Why.ROLL_OBJECTIONS_UNDECIDED
        decided(objection, chair, later)
        assert refused(actions.freeze, **freeze) == Why.ROLL_OBJECTIONS_UNDECIDED
        decided(objection, clerk, later)
        assert actions.freeze(**freeze).roll_size == 3


def test_objections_are_taken_from_the_laying_open_to_its_last_day_one_at_a_time(
    election, at, soonja, minsu
):
    how = {"claim": "missing", "text": "있어야 합니다.", "election": election}
    assert refused(actions.object_to_roll, by=soonja, at=at, **how) == Why.ROLL_NOT_LAID_OPEN
    laid_open(election, at)
    last = at + timedelta(days=5)
    objected(election, soonja, last)
    assert refused(actions.object_to_roll, by=soonja, at=last, **how) == Why.ROLL_OBJECTION_WAITING
    following = last + timedelta(days=1)
    assert refused(actions.object_to_roll, by=minsu, at=following, **how) == (
        Why.ROLL_OBJECTIONS_OVER
    )


def test_two_officers_decide_together_and_then_the_person_is_on_the_roll_and_told(
    election, at, soonja
):
    chair, clerk = election.chair, election.clerk
    laid_open(election, at)
    objection = objected(election, soonja, at)
    assert [duty.due_on for duty in RollObjection.objects.waiting_for(chair)] == [
        timezone.localdate(at) + timedelta(days=5)
    ]
    decided(objection, chair, at)
    decided(objection, chair, at)  # the same officer twice is one officer
    assert not election.electors.filter(person=soonja).exists()
    assert RollObjection.objects.waiting_for(chair) == []
    assert len(RollObjection.objects.waiting_for(clerk)) == 1
    decided(objection, clerk, at, upheld=False, reason="주소가 다릅니다.")  # says otherwise
    assert not election.electors.filter(person=soonja).exists()
    final = decided(objection, chair, at, upheld=False)
    assert final.confirmed_by == chair
    assert final.reason == "주소가 다릅니다."
    [told] = Message.objects.filter(person=soonja)
    assert "받아들이지 않음" in told.title
    again = objected(election, soonja, at)
    decided(again, chair, at)
    decided(again, clerk, at)
    elector = election.electors.get(person=soonja)
    assert (elector.name, elector.match_exact is not None) == (soonja.name, True)


def test_a_name_written_wrongly_is_mended_from_the_account(election, at, soonja):
    wrong = ElectorText("순지", person=soonja, born_on=BORN)
    actions.enrol(election=election, electors=[wrong], by="system", at=at)
    laid_open(election, at)
    objection = objected(election, soonja, at, claim="wrong")
    for officer in (election.chair, election.clerk):
        decided(objection, officer, at)
    assert election.electors.get(person=soonja).name == soonja.name


def test_the_database_knows_that_one_officer_is_not_two(election, at, soonja):
    laid_open(election, at)
    objection = decided(objected(election, soonja, at), election.chair, at)
    objection.confirmed_by, objection.confirmed_at = election.chair, at
    with pytest.raises(IntegrityError), transaction.atomic():
        objection.save()


@pytest.fixture
def listed(election, at):
    """On the roll by a list, without an account."""
    actions.enrol(
        election=election, electors=[ElectorText("김순자", born_on=BORN)], by="system", at=at
    )
    return election.electors.get(name="김순자")


def codes(election, at):
    return {row.name: code for row, code in actions.issue_codes(election=election, by="s", at=at)}


def test_a_letters_code_ties_a_new_account_to_its_line_once(election, at, listed):
    code = codes(election, at)["김순자"]
    assert code not in str(RollCode.objects.values_list("code_hash", flat=True))
    person = PersonFactory(name="김순자", born_on=BORN)
    other = PersonFactory(name="박민수", born_on=BORN)
    redeem = {"election": election, "at": at}
    assert refused(actions.redeem_code, code=code, by=other, **redeem) == Why.CODE_OF_SOMEBODY_ELSE
    typed = f" {code.upper().replace('-', ' ')} "
    assert actions.redeem_code(code=typed, by=person, **redeem) == listed
    listed.refresh_from_db()
    assert listed.person == person
    assert refused(actions.redeem_code, code=code, by=person, **redeem) == Why.ON_THE_ROLL_ALREADY
    twin = PersonFactory(name="김순자", born_on=BORN)
    assert refused(actions.redeem_code, code=code, by=twin, **redeem) == Why.CODE_UNKNOWN


def test_a_new_letter_ends_the_former_code_and_freezing_ends_all(election, at, listed):
    person = PersonFactory(name="김순자", born_on=BORN)
    first = codes(election, at)["김순자"]
    second = codes(election, at)["김순자"]
    redeem = {"election": election, "by": person, "at": at}
    assert refused(actions.redeem_code, code=first, **redeem) == Why.CODE_UNKNOWN
    with clock_at(at):
        actions.freeze(election=election, by=election.clerk, at=at)
    assert refused(actions.redeem_code, code=second, **redeem) == Why.NOT_A_DRAFT


def test_codes_cannot_be_guessed_for_long(election, at, listed):
    caches["limits"].clear()
    person = PersonFactory(name="김순자", born_on=BORN)
    redeem = {"election": election, "code": "222-222-222-222", "by": person, "at": at}
    tries = [refused(actions.redeem_code, **redeem) for _ in range(11)]
    assert tries == [Why.CODE_UNKNOWN] * 10 + [Why.CODE_TOO_OFTEN]


def page(client, name, *args, **typed):
    address = reverse(f"ballot:{name}", args=args)
    answer = client.post(address, typed, follow=True) if typed else client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_resident_reads_the_own_line_and_nobody_elses(client, election, soonja, minsu):
    now = timezone.now()
    own = ElectorText(soonja.name, person=soonja, born_on=BORN)
    actions.enrol(election=election, electors=[own], by="system", at=now)
    client.force_login(soonja)
    assert client.get(election.address_of_roll()).status_code == 404  # not laid open yet
    laid_open(election, now)
    assert "명부에 올라 있습니다" in page(client, "roll", election.pk)
    client.force_login(minsu)
    shown = page(client, "roll", election.pk)
    assert "명부에 없습니다" in shown
    assert soonja.name not in shown


def test_a_resident_objects_and_two_officers_decide_on_their_pages(client, election, soonja):
    now = timezone.now()
    laid_open(election, now)
    client.force_login(soonja)
    shown = page(client, "object_to_roll", election.pk, claim="missing", text="900101-1234567")
    assert "주민등록번호" in shown
    assert "900101-1234567" in shown
    shown = page(client, "object_to_roll", election.pk, claim="missing", text="여기 삽니다.")
    assert "살피는 중" in shown
    objection = RollObjection.objects.get()
    for officer, words in (
        (election.chair, "적었습니다"),
        (election.clerk, "두 사람이 정했습니다"),
    ):
        client.force_login(officer)
        assert "여기 삽니다." in page(client, "roll_objections", election.pk)
        assert words in page(
            client, "decide_roll_objection", objection.pk, upheld="1", reason="맞습니다."
        )
    client.force_login(soonja)
    assert "명부에 올라 있습니다" in page(client, "roll", election.pk)


def test_a_code_typed_wrong_is_kept_and_explained(client, election, listed):
    caches["limits"].clear()
    now = timezone.now()
    laid_open(election, now)
    code = codes(election, now)["김순자"]
    client.force_login(PersonFactory(name="김순자", born_on=BORN))
    shown = page(client, "roll", election.pk, code="abc-def")
    assert "맞는 번호가 없습니다" in shown
    assert "abc-def" in shown
    assert "명부에 올라 있습니다" in page(client, "roll", election.pk, code=code)
