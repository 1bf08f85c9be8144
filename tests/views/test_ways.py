"""Ways through the board: a cell by its name, and views that people keep."""

from __future__ import annotations

import pytest

from negotiations.domain import saved_views
from negotiations.models import Change, SavedView
from tests import factories
from tests.views.looking import links, look, questions, words

JUMP = "/n/paris/jump/"
VIEWS = "/n/paris/views/"


def keep(client, name="Against the force", query="code=opposes&code=rejects", **sent):
    return client.post(VIEWS, {"name": name, "query": query, **sent})


# --- going to a cell --------------------------------------------------------------------------------------


def test_typing_leads_to_the_cell_on_the_day_that_is_shown(talks, reader_client):
    assert reader_client.get(JUMP, {"to": "ger 2"})["Location"] == "/n/paris/positions/germany/2/"
    past = reader_client.get(JUMP, {"to": "ger 2", "as_of": "2026-01-06", "code": "opposes"})
    assert past["Location"] == "/n/paris/positions/germany/2/?as_of=2026-01-06"


def test_where_several_may_be_meant_one_chooses(talks, reader_client):
    page = look(reader_client, JUMP, to="ger")
    assert {"/n/paris/positions/germany/1/", "/n/paris/positions/germany/2/"} <= links(page)
    assert "No cell is called so" in words(look(reader_client, JUMP, to="<script>"))


def test_the_offers_come_by_themselves_while_one_types(talks, reader_client):
    part = reader_client.get(JUMP, {"to": "ger 2"}, headers={"HX-Request": "true"}).content.decode()
    assert 'data-cell-link="cell-germany-2"' in part and "<html" not in part


# --- views -------------------------------------------------------------------------------------------------


def test_a_reader_keeps_a_view_and_finds_the_board_as_it_was(talks, reader, reader_client):
    offered = look(reader_client, VIEWS, query="code=opposes&sneaky=1")
    assert 'value="code=opposes&amp;sneaky=1"' in offered.content.decode()
    answer = keep(reader_client, query="code=opposes&sneaky=1&as_of=2026-01-06")
    assert answer["Location"] == "/n/paris/?code=opposes&as_of=2026-01-06"
    page = look(reader_client, VIEWS)
    assert "Against the force" in words(page) and "you alone" in words(page)
    assert "/n/paris/?code=opposes&as_of=2026-01-06" in links(page)
    assert not Change.objects.filter(by=reader).exists(), "it is no part of the record"


def test_a_private_view_is_ones_own_and_a_shared_one_everybodys(talks, analyst_client, reader_client, client):
    keep(analyst_client, name="Mine")
    keep(analyst_client, name="Ours", shared="on")
    assert "Mine" in words(look(analyst_client, VIEWS))
    seen = words(look(reader_client, VIEWS))
    assert "Ours" in seen and "Anna Analyst" in seen and "Mine" not in seen


def test_a_reader_shares_nothing(talks, reader_client):
    assert "shared" not in look(reader_client, VIEWS).content.decode()
    assert keep(reader_client, shared="on").status_code == 403
    assert not SavedView.objects.exists()


def test_sent_twice_it_is_kept_once_and_another_of_the_name_is_refused(talks, analyst_client):
    assert keep(analyst_client).status_code == keep(analyst_client).status_code == 302
    refused = keep(analyst_client, query="code=neutral")
    assert refused.status_code == 422 and "You have a view of this name already" in words(refused)
    assert 'value="code=neutral"' in refused.content.decode(), "what was asked for is kept"
    assert SavedView.objects.count() == 1


def test_the_last_view_that_fits_may_be_sent_twice_too(talks, analyst, analyst_client, monkeypatch):
    monkeypatch.setattr(saved_views, "MOST", 2)
    factories.SavedViewFactory(negotiation=talks.negotiation, owner=analyst)
    assert keep(analyst_client).status_code == keep(analyst_client).status_code == 302
    refused = keep(analyst_client, name="One more")
    assert refused.status_code == 422 and "You keep 2 views here already" in words(refused)
    assert SavedView.objects.count() == 2


@pytest.mark.parametrize("name", ["", " ", "\u200b", "x" * 81, "a\x07b", "a\x00b"])
def test_a_name_that_is_none_is_refused_with_a_sentence(name, talks, analyst_client):
    answer = keep(analyst_client, name=name)
    assert answer.status_code == 422 and "The view was not saved." in words(answer)
    assert not SavedView.objects.exists()


def test_what_is_hostile_in_a_name_is_text(talks, analyst_client):
    keep(analyst_client, name="<script>alert(1)</script>", query="code=%3Cscript%3E&group=\u202e")
    page = look(analyst_client, VIEWS).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


def test_one_deletes_ones_own_and_a_curator_what_is_shared(talks, analyst_client, reader_client, curator_client):
    keep(analyst_client, name="Mine")
    keep(analyst_client, name="Ours", shared="on")
    mine, ours = (SavedView.objects.get(name=name).pk for name in ("Mine", "Ours"))
    assert reader_client.post(VIEWS, {"delete": mine}).status_code == 404, "its name is not given away"
    assert reader_client.post(VIEWS, {"delete": ours}).status_code == 403
    assert curator_client.post(VIEWS, {"delete": ours}).status_code == 302
    assert analyst_client.post(VIEWS, {"delete": mine}).status_code == 302
    assert analyst_client.post(VIEWS, {"delete": mine}).status_code == 302, "it is gone already"
    assert analyst_client.post(VIEWS, {"delete": "x"}).status_code == 400
    assert not SavedView.objects.exists()


def test_the_menu_on_the_board_comes_with_a_link_to_keep_this_very_view(talks, analyst_client):
    keep(analyst_client)
    asked = {"query": "code=opposes"}
    part = analyst_client.get(VIEWS, asked, headers={"HX-Request": "true"}).content.decode()
    assert "Against the force" in part and f"{VIEWS}?query=code%3Dopposes" in part and "<html" not in part


def test_a_page_of_many_views_asks_no_more(talks, analyst_client):
    keep(analyst_client, name="0")
    few = questions(analyst_client, VIEWS)
    for number in range(5):
        keep(analyst_client, name=f"{number + 1}", shared="on")
    assert questions(analyst_client, VIEWS) == few


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("as_of=2026-01-07&day=2026-01-05&group=kind", "as_of=2026-01-05&group=kind"),
        ("as_of=&day=&known_at=3&known_day=2026-01-08", "known_at=2026-01-08"),
        ("public_by=2026-01-08&nonsense=1", "public_by=2026-01-08"),
    ],
)
def test_a_view_keeps_the_day_that_was_typed_beside_the_lists(asked, kept):
    assert saved_views.clean(asked) == kept


def test_an_address_of_hundreds_of_fields_is_refused_in_a_sentence(world, reader_client):
    sent = {"name": "All", "query": "code=supports&" * 250}
    response = reader_client.post("/n/paris/views/", sent)
    assert response.status_code == 422
    assert "These filters are too many for one view." in words(response)
