import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def _nobody_has_just_voted():
    """Ballots are limited per elector and time; each test begins anew."""
    caches["limits"].clear()
