"""The bytes of a document are what they say they are, and what was merged leads to what is kept."""

from __future__ import annotations

from hashlib import sha256

import pytest

from negotiations.models import Outlet, Source
from tests import factories
from tests.sql import refused


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"size": 7}, {"sha256": "0" * 64}, {"content": b"Others."}])
def test_the_bytes_of_an_original_are_what_it_says(wrong):
    with refused("original_is_what_it_says"):
        factories.OriginalFactory(**{"content": b"A report.", "size": 9, "sha256": _hash(b"A report.")} | wrong)


@pytest.mark.django_db
def test_the_same_bytes_are_kept_once_by_an_act_of_a_negotiation():
    original = factories.OriginalFactory(content=b"A report.")
    with refused("original_kept_once_in_an_act"):
        same = {"negotiation": original.negotiation, "revision": original.revision}
        factories.OriginalFactory(**same, content=b"A report.")
    factories.OriginalFactory(content=b"A report.")  # another negotiation


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "make"), [(Source, factories.SourceFactory), (Outlet, factories.OutletFactory)], ids=["source", "outlet"]
)
def test_nothing_is_merged_in_a_chain_or_a_circle(model, make):
    talks = factories.NegotiationFactory()
    kept, twin, third = (make(negotiation=talks) for _ in range(3))
    model.objects.filter(pk=twin.pk).update(merged_into=kept)
    with refused("merged in a chain"):  # into what was merged itself
        model.objects.filter(pk=third.pk).update(merged_into=twin)
    with refused("merged in a chain"):  # of what others were merged into
        model.objects.filter(pk=kept.pk).update(merged_into=third)
    with refused("is_not_merged_into_itself"):
        model.objects.filter(pk=third.pk).update(merged_into=third)
    model.objects.filter(pk=third.pk).update(merged_into=kept)
    model.objects.filter(pk=twin.pk).update(merged_into=None)  # and it can be undone


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()
