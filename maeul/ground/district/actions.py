import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.core import refusal, sheet
from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.ground.district import rules
from maeul.ground.district.models import Boundary, Department, District, Dong, Population
from maeul.ground.district.texts import REFUSALS

DATA = Path(__file__).with_name("data")
GU = {"code": "1154500000", "name": "금천구"}
HEADS = ["동", "연도", "성별", "나이부터", "나이까지", "인구"]
SEXES = {"여": "F", "여성": "F", "여자": "F", "남": "M", "남성": "M", "남자": "M"}


@transaction.atomic
def found(*, by, at):
    """Put the district, its ten dongs and its departments in place; again changes nothing."""
    gu, founded = District.objects.get_or_create(code=GU["code"], defaults={"name": GU["name"]})
    drawn = json.loads((DATA / "dongs-2018.geojson").read_text())
    for feature in drawn["features"]:
        facts = feature["properties"]
        dong, _made = Dong.objects.update_or_create(
            code=facts["adm_cd_mois"],
            defaults={
                "district": gu,
                "name": facts["name"],
                "aliases": sorted({facts["name_official"]} - {facts["name"]}),
                "kostat_code": facts["adm_cd_kostat7"],
                "legal_dong": facts["legal_dong"],
                "legal_dong_code": facts["legal_dong_code"],
                "longitude": facts["label_lon"],
                "latitude": facts["label_lat"],
                "attribution": drawn["attribution"],
            },
        )
        Boundary.objects.update_or_create(dong=dong, defaults={"geometry": feature["geometry"]})
    for code, facts in tomllib.loads((DATA / "departments.toml").read_text()).items():
        department, _made = Department.objects.get_or_create(code=code, defaults={"district": gu})
        for name in facts["names"]:
            department.names.get_or_create(
                from_on=name["from"],
                defaults={"name": name["name"], "note": name.get("note", "")},
            )
    if founded:
        audit.note("district.founded", on=gu, by=by, at=at)
    return gu


@dataclass(frozen=True)
class Count:
    """One line of a count of residents."""

    dong: Dong
    year: int
    sex: str
    age_from: int
    age_until: int
    people: int


def read_population(rows, *, at):
    """The lines of a sheet as counts, or `SheetErrors` with every line that cannot be one."""
    dongs = {name: dong for dong in Dong.objects.all() for name in dong.all_names()}
    problems, counts, bands = sheet.Problems(), [], {}
    this_year = timezone.localdate(at).year
    for row in rows:
        with problems.of(row):
            count = _count(row, dongs)
            before = bands.setdefault((count.dong.pk, count.year, count.sex), [])
            ages = (count.age_from, count.age_until)
            no = rules.why_not_band(year=count.year, this_year=this_year, ages=ages, others=before)
            if no:
                raise sheet.BadCell(refusal.sentence(no, REFUSALS))
            before.append(ages)
            counts.append(count)
    problems.raise_if_any()
    return counts


def _count(row, dongs):
    name = "".join(row.text("동").split())
    if name not in dongs:
        raise sheet.BadCell(_("‘%(name)s’은(는) 이 구의 동이 아닙니다.") % {"name": name[:30]})
    sex = row.text("성별")
    if sex not in SEXES:
        raise sheet.BadCell(_("‘성별’ 칸에는 여 또는 남을 적어 주세요."))
    return Count(
        dong=dongs[name],
        year=row.number("연도"),
        sex=SEXES[sex],
        age_from=row.number("나이부터"),
        age_until=row.number("나이까지") if row["나이까지"] else rules.OPEN_END,
        people=row.number("인구"),
    )


@transaction.atomic
def import_population(*, counts, source, counted_on, rough=False, by, at):
    """Take in a count as a whole; for its dongs and years it takes the place of the one before."""
    refuse_if(
        rules.why_not_import(
            source=source,
            counted_on=counted_on,
            on=timezone.localdate(at),
            rough=rough,
            demo=settings.DEMO,
        ),
        REFUSALS,
    )
    for dong_id, year in {(count.dong.pk, count.year) for count in counts}:
        Population.objects.filter(dong_id=dong_id, year=year).delete()
    Population.objects.bulk_create(
        Population(
            dong=count.dong,
            year=count.year,
            sex=count.sex,
            age_from=count.age_from,
            age_until=count.age_until,
            people=count.people,
            source=source.strip(),
            counted_on=counted_on,
            rough=rough,
        )
        for count in counts
    )
    audit.note(
        "district.population_imported",
        on=counts[0].dong.district,
        by=by,
        at=at,
        rows=len(counts),
        people=sum(count.people for count in counts),
    )
    return len(counts)


@transaction.atomic
def guess_population(*, years, by, at):
    """Rough made-up figures so that the demo has a population; they say so wherever they stand."""
    told = sheet.read(
        (DATA / "population-rough.csv").read_bytes(),
        heads=[head for head in HEADS if head != "연도"],
    )
    rows = [sheet.Row(row.line, {**row.cells, "연도": str(year)}) for year in years for row in told]
    return import_population(
        counts=read_population(rows, at=at),
        source=_("시범용 어림수"),
        counted_on=timezone.localdate(at),
        rough=True,
        by=by,
        at=at,
    )
