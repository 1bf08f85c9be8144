"""Sources: taken in, judged with a reason, given their texts; and the cells that rest on them follow."""

from __future__ import annotations

from hashlib import sha256

import pytest

from negotiations.models import Source
from negotiations.models.outlets import Reliability
from tests import factories as make
from tests.stories import record

from .pages import adding, list_of, page_of, save, shown


@pytest.fixture
def cell(world):
    """Germany on the force, resting on the one source."""
    cell = world.cell(world.germany, world.force)
    make.StanceFactory(position=cell, evidence=[world.neighbours])
    return cell


def choose(browser, action, *sources, **typed):
    sent = {"action": action, "_selected_action": [source.pk for source in sources], **typed}
    return browser.post(list_of("source"), sent, follow=True)


def test_the_list_tells_what_a_curator_triages_by(world, cell, curator_client):
    make.SourceFactory(negotiation=world.negotiation, title="Rumour", status="new")
    listed = curator_client.get(list_of("source"))
    rows = {row.title: row for row in listed.context["cl"].result_list}
    assert rows["After the summit"].counts == (3, 1)
    assert rows["Rumour"].counts == (0, 0)
    text = shown(listed)
    for head in ("Outlet", "Status", "The Gazette (B)", "By language", "Published", "Quotes", "Cells"):
        assert head in text
    for asked in ({"status__exact": "new"}, {"outlet__reliability__exact": "F"}, {"q": "rumour"}):
        found = curator_client.get(list_of("source"), asked).context["cl"].result_list
        assert {row.title for row in found} <= {"Rumour"}
    assert "“" not in text


@pytest.mark.parametrize(
    ("action", "status"), [("accept", "accepted"), ("reject", "rejected"), ("retract", "retracted")]
)
def test_a_list_action_asks_why_and_then_judges(action, status, world, curator, curator_client):
    first, second = make.SourceFactory.create_batch(2, negotiation=world.negotiation)
    asked = choose(curator_client, action, first, second)
    assert f"{action.capitalize()} these 2 sources?" in shown(asked)
    assert 'name="why"' in asked.content.decode()
    assert not first.gradings.exists()
    empty = choose(curator_client, action, first, second, why="  ")
    assert empty.status_code == 422
    assert "Say why you do this." in shown(empty)
    assert Source.objects.get(pk=first.pk).status == "new"
    before = world.negotiation.changes.latest("revision").revision
    done = choose(curator_client, action, first, second, why="Read both.")
    assert f"2 sources are {status} now." in shown(done)
    for source in (first, second):
        grading = source.gradings.get()
        assert (grading.status, grading.reason) == (status, "Read both.")
        assert Source.objects.get(pk=source.pk).status == status
    change = world.negotiation.changes.latest("revision")
    assert (change.revision, change.by, change.verb, change.why) == (before + 1, curator, status, "Read both.")


def test_the_page_that_asks_holds_all_that_it_sends(world, curator_client):
    """It works without scripts: the form itself carries the choice and the token against forgery."""
    page = choose(curator_client, "retract", world.source).content.decode()
    assert 'name="csrfmiddlewaretoken"' in page
    assert '<input type="hidden" name="action" value="retract">' in page
    assert f'<input type="hidden" name="_selected_action" value="{world.source.pk}">' in page


def test_a_retracted_source_no_longer_counts_in_its_cells(world, cell, curator_client):
    assert world.cell(world.germany, world.force).origins == 1
    choose(curator_client, "retract", world.source, why="The paper took it back.")
    assert world.cell(world.germany, world.force).origins == 0
    choose(curator_client, "accept", world.source, why="It was the other one.")
    assert world.cell(world.germany, world.force).origins == 1


def test_the_same_judgement_twice_writes_nothing(world, curator_client):
    before = world.negotiation.changes.count()
    done = choose(curator_client, "accept", world.source, why="Again.")
    assert "0 sources are accepted now. 1 was so before." in shown(done)
    assert world.negotiation.changes.count() == before


def test_a_source_is_judged_on_its_own_page_too(world, curator_client):
    address = page_of(world.source, "status")
    assert address in curator_client.get(page_of(world.source)).content.decode()
    assert curator_client.post(address, {"status": "retracted"}).status_code == 422
    assert curator_client.post(address, {"status": "burnt", "why": "x"}).status_code == 422
    told = shown(curator_client.post(address, {"status": "retracted", "why": "Taken back."}, follow=True))
    assert "“After the summit” is retracted." in told
    assert "Taken back. Clara Curator" in told


def test_after_a_new_source_was_judged_the_next_one_is_offered(world, curator_client):
    first, second, third = make.SourceFactory.create_batch(3, negotiation=world.negotiation, status="new")
    asked = {"status": "accepted", "why": "Read it."}

    def judge(source):
        return shown(curator_client.post(page_of(source, "status"), asked, follow=True))

    assert f"“{second}” is accepted. Next to triage: {third}" in judge(second)
    assert f"Next to triage: {first}" in judge(third)
    assert "Nothing else waits for triage." in judge(first)
    assert "triage" not in judge(first), "it did not wait any more"


def test_another_outlet_or_origin_makes_the_cells_count_anew(world, cell, curator_client):
    second = make.SourceFactory(
        negotiation=world.negotiation, title="Second", status="accepted", outlet=make.OutletFactory(
            negotiation=world.negotiation
        )
    )  # fmt: skip
    quote = make.QuoteFactory(snapshot=make.SnapshotFactory(source=second), party=world.germany)
    make.StanceFactory(position=cell, evidence=[world.neighbours, quote])
    assert world.cell(world.germany, world.force).origins == 2
    save(curator_client, page_of(second), origin="summit-report", why="It copies the Gazette.")
    assert world.cell(world.germany, world.force).origins == 1


def test_the_page_of_a_source_shows_its_quotes(world, curator_client):
    told = shown(curator_client.get(page_of(world.source)))
    for words in ("we will send them", "The President", "in neighbouring countries", "unacceptable 🚫 to us"):
        assert words in told
    assert "Nobody has cited this source yet." in shown(
        curator_client.get(page_of(make.SourceFactory(negotiation=world.negotiation)))
    )
    assert "/n/paris/sources/summit-report/" in curator_client.get(page_of(world.source)).content.decode()


def test_a_text_is_added_as_the_next_number(world, curator, curator_client):
    text = "  Everything that was said.\r\nAnd more: <script>alert(1)</script>\r\n"
    address = page_of(world.source, "text")
    sent = {"kind": "full", "language": "en", "text": text, "why": "From the library."}
    told = shown(curator_client.post(address, sent, follow=True))
    assert "Text 2 of “After the summit” is added. Of its 3 quotes none holds there." in told
    snapshot = world.source.snapshots.get(number=2)
    assert snapshot.text == text.replace("\r\n", "\n")
    assert snapshot.sha256 == sha256(snapshot.text.encode()).hexdigest()
    change = world.negotiation.changes.get(revision=snapshot.revision)
    assert (change.by, change.why) == (curator, "From the library.")
    assert "<script>alert" not in curator_client.get(page_of(snapshot)).content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": " \r\n "}, "This field is required."),
        ({"text": "a\x00b"}, "Null characters are not allowed."),
        ({"kind": "poem"}, "is not one of the available choices"),
        ({"language": "Klingon!"}, "Write a language code such as en, uk or pt-BR."),
        ({"language": "x" * 40}, "at most 12 characters"),
    ],
)
def test_a_text_that_cannot_be_stored_is_told_in_a_sentence(wrong, sentence, world, curator_client):
    sent = {"kind": "full", "language": "en", "text": "Words."} | wrong
    response = curator_client.post(page_of(world.source, "text"), sent)
    assert response.status_code == 422
    assert sentence in shown(response) or "Write or paste the text." in shown(response)
    assert world.source.snapshots.count() == 1


@pytest.mark.parametrize(
    ("noun", "word", "asked", "reason"),
    [
        ("source", "status", {"status": "retracted"}, "source"),
        ("outlet", "grade", {"reliability": "E"}, "outlet"),
        ("neighbours", "grade", {"credibility": "5"}, "claim"),
    ],
)
def test_who_lowers_what_a_cell_rests_on_is_led_to_it(noun, word, asked, reason, world, analyst, curator_client):
    record(world, world.germany, world.force, by=analyst, evidence=[world.neighbours])
    done = curator_client.post(page_of(getattr(world, noun), word), {**asked, "why": "It was wrong."}, follow=True)
    assert f'<a href="/n/paris/rechecks/?reason={reason}">1 cell is to be re-checked</a>.' in done.content.decode()


def test_an_outlet_is_graded_with_a_reason(world, curator, curator_client):
    address = page_of(world.outlet, "grade")
    assert curator_client.post(address, {"reliability": "D"}).status_code == 422
    assert curator_client.post(address, {"reliability": "G", "why": "x"}).status_code == 422
    curator_client.post(address, {"reliability": "D", "why": "It was wrong twice."})
    world.outlet.refresh_from_db()
    assert world.outlet.reliability == Reliability.D
    assert [g.reliability for g in world.outlet.gradings.all()] == ["B", "D"]
    assert world.negotiation.changes.latest("revision").by == curator
    told = shown(curator_client.get(page_of(world.outlet)))
    assert "B · usually reliable" in told
    assert "It was wrong twice. Clara Curator" in told


def test_a_claim_is_graded_with_a_reason(world, curator_client):
    address = page_of(world.send, "grade")
    assert address in curator_client.get(page_of(world.send)).content.decode()
    assert curator_client.post(address, {"credibility": "2"}).status_code == 422
    curator_client.post(address, {"credibility": "2", "why": "Others say so too."})
    assert world.send.gradings.get().credibility == 2
    assert "B2" in shown(curator_client.get(page_of(world.source)))


def test_a_new_source_is_new_and_may_know_little(world, curator_client):
    save(curator_client, adding("source"), title="A leaflet")
    leaflet = Source.objects.get(slug="a-leaflet")
    assert (leaflet.status, leaflet.outlet, leaflet.published_on) == ("new", None, None)


def test_after_a_text_with_other_words_the_curator_is_led_to_the_cells_that_wait(world, analyst, curator_client):
    record(world, world.france, world.force, by=analyst, evidence=[world.send])
    sent = {"kind": "full", "language": "en", "text": "Taken down.", "why": "They took it down."}
    response = curator_client.post(page_of(world.source, "text"), sent, follow=True)
    assert "Of its 3 quotes none holds there." in shown(response)
    assert '<a href="/n/paris/rechecks/?reason=anchor">1 cell is to be re-checked</a>' in response.content.decode()
