"""A migrated, empty database that is kept, so that each run of the tests copies it instead of migrating anew.

Migrating takes Django longer than many tests take together, and each process that runs tests has a database of its
own. The copy is kept in the embedded server under a name that tells what it was made from: after any change to a
migration, its SQL or a model there is none, and the first run makes one.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError

_ROOT = Path(__file__).parents[1] / "negotiations"
_MADE_FROM = ("migrations/*.py", "sql/*.sql", "models/*.py")
_LIKE = "template\\_of\\_tests\\_%"


def name() -> str:
    told = sha256(django.get_version().encode())
    for pattern in _MADE_FROM:
        for file in sorted(_ROOT.glob(pattern)):
            told.update(file.name.encode() + b"\0" + file.read_bytes())
    return f"template_of_tests_{told.hexdigest()[:16]}"


def offer() -> None:
    """Let the test database be a copy, if there is what to copy. To be called as the owner."""
    if settings.DATABASE_EMBEDDED and name() in _kept():
        connection.settings_dict["TEST"]["TEMPLATE"] = name()


def keep() -> None:
    """Keep a copy of the test database just made, and none of an older kind. To be called as the owner."""
    if not settings.DATABASE_EMBEDDED or connection.settings_dict["TEST"].get("TEMPLATE"):
        return
    made = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        for old in _kept():
            cursor.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
        with suppress(DatabaseError):  # another process may be faster, or at it in this moment
            cursor.execute(f'CREATE DATABASE "{name()}" TEMPLATE "{made}"')


def _kept() -> list[str]:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [_LIKE])
        return [found for (found,) in cursor.fetchall()]
