"""The pledge with its tables, and a cell that opens down to receipts.  They need `law`."""

from datetime import UTC, datetime

from maeul.ground.district.tests.factories import DistrictFactory
from maeul.works.pledge import actions
from maeul.works.pledge.models import Cell

THEN = datetime(2026, 1, 5, tzinfo=UTC)


def loaded(*, made_up=True):
    return actions.load(district=DistrictFactory(), made_up=made_up, by="system", at=THEN)


def cell(pledge, *, year=2026, source="district", programme="동단위 시민참여예산 사업"):
    return Cell.objects.get(
        table__pledge=pledge, year=year, source=source, programme__name=programme
    )


def tied(appropriation, pledge=None):
    """The appropriation under the cell of its year and source."""
    pledge = pledge or loaded()
    place = cell(pledge, year=appropriation.year, source=appropriation.source)
    return actions.tie(cell=place, appropriation=appropriation, by="system", at=THEN)
