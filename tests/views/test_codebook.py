"""The code book: every code there is, and when it is used."""

import pytest

from negotiations.domain.codebook import get_codebook
from negotiations.models.contradictions import ContradictionKind, ContradictionState
from negotiations.models.evidence import Bearing
from negotiations.models.fields import Precision
from negotiations.models.outlets import Reliability
from negotiations.models.quotes import Basis, Credibility
from negotiations.models.stances import Cause, Code, Confidence
from tests.views.looking import look, words


@pytest.mark.django_db
def test_anybody_finds_every_code_with_its_words(client):
    page = look(client, "/codebook/")
    said = words(page)
    for choices in (Code, Confidence, Cause, Bearing, Basis, Precision, ContradictionKind, ContradictionState):
        for choice in choices:
            assert f"{choice.label} | ".lower() in said.lower(), choice
            assert f"<code>{choice.value}</code>" in page.content.decode(), choice
    for mark in (*Reliability, *Credibility):
        assert f"{mark.value} | {mark.label.split(' · ')[1].capitalize()}" in said, mark


def test_values_stand_on_the_scale_and_nowhere_else():
    book = get_codebook()
    assert [(e.code, e.value) for e in book.scale] == [
        ("champions", "+2"),
        ("supports", "+1"),
        ("neutral", "0"),
        ("opposes", "−1"),
        ("rejects", "−2"),
    ]
    assert [e.code for e in book.off_scale] == ["ambiguous", "silent", "unknown"]


def test_causes_say_whether_they_replace():
    adding = [entry.code for entry in get_codebook().causes if not entry.replaces]
    assert adding == ["first", "moved", "learned"]


@pytest.mark.django_db
def test_it_asks_the_database_nothing_for_somebody_who_has_not_signed_in(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        look(client, "/codebook/")
