"""What can't be recorded, and who can't: each with a sentence, and nothing is written."""

from __future__ import annotations

import pytest
from django.utils.http import urlencode

from negotiations.domain import records
from negotiations.models import Change, Party, Stance
from tests import factories as make
from tests.domain.test_undoing import newest, undo
from tests.pages import filled_in, read
from tests.views.cell_pages import EDIT, errors, recorded, send, typed

WRONG = {
    "code": ("adores", "Choose one of the stances of the code book."),
    "rationale": ("", "Say how the words lead to this judgement, or what was searched."),
    "why": (" ", "Say why you make this change; it is shown in the history."),
    "confidence": ("", "Say how good the evidence is."),
    "held_from": ("31.4.", "Write the day like 2026-01-06."),
    "depends_on": (["germany"], "Select a valid choice."),
    "cause": ("first", "This cell has a stance already."),
    "precision": ("hour", "Select a valid choice."),
    "conditions": ("x" * 20_001, "Ensure this value has at most 20000 characters"),
    "based_on": ("", "This field is required."),
    "key": ("not-a-key", "Enter a valid UUID."),
}


@pytest.mark.parametrize("htmx", [False, True])
def test_wrong_input_gets_a_sentence_at_its_field_keeps_what_was_typed_and_changes_nothing(
    htmx, judged, analyst_client
):
    before = recorded()
    others = {"limits": "Half a thought", "why": "I know why.", f"bearing-{judged.send.pk}": "context"}
    data = typed(analyst_client, **others)
    for field, (value, sentence) in WRONG.items():
        response = send(analyst_client, data | {field: value}, htmx=htmx)
        assert response.status_code == 422
        shown = read(response)
        assert sentence in errors(shown)
        again = filled_in(shown.find("form", action=EDIT))
        for name, kept in others.items():
            assert name == field or again[name] == [kept], (field, name)
        if field in ("held_from", "conditions"):
            assert again[field] == [value]
    assert recorded() == before


@pytest.mark.django_db(transaction=True)
def test_what_was_typed_for_a_party_that_was_taken_out_meanwhile_stands_in_the_form(world, curator, analyst_client):
    records.save(Party(slug="latvia", name="Latvia", order=9, negotiation=world.negotiation), by=curator)
    address = "/n/paris/positions/latvia/2/edit"
    mine = typed(analyst_client, address, code="unknown", rationale="Nothing found.", why="I looked.", cause="first")
    undo(world, newest(world), curator)
    response = send(analyst_client, mine, address)
    assert response.status_code == 409
    assert "This was taken out" in errors(read(response))
    assert filled_in(read(response).find("form", action=address))["rationale"] == ["Nothing found."]
    undo(world, newest(world), curator)
    assert send(analyst_client, filled_in(read(response).find("form", action=address), act="save"), address)["Location"]
    assert Stance.objects.get().rationale == "Nothing found."


def test_several_faults_are_told_at_once(judged, analyst_client):
    shown = read(send(analyst_client, typed(analyst_client, rationale="", why="", held_from="soon")))
    told = errors(shown)
    assert all(sentence in told for sentence in ["Say how the words lead", "Say why you make", "Write the day like"])
    for name in ("rationale", "why", "held_from"):
        field = shown.find("form", action=EDIT).find("input" if name == "held_from" else "textarea", name=name)
        assert field["aria-invalid"] == "true"


def test_a_judgement_without_words_that_support_it_is_refused(judged, analyst_client):
    data = typed(analyst_client, why="I just know.")
    for bearing in ("", "context", "contradicts", "proves"):
        response = send(analyst_client, data | {f"bearing-{judged.neighbours.pk}": bearing})
        assert response.status_code == 422
        assert "Choose at least one piece of evidence that supports the judgement." in errors(read(response))


def test_a_stance_from_the_future_is_refused(judged, analyst_client):
    response = send(analyst_client, typed(analyst_client, why="I see it coming.", held_from="2999-01-01"))
    assert response.status_code == 422
    assert "A stance is recorded once it is held." in errors(read(response))


HALF = [
    {"source-0": "", "locator-0": "page 3"},
    {"source-0": "SOURCE", "locator-0": ""},
    {"source-0": "SOURCE", "locator-0": "\u200b"},
    {"source-0": "seven", "locator-0": ""},
    {"source-0": "seven", "locator-0": "page 3"},
]


def test_a_record_without_a_text_needs_its_source_and_its_place(judged, analyst_client):
    data = typed(analyst_client, why="The vote.", **{"locator-bearing-0": "context"})
    for half in HALF:
        row = {name: str(judged.source.pk) if value == "SOURCE" else value for name, value in half.items()}
        response = send(analyst_client, data | row)
        assert response.status_code == 422
        assert "needs both: the source, and where in it." in errors(read(response))


def test_a_place_in_a_source_is_at_most_300_characters(judged, analyst_client):
    row = {"source-0": judged.source.pk, "locator-bearing-0": "context"}
    assert send(analyst_client, typed(analyst_client, why="v", **row, **{"locator-0": "p" * 301})).status_code == 422
    assert send(analyst_client, typed(analyst_client, why="v", **row, **{"locator-0": "p" * 300})).status_code == 302


def test_quotes_sources_and_parties_of_another_negotiation_are_refused_in_a_sentence(judged, analyst, analyst_client):
    elsewhere = make.NegotiationFactory(slug="elsewhere")
    quote = make.QuoteFactory(negotiation=elsewhere)
    source = make.SourceFactory(negotiation=elsewhere)
    make.PartyFactory(negotiation=elsewhere, slug="atlantis")
    before = recorded()
    foreign = {
        "One of these quotes is not of this negotiation.": {f"bearing-{quote.pk}": "supports"},
        "One of these sources is not of this negotiation.": {
            "source-0": source.pk, "locator-0": "p. 3", "locator-bearing-0": "supports",
        },
        "Select a valid choice. atlantis is not one of the available choices.": {"depends_on": ["atlantis"]},
    }  # fmt: skip
    for sentence, fields in foreign.items():
        response = send(analyst_client, typed(analyst_client, why="Why not?", **fields))
        assert response.status_code == 422
        shown = read(response)
        assert sentence in errors(shown)
        assert quote.exact not in shown.text and source.title not in shown.text, "nor is anything told of them"
    assert recorded() == before


# --- who may -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["reader", "outsider", "nobody"])
def test_only_analysts_record(who, judged, analyst_client, signed_in_as):
    data = typed(analyst_client, why="Not mine to say.")
    browser = signed_in_as(who)
    before = recorded()
    refused = 403 if who == "reader" else 404
    assert browser.get(EDIT).status_code == refused
    assert send(browser, data).status_code == refused
    assert recorded() == before
    type(judged.negotiation).objects.update(visibility="public")
    if who == "nobody":
        assert browser.get(EDIT)["Location"] == "/accounts/sign-in/?" + urlencode({"next": EDIT})
        assert send(browser, data)["Location"] == "/accounts/sign-in/?next=%2F"
        panel = send(browser, data, htmx=True)
        assert (panel.status_code, panel.content) == (204, b""), "a redirect would be followed into the panel"
        assert panel["HX-Redirect"] == "/accounts/sign-in/?next=%2F"
    else:
        assert send(browser, data).status_code == 403
    assert recorded() == before


def test_AUTH05_a_role_that_is_taken_away_ends_with_the_next_click(judged, analyst, analyst_client):
    data = typed(analyst_client, why="Just now.")
    analyst.memberships.update(role="reader")
    assert send(analyst_client, data).status_code == 403
    analyst.memberships.all().delete()
    assert send(analyst_client, data).status_code == 404
    assert Stance.objects.count() == 1


def test_AUTH05_a_deactivated_account_is_signed_out_with_the_next_click(judged, analyst, analyst_client):
    data = typed(analyst_client, why="Just now.")
    analyst.is_active = False
    analyst.save()
    assert send(analyst_client, data).status_code == 404
    assert Stance.objects.count() == 1


def test_HTTP02_HTTP03_only_a_post_records(judged, analyst_client):
    data = typed(analyst_client, why="Another way in.")
    before = recorded()
    for method in ("put", "patch", "delete", "options", "trace", "head"):
        assert getattr(analyst_client, method)(EDIT, data).status_code == 405
    assert analyst_client.get(EDIT, data).status_code == 200
    other = analyst_client.get(EDIT, data | {"_method": "POST"}, headers={"X-HTTP-Method-Override": "POST"})
    assert other.status_code == 200
    assert recorded() == before


def test_VAL09_what_the_form_does_not_ask_is_ignored(judged, analyst, analyst_client, outsider):
    data = typed(analyst_client, why="Mine.", seq="9", by=outsider.pk, by_id=outsider.pk, author_id=outsider.pk,
                 revision="1", created_at="1999-01-01", negotiation="1", version="77")  # fmt: skip
    assert send(analyst_client, data).status_code == 302
    stance = Stance.objects.get(seq=2)
    change = Change.objects.get(negotiation=judged.negotiation, revision=stance.revision)
    assert change.by == analyst
    assert change.at.year > 1999
