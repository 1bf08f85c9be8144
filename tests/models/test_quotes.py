"""A quote is what stands in its text, to the character; a text is what its hash says."""

from __future__ import annotations

from hashlib import sha256

import pytest

from tests import factories
from tests.sql import ask, refused, run, without_guards

# An emoji, a letter made of two code points, a right-to-left word: places count code points, as Python does.
TEXT = "Il a dit : « 🇺🇦 Nous sommes prêts à agir 🕊, cafe\u0301 compris », puis שלום. Then no more was said."
NOT_THERE = "is not what stands at"


@pytest.fixture
def snapshot(db):
    return factories.SnapshotFactory(text=TEXT)


@pytest.mark.django_db
@pytest.mark.parametrize("exact", ["🇺🇦", "agir 🕊", "cafe\u0301", "שלום", "Il a", "said.", "\u0301", TEXT])
def test_the_database_counts_as_python_does(snapshot, exact):
    quote = factories.QuoteFactory(snapshot=snapshot, exact=exact)
    assert TEXT[quote.start : quote.end] == exact
    assert quote.prefix + quote.exact + quote.suffix in TEXT


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"exact": "nous sommes prêts", "start": 16, "end": 33},
        {"exact": "Nous sommes prets", "start": 16, "end": 33},
        {"exact": "Nous sommes prêts ", "start": 16, "end": 33},
        {"exact": "Nous sommes prêts", "start": 17, "end": 34},
        {"exact": "Nous sommes prêts", "start": 20, "end": 37},  # as UTF-16 would count
        {"exact": "Nous sommes prêts", "prefix": ""},
        {"exact": "Nous sommes prêts", "suffix": ""},
        {"exact": "Nous sommes prêts", "prefix": "Il a dit : « \U0001f1fa\U0001f1e6  "},
        {"exact": "caf\u00e9", "start": 42, "end": 46, "prefix": "", "suffix": ""},
        {"exact": "said.", "end": 10_000},
        {"exact": "", "start": 5, "end": 5},
    ],
)
def test_a_quote_that_isnt_there_is_refused(snapshot, wrong):
    known = {"start": 16, "end": 33} | wrong
    known |= {
        side: wrong.get(side, text)
        for side, text in {
            "prefix": TEXT[max(known["start"] - 32, 0) : known["start"]],
            "suffix": TEXT[known["end"] : known["end"] + 32],
        }.items()
    }
    with refused(NOT_THERE if wrong["exact"] else "quote_is_not_empty"):
        factories.QuoteFactory(snapshot=snapshot, **known)


@pytest.mark.django_db(transaction=True)
def test_without_the_trigger_a_false_quote_would_pass(snapshot):
    false = {"exact": "They agreed to all of it.", "start": 0, "end": 25, "prefix": "", "suffix": ""}
    with refused(NOT_THERE):
        factories.QuoteFactory(snapshot=snapshot, **false)
    with without_guards("negotiations_quote"):
        factories.QuoteFactory(snapshot=snapshot, **false)


@pytest.mark.django_db
def test_a_snapshots_hash_is_that_of_its_text(snapshot):
    assert snapshot.sha256 == sha256(TEXT.encode()).hexdigest()
    for wrong in ["0" * 64, sha256(TEXT.encode("utf-16")).hexdigest(), snapshot.sha256.upper(), ""]:
        with refused("snapshot_hash_is_right"):
            factories.SnapshotFactory(source=snapshot.source, text=TEXT, sha256=wrong)


@pytest.mark.django_db
def test_no_text_with_a_nul_is_taken(snapshot):
    with refused("cannot contain NUL"):
        factories.SnapshotFactory(source=snapshot.source, text="before\x00after")
    with refused("invalid byte sequence"):
        run("SELECT convert_from('\\x6100', 'UTF8')")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "{{ settings.SECRET_KEY }} {% load x %}",
        "&lt;b&gt; &amp;amp; \\u0000 %s %(x)s '); DROP TABLE negotiations_party; --",
        "line\r\nline\rline\n\n  spaces  \t\u00a0\u200b\ufeff",
        "\u202eright to left\u202c \ud7ff \ufffd \U0010ffff e\u0301 \u00e9",
        "=HYPERLINK(1) +1 -1 @x",
    ],
)
def test_texts_are_kept_as_they_came_byte_for_byte(text):
    snapshot = factories.SnapshotFactory(text=text)
    party = factories.PartyFactory(description=text, aliases=[text])
    quote = factories.QuoteFactory(snapshot=snapshot, exact=text)
    kept = ask(
        "SELECT convert_to(text, 'UTF8'), convert_to(description, 'UTF8'), convert_to(aliases[1], 'UTF8'),"
        " convert_to(exact, 'UTF8') FROM negotiations_snapshot s, negotiations_party p, negotiations_quote q"
        " WHERE s.id = %s AND p.id = %s AND q.id = %s",
        snapshot.pk,
        party.pk,
        quote.pk,
    )
    assert [bytes(value) for value in kept[0]] == [text.encode()] * 4


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"end": None}, {"start": None}, {"start": 9, "end": 9}])
def test_the_place_of_a_quote_in_a_later_text_is_whole_or_not_told(wrong):
    with refused("anchoring_span_is_whole"):
        factories.AnchoringFactory(**({"state": "ambiguous"} | wrong))
    with refused("anchoring_has_a_place"):
        factories.AnchoringFactory(start=None, end=None)
    factories.AnchoringFactory(state="gone", start=None, end=None, found="")
