from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from maeul.core.pages import allow
from maeul.vault.ledger import access
from maeul.vault.ledger.models import Account, Entry, Posting


@login_not_required
@require_safe
def account(request, account_id):
    account = get_object_or_404(Account.objects.select_related("thread"), pk=account_id)
    allow(access.can_read(request.user, account))
    lines = list(Posting.objects.of(account))
    return render(
        request,
        "ledger/account.html",
        {"account": account, "lines": lines, "held": lines[-1].held if lines else 0},
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
