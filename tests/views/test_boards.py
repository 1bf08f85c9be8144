"""The board: at a glance, where every party stands on every priority, and how we know."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.stories import record
from tests.views.board_pages import BOARD, board, cell


def test_a_reader_sees_the_stance_in_a_word_why_how_surely_and_on_what_it_rests(talks, reader_client):
    france = cell(board(reader_client), "france", 2)
    assert france.find("span", "stance").text == "Champions"
    assert france.find("span", "gist").text == "After a ceasefire"
    assert france.find("span", "meta").text.startswith(", moderate confidence, 1 cited, 1 origin")
    assert "France, Deploy a force: Champions" in france.text, "what is heard where the table isn't seen"
    assert {"champions", "is-if"} <= set(france.classes)
    assert "champions" in france.find("a", "cell").classes, "the stance is in the class, and in the glyph"
    assert france.find("use")["href"] == "#g-champions"


def test_the_gist_is_the_condition_else_the_limit_else_the_reasoning(talks, reader_client):
    page = board(reader_client)
    gists = {party: cell(page, party, 2).find("span", "gist").text for party in ("france", "germany", "russia")}
    assert gists == {
        "france": "After a ceasefire",
        "germany": "No soldiers in Ukraine",
        "russia": "Moscow calls any such force a target.",
    }


def test_conditions_limits_red_lines_contradictions_and_collectives_are_marked(talks, reader_client):
    page = board(reader_client)
    marks = {party: cell(page, party, 2) for party in ("france", "germany", "russia", "coalition")}
    flags = {party: [flag.text for flag in td.all("span", "flag")] for party, td in marks.items()}
    assert flags["france"] == ["if, with conditions", ", through Coalition"]
    assert flags["germany"] == ["but, with limits", ", through Coalition", "≠, contradicted"]
    assert flags["russia"] == ["↻, to re-check"] and "is-red-line" in marks["russia"].classes
    assert marks["russia"].find("span", "stance").text == "Rejects, red line"
    assert flags["coalition"] == []


def test_quotes_and_origins_are_counted_apart(talks, reader_client):
    """Germany's three quotes are from one outlet: one origin."""
    germany = cell(board(reader_client), "germany", 2)
    assert germany.find("span", "ev").text.startswith("3 cited, 1 origin")


def test_what_nobody_looked_at_reads_not_enough_evidence_and_nothing_more(talks, reader_client):
    russia = cell(board(reader_client), "russia", 1)
    assert russia.find("a").text == "Russia, Monitor the ceasefire: Not enough evidence"
    assert "unknown" in russia.classes
    assert not russia.has("span", "meta")


def test_through_a_collective_is_no_stance_of_its_own(talks, coalition, analyst, reader_client):
    record(talks, coalition, talks.monitoring, by=analyst, evidence=[talks.send])
    germany = cell(board(reader_client), "germany", 1)
    assert germany.find("span", "stance").text == "Not enough evidence"
    assert germany.find("span", "flag through").text == ", through Coalition"


def test_each_priority_counts_its_stances_and_the_unknown_as_unknown(talks, reader_client):
    counts = board(reader_client).find("tr", "all").all("td", "pri")
    assert [td.find("span", "vh").text for td in counts] == [
        "1 neutral, 3 not enough evidence",
        "1 champions, 2 supports, 1 rejects",
    ]
    assert counts[0].find("li", "unknown").text == "3"
    assert "z" in counts[0].find("li", "unknown").classes, "set apart from what is known"


def test_known_cells_are_counted_for_each_party_and_in_all(talks, reader_client):
    page = board(reader_client)
    assert [td.text for td in page.all("td", "cov-col")] == ["5 of 8", "2 of 2", "1 of 2", "1 of 2", "1 of 2"]
    assert "5 of 8 cells hold a position, 3 lack evidence." in page.find("p", "dek").text


def test_the_headline_says_what_has_most_backing_and_who_is_against(talks, reader_client):
    assert board(reader_client).find("h1").text == "Deploy a force: most backing, 3 of 4 parties; Russia against"


def test_the_headline_tells_the_whole_board_whatever_the_filters_show(talks, reader_client):
    narrowed = board(reader_client, "?kind=collective")
    assert "Russia" not in narrowed.find("tbody").text
    assert narrowed.find("h1").text == board(reader_client).find("h1").text


def test_where_priorities_tie_the_headline_leaves_none_out_and_says_of_nobody_what_holds_for_one(
    talks, coalition, analyst, reader_client
):
    for party in (talks.germany, talks.russia, coalition):
        record(talks, party, talks.monitoring, by=analyst, evidence=[talks.send])
    both = "Monitor the ceasefire and Deploy a force: most backing, 3 of 4 parties"
    assert board(reader_client).find("h1").text == both
    third = make.PriorityFactory(negotiation=talks.negotiation, number=3, name="Arm")
    for party in (talks.germany, talks.russia, coalition):
        record(talks, party, third, by=analyst, evidence=[talks.send])
    three = "Monitor the ceasefire and 2 others: most backing, 3 of 4 parties"
    assert board(reader_client).find("h1").text == three


def test_the_board_is_a_real_table_with_headers_for_rows_and_columns(talks, reader_client):
    table = board(reader_client).find("table")
    assert table.find("caption").text.startswith("Stance of 4 parties on 2 priorities as of")
    columns = table.find("thead").all("th")
    assert [th["scope"] for th in columns] == ["col"] * 4
    assert [th.text for th in columns] == ["Party", "1 Monitor the ceasefire", "2 Deploy a force", "Known"]
    for row in table.find("tbody").all("tr"):
        [header] = row.all("th")
        assert header["scope"] == "row"
        assert len(row.all("td")) == 3
    assert [row.find("th").text for row in table.find("tbody").all("tr")[1:]] == [
        "France",
        "Germany",
        "Russia",
        "Coalition",
    ]


def test_each_cell_leads_to_the_words_behind_it_with_htmx_and_without(talks, reader_client):
    link = cell(board(reader_client), "germany", 2).find("a")
    assert link["href"] == link["hx-get"] == "/n/paris/positions/germany/2/"
    assert reader_client.get(link["href"]).status_code == 200


def test_only_analysts_are_offered_to_edit(talks, reader_client, analyst_client):
    assert "data-edit" not in board(reader_client).find("div", id="board")
    assert "data-edit" in board(analyst_client).find("div", id="board")


# --- nothing there -----------------------------------------------------------------------------------


def test_an_empty_negotiation_says_what_a_board_needs(negotiation, reader_client, curator_client):
    page = board(reader_client)
    assert page.find("h1").text == "No position is recorded"
    assert page.find("div", "board-msg").find("h2").text == "There is nothing on this board yet"
    assert not page.has("table")
    assert not page.find("div", "board-msg").has("a"), "a reader can't add any"
    ways = board(curator_client).find("div", "board-msg").all("a")
    assert [way.text for way in ways] == ["Add parties", "Add priorities"]


def test_parties_alone_or_priorities_alone_make_no_board(negotiation, reader_client):
    make.PartyFactory(negotiation=negotiation)
    assert not board(reader_client).has("table")


# --- a fixed number of questions ---------------------------------------------------------------------


def questions(client, address: str) -> int:
    """How many queries a page asks of a browser that comes for the first time, from the session on."""
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("query", ["", "?as_of=2026-01-05", "?code=supports&collective=coalition&linked=1"])
def test_a_board_of_two_hundred_parties_asks_as_many_questions_as_one_of_twelve(query, talks, signed_in_as):
    for n in range(12 - 4):
        make.PartyFactory(negotiation=talks.negotiation, slug=f"state-{n}")
    few = questions(signed_in_as("reader"), BOARD + query)
    for n in range(200 - 12):
        make.PartyFactory(negotiation=talks.negotiation, slug=f"more-{n}")
    many = questions(signed_in_as("reader"), BOARD + query)
    assert few == many <= 11


# --- hostile texts -----------------------------------------------------------------------------------

SCRIPTS = ["<script>alert(1)</script>", "{{7*7}} {% csrf_token %} ${7*7}", '" onfocus=x autofocus', "</textarea>"]


@pytest.mark.parametrize("text", SCRIPTS)
def test_TXT09_TXT10_TXT11_markup_in_names_and_texts_is_shown_as_it_was_written(text, world, analyst, reader_client):
    party = make.PartyFactory(negotiation=world.negotiation, slug="hostile", name=text)
    make.PriorityFactory(negotiation=world.negotiation, number=3, name=text)
    make.MeetingFactory(negotiation=world.negotiation, name=text)
    record(world, party, world.force, by=analyst, conditions=text, evidence=[world.send])
    page = board(reader_client)
    assert cell(page, "hostile", 2).find("span", "gist").raw == text
    assert page.find("a", href="/n/paris/parties/hostile/").raw == text
    assert page.find("a", href="/n/paris/priorities/3/").find("span", "t").raw == text
    assert page.find("form", "scrub").find("input", value="2026-01-06").parent.find("span").raw == text
    assert not [each for each in page.all("script") if "src" not in each]


def test_TXT02_a_name_that_turns_the_writing_round_stays_within_itself(world, reader_client):
    make.PartyFactory(negotiation=world.negotiation, slug="turned", name="Evil \u202etxet desrever")
    header = board(reader_client).find("a", href="/n/paris/parties/turned/")
    assert header.text == "Evil \u202etxet desrever"
    assert header.parent is not None and header.parent.text == header.text, "nothing else stands in its block"


@pytest.mark.parametrize("text", ["a" * 119 + "👩‍👩‍👧‍👦 and more", "e" + "\u0301" * 10_000])
def test_TXT06_TXT07_a_gist_is_cut_between_characters(text, world, analyst, reader_client):
    record(world, world.france, world.force, by=analyst, conditions=text, evidence=[world.send])
    assert cell(board(reader_client), "france", 2).find("span", "gist").raw == text[:120]
