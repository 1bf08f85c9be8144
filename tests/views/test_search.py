"""The search page: what it says before, while and after looking for something, and where its hits lead."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from negotiations.models import Negotiation
from tests import factories as make
from tests.pages import read
from tests.stories import record

from .looking import links, look, words

pytestmark = pytest.mark.django_db

SEARCH = "/n/paris/search/"


def hits(response) -> list[str]:
    return [hit.text for hit in read(response).all("li", "hit")]


def test_before_anything_is_asked_the_page_tells_what_can_be(world, reader_client):
    said = words(look(reader_client, SEARCH))
    assert "texts of its sources, quotes, the rationales of all stances, commitments" in said
    assert '"security guarantees"' in said and "France | a party or person, in all spellings" in said


def test_the_field_keeps_what_was_typed(world, reader_client):
    page = read(look(reader_client, SEARCH, q='"<script>alert(1)</script>'))
    assert page.find("input", id="q")["value"] == '"<script>alert(1)</script>'


def test_a_passage_leads_to_its_paragraph(world, reader_client):
    make.SnapshotFactory(source=world.source, text="First.\n\nAn umbrella.")
    response = look(reader_client, SEARCH, q="umbrellas")
    assert hits(response)[0].startswith("Passage After the summit, paragraph 2 An umbrella.")
    assert "/n/paris/sources/summit-report/?text=2&from=2#p2" in links(response)
    reading = look(reader_client, "/n/paris/sources/summit-report/?text=2")
    assert read(reading).find("div", id="p2").find("p").text == "An umbrella."


def test_a_quote_leads_to_its_mark(world, reader_client):
    response = look(reader_client, SEARCH, q="send", kind="quote")
    assert "/n/paris/sources/summit-report/#q-france-send" in links(response)
    assert hits(response) == [
        "Quote The President, France we will send them said on an unknown day in After the summit"
    ]
    assert read(look(reader_client, "/n/paris/sources/summit-report/")).has("mark", id="q-france-send")


def test_a_rationale_leads_to_its_record_and_says_whether_it_stands(world, reader_client, analyst):
    cell = (world, world.france, world.force)
    record(*cell, by=analyst, code="supports", rationale="An umbrella.", evidence=[world.send])
    record(*cell, by=analyst, cause="corrected", replaces=1, code="rejects", rationale="No umbrella.",
           evidence=[world.send])  # fmt: skip
    response = look(reader_client, SEARCH, q="umbrella", order="newest")
    first, second = hits(response)
    assert "France × 2 Deploy a force No umbrella. Rejects stands today held from 6 January 2026" in first
    assert "An umbrella. Supports replaced by stance 2" in second
    assert "/n/paris/positions/france/2/#stance-1" in links(response)
    assert read(look(reader_client, "/n/paris/positions/france/2/")).has("li", id="stance-1")


def test_a_commitment_leads_to_its_page(world, reader_client):
    commitment = make.CommitmentFactory(party=world.france, slug="tents", text="Lends umbrellas.")
    make.CommitmentEventFactory(commitment=commitment, on=date(2026, 1, 6), quote=world.send)
    response = look(reader_client, SEARCH, q="umbrella")
    assert "/n/paris/commitments/tents/" in links(response)
    assert hits(response) == ["Commitment France Lends umbrellas. 6 January 2026"]


def test_what_others_wrote_is_shown_as_text(world, reader_client):
    evil = "<script>alert(1)</script> {{ 7|add:7 }} <mark>umbrella</mark> & “umbrella”"
    make.SnapshotFactory(source=world.source, text=evil)
    page = read(look(reader_client, SEARCH, q="umbrella"))
    shown = page.find("li", "hit").find("p", "words")
    assert shown.raw == evil
    assert [mark.raw for mark in shown.all("mark")] == ["umbrella", "umbrella"]
    assert not shown.has("script")


def test_hits_are_given_in_the_language_of_their_text(world, reader_client):
    make.SnapshotFactory(source=world.source, text="Парасолька", language="uk")
    shown = read(look(reader_client, SEARCH, q="парасолька")).find("p", "words")
    assert shown["lang"] == "uk"


def test_the_kinds_are_counted_and_can_be_chosen(world, reader_client):
    response = look(reader_client, SEARCH, q="send", party="france")
    tabs = read(response).find("ul", "tabs")
    assert [tab.text for tab in tabs.all("li")] == ["Everything 1", "Quotes 1"]
    assert "?q=send&party=france&kind=quote" in links(response)
    chosen = read(look(reader_client, SEARCH, q="send", kind="quote")).find("ul", "tabs")
    assert [tab.text for tab in chosen.all("li")] == ["Everything 2", "Passages 1", "Quotes 1"]
    assert chosen.find("a", **{"aria-current": "true"}).text == "Quotes 1"


def test_pages_lead_on_and_keep_what_was_asked(world, reader_client):
    make.SnapshotFactory(source=world.source, text="\n\n".join(f"umbrella {n}" for n in range(41)))
    response = look(reader_client, SEARCH, q="umbrella", order="newest", page="2")
    assert "21 to 40 of 41, the newest first" in words(response)
    assert {"?q=umbrella&order=newest&page=1", "?q=umbrella&order=newest&page=3"} <= links(response)
    assert read(response).find("ol", "hits")["start"] == "21"


def test_more_than_a_thousand_hits_are_said_to_be_more(world, reader_client):
    make.SnapshotFactory(source=world.source, text="\n\n".join(["umbrella"] * 1001))
    response = look(reader_client, SEARCH, q="umbrella")
    assert "There are more than 1,000 hits. The newest 1,000 of them are counted, ranked and shown" in words(response)
    assert "Everything 1,000+" in words(response) and "Passages 1,000+" in words(response)


def test_nothing_found_offers_to_look_without_filters(world, reader_client):
    response = look(reader_client, SEARCH, q="send", status="rejected")
    assert "Nothing found" in words(response) and "?q=send" in links(response)
    plain = look(reader_client, SEARCH, q="umbrella")
    assert "Fewer words" in words(plain) and "Look without filters" not in words(plain)


def test_nothing_found_for_a_misspelt_name_offers_the_name(world, reader_client):
    response = look(reader_client, SEARCH, q="Germnay")
    assert "Did you mean Germany?" in words(response) and "?q=Germany" in links(response)


def test_other_spellings_are_told(world, reader_client):
    make.PersonFactory(party=world.france, name="Émile Zola", aliases=["Emil Sola"])
    assert "Also looked for: Emil Sola" in words(look(reader_client, SEARCH, q="Émile Zola"))


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ({"q": "x" * 301}, "q", "at most 300 characters"),
        ({"q": "-x"}, "q", "Say also what to look for"),
        ({"q": "send", "from": "soon"}, "from", "Write the day like 2026-01-06."),
        ({"q": "send", "from": "2026-01-06", "to": "2026-01-05"}, "to", "before the first one"),
    ],
)
def test_what_can_not_be_answered_is_said_at_its_place(world, reader_client, query, field, sentence):
    response = reader_client.get(SEARCH, query)
    assert response.status_code == 422
    page = read(response)
    wrong = page.find("input", name=field)
    assert wrong["value"] == query[field]
    assert sentence in page.find("li", id=wrong["aria-describedby"]).text


def test_TXT01_a_nul_is_refused(world, reader_client):
    assert reader_client.get(SEARCH, {"q": "a\0b"}).status_code == 400
    assert reader_client.get(SEARCH, {"q": "a", "party": "\0"}).status_code == 400


def test_damaged_addresses_are_no_error(world, reader_client):
    for query in ("q=%ff%fe", "q=%ed%a0%80", "q=send&page=-1", "q=send&kind=%F0%9F%95%8A", "q[]=x", "q=a&q=send"):
        assert reader_client.get(f"{SEARCH}?{query}").status_code in (200, 422), query


def test_htmx_gets_the_results_alone(world, reader_client):
    response = reader_client.get(SEARCH, {"q": "send"}, headers={"HX-Request": "true"})
    assert "<form" not in response.content.decode() and "<main" not in response.content.decode()
    assert len(hits(response)) == 2


def test_the_page_asks_no_more_however_much_there_is(world, reader_client, analyst):
    def questions(**query: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            look(reader_client, SEARCH, q="send", **query)
        return len(asked)

    few, of_a_kind = questions(), questions(kind="quote")
    for n in range(30):
        snapshot = make.SnapshotFactory(source=make.SourceFactory(negotiation=world.negotiation), text=f"send {n}")
        make.QuoteFactory(snapshot=snapshot, exact="send", party=make.PartyFactory(negotiation=world.negotiation))
        make.PersonFactory(party=world.france)
    assert questions(order="newest") == few < 20
    assert questions() <= few
    assert questions(kind="quote") == of_a_kind


def test_AUTH03_what_is_hidden_is_in_no_count(world, reader_client, outsider_client):
    elsewhere = make.NegotiationFactory(slug="elsewhere")
    make.SnapshotFactory(source=make.SourceFactory(negotiation=elsewhere, title="Umbrella"), text="umbrella")
    response = look(reader_client, SEARCH, q="umbrella")
    assert hits(response) == [] and "Everything 0" in words(response)
    for address in (SEARCH, "/n/elsewhere/search/"):
        assert outsider_client.get(address, {"q": "umbrella"}).status_code == 404


def test_every_page_of_a_negotiation_has_the_field_and_no_other_page(world, reader_client):
    Negotiation.objects.filter(pk=world.negotiation.pk).update(name='Paris "talks"')
    bar = read(look(reader_client, "/n/paris/sources/")).find("header", "bar")
    form = bar.find("form", "find")
    assert form["action"] == SEARCH and form.find("input")["name"] == "q"
    assert form.find("label").text == 'Search Paris "talks"'
    assert not read(look(reader_client, "/")).has("form", "find")
    assert not read(look(reader_client, SEARCH)).find("header", "bar").has("form", "find"), "the page has its own"
