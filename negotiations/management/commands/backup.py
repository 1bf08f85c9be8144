"""`manage.py backup FILE`: the whole database in one file, while Parley runs on."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from negotiations.database import tools


class Command(BaseCommand):
    help = "Write the whole database, as of one moment, to a new file that only you can read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        with tools.new_private_file(file) as unfinished:
            tools.run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={unfinished}")
        self.stdout.write(f"Wrote {file} ({file.stat().st_size:,} bytes).")
