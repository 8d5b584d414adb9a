"""The made-up district of `make demo`: serves on this machine only, sends e-mail into files."""

import os
import secrets

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, VAR, dj_database_url

DEMO = True
STYLEGUIDE = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
if url := os.environ.get("SERVING_DATABASE_URL"):
    DATABASES["default"] = dj_database_url.parse(url)


def _secret_key() -> str:
    """One key per demo, made at its first start, so that restarts keep people signed in."""
    path = VAR / "demo-secret-key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = _secret_key()
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
