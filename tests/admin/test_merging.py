"""Curators merge what is there twice, and see beforehand what rests on it."""

from __future__ import annotations

import pytest
from django.test import Client

from negotiations.models import Outlet, Source
from tests import factories as make
from tests.sql import at_once

from .pages import list_of, page_of, shown


@pytest.fixture
def twin(world):
    source = make.SourceFactory(negotiation=world.negotiation, slug="report-again", title="Report again")
    make.QuoteFactory(snapshot=make.SnapshotFactory(source=source), slug="ready", exact="We are ready to act")
    return source


def merged_into(row):
    row.refresh_from_db()
    return row.merged_into


def test_a_source_is_merged_with_a_reason_and_taken_out_again(world, twin, curator, curator_client):
    page = curator_client.get(page_of(twin))
    assert page_of(twin, "merge") in page.content.decode()
    assert curator_client.post(page_of(twin, "merge"), {"kept": "summit-report"}).status_code == 422
    done = curator_client.post(page_of(twin, "merge"), {"kept": "summit-report", "why": "The same."}, follow=True)
    assert "“Report again” is merged into “After the summit”, which counts in its place." in shown(done)
    assert merged_into(twin) == world.source
    assert world.negotiation.changes.latest("revision").by == curator
    log = shown(curator_client.get(f"/n/{world.negotiation.slug}/changes/"))
    assert "merged source Report again into After the summit" in log
    page = curator_client.get(page_of(twin))
    assert page_of(twin, "apart") in page.content.decode()
    assert "It is merged into After the summit , which counts in its place" in shown(page)
    assert "It is merged into" not in shown(curator_client.get(page_of(world.source)))
    done = curator_client.post(page_of(twin, "apart"), {"why": "They differ."}, follow=True)
    assert "“Report again” counts for itself again." in shown(done)
    assert merged_into(twin) is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "This field is required."),
        ({"kept": "nothing-like-it"}, "There is no source “nothing-like-it” in this negotiation."),
        ({"kept": "elsewhere"}, "There is no source “elsewhere” in this negotiation."),
        ({"kept": "report-again"}, "“Report again” can't be merged into itself."),
        ({"kept": "a\x00b"}, "There is no source"),
    ],
)
def test_what_cannot_be_merged_is_told_in_a_sentence(world, twin, curator_client, typed, sentence):
    make.SourceFactory(slug="elsewhere")
    response = curator_client.post(page_of(twin, "merge"), {"why": "The same.", **typed})
    assert response.status_code == 422
    assert sentence in shown(response)
    assert merged_into(twin) is None


def test_what_is_itself_merged_is_answered_by_the_one_that_is_kept(world, twin, curator_client):
    third = make.SourceFactory(negotiation=world.negotiation, slug="third", title="Third")
    curator_client.post(page_of(twin, "merge"), {"kept": "summit-report", "why": "The same."})
    asked = curator_client.post(page_of(third, "merge"), {"kept": "report-again", "why": "The same."})
    assert asked.status_code == 422
    assert "“Report again” is itself merged into “After the summit”." in shown(asked)
    assert 'value="summit-report"' in asked.content.decode(), "it is in the form, to be sent"
    assert merged_into(third) is None


def test_several_chosen_in_the_list_become_one(world, twin, curator_client):
    third = make.SourceFactory(negotiation=world.negotiation, title="Third")
    chosen = {"action": "merge", "_selected_action": [world.source.pk, twin.pk, third.pk]}
    asked = curator_client.post(list_of("source"), chosen)
    assert "These 3 are one: which one is kept?" in shown(asked)
    assert "After the summit (summit-report)" in shown(asked)
    for wrong in ({"why": "The same."}, {"why": " ", "kept": twin.pk}, {"why": "x", "kept": 999}):
        assert curator_client.post(list_of("source"), chosen | wrong).status_code == 422
    done = curator_client.post(list_of("source"), chosen | {"why": "The same.", "kept": world.source.pk}, follow=True)
    assert "“After the summit” is kept; 2 are merged into it." in shown(done)
    assert merged_into(twin) == merged_into(third) == world.source
    assert merged_into(world.source) is None


def test_one_alone_or_rows_of_two_negotiations_are_not_merged(world, twin, administrator_client):
    chosen = {"action": "merge", "_selected_action": [twin.pk]}
    assert "Choose two or more" in shown(administrator_client.post(list_of("source"), chosen, follow=True))
    chosen["_selected_action"] = [twin.pk, make.SourceFactory().pk]
    told = shown(administrator_client.post(list_of("source"), chosen, follow=True))
    assert "Choose rows of one negotiation." in told


def test_the_list_leaves_out_what_is_merged_unless_asked(world, twin, curator_client):
    curator_client.post(page_of(twin, "merge"), {"kept": "summit-report", "why": "The same."})

    def titles(**asked):
        return {row.title for row in curator_client.get(list_of("source"), asked).context["cl"].result_list}

    assert titles() == {"After the summit"}
    assert titles(merged="yes") == {"Report again"}
    assert titles(merged="all") == {"After the summit", "Report again"}
    assert "Merged into" in shown(curator_client.get(list_of("source"), {"merged": "yes"}))


def test_outlets_are_merged_too(world, curator_client):
    online = make.OutletFactory(negotiation=world.negotiation, slug="online", name="Gazette Online")
    make.SourceFactory(outlet=online, slug="blog", title="Blog")
    done = curator_client.post(page_of(online, "merge"), {"kept": world.outlet.pk, "why": "One house."}, follow=True)
    assert "“Gazette Online” is merged into “The Gazette”" in shown(done)
    assert Outlet.objects.get(pk=online.pk).merged_into == world.outlet
    form = curator_client.get(page_of(Source.objects.get(slug="blog")))
    assert "Gazette Online (merged into The Gazette)" in form.content.decode()
    assert "Gazette Online" not in shown(curator_client.get(list_of("outlet")))


# --- what rests on it -------------------------------------------------------------------------------------


@pytest.fixture
def laden(world, twin):
    """France rests on the report alone, Germany also on its twin, Russia on what repeats the report."""
    make.SourceGradingFactory(source=twin, status="accepted")
    ready = twin.snapshots.get().quotes.get()
    echo = make.SourceFactory(negotiation=world.negotiation, title="An echo", status="accepted", origin=world.source)
    told = make.QuoteFactory(snapshot=make.SnapshotFactory(source=echo), slug="told", exact="We rule that out.")
    make.StanceFactory(position=world.cell(world.france, world.force), evidence=[world.send])
    make.StanceFactory(position=world.cell(world.germany, world.force), evidence=[world.neighbours, ready])
    make.StanceFactory(position=world.cell(world.russia, world.force), evidence=[told])
    commitment = make.CommitmentFactory(party=world.france, text="To send ships.")
    make.CommitmentEventFactory(commitment=commitment, quote=world.send)
    declaration = make.InstrumentFactory(negotiation=world.negotiation, slug="declaration")
    make.SignatureFactory(instrument=declaration, party=world.russia, state="not_signed", quote=world.unacceptable)
    return world


RESTING = [
    "3 cells cite it, 3 of them as support. 2 other things lead to it. 2 cells have no other support that counts.",
    "France × 2 Deploy a force (supports): supports the judgement. Its only support. Russia",
    "Russia × 2 Deploy a force (supports): supports the judgement. Its only support. Germany",
    "Germany × 2 Deploy a force (supports): supports the judgement. Commitment",
    "Commitment To send ships. : Announced",
    "Instrument Declaration : Russia: did not sign",
    "Looked at too, as they repeat it or are merged into it: An echo",
]


@pytest.mark.parametrize("word", ["change", "status", "merge"])
def test_what_rests_on_a_source_is_told_where_one_decides_about_it(laden, curator_client, word):
    said = shown(curator_client.get(page_of(laden.source, word)))
    assert "What rests on this" in said
    assert [each for each in RESTING if each not in said] == []


@pytest.mark.parametrize("action", ["reject", "retract", "merge"])
def test_and_before_many_are_judged_at_once(laden, twin, curator_client, action):
    chosen = {"action": action, "_selected_action": [laden.source.pk, twin.pk]}
    said = shown(curator_client.post(list_of("source"), chosen))
    assert "2 other things lead to it. 3 cells have no other support that counts." in said
    accepting = curator_client.post(list_of("source"), chosen | {"action": "accept"})
    assert "What rests on this" not in shown(accepting)


def test_what_rests_on_an_outlet_and_on_a_claim(laden, curator_client):
    for row in (laden.outlet, laden.send):
        for word in ("change", "grade"):
            said = shown(curator_client.get(page_of(row, word)))
            assert "France × 2" in said
            assert "Russia × 2" not in said
    assert "Germany × 2" not in said
    assert "1 cell cites it, as support. 1 other thing leads to it." in said


def test_where_nothing_rests_that_is_said(world, twin, curator_client):
    assert "Nothing rests on it today." in shown(curator_client.get(page_of(twin, "status")))


def test_a_support_that_no_longer_counts_is_no_other_support(laden, twin, curator_client):
    """The control of "its only support": the twin falls, and Germany stands on the report alone."""
    make.SourceGradingFactory(source=twin, status="retracted")
    said = shown(curator_client.get(page_of(laden.source, "status")))
    assert "3 cells have no other support that counts." in said


def test_a_source_that_is_perhaps_the_same_is_one_step_from_being_merged(world, curator_client):
    twin = make.SourceFactory(negotiation=world.negotiation, slug="twin", title="After the summit")
    page = curator_client.get(page_of(twin))
    assert "Perhaps the same After the summit . It has the same title." in shown(page)
    address = f"{page_of(twin, 'merge')}?kept=summit-report"
    assert address in page.content.decode()
    assert 'value="summit-report"' in curator_client.get(address).content.decode()
    curator_client.post(address, {"kept": "summit-report", "why": "The same."})
    assert "Perhaps the same" not in shown(curator_client.get(page_of(twin)))


def test_what_is_missing_can_be_asked_for(world, curator_client):
    bare = make.SourceFactory(negotiation=world.negotiation, title="Bare")
    known = make.SourceFactory(outlet=world.outlet, language="en", published_on="2026-01-06", title="Known")
    make.SnapshotFactory(source=known)
    for what in ("outlet", "date", "language", "text"):
        found = {row.pk for row in curator_client.get(list_of("source"), {"missing": what}).context["cl"].result_list}
        assert bare.pk in found, what
        assert known.pk not in found, what


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_into_each_other_at_one_moment_are_both_answered(world, twin, curator_client, administrator):
    other_client = Client()
    other_client.force_login(administrator)
    for _ in range(5):
        first, second = at_once(
            lambda: curator_client.post(page_of(twin, "merge"), {"kept": "summit-report", "why": "The same."}),
            lambda: other_client.post(page_of(world.source, "merge"), {"kept": "report-again", "why": "The same."}),
        )
        assert sorted([first.status_code, second.status_code]) == [302, 422]
        for row in (twin, world.source):
            curator_client.post(page_of(row, "apart"), {"why": "They differ."})
