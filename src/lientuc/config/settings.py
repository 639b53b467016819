"""Settings, all read from the environment; the defaults run one office on SQLite."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from .keys import key_from_file

TESTING = "pytest" in sys.modules
HOME = Path(tempfile.mkdtemp(prefix="lientuc-test-") if TESTING else os.environ.get("LIENTUC_HOME", Path.cwd() / "var"))
PRODUCTION = os.environ.get("LIENTUC_PRODUCTION", "") == "1"
DEBUG = False

SECRET_KEY = os.environ.get("LIENTUC_SECRET_KEY") or key_from_file(HOME / "keys" / "secret")
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("LIENTUC_SECRET_KEY_FALLBACKS", "").split(",") if key]
AUDIT_KEY = os.environ.get("LIENTUC_AUDIT_KEY") or key_from_file(HOME / "keys" / "audit")
AUDIT_ANCHOR = Path(os.environ.get("LIENTUC_AUDIT_ANCHOR", HOME / "audit-head.jsonl"))
ALLOWED_HOSTS = os.environ.get("LIENTUC_HOSTS", "localhost,127.0.0.1,testserver").split(",")
PUBLIC_ADDRESS = os.environ.get("LIENTUC_PUBLIC_ADDRESS", "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]

ROOMS = [
    "reports",
    "planning",
    "credits",
    "quality",
    "transfer",
    "evaluation",
    "delivery",
    "curricula",
    "surveys",
    "directives",
    "registry",
    "accounts",
    "places",
    "trail",
]

INSTALLED_APPS = [
    *[f"lientuc.{room}" for room in ROOMS],
    "lientuc.web",
    "lientuc.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lientuc.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lientuc.web.middleware.RefusalMiddleware",
    "lientuc.web.middleware.PrivacyMiddleware",
]

ROOT_URLCONF = "lientuc.config.urls"
WSGI_APPLICATION = "lientuc.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lientuc.web.say.language",
                "lientuc.reports.context.house",
            ],
            "builtins": ["lientuc.web.templatetags.say", "django.templatetags.static"],
        },
    }
]


def database_from(url: str) -> dict[str, Any]:
    """Django's database settings for `DATABASE_URL`: `sqlite:///path` or `postgresql://user:password@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.removeprefix("sqlite:///"),
            "ATOMIC_REQUESTS": False,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
            },
            "TEST": {"NAME": os.environ.get("LIENTUC_TEST_SQLITE") or None},
        }
    if parts.scheme in {"postgresql", "postgres"}:
        query = dict(pair.split("=", 1) for pair in parts.query.split("&") if pair)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(query.get("host") or parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(f"DATABASE_URL must begin with sqlite:/// or postgresql://, not {parts.scheme!r}")


DATABASES = {"default": database_from(os.environ.get("DATABASE_URL", f"sqlite:///{HOME / 'lientuc.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
if TESTING:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["lientuc.accounts.login.NamePhoneOrMail"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "lientuc.accounts.login.ClosedDoorAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "5/5m/key,100/5m/ip"}
MFA_ADAPTER = "lientuc.accounts.login.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Liên Tục"

# Days before a deadline on which people are reminded; mail goes out only where a server is named.
# A taken list can be undone for so many days; then what it would take back is forgotten (`lientuc forget-staged`).
UNDO_DAYS = int(os.environ.get("LIENTUC_UNDO_DAYS", "90"))
REMIND_DAYS = tuple(int(days) for days in os.environ.get("LIENTUC_REMIND_DAYS", "90,60,30,7").split(","))
EMAIL_HOST = os.environ.get("LIENTUC_EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("LIENTUC_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("LIENTUC_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LIENTUC_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("LIENTUC_EMAIL_TLS", "") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("LIENTUC_EMAIL_FROM", "lientuc@localhost")
SENDS_MAIL = bool(EMAIL_HOST)

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_AUTOREFRESH = False
MEDIA_ROOT = HOME / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
if PRODUCTION:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_HSTS_SECONDS, SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_COOKIE_HTTPONLY = False
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

if PRODUCTION and any(host in {"*", ""} for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("LIENTUC_HOSTS must name the hosts in production")
