from django.db import transaction

from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.ground.audit.models import name_of
from maeul.vault.ledger import rules
from maeul.vault.ledger.models import Account, Entry, Posting
from maeul.vault.ledger.texts import REFUSALS


@transaction.atomic
def open_account(*, kind, title, thread, by, at, link=""):
    """Open a place for money.  `link` is the page of the thing it belongs to."""
    account = Account.objects.create(kind=kind, title=title, thread=thread, link=link, opened_at=at)
    audit.note("ledger.account_opened", on=account, by=by, at=at, kind=str(kind))
    return account


@transaction.atomic
def post(*, thread, text, source, postings, by, at, link="", corrects=None):
    """Write one movement of money: `postings` are (account, signed won) and sum to zero.

    `source` is the thing that made it, or a text.  Accounts that lose money are held first, so
    two parallel withdrawals wait for each other.
    """
    source = name_of(source)
    postings = [(account, won) for account, won in postings]
    refuse_if(
        rules.why_not_post(
            postings=[(account.pk, won) for account, won in postings], source=source
        ),
        REFUSALS,
    )
    _refuse_overdraft(postings)
    entry = Entry.objects.create(
        thread=thread, text=text[:200], source=source, link=link, corrects=corrects, at=at
    )
    Posting.objects.bulk_create(
        Posting(entry=entry, account=account, amount_won=won) for account, won in postings
    )
    audit.note("ledger.posted", on=entry, by=by, at=at, source=source)
    return entry


def move(*, thread, text, source, out_of, into, won, by, at, link=""):
    """The plain case of `post`: `won` leaves one account and arrives at another."""
    return post(
        thread=thread,
        text=text,
        source=source,
        postings=[(out_of, -won), (into, won)],
        by=by,
        at=at,
        link=link,
    )


@transaction.atomic
def correct(*, entry, text, by, at):
    """Take an entry back by a counter-entry that names it.  The right one is then posted anew."""
    entry = Entry.objects.with_postings().get(pk=entry.pk)
    # A held account makes a second correction of the same entry wait and then see the first.
    list(Account.objects.locked([posting.account for posting in entry.postings.all()]))
    refuse_if(rules.why_not_correct(corrected=entry.is_corrected), REFUSALS)
    return post(
        thread=entry.thread,
        text=text,
        source=entry.source,
        postings=[(posting.account, -posting.amount_won) for posting in entry.postings.all()],
        by=by,
        at=at,
        link=entry.link,
        corrects=entry,
    )


def _refuse_overdraft(postings):
    draws = {account.pk: -won for account, won in postings if won < 0 and not account.is_outside}
    losing = [account for account, _won in postings if account.pk in draws]
    held = [row.pk for row in Account.objects.locked(losing)]
    refuse_if(
        rules.why_not_draw(
            draws=[
                (row.title, row.balance, draws[row.pk])
                for row in Account.objects.with_balance().filter(pk__in=held).order_by("pk")
            ]
        ),
        REFUSALS,
    )
