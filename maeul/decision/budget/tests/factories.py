from datetime import UTC, date, datetime

from maeul.decision.budget import actions
from maeul.decision.budget.models import Stream
from maeul.ground.district.tests.factories import DistrictFactory, DongFactory
from maeul.vault.ledger.tests.factories import ThreadFactory

THEN = datetime(2026, 1, 5, tzinfo=UTC)


def stream(name="동단위 시민참여예산", code="dong-budget", from_on=date(2018, 1, 1), until_on=None):
    made, _new = Stream.objects.get_or_create(
        district=DistrictFactory(),
        code=code,
        from_on=from_on,
        defaults={
            "name": name,
            "origin": "구비",
            "decided_by": "주민총회",
            "until_on": until_on,
        },
    )
    return made


def appropriation(won=30_000_000, *, source="district", year=2026, dong=None, **facts):
    return actions.appropriate(
        stream=stream(**facts),
        source=source,
        year=year,
        amount_won=won,
        dong=dong or DongFactory(),
        by="system",
        at=THEN,
    )


def open_round(*appropriations, limit_won=None, dong=None):
    rows = appropriations or [appropriation()]
    return actions.open_round(
        dong=dong or rows[0].dong,
        year=rows[0].year,
        appropriations=rows,
        limit_won=limit_won or sum(row.amount_won for row in rows),
        by="system",
        at=THEN,
    )


def allocation(won=8_400_000, *, thread=None, round=None):
    """What a matter was given, as if a published result had chosen it alone."""
    given = actions.give_to_winners(
        round or open_round(), [(thread or ThreadFactory(), won)], by="system", at=THEN
    )
    return given[0]
