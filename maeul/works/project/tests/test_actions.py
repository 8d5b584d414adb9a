from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maeul.core.refusal import Refused
from maeul.core.tests.together import slowed, together
from maeul.decision.budget.tests.factories import allocation, appropriation, open_round
from maeul.ground.audit.models import name_of
from maeul.ground.notice.models import Message
from maeul.ground.people.tests.factories import PersonFactory
from maeul.ground.search.models import Entry as Found
from maeul.ground.thread.models import Step as ThreadStep
from maeul.vault.ledger.models import Account, Entry
from maeul.vault.participation.models import Part
from maeul.vault.record.models import Record
from maeul.voice.agenda import actions as agenda
from maeul.voice.agenda.tests.factories import item_in
from maeul.works.project import actions
from maeul.works.project.models import Expenditure, Project
from maeul.works.project.rules import State, Why
from maeul.works.project.tests.factories import (
    PAPER,
    WHEN,
    asked,
    completed,
    given_back,
    interest,
    line_of,
    settled,
    spent,
    staff_of,
    started,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law", "uploads_elsewhere")]


def refused(act, **facts):
    with pytest.raises(Refused) as no:
        act(at=WHEN, **facts)
    return no.value.why


def fresh(project):
    return Project.objects.get(pk=project.pk)


def test_a_chosen_matter_becomes_a_project_on_its_own_thread_once(dong, soonja):
    item = item_in(dong, "decided", title="골목등", author=soonja)
    project = started(given=allocation(8_400_000, thread=item.thread))

    assert project.thread == item.thread
    assert project.purses.get().figures().received == 8_400_000
    assert ThreadStep.objects.of_matter(item.thread).filter(step="project.started").exists()
    assert Found.objects.get(link=project.get_absolute_url()).cost_won == 8_400_000
    assert Message.objects.filter(person=soonja, link=project.get_absolute_url()).exists()
    with pytest.raises(Refused) as no:
        started(given=project.allocation)
    assert no.value.why == Why.ALREADY_STARTED


def test_a_receipt_stands_in_the_books_once_another_has_approved_it():
    project = started(8_400_000)
    row = asked(project, 2_376_000)
    assert project.purses.get().account.balance_won == 8_400_000

    row = actions.approve_spending(expenditure=row, by=staff_of(project.dong), at=WHEN)

    assert project.purses.get().account.balance_won == 6_024_000
    assert row.entry.source == name_of(row)
    assert row.entry.link == row.get_absolute_url()
    assert row.evidence.get().upload.name == "영수증.pdf"
    assert fresh(project).spent_won == 2_376_000
    assert ThreadStep.objects.filter(link=row.get_absolute_url()).get().step == "project.spent"


def test_nobody_approves_their_own_receipt_not_even_past_the_action():
    project = started(lead=None)
    row = asked(project)
    assert refused(actions.approve_spending, expenditure=row, by=project.lead) == Why.OWN_REQUEST
    with pytest.raises(IntegrityError), transaction.atomic():
        Expenditure.objects.filter(pk=row.pk).update(
            state="returned", answered_by=project.lead, answered_at=WHEN
        )


def test_a_receipt_is_answered_once():
    project = started()
    row = spent(project)
    officer = staff_of(project.dong)
    assert refused(actions.approve_spending, expenditure=row, by=officer) == Why.ALREADY_ANSWERED
    assert Entry.objects.from_source(name_of(row)).count() == 1


def test_a_receipt_sent_back_tells_its_reason_and_frees_the_money():
    project = started(1_000)
    row = asked(project, 1_000)
    assert (
        refused(
            actions.ask_spending,
            **{
                "project": project,
                "line": row.line,
                "purse": row.purse,
                "purpose": "붓",
                "payee": "철물점",
                "amount_won": 1,
                "method": "card",
                "paid_on": date(2026, 4, 2),
                "evidence": [("photo", PAPER)],
                "by": project.lead,
            },
        )
        == Why.LINE_TOO_SMALL
    )
    actions.return_spending(
        expenditure=row, reason="전표가 흐립니다", by=staff_of(project.dong), at=WHEN
    )
    assert Message.objects.get(person=project.lead, link=row.get_absolute_url()).text == (
        "전표가 흐립니다"
    )
    asked(project, 1_000)


def test_an_approved_receipt_that_was_wrong_is_taken_back_by_a_counter_entry():
    project = started(1_000)
    row = spent(project, 400)
    actions.take_back_spending(
        expenditure=row, reason="다른 사업의 영수증", by=staff_of(project.dong), at=WHEN
    )
    assert project.purses.get().account.balance_won == 1_000
    assert fresh(project).spent_won == 0
    entries = Entry.objects.from_source(name_of(row))
    assert [entry.corrects_id for entry in entries] == [None, entries[0].pk]


def test_lines_are_planned_within_the_money_and_changed_by_anothers_yes():
    project = started(1_000)
    lead, officer = project.lead, staff_of(project.dong)
    paint = actions.plan_line(project=project, title="페인트", amount_won=700, by=lead, at=WHEN)
    lamps = actions.plan_line(project=project, title="등", amount_won=300, by=lead, at=WHEN)
    assert (
        refused(actions.plan_line, project=project, title="밥", amount_won=1, by=lead)
        == Why.LINES_ABOVE_MONEY
    )
    change = actions.ask_change(
        project=project,
        reason="등값이 올라서",
        from_line=paint,
        to_line=lamps,
        won=200,
        ends_on=date(2026, 11, 30),
        by=lead,
        at=WHEN,
    )
    assert refused(actions.approve_change, change=change, by=lead) == Why.OWN_REQUEST
    actions.approve_change(change=change, by=officer, at=WHEN)
    paint.refresh_from_db()
    lamps.refresh_from_db()
    assert (paint.amount_won, lamps.amount_won) == (500, 500)
    assert fresh(project).ends_on == date(2026, 11, 30)
    assert change.ends_before == date(2026, 10, 31)


def test_a_change_sent_back_changes_nothing():
    project = started()
    change = actions.ask_change(
        project=project,
        reason="더 하고 싶어서",
        content="벤치도 놓습니다",
        by=project.lead,
        at=WHEN,
    )
    actions.return_change(change=change, reason="예산 밖", by=staff_of(project.dong), at=WHEN)
    assert fresh(project).content == ""
    assert Message.objects.filter(person=project.lead, text="예산 밖").exists()


def test_a_neighbour_who_offered_help_joins_in(dong, soonja, minsu, at):
    item, other = item_in(dong, "decided", author=soonja), item_in(dong)
    helped = agenda.offer_help(
        item=item, kind="hands", until=date(2026, 12, 31), text="주말마다", by=minsu, at=at
    )
    elsewhere = agenda.offer_help(
        item=other, kind="hands", until=date(2026, 12, 31), by=soonja, at=at
    )
    project = started(given=allocation(thread=item.thread))
    how = {"project": project, "by": project.lead, "role": "칠하기"}

    actions.take_in(person=minsu, offer=helped, at=WHEN, **how)

    assert project.participants.get().offer == helped
    assert refused(actions.take_in, person=minsu, **how) == Why.ALREADY_IN
    assert (
        refused(actions.take_in, person=soonja, offer=elsewhere, **how)
        == Why.OFFER_OF_ANOTHER_MATTER
    )


def test_who_gave_time_is_counted_once_a_day(soonja):
    project = started()
    one = actions.take_in(project=project, person=soonja, role="칠하기", by=project.lead, at=WHEN)
    for _again in range(2):
        actions.work(participant=one, minutes=90, on=date(2026, 5, 9), by=project.lead, at=WHEN)
    part = Part.objects.get(person=soonja, kind="working")
    assert (part.minutes, part.dong) == (90, project.dong)


def test_a_resident_number_gets_into_no_text_of_a_project():
    project = started()
    how = {"project": project, "by": project.lead}
    number = "김 씨 900101-1234567"
    for act, facts in (
        (actions.suspend, {"reason": number}),
        (actions.ask_change, {"reason": "까닭", "content": number}),
        (actions.plan_step, {"title": number, "due_on": date(2026, 6, 1)}),
        (actions.complete, {"report": number}),
    ):
        assert refused(act, **how, **facts) == "number_of_resident"
    assert fresh(project).state == State.STARTED


def test_all_steps_are_done_before_a_project_is_complete(law):
    project = started()
    step = actions.plan_step(
        project=project,
        title="칠하기",
        due_on=date(2026, 5, 1),
        is_milestone=True,
        by=project.lead,
        at=WHEN,
    )
    assert refused(actions.complete, project=project, report="끝", by=project.lead) == (
        Why.STEPS_OPEN
    )
    actions.finish_step(step=step, note="주민 스무 명이 칠했습니다", by=project.lead, at=WHEN)
    assert refused(actions.finish_step, step=step, by=project.lead) == Why.STEP_DONE
    done = completed(project)
    months = law.in_force(at=WHEN)["grant.report_months"]
    assert done.due_on == months.months_after(timezone.localdate(WHEN))


def test_a_project_rests_and_goes_on_with_its_reasons():
    project = started()
    how = {"project": project, "by": project.lead, "at": WHEN}
    assert actions.suspend(reason="장마", **how).state == State.SUSPENDED
    assert actions.resume(reason="장마가 끝나", **how).state == State.STARTED
    assert [step.text for step in ThreadStep.objects.of_matter(project.thread)][-2:] == [
        "장마",
        "장마가 끝나",
    ]


def test_what_was_not_spent_and_all_interest_goes_back_source_by_source(dong):
    district = appropriation(5_000, dong=dong)
    city = appropriation(3_000, dong=dong, source="city")
    project = started(given=allocation(7_000, round=open_round(district, city)))
    line_of(project)
    first, second = project.purses.order_by("pk")
    assert (str(first.source_label), str(second.source_label)) == ("시비", "구비")
    spent(project, 2_500, purse=first)
    spent(project, 4_000, purse=second)
    interest(project, 12)

    settlement = settled(project)

    rows = settlement.rows.order_by("pk")
    assert [(r.received_won, r.spent_won, r.interest_won, r.due_won) for r in rows] == [
        (3_000, 2_500, 12, 512),
        (4_000, 4_000, 0, 0),
    ]
    assert fresh(project).due_back_won == 512
    assert Record.objects.get(link=settlement.get_absolute_url()).kind == "정산서"
    (notice,) = given_back(project)
    assert (notice.won, notice.interest_won) == (512, 12)
    assert fresh(project).due_back_won == 0
    assert first.account.balance_won == second.account.balance_won == 0
    assert city.account.balance_won == 500
    assert Account.objects.get(kind="refund", thread=project.thread).balance_won == 12
    again = {"purse": first, "on": date(2026, 7, 2), "bank_notice": PAPER, "by": project.lead}
    assert refused(actions.refund, **again) == Why.NOTHING_DUE


def test_own_share_is_put_in_spent_and_given_back_to_whom_it_came_from():
    project = started(1_000)
    actions.pay_in_own(
        project=project, won=300, on=date(2026, 3, 2), notice=PAPER, by=project.lead, at=WHEN
    )
    assert fresh(project).money_won == 1_300
    own = project.purses.get(part=None)
    spent(project, 250, purse=own)
    settled(project)
    given_back(project)
    assert own.account.balance_won == 0
    assert Account.objects.get(kind="own", thread=project.thread).balance_won == -250


def test_a_settlement_sent_back_is_handed_in_anew_and_nobody_approves_their_own():
    project = completed(started(1_000))
    lead, officer = project.lead, staff_of(project.dong)
    first = actions.ask_settlement(project=project, by=lead, at=WHEN)
    assert refused(actions.approve_settlement, settlement=first, by=lead) == Why.OWN_REQUEST
    assert refused(actions.ask_settlement, project=project, by=lead) == Why.ALREADY_SETTLING
    actions.return_settlement(settlement=first, reason="이자가 빠졌습니다", by=officer, at=WHEN)
    interest(project, 7)
    second = actions.ask_settlement(project=project, by=lead, at=WHEN)
    actions.approve_settlement(settlement=second, by=officer, at=WHEN)
    assert fresh(project).due_back_won == 1_007


def test_a_cancelled_project_is_settled_too():
    project = started(1_000)
    spent(project, 400)
    actions.cancel(project=project, reason="땅 주인이 바뀌어", by=project.lead, at=WHEN)
    settlement = settled(fresh(project))
    assert settlement.rows.get().due_won == 600
    given_back(project)
    shared = actions.share(project=project, story="다음을 위해", by=project.lead, at=WHEN)
    assert shared.state == State.SHARED


def test_each_is_waited_for_where_the_next_act_is_theirs(officer, soonja):
    project = started(1_000, lead=soonja)
    assert list(Project.objects.waiting_for(soonja)) == [project]
    row = asked(project, 400)
    assert list(Expenditure.objects.waiting_for(officer)) == [row]
    assert list(Expenditure.objects.waiting_for(soonja)) == []
    assert row.due_on == timezone.localdate(WHEN) + timedelta(days=7)
    actions.approve_spending(expenditure=row, by=officer, at=WHEN)
    completed(project)
    assert str(Project.objects.waiting_for(soonja).get().next_act) == "정산서 내기"
    settlement = actions.ask_settlement(project=project, by=soonja, at=WHEN)
    assert list(Project.objects.waiting_for(soonja)) == []
    actions.approve_settlement(settlement=settlement, by=officer, at=WHEN)
    assert str(Project.objects.waiting_for(soonja).get().next_act) == "남은 돈 반납하기"


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_the_books_and_the_receipts_always_tell_the_same(law, uploads_elsewhere, data):
    with transaction.atomic():
        project = started(data.draw(st.integers(1, 500)))
        line_of(project)
        for _ in range(data.draw(st.integers(0, 5))):
            act = data.draw(st.sampled_from([spent, asked, interest]))
            try:
                row = act(project, data.draw(st.integers(1, 300)))
                if act is spent and data.draw(st.booleans()):
                    actions.take_back_spending(
                        expenditure=row, reason="잘못", by=staff_of(project.dong), at=WHEN
                    )
            except Refused:
                pass
        purse = project.purses.get()
        figures = purse.figures()
        assert 0 <= figures.spent <= figures.received <= project.allocation.won
        assert purse.account.balance_won == figures.held
        for row in project.expenditures.awaiting_answer():
            actions.return_spending(
                expenditure=row, reason="끝", by=staff_of(project.dong), at=WHEN
            )
        settled(fresh(project))
        given_back(project)
        assert purse.account.balance_won == 0
        assert fresh(project).due_back_won == 0
        transaction.set_rollback(True)


def approve(*, expenditure, officer):
    """In a process of its own: say yes to one receipt."""
    rules = actions.spending.rules
    rules.why_not_approve_spending = slowed(rules.why_not_approve_spending)
    officer = PersonFactory._meta.model.objects.get(pk=officer)
    row = Expenditure.objects.get(pk=expenditure)
    actions.approve_spending(expenditure=row, by=officer, at=WHEN)
    return "approved"


def two_approvals_at_once(**how):
    project = started(1_000)
    row, officer = asked(project, 300), staff_of(project.dong)
    facts = {"expenditure": row.pk, "officer": officer.pk, **how}
    return together(approve, facts, facts), Entry.objects.from_source(name_of(row)).count()


@pytest.mark.django_db(transaction=True)
def test_of_two_parallel_approvals_of_one_receipt_only_one_is_written():
    assert two_approvals_at_once() == ([str(Why.ALREADY_ANSWERED), "approved"], 1)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_one_receipt_would_be_paid_twice():
    assert two_approvals_at_once(without_locks=True) == (["approved", "approved"], 2)
