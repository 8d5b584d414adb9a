from django.db import transaction
from django.utils.translation import gettext as _

from maeul.core import upload
from maeul.core.money import won as in_won
from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.vault.ledger import actions as ledger
from maeul.vault.ledger.models import Account
from maeul.vault.ledger.rules import AccountKind
from maeul.works.project import rules
from maeul.works.project.actions.telling import held, tell
from maeul.works.project.actions.working import own_purse
from maeul.works.project.models import BankNotice
from maeul.works.project.rules import NoticeKind, State
from maeul.works.project.texts import REFUSALS


@transaction.atomic
def receive(*, purse, won, on, notice, by, at, text=""):
    """A payment of the grant came in: out of what was allocated, into the purse.

    Called by `grant` alone, which answers for who may pay and tells it on the thread.  `notice` is
    the bank's paper.
    """
    project = held(purse.project)
    refuse_if(_why_not_note(project, won, notice), REFUSALS)
    return _note(
        purse, NoticeKind.PAID, won, on, notice, text, out_of=purse.part.account, by=by, at=at
    )


@transaction.atomic
def note_interest(*, purse, won, on, notice, by, at, text=""):
    """The bank paid interest.  It is not for spending: all of it goes back in the end."""
    project = held(purse.project)
    refuse_if(_why_not_note(project, won, notice), REFUSALS)
    bank = _outside(project, AccountKind.INTEREST, _("은행 이자"), by=by, at=at)
    return _note(purse, NoticeKind.INTEREST, won, on, notice, text, out_of=bank, by=by, at=at)


@transaction.atomic
def pay_in_own(*, project, won, on, notice, by, at, text=""):
    """Residents or their body put their own share in."""
    project = held(project)
    refuse_if(_why_not_note(project, won, notice), REFUSALS)
    purse = own_purse(project, by=by, at=at)
    own = _outside(project, AccountKind.OWN, _("자부담"), by=by, at=at)
    return _note(purse, NoticeKind.OWN, won, on, notice, text, out_of=own, by=by, at=at)


def _why_not_note(project, won, notice):
    return rules.why_not_note(state=State(project.state), won=won, evidence=notice is not None)


def _outside(project, kind, title, *, by, at):
    """The project's account of that kind; one is enough for its whole life."""
    account = (
        Account.objects.of(project.thread)
        .filter(kind=kind, link=project.get_absolute_url())
        .first()
    )
    return account or ledger.open_account(
        kind=kind,
        title=f"{title}: {project}"[:200],
        thread=project.thread,
        link=project.get_absolute_url(),
        by=by,
        at=at,
    )


def _note(purse, kind, won, on, notice, text, *, out_of, by, at):
    project = purse.project
    row = BankNotice.objects.create(
        purse=purse,
        kind=kind,
        won=won,
        on=on,
        text=text,
        upload=upload.keep(notice, by=by, at=at),
        noted_by=by,
        at=at,
    )
    ledger.move(
        thread=project.thread,
        text=text or str(row.get_kind_display()),
        source=row,
        out_of=out_of,
        into=purse.account,
        won=won,
        link=row.get_absolute_url(),
        by=by,
        at=at,
    )
    if kind == NoticeKind.OWN:
        title = _("%(won)s이 들어왔습니다") % {"won": in_won(won)}
        tell(project, "own_in", title, text=text, link=row.get_absolute_url(), by=by, at=at)
    else:
        audit.note(f"project.{kind}_noted", on=row, by=by, at=at, won=won)
    return row
