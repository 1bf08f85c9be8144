"""Comments below a cell: written, answered, resolved; on the cell's page, on one of their own, and all in a list."""

from __future__ import annotations

import pytest

from negotiations.models import Comment, CommentResolution
from tests import factories as make
from tests.pages import filled_in, read
from tests.views.looking import look, questions, words

pytestmark = pytest.mark.django_db
CELL = "/n/paris/positions/france/2/"
TALK = CELL + "comments"
LIST = "/n/paris/comments/"


def forms(client, page=CELL):
    """The forms of the comments on a page, by their buttons."""
    found = read(look(client, page)).all("form", action=TALK)
    return {form.find("button").text.partition(":")[0]: form for form in found}


def send(client, button, page=CELL, **typed):
    form = forms(client, page)[button]
    return client.post(TALK, filled_in(form, act=form.find("button")["value"], **typed))


def test_a_comment_is_written_below_the_cell_answered_and_resolved(world, analyst_client, second_analyst_client):
    response = send(analyst_client, "Comment", text="@anton, is that so?")
    assert (response.status_code, response["Location"]) == (302, CELL + "#talk")
    assert read(look(second_analyst_client, CELL)).find("p", "said").find("b").text == "@anton"
    assert send(second_analyst_client, "Answer", text="It is.").status_code == 302
    shown = words(look(analyst_client, CELL))
    assert "@anton, is that so? | Anna Analyst (you) ·" in shown
    assert "It is. | Anton Analyst ·" in shown
    assert send(analyst_client, "Resolve", page=TALK).status_code == 302
    assert "Resolved by Anna Analyst" in words(look(analyst_client, CELL))
    assert "Answer" not in forms(analyst_client)
    assert send(analyst_client, "Open it again").status_code == 302
    assert "Opened again by Anna Analyst" in words(look(analyst_client, CELL))


def test_a_name_that_nobody_has_is_told_at_once_and_what_was_typed_stays(world, analyst_client):
    response = send(analyst_client, "Comment", text="@antn, is that so?")
    assert response.status_code == 422
    page = read(response)
    assert "Nobody who may read comments here is called @antn." in page.text
    assert page.find("textarea", name="text").raw.strip() == "@antn, is that so?"
    send(analyst_client, "Comment", text="Well?")
    response = send(analyst_client, "Answer", text="@antn?")
    [answer] = [each for each in read(response).all("textarea", name="text") if "@antn?" in each.raw]
    assert answer["id"] == f"talk_{Comment.objects.get().pk}_text"  # in its thread
    assert Comment.objects.count() == 1


def test_those_who_may_be_called_are_named_below_the_field(
    world, analyst_client, second_analyst, reader, administrator, signed_in_as
):
    told = read(look(analyst_client, CELL)).find("p", "names").text
    assert "@ada" not in told, "an administrator who has nothing to do with this negotiation"
    assert "@anton Anton Analyst" in told
    assert "@reader" not in told and "@anna" not in told, "who may not read comments, and oneself"
    send(signed_in_as("administrator"), "Comment", text="Look at this.")
    assert "@ada" in read(look(analyst_client, CELL)).find("p", "names").text


def test_in_the_panel_the_threads_alone_are_exchanged(world, analyst_client):
    form = forms(analyst_client)["Comment"]
    response = analyst_client.post(TALK, filled_in(form, act="say", text="Well?"), headers={"HX-Request": "true"})
    assert response.status_code == 200
    body = response.content.decode()
    assert "Well?" in body
    assert "<main" not in body


def test_somebody_resolved_it_while_an_answer_was_written(world, analyst_client, second_analyst_client):
    send(analyst_client, "Comment", text="Well?")
    form = forms(analyst_client)["Answer"]
    send(second_analyst_client, "Resolve")
    response = analyst_client.post(TALK, filled_in(form, act="say", text="A long thought."))
    assert response.status_code == 422
    assert "This thread is resolved. Open it again to answer. What you wrote: A long thought." in read(response).text


def test_readers_are_shown_none_of_it(world, analyst_client, reader_client):
    send(analyst_client, "Comment", text="Behind the door.")
    for page in (CELL, "/n/paris/", "/n/paris/changes/", "/n/paris/changes.atom", "/n/paris/search/?q=door"):
        body = reader_client.get(page).content.decode()
        assert "Behind the door" not in body
        assert "/2/comments" not in body
    assert "Anna Analyst commented on France × 2" in words(look(reader_client, "/n/paris/changes/"))


def test_a_past_cell_is_shown_without_comments(world, analyst_client):
    send(analyst_client, "Comment", text="Well?")
    assert "Well?" not in look(analyst_client, CELL, as_of="2026-01-05").content.decode()


def test_the_list_has_three_parts(world, analyst_client, second_analyst_client):
    assert "No thread is open" in words(look(analyst_client, LIST))
    send(analyst_client, "Comment", text="@anton?")
    assert "France × 2 Deploy a force | @anton?" in words(look(analyst_client, LIST))
    assert "@anton?" in words(look(second_analyst_client, LIST, show="mentions"))
    assert "Nobody has mentioned you" in words(look(analyst_client, LIST, show="mentions"))
    send(analyst_client, "Resolve")
    assert "@anton?" in words(look(analyst_client, LIST, show="resolved"))


def test_hostile_words_are_shown_as_they_came(world, analyst_client):
    evil = "<script>alert(1)</script> {{ 7*7 }} & “so” <b>@anna</b>"
    assert send(analyst_client, "Comment", text=evil).status_code == 302
    send(analyst_client, "Resolve")
    for page in (CELL, TALK, LIST + "?show=resolved"):
        body = look(analyst_client, page).content.decode()
        assert "<script>alert" not in body
        assert "{{ 7*7 }}" in body
        assert "&lt;b&gt;<b>@anna</b>&lt;/b&gt;" in body
    assert send(analyst_client, "Comment", text="a\x07b").status_code == 422


def test_more_comments_ask_no_more(world, signed_in_as):
    cell = world.cell(world.france, world.force)
    first = make.CommentFactory(position=cell)
    few = [questions(signed_in_as("analyst"), page) for page in (CELL, LIST)]
    for _ in range(3):
        make.CommentFactory(position=cell, thread=first)
        make.CommentResolutionFactory(comment=make.CommentFactory(position=cell))
    assert [questions(signed_in_as("analyst"), page) for page in (CELL, LIST)] == few
    assert few[1] <= 11
    assert CommentResolution.objects.count() == 3
