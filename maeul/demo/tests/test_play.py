"""A play that breaks off; the whole play is tested in tests/test_demo.py."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from maeul.demo import play as playing
from maeul.demo.models import Played
from maeul.demo.play import Chapter, play
from maeul.ground.district.models import Dong
from maeul.ground.law.models import Provision

TODAY = datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("Asia/Seoul"))


@pytest.fixture
def chapters(db, monkeypatch):
    """A programme of three, of which the second breaks off after writing; returns what it says."""
    said = []

    def found(_scene):
        Dong.objects.filter(code=playing.HOME).update(name="처음")

    def break_off(_scene):
        Dong.objects.filter(code=playing.HOME).update(name="반쯤")
        said.append("second")
        if len(said) == 1:
            raise RuntimeError("the light went out")

    def end(_scene):
        said.append("third")

    named = [("first", found), ("second", break_off), ("third", end)]
    rows = [(TODAY, 2026, Chapter(name, "01-01", "09:00", do)) for name, do in named]
    monkeypatch.setattr(playing, "programme", lambda _today: rows)
    return said


def test_a_chapter_that_breaks_off_leaves_nothing_and_the_next_play_goes_on(chapters, dong):
    Dong.objects.filter(pk=dong.pk).update(code=playing.HOME)
    with pytest.raises(RuntimeError):
        play(TODAY, say=str)
    dong = Dong.objects.get(code=playing.HOME)
    assert dong.name == "처음"
    assert [*Played.objects.values_list("chapter", flat=True)] == ["2026 first"]
    assert play(TODAY, say=str) == 2
    dong.refresh_from_db()
    assert dong.name == "반쯤"
    assert chapters == ["second", "second", "third"]


def test_outside_a_demo_nothing_is_played(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="not a demo"):
        call_command("play_demo")
    assert not Played.objects.exists()
    assert not Provision.objects.exists()
