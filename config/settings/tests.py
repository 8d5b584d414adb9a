"""What the tests run with: fast hashing, mail kept in memory, files in a folder of their own."""

import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-tests"
STYLEGUIDE = True
SECOND_FACTOR_KEYS = ["b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtb24="]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.gettempdir()) / "maeul-tests-uploads"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "limits": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"},
}
PLAYED_CLOCK = True
WHITENOISE_AUTOREFRESH = True
