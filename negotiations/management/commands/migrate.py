"""`manage.py migrate`: Django's, run as the role that owns the tables, one at a time; what was there catches up."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from negotiations.database.roles import as_owner
from negotiations.database.waiting import one_at_a_time
from negotiations.management.catching_up import catch_up


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner(options["database"]) as connection, one_at_a_time(connection):
            super().handle(*args, **options)
            if not (options["app_label"] or options["plan"]):  # the tables are those of today
                catch_up()
