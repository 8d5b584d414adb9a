"""A year of sentences: said, read by the office, gathered, answered."""

from datetime import date, timedelta
from functools import partial

from maeul.demo.models import Told
from maeul.demo.play import CHAPTERS, Chapter
from maeul.demo.scene import everything_told, moment
from maeul.ground.people.models import Person
from maeul.voice.agenda import actions as agenda
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.agenda.rules import Category

READ_AFTER = timedelta(days=2)
ANSWERED_AFTER = timedelta(days=6)


def enter_all():
    """Every sentence of the data is a chapter of its own, played when it has been answered."""
    for which, year in (("first", "first_year"), ("second", "second_year")):
        for told in everything_told()[year]:
            said = moment(2025, told["on"], "19:20")
            day = said if told["fate"] == "new" else said + ANSWERED_AFTER
            name = f"voices.{told['key']}"
            play = partial(_speak, told=told)
            CHAPTERS.append(Chapter(name, f"{day:%m-%d}", "23:00", play, which))


def _speak(scene, told):
    said_at = moment(scene.year, told["on"], "19:20")
    item = agenda.capture(
        title=told["said"],
        text=told.get("more", ""),
        dong=scene.dong,
        category=Category(told["category"]),
        place=told["place"],
        point=tuple(told["point"]) if "point" in told else None,
        by=scene.who(told["who"]),
        at=said_at,
    )
    remember(scene, told["key"], item)
    if told["fate"] == "new":
        return
    officer, read_at = scene.who("officer"), said_at + READ_AFTER
    if told["fate"] == "declined":
        agenda.decline(item=item, reason=told["reason"], by=officer, at=read_at)
        return
    agenda.triage(item=item, category=Category(told["category"]), by=officer, at=read_at)
    for number, person in enumerate(_neighbours(told)):
        agenda.support(item=item, by=person, at=read_at + timedelta(hours=1 + number))
    if "help" in told:
        helper = scene.who("minsu" if told["who"] != "minsu" else "soonja")
        agenda.offer_help(
            item=item,
            kind=told["help"],
            until=date(scene.year, 10, 31),
            text="주말에 도울 수 있습니다.",
            by=helper,
            at=read_at + timedelta(days=1),
        )
    if told["fate"] == "fixed":
        agenda.fix(item=item, answer=told["answer"], by=officer, at=read_at + timedelta(hours=20))
    elif told["fate"] == "parked":
        month, day = map(int, told["until"].split("-"))
        agenda.park(
            item=item,
            reason=told["reason"],
            until=date(scene.year + 1, month, day),
            by=officer,
            at=read_at + timedelta(days=3),
        )
    elif told["fate"] == "joined":
        agenda.merge(
            item=item,
            into=recall(scene, told["with"]),
            by=officer,
            at=read_at + timedelta(days=1),
        )


def _neighbours(told):
    """As many as a tenth of those who will vote for it stand behind it; at least three."""
    count = max(3, told.get("votes", 30) // 5)
    parts = [f"neighbour{number}" for number in range(1, count + 1)]
    return Person.objects.filter(cast__part__in=parts).order_by("pk")


def remember(scene, key, item):
    """Which agenda item a sentence of the data became."""
    Told.objects.create(year=scene.year, key=key, number=item.number)


def recall(scene, key) -> AgendaItem:
    number = Told.objects.get(year=scene.year, key=key).number
    return AgendaItem.objects.get(number=number)


enter_all()
