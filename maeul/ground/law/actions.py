import tomllib
from datetime import datetime, time
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.ground.law import rules
from maeul.ground.law.models import Provision
from maeul.ground.law.texts import NAMES, REFUSALS

CATALOGUE = Path(__file__).with_name("catalogue.toml")


@transaction.atomic
def enact(
    *,
    key,
    value,
    level,
    article,
    in_force_from,
    unit="",
    dong=None,
    source="",
    note="",
    by,
    at,
):
    """Write down what a limit is from a day on; the rows before it stay as they were.

    With a dong it is that dong's bylaw.  The unit of a known limit need not be given.
    """
    unit = unit or Provision.objects.unit_of(key) or ""
    refuse_if(
        rules.why_not_enact(
            known=key in NAMES,
            key=key,
            value=value,
            unit=unit,
            bylaw=level == Provision.Level.BYLAW,
            has_dong=dong is not None,
            same_day=Provision.objects.filter(
                key=key, dong=dong, in_force_from=in_force_from
            ).exists(),
        ),
        REFUSALS,
    )
    provision = Provision.objects.create(
        key=key,
        dong=dong,
        value=value,
        unit=unit,
        level=level,
        article=article,
        source=source,
        note=note,
        in_force_from=in_force_from,
    )
    audit.note("law.enacted", on=provision, by=by, at=at, key=key, value=value)
    return provision


@transaction.atomic
def enact_catalogue(*, by, at):
    """Enact every row of the catalogue that is not there yet; answers how many that were."""
    there = set(Provision.objects.filter(dong=None).values_list("key", "in_force_from"))
    missing = [row for row in catalogue() if (row.key, row.in_force_from) not in there]
    for row in missing:
        enact(
            key=row.key,
            value=row.value,
            unit=row.unit,
            level=row.level,
            article=row.article,
            source=row.source,
            note=row.note,
            in_force_from=row.in_force_from,
            by=by,
            at=at,
        )
    return len(missing)


def catalogue():
    """The rows of catalogue.toml, not saved."""
    written = tomllib.loads(CATALOGUE.read_text())
    return [
        Provision(
            key=row["key"],
            value=row.get("value"),
            unit=row["unit"],
            level=row["level"],
            article=row["article"],
            source=written["sources"][row["source"]],
            note=row.get("note", ""),
            in_force_from=timezone.make_aware(datetime.combine(row["from"], time.min)),
        )
        for row in written["provision"]
    ]
