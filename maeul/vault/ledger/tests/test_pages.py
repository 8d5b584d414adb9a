import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maeul.vault.ledger import actions
from maeul.vault.ledger.models import Posting
from maeul.vault.ledger.tests.factories import THEN, AccountFactory, holding

pytestmark = pytest.mark.django_db


def pay(purse, shop, won):
    return actions.move(
        thread=purse.thread,
        text="담장 등",
        source="시험",
        out_of=purse,
        into=shop,
        won=won,
        by="system",
        at=THEN,
    )


def test_an_account_shows_each_movement_and_what_it_held_after_it(client):
    purse, shop = holding(8_400_000), AccountFactory(kind="payee", title="조명 가게")
    entry = pay(purse, shop, 2_376_000)
    page = client.get(purse.get_absolute_url()).content.decode()
    assert "지금 6,024,000원이 있습니다" in page
    assert "-2,376,000원" in page
    assert entry.get_absolute_url() in page
    page = client.get(entry.get_absolute_url()).content.decode()
    assert purse.get_absolute_url() in page
    assert shop.get_absolute_url() in page


def test_a_taken_back_entry_and_its_counter_entry_name_each_other(client):
    purse, shop = holding(100), AccountFactory(kind="payee")
    wrong = pay(purse, shop, 60)
    counter = actions.correct(entry=wrong, text="금액을 잘못 적음", by="system", at=THEN)
    for one, other in ((wrong, counter), (counter, wrong)):
        page = client.get(one.get_absolute_url()).content.decode()
        assert other.get_absolute_url() in page


def test_a_long_account_comes_in_pages_with_the_same_few_queries(client):
    purse, shop = holding(1_000), AccountFactory(kind="payee")
    pay(purse, shop, 1)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(purse.get_absolute_url())
        return len(asked)

    short = queries()
    for _ in range(130):
        pay(purse, shop, 1)
    assert Posting.objects.of(purse).count() == 132
    assert queries() <= short + 1  # the pager's count
    last = client.get(purse.get_absolute_url(), {"page": 2}).content.decode()
    assert "869원" in last


def test_an_account_nobody_used_says_what_will_appear(client):
    page = client.get(AccountFactory().get_absolute_url()).content.decode()
    assert "아직 오간 돈이 없습니다" in page
