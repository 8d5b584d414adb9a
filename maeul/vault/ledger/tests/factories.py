from datetime import UTC, datetime

import factory

from maeul.ground.district.tests.factories import DongFactory
from maeul.ground.thread.models import Thread
from maeul.vault.ledger import actions
from maeul.vault.ledger.models import Account

THEN = datetime(2026, 1, 2, tzinfo=UTC)


class ThreadFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Thread
        skip_postgeneration_save = True

    title = "학교 뒷길 밝은 담장"
    dong = factory.SubFactory(DongFactory)
    opened_at = THEN

    @factory.post_generation
    def lead_its_own_family(self, create, extracted, **kwargs):
        self.root = self
        self.save(update_fields=["root"])


class AccountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Account

    kind = "purse"
    title = factory.Sequence(lambda n: f"사업비 통장 {n}")
    thread = factory.SubFactory(ThreadFactory)
    opened_at = THEN


def holding(won, **facts):
    """An account that holds so much, given from outside the books."""
    account = AccountFactory(**facts)
    if won:
        actions.move(
            thread=account.thread,
            text="예산",
            source="시험",
            out_of=AccountFactory(kind="funding", title="구비", thread=account.thread),
            into=account,
            won=won,
            by="system",
            at=THEN,
        )
    return account
