"""Make anew what search looks through, as after a new PostgreSQL that reads a language otherwise."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from negotiations.database.roles import as_owner


class Command(BaseCommand):
    help = "Make anew what search looks through. It is kept by itself; this is for after an upgrade of PostgreSQL."

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner() as connection, connection.cursor() as cursor:
            cursor.execute("SELECT search_rebuild()")
            many = cursor.fetchone()[0]
        if options["verbosity"]:
            self.stdout.write(f"{many:,} entries can be searched.")
