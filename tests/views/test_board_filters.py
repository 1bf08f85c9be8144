"""The filters of the board, in its address: each alone, several together, and nonsense."""

from __future__ import annotations

import re

import pytest

from tests import factories as make
from tests.stories import record
from tests.views.board_pages import BOARD, board, cell, standing_out
from tests.views.looking import look

EVERYTHING = {f"{party} {number}" for party in ("france", "germany", "russia", "coalition") for number in (1, 2)}
FILTERS = {
    "?code=champions": {"france 2"},
    "?code=champions&code=rejects": {"france 2", "russia 2"},
    "?unknown=only": {"germany 1", "russia 1", "coalition 1"},
    "?confidence=high": {"russia 2"},
    "?confidence=low": {"germany 2", "coalition 2", "france 1"},
    "?mark=if": {"france 2"},
    "?mark=but": {"germany 2"},
    "?mark=red-line": {"russia 2"},
    "?mark=through": {"france 2", "germany 2"},
    "?contested=1": {"germany 2"},
    "?priority=1": {"france 1", "germany 1", "russia 1", "coalition 1"},
    "?kind=collective": {"coalition 1", "coalition 2"},
    "?kind=organisation": set(),
    "?collective=coalition": {f"{party} {n}" for party in ("france", "germany", "coalition") for n in (1, 2)},
    "?unknown=hide": EVERYTHING,
    # together, each narrows further
    "?mark=through&mark=but": {"germany 2"},
    "?code=supports&kind=state": {"germany 2"},
    "?code=supports&confidence=high": set(),
    "?priority=2&collective=coalition&mark=if": {"france 2"},
    "?priority=1&priority=2&code=neutral": {"france 1"},
}


@pytest.mark.parametrize("query", FILTERS)
def test_filters_in_the_address_show_some_cells_and_let_the_others_recede(query, talks, reader_client):
    assert standing_out(board(reader_client, query)) == FILTERS[query]


def test_without_filters_everything_stands_out(talks, reader_client):
    assert standing_out(board(reader_client)) == EVERYTHING


NONSENSE = [
    "?code=adores",
    "?code=",
    "?confidence=absolute",
    "?mark=but%27--",
    "?contested=yes",
    "?priority=two",
    "?priority=%D9%A3",  # an Arabic three
    "?priority=99999999999999999999",
    "?priority=-1",
    "?kind=planet",
    "?collective=nobody",
    "?priority=99",
    "?unknown=maybe",
    "?linked=2",
    "?order_by=author__password&filter[hidden]=1&_connector=OR",
    "?p=1e400",
    "?page=1e9&per_page=1e9",
]


@pytest.mark.parametrize("query", NONSENSE)
def test_filters_that_say_nothing_known_are_left_out(query, talks, reader_client):
    assert standing_out(board(reader_client, query)) == EVERYTHING


def test_a_filter_keeps_the_counts_of_the_whole_board(talks, reader_client):
    for query in ("", "?code=champions", "?kind=collective"):
        page = board(reader_client, query)
        assert page.find("tr", "all").find("td", "cov-col").text == "5 of 8"
        assert page.find("label", "chip supports").text == "Supports 2"


def test_the_legend_shows_which_filters_are_on_and_the_strip_keeps_them(talks, reader_client):
    page = board(reader_client, "?code=champions&collective=coalition&as_of=2026-01-06")
    assert "checked" in page.find("input", id="f-champions")
    assert "checked" not in page.find("input", id="f-rejects")
    assert "selected" in page.find("option", value="coalition")
    legend, strip = page.find("form", "legend"), page.find("form", "scrub")
    assert [field["value"] for field in legend.all("input", name="as_of", type="hidden")] == ["2026-01-06"]
    kept = {(field["name"], field["value"]) for field in strip.all("input", type="hidden")}
    assert kept == {("code", "champions"), ("collective", "coalition")}


def test_parties_without_a_position_can_be_hidden(talks, reader_client):
    make.PartyFactory(negotiation=talks.negotiation, slug="cyprus", order=5)
    assert "cyprus 1" in standing_out(board(reader_client))
    page = board(reader_client, "?unknown=hide")
    assert standing_out(page) == EVERYTHING
    assert page.find("tr", "all").find("td", "cov-col").text == "5 of 10", "hidden is not forgotten"


def test_where_nothing_matches_the_page_says_so_and_offers_the_whole_board(talks, reader_client):
    for query, words in {"?kind=organisation": "No party", "?code=ambiguous": "No cell"}.items():
        page = board(reader_client, query)
        assert page.find("div", "board-msg").find("h2").text == f"{words} matches these filters"
        assert page.find("div", "board-msg").find("a")["href"] == BOARD


def test_linked_matters_are_shown_apart_and_on_request(talks, analyst, reader_client):
    territory = make.PriorityFactory(negotiation=talks.negotiation, number=3, name="Territory", kind="linked")
    record(talks, talks.russia, territory, by=analyst, code="rejects", evidence=[talks.unacceptable])
    page = board(reader_client)
    assert not page.has("a", id="cell-russia-3")
    assert page.find("tr", "all").find("td", "cov-col").text == "5 of 8"
    page = board(reader_client, "?linked=1")
    assert "linked" in cell(page, "russia", 3).classes
    assert page.find("h1").text.startswith("Deploy a force"), "the headline is about the agenda"


def rows_under_headings(page) -> list[tuple[str, list[str]]]:
    """The headings of the board's groups, each with the parties under it."""
    found: list[tuple[str, list[str]]] = []
    for head in re.findall(r'<th scope="(rowgroup|row)"[^>]*>(.*?)</th>', page.content.decode(), re.DOTALL):
        kind, text = head[0], re.sub(r"<[^>]+>", "", head[1]).strip()
        if kind == "rowgroup":
            found.append((text, []))
        elif found:
            found[-1][1].append(text)
    return found


def test_parties_are_grouped_by_kind_or_by_their_collectives(talks, coalition, reader_client):
    make.PartyFactory(negotiation=talks.negotiation, slug="nato", name="NATO", kind="organisation")
    assert rows_under_headings(look(reader_client, BOARD)) == []
    assert rows_under_headings(look(reader_client, BOARD, group="kind")) == [
        ("States 3", ["France", "Germany", "Russia"]),
        ("Organisations 1", ["NATO"]),
        ("Collectives 1", ["Coalition"]),
    ]
    assert rows_under_headings(look(reader_client, BOARD, group="collective")) == [
        ("Collectives 1", ["Coalition"]),
        ("Coalition 2", ["France", "Germany"]),
        ("In no collective 2", ["Russia", "NATO"]),
    ]


def test_who_is_in_two_collectives_stands_once_under_both(talks, coalition, reader_client):
    europeans = make.PartyFactory(negotiation=talks.negotiation, slug="europeans", name="Europeans", kind="collective")
    make.CollectiveMemberFactory(collective=europeans, member=talks.france)
    groups = dict(rows_under_headings(look(reader_client, BOARD, group="collective", unknown="hide")))
    assert groups["Coalition and Europeans 1"] == ["France"] and groups["Coalition 1"] == ["Germany"]
    assert sum(name == "France" for names in groups.values() for name in names) == 1
