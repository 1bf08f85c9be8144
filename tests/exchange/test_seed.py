"""The seed: it loads, goes out and comes in again, and every quote in it stands where it says."""

from __future__ import annotations

from collections import Counter

import pytest
from django.conf import settings

from negotiations.domain.snapshots import add_text
from negotiations.exchange import dossier
from negotiations.models import Negotiation, Position, Quote, Source
from negotiations.models.sources import SnapshotKind
from tests.full_texts import documents

from .dossiers import forget_everything, save

SEED = settings.BASE_DIR / "fixtures" / "paris-2026.yaml"
MOST_WORDS = 20


@pytest.fixture
def seed(db):
    dossier.load(SEED)
    return Negotiation.objects.get()


def quotes(seed):
    return Quote.objects.filter(negotiation=seed).select_related("snapshot__source").order_by("snapshot", "start")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("format", ["yaml", "json"])
def test_the_seed_comes_back_as_it_went(tmp_path, format):
    slug = dossier.load(SEED).slug
    before = dossier.export(slug, format)
    assert dossier.load(SEED).nothing
    forget_everything()
    dossier.load(save(tmp_path, before, f"seed.{format}"))
    assert dossier.export(slug, format) == before
    assert dossier.load(SEED).nothing, "the hand-written file knows its own negotiation again"


def test_every_cell_says_something(seed):
    assert not Position.objects.filter(negotiation=seed, version=0).exists()


def test_each_quote_stands_once_in_its_precis_between_quotation_marks(seed):
    for quote in quotes(seed):
        text = quote.snapshot.text
        assert quote.snapshot.kind == "precis"
        assert text.count(quote.exact) == 1, quote.slug
        assert text[quote.start - 1] in '“"', quote.slug
        assert text[quote.end] in '”"', quote.slug


def test_no_quote_is_long(seed):
    """What is others' text is quoted in fragments."""
    long = [quote.slug for quote in quotes(seed) if len(quote.exact.split()) > MOST_WORDS]
    assert long == []


def test_each_quote_stands_once_in_its_document(seed):
    texts = documents()
    homes: dict[str, set[str]] = {}
    for quote in quotes(seed):
        times = Counter({name: text.count(quote.exact) for name, text in texts.items()})
        assert sum(times.values()) == 1, (quote.slug, dict(times))
        homes.setdefault(quote.snapshot.source.slug, set()).update(+times)
    assert all(len(names) == 1 for names in homes.values()), homes
    assert len(set().union(*homes.values())) == len(homes) == len(texts), "one document for each source"


def test_each_quote_holds_where_the_full_text_is_attached(seed):
    texts = documents().values()
    for source in Source.objects.filter(negotiation=seed):
        of_source = [quote.exact for quote in quotes(seed) if quote.snapshot.source_id == source.pk]
        [full] = [text for text in texts if all(words in text for words in of_source)]
        snapshot = add_text(source, full, kind=SnapshotKind.FULL, by=None)
        assert set(snapshot.anchorings.values_list("state", flat=True)) <= {"exact", "moved"}, source.slug
        assert snapshot.anchorings.count() == len(of_source)
