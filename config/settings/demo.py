"""The made-up district of `make demo`: serves on this machine only, sends e-mail into files."""

import os
import secrets
from base64 import urlsafe_b64encode

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, KEPT_OPEN, VAR, dj_database_url

DEMO = True
STYLEGUIDE = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
if url := os.environ.get("SERVING_DATABASE_URL"):
    DATABASES["default"] = dj_database_url.parse(url)
DATABASES["default"] |= KEPT_OPEN


def _kept(name: str, make) -> str:
    """A secret of this demo, made at its first start, so that restarts keep people signed in."""
    path = VAR / name
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(make())
    return path.read_text()


SECRET_KEY = _kept("demo-secret-key", lambda: secrets.token_urlsafe(50))
SECOND_FACTOR_KEYS = [
    _kept("demo-second-factor-key", lambda: urlsafe_b64encode(secrets.token_bytes(32)).decode())
]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
