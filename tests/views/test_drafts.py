"""What is typed survives a closed window and a lost session, and is offered again where it was typed."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from negotiations.models import Draft, Stance
from tests.pages import filled_in, read
from tests.stories import record
from tests.views.cell_pages import CELL, EDIT, EMPTY, HTMX, errors, form, page, recorded, send, typed

DRAFT = CELL + "draft"


def keep(client, data, address=DRAFT, htmx=True, **more):
    """As the script does a moment after typing stops."""
    return client.post(address, {**data, **more}, headers=HTMX if htmx else {})


@pytest.fixture
def kept(judged, analyst_client):
    """What Anna typed into the form of Germany on the force, kept as a draft."""
    data = typed(
        analyst_client, code="rejects", limits="Half a th", held_from="not yet", depends_on=["france", "russia"],
        red_line="on", why="", **{f"bearing-{judged.unacceptable.pk}": "context", "words": "gazette"},
    )  # fmt: skip
    answer = keep(analyst_client, data)
    assert answer.status_code == 200
    assert answer.content.decode().strip().startswith("Draft kept at ")
    return data


def offers(shown):
    return shown.all("div", "draft")


def test_a_draft_is_offered_where_it_was_typed_and_comes_back_as_it_was(kept, analyst_client):
    before = recorded()
    for address in (CELL, EDIT):
        [offer] = offers(page(analyst_client, address))
        assert offer.text.startswith("You have a draft of ")
        assert "It started from stance 1." in offer.text
        assert "moved on" not in offer.text
    again = filled_in(page(analyst_client, offer.find("a")["href"]).find("form", action=EDIT))
    same = {name for name in kept if name not in ("csrfmiddlewaretoken", "act", "seen")}
    assert {name: again[name] for name in same} == {
        name: value if isinstance(value, list) else [str(value)] for name, value in kept.items() if name in same
    }
    assert recorded() == before


def test_the_form_of_a_draft_is_not_offered_its_own_draft(kept, analyst_client):
    assert offers(page(analyst_client, f"{EDIT}?draft={kept['key'][0]}")) == []


def test_what_is_recorded_is_no_draft_any_more(judged, analyst_client):
    data = typed(analyst_client, limits="No ships", why="Read.")
    keep(analyst_client, data)
    assert send(analyst_client, data).status_code == 302
    assert not Draft.objects.exists()
    assert keep(analyst_client, data).content.decode().strip() == "This form has been recorded already."
    assert offers(page(analyst_client)) == []


def test_a_draft_whose_cell_has_moved_on_is_taken_up_with_both_versions(kept, judged, second_analyst, analyst_client):
    record(judged, judged.germany, judged.force, by=second_analyst, limits="Theirs", evidence=[judged.send])
    [offer] = offers(page(analyst_client, EDIT))
    assert "The cell has moved on since: you will see both versions." in offer.text
    shown = page(analyst_client, offer.find("a")["href"])
    assert "You started from stance 1; stance 2 was recorded" in errors(shown)
    sides = shown.find("table", "conflict").text
    assert "Half a th" in sides and "Theirs" in sides
    assert Stance.objects.count() == 2


def test_what_was_picked_in_a_conflict_is_kept_too(judged, second_analyst, analyst_client):
    data = typed(analyst_client, limits="Mine", why="Mine.")
    record(judged, judged.germany, judged.force, by=second_analyst, limits="Theirs", conditions="Theirs too",
           evidence=[judged.send])  # fmt: skip
    shown = read(send(analyst_client, data)).find("form", action=EDIT)
    assert shown["data-keep"] == DRAFT
    keep(analyst_client, filled_in(shown, **{"pick-limits": "both", "both-limits": "Ours"}))
    taken_up = form(analyst_client, f"{EDIT}?draft={data['key'][0]}")
    again = filled_in(taken_up, act="save")
    assert (again["limits"], again["conditions"], again["based_on"]) == (["Ours"], ["Theirs too"], ["2"])


def test_a_draft_is_discarded(kept, analyst_client):
    [offer] = offers(page(analyst_client, EDIT))
    data = filled_in(offer.find("form"), act="discard")
    assert keep(analyst_client, data, offer.find("form")["action"], htmx=False)["Location"] == EDIT
    assert offers(page(analyst_client, EDIT)) == []
    assert page(analyst_client, f"{EDIT}?draft={kept['key'][0]}").find("form", action=EDIT), "opens anew"


def test_drafts_of_one_minute_are_told_apart_by_what_was_written(kept, judged, analyst_client):
    keep(analyst_client, typed(analyst_client, conditions="After a\npeace agreement", why=""))
    keep(analyst_client, typed(analyst_client, why="Read <b>again</b>, " + "word for word " * 9))
    why, conditions, limits = (offer.text for offer in offers(page(analyst_client, EDIT)))
    assert "Reason: “Read <b>again</b>, word for word" in why and "…”" in why
    assert "Conditions: “After a peace agreement”" in conditions
    assert "Limits: “Half a th”" in limits
    assert "Limits: “Half a th”" in page(analyst_client, "/n/paris/work/").text


def test_two_windows_have_two_drafts_and_neither_overwrites_the_other(judged, analyst_client):
    for limits in ("One", "Two"):
        keep(analyst_client, typed(analyst_client, limits=limits))
    assert len(offers(page(analyst_client, EDIT))) == 2
    assert {each.content["limits"][0] for each in Draft.objects.all()} == {"One", "Two"}


def test_without_javascript_a_button_keeps_the_draft(judged, analyst_client):
    button = form(analyst_client).find("noscript").find("button")
    assert button["formaction"] == DRAFT
    answer = keep(analyst_client, typed(analyst_client, limits="By form"), htmx=False)
    assert answer["Location"] == CELL
    assert len(offers(page(analyst_client))) == 1


def test_drafts_of_other_cells_are_listed_on_the_form(kept, analyst_client):
    shown = page(analyst_client, EMPTY + "edit")
    assert offers(shown) == []
    [link] = [link for link in shown.all("a") if "?draft=" in link.attributes.get("href", "")]
    assert (link.text, link["href"]) == ("Germany × 2", f"{EDIT}?draft={kept['key'][0]}")


def test_nobody_else_is_offered_a_draft_or_takes_it_up(kept, second_analyst_client, curator_client):
    for client in (second_analyst_client, curator_client):
        assert offers(page(client)) == offers(page(client, EDIT)) == []
        theirs = filled_in(form(client, f"{EDIT}?draft={kept['key'][0]}"))
        assert theirs["limits"] != ["Half a th"]


def test_a_draft_that_a_browser_kept_by_itself_comes_to_stand_in_the_list(kept, analyst_client):
    answer = keep(analyst_client, kept, key=str(uuid4()), offer="1", limits="From the browser")
    assert len(offers(read(answer))) == 2


@pytest.mark.parametrize("key", ["", "no key", "1"])
def test_what_is_no_form_of_ours_is_not_kept(key, judged, analyst_client):
    answer = keep(analyst_client, {"key": key, "limits": "?"})
    assert answer.status_code == 422
    assert not Draft.objects.exists()
    assert page(analyst_client, f"{EDIT}?draft={key}").find("form", action=EDIT)


def test_whoever_is_signed_out_meanwhile_goes_on_where_they_were(judged, nobody_client):
    """In a negotiation that everybody sees; elsewhere a stranger must not learn that there is anything."""
    type(judged.negotiation).objects.update(visibility="public")
    here = {"key": str(UUID(int=1)), "limits": "Typed"}
    headers = HTMX | {"HX-Current-URL": f"http://testserver{EDIT}?cause=evidence"}
    answer = nobody_client.post(EDIT, here, headers=headers)
    assert answer["HX-Redirect"] == f"/accounts/sign-in/?next={EDIT.replace('/', '%2F')}%3Fcause%3Devidence"
    plain = nobody_client.post(EDIT, here, headers={"Referer": f"http://testserver{EDIT}"})
    assert plain["Location"] == f"/accounts/sign-in/?next={EDIT.replace('/', '%2F')}"
    elsewhere = nobody_client.post(EDIT, here, headers={"Referer": "https://elsewhere.org/n/paris/"})
    assert elsewhere["Location"] == "/accounts/sign-in/?next=%2F"
    assert not Draft.objects.exists()
