import pytest


@pytest.fixture
def uploads_elsewhere(settings, tmp_path):
    """Files of the tests go into a folder of their own."""
    settings.MEDIA_ROOT = tmp_path
