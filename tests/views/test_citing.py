"""Citing by links and forms alone: from a paragraph's number to a mark in the text."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest

from negotiations.models import Change, Quote
from tests import factories as make
from tests.pages import filled_in, read
from tests.views.cell_pages import HTMX, errors, page
from tests.views.looking import links, look, questions, words

REPORT = "/n/paris/sources/summit-report/"
CITE = REPORT + "cite"
TEXT = (
    "The minister said: “We will not go.”\r\nHe repeated it.\r\n\r\nHer colleague 🕊 agreed. We wait, he said. "
    "We wait, she said.\n\nA third paragraph: we wait."
)


@pytest.fixture
def paragraphs(world):
    """Another source, with a text of three paragraphs."""
    source = make.SourceFactory(
        negotiation=world.negotiation, slug="three", title="Three paragraphs", published_on=date(2026, 1, 7)
    )
    return make.SnapshotFactory(source=source, text=TEXT)


THREE = "/n/paris/sources/three/"


def form(client, address=CITE):
    return page(client, address).find("form", action=address.partition("?")[0])


def typed(client, address=CITE, **values: Any) -> dict[str, Any]:
    return {**filled_in(form(client, address)), **values}


def send(client, data, address=CITE, **headers):
    return client.post(address.partition("?")[0], data, headers=headers)


def counts():
    return Quote.objects.count(), Change.objects.count()


def refused(client, data, address=CITE, status=422):
    """What the answer says where nothing is cited; whatever was typed is kept."""
    before = counts()
    response = send(client, data, address)
    assert response.status_code == status
    assert counts() == before
    again = filled_in(read(response).find("form", action=address.partition("?")[0]))
    for name in ("passage", "through", "said_on", "speaker", "party"):
        assert again[name] == ([data[name]] if isinstance(data[name], str) else data[name]), name
    return errors(read(response))


def test_from_a_paragraphs_number_to_a_new_mark(world, analyst_client):
    text = page(analyst_client, REPORT)
    number = text.find("div", "para").find("a", "no")
    opened = number["href"]
    assert opened == f"{CITE}?text=1&paragraph=1"
    shown = form(analyst_client, opened)
    assert shown.find("blockquote", "context").text.startswith("The French president said")
    data = filled_in(shown, passage="a contribution", party="germany", basis="reported", through="the chancellor")
    response = send(analyst_client, data)
    assert response.status_code == 302
    quote = Quote.objects.latest("pk")
    assert (quote.exact, quote.party, quote.basis, quote.through) == (
        "a contribution", world.germany, "reported", "the chancellor",
    )  # fmt: skip
    assert response["Location"] == f"{REPORT}?text=1&after={quote.slug}#q-{quote.slug}"
    after = page(analyst_client, response["Location"])
    assert after.has("mark", id=f"q-{quote.slug}")
    assert after.find("div", "messages").text == "The passage is cited."


def test_a_typed_passage_is_stored_as_it_stands_in_the_text(paragraphs, analyst_client):
    data = typed(analyst_client, f"{THREE}cite?paragraph=1", passage='said: "We will not go."\nHe', basis="own_words")
    assert send(analyst_client, data, f"{THREE}cite").status_code == 302
    quote = Quote.objects.latest("pk")
    assert quote.exact == "said: “We will not go.”\r\nHe" == TEXT[quote.start : quote.end]


def test_words_that_do_not_stand_there_are_refused_and_kept(paragraphs, analyst_client):
    address = f"{THREE}cite?paragraph=1"
    said = refused(analyst_client, typed(analyst_client, address, passage="We will go", basis="office"), address)
    assert "These words do not stand in paragraph 1, nor anywhere else in this text." in said
    said = refused(analyst_client, typed(analyst_client, address, passage="The minister said: We will go."), address)
    assert "nor anywhere else in this text. Paragraph 1 says: “The minister said: “We will not go”." in said
    said = refused(analyst_client, typed(analyst_client, address, passage="agreed", basis="office"), address)
    assert "These words do not stand in paragraph 1, but in 2." in said
    said = refused(analyst_client, typed(analyst_client, address, passage="agreed", paragraph="9"), address)
    assert "The text has no paragraph 9; it has 3." in said
    for odd in ("²", "x", "-1", "9" * 30):
        refused(analyst_client, typed(analyst_client, address, passage="agreed", paragraph=odd), address)
    said = refused(analyst_client, typed(analyst_client, address, passage="Nothing", paragraph=""), address)
    assert "These words do not stand in the text. Copy them from there." in said


def test_words_that_stand_in_several_places_are_asked_for_never_guessed(paragraphs, analyst_client):
    address = f"{THREE}cite?paragraph=2"
    data = typed(analyst_client, address, passage="We wait", basis="own_words")
    before = counts()
    response = send(analyst_client, data, address)
    assert (response.status_code, counts()) == (422, before)
    asked = read(response)
    assert "These words stand in 2 places. Choose one of them." in errors(asked)
    first, second = asked.find("fieldset", "places").all("label")
    assert "agreed. We wait, he said." in first.text and "he said. We wait, she said." in second.text
    assert not [radio for radio in asked.all("input", name="place") if "checked" in radio]
    chosen = filled_in(asked.find("form", action=f"{THREE}cite"), place=second.find("input")["value"])
    assert send(analyst_client, chosen, address).status_code == 302
    assert Quote.objects.latest("pk").start == TEXT.index("We wait, she")


def test_without_a_paragraph_the_whole_text_is_searched(paragraphs, analyst_client):
    data = typed(analyst_client, f"{THREE}cite", passage="A third", basis="own_words")
    assert send(analyst_client, data, f"{THREE}cite").status_code == 302


def test_a_selection_comes_with_its_place(paragraphs, analyst_client):
    start = TEXT.index("🕊")
    address = f"{THREE}cite?text=1&start={start}&end={start + len('🕊 agreed. We wait')}"
    shown = form(analyst_client, address)
    assert shown.find("textarea", name="passage").text == "🕊 agreed. We wait"
    assert shown.find("input", name="paragraph")["value"] == "2"
    assert send(analyst_client, filled_in(shown, basis="reported"), address).status_code == 302
    assert (quote := Quote.objects.latest("pk")).exact == "🕊 agreed. We wait" == TEXT[quote.start : quote.end]


def test_a_selection_over_paragraphs_is_cited_as_one(paragraphs, analyst_client):
    start, end = TEXT.index("He repeated"), TEXT.index(" agreed")
    shown = form(analyst_client, f"{THREE}cite?start={start}&end={end}")
    assert send(analyst_client, filled_in(shown, basis="reported"), f"{THREE}cite").status_code == 302
    assert Quote.objects.latest("pk").exact == "He repeated it.\r\n\r\nHer colleague 🕊"


def test_a_place_that_does_not_fit_the_words_is_not_believed(paragraphs, analyst_client):
    data = typed(analyst_client, f"{THREE}cite", passage="A third", basis="own_words")
    for place in ("0-7", "99999-999999", "-", "a-b", "7-3", "1-2-3"):
        send(analyst_client, data | {"place": place}, f"{THREE}cite")
    assert [quote.exact for quote in paragraphs.quotes.all()] == ["A third"]


@pytest.mark.parametrize("query", ["start=5&end=2", "start=0&end=99999", "start=x&end=3", "start=-1&end=3",
                                   "paragraph=one", "text=one", f"start=0&end={'9' * 5000}"])  # fmt: skip
def test_damaged_addresses_are_said_to_be_so(world, analyst_client, query):
    assert analyst_client.get(f"{CITE}?{query}").status_code == 400


def test_a_text_that_is_not_there_is_not_found(world, analyst_client):
    assert analyst_client.get(f"{CITE}?text=7").status_code == 404
    assert analyst_client.get("/n/paris/sources/none/cite").status_code == 404


def test_the_source_offers_by_when_it_was_said(paragraphs, analyst_client):
    shown = filled_in(form(analyst_client, f"{THREE}cite?paragraph=1"))
    assert (shown["said_on"], shown["precision"]) == (["2026-01-07"], ["by"])


def test_the_next_citation_is_offered_what_the_last_one_said(world, analyst_client):
    data = typed(
        analyst_client, passage="after the talks", speaker="president", basis="own_words", through="an aide",
        said_on="2026-01-06", precision="day", cell=["france:2", "germany:2"],
    )  # fmt: skip
    back = send(analyst_client, data)["Location"]
    assert back.startswith(f"{REPORT}quotes/france-after-the-talks/weigh?cell=france%3A2&cell=germany%3A2")
    back = page(analyst_client, back).find("p", "crumb").find("a")["href"]
    number = page(analyst_client, back).find("a", "no")["href"]
    offered = filled_in(form(analyst_client, number))
    assert offered["speaker"] == ["president"] and offered["party"] == [""], "another speaker brings another party"
    assert (offered["basis"], offered["through"]) == (["own_words"], ["an aide"])
    assert (offered["said_on"], offered["precision"]) == (["2026-01-06"], ["day"])
    assert offered["cell"] == ["france:2", "germany:2"]
    assert offered["passage"] == [""]


def test_a_cell_in_the_address_is_checked_and_one_that_is_not_there_is_left_out(world, analyst_client):
    shown = filled_in(form(analyst_client, f"{CITE}?cell=germany:2&cell=nowhere:2&cell=france:99&cell=x"))
    assert shown["cell"] == ["germany:2"]


def test_every_field_says_what_is_wrong_with_it(world, analyst_client):
    data = typed(analyst_client, passage="after the talks", basis="own_words")
    wrong = {
        "basis": ("", "Say how these words are theirs."),
        "passage": ("", "Type or paste the words that you cite."),
        "said_on": ("soon", "Write the day like 2026-01-06."),
        "credibility": ("3", "Say why the claim has this credibility."),
        "reason": ("For no reason", "Choose the credibility that you give the reason for."),
        "cell": (["mars:1"], "There is no such cell here: mars:1."),
        "through": ("a\x07b", "control character"),
    }
    for name, (value, sentence) in wrong.items():
        assert sentence in refused(analyst_client, data | {name: value}), name
    for damaged in ("a\x00b", "a\x07b"):
        assert (
            "characters are not" in (said := refused(analyst_client, data | {"passage": damaged})) or "control" in said
        )
    many = [f"{p}:{n}" for p in ("france", "germany", "russia") for n in range(1, 9)]
    for n in range(3, 9):
        make.PriorityFactory(negotiation=world.negotiation, number=n)
    assert "Choose at most 20 cells" in refused(analyst_client, data | {"cell": many})


def test_the_same_words_again_lead_to_the_quote_there_is(world, analyst_client):
    data = typed(analyst_client, passage="we will send them", basis="own_words")
    before = counts()
    response = send(analyst_client, data)
    assert (response.status_code, counts()) == (422, before)
    assert "These words are cited already." in errors(read(response))
    assert f"{REPORT}#q-france-send" in links(response)


def test_TXT15_half_a_character_stands_nowhere(paragraphs, analyst_client):
    data = typed(analyst_client, f"{THREE}cite", basis="own_words")
    body = urlencode(data | {"passage": "PASSAGE"}, doseq=True).replace("PASSAGE", "%ED%A0%BD")
    before = counts()
    response = analyst_client.post(f"{THREE}cite", body, content_type="application/x-www-form-urlencoded")
    assert (response.status_code, counts()) == (422, before)


def test_sent_twice_it_is_cited_once_and_answered_the_same(world, analyst_client):
    data = typed(analyst_client, passage="after the talks", basis="own_words", cell=["germany:2"])
    first = send(analyst_client, data)
    before = counts()
    assert send(analyst_client, data)["Location"] == first["Location"]
    assert counts() == before
    response = send(analyst_client, data | {"passage": "From Moscow"})
    assert (response.status_code, counts()) == (409, before)
    again = filled_in(read(response).find("form", action=CITE))
    assert again["key"] != data["key"], "what was typed may be sent as an act of its own"
    assert send(analyst_client, again).status_code == 302


def test_what_cannot_be_cited_says_why(world, analyst_client):
    make.SourceGradingFactory(source=world.source, status="retracted", reason="The outlet took it back.")
    shown = page(analyst_client, CITE)
    assert "Nothing can be cited from here. This source is retracted" in shown.text
    assert not shown.find("main").has("form")
    assert send(analyst_client, {"text": "1", "passage": "after the talks"}).status_code == 422


def test_a_source_that_is_new_says_that_it_does_not_count_yet(paragraphs, analyst_client):
    make.SourceFactory(negotiation=paragraphs.negotiation, slug="fresh")
    make.SnapshotFactory(source=make.SourceFactory(negotiation=paragraphs.negotiation, slug="freshest"))
    said = page(analyst_client, "/n/paris/sources/freshest/cite").text
    assert "does not count until a curator accepts it" in said
    assert "has no text yet" in read(analyst_client.get("/n/paris/sources/fresh/cite")).text


def test_readers_are_offered_no_citing(world, reader_client):
    assert page(reader_client, REPORT).find("a", "no")["href"] == "#p1"
    assert reader_client.get(CITE).status_code == 403
    assert reader_client.post(CITE, {}).status_code == 403


def test_with_htmx_the_form_comes_alone_and_saving_leads_on(world, analyst_client):
    response = analyst_client.get(CITE, headers=HTMX)
    part = read(response)
    assert not part.has("title") and part.has("form", action=CITE)
    data = filled_in(part.find("form"), passage="nowhere to be found")
    assert not read(send(analyst_client, data, **HTMX)).has("title")
    response = send(analyst_client, data | {"passage": "after the talks", "basis": "own_words"}, **HTMX)
    assert response["HX-Redirect"].startswith(f"{REPORT}?text=1&after=")


def test_what_a_document_says_is_shown_and_never_run(world, analyst_client):
    text = "<script>alert(1)</script> </textarea><img src=x onerror=alert(2)> {{ 7 }}\n\nagain </textarea><img src=x"
    source = make.SourceFactory(negotiation=world.negotiation, slug="bad")
    make.SnapshotFactory(source=source, text=text)
    address = f"/n/paris/sources/bad/cite?start=0&end={len(text)}"
    shown = analyst_client.get(address).content.decode()
    assert "<script>alert" not in shown and "<img src" not in shown
    twice = typed(analyst_client, address, passage="</textarea><img src=x", place="", paragraph="", basis="office")
    response = send(analyst_client, twice, address)
    assert response.status_code == 422 and "<img src" not in response.content.decode()
    assert read(response).find("textarea", name="passage").raw.strip() == "</textarea><img src=x"


def test_the_form_asks_as_much_for_thirty_as_for_three(world, analyst_client):
    few = questions(analyst_client, f"{CITE}?after=france-send")
    for n in range(27):
        party = make.PartyFactory(negotiation=world.negotiation)
        make.PersonFactory(party=party)
        make.QuoteFactory(snapshot=world.snapshot, exact=world.snapshot.text[n : n + 20])
    assert questions(analyst_client, f"{CITE}?after=france-send") == few <= 9
    assert "Cite a passage" in words(look(analyst_client, CITE))
