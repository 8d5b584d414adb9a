from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.core import upload
from maeul.core.money import won as in_won
from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.ground.notice import actions as notice
from maeul.vault.ledger import actions as ledger
from maeul.vault.ledger.rules import AccountKind
from maeul.vault.record import actions as record
from maeul.works.project import rules
from maeul.works.project.actions.receiving import _outside
from maeul.works.project.actions.telling import answer_by, held, law_of, tell
from maeul.works.project.models import BankNotice, Purse, Settlement, SettlementRow
from maeul.works.project.rules import Asked, NoticeKind, State
from maeul.works.project.texts import REFUSALS


@transaction.atomic
def complete(*, project, report, by, at):
    """All is done: say what came of it.  From now on the months for the settlement run."""
    project = held(project)
    refuse_if(
        rules.why_not_complete(
            state=State(project.state),
            open_steps=project.steps.filter(done_at=None).count(),
            report=report,
        ),
        REFUSALS,
    )
    project.report, project.completed_at = report, at
    return _end(project, "complete", "completed", _("사업을 마쳤습니다"), report, by=by, at=at)


@transaction.atomic
def cancel(*, project, reason, by, at):
    """Give it up, with the reason.  What was spent is settled all the same."""
    project = held(project)
    refuse_if(
        rules.why_not_move(verb="cancel", state=State(project.state), reason=reason), REFUSALS
    )
    return _end(project, "cancel", "cancelled", _("사업을 그만두었습니다"), reason, by=by, at=at)


def _end(project, verb, done, title, text, *, by, at):
    months = law_of(project, at)["grant.report_months"]
    project.state = rules.reached(verb, State(project.state))
    project.due_on = months.months_after(timezone.localdate(at))
    project.save(update_fields=["state", "due_on", "report", "completed_at"])
    tell(project, done, title, text=text, by=by, at=at)
    return project


@transaction.atomic
def ask_settlement(*, project, by, at):
    """Hand in the account, source by source."""
    project = held(project)
    refuse_if(
        rules.why_not_ask_settlement(
            state=State(project.state),
            open_spendings=project.expenditures.awaiting_answer().count(),
            open_changes=project.changes.awaiting_answer().count(),
            settling=project.settlements.standing().exists(),
        ),
        REFUSALS,
    )
    settlement = Settlement.objects.create(
        project=project, asked_by=by, asked_at=at, due_on=answer_by(project, at)
    )
    for purse in project.purses.select_related("part").order_by("pk"):
        figures = purse.figures()
        SettlementRow.objects.create(
            settlement=settlement,
            purse=purse,
            received_won=figures.received,
            spent_won=figures.spent,
            interest_won=figures.interest,
            principal_due_won=figures.principal_due,
        )
    audit.note("project.settlement_asked", on=settlement, by=by, at=at)
    return settlement


@transaction.atomic
def approve_settlement(*, settlement, by, at):
    """Another says the account is right.  What was never paid out returns to its appropriation;
    what was not spent, and all interest, is due back."""
    project = held(settlement.project)
    settlement = Settlement.objects.select_related("project__dong").get(pk=settlement.pk)
    refuse_if(
        rules.why_not_answer(
            verb="approve", state=Asked(settlement.state), own=settlement.asked_by_id == by.pk
        ),
        REFUSALS,
    )
    _answer(settlement, Asked.APPROVED, by=by, at=at)
    for purse in project.purses.select_related("part__account", "part__appropriation__account"):
        if purse.part_id and purse.is_paid_in_parts:
            _return_unpaid(settlement, purse, by=by, at=at)
    due = sum(row.due_won for row in settlement.rows.order_by("pk"))
    project.state = rules.reached("settle", State(project.state))
    project.due_back_won = due
    project.save(update_fields=["state", "due_back_won"])
    record.register(
        kind=str(_("정산서")),
        title=str(settlement),
        link=settlement.get_absolute_url(),
        public=True,
        by=by,
        at=at,
        dong=project.dong,
    )
    spent = sum(row.spent_won for row in settlement.rows.order_by("pk"))
    tell(
        project,
        "settled",
        _("%(spent)s을 쓰고 정산을 마쳤습니다") % {"spent": in_won(spent)},
        text=_("돌려줄 돈은 %(due)s입니다.") % {"due": in_won(due)},
        link=settlement.get_absolute_url(),
        by=by,
        at=at,
    )
    return settlement


@transaction.atomic
def return_settlement(*, settlement, reason, by, at):
    """Another sends the account back, with the reason; it is handed in anew."""
    held(settlement.project)
    settlement = Settlement.objects.select_related("project", "asked_by").get(pk=settlement.pk)
    refuse_if(
        rules.why_not_answer(
            verb="send_back",
            state=Asked(settlement.state),
            own=settlement.asked_by_id == by.pk,
            reason=reason,
        ),
        REFUSALS,
    )
    _answer(settlement, Asked.RETURNED, reason, by=by, at=at)
    audit.note("project.settlement_returned", on=settlement, by=by, at=at)
    notice.tell(
        person=settlement.asked_by,
        title=_("정산서를 다시 살펴봐 주세요"),
        text=reason,
        link=settlement.get_absolute_url(),
        at=at,
    )
    return settlement


@transaction.atomic
def refund(*, purse, on, bank_notice, by, at, text=""):
    """Give back all that is due of one source, interest included, with the bank's paper.

    What was not spent returns to its appropriation (own share to whom it came from); interest
    goes to the account of refunds.
    """
    project = held(purse.project)
    purse = Purse.objects.select_related("part__appropriation__account", "account").get(pk=purse.pk)
    figures = purse.figures()
    settled = rules.reached("share", State(project.state)) is not None
    refuse_if(
        rules.why_not_refund(
            settled=settled, due_won=figures.due, evidence=bank_notice is not None
        ),
        REFUSALS,
    )
    row = BankNotice.objects.create(
        purse=purse,
        kind=NoticeKind.REFUND,
        won=figures.due,
        interest_won=figures.interest,
        on=on,
        text=text,
        upload=upload.keep(bank_notice, by=by, at=at),
        noted_by=by,
        at=at,
    )
    if purse.part_id:
        home = purse.part.appropriation.account
    else:
        home = _outside(project, AccountKind.OWN, _("자부담"), by=by, at=at)
    postings = [(purse.account, -figures.due), (home, figures.principal_due)]
    if figures.interest:
        returned = _outside(project, AccountKind.REFUND, _("반납한 이자"), by=by, at=at)
        postings.append((returned, figures.interest))
    ledger.post(
        thread=project.thread,
        text=text or _("남은 돈과 이자 반납"),
        source=row,
        postings=[(account, won) for account, won in postings if won],
        link=row.get_absolute_url(),
        by=by,
        at=at,
    )
    project.due_back_won -= figures.due
    project.save(update_fields=["due_back_won"])
    tell(
        project,
        "refunded",
        _("%(won)s을 반납했습니다") % {"won": in_won(figures.due)},
        text=text,
        link=row.get_absolute_url(),
        by=by,
        at=at,
    )
    return row


@transaction.atomic
def share(*, project, story, by, at):
    """Tell the neighbours what came of it (성과공유)."""
    project = held(project)
    state = State(project.state)
    refuse_if(rules.why_not_move(verb="share", state=state, reason=story), REFUSALS)
    project.state, project.story, project.shared_at = rules.reached("share", state), story, at
    project.save(update_fields=["state", "story", "shared_at"])
    tell(project, "shared", _("성과를 나누었습니다"), text=story, by=by, at=at)
    return project


def _return_unpaid(settlement, purse, *, by, at):
    left = purse.part.account.balance_won
    if left:
        ledger.move(
            thread=settlement.project.thread,
            text=_("교부하지 않은 돈을 예산으로 되돌림"),
            source=settlement,
            out_of=purse.part.account,
            into=purse.part.appropriation.account,
            won=left,
            link=settlement.get_absolute_url(),
            by=by,
            at=at,
        )


def _answer(settlement, state, reason="", *, by, at):
    settlement.state, settlement.answer = state, reason
    settlement.answered_by, settlement.answered_at = by, at
    settlement.save(update_fields=["state", "answer", "answered_by", "answered_at"])
