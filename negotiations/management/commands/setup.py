"""`manage.py setup`: bring the database up to date, seed it where it is empty, collect the static files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from negotiations import data_folder
from negotiations.database.waiting import one_at_a_time
from negotiations.management import demo_accounts
from negotiations.models import Negotiation

SEED = "paris-2026"


class Command(BaseCommand):
    help = "Make everything ready to serve. Safe to repeat: what is there stays as it is."

    def handle(self, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0, skip_checks=False)  # the database's checks too
        with one_at_a_time(connection):
            if not Negotiation.objects.filter(slug=SEED).exists():
                call_command("load_dossier", str(Path(settings.BASE_DIR) / "fixtures" / f"{SEED}.yaml"), verbosity=0)
            if settings.DATABASE_EMBEDDED:
                demo_accounts.make(Negotiation.objects.get(slug=SEED), settings.PARLEY_DATA)
            with data_folder.explained(settings.PARLEY_DATA):
                call_command("collectstatic", interactive=False, verbosity=0)
