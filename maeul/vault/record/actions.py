from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from maeul.ground.audit import actions as audit
from maeul.ground.district.models import District
from maeul.vault.record.models import Record


@transaction.atomic
def register(*, kind, title, link, public, by, at, dong=None, district=None):
    """Enter a document under the next number of its dong and year.

    Two at the same moment wait for the district's row, so no number is missing or given twice.
    """
    day = timezone.localdate(at)
    district = District.objects.select_for_update().get(
        pk=dong.district_id if dong else district.pk
    )
    rows = Record.objects.filter(district=district, dong=dong, year=day.year)
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    record = Record.objects.create(
        district=district,
        dong=dong,
        year=day.year,
        number=number,
        kind=kind,
        title=title,
        link=link,
        made_on=day,
        public=public,
    )
    audit.note("record.registered", on=record, by=by, at=at)
    return record
