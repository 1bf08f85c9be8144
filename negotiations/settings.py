"""Parley's settings. What differs between installations comes from these variables:

PARLEY_URL          the address at which Parley is reached (http://127.0.0.1:8000)
PARLEY_PORT         the port at which it listens (8000)
PARLEY_DATA         the data folder (var/)
DATABASE_URL        your own PostgreSQL, as the app's role; without it the embedded one is used
DATABASE_OWNER_URL  the same database, as the role that owns its tables
PARLEY_MAIL         the mail server, like smtp+tls://user:password@host:587; without it e-mail goes to the console
PARLEY_MAIL_FROM    whom e-mail is from (parley@ the host of PARLEY_URL)
PARLEY_DEBUG        1 for development only
"""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.urls import reverse_lazy

from negotiations import address, data_folder, mail
from negotiations.database import logins

BASE_DIR = Path(__file__).resolve().parent.parent
PARLEY_DATA = data_folder.prepare(data_folder.choose(BASE_DIR, os.environ.get("PARLEY_DATA")))
PARLEY_PORT = address.read_port(os.environ.get("PARLEY_PORT") or "8000")
PARLEY_ADDRESS = address.read(os.environ.get("PARLEY_URL") or f"http://127.0.0.1:{PARLEY_PORT}")

DEBUG = os.environ.get("PARLEY_DEBUG") == "1"
SECRET_KEY = data_folder.secret_key(PARLEY_DATA)

# --- who is let in ---------------------------------------------------------------------------------
ALLOWED_HOSTS = PARLEY_ADDRESS.hosts
CSRF_TRUSTED_ORIGINS = PARLEY_ADDRESS.origins
SESSION_COOKIE_NAME = PARLEY_ADDRESS.session_cookie
SESSION_COOKIE_SECURE = PARLEY_ADDRESS.secure
CSRF_COOKIE_NAME = PARLEY_ADDRESS.csrf_cookie
CSRF_COOKIE_SECURE = PARLEY_ADDRESS.secure
CSRF_FAILURE_VIEW = "negotiations.views.errors.csrf_failure"
if PARLEY_ADDRESS.secure:
    # https ends at a proxy in front, which must set this header itself on every request.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, by plain http
    SECURE_HSTS_SECONDS = 31_536_000
    # Parley answers for its own host: whether the hosts below it have https is not ours to say.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    AXES_CLIENT_IP_CALLABLE = "negotiations.address.behind_proxy"

globals().update(mail.read(os.environ.get("PARLEY_MAIL", "")))
DEFAULT_FROM_EMAIL = os.environ.get("PARLEY_MAIL_FROM") or f"parley@{urlsplit(PARLEY_ADDRESS.url).hostname}"

AUTH_USER_MODEL = "negotiations.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name", "email"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = reverse_lazy("sign_in")
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "registration/locked_out.html"
AXES_ALLOWED_CORS_ORIGINS = PARLEY_ADDRESS.url  # no other site is let in, also not to read that one is locked out
AXES_VERBOSE = False

# --- what it is made of ----------------------------------------------------------------------------
INSTALLED_APPS = [
    "negotiations",
    "negotiations.admin_config.CuratorsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "axes",
]
MIDDLEWARE = [
    "negotiations.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "negotiations.middleware.no_nul",  # before anything that looks a cookie up in the database
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "negotiations.middleware.no_giant",  # knows who asks, and comes before anything that reads what was sent
    "negotiations.middleware.past_stays",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "negotiations.urls"
WSGI_APPLICATION = "negotiations.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,  # template_partials puts its loader in front
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "negotiations.views.http.look",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- where it keeps things -------------------------------------------------------------------------
DATABASE_LOGINS = logins.from_environment(os.environ, PARLEY_DATA)
DATABASES = {"default": DATABASE_LOGINS.default}
DATABASE_APP = DATABASE_LOGINS.app
DATABASE_OWNER = DATABASE_LOGINS.owner  # empty where one role does all
DATABASE_EMBEDDED = DATABASE_LOGINS.embedded

STATIC_URL = "/static/"
STATIC_ROOT = PARLEY_DATA / "static"
STATICFILES_DIRS = [folder for folder in [BASE_DIR / "static"] if folder.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 14 * 1024 * 1024  # bytes: two million letters of any script, as forms spell them
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- what browsers may do with its pages -----------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:"],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True

# --- languages, times, logs ------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # a page shows the zone of its negotiation
FORMAT_MODULE_PATH = ["negotiations.formats"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "negotiations": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
