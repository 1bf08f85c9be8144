"""Take in all documents of a folder, and say of each what became of it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from negotiations.domain.importing import Outcome, import_document
from negotiations.management.progress import Progress
from negotiations.models import Negotiation


class Command(BaseCommand):
    help = "Take in all documents of a folder (.txt .md .html .pdf .docx .eml), and say of each what became of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--negotiation", required=True, help="the negotiation's slug")

    def handle(self, *args: Any, **options: Any) -> None:
        negotiation = Negotiation.objects.filter(slug=options["negotiation"]).first()
        if negotiation is None:
            raise CommandError(f"There is no negotiation {options['negotiation']!r}.")
        files = _files(options["folder"])
        progress = Progress(self.stderr, len(files))
        outcomes = []
        for file in files:
            progress.tell(file.name)
            outcomes.append(import_document(negotiation.pk, file))
        progress.end()
        self._tell(outcomes)
        if failed := sum(outcome.failed for outcome in outcomes):
            raise CommandError(f"{failed} of {len(files)} could not be taken in; the table says why.")

    def _tell(self, outcomes: list[Outcome]) -> None:
        wide = max(len(outcome.name) for outcome in outcomes)
        for outcome in outcomes:
            self.stdout.write(f"{outcome.name:<{wide}}  {outcome.told}")


def _files(folder: Path) -> list[Path]:
    """The files in the folder and below it, in order, without hidden ones."""
    if not folder.is_dir():
        raise CommandError(f"{folder} is no folder.")
    found = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    files = [file for file in found if not any(part.startswith(".") for part in file.relative_to(folder).parts)]
    if not files:
        raise CommandError(f"There is no file in {folder}.")
    return files
