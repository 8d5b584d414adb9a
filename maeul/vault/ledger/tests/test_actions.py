import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.db.utils import ProgrammingError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maeul.core.refusal import Refused
from maeul.core.tests.together import slowed, together
from maeul.ground.audit.models import Act
from maeul.vault.ledger import actions
from maeul.vault.ledger.models import Account, Entry, Posting
from maeul.vault.ledger.rules import Why
from maeul.vault.ledger.tests.factories import THEN, AccountFactory, ThreadFactory, holding

pytestmark = pytest.mark.django_db


def move(out_of, into, won, **facts):
    return actions.move(
        thread=out_of.thread,
        text="담장 등 12개",
        source="project.Expenditure:5",
        out_of=out_of,
        into=into,
        won=won,
        by="system",
        at=THEN,
        **facts,
    )


def check_now():
    """Have the promises kept at the end of a transaction checked at once."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_what_leaves_one_account_arrives_at_the_other():
    purse, shop = holding(8_400_000), AccountFactory(kind="payee", title="조명 가게")

    entry = move(purse, shop, 2_376_000, link="/receipts/5/")

    balances = Account.objects.with_balance().in_bulk([purse.pk, shop.pk])
    assert balances[purse.pk].balance == purse.balance_won == 6_024_000
    assert balances[shop.pk].balance == 2_376_000
    assert (entry.source, entry.link) == ("project.Expenditure:5", "/receipts/5/")
    assert Act.objects.filter(verb="ledger.posted", target=f"ledger.Entry:{entry.pk}").exists()
    check_now()


def test_balances_of_many_accounts_are_one_query(django_assert_num_queries):
    for won in (100, 200, 300):
        holding(won)
    with django_assert_num_queries(1):
        rows = Account.objects.with_balance().filter(kind="purse").order_by("pk")
        assert [row.balance for row in rows] == [100, 200, 300]


def test_an_account_shows_what_it_held_after_each_movement():
    purse, shop = holding(1_000), AccountFactory(kind="payee")
    move(purse, shop, 300)
    move(purse, shop, 200)
    assert [(line.amount_won, line.held) for line in Posting.objects.of(purse)] == [
        (1_000, 1_000),
        (-300, 700),
        (-200, 500),
    ]


def test_nobody_pays_more_than_the_account_holds():
    purse, shop = holding(100), AccountFactory(kind="payee")
    with pytest.raises(Refused) as no:
        move(purse, shop, 101)
    assert no.value.why == Why.OVERDRAWN
    assert "100원이 있어 101원을 낼 수 없습니다" in no.value.sentence
    move(purse, shop, 100)
    assert purse.balance_won == 0


def test_a_wrong_entry_is_taken_back_by_one_that_names_it():
    purse, shop = holding(100), AccountFactory(kind="payee")
    wrong = move(purse, shop, 60)

    counter = actions.correct(entry=wrong, text="금액을 잘못 적음", by="system", at=THEN)

    assert counter.corrects == wrong
    assert (purse.balance_won, shop.balance_won) == (100, 0)
    with pytest.raises(Refused) as no:
        actions.correct(entry=wrong, text="또", by="system", at=THEN)
    assert no.value.why == Why.ALREADY_CORRECTED


@pytest.mark.parametrize("table", [Entry, Posting])
def test_what_stands_in_the_books_is_neither_changed_nor_removed(table, as_owner):
    holding(100)
    for change in (lambda rows: rows.update(id=999_999), lambda rows: rows._raw_delete(rows.db)):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            change(table.objects.all())


def slip_in(entry, *sides):
    """Past the action, straight into the table; then the end of the transaction."""
    for account, won in sides:
        Posting.objects.create(entry=entry, account=account, amount_won=won)
    check_now()


def bare_entry():
    return Entry.objects.create(thread=ThreadFactory(), text="슬쩍", source="시험", at=THEN)


def test_the_database_itself_refuses_an_entry_that_does_not_sum_to_zero():
    outside, purse, entry = AccountFactory(kind="funding"), AccountFactory(), bare_entry()
    with pytest.raises(IntegrityError, match="do not sum to zero"), transaction.atomic():
        slip_in(entry, (outside, -4), (purse, 5))
    with pytest.raises(IntegrityError, match="fewer than two postings"), transaction.atomic():
        slip_in(entry)
    slip_in(entry, (outside, -5), (purse, 5))


def test_the_database_itself_refuses_to_overdraw_an_account():
    purse, shop, entry = AccountFactory(), AccountFactory(kind="payee"), bare_entry()
    with pytest.raises(IntegrityError, match="overdrawn"), transaction.atomic():
        slip_in(entry, (purse, -5), (shop, 5))
    slip_in(entry, (AccountFactory(kind="own"), -5), (shop, 5))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_is_posted_the_books_sum_to_zero_and_nothing_is_overdrawn(db, data):
    with transaction.atomic():
        thread = ThreadFactory()
        outside = AccountFactory(kind="funding", thread=thread)
        accounts = [outside, *(AccountFactory(thread=thread) for _ in range(3))]
        entries = []
        for _ in range(data.draw(st.integers(1, 8))):
            try:
                if entries and data.draw(st.booleans()):
                    wrong = data.draw(st.sampled_from(entries))
                    entries.append(
                        actions.correct(entry=wrong, text="되돌림", by="system", at=THEN)
                    )
                else:
                    chosen = data.draw(
                        st.lists(st.sampled_from(accounts), min_size=2, max_size=4, unique=True)
                    )
                    wons = data.draw(
                        st.lists(
                            st.integers(-50, 50), min_size=len(chosen) - 1, max_size=len(chosen) - 1
                        )
                    )
                    entries.append(
                        actions.post(
                            thread=thread,
                            text="옮김",
                            source="시험",
                            postings=[*zip(chosen, [*wons, -sum(wons)], strict=True)],
                            by="system",
                            at=THEN,
                        )
                    )
            except Refused:
                pass
        check_now()
        rows = Account.objects.with_balance().filter(thread=thread)
        assert sum(row.balance for row in rows) == 0
        assert all(row.balance >= 0 for row in rows if not row.is_outside)
        assert not Entry.objects.annotate(total=Sum("postings__amount_won")).exclude(total=0)
        transaction.set_rollback(True)


def withdraw(*, purse, shop):
    """In a process of its own: pay 60 out of an account that holds 100."""
    actions.rules.why_not_draw = slowed(actions.rules.why_not_draw)
    move(Account.objects.get(pk=purse), Account.objects.get(pk=shop), 60)
    return "paid"


def two_withdrawals_at_once(**how):
    purse, shop = holding(100), AccountFactory(kind="payee")
    facts = {"purse": purse.pk, "shop": shop.pk, **how}
    return together(withdraw, facts, facts), purse.balance_won


@pytest.mark.django_db(transaction=True)
def test_of_two_parallel_withdrawals_the_second_waits_and_reads_why():
    assert two_withdrawals_at_once() == ([str(Why.OVERDRAWN), "paid"], 40)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_only_the_database_stops_the_second_withdrawal():
    assert two_withdrawals_at_once(without_locks=True) == (["IntegrityError", "paid"], 40)
