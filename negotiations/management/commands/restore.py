"""`manage.py restore FILE`: a backup into an empty database, brought up to date."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from negotiations.database import tools


class Command(BaseCommand):
    help = "Read a backup into an empty database, then migrate. A database with tables is refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        if connection.introspection.table_names():
            raise CommandError(
                "This database has tables already. Restore into an empty one: stop Parley and name a new "
                "data folder with PARLEY_DATA, or another database with DATABASE_URL and DATABASE_OWNER_URL."
            )
        connection.close()
        tools.run(
            "pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error",
            f"--dbname={connection.settings_dict['NAME']}", str(file),
        )  # fmt: skip
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write(f"Restored {file}.")
