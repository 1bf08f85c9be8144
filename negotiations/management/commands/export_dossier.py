"""`manage.py export_dossier SLUG`: write everything of a negotiation into one file."""

from __future__ import annotations

import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from negotiations.domain.permissions import Hidden
from negotiations.exchange import dossier


class Command(BaseCommand):
    help = "Write a negotiation as a dossier: everything of it, its log and the names of its people too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the negotiation, as in its address")
        parser.add_argument("--format", choices=["yaml", "json"], help="by the suffix of the output, else yaml")
        parser.add_argument("--output", metavar="FILE", help="where to write it; without it, to the standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        output = Path(options["output"]) if options["output"] else None
        by_suffix = "json" if output is not None and output.suffix.lower() == ".json" else "yaml"
        as_json = (options["format"] or by_suffix) == "json"
        try:
            text = dossier.export(options["slug"], "json" if as_json else "yaml")
        except Hidden as hidden:
            raise CommandError(str(hidden)) from None
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            _write(output, text)
        except OSError as error:
            raise CommandError(f"{output} can't be written: {error.strerror}.") from None


def _write(output: Path, text: str) -> None:
    """All of the file or nothing: it is written beside its place first. It holds names: for its owner's eyes alone."""
    number, beside = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.replace(beside, output)
    except BaseException:
        os.unlink(beside)
        raise
