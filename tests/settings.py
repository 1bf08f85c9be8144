"""The settings of the tests: Parley's own, at the usual address, whatever the surroundings say."""

import os

for name in ("PARLEY_URL", "PARLEY_PORT", "PARLEY_DEBUG"):
    os.environ.pop(name, None)

from negotiations.trouble import Trouble  # noqa: E402

try:
    from negotiations.settings import *  # noqa: F403
except Trouble as trouble:
    raise SystemExit(str(trouble)) from None
from negotiations.settings import DATABASE_EMBEDDED, DATABASES, STORAGES  # noqa: E402

# Several runs at once on one machine do not get into each other's way.
if DATABASE_EMBEDDED:
    DATABASES["default"]["TEST"] = {"NAME": f"test_parley_{os.getpid()}"}

# Argon2 is slow on purpose; a test signs in often. Files are served as they lie in static/; else each test's client
# looked through all that `make run` collected.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = None
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
