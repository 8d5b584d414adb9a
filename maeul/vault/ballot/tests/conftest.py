import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection, connections
from django.utils import timezone

from maeul.vault.ballot import offline
from setup import postgres
from setup.postgres import Cluster

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(autouse=True)
def _nobody_has_just_voted():
    """Ballots are limited per elector and time; each test begins anew."""
    caches["limits"].clear()


@pytest.fixture
def check_page(desktop, tmp_path):
    """The page that checks a bundle, kept and opened from a disk."""
    path = tmp_path / "verify.html"
    path.write_bytes(offline.verify_page())
    desktop.goto(path.as_uri())
    return desktop


@pytest.fixture
def start(tmp_path, monkeypatch, django_db_blocker, django_db_setup):
    """A server of its own that may be killed; `start(**options)` makes it and its tables."""
    monkeypatch.setattr(postgres, "VAR", tmp_path)
    clusters, before = [], connection.settings_dict.copy()

    def start(**options):
        cluster = Cluster(f"pg{len(clusters)}")
        cluster.options |= options
        cluster.start()
        clusters.append(cluster)
        environment = os.environ | {"DATABASE_URL": cluster.url(), "PYTHONPATH": str(ROOT),
                                    "DJANGO_SETTINGS_MODULE": "config.settings.tests"}  # fmt: skip
        for command in ("migrate", "play_ballot_clock", "grant_serving_role"):
            subprocess.run(
                [sys.executable, "manage.py", command],
                cwd=ROOT, env=environment, check=True, capture_output=True,
            )  # fmt: skip
        connections.close_all()
        connection.settings_dict |= {"NAME": "maeul", "HOST": str(cluster.socket), "USER": "maeul",
                                     "PASSWORD": "", "PORT": ""}  # fmt: skip
        return cluster, environment

    with django_db_blocker.unblock():
        yield start
        connections.close_all()
        connection.settings_dict.clear()
        connection.settings_dict |= before
    for cluster in clusters:
        cluster.stop()


@pytest.fixture
def just_now():
    """For elections that run by the database's own clock."""
    return timezone.now() - timedelta(hours=1)
