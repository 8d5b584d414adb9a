import contextlib
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maeul.core.refusal import Refused
from maeul.core.tests.together import slowed, together
from maeul.decision.budget.tests.factories import allocation, appropriation, open_round
from maeul.ground.notice.models import Announcement, Message
from maeul.ground.people.models import Person
from maeul.ground.thread.models import Step as ThreadStep
from maeul.vault.ledger.models import Account
from maeul.works.grant import actions
from maeul.works.grant.models import Call, Grant, Payment
from maeul.works.grant.rules import PaymentState, State, Why
from maeul.works.grant.tests.factories import district_staff, granted, paid, prepared, requested
from maeul.works.project import actions as project_actions
from maeul.works.project.models import Project
from maeul.works.project.tests.factories import (
    PAPER,
    WHEN,
    completed,
    given_back,
    interest,
    line_of,
    settled,
    spent,
    started,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law", "uploads_elsewhere")]


def refused(act, **facts):
    with pytest.raises(Refused) as no:
        act(at=WHEN, **facts)
    return no.value.why


def pay(payment, by, on=date(2026, 3, 5), notice=PAPER):
    return {"payment": payment, "on": on, "notice": notice, "by": by}


def test_a_call_is_published_and_takes_requests_while_it_is_open(dong):
    officer = district_staff(dong)
    opens, closes = WHEN, WHEN + timedelta(days=15)
    facts = {"district": dong.district, "dong": dong, "title": "마을사업 공모", "text": "모집"}
    assert (
        refused(
            actions.call,
            opens_at=opens,
            closes_at=closes - timedelta(minutes=1),
            by=officer,
            **facts,
        )
        == Why.CALL_TOO_SHORT
    )
    call = actions.call(opens_at=opens, closes_at=closes, by=officer, at=WHEN, **facts)
    assert Announcement.objects.get().link == call.get_absolute_url()
    assert requested(call=call).call == call
    assert list(Call.objects.open_at(closes, dong=dong)) == []


def test_a_grant_goes_from_request_to_payment_on_the_matters_thread():
    grant = requested(8_400_000)
    lead = grant.project.lead
    assert refused(actions.decide, grant=grant, granted_won=1, by=lead) == Why.OWN_REQUEST
    grant = actions.decide(
        grant=grant,
        granted_won=8_000_000,
        conditions="10월까지",
        by=district_staff(grant.project.dong),
        at=WHEN,
    )
    assert grant.under_law["grant.verified_from_won"]["value"] == 300_000_000
    assert not grant.needs_verification
    assert Message.objects.filter(person=lead, text="10월까지").exists()
    payment = paid(grant, 5_000_000)
    purse = payment.purse
    assert purse.account.balance_won == 5_000_000
    assert purse.part.account.balance_won == 3_400_000
    assert payment.notice.entry.link == payment.notice.get_absolute_url()
    grant = Grant.objects.get(pk=grant.pk)
    assert (grant.state, grant.paid_won, grant.left_won) == (State.PAID, 5_000_000, 3_000_000)
    steps = [step.step for step in ThreadStep.objects.of_matter(grant.project.thread)]
    assert {"grant.requested", "grant.granted", "grant.paid"} <= set(steps)


def test_nobody_makes_the_payment_they_prepared_not_even_past_the_action():
    payment = prepared(granted())
    who = payment.prepared_by
    assert refused(actions.approve_payment, **pay(payment, who)) == Why.OWN_PAYMENT
    made = paid(granted(100, project=started(given=another(), way="grant")))
    with pytest.raises(IntegrityError, match="made_by_another"), transaction.atomic():
        Payment.objects.filter(pk=made.pk).update(answered_by=made.prepared_by)


def another(won=100):
    """An allocation beside the factories' own."""
    return allocation(won, round=open_round(appropriation(won, source="city")))


def test_a_payment_is_made_once():
    payment = paid(granted())
    other = district_staff(payment.grant.project.dong, 2)
    assert refused(actions.approve_payment, **pay(payment, other)) == Why.ALREADY_ANSWERED


def test_a_dropped_payment_frees_its_won_and_is_never_made():
    grant = granted(100)
    payment = prepared(grant, 100)
    with pytest.raises(Refused) as no:
        prepared(grant, 1)
    assert no.value.why == Why.ABOVE_GRANTED
    officer = district_staff(grant.project.dong, 2)
    actions.drop_payment(payment=payment, reason="계좌가 바뀜", by=officer, at=WHEN)
    assert refused(actions.approve_payment, **pay(payment, officer)) == Why.ALREADY_ANSWERED
    prepared(grant, 100)


def test_each_source_pays_no_more_than_its_part(dong):
    city, district = appropriation(30, source="city", dong=dong), appropriation(70, dong=dong)
    given = allocation(100, round=open_round(city, district))
    grant = granted(100, project=started(given=given, way="grant"))
    first, second = grant.project.purses.order_by("pk")
    with pytest.raises(Refused) as no:
        prepared(grant, 31, first)
    assert no.value.facts == {"left": 30}
    paid(grant, 30, first)
    paid(grant, 70, second)
    assert Grant.objects.get(pk=grant.pk).left_won == 0


def test_what_is_spent_never_passes_what_was_paid():
    grant = granted(100)
    paid(grant, 60)
    spent(grant.project, 60)
    with pytest.raises(Refused):
        spent(grant.project, 1)


def test_a_refused_request_tells_its_reason_and_may_be_made_anew():
    grant = requested(100)
    officer = district_staff(grant.project.dong)
    actions.refuse(grant=grant, reason="계획이 없습니다", by=officer, at=WHEN)
    assert Message.objects.filter(person=grant.requested_by, text="계획이 없습니다").exists()
    again = requested(100, project=grant.project)
    with pytest.raises(Refused) as no:
        requested(100, project=grant.project)
    assert no.value.why == Why.ALREADY_REQUESTED
    assert again.state == State.REQUESTED


def test_a_direct_project_asks_for_no_grant():
    with pytest.raises(Refused) as no:
        requested(100, project=started(100))
    assert no.value.why == Why.NOT_BY_GRANT


def test_what_was_not_paid_returns_to_the_budget_and_the_rest_comes_back_before_it_closes():
    grant = granted(100)
    paid(grant, 60)
    project = grant.project
    spent(project, 50)
    interest(project, 3)
    settled(project)
    officer = district_staff(project.dong)
    grant = Grant.objects.get(pk=grant.pk)
    assert grant.due_back_won == 13
    assert refused(actions.close, grant=grant, by=officer) == Why.STILL_DUE
    given_back(project)
    assert actions.close(grant=grant, by=officer, at=WHEN).state == State.CLOSED
    purse = project.purses.get()
    assert (purse.account.balance_won, purse.part.account.balance_won) == (0, 0)
    appropriation = purse.part.appropriation
    assert appropriation.account.balance_won == appropriation.amount_won - 50


def test_a_cancelled_grant_pays_nothing_more_and_its_project_is_settled():
    grant = granted(100)
    paid(grant, 60)
    waiting = prepared(grant, 40)
    project, officer = grant.project, district_staff(grant.project.dong)
    spent(project, 20)
    actions.cancel(grant=grant, reason="허가 없이 바꿈", by=officer, at=WHEN)
    waiting.refresh_from_db()
    assert waiting.state == PaymentState.DROPPED
    project = Project.objects.get(pk=project.pk)
    assert project.state == "cancelled"
    settled(project)
    assert Grant.objects.get(pk=grant.pk).due_back_won == 40
    given_back(project)
    assert actions.close(grant=grant, by=officer, at=WHEN).state == State.CLOSED


def test_a_large_grant_needs_a_verified_account():
    assert granted(300_000_000, project=big(300_000_000)).needs_verification
    small = granted(299_999_999, project=big(299_999_999, "city"))
    assert not small.needs_verification
    assert not small.needs_audit


def big(won, source="district"):
    given = allocation(won, round=open_round(appropriation(won, source=source)))
    return started(given=given, way="grant")


def test_each_is_waited_for_where_the_next_act_is_theirs():
    project = started(100, way="grant")
    first, second = district_staff(project.dong, 1), district_staff(project.dong, 2)
    (wanting,) = Grant.objects.waiting_for(project.lead)
    assert str(wanting.next_act) == "교부신청하기"
    grant = requested(100, project=project)
    assert not Grant.objects.waiting_for(project.lead)
    assert [str(row.next_act) for row in Grant.objects.waiting_for(first)] == ["교부 결정하기"]
    actions.decide(grant=grant, granted_won=100, by=first, at=WHEN)
    assert [str(row.next_act) for row in Grant.objects.waiting_for(first)] == ["교부 준비하기"]
    payment = prepared(Grant.objects.get())
    assert not Grant.objects.waiting_for(first)
    assert list(Payment.objects.waiting_for(first)) == []
    assert list(Payment.objects.waiting_for(second)) == [payment]
    actions.approve_payment(at=WHEN, **pay(payment, second))
    settled(project)
    assert not Grant.objects.waiting_for(first)
    given_back(project)
    assert [str(row.next_act) for row in Grant.objects.waiting_for(first)] == ["보조금 마감하기"]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_spent_never_passes_paid_nor_paid_granted_nor_granted_allocated(
    law, uploads_elsewhere, data
):
    with transaction.atomic():
        won = data.draw(st.integers(1, 300))
        project = started(won, way="grant")
        line_of(project)
        granted_won = data.draw(st.integers(1, won))
        grant = granted(won, granted_won=granted_won, project=project)
        for _ in range(data.draw(st.integers(1, 5))):
            act, what = data.draw(
                st.sampled_from([(paid, grant), (prepared, grant), (spent, project)])
            )
            with contextlib.suppress(Refused):
                act(what, data.draw(st.integers(1, 200)))
        purse = project.purses.get()
        figures = purse.figures()
        assert figures.spent <= figures.received == grant.paid_won <= granted_won <= won
        assert purse.account.balance_won == figures.held
        assert sum(row.balance for row in Account.objects.with_balance()) == 0
        for row in project.expenditures.awaiting_answer():
            row.delete()
        completed(project)
        settled(Project.objects.get(pk=project.pk))
        given_back(project)
        assert (purse.account.balance_won, purse.part.account.balance_won) == (0, 0)
        transaction.set_rollback(True)


def approve(*, payment, officer):
    """In a process of its own: make one payment."""
    actions.rules.why_not_pay = slowed(actions.rules.why_not_pay)
    paid = pay(Payment.objects.get(pk=payment), Person.objects.get(pk=officer))
    actions.approve_payment(at=WHEN, **paid)
    return "paid"


def two_approvals_at_once(**how):
    """Two other officers approve one payment in parallel; there is money for two."""
    grant = granted(1_000)
    payment = prepared(grant, 300)
    officers = [district_staff(grant.project.dong, number) for number in (2, 3)]
    each = [{"payment": payment.pk, "officer": officer.pk, **how} for officer in officers]
    return together(approve, *each), payment.purse.account.balance_won


@pytest.mark.django_db(transaction=True)
def test_of_two_parallel_approvals_of_one_payment_only_one_pays():
    assert two_approvals_at_once() == ([str(Why.ALREADY_ANSWERED), "paid"], 300)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_one_payment_would_be_paid_twice():
    assert two_approvals_at_once(without_locks=True) == (["paid", "paid"], 600)


def test_a_suspended_project_is_not_paid():
    payment = prepared(granted())
    project_actions.suspend(
        project=payment.grant.project, reason="장마", by=payment.grant.project.lead, at=WHEN
    )
    officer = district_staff(payment.grant.project.dong, 2)
    assert refused(actions.approve_payment, **pay(payment, officer)) == Why.PROJECT_NOT_UNDER_WAY
