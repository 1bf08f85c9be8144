"""The seed: it loads, goes out and comes in again, and every quote in it stands where it says."""

from __future__ import annotations

from collections import Counter

import pytest
from django.conf import settings

from negotiations.domain import rechecks
from negotiations.domain.noticing import sides_of
from negotiations.domain.snapshots import add_text
from negotiations.exchange import dossier
from negotiations.models import Contradiction, ContradictionSide, Evidence, Negotiation, Position, Quote, Source
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


def test_what_contradicts_a_stance_is_a_contradiction_of_its_cell(seed):
    """In the words that recording a stance would use, so that more words come to the same one."""
    contradicted = Position.objects.filter(negotiation=seed, contradicting__gt=0)
    assert contradicted.count() == 7
    for cell in contradicted:
        [contradiction] = Contradiction.objects.filter(kind="bearing", cells__position=cell)
        evidence = Evidence.objects.filter(stance__position=cell, stance__seq=cell.standing)
        for says, bearing in zip(sides_of(cell.code), ("supports", "contradicts"), strict=True):
            proofs = contradiction.sides.get(says=says).proofs
            rests_on = evidence.filter(bearing=bearing)
            assert set(proofs.values_list("quote", flat=True)) == set(rests_on.values_list("quote", flat=True))


def test_where_the_texts_disagree_both_sides_are_told(seed):
    """Each side rests on words of the texts; only what they settle themselves is resolved."""
    facts = Contradiction.objects.filter(negotiation=seed, kind="fact")
    assert facts.count() == 16
    names = {"name-of-the-envoy", "name-of-ukraines-president", "trump-in-office"}
    assert set(facts.exclude(state="open").values_list("slug", "state")) == {(name, "resolved") for name in names}
    sides = ContradictionSide.objects.filter(contradiction__in=facts)
    assert not sides.filter(proofs__quote=None).exists()


def test_each_quote_stands_once_in_its_precis_between_quotation_marks(seed):
    for quote in quotes(seed):
        text = quote.snapshot.text
        assert quote.snapshot.kind == "precis"
        assert text.count(quote.exact) == 1, quote.slug
        assert text[quote.start - 1] in '“"', quote.slug
        assert text[quote.end] in '”"', quote.slug


def test_nothing_in_it_is_to_be_re_checked(seed):
    """Its outlets were never graded better, and its quotes stand in the texts that they were cited from."""
    assert rechecks.find_open(seed.pk) == []
    assert not Position.objects.filter(negotiation=seed, rechecks__gt=0).exists()


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
    assert rechecks.find_open(seed.pk) == []
