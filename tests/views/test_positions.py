"""A cell: the judgement, the words it rests on, and how it came to be."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from negotiations.models import User
from tests import factories as make
from tests.pages import read
from tests.stories import record
from tests.views.cell_pages import CELL, EMPTY, HTMX, facts, page


def test_a_reader_sees_the_judgement_and_everything_said_of_it(judged, analyst, reader_client):
    record(
        judged, judged.germany, judged.force, by=analyst, why="The chancellor spoke.", code="opposes",
        rationale="It went back on its word.", conditions="If pressed", limits="Not by force", confidence="moderate",
        depends_on=(judged.france.pk,), red_line=True, evidence=[judged.neighbours],
    )  # fmt: skip
    shown = page(reader_client)
    assert shown.find("h1").text == "Deploy a force"
    assert shown.find("div", "verdict").text.startswith("Opposes, red line Red line if conditional but limited")
    assert "It went back on its word." in shown.find("div", "plate").text
    assert shown.find("ol", "loc").find("li", "opposes")["aria-current"] == "true"
    told = facts(shown)
    assert told["Conditions"] == "If pressed"
    assert told["Limits"] == "Not by force"
    assert told["Depends on"] == "France"
    assert told["Red line"] == "Yes: said to be not negotiable"
    assert told["Confidence"].startswith("Moderate")
    assert told["Held from"] == "6 January 2026"
    assert told["Recorded"].startswith("Anna Analyst,") and told["Recorded"].endswith("stance 2")


def test_each_quote_is_shown_with_who_said_it_where_and_what_it_is_worth(judged, reader_client):
    make.ClaimGradingFactory(quote=judged.neighbours, credibility=2)
    [proof] = page(reader_client).all("article", "evi")
    assert proof.find("blockquote").text == "“in neighbouring countries”"
    assert "Germany their own words" in proof.text
    assert proof.find("abbr", "grade").text == "B2"
    link = proof.all("a")[-1]
    assert (link.text, link["href"]) == ("After the summit", "/n/paris/sources/summit-report/#q-germany-neighbours")


def test_evidence_stands_in_three_heaps(judged, analyst, reader_client):
    record(
        judged, judged.germany, judged.force, by=analyst, evidence=[judged.neighbours], contradicted_by=[judged.send]
    )  # fmt: skip
    shown = page(reader_client)
    heaps = [heading.text for heading in shown.find("div", "cols").find("div").all("h3", "evi-h")]
    assert heaps == ["Supports the judgement · 1", "Contradicts it · 1"]
    assert shown.find("article", "contra").find("blockquote").text == "“we will send them”"


def test_words_from_a_source_that_is_not_accepted_are_marked(judged, reader_client):
    assert not page(reader_client).has("span", "tag")
    make.SourceGradingFactory(source=judged.source, status="retracted")
    assert page(reader_client).find("article", "evi").find("span", "tag").text == "source retracted"


def test_the_history_tells_who_recorded_what_when_and_why(judged, analyst, reader_client):
    record(judged, judged.germany, judged.force, by=analyst, why="It rules it out.", code="rejects",
           evidence=[judged.neighbours])  # fmt: skip
    record(judged, judged.germany, judged.force, by=analyst, why="I misread it.", cause="corrected", replaces=2,
           code="opposes", evidence=[judged.neighbours])  # fmt: skip
    third, second, first = page(reader_client).find("ol", "hist").all("li")
    assert "Not enough" not in first.text
    assert first.text.startswith("Supports Read the report. Anton Analyst ·")
    assert second.text.startswith("Rejects, from Supports It rules it out. Anna Analyst ·")
    assert "replaced by 3" in second.text and "replaced" in second.classes
    assert "corrects a mistake of ours · replaces 2 · revision" in third.text
    told = [said.text for said in first.find("details").all("p")]
    assert told == ["Berlin offers to help from next door.", "If: After a ceasefire"]


def test_a_cell_that_nobody_looked_at_says_so(judged, reader_client):
    shown = page(reader_client, EMPTY)
    assert shown.find("div", "verdict").text.startswith("Not enough evidence Nobody has looked at this cell yet")
    assert shown.find("ol", "hist").text == "Nothing is recorded yet."
    assert not shown.has("dl", "kv")


def test_where_nothing_stands_it_is_not_said_that_nobody_looked(judged, analyst, reader_client):
    verdict = page(reader_client, f"{CELL}?as_of=2025-01-01").find("div", "verdict").text
    assert verdict.startswith("Not enough evidence No stance stands at this moment.")
    record(judged, judged.germany, judged.force, by=analyst, cause="withdrawn", replaces=1)
    verdict = page(reader_client).find("div", "verdict").text
    assert verdict.startswith("Not enough evidence No stance stands: what was recorded has been withdrawn.")
    assert "What was recorded has been withdrawn." in reader_client.get("/n/paris/parties/germany/").content.decode()


def test_who_recorded_is_told_as_in_the_log(judged, second_analyst, reader_client):
    """By name, else by user name; what was written past Parley is not said to be from anywhere else."""
    User.objects.filter(pk=second_analyst.pk).update(name="")
    assert facts(page(reader_client))["Recorded"].startswith(f"{second_analyst.username}, ")
    make.StanceFactory(position=judged.cell(judged.russia, judged.force))  # by nobody
    told = facts(page(reader_client, "/n/paris/positions/russia/2/"))["Recorded"]
    assert told.startswith("A command at the server, ")


def test_a_record_in_a_source_that_is_not_accepted_is_marked_too(judged, reader_client):
    roll_call = make.SourceFactory(negotiation=judged.negotiation, status="retracted")
    make.EvidenceFactory(
        stance=make.StanceFactory(position=judged.cell(judged.russia, judged.force), evidence=[judged.unacceptable]),
        quote=None,
        source=roll_call,
        locator="Roll call 12",
    )
    words, locator = page(reader_client, "/n/paris/positions/russia/2/").all("article", "evi")
    assert not words.has("span", "tag")
    assert locator.find("p").text == "Roll call 12"
    assert locator.find("span", "tag").text == "source retracted"


def test_other_parties_on_the_same_priority_are_a_step_away(judged, analyst, reader_client):
    record(judged, judged.russia, judged.force, by=analyst, code="rejects", evidence=[judged.unacceptable])
    [russia] = page(reader_client).find("ul", "att").all("li")
    assert (russia.find("span").text, russia.find("a").text) == ("Rejects", "Russia")
    assert russia.find("a")["href"] == "/n/paris/positions/russia/2/"


def test_on_a_past_day_the_others_are_shown_as_they_stood_then(judged, analyst, coalition, reader_client):
    record(judged, coalition, judged.force, by=analyst, code="supports", evidence=[judged.send])
    record(judged, coalition, judged.force, by=analyst, code="opposes", cause="learned", held_from=date(2025, 3, 1),
           evidence=[judged.send])  # fmt: skip
    for day, stance in {"2025-02-28": "", "2025-12-24": "Opposes", "2026-01-06": "Supports"}.items():
        shown = page(reader_client, f"{CELL}?as_of={day}")
        others = [other.find("span").text for other in shown.find("ul", "att").all("li") if other.has("span")]
        assert others == ([stance] if stance else [])
        assert (f"Germany belongs to Coalition ({stance.lower()})." in shown.text) == bool(stance)


def test_what_a_collective_said_is_told_and_is_no_stance_of_its_own(judged, analyst, coalition, reader_client):
    record(judged, coalition, judged.monitoring, by=analyst, evidence=[judged.send])
    shown = page(reader_client, EMPTY)
    assert "Germany belongs to Coalition (supports). That is not a stance of its own." in shown.text
    assert shown.find("div", "verdict").find("span", "stance").text == "Not enough evidence"


def test_a_past_day_shows_what_stood_then_and_offers_no_edit(judged, analyst, analyst_client):
    record(judged, judged.germany, judged.force, by=analyst, cause="learned", code="rejects",
           held_from=date(2025, 3, 1), evidence=[judged.neighbours])  # fmt: skip
    shown = page(analyst_client, CELL + "?as_of=2025-12-24")
    assert shown.find("div", "verdict").find("span", "stance").text == "Rejects"
    assert "As of 24 December 2025" in shown.find("section", "past").text
    assert not shown.has("a", href=CELL + "edit")
    assert shown.find("a", href=CELL).text == "Show today"
    assert shown.find("a", href=CELL + "history/").text == "word by word, up to today", "it has no past"
    assert page(analyst_client).has("a", href=CELL + "edit")


def test_a_stance_whose_start_is_unknown_is_told_before_it(judged, analyst, reader_client):
    record(judged, judged.germany, judged.monitoring, by=analyst, code="rejects", precision="by",
           evidence=[judged.neighbours])  # fmt: skip
    shown = page(reader_client, EMPTY + "?as_of=2025-12-24")
    assert "Rejects by 6 January 2026, start unknown." in shown.find("div", "verdict").text


@pytest.mark.parametrize("day", ["2999-01-01", "2026-02-29", "today", "0001-01-01"])
def test_days_that_there_are_not_are_refused(day, judged, reader_client):
    assert reader_client.get(CELL, {"as_of": day}).status_code == 400


def test_htmx_gets_the_panel_and_a_browser_the_page(judged, reader_client):
    panel = reader_client.get(CELL, headers=HTMX)
    assert panel.content.decode().lstrip().startswith("<header")
    assert read(panel).find("h1", id="panel-t").text == "Deploy a force"
    for headers in ({}, HTMX | {"HX-History-Restore-Request": "true"}, HTMX | {"HX-Boosted": "true"}):
        assert read(reader_client.get(CELL, headers=headers)).has("title")
    assert "HX-Request" in panel["Vary"]


def test_readers_are_not_offered_to_edit(judged, reader_client, analyst_client):
    assert not page(reader_client).has("a", href=CELL + "edit")
    assert {"Edit", "More evidence"} <= {link.text for link in page(analyst_client).all("a", "btn")}
    assert not page(analyst_client, EMPTY).has("a", href=EMPTY + "edit?cause=evidence"), "more than nothing?"


NO_CELLS = ["nowhere/2/", "germany/3/", "germany/0/", f"germany/{2**31}/", f"germany/{2**63}/", f"germany/{'9' * 400}/",
            "germany/-1/", "germany/1e400/", "germany/0x1/", "germany/٣/", "Germany/2/", "germany%00/2/"]  # fmt: skip


@pytest.mark.parametrize("place", NO_CELLS)
def test_VAL05_cells_that_there_are_not_answer_404(place, judged, analyst_client):
    for address in (f"/n/paris/positions/{place}", f"/n/paris/positions/{place}edit"):
        assert analyst_client.get(address).status_code == (400 if "%00" in place else 404)


def test_a_cell_with_a_long_history_asks_no_more_questions(judged, analyst, signed_in_as):
    def questions() -> int:
        browser = signed_in_as("reader")
        with CaptureQueriesContext(connection) as asked:
            page(browser)
        return len(asked)

    def once_more(why: str) -> None:
        record(judged, judged.germany, judged.force, by=analyst, why=why, evidence=[judged.send],
               depends_on=(judged.france.pk, judged.russia.pk), contradicted_by=[judged.unacceptable])  # fmt: skip

    once_more("So that a contradiction is noted: what its sides rest on is asked for only where there is one.")
    few = questions()
    for n in range(12):
        once_more(f"Reason {n}")
    assert len(page(signed_in_as("reader")).find("ol", "hist").all("li")) > 12
    assert questions() == few <= 19
