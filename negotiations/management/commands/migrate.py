"""`manage.py migrate`: Django's, run as the role that owns the tables, one at a time."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from negotiations.database.roles import as_owner
from negotiations.database.waiting import one_at_a_time


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner(options["database"]) as connection, one_at_a_time(connection):
            super().handle(*args, **options)
