"""Add the full text of a source from a file, and say how its quotes stand in it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from negotiations.domain import anchorings
from negotiations.domain.intakes import file_name, read
from negotiations.domain.recognising import AlreadyHere
from negotiations.domain.snapshots import File, add_text, refuse_newest
from negotiations.models import Source
from negotiations.models.quotes import AnchorState
from negotiations.models.sources import SnapshotKind
from negotiations.texts.extracting import Unreadable


class Command(BaseCommand):
    help = "Add the full text of a source from a file, and say how its quotes stand in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="the source's slug")
        parser.add_argument("file", type=Path)
        parser.add_argument("--negotiation", help="its negotiation's slug, where several have such a source")

    def handle(self, *args: Any, **options: Any) -> None:
        source = self._source(options["source"], options["negotiation"])
        path: Path = options["file"]
        try:
            content = path.read_bytes()
            found = read(path.name, content)
            file = File(file_name(path.name), found.media_type, content)
            language = found.language or source.language
            refuse_newest(source, found.text, SnapshotKind.FULL)
            snapshot = add_text(source, found.text, kind=SnapshotKind.FULL, language=language, file=file, by=None)
        except (OSError, Unreadable) as error:
            raise CommandError(f"{path} can't be read: {error}") from None
        except AlreadyHere as here:
            raise CommandError(str(here)) from None
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
