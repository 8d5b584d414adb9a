"""Stern: an unknown template variable, a warning or a call to the network fails the test."""

import socket
from datetime import date, datetime
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from django.conf import settings

# The site as it is served: its pool of connections, once imported, would be every test's.
collect_ignore = ["tests/dying.py"]

# Databases that are copied instead of migrated; a real Chromium.
pytest_plugins = ["tests.database", "tests.browser"]

SEOUL = ZoneInfo("Asia/Seoul")


class UnknownVariable(str):
    """What a template prints for a name it does not know; printing it fails."""

    __slots__ = ()

    def __mod__(self, name):
        raise AssertionError(f"unknown template variable: {name}")

    def __contains__(self, key):
        return key == "%s"


# How long an example takes says how busy the machine is, nothing about the rule.
hypothesis.settings.register_profile(
    "calm", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("calm")


def pytest_configure():
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable("%s")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """Only this machine: sockets in a folder and loopback."""
    connect = socket.socket.connect

    def only_here(self, address):
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "localhost", "::1"):
            raise AssertionError(f"a test called {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)


@pytest.fixture
def at():
    """A Tuesday in the demo year: 12 May 2026, 10:00 in Seoul."""
    return datetime(2026, 5, 12, 10, tzinfo=SEOUL)


@pytest.fixture
def law(db):
    """Every limit of the rule catalogue, in force."""
    from maeul.ground.law.tests.factories import enact_all

    return enact_all()


@pytest.fixture
def dong(db):
    from maeul.ground.district.tests.factories import DongFactory

    return DongFactory()


@pytest.fixture
def soonja(dong):
    """72, lives in the dong, verified."""
    from maeul.ground.people.tests.factories import resident

    return resident("순자", dong, born_on=date(1953, 4, 2))


@pytest.fixture
def minsu(dong):
    """Newly moved in: an account, nothing verified yet."""
    from maeul.ground.people.tests.factories import PersonFactory

    return PersonFactory(name="민수", born_on=date(1996, 9, 9))


@pytest.fixture
def officer(dong):
    """The dong's officer."""
    from maeul.ground.people.tests.factories import holder

    return holder("동담당", "dong_officer", dong=dong)


@pytest.fixture
def secretary(dong):
    """The council's secretary."""
    from maeul.ground.people.tests.factories import holder

    return holder("간사", "secretary", dong=dong)


@pytest.fixture
def district_officer(dong):
    """Who works for the whole district."""
    from maeul.ground.people.tests.factories import holder

    return holder("구담당", "district_officer", district=dong.district)


@pytest.fixture
def neighbour(db):
    """Who works for another district."""
    from maeul.ground.district.tests.factories import DistrictFactory
    from maeul.ground.people.tests.factories import holder

    other = DistrictFactory(code="1156000000", name="영등포구")
    return holder("옆구담당", "district_officer", district=other)


@pytest.fixture
def stranger(db):
    """Signed in, from another dong."""
    from maeul.ground.people.tests.factories import PersonFactory

    return PersonFactory(name="나그네")


@pytest.fixture
def queries_of(client):
    """How often a page asks the database: `queries_of("/notice/inbox/")`."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(address):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200, address
        return len(asked)

    return count
