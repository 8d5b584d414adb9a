"""What a chapter needs at hand: its dong and year, the time, and who is who."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from maeul.demo.models import Cast
from maeul.ground.district.models import Department, Dong

SEOUL = ZoneInfo("Asia/Seoul")
DATA = Path(__file__).parent / "data"


@dataclass
class Scene:
    """One chapter being played at a moment of a played year."""

    dong: Dong
    year: int
    at: datetime
    first: bool  # the first of the two played years

    def on(self, month_day, clock="10:00"):
        """A moment of the played year: `scene.on("05-12", "19:00")`."""
        return moment(self.year, month_day, clock)

    def who(self, part):
        """The person who plays this part."""
        return Cast.objects.select_related("person").get(part=part).person

    def department(self, code):
        return Department.objects.get(code=code)

    @cached_property
    def sentences(self):
        """What residents say this year, as data/sentences.toml has it."""
        return everything_told()["first_year" if self.first else "second_year"]

    def told(self, *fates):
        return [told for told in self.sentences if told["fate"] in fates]


@cache
def everything_told():
    """data/sentences.toml, read once."""
    return tomllib.loads((DATA / "sentences.toml").read_text())


def department_codes():
    """Every department that is asked something in the story."""
    told = everything_told()
    both = told["first_year"] + told["second_year"]
    return sorted({each["department"] for each in both if "department" in each})


def moment(year, month_day, clock="10:00"):
    month, day = map(int, month_day.split("-"))
    hour, minute = map(int, clock.split(":"))
    return datetime(year, month, day, hour, minute, tzinfo=SEOUL)
