"""Two documents of one dong at the same moment, in real processes."""

import time

import pytest
from django.db.models import QuerySet

from maeul.core.tests.together import together
from maeul.vault.record import actions
from maeul.vault.record.models import Record, RecordQuerySet

pytestmark = pytest.mark.django_db(transaction=True)


def two_at_once(dong, at, *, take_the_lock_out):
    aggregate = RecordQuerySet.aggregate

    def slow(rows, **asked):
        found = aggregate(rows, **asked)
        time.sleep(1)
        return found

    def register(title):
        RecordQuerySet.aggregate = slow
        if take_the_lock_out:
            QuerySet.select_for_update = lambda rows, **how: rows
        return actions.register(
            kind="minutes", title=title, link="/m/", public=True, dong=dong, by="system", at=at
        ).number

    return together(register, "첫째", "둘째")


def test_two_documents_at_once_get_two_numbers_without_a_gap(dong, at):
    assert two_at_once(dong, at, take_the_lock_out=False) == [1, 2]


def test_control_without_the_lock_one_of_them_fails(dong, at):
    assert two_at_once(dong, at, take_the_lock_out=True) == [1, "IntegrityError"]
    assert Record.objects.count() == 1
