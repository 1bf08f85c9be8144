"""The page of origins, and the ways to it."""

from __future__ import annotations

import re

import pytest

from negotiations.domain.merging import merge
from tests import factories as make

from .looking import links, look, questions, words

PAGE = "/n/paris/origins/"


@pytest.fixture
def grown(world, curator):
    """The report, printed by a paper, which a blog copies; a duplicate of the report; a leaflet of nobody's."""
    paper = make.SourceFactory(
        negotiation=world.negotiation, slug="paper", title="The paper", status="accepted", origin=world.source
    )
    make.SourceFactory(negotiation=world.negotiation, slug="blog", title="A blog", origin=paper)
    make.SourceFactory(negotiation=world.negotiation, slug="leaflet", title="A leaflet", status="accepted")
    twin = make.SourceFactory(negotiation=world.negotiation, slug="twin", title="The report again")
    merge([twin], world.source, by=curator, why="The same.")
    return world


def test_the_page_tells_its_finding_and_each_tree(grown, reader_client):
    page = look(reader_client, PAGE)
    said = words(page)
    assert "3 sources, at most 2 independent origins" in said
    assert "1 origin can’t be told from others for sure" in said
    assert "1 further source is not accepted and counts for nothing." in said
    assert "The Gazette 3 sources, 3 quotes, 0 cells | Counts once, however often it is printed." in said
    assert "Outlet unknown: A leaflet 1 source" in said
    assert "Merged into it: The report again" in said
    assert "A blog new" in said
    assert {f"/n/paris/sources/{slug}/" for slug in ("summit-report", "paper", "blog", "leaflet", "twin")} <= links(
        page
    )


def test_lists_are_nested_as_the_sources_are(grown, reader_client):
    page = look(reader_client, PAGE).content.decode()
    tree = page[page.index('<ul class="tree">') : page.index("</article>")]
    marks = re.findall(r'<ul|</ul>|<li id="[^"]*"|</li>', tree)
    assert marks == [
        "<ul", '<li id="s-summit-report"', "<ul", '<li id="s-paper"', "<ul", '<li id="s-blog"',
        "</li>", "</ul>", "</li>", "</ul>", "</li>", "</ul>",
    ]  # fmt: skip


def test_the_list_of_sources_and_each_source_lead_there(grown, reader_client):
    assert PAGE in links(look(reader_client, "/n/paris/sources/"))
    assert PAGE + "#s-paper" in links(look(reader_client, "/n/paris/sources/paper/"))
    assert PAGE + "#s-summit-report" in links(look(reader_client, "/n/paris/sources/twin/"))


def test_a_cell_says_whom_its_words_go_back_to(grown, reader_client):
    leaflet = grown.negotiation.sources.get(slug="leaflet")
    words_of = make.QuoteFactory(snapshot=make.SnapshotFactory(source=leaflet), exact="We are ready to act")
    make.StanceFactory(position=grown.cell(grown.france, grown.force), evidence=[grown.send, words_of])
    page = look(reader_client, "/n/paris/positions/france/2/")
    assert "Evidence 2 quotes; support from 2 independent origins" in words(page)
    assert "What supports it goes back to A leaflet (outlet unknown); The Gazette." in words(page)
    assert {PAGE, "/n/paris/sources/leaflet/"} <= links(page)


def test_no_source_yet(negotiation, reader_client):
    said = words(look(reader_client, PAGE))
    assert "No sources yet" in said
    assert "independent" not in said


def test_a_long_chain_is_shown(world, reader_client):
    last = world.source
    for _ in range(60):
        last = make.SourceFactory(negotiation=world.negotiation, origin=last)
    page = look(reader_client, PAGE).content.decode()
    assert page[page.index('<ul class="tree">') :].count("<ul>") == 60
    assert f'id="s-{last.slug}"' in page


def test_the_page_asks_as_much_for_thirty_as_for_three(grown, reader_client):
    few = questions(reader_client, PAGE)
    for _ in range(27):
        make.SourceFactory(negotiation=grown.negotiation, origin=grown.source)
        make.SourceFactory(outlet=make.OutletFactory(negotiation=grown.negotiation))
    assert questions(reader_client, PAGE) == few <= 9


def test_who_may_not_see_the_talks_finds_no_page(world, outsider_client, reader_client):
    assert outsider_client.get(PAGE).status_code == 404
    assert reader_client.post(PAGE).status_code == 405
