"""An open form asks whether somebody was faster: told once, and never by a stale answer."""

from __future__ import annotations

from negotiations.models import Position
from tests.pages import filled_in, read
from tests.stories import record
from tests.views.cell_pages import CELL, EDIT, EMPTY, form, recorded, send, typed

ASK = CELL + "meanwhile"


def ask(client, version=1, tag='"1"', address=ASK):
    return client.get(f"{address}?since={version}", headers={"If-None-Match": tag} if tag else {})


def test_while_nothing_changes_the_answer_is_304(judged, analyst_client):
    opened = form(analyst_client)
    place = opened.find("div", "at-the-form")
    assert (place["data-meanwhile"], place["data-version"], place["aria-live"]) == (ASK, "1", "polite")
    answer = ask(analyst_client)
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", '"1"')
    assert "no-cache" in answer["Cache-Control"]


def test_a_colleagues_stance_is_told_with_its_author_time_and_reason(judged, second_analyst, analyst_client):
    record(judged, judged.germany, judged.force, by=second_analyst, code="opposes", why="Read it.",
           evidence=[judged.send])  # fmt: skip
    answer = ask(analyst_client)
    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    told = read(answer)
    assert "Anton Analyst recorded a stance. Opposes, " in told.text
    assert "Read it." in told.text
    assert told.find("button", name="act")["value"] == "merge"
    assert told.find("a")["href"] == CELL
    assert ask(analyst_client, tag='"2"').status_code == 304, "told once"


def test_an_answer_is_never_stale(judged, second_analyst, analyst_client):
    """The tag is the number in the cell's own row: whoever has an older one is told, each time."""
    for version in (2, 3, 4):
        record(judged, judged.germany, judged.force, by=second_analyst, limits=f"{version}", evidence=[judged.send])
        assert ask(analyst_client, tag=f'"{version - 1}"')["ETag"] == f'"{version}"'
    Position.objects.update(rechecks=3)  # what is no stance is none
    assert ask(analyst_client, tag='"4"').status_code == 304
    told = read(ask(analyst_client)).text
    assert told.count("recorded a stance") == 3


def test_ones_own_stance_from_another_window_is_told_as_such(judged, analyst, analyst_client):
    record(judged, judged.germany, judged.force, by=analyst, evidence=[judged.send])
    assert "You, in another window, recorded a stance." in read(ask(analyst_client)).text
    record(judged, judged.germany, judged.force, by=analyst, cause="withdrawn", replaces=2, code="")
    assert "A withdrawal" in read(ask(analyst_client)).text


def test_without_a_tag_or_with_a_damaged_number_nothing_is_made_up(judged, analyst_client):
    for version in (1, "", "one", "99", "-1", "9" * 30):
        answer = ask(analyst_client, version=version, tag="")
        assert (answer.status_code, read(answer).text) == (200, "")


def test_it_asks_little(judged, analyst_client, django_assert_num_queries):
    ask(analyst_client)
    with django_assert_num_queries(4):  # session, user, negotiation, cell
        assert ask(analyst_client).status_code == 304


def test_whoever_is_signed_out_meanwhile_is_told_where_to_sign_in(judged, nobody_client):
    answer = nobody_client.get(ASK, headers={"HX-Request": "true"})
    assert answer.status_code in (204, 404)


def test_merging_now_shows_both_versions_whatever_is_still_missing(judged, second_analyst, analyst_client):
    """Nothing is judged yet: half a form can be merged, too."""
    data = typed(analyst_client, limits="Mine", rationale="", held_from="soon")
    record(judged, judged.germany, judged.force, by=second_analyst, limits="Theirs", evidence=[judged.send])
    before = recorded()
    for htmx in (False, True):
        response = send(analyst_client, data | {"act": "merge"}, htmx=htmx)
        assert response.status_code == 409
        sides = read(response).find("table", "conflict")
        assert "Theirs" in sides.text
        assert "soon" in sides.text
    assert recorded() == before
    again = filled_in(read(response).find("form", action=EDIT), act="save")
    assert again["based_on"] == ["2"]


def test_merging_where_nothing_came_in_goes_on_as_the_form(judged, analyst_client):
    response = send(analyst_client, typed(analyst_client, EMPTY + "edit", act="merge"), EMPTY + "edit")
    assert response.status_code == 200
    assert read(response).has("form", action=EMPTY + "edit")
