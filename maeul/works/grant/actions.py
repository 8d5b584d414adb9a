from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.core.money import won as in_won
from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.ground.law.models import Provision
from maeul.ground.notice import actions as notice_actions
from maeul.ground.people import rules as people
from maeul.ground.people.texts import REFUSALS as PEOPLE_REFUSALS
from maeul.ground.search import actions as search
from maeul.ground.thread import actions as thread
from maeul.vault.record import actions as record
from maeul.works.grant import rules
from maeul.works.grant.models import Call, Grant, Payment
from maeul.works.grant.rules import PaymentState, State
from maeul.works.grant.texts import REFUSALS
from maeul.works.project import actions as project_actions
from maeul.works.project.models import Project
from maeul.works.project.rules import State as ProjectState
from maeul.works.project.rules import Way


@transaction.atomic
def call(*, district, title, text, opens_at, closes_at, by, at, dong=None):
    """Publish a call (공모): open for at least the days of the ordinance."""
    law = Provision.objects.in_force(dong=dong, at=at)
    refuse_if(
        rules.why_not_call(
            at=at,
            opens_at=opens_at,
            closes_at=closes_at,
            shortest=law["grant.call_min_days"].days(),
        ),
        REFUSALS,
    )
    made = Call.objects.create(
        district=district,
        dong=dong,
        title=title,
        text=text,
        opens_at=opens_at,
        closes_at=closes_at,
        thread=thread.open(title=title, dong=dong, by=by, at=at),
    )
    link = made.get_absolute_url()
    audit.note("grant.called", on=made, by=by, at=at)
    thread.note(
        thread=made.thread,
        step="grant.called",
        title=title,
        text=text,
        link=link,
        public=True,
        by=by,
        at=at,
    )
    search.put(
        link=link,
        kind="call",
        title=title,
        text=text,
        on=timezone.localdate(opens_at),
        dong=dong,
        thread=made.thread,
    )
    notice_actions.announce(
        title=title,
        text=text,
        dong=dong,
        link=link,
        until_on=timezone.localdate(closes_at),
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def request(*, project, requested_won, plan, by, at, call=None):
    """Ask for the grant (교부신청) of a project that lives by it."""
    project = (
        Project.objects.select_for_update(of=["self"]).select_related("dong").get(pk=project.pk)
    )
    refuse_if(
        rules.why_not_request(
            by_grant=project.way == Way.GRANT,
            under_way=project.is_under_way,
            standing=project.grants.standing().exists(),
            call_open=call is None
            or Call.objects.open_at(at, dong=project.dong).filter(pk=call.pk).exists(),
            requested_won=requested_won,
            allocated_won=project.allocation.won,
        ),
        REFUSALS,
    )
    law = Provision.objects.in_force(dong=project.dong, at=at)
    grant = Grant.objects.create(
        project=project,
        call=call,
        requested_won=requested_won,
        plan=plan,
        requested_by=by,
        requested_at=at,
        due_on=timezone.localdate(at) + law["project.answer_days"].days(),
    )
    _tell(grant, "requested", _("%(won)s을 교부신청했습니다"), requested_won, by=by, at=at)
    return grant


@transaction.atomic
def decide(*, grant, granted_won, by, at, conditions=""):
    """Decide on the grant (교부결정) with its conditions; kept under the law of that day."""
    grant = _held(grant)
    refuse_if(
        rules.why_not_decide(
            state=State(grant.state),
            own=grant.requested_by_id == by.pk,
            granted_won=granted_won,
            requested_won=grant.requested_won,
        ),
        REFUSALS,
    )
    law = Provision.objects.in_force(dong=grant.project.dong, at=at)
    grant.state, grant.granted_won, grant.conditions = State.GRANTED, granted_won, conditions
    grant.decided_by, grant.decided_at = by, at
    grant.under_law = law.kept(
        "grant.report_months", "grant.verified_from_won", "grant.audit_from_won"
    )
    grant.save()
    record.register(
        kind=_("교부결정"),
        title=str(grant),
        link=grant.get_absolute_url(),
        public=True,
        by=by,
        at=at,
        dong=grant.project.dong,
    )
    _tell(
        grant,
        "granted",
        _("%(won)s 교부를 결정했습니다"),
        granted_won,
        text=conditions,
        by=by,
        at=at,
    )
    return grant


@transaction.atomic
def refuse(*, grant, reason, by, at):
    """Do not grant, with the reason; it may be asked for again."""
    grant = _held(grant)
    refuse_if(
        rules.why_not_refuse(
            state=State(grant.state), own=grant.requested_by_id == by.pk, reason=reason
        ),
        REFUSALS,
    )
    grant.state, grant.reason, grant.decided_by, grant.decided_at = State.REFUSED, reason, by, at
    grant.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    _tell(grant, "refused", _("교부하지 않기로 했습니다"), text=reason, by=by, at=at)
    return grant


@transaction.atomic
def prepare_payment(*, grant, purse, won, by, at):
    """Prepare an instalment out of one source; another makes it."""
    grant = _held(grant)
    prepared = grant.payments.filter(purse=purse, state=PaymentState.PREPARED).sum_won()
    source_left = purse.part.account.balance_won - prepared if purse.part_id else 0
    refuse_if(
        rules.why_not_prepare(
            state=State(grant.state),
            won=won,
            granted_left=grant.left_won,
            source_left=source_left,
        ),
        REFUSALS,
    )
    law = Provision.objects.in_force(dong=grant.project.dong, at=at)
    payment = Payment.objects.create(
        grant=grant,
        purse=purse,
        won=won,
        prepared_by=by,
        prepared_at=at,
        due_on=timezone.localdate(at) + law["project.answer_days"].days(),
    )
    audit.note("grant.payment_prepared", on=payment, by=by, at=at, won=won)
    return payment


@transaction.atomic
def approve_payment(*, payment, on, notice, by, at):
    """Another makes the payment (교부): money leaves the allocation and arrives in the purse.

    Of two who approve at the same moment the second waits for the grant's row and is refused.
    """
    grant = _held(payment.grant)
    payment = Payment.objects.select_related("purse__part__account", "purse__account").get(
        pk=payment.pk
    )
    refuse_if(
        rules.why_not_pay(
            state=State(grant.state),
            payment=PaymentState(payment.state),
            own=payment.prepared_by_id == by.pk,
            won=payment.won,
            granted_left=grant.granted_won - grant.paid_won,
            notice=notice is not None,
            under_way=grant.project.is_under_way,
        ),
        REFUSALS,
    )
    payment.notice = project_actions.receive(
        purse=payment.purse,
        won=payment.won,
        on=on,
        notice=notice,
        text=_("보조금 교부"),
        by=by,
        at=at,
    )
    payment.state, payment.answered_by, payment.answered_at = PaymentState.PAID, by, at
    payment.save(update_fields=["notice", "state", "answered_by", "answered_at"])
    grant.state = State.PAID
    grant.save(update_fields=["state"])
    paper = payment.notice.get_absolute_url()
    _tell(grant, "paid", _("%(won)s을 교부했습니다"), payment.won, link=paper, by=by, at=at)
    return payment


@transaction.atomic
def drop_payment(*, payment, reason, by, at):
    """Take a prepared payment away before it is made."""
    _held(payment.grant)
    payment = Payment.objects.select_related("grant").get(pk=payment.pk)
    refuse_if(rules.why_not_drop(payment=PaymentState(payment.state), reason=reason), REFUSALS)
    payment.state, payment.reason = PaymentState.DROPPED, reason
    payment.answered_by, payment.answered_at = by, at
    payment.save(update_fields=["state", "reason", "answered_by", "answered_at"])
    audit.note("grant.payment_dropped", on=payment, by=by, at=at)
    return payment


@transaction.atomic
def cancel(*, grant, reason, by, at):
    """Cancel the decision (취소·환수): nothing more is paid, the project is given up and settled,
    and what was not spent comes back."""
    grant = _held(grant)
    refuse_if(rules.why_not_cancel(state=State(grant.state), reason=reason), REFUSALS)
    grant.payments.filter(state=PaymentState.PREPARED).update(
        state=PaymentState.DROPPED, reason=reason, answered_by=by, answered_at=at
    )
    grant.state, grant.reason = State.CANCELLED, reason
    grant.save(update_fields=["state", "reason"])
    ends_it = grant.project.state in (ProjectState.STARTED, ProjectState.SUSPENDED)
    text = "" if ends_it else reason  # the project's own step has it
    _tell(grant, "cancelled", _("교부결정을 취소했습니다"), text=text, by=by, at=at)
    if ends_it:
        project_actions.cancel(project=grant.project, reason=reason, by=by, at=at)
    return grant


@transaction.atomic
def close(*, grant, by, at):
    """Settled, and all that was due has come back."""
    grant = _held(grant)
    project = Project.objects.get(pk=grant.project_id)
    refuse_if(
        rules.why_not_close(
            state=State(grant.state),
            settled=project.state in (ProjectState.SETTLED, ProjectState.SHARED),
            due_back_won=project.due_back_won,
        ),
        REFUSALS,
    )
    grant.state, grant.closed_at = State.CLOSED, at
    grant.save(update_fields=["state", "closed_at"])
    _tell(grant, "closed", _("보조금을 마감했습니다"), by=by, at=at)
    return grant


def _held(grant):
    """The grant's row, held until the transaction ends: acts on one grant wait in line."""
    return (
        Grant.objects.select_for_update(of=["self"])
        .select_related("project__dong", "project__thread", "project__lead")
        .get(pk=grant.pk)
    )


def _tell(grant, verb, title, won=None, *, by, at, text="", link=""):
    refuse_if(people.why_not_write(text, grant.plan), PEOPLE_REFUSALS)
    title = title % {"won": in_won(won)} if won is not None else title
    link = link or grant.get_absolute_url()
    audit.note(f"grant.{verb}", on=grant, by=by, at=at, won=won)
    thread.note(
        thread=grant.project.thread,
        step=f"grant.{verb}",
        title=title,
        text=text,
        link=link,
        state=str(grant.get_state_display()),
        public=True,
        by=by,
        at=at,
    )
    if by != grant.requested_by:
        notice_actions.tell(
            person=grant.requested_by,
            title=f"{grant.project}: {title}"[:200],
            text=text,
            link=link,
            at=at,
        )
