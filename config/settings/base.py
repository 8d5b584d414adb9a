"""What every way of running the site shares.  Everything that differs comes from the environment.

`serving` is a real installation, `demo` the made-up one, `tests` the one the tests build.
"""

import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("MAEUL_VAR", BASE_DIR / "var"))

DEBUG = False
DEMO = False
STYLEGUIDE = False  # the page that shows every part of the look
HELP_PHONE = os.environ.get("MAEUL_HELP_PHONE", "")
HELP_HOURS = os.environ.get("MAEUL_HELP_HOURS", "")
SOURCE_CODE = os.environ.get("MAEUL_SOURCE_CODE", "")  # where visitors get this program's source
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

# Highest floor first, as drawn in docs/architecture.md.
CONCEPTS = [
    "demo",
    "public.portal",
    "public.yearbook",
    "works.pledge",
    "works.grant",
    "works.project",
    "decision.plan",
    "decision.budget",
    "decision.assembly",
    "voice.review",
    "voice.agenda",
    "council.meeting",
    "council.membership",
    "vault.ballot",
    "vault.ledger",
    "vault.participation",
    "vault.record",
    "ground.notice",
    "ground.thread",
    "ground.search",
    "ground.people",
    "ground.law",
    "ground.district",
    "ground.audit",
    "core",
]
INSTALLED_APPS = [
    *(f"maeul.{path}" for path in CONCEPTS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "pgtrigger",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "maeul.core.middleware.GarbageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "maeul.ground.people.middleware.SecondFactorMiddleware",
    "maeul.core.middleware.OnceMiddleware",
    "maeul.core.middleware.RefusalMiddleware",
]
FORM_RENDERER = "maeul.core.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.site",
            ],
            "builtins": [
                "maeul.core.templatetags.look",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]

# DATABASE_URL is the owner's; who serves pages connects as a second role that may only add
# where tables are add-only (see maeul.core.addonly).
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", f"postgresql://maeul@/maeul?host={VAR / 'postgres-socket'}")
    )
}
# A server's threads keep their connection: opening one costs more than most pages.
KEPT_OPEN = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
SERVING_ROLE = os.environ.get("MAEUL_SERVING_ROLE", "maeul_serving")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[마을] "
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_ADAPTER = "config.letters.AccountAdapter"
MFA_ADAPTER = "maeul.ground.people.adapters.SecondFactorAdapter"
# Fernet keys for the secrets of second factors; the first encrypts, the others still open.
SECOND_FACTOR_KEYS = os.environ.get("MAEUL_SECOND_FACTOR_KEYS", "").split()
ACCOUNT_FORMS = {
    "login": "maeul.ground.people.forms.LoginForm",
    "signup": "maeul.ground.people.forms.SignupForm",
    "reset_password": "maeul.ground.people.forms.ResetPasswordForm",
    "reset_password_from_key": "maeul.ground.people.forms.NewPasswordForm",
    "change_password": "maeul.ground.people.forms.ChangePasswordForm",
    "set_password": "maeul.ground.people.forms.SetPasswordForm",
    "add_email": "maeul.ground.people.forms.ChangeEmailForm",
    "reauthenticate": "maeul.ground.people.forms.PasswordAgainForm",
}
MFA_FORMS = {
    "authenticate": "maeul.ground.people.forms.CodeForm",
    "reauthenticate": "maeul.ground.people.forms.CodeAgainForm",
    "activate_totp": "maeul.ground.people.forms.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "마을"

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어")]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True
FORMAT_MODULE_PATH = "config.formats"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# Browser assets that `make setup` fetches from npm by name.
STATICFILES_DIRS = [VAR / "assets"] if (VAR / "assets").is_dir() else []
# Where the boards of running votes are kept besides, on another machine; a backup may be older.
HEADS_FOLDER = Path(os.environ["MAEUL_HEADS"]) if os.environ.get("MAEUL_HEADS") else None
MEDIA_ROOT = VAR / "uploads"
PAPER_FONTS = [VAR / "assets-fonts"]  # what papers are set in; the first with Korean wins
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_HANDLERS = [
    "maeul.core.upload.NotTooMuch",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
CSRF_FAILURE_VIEW = "maeul.core.errors.form_too_old"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 60 * 60
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Where the site stands, for addresses that are printed or sent outside of a request.
SITE_ADDRESS = os.environ.get("MAEUL_ADDRESS", "http://127.0.0.1:8000")
# Who runs the site and answers for personal information: shown on the privacy page and the terms.
OPERATOR = {
    "name": os.environ.get("MAEUL_OPERATOR", "금천구"),
    "privacy_officer": os.environ.get("MAEUL_PRIVACY_OFFICER", "개인정보 보호 담당 부서"),
    "phone": os.environ.get("MAEUL_PHONE", ""),
    "email": os.environ.get("MAEUL_CONTACT_EMAIL", ""),
}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("MAEUL_FROM_EMAIL", "maeul@example.org")
if REDIS_URL := os.environ.get("REDIS_URL"):
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "core_cache",
        }
    }

# Counts how often somebody acts.  Kept in memory: it must be quick, and no table may hold when an
# elector voted.
CACHES["limits"] = (
    CACHES["default"]
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"}
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
