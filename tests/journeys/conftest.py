import pytest

from tests.journeys.clock import Clock
from tests.journeys.stage import PHONES, Stage


@pytest.fixture(params=[*PHONES], ids=["phone", "200-percent-type"])
def stage(request, live_server, new_page, monkeypatch, settings, tmp_path):
    settings.DEMO = True
    settings.MEDIA_ROOT = tmp_path / "uploads"
    made = Stage(Clock(monkeypatch), live_server.url, new_page, request.param)
    made.furnish()
    return made
