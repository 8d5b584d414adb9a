import pytest
from django.core.cache import caches

from maeul.vault.ballot import offline


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
