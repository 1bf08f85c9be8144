"""`manage.py load_dossier FILE`: load a negotiation, or what a file adds to one."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from negotiations.exchange import dossier
from negotiations.exchange.dossier.counting import in_words
from negotiations.models import User


class Command(BaseCommand):
    help = "Load a dossier (YAML or JSON): make its negotiation, or add what is missing to it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the dossier")
        parser.add_argument("--by", metavar="USERNAME", help="whose act this is in the log; without it, nobody's")
        parser.add_argument("--why", default="", help="why, for the log")

    def handle(self, *args: Any, **options: Any) -> None:
        by = None
        if options["by"] is not None:
            by = User.objects.filter(username=options["by"]).first()
            if by is None:
                raise CommandError(f"There is no account “{options['by']}”.")
        try:
            loaded = dossier.load(options["file"], by=by, why=options["why"])
        except dossier.Refused as refused:
            things = "1 thing is" if refused.total == 1 else f"{refused.total} things are"
            raise CommandError(f"Nothing was loaded: {things} not right.\n{refused}") from None
        if loaded.nothing:
            self.stdout.write(f"{loaded.slug}: nothing to add.")
            return
        self.stdout.write(f"{loaded.slug}: loaded {in_words(loaded.added) or 'an empty negotiation'}.")
        if loaded.accounts:
            self.stdout.write(f"New accounts, with which nobody can sign in yet: {', '.join(loaded.accounts)}.")
