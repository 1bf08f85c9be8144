"""`manage.py migrate`: Django's, run as the role that owns the tables, one at a time."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from negotiations.database.roles import as_owner

_LOCK = 5_046_273  # any number, the same in every process


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner(options["database"]) as connection:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            try:
                super().handle(*args, **options)
            finally:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
