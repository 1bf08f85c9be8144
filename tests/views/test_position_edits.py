"""Recording stances in place: an analyst opens a cell, types, and saves."""

from __future__ import annotations

import pytest

from negotiations.models import Stance
from tests import factories as make
from tests.pages import filled_in, read
from tests.stories import record
from tests.views.cell_pages import CELL, EDIT, EMPTY, errors, facts, form, page, recorded, send, typed

# Each field, what is typed into it, and what the cell's page says then.
FIELDS = {
    "code": ("opposes", None, "Opposes"),
    "rationale": ("It now speaks against it.\nTwice.", None, "It now speaks against it. Twice."),
    "conditions": ("If pressed", "Conditions", "If pressed"),
    "limits": ("Not by force", "Limits", "Not by force"),
    "depends_on": (["france", "russia"], "Depends on", "France, Russia"),
    "red_line": ("on", "Red line", "Yes: said to be not negotiable"),
    "confidence": ("moderate", "Confidence", "Moderate"),
    "held_from": ("2026-01-07", "Held from", "7 January 2026"),
    "precision": ("month", "Held from", "January 2026"),
    "why": ("The chancellor spoke.", None, "The chancellor spoke."),
}


@pytest.mark.parametrize("field", FIELDS)
def test_an_analyst_edits_any_field_and_it_stands_in_the_history(field, judged, analyst_client):
    value, label, shown = FIELDS[field]
    data = typed(analyst_client, **({"why": "The chancellor spoke."} | {field: value}))
    response = send(analyst_client, data)
    assert response.status_code == 302, errors(read(response))
    after = page(analyst_client)
    if label:
        assert facts(after)[label].startswith(shown)
    newest, oldest = after.find("ol", "hist").all("li")
    assert shown in (facts(after)[label] if label else after.text)
    assert "Anna Analyst" in newest.text and "stance 2 · it was so; we found out late" in newest.text
    assert "Anton Analyst" in oldest.text and "Berlin offers to help from next door." in oldest.text


def test_without_htmx_saving_leads_back_to_the_cell_with_a_word(judged, analyst_client):
    response = send(analyst_client, typed(analyst_client, why="It moved.", code="opposes"))
    assert (response.status_code, response["Location"]) == (302, CELL)
    shown = page(analyst_client)
    assert shown.find("div", "messages").text == "The stance is recorded."
    assert shown.find("div", "verdict").find("span", "stance").text == "Opposes"


def test_with_htmx_saving_answers_with_the_panel_and_tells_the_board(judged, analyst_client):
    response = send(analyst_client, typed(analyst_client, why="It moved.", code="opposes"), htmx=True)
    assert response.status_code == 200
    assert (response["HX-Trigger"], response["HX-Push-Url"]) == ("cell-saved", CELL)
    panel = read(response)
    assert not panel.has("title"), "the panel, not a page"
    assert panel.find("p", "note").text == "The stance is recorded."
    assert panel.find("div", "verdict").find("span", "stance").text == "Opposes"


def test_the_first_record_of_a_cell_says_what_was_found(judged, analyst_client):
    opened = form(analyst_client, EMPTY + "edit")
    assert opened.find("input", name="cause")["value"] == "first"
    data = filled_in(opened, code="rejects", rationale="Berlin said no.", held_from="2026-01-06", why="Read it.")
    data[f"bearing-{judged.neighbours.pk}"] = "supports"
    assert send(analyst_client, data | {"act": "save"}, EMPTY + "edit").status_code == 302
    shown = page(analyst_client, EMPTY)
    assert shown.find("div", "verdict").find("span", "stance").text == "Rejects"
    assert facts(shown)["Held from"] == "by 6 January 2026", "whether it held before is not known"


def test_not_enough_evidence_is_recorded_with_what_was_searched_and_held_from_always(judged, analyst_client):
    data = typed(analyst_client, EMPTY + "edit", code="unknown", rationale="All five documents.", why="Searched.")
    assert send(analyst_client, data, EMPTY + "edit").status_code == 302
    shown = page(analyst_client, EMPTY)
    assert "All five documents." in shown.find("div", "plate").text
    assert facts(shown)["Held from"] == "always, as far as we know"


def test_evidence_is_chosen_quote_by_quote_each_with_its_bearing(judged, analyst_client):
    words = {"act": "find", "words": "we will send"}
    found = read(send(analyst_client, typed(analyst_client, why="More words.") | words)).find("form", action=EDIT)
    bearings = {f"bearing-{judged.neighbours.pk}": "context", f"bearing-{judged.send.pk}": "supports"}
    data = filled_in(found, act="save", **bearings)
    assert send(analyst_client, data).status_code == 302
    heaps = page(analyst_client).find("div", "cols").find("div")
    assert [heading.text for heading in heaps.all("h3", "evi-h")] == ["Supports the judgement · 1", "Context · 1"]
    assert [quote.text for quote in heaps.all("blockquote")] == ["“we will send them”", "“in neighbouring countries”"]


def test_a_quote_can_contradict_the_judgement(judged, analyst_client):
    data = typed(analyst_client, why="Seen again.", **{f"bearing-{judged.unacceptable.pk}": "contradicts"})
    assert send(analyst_client, data).status_code == 302
    assert page(analyst_client).find("div", "verdict").find("span", "contra").text == "≠ Contradicted"


def test_a_record_without_a_text_is_named_by_its_place_in_a_source(judged, analyst_client):
    source = make.SourceFactory(negotiation=judged.negotiation, slug="roll-calls", title="Roll calls")
    rows = {"source-1": source.pk, "locator-1": "Vote 12, page 3", "locator-bearing-1": "supports"}
    assert send(analyst_client, typed(analyst_client, why="The vote.", **rows)).status_code == 302
    record_ = page(analyst_client).find("div", "cols").find("div").all("article", "evi")[-1]
    assert record_.find("p").text == "Vote 12, page 3"
    assert record_.find("a").text == "Roll calls"
    again = form(analyst_client)
    assert again.find("input", name="locator-0")["value"] == "Vote 12, page 3", "and stays with the next edit"


def test_records_without_a_text_may_be_many_and_none_gets_lost(judged, analyst_client):
    rows = {}
    for n in range(5):
        rows |= {f"source-{n}": judged.source.pk, f"locator-{n}": f"Vote {n}", f"locator-bearing-{n}": "context"}
    assert send(analyst_client, typed(analyst_client, why="Votes.", **rows)).status_code == 302
    assert send(analyst_client, typed(analyst_client, why="Again.")).status_code == 302
    assert Stance.objects.get(seq=3).evidence.exclude(locator="").count() == 5


def test_more_evidence_for_the_same_stance_is_one_step(judged, analyst_client):
    opened = form(analyst_client, EDIT + "?cause=evidence")
    assert opened.find("details").find("summary").text == "Supports stays as it is"
    data = filled_in(opened, act="save", **{f"bearing-{judged.unacceptable.pk}": "supports"})
    # nothing typed: cause, what it replaces and the reason stand there already
    assert send(analyst_client, data).status_code == 302
    second, first = page(analyst_client).find("ol", "hist").all("li")
    assert "Supports, unchanged More evidence for the same judgement." in second.text
    assert "same judgement, more evidence · replaces 1" in second.text
    assert "replaced by 2" in first.text
    data = typed(analyst_client, cause="corrected", replaces="2", limits="Not by sea.", why="Misread.")
    assert send(analyst_client, data).status_code == 302
    assert "Supports, limits" in page(analyst_client).find("ol", "hist").find("li").text


def test_more_evidence_never_changes_the_stance(judged, analyst_client):
    data = typed(analyst_client, EDIT + "?cause=evidence", code="rejects")
    response = send(analyst_client, data)
    assert response.status_code == 422
    assert "More evidence for the same judgement keeps its stance." in errors(read(response))


def test_what_should_not_have_been_recorded_is_withdrawn_and_the_one_before_shines_through(
    judged, analyst, analyst_client
):
    record(judged, judged.germany, judged.force, by=analyst, code="rejects", evidence=[judged.unacceptable])
    data = typed(analyst_client, cause="withdrawn", replaces="2", why="That was Austria.", rationale="", held_from="")
    assert send(analyst_client, data).status_code == 302
    shown = page(analyst_client)
    assert shown.find("div", "verdict").find("span", "stance").text == "Supports"
    assert "should not have been recorded · replaces 2" in shown.find("ol", "hist").find("li").text


def test_looking_for_quotes_keeps_what_was_typed_and_records_nothing(judged, analyst_client):
    before = recorded()
    typing = {
        "act": "find", "words": "gazette summit", "code": "rejects", "rationale": "", "limits": "Half a th",
        "depends_on": ["russia"], "red_line": "on", "held_from": "not yet", "why": "",
        f"bearing-{judged.neighbours.pk}": "contradicts", "source-0": judged.source.pk, "locator-0": "p. 3",
        "locator-bearing-0": "context",
    }  # fmt: skip
    sent = typed(analyst_client) | typing
    for htmx in (False, True):
        response = send(analyst_client, sent, htmx=htmx)
        assert response.status_code == 200
        shown = read(response)
        again = filled_in(shown.find("form", action=EDIT))
        for name, value in typing.items():
            if name != "act":
                value = value if isinstance(value, list) else [str(value)]
                assert again[name] == value, name
        assert again["key"] == sent["key"], "it is still the same act"
        assert not errors(shown), "nothing is judged before it is sent"
    assert recorded() == before


def test_quotes_are_found_by_words_speaker_party_or_source(judged, analyst_client):
    def found(words: str) -> set[str]:
        response = send(analyst_client, typed(analyst_client, EMPTY + "edit", act="find", words=words), EMPTY + "edit")
        return {quote.text for quote in read(response).all("span", "quote")}

    send_them, neighbours, no = "“we will send them”", "“in neighbouring countries”", "“unacceptable 🚫 to us”"
    assert found("") == {neighbours}, "without words, what is told of the party"
    assert found("SEND them") == {send_them}
    assert found("the president") == {send_them}
    assert found("russia") == {no}
    assert found("after summit") == {send_them, neighbours, no}
    assert found("neighbour country") == {neighbours}, "in other forms"
    assert found("neigh") == {neighbours}, "and by a part of a word"
    assert found("moon") == set()
