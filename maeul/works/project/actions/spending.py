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
from maeul.works.project import rules
from maeul.works.project.actions.receiving import _outside
from maeul.works.project.actions.telling import answer_by, held, tell
from maeul.works.project.models import Evidence, Expenditure
from maeul.works.project.rules import Asked, State
from maeul.works.project.texts import REFUSALS


@transaction.atomic
def ask_spending(
    *,
    project,
    line,
    purse,
    purpose,
    payee,
    amount_won,
    method,
    paid_on,
    evidence,
    by,
    at,
    vat_won=0,
    business_no="",
    outside_no="",
    open_evidence=False,
):
    """Hand in a receipt: what was bought, where, for how much, with its evidence.

    `evidence` are (kind, checked file).  `open_evidence`: nothing on the files must be covered.
    """
    project = held(project)
    figures = purse.figures()
    refuse_if(
        rules.why_not_ask_spending(
            state=State(project.state),
            amount_won=amount_won,
            vat_won=vat_won,
            payee=payee,
            purpose=purpose,
            evidence=len(evidence),
            paid_on=paid_on,
            starts_on=project.starts_on,
            today=timezone.localdate(at),
            line_left=line.left_won,
            purse_left=figures.may_spend - purse.asked_won,
        ),
        REFUSALS,
    )
    row = Expenditure.objects.create(
        project=project,
        line=line,
        purse=purse,
        purpose=purpose,
        payee=payee,
        business_no=business_no,
        amount_won=amount_won,
        vat_won=vat_won,
        method=method,
        paid_on=paid_on,
        outside_no=outside_no,
        asked_by=by,
        asked_at=at,
        due_on=answer_by(project, at),
    )
    Evidence.objects.bulk_create(
        Evidence(
            expenditure=row,
            kind=kind,
            upload=upload.keep(file, by=by, at=at),
            is_open=open_evidence,
            at=at,
        )
        for kind, file in evidence
    )
    audit.note("project.spending_asked", on=row, by=by, at=at, amount_won=amount_won)
    return row


@transaction.atomic
def approve_spending(*, expenditure, by, at):
    """Another than the one who asked says it is right; only then it stands in the books.

    Of two who approve at the same moment the second waits for the project's row and is refused.
    """
    project = held(expenditure.project)
    row = Expenditure.objects.complete().get(pk=expenditure.pk)
    refuse_if(
        rules.why_not_approve_spending(
            state=Asked(row.state),
            own=row.asked_by_id == by.pk,
            project_state=State(project.state),
            amount_won=row.amount_won,
            figures=row.purse.figures(),
        ),
        REFUSALS,
    )
    row.entry = ledger.move(
        thread=project.thread,
        text=row.purpose,
        source=row,
        out_of=row.purse.account,
        into=_outside(project, AccountKind.PAYEE, _("쓴 곳"), by=by, at=at),
        won=row.amount_won,
        link=row.get_absolute_url(),
        by=by,
        at=at,
    )
    _answer(row, Asked.APPROVED, by=by, at=at)
    tell(
        project,
        "spent",
        _("%(what)s에 %(won)s을 썼습니다") % {"what": row.purpose, "won": in_won(row.amount_won)},
        text=row.payee,
        link=row.get_absolute_url(),
        by=by,
        at=at,
    )
    return row


@transaction.atomic
def return_spending(*, expenditure, reason, by, at):
    """Send a receipt back with the reason; a corrected one is handed in anew."""
    held(expenditure.project)
    row = Expenditure.objects.complete().get(pk=expenditure.pk)
    refuse_if(
        rules.why_not_answer(
            verb="send_back",
            state=Asked(row.state),
            own=row.asked_by_id == by.pk,
            reason=reason,
        ),
        REFUSALS,
    )
    _answer(row, Asked.RETURNED, reason, by=by, at=at)
    audit.note("project.spending_returned", on=row, by=by, at=at)
    notice.tell(
        person=row.asked_by,
        title=_("지출 ‘%(what)s’을 다시 살펴봐 주세요") % {"what": row},
        text=reason,
        link=row.get_absolute_url(),
        at=at,
    )
    return row


@transaction.atomic
def take_back_spending(*, expenditure, reason, by, at):
    """An approved receipt was wrong: a counter-entry takes it out of the books again."""
    project = held(expenditure.project)
    row = Expenditure.objects.complete().get(pk=expenditure.pk)
    refuse_if(
        rules.why_not_take_back(
            state=Asked(row.state),
            own=row.asked_by_id == by.pk,
            reason=reason,
            project_state=State(project.state),
        ),
        REFUSALS,
    )
    ledger.correct(entry=row.entry, text=reason, by=by, at=at)
    _answer(row, Asked.TAKEN_BACK, reason, by=by, at=at)
    tell(
        project,
        "spending_taken_back",
        _("지출 %(won)s을 되돌렸습니다") % {"won": in_won(row.amount_won)},
        text=reason,
        link=row.get_absolute_url(),
        by=by,
        at=at,
    )
    return row


def _answer(row, state, reason="", *, by, at):
    row.state, row.answer, row.answered_by, row.answered_at = state, reason, by, at
    row.save(update_fields=["state", "answer", "answered_by", "answered_at", "entry"])
