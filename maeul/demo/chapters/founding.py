"""The house is opened: law, district, departments, staff, and the residents of the story."""

import tomllib
from datetime import date

from maeul.demo.models import Cast
from maeul.demo.play import chapter
from maeul.demo.scene import DATA, department_codes
from maeul.ground.district import actions as district
from maeul.ground.district.models import Department
from maeul.ground.law import actions as law
from maeul.ground.people import actions as people
from maeul.ground.people.models import Person

SYSTEM = "system"
CONSENTS = ("privacy", "birth_and_sex")


@chapter("01-01", "09:00", only="first")
def lay_down_the_law_and_the_land(scene):
    law.enact_catalogue(by=SYSTEM, at=scene.at)
    district.found(by=SYSTEM, at=scene.at)


@chapter("01-02", "09:00", only="first")
def give_out_the_roles(scene):
    cast = tomllib.loads((DATA / "people.toml").read_text())
    officer = None
    for told in cast["staff"]:
        person = _join(scene, told["part"], told["name"], born=date(1985, 1, 1), sex="")
        scope = {"dong": scene.dong}
        if told["role"] in ("district_officer", "mayor_office", "operator"):
            scope = {"district": scene.dong.district}
        _give(scene, person, told["role"], officer or SYSTEM, **scope)
        officer = officer or person
    for code in department_codes():
        department = Department.objects.get(code=code)
        person = _join(
            scene,
            f"reviewer_{code}".replace("-", "_"),
            f"{department} 검토 담당",
            born=date(1985, 1, 1),
            sex="",
        )
        _give(scene, person, "reviewer", officer, department=department)


@chapter("01-02", "12:00")
def count_the_people(scene):
    """Rough figures, which say on screen that they are."""
    district.guess_population(years=[scene.year], by=SYSTEM, at=scene.at)


@chapter("01-03", "09:00", only="first")
def open_the_door_to_residents(scene):
    """Everybody in the story opens an account and proves on a document that they live here."""
    cast = tomllib.loads((DATA / "people.toml").read_text())
    for told in cast["resident"]:
        person = _join(
            scene,
            told["part"],
            told["name"],
            born=date.fromisoformat(told["born"]),
            sex=told["sex"],
        )
        if told["part"] != "minsu":  # newly moved in: verified in the first days of February
            _prove(scene, person, scene.dong)
    names = cast["neighbours"]["names"]
    for number in range(1, cast["neighbours"]["voters"] + 1):
        person = _join(
            scene,
            f"neighbour{number}",
            names[number % len(names)],
            born=date(1940 + number * 7 % 66, 1 + number % 12, 1 + number % 28),
            sex="FM"[number % 2],
        )
        _prove(scene, person, scene.dong)


@chapter("02-04", "11:00", only="first")
def verify_the_newcomer(scene):
    _prove(scene, scene.who("minsu"), scene.dong)


@chapter("01-03", "18:00", only="first")
def lay_out_the_keys_of_the_demo(scene):
    """One sign-in per role, so that a visitor can stand in everybody's shoes."""
    for key, part, label in (
        ("resident", "soonja", "주민 순자"),
        ("newcomer", "minsu", "새로 이사 온 민수"),
        ("member", "jungho", "자치위원 정호 (회장)"),
        ("secretary", "secretary", "간사 서윤"),
        ("officer", "officer", "동 담당 은채"),
        ("election", "election_officer", "선거관리 담당 민서"),
        ("reviewer", "reviewer_roads", "도로과 검토 담당"),
        ("district", "district_officer", "구 담당 해솔"),
        ("mayor", "mayor_office", "구청장실 지안"),
    ):
        people.offer_demo_sign_in(
            person=scene.who(part), key=key, label=label, by=SYSTEM, at=scene.at
        )


def people_of(dong, prefix):
    """The people of a group of parts who stand in the dong, in the order of their parts."""
    return list(
        Person.objects.filter(
            cast__part__startswith=prefix, standings__dong=dong, standings__ended_on=None
        ).order_by("pk")
    )


def _join(scene, part, name, *, born, sex):
    person = people.join(
        email=f"{part}@example.org",
        password=None,
        name=name,
        born_on=born,
        sex=sex,
        consents=CONSENTS if sex else CONSENTS[:1],
        email_verified=True,
        at=scene.at,
    )
    Cast.objects.create(part=part, person=person)
    return person


def _prove(scene, person, dong):
    standing = people.state_standing(
        person=person, dong=dong, kind="resident", by=person, at=scene.at
    )
    people.verify_standing(
        standing=standing, document="주민등록증", by=scene.who("officer"), at=scene.at
    )


def _give(scene, person, role, by, **scope):
    people.give_role(person=person, kind=role, from_on=scene.at.date(), by=by, at=scene.at, **scope)
