from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from maeul.core.pages import allow
from maeul.vault.ledger import access
from maeul.vault.ledger.models import Account, Entry, Posting

LINES = 100  # on one page


@login_not_required
@require_safe
def account(request, account_id):
    account = get_object_or_404(Account.objects.select_related("thread"), pk=account_id)
    allow(access.can_read(request.user, account))
    lines = Paginator(Posting.objects.of(account), LINES).get_page(request.GET.get("page"))
    return render(
        request,
        "ledger/account.html",
        {"account": account, "lines": lines, "held": account.balance_won},
    )


@login_not_required
@require_safe
def entry(request, entry_id):
    entry = get_object_or_404(
        Entry.objects.with_postings().select_related("thread", "corrects", "corrected_by"),
        pk=entry_id,
    )
    allow(access.can_read(request.user, entry))
    return render(request, "ledger/entry.html", {"entry": entry})
