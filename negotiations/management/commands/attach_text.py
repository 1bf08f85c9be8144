"""Add the full text of a source from a file, and say how its quotes stand in it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from negotiations.domain import anchorings
from negotiations.domain.snapshots import add_text
from negotiations.models import Source
from negotiations.models.quotes import AnchorState
from negotiations.models.sources import SnapshotKind


class Command(BaseCommand):
    help = "Add the full text of a source from a file (UTF-8), and say how its quotes stand in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="the source's slug")
        parser.add_argument("file", type=Path)
        parser.add_argument("--negotiation", help="its negotiation's slug, where several have such a source")

    def handle(self, *args: Any, **options: Any) -> None:
        source = self._source(options["source"], options["negotiation"])
        try:
            text = options["file"].read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['file']} can't be read as text: {error}") from None
        if not text.strip() or "\x00" in text:
            raise CommandError(f"{options['file']} is empty, or holds a NUL, which no text does.")
        snapshot = add_text(source, text, kind=SnapshotKind.FULL, language=source.language, by=None)
        states = snapshot.anchorings.values_list("state", flat=True)
        told = [f"{list(states).count(s)} {s.label.lower()}" for s in AnchorState if s in states]
        self.stdout.write(f"{source.slug}: text {snapshot.number} added. Quotes: {', '.join(told) or 'none'}.")
        if cells := anchorings.outcome(snapshot).cells_in_words():
            self.stdout.write(f"{cells}.")

    def _source(self, slug: str, negotiation: str | None) -> Source:
        sources = Source.objects.filter(slug=slug)
        if negotiation:
            sources = sources.filter(negotiation__slug=negotiation)
        found = list(sources[:2])
        if not found:
            raise CommandError(f"There is no source {slug!r}.")
        if len(found) > 1:
            raise CommandError(f"Several negotiations have a source {slug!r}; name one with --negotiation.")
        return found[0]
