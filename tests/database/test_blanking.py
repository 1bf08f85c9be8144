"""What must go by law: the statements of the guide for operators blank every copy, and search forgets it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import F

from negotiations.database.roles import as_owner
from negotiations.domain.snapshots import File, add_text
from negotiations.models import Anchoring, Change, Original, Quote, SearchEntry, Snapshot
from negotiations.models.sources import SnapshotKind
from tests import factories as make
from tests.sql import ask, refused, run
from tests.views.looking import look, words

pytestmark = pytest.mark.django_db(transaction=True)

GUIDE = Path(settings.BASE_DIR) / "docs" / "guide" / "operators.md"
TABLES = ("snapshot", "quote", "anchoring", "original")


@pytest.fixture
def twice(world, analyst):
    """The source has a second text, from a file, in which all quotes stand too. Another source is left alone."""
    text = f"Corrected.\n\n{world.snapshot.text}"
    file = File("mail.txt", "text/plain", text.encode())
    add_text(world.source, text, kind=SnapshotKind.FULL, file=file, by=analyst)
    make.SnapshotFactory(source=make.SourceFactory(negotiation=world.negotiation, slug="other"), text="Others ate.")
    return world


def blank(numbers="1, 2"):
    [statements] = re.findall(r"```sql\n(BEGIN.*?COMMIT;)\n```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    told = {"NEGOTIATION": "paris", "SOURCE": "summit-report", "(1)": f"({numbers})", "REASON": "A court said so."}
    for placeholder, value in told.items():
        assert placeholder in statements
        statements = statements.replace(placeholder, value)
    with as_owner():
        run(statements)


def copies():
    """Everything that is kept of the source's words, as one text."""
    of_source = {"snapshot__source__slug": "summit-report"}
    kept = [
        *Snapshot.objects.filter(source__slug="summit-report").values_list("text"),
        *Quote.objects.filter(**of_source).values_list("exact", "prefix", "suffix"),
        *Anchoring.objects.filter(**of_source).values_list("found"),
        *SearchEntry.objects.filter(kind__in=["passage", "quote"]).exclude(words="Others ate.").values_list("words"),
    ]
    files = Original.objects.filter(**of_source).values_list("content", flat=True)
    return "\n".join([*(word for row in kept for word in row), *(bytes(file).decode() for file in files)])


def test_no_copy_of_the_words_is_left_and_nothing_else_is_touched(twice):
    assert copies().count("neighbouring") >= 6  # the control: two texts, quote, anchoring, file, search
    places = list(Quote.objects.values_list("pk", "start", "end"))
    blank()
    assert not re.findall(r"[^\W\d_]+", copies().replace("blanked", ""))
    assert list(Quote.objects.values_list("pk", "start", "end")) == places
    assert Snapshot.objects.get(source__slug="other").text == "Others ate."
    told = Change.objects.filter(negotiation=twice.negotiation).latest("revision")
    assert (told.verb, told.what, told.why) == ("blanked", "text of source summit-report", "A court said so.")


def test_quotes_still_stand_in_their_texts(twice):
    blank()
    for quote in Quote.objects.annotate(whole=F("snapshot__text")):
        assert quote.whole[quote.start : quote.end] == quote.exact


def test_search_finds_it_no_more(twice, reader_client):
    address = "/n/paris/search/?q=neighbouring"
    assert "in neighbouring countries" in words(look(reader_client, address))
    blank()
    assert "in neighbouring countries" not in words(look(reader_client, address))


def test_what_search_holds_is_what_it_would_if_made_anew(twice):
    blank("1")
    columns = 'kind, "row", paragraph, start, language, day, words'
    assert ask(
        f"SELECT {columns} FROM negotiations_searchable EXCEPT SELECT {columns} FROM negotiations_searchentry"
    ) == []  # fmt: skip
    assert ask(
        f"SELECT {columns} FROM negotiations_searchentry EXCEPT SELECT {columns} FROM negotiations_searchable"
    ) == []  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_the_guards_are_on_again(twice, table):
    blank()
    with as_owner(), refused("only grows"):
        run(f"DELETE FROM negotiations_{table}")
