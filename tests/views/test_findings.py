"""The page that finds evidence for a cell: what it shows to whom, and what its buttons do."""

from __future__ import annotations

from uuid import uuid4

import pytest

from negotiations.domain import findings, libraries
from negotiations.models import Change, PassageJudgement, Stance
from tests import factories as make
from tests.pages import filled_in, read
from tests.stories import record
from tests.views.cell_pages import CELL, EMPTY, HTMX, errors, form, page
from tests.views.looking import links, look, questions, words

FIND = CELL + "evidence"


@pytest.fixture
def talks(world):
    world.force.terms = ["troops", "contribution"]
    world.force.save()
    source = make.SourceFactory(negotiation=world.negotiation, slug="report", title="A report <b>", status="new")
    make.SnapshotFactory(source=source, text="It rained.\n\nGermany has <i>troops</i> to offer.", language="en")
    return world


def judged_form(client, button="Not relevant"):
    """The first form that has this button."""
    shown = page(client, FIND)
    return next(each for each in shown.all("form") if any(b.text == button for b in each.all("button")))


def send(client, data, htmx=False):
    return client.post(FIND, data, headers=HTMX if htmx else {})


def test_a_reader_sees_the_passages_and_nothing_to_do(talks, reader_client):
    shown = look(reader_client, FIND)
    text = words(shown)
    assert "Germany has <i>troops</i> to offer." in text
    assert "A report <b>, paragraph 2" in text and "source new" in text
    assert "2 texts searched, for 1 name and 2 terms" in text
    assert "Cite" not in text and "Not relevant" not in text and "Nothing found?" not in text
    assert "/n/paris/sources/report/?text=1&from=2#p2" in links(shown)


def test_names_and_terms_are_marked(talks, reader_client):
    found = page(reader_client, FIND)
    assert {mark.text for mark in found.all("mark", "named")} >= {"Germany"}
    assert {mark.text for mark in found.all("mark", "term")} >= {"troops"}


def test_an_analyst_is_one_step_from_citing(talks, analyst_client):
    address = "/n/paris/sources/report/cite?text=1&start=12&end=47&cell=germany:2"
    shown = look(analyst_client, FIND)
    assert address in links(shown)
    citing = look(analyst_client, address)
    assert "Germany has <i>troops</i> to offer." in words(citing)


def test_a_quote_of_another_cell_is_offered_to_be_weighed(talks, analyst, analyst_client):
    record(talks, talks.germany, talks.monitoring, by=analyst, evidence=[talks.neighbours])
    shown = look(analyst_client, FIND)
    assert "Quoted already, but not for this cell: “in neighbouring countries”" in words(shown)
    assert "/n/paris/sources/summit-report/quotes/germany-neighbours/weigh?cell=germany:2" in links(shown)


def test_not_relevant_sets_aside_and_take_back_undoes_it(talks, analyst_client):
    data = filled_in(judged_form(analyst_client)) | {"relevant": "no"}
    response = send(analyst_client, data)
    assert (response.status_code, response["Location"]) == (302, FIND)
    assert "Set aside 1" in words(look(analyst_client, FIND))
    again = filled_in(judged_form(analyst_client, "Take back")) | {"relevant": "yes"}
    send(analyst_client, again)
    assert "Set aside" not in words(look(analyst_client, FIND))
    assert [judgement.relevant for judgement in PassageJudgement.objects.all()] == [False, True]


def test_htmx_swaps_the_passage_for_an_undo(talks, analyst_client):
    data = filled_in(judged_form(analyst_client)) | {"relevant": "no"}
    answer = read(send(analyst_client, data, htmx=True))
    assert answer.find("p", role="status").text == "Set aside."
    undo = filled_in(answer.find("form")) | {"relevant": "yes"}
    assert undo["key"] != data["key"] and undo["place"] == data["place"]
    assert "Taken back" in read(send(analyst_client, undo, htmx=True)).find("p", role="status").text


def test_sent_twice_it_is_done_once(talks, analyst_client):
    data = filled_in(judged_form(analyst_client)) | {"relevant": "no"}
    assert [send(analyst_client, data).status_code for _ in "ab"] == [302, 302]
    assert PassageJudgement.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"place": ""}, {"place": "1-2"}, {"place": "\x00"}, {"place": "9" * 5000}, {"key": ""}, {"key": "no key"}],
)
def test_a_damaged_form_is_refused_in_a_sentence_and_changes_nothing(talks, analyst_client, wrong):
    changes = Change.objects.count()
    data = filled_in(judged_form(analyst_client)) | {"relevant": "no"} | wrong
    response = send(analyst_client, data)
    assert response.status_code == 422
    assert "Open the page again." in errors(read(response).find("main"))
    assert (PassageJudgement.objects.count(), Change.objects.count()) == (0, changes)


def test_a_key_used_for_something_else_is_refused(talks, analyst_client):
    data = filled_in(judged_form(analyst_client)) | {"relevant": "no", "key": str(uuid4())}
    send(analyst_client, data)
    other = filled_in(judged_form(analyst_client)) | {"relevant": "no", "key": data["key"]}
    assert send(analyst_client, other).status_code == 409
    assert PassageJudgement.objects.count() == 1


@pytest.mark.parametrize("show", ["-1", "x", "1e9", "٣"])
def test_an_odd_number_in_the_address_is_refused(talks, reader_client, show):
    assert reader_client.get(FIND, {"show": show}).status_code == 400


def test_the_cell_and_its_form_lead_to_it(talks, analyst_client):
    assert FIND in links(look(analyst_client, CELL))
    assert FIND in links(look(analyst_client, CELL + "edit"))


def test_nothing_found_leads_to_a_form_that_says_what_was_searched(talks, analyst_client):
    address = EMPTY + "edit?searched=1"
    assert address in links(look(analyst_client, EMPTY + "evidence"))
    data = filled_in(form(analyst_client, address)) | {"act": "save", "why": "Looked through all of it."}
    assert data["code"] == ["unknown"]
    assert data["rationale"][0].startswith("Searched the texts of all 2 sources on ")
    assert analyst_client.post(EMPTY + "edit", data).status_code == 302
    assert Stance.objects.get().code == "unknown"


def test_a_cell_that_is_known_is_not_called_unknown(talks, analyst, analyst_client):
    record(talks, talks.germany, talks.force, by=analyst, evidence=[talks.neighbours])
    assert "Nothing found?" not in words(look(analyst_client, FIND))


def test_without_texts_the_page_says_what_to_do(negotiation, reader_client):
    make.PartyFactory(negotiation=negotiation, slug="germany")
    make.PriorityFactory(negotiation=negotiation, number=2)
    assert "Take a document in" in words(look(reader_client, FIND))


def test_it_asks_the_same_number_of_questions_however_much_there_is(talks, analyst, analyst_client):
    few = questions(analyst_client, FIND)
    for number in range(12):
        source = make.SourceFactory(negotiation=talks.negotiation, outlet=talks.outlet)
        make.SnapshotFactory(source=source, text=f"Germany offers {number} troops. Its word stands {number} times.")
    record(talks, talks.germany, talks.monitoring, by=analyst, evidence=[talks.neighbours])
    send(analyst_client, filled_in(judged_form(analyst_client)) | {"relevant": "no"})
    look(analyst_client, FIND)
    make.SnapshotFactory(source=make.SourceFactory(negotiation=talks.negotiation), text="Germany has troops.")
    assert questions(analyst_client, FIND) <= few + 1  # quotes are looked up where there are any


def test_readers_are_told_that_older_texts_were_not_searched(talks, reader_client, monkeypatch):
    monkeypatch.setattr(libraries, "MOST", 60)
    text = words(look(reader_client, FIND))
    assert "The newest 1 text of 2 searched" in text and "1 older text would be too many" in text


def test_readers_are_told_how_many_more_are_set_aside(talks, reader_client, analyst_client, monkeypatch):
    monkeypatch.setattr(findings, "MOST_ASIDE", 1)
    for _ in range(2):
        send(analyst_client, filled_in(judged_form(analyst_client)) | {"relevant": "no"})
    text = words(look(reader_client, FIND))
    assert "Set aside 2" in text and "And 1 more, set aside before these." in text
