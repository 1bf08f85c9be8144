"""A folder of documents is taken in by one command, which says of each what became of it."""

from __future__ import annotations

import os
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from negotiations.exchange import dossier
from negotiations.models import Change, Source
from negotiations.models.quotes import AnchorState
from tests import full_texts

pytestmark = pytest.mark.django_db

WORDS = "The minister said that her country would send observers to the line once the guns are silent, and not before."


def run(folder, negotiation="paris") -> str:
    out = StringIO()
    call_command("import_documents", str(folder), "--negotiation", negotiation, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_each_document_is_taken_in_once(world, tmp_path):
    (tmp_path / "one.txt").write_text(f"Observers\n\n{WORDS}")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "two.md").write_text("# No soldiers\n\nThe chancellor would rather pay for the training.")
    (tmp_path / ".hidden.txt").write_text("Not for the world.")
    told = run(tmp_path)
    assert "new source" in told
    assert ".hidden" not in told
    assert Source.objects.filter(status="new").count() == 2
    assert Change.objects.filter(verb="took in", by=None).count() == 2
    again = run(tmp_path)
    assert again.count("here already") == 2
    assert Source.objects.count() == 3


def test_a_copy_becomes_a_source_that_repeats_its_origin(world, tmp_path):
    (tmp_path / "a.txt").write_text(f"Observers\n\n{WORDS}")
    (tmp_path / "b.txt").write_text(f"{WORDS}\n\nRead more here.")
    assert "which repeats" in run(tmp_path)
    assert Source.objects.exclude(origin=None).count() == 1


def test_what_cant_be_read_is_told_and_the_others_are_taken_in(world, tmp_path):
    (tmp_path / "a.txt").write_text(WORDS)
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.exe").write_bytes(b"MZ")
    out = StringIO()
    with pytest.raises(CommandError, match="2 of 3 could not be taken in"):
        call_command("import_documents", str(tmp_path), "--negotiation", "paris", stdout=out, stderr=StringIO())
    assert "b.txt  not taken in: This file is empty." in out.getvalue()
    assert Source.objects.filter(status="new").count() == 1


def test_a_missing_folder_or_negotiation_is_told_in_a_sentence(world, tmp_path):
    with pytest.raises(CommandError, match="is no folder"):
        run(tmp_path / "nowhere")
    with pytest.raises(CommandError, match="There is no file in"):
        run(tmp_path)
    with pytest.raises(CommandError, match="There is no negotiation 'nowhere'"):
        run(tmp_path, "nowhere")


def test_the_five_documents_become_the_full_texts_of_the_seeds_sources(db):
    """And every quote of the seed is there, word for word."""
    documents = full_texts.folder()
    dossier.load(settings.BASE_DIR / "fixtures" / "paris-2026.yaml")
    told = run(documents, "paris-2026")
    assert told.count("full text of") == 5
    sources = Source.objects.filter(negotiation__slug="paris-2026")
    assert sources.count() == 5
    states = [state for s in sources for state in s.snapshots.get(number=2).anchorings.values_list("state", flat=True)]
    assert len(states) >= 88
    assert set(states) <= {AnchorState.EXACT, AnchorState.MOVED}


def test_a_files_name_that_is_no_text_stops_nothing(world, tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(WORDS)
    (tmp_path / "z.html").write_text(
        f'<html><head><title>Old</title><meta property="article:published_time" content="0001-01-01"></head>'
        f"<body><p>{WORDS} Or so.</p><p>{WORDS} So it is.</p></body></html>"
    )
    assert "caf.txt" in run(tmp_path)
    assert set(Source.objects.filter(status="new").values_list("title", "published_on")) == {
        ("caf", None),
        ("Old", None),
    }
