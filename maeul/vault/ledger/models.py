import pgtrigger
from django.db import models
from django.db.models import F, Q, Sum, Window
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.ground.thread.models import Thread
from maeul.vault.ledger import texts
from maeul.vault.ledger.rules import OUTSIDE


class AccountQuerySet(models.QuerySet):
    def with_balance(self):
        """Each with `balance`: everything that came in minus what went out, in whole won."""
        return self.annotate(balance=Coalesce(Sum("postings__amount_won"), 0))

    def of(self, thread):
        return self.filter(thread=thread).order_by("pk")

    def locked(self, accounts):
        """The rows, held until the transaction ends, always in the same order."""
        wanted = [account.pk for account in accounts]
        return self.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")


class Account(models.Model):
    """A place where money is, comes from or goes to.  What it serves stays text and a thread."""

    kind = models.CharField(_("종류"), max_length=16, choices=[*texts.ACCOUNT_KINDS.items()])
    title = models.CharField(_("이름"), max_length=200)
    link = models.CharField(_("주소"), max_length=200, blank=True)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="accounts")
    opened_at = models.DateTimeField(_("연 때"))

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("계정")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("ledger:account", args=[self.pk])

    @property
    def is_outside(self):
        return self.kind in OUTSIDE

    @property
    def balance_won(self):
        return self.postings.sum_won()


class EntryQuerySet(models.QuerySet):
    def of(self, thread):
        """Entries of the whole matter, joined threads too, oldest first."""
        return self.filter(thread__root=thread.root_id).order_by("at", "pk")

    def from_source(self, source):
        return self.filter(source=source).order_by("pk")

    def with_postings(self):
        return self.prefetch_related(
            models.Prefetch(
                "postings", Posting.objects.select_related("account").order_by("amount_won", "pk")
            )
        )


class Entry(AddOnly):
    """One movement of money: why, on which matter, from which thing, and what it takes back.

    `source` names the thing as text (`project.Expenditure:5`); `link` is where its receipt or
    bank notice stands.
    """

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="ledger_entries")
    text = models.CharField(_("내용"), max_length=200)
    source = models.CharField(_("근거"), max_length=120)
    link = models.CharField(_("근거 주소"), max_length=200, blank=True)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    at = models.DateTimeField(_("적은 때"))

    objects = EntryQuerySet.as_manager()

    class Meta(AddOnly.Meta):
        verbose_name = _("장부 기록")
        indexes = [models.Index(name="ledger_entry_source", fields=["source"])]
        constraints = [
            models.CheckConstraint(name="ledger_entry_has_a_source", condition=~Q(source=""))
        ]
        triggers = [
            *AddOnly.Meta.triggers,
            pgtrigger.Trigger(
                name="has_two_sides",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                IF (SELECT count(*) FROM ledger_posting WHERE entry_id = NEW.id) < 2 THEN
                    RAISE EXCEPTION 'ledger entry % has fewer than two postings', NEW.id
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return reverse("ledger:entry", args=[self.pk])

    @property
    def is_corrected(self):
        return Entry.objects.filter(corrects=self).exists()


class PostingQuerySet(models.QuerySet):
    def of(self, account):
        """What went through an account, oldest first, each with `held`: the balance after it."""
        return (
            self.filter(account=account)
            .select_related("entry", "entry__corrects", "entry__corrected_by")
            .annotate(held=Window(Sum("amount_won"), order_by=[F("entry__at"), F("pk")]))
            .order_by("entry__at", "pk")
        )

    def sum_won(self):
        return self.aggregate(won=Coalesce(Sum("amount_won"), 0))["won"]


class Posting(AddOnly):
    """One side of an entry: plus arrives at the account, minus leaves it."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    amount_won = models.BigIntegerField(_("금액(원)"))

    objects = PostingQuerySet.as_manager()

    class Meta(AddOnly.Meta):
        verbose_name = _("장부 줄")
        constraints = [
            models.CheckConstraint(
                name="ledger_posting_moves_something", condition=~Q(amount_won=0)
            ),
            models.UniqueConstraint(
                name="ledger_account_once_per_entry", fields=["entry", "account"]
            ),
        ]
        triggers = [
            *AddOnly.Meta.triggers,
            pgtrigger.Trigger(
                name="entry_sums_to_zero",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                IF (SELECT sum(amount_won) FROM ledger_posting WHERE entry_id = NEW.entry_id) <> 0
                THEN
                    RAISE EXCEPTION 'postings of ledger entry % do not sum to zero', NEW.entry_id
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NULL;
                """,
            ),
            # The account's row is held first, so that of two parallel withdrawals the second
            # sees the first.
            pgtrigger.Trigger(
                name="account_not_overdrawn",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__amount_won__lt=0),
                func=f"""
                PERFORM 1 FROM ledger_account
                    WHERE id = NEW.account_id
                      AND kind NOT IN ({", ".join(f"'{kind}'" for kind in sorted(OUTSIDE))})
                    FOR NO KEY UPDATE;
                IF FOUND AND (SELECT sum(amount_won) FROM ledger_posting
                              WHERE account_id = NEW.account_id) < 0
                THEN
                    RAISE EXCEPTION 'ledger account % is overdrawn', NEW.account_id
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.account_id}: {self.amount_won:+,}원"
