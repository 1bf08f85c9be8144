"""What search looks through follows whatever is written, however it is written, and nobody else may write to it."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from negotiations.database.roles import as_owner
from negotiations.models import Commitment, Contradiction, Question, SearchEntry, Source
from negotiations.texts import marking, words
from tests import factories as make
from tests.browser.paris import SEED
from tests.sql import ask, refused, run
from tests.stories import record

pytestmark = pytest.mark.django_db

COLUMNS = 'negotiation_id, kind, "row", source, paragraph, start, language, day, words'
AMISS = f"""
(SELECT {COLUMNS} FROM negotiations_searchable EXCEPT ALL SELECT {COLUMNS} FROM negotiations_searchentry)
UNION ALL
(SELECT {COLUMNS} FROM negotiations_searchentry EXCEPT ALL SELECT {COLUMNS} FROM negotiations_searchable)
"""


def entries(kind: str, **fields: object) -> list[tuple]:
    found = SearchEntry.objects.filter(kind=kind, **fields).order_by("row", "start")
    return list(found.values_list("words", "day", "language"))


def all_is_there() -> bool:
    """The copy holds what it would if it were made anew. A control: there is something in it."""
    assert SearchEntry.objects.exists()
    return ask(AMISS) == []


def test_the_seed_can_be_searched_as_soon_as_it_is_loaded():
    call_command("load_dossier", str(SEED), verbosity=0)
    assert all_is_there()
    kinds = dict(ask("SELECT kind, count(*) FROM negotiations_searchentry GROUP BY kind"))
    assert kinds["passage"] > 20 and kinds["quote"] > 40 and kinds["stance"] > 40 and kinds["commitment"] > 5


def test_whatever_is_written_is_searchable(world, analyst):
    record(world, world.france, world.force, by=analyst, rationale="Because.", conditions="If.", limits="But.",
           evidence=[world.send])  # fmt: skip
    commitment = make.CommitmentFactory(party=world.france, text="Trains.", conditions="If asked")
    make.CommitmentEventFactory(commitment=commitment, on=date(2026, 1, 7), quote=world.send)
    contradiction = make.ContradictionFactory(negotiation=world.negotiation, title="How many")
    make.ContradictionSideFactory(contradiction=contradiction, says="Thirty-five")
    make.QuestionFactory(negotiation=world.negotiation, text="Who pays?", whom="The minister")
    assert entries("stance") == [("Because.\nIf.\nBut.", date(2026, 1, 6), "en")]
    assert entries("commitment") == [("Trains.\nIf asked", date(2026, 1, 7), "en")]
    assert [told.split("\n")[-1] for told, *_ in entries("contradiction")] == ["Thirty-five"]
    assert entries("question") == [("Who pays?\nThe minister", None, "en")]
    assert all_is_there()


def test_whatever_is_edited_is_followed(world):
    commitment = make.CommitmentFactory(party=world.france)
    contradiction = make.ContradictionFactory(negotiation=world.negotiation)
    question = make.QuestionFactory(negotiation=world.negotiation)
    make.SnapshotFactory(source=world.source, language="", text="One.\n\nTwo.")
    Commitment.objects.filter(pk=commitment.pk).update(text="Lends tents.")
    Contradiction.objects.filter(pk=contradiction.pk).update(title="Tents or huts")
    Question.objects.filter(pk=question.pk).update(text="Whose tents?")
    Source.objects.filter(pk=world.source.pk).update(
        title="Tents", description="Of tents.", language="fr", published_on=date(2026, 1, 2)
    )
    assert entries("source", row=world.source.pk) == [("Tents\nOf tents.", date(2026, 1, 2), "fr")]
    assert {(day, language) for _, day, language in entries("passage", source=world.source.pk)} == {
        (date(2026, 1, 2), "en"), (date(2026, 1, 2), "fr"),
    }  # fmt: skip
    assert {day for _, day, _ in entries("quote", source=world.source.pk)} == {date(2026, 1, 2)}
    assert all_is_there()


def test_rows_that_come_by_raw_sql_and_by_the_dozen_are_followed(world):
    talks = world.negotiation
    taken = make.change(talks)
    run(
        "INSERT INTO negotiations_snapshot (negotiation_id, revision, source_id, number, kind, language, text, sha256)"
        " SELECT %s, %s, %s, n, 'full', 'de', 'Absatz ' || n || E'\\n\\nEnde',"
        " encode(sha256(convert_to('Absatz ' || n || E'\\n\\nEnde', 'UTF8')), 'hex') FROM generate_series(2, 40) n",
        talks.pk, taken.revision, world.source.pk,
    )  # fmt: skip
    assert SearchEntry.objects.filter(kind="passage", language="de").count() == 78
    run("UPDATE negotiations_source SET language = 'sv', title = title || '!'")
    assert all_is_there()


def test_an_edit_that_changes_nothing_here_writes_nothing(world):
    before = ask("SELECT id, xmin FROM negotiations_searchentry ORDER BY id")
    Source.objects.filter(pk=world.source.pk).update(url="https://example.org/", status="rejected")
    assert ask("SELECT id, xmin FROM negotiations_searchentry ORDER BY id") == before


@pytest.mark.skipif(not settings.DATABASE_OWNER, reason="needs two roles")
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO negotiations_searchentry (negotiation_id, kind, row, words) SELECT id, 'quote', 1, 'x'"
        " FROM negotiations_negotiation",
        "UPDATE negotiations_searchentry SET words = ''",
        "DELETE FROM negotiations_searchentry",
        "SELECT search_rebuild()",
        "SELECT search_again('source', ARRAY[1::bigint])",
        "CREATE TEMP TABLE mine (id int); CREATE TRIGGER mine AFTER INSERT ON mine REFERENCING NEW TABLE AS added"
        " FOR EACH STATEMENT EXECUTE FUNCTION search_has_stance()",
    ],
)
def test_the_app_only_reads_it(world, statement):
    with refused("permission denied"):
        run(statement)


@pytest.mark.django_db(transaction=True)
def test_what_triggers_would_miss_is_noticed_and_all_of_it_can_be_made_anew(world):
    with as_owner():
        run("DELETE FROM negotiations_searchentry WHERE kind = 'quote'")
        run("UPDATE negotiations_searchentry SET words = 'x' WHERE kind = 'source'")
        assert len(ask(AMISS)) == 5  # three quotes, and the source as it should be and as it is
    call_command("rebuild_search", verbosity=0)
    assert all_is_there()


# --- the same in the database and in Python ---------------------------------------------------------------------

BLANKS = ["\n", "\n\n", " ", "\r\n", "\t", "\x0b", "\x1c", "\x85", "\xa0", "\u2028", "\u3000"]
PIECES = [*BLANKS, "\r", "\u200b", "\ufeff", "a", "é", "w" * 161]


def on_pages(text: str) -> list[tuple[int, int, str]]:
    """Number, place and words of each paragraph as pages have it."""
    lines = marking.as_lines(text)
    return [(n, start, lines[start:end]) for n, (start, end) in enumerate(marking.paragraphs(text), start=1)]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
def test_paragraphs_are_cut_as_pages_cut_them(db, text):
    assert ask("SELECT paragraph, start, words FROM search_passages(%s)", text) == on_pages(text)


@pytest.mark.parametrize(
    "long",
    [
        "word " * 4999 + "word",
        "x" * 25_000,
        "x" * 7_000 + " " + "x" * 25_000,
        "x" * 3_000 + " " + "x" * 25_000,
        "x" + " " * 25_000 + "x",
        "x\n" + "y" * 9_999 + "\n" + "z" * 9_998 + "\r" + "é" * 10_001,
        "é word " * 140_000,  # read by stretches
    ],
)
def test_a_paragraph_too_long_for_a_page_is_cut_as_pages_cut_it(db, long):
    for text in (long, f"Before.\n\n  {long} \n\nAfter."):
        cut = ask("SELECT paragraph, start, words FROM search_passages(%s)", text)
        assert cut == on_pages(text) and max(len(part) for _, _, part in cut) <= 10_000


@pytest.mark.parametrize("letter", ["x", "🕊", "a\u0301"])
def test_a_very_long_text_without_a_blank_is_taken(world, letter):
    make.SnapshotFactory(source=world.source, text=(letter * 300_000)[:300_000])
    assert SearchEntry.objects.filter(kind="passage", start__gt=0).count() == 29


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=500, deadline=None)
def test_what_parts_words_parts_them_alike(db, text):
    [(spaced,)] = ask("SELECT search_words(%s)", text)
    here = [part for part in spaced.split(" ") if part]
    assert len(here) == len(list(words.words(text)))


SAMPLES = "Żelaźń ÆØÅ ß ẞ İı Łódź Đà Nẵng ﬁ ½ １２ Київ Ёлка Αθήνα हिन्दी تَشْكِيل שָׁלוֹם 停戦 가나 e\u0301 Ǆ ſ Ħħ þÞ"


def test_accents_are_taken_off_alike(db):
    for sample in SAMPLES.split(" "):
        assert ask("SELECT search_folded(%s)", sample) == [(words.folded(sample),)], sample


def test_every_language_has_its_stems(db):
    assert ask("SELECT search_config('de-AT')::text, search_config('EN')::text, search_config('tlh')::text") == [
        ("german", "english", "simple")
    ]
