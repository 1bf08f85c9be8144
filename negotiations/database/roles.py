"""Two roles: the owner, who makes and changes tables, and the app, which serves with as little as it needs.

One database alias, two logins. The app's login is no member of the owner's role, so no statement that
somebody smuggles into a request makes it the owner.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from psycopg import sql

READ = "SELECT"
ADD = "SELECT, INSERT"
EDIT = "SELECT, INSERT, UPDATE"
ALL = "SELECT, INSERT, UPDATE, DELETE"

# What the app may do with the tables that are not our own, by app label and model.
_OTHERS = {"sessions": ALL, "axes": ALL, "admin": ADD, "auth": READ, "contenttypes": READ}


@contextmanager
def as_owner(alias: str = "default") -> Iterator[BaseDatabaseWrapper]:
    """Let this thread's connection be the owner's. With one role given, it is that one's as before."""
    app = connections[alias]
    if not settings.DATABASE_OWNER:
        yield app
        return
    owner = app.copy()
    owner.settings_dict.update(settings.DATABASE_OWNER, CONN_MAX_AGE=0)
    connections[alias] = owner
    try:
        yield owner
    finally:
        owner.close()
        connections[alias] = app


def grant_app_role(sender: AppConfig | None = None, using: str = "default", **_: Any) -> None:
    """Give the app's role what it needs and no more, whatever it had before. Runs after migrations."""
    app = settings.DATABASE_APP["USER"]
    connection = connections[using]
    if not settings.DATABASE_OWNER or settings.DATABASE_OWNER["USER"] == app:
        return
    role = sql.Identifier(app)
    with transaction.atomic(using), connection.cursor() as cursor:
        for statement in (
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC",
            "GRANT USAGE ON SCHEMA public TO {}",
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}",
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE ON SCHEMA past TO {}",
            "GRANT SELECT ON ALL TABLES IN SCHEMA past TO {}",
        ):
            cursor.execute(sql.SQL(statement).format(role))
        present = set(connection.introspection.table_names(cursor))
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy and model._meta.db_table in present:
                cursor.execute(
                    sql.SQL("GRANT {} ON {} TO {}").format(
                        sql.SQL(privileges(model)), sql.Identifier(model._meta.db_table), role
                    )
                )


def privileges(model: type[Model]) -> str:
    """What the app's role may do with the table of a model, as GRANT wants it."""
    from negotiations.models import APPEND_ONLY, COPIES, DELETABLE, IN_HAND

    if model in COPIES:
        return READ
    if model in APPEND_ONLY:
        return ADD
    if model in (*DELETABLE, *IN_HAND):
        return ALL
    label = model._meta.app_label
    if label == "negotiations":
        # Links that Django keeps by itself, like a user's groups, are edited by taking them away.
        return ALL if model._meta.auto_created else EDIT
    return _OTHERS.get(label, READ)
