"""Two documents of one dong at the same moment, in real processes."""

from datetime import datetime

import pytest

from maeul.core.tests.together import slowed, together
from maeul.ground.district.models import Dong
from maeul.vault.record import actions
from maeul.vault.record.models import Record, RecordQuerySet

pytestmark = pytest.mark.django_db(transaction=True)


def register(*, dong, at, title):
    RecordQuerySet.aggregate = slowed(RecordQuerySet.aggregate)
    return actions.register(
        kind="minutes",
        title=title,
        link="/m/",
        public=True,
        dong=Dong.objects.get(pk=dong),
        by="system",
        at=datetime.fromisoformat(at),
    ).number


def two_at_once(dong, at, **how):
    facts = {"dong": dong.pk, "at": at.isoformat(), **how}
    return together(register, facts | {"title": "첫째"}, facts | {"title": "둘째"})


def test_two_documents_at_once_get_two_numbers_without_a_gap(dong, at):
    assert two_at_once(dong, at) == [1, 2]


def test_control_without_the_lock_one_of_them_fails(dong, at):
    assert two_at_once(dong, at, without_locks=True) == [1, "IntegrityError"]
    assert Record.objects.count() == 1
