"""What `manage.py check --database default` says about the database's roles and version."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

OLDEST = 15


def register_all() -> None:
    """Checks that ask the database: run by `migrate`, `run`, and `check --database default`."""
    register(Tags.database)(check_version)
    register(Tags.database)(check_roles)


_TOO_MUCH = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relname = ANY(%(tables)s)
  AND (pg_has_role(%(app)s, c.relowner, 'MEMBER')
       OR has_table_privilege(%(app)s, c.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER'))
ORDER BY c.relname
"""


def check_version(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """PostgreSQL is new enough."""
    if "default" not in (databases or ()):
        return []
    with connections["default"].cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    if int(version.split(".")[0].split()[0]) >= OLDEST:
        return []
    return [
        Error(
            f"The database is PostgreSQL {version}; Parley needs {OLDEST} or newer.",
            id="negotiations.E001",
        )
    ]


def check_roles(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The app's login cannot rewrite history: neither by owning its tables nor by a privilege."""
    from negotiations.models import APPEND_ONLY

    if "default" not in (databases or ()):
        return []
    if not settings.DATABASE_OWNER or settings.DATABASE_OWNER["USER"] == settings.DATABASE_APP["USER"]:
        return [
            Warning(
                "Parley serves with the login that owns its tables. Triggers still refuse changes "
                "to history, but whoever gets hold of this login can switch them off.",
                hint="Make two roles and name them in DATABASE_URL and DATABASE_OWNER_URL: "
                "docs/guide/operators.md tells how.",
                id="negotiations.W001",
            )
        ]
    with connections["default"].cursor() as cursor:
        tables = [model._meta.db_table for model in APPEND_ONLY]
        cursor.execute(_TOO_MUCH, {"app": settings.DATABASE_APP["USER"], "tables": tables})
        found = [name for (name,) in cursor.fetchall()]
    if not found:
        return []
    return [
        Warning(
            f"The app's login {settings.DATABASE_APP['USER']} may change or delete rows of history "
            f"in {', '.join(found)}.",
            hint="It must neither own these tables, nor be a superuser or a member of the owner's role. "
            "`manage.py migrate` then sets its privileges.",
            id="negotiations.W002",
        )
    ]
