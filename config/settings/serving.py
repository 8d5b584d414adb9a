"""A real installation: everything secret comes from the environment."""

import os

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, KEPT_OPEN, dj_database_url

SECRET_KEY = os.environ["MAEUL_SECRET_KEY"]
SECOND_FACTOR_KEYS = os.environ["MAEUL_SECOND_FACTOR_KEYS"].split()
ALLOWED_HOSTS = os.environ["MAEUL_HOSTS"].split(",")
SITE_ADDRESS = f"https://{ALLOWED_HOSTS[0]}"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
if url := os.environ.get("SERVING_DATABASE_URL"):
    DATABASES["default"] = dj_database_url.parse(url)
DATABASES["default"] |= KEPT_OPEN

# Rate limits count by the address that the one proxy in front has written, never by a visitor's.
ALLAUTH_TRUSTED_PROXY_COUNT = 1

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"

EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "") == "1"
