"""One pass after citing: each chosen cell says what stands, and gets what the words mean there."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations.models import Change, Dependence, Quote, Stance
from tests import factories as make
from tests.pages import filled_in, read
from tests.stories import record
from tests.views.cell_pages import errors, page
from tests.views.looking import questions

REPORT = "/n/paris/sources/summit-report/"
QUOTE = REPORT + "quotes/france-send/weigh"
NEW = "quotes/new-words/weigh"


@pytest.fixture
def new(world):
    """Words that nobody has weighed yet."""
    return make.QuoteFactory(
        snapshot=world.snapshot, slug="new-words", exact="the talks in Paris", party=world.france, said_on="2026-01-06"
    )


@pytest.fixture
def stood(world, second_analyst):
    """Germany supports the force; of Russia it is recorded that nothing is known; of France nothing is recorded."""
    record(
        world, world.germany, world.force, by=second_analyst, conditions="After a ceasefire", red_line=True,
        limits="No soldiers", depends_on=(world.france.pk,), confidence="moderate", evidence=[world.neighbours],
    )  # fmt: skip
    record(world, world.russia, world.force, by=second_analyst, code="unknown", rationale="All documents.")
    return world


def address(*cells, bearing="supports"):
    return f"{REPORT}{NEW}?" + "&".join([*(f"cell={cell}" for cell in cells), f"bearing={bearing}"])


def opened(client, *cells, **query):
    return page(client, address(*cells, **query))


def cards(shown):
    return {card.find("p", "crumb").text: card for card in shown.all("section", "card")}


def prefix(world, party, priority):
    return f"c{world.cell(party, priority).pk}"


def sent(client, shown, **values: Any):
    """Send the form just as it stands, but for `values`."""
    data = filled_in(shown.find("form", action=REPORT + NEW)) | values
    return client.post(REPORT + NEW, data)


def send(client, shown, **values: Any):
    """Send it decided: the same where a stance is known, a change that we learned of where not, and a reason."""
    decided = {"why": "Read in the report."}
    for card in shown.all("section", "card"):
        if card.find("div", "picks").has("input", checked=""):
            continue
        name = card.find("div", "picks").find("input")["name"]
        known = "Same stance, more evidence" in card.text
        decided[name] = "same" if known else "change"
        if not known and card.has("select", name=name.replace("choice", "cause")):
            decided[name.replace("choice", "cause")] = "learned"
    return sent(client, shown, **(decided | values))


def of(world, party, priority=None):
    cell = world.cell(party, priority or world.force)
    return list(Stance.objects.filter(position=cell).order_by("seq"))


def evidence(stance):
    return {(row.quote.slug, row.bearing) for row in stance.evidence.all()}


def counts():
    return Stance.objects.count(), Change.objects.count()


def test_each_card_says_what_stands_and_offers_what_fits(stood, new, analyst_client):
    shown = cards(opened(analyst_client, "germany:2", "russia:2", "france:2"))
    assert list(shown) == ["France × 2", "Germany × 2", "Russia × 2"], "in the order of the board"
    germany = shown["Germany × 2"].text
    assert "Supports, red line Moderate confidence · since 6 January 2026 It said so." in germany
    assert "If: After a ceasefire But not: No soldiers 1 piece of evidence; support from 1 origin" in germany
    assert [label.text for label in shown["Germany × 2"].find("div", "picks").all("label")] == [
        "Same stance, more evidence", "Change", "Context only", "Not now",
    ]  # fmt: skip
    assert [label.text for label in shown["Russia × 2"].find("div", "picks").all("label")] == [
        "Still not enough evidence; keep the words as context", "Change", "Not now",
    ]  # fmt: skip
    assert "Nobody has looked at this cell yet." in shown["France × 2"].text
    assert [label.text for label in shown["France × 2"].find("div", "picks").all("label")] == [
        "Record “not enough evidence”, with the words as context", "Record a stance", "Not now",
    ]  # fmt: skip


@pytest.mark.parametrize("bearing", ["supports", "context", "contradicts", ""])
def test_nobody_is_led_to_a_judgement(bearing, stood, new, analyst_client):
    """No choice, no cause and no reason stand there before somebody gives them."""
    shown = opened(analyst_client, "germany:2", "russia:2", "france:2", bearing=bearing)
    for name, card in cards(shown).items():
        assert not card.find("div", "picks").has("input", checked=""), name
    data = filled_in(shown.find("form", action=REPORT + NEW))
    germany = prefix(stood, stood.germany, stood.force)
    assert (data[f"{germany}-cause"], data[f"{germany}-bearing"], data["why"]) == ([""], [bearing], [""])
    assert "such as: Cited from “After the summit”." in shown.text


def test_what_nobody_chose_is_asked_for_at_its_place_and_what_was_typed_is_kept(stood, new, analyst_client):
    before = counts()
    germany = prefix(stood, stood.germany, stood.force)
    shown = opened(analyst_client, "germany:2", "russia:2", bearing="")
    russia = prefix(stood, stood.russia, stood.force)
    typed = {f"{russia}-choice": "later", f"{germany}-rationale": "Half a thought", "why": "Read."}
    refused = read(sent(analyst_client, shown, **typed))
    assert "Choose what the words mean for this cell." in errors(cards(refused)["Germany × 2"])
    assert not errors(cards(refused)["Russia × 2"])
    refused = read(sent(analyst_client, refused, **{f"{germany}-choice": "same"}))
    assert "Say how these words bear on the judgement that stays." in errors(cards(refused)["Germany × 2"])
    refused = read(sent(analyst_client, refused, **{f"{germany}-choice": "change"}))
    assert "Say why there is another stance." in errors(cards(refused)["Germany × 2"])
    kept = filled_in(refused.find("form", action=REPORT + NEW))
    assert kept[f"{germany}-rationale"] == ["Half a thought"]
    assert (kept[f"{germany}-choice"], kept[f"{russia}-choice"], counts()) == (["change"], ["later"], before)


def test_a_move_of_nothing_is_refused_and_of_anything_is_not(stood, new, analyst_client):
    germany = prefix(stood, stood.germany, stood.force)
    moved = {f"{germany}-choice": "change", f"{germany}-cause": "moved", f"{germany}-rationale": "In other words."}
    before = counts()
    refused = read(send(analyst_client, opened(analyst_client, "germany:2"), **moved))
    assert "so nothing moved" in errors(cards(refused)["Germany × 2"])
    assert counts() == before
    for _ in range(2):  # sent twice, it is the same act
        assert send(analyst_client, refused, **(moved | {f"{germany}-limits": ""})).status_code == 302
    assert of(stood, stood.germany)[-1].limits == "" and counts() == (before[0] + 1, before[1] + 1)


def test_same_stance_keeps_everything_and_adds_the_words(stood, new, analyst_client, analyst):
    response = send(analyst_client, opened(analyst_client, "germany:2"), why="Cited from “After the summit”.")
    assert response.status_code == 302
    assert response["Location"] == f"{REPORT}?text=1&after=new-words&cell=germany%3A2#q-new-words"
    before, after = of(stood, stood.germany)
    assert (after.cause, after.replaces) == ("evidence", 1)
    kept = ["code", "rationale", "conditions", "limits", "red_line", "confidence", "held_from", "precision"]
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert [row.party for row in Dependence.objects.filter(stance=after)] == [stood.france]
    assert evidence(after) == {("germany-neighbours", "supports"), ("new-words", "supports")}
    change = Change.objects.latest("pk")
    assert (change.by, change.verb, change.why) == (analyst, "recorded", "Cited from “After the summit”.")


def test_the_words_may_contradict_what_stays(stood, new, analyst_client):
    germany = prefix(stood, stood.germany, stood.force)
    shown = opened(analyst_client, "germany:2", bearing="contradicts")
    assert send(analyst_client, shown, **{f"{germany}-choice": "same"}).status_code == 302
    assert ("new-words", "contradicts") in evidence(of(stood, stood.germany)[-1])


def test_context_only_is_context_whatever_bearing_was_said(stood, new, analyst_client):
    germany = prefix(stood, stood.germany, stood.force)
    shown = opened(analyst_client, "germany:2")
    assert send(analyst_client, shown, **{f"{germany}-choice": "context"}).status_code == 302
    assert ("new-words", "context") in evidence(of(stood, stood.germany)[-1])


def test_unknown_stays_unknown_with_the_words_as_context(stood, new, analyst_client):
    choices = {f"{prefix(stood, party, stood.force)}-choice": "same" for party in (stood.russia, stood.france)}
    assert send(analyst_client, opened(analyst_client, "russia:2", "france:2"), **choices).status_code == 302
    again, first = of(stood, stood.russia)[-1], of(stood, stood.france)[-1]
    assert (again.code, again.cause, again.replaces, again.rationale) == ("unknown", "evidence", 1, "All documents.")
    assert (first.code, first.cause, first.rationale) == ("unknown", "first", "Read in the report.")
    assert evidence(again) == evidence(first) == {("new-words", "context")}


def test_a_change_is_recorded_with_its_fields_and_the_words(stood, new, analyst_client):
    germany = prefix(stood, stood.germany, stood.force)
    shown = opened(analyst_client, "germany:2")
    offered = filled_in(shown.find("form", action=REPORT + NEW))
    assert offered[f"{germany}-held_from"] == ["2026-01-06"], "when the words were said"
    assert offered[f"bearing-{stood.neighbours.pk}".join([f"{germany}-", ""])] == ["supports"], "as it stands"
    response = send(
        analyst_client, shown,
        **{f"{germany}-{name}": value for name, value in {
            "choice": "change", "cause": "moved", "code": "champions", "rationale": "Now it leads.",
            "conditions": "", "limits": "", "confidence": "high", "held_from": "2026-01-07", "precision": "by",
            f"bearing-{stood.neighbours.pk}": "context",
        }.items()},
        why="The chancellor spoke again.",
    )  # fmt: skip
    assert response.status_code == 302
    after = of(stood, stood.germany)[-1]
    assert (after.code, after.cause, after.replaces, after.rationale) == ("champions", "moved", None, "Now it leads.")
    assert (str(after.held_from), after.precision, after.confidence) == ("2026-01-07", "by", "high")
    assert evidence(after) == {("new-words", "supports"), ("germany-neighbours", "context")}
    assert Change.objects.latest("pk").why == "The chancellor spoke again."


def test_words_that_contradict_what_stood_support_what_is_judged_on_them(stood, new, analyst_client):
    germany = prefix(stood, stood.germany, stood.force)
    told = {"choice": "change", "cause": "moved", "code": "opposes", "rationale": "It says no."}
    told[f"bearing-{stood.neighbours.pk}"] = ""
    shown = opened(analyst_client, "germany:2", bearing="contradicts")
    assert send(analyst_client, shown, **{f"{germany}-{k}": v for k, v in told.items()}).status_code == 302
    assert evidence(of(stood, stood.germany)[-1]) == {("new-words", "supports")}


def test_a_change_begins_with_the_evidence_as_it_bore_on_the_old_judgement(stood, new, analyst_client, second_analyst):
    record(
        stood, stood.germany, stood.force, by=second_analyst, cause="rejudged", replaces=1, code="opposes",
        evidence=[stood.unacceptable], contradicted_by=[stood.neighbours], in_context=[stood.send],
    )  # fmt: skip
    germany = prefix(stood, stood.germany, stood.force)
    told = {"choice": "change", "cause": "moved", "code": "rejects", "rationale": "No more."}
    shown = opened(analyst_client, "germany:2")
    assert send(analyst_client, shown, **{f"{germany}-{k}": v for k, v in told.items()}).status_code == 302
    assert evidence(of(stood, stood.germany)[-1]) == {
        ("russia-no", "supports"), ("germany-neighbours", "contradicts"),
        ("france-send", "context"), ("new-words", "supports"),
    }  # fmt: skip


def test_a_first_stance_is_recorded_from_the_words(stood, new, analyst_client):
    france = prefix(stood, stood.france, stood.force)
    told = {"code": "supports", "rationale": "It says so.", "confidence": "low"}
    shown = opened(analyst_client, "france:2")
    assert send(analyst_client, shown, **{f"{france}-{k}": v for k, v in told.items()}).status_code == 302
    [first] = of(stood, stood.france)
    assert (first.code, first.cause, str(first.held_from)) == ("supports", "first", "2026-01-06")


def test_several_cells_are_one_act_and_not_now_records_nothing(stood, new, analyst_client):
    stances, changes = counts()
    choices = {f"{prefix(stood, stood.russia, stood.force)}-choice": "later",
               f"{prefix(stood, stood.france, stood.force)}-choice": "same"}  # fmt: skip
    shown = opened(analyst_client, "germany:2", "russia:2", "france:2")
    assert send(analyst_client, shown, **choices).status_code == 302
    assert counts() == (stances + 2, changes + 1)
    assert len(of(stood, stood.russia)) == 1
    assert Change.objects.latest("pk").what == "France × 2, Germany × 2"


def test_when_all_are_put_off_nothing_is_recorded(stood, new, analyst_client):
    before = counts()
    shown = opened(analyst_client, "germany:2")
    response = send(analyst_client, shown, **{f"{prefix(stood, stood.germany, stood.force)}-choice": "later"})
    assert (response.status_code, counts()) == (302, before)
    said = page(analyst_client, response["Location"]).find("div", "messages").text
    assert said == "Nothing was recorded for these cells."


def test_one_wrong_card_holds_all_back_and_says_so_at_its_place(stood, new, analyst_client):
    before = counts()
    france, russia = (prefix(stood, party, stood.force) for party in (stood.france, stood.russia))
    response = send(
        analyst_client,
        opened(analyst_client, "germany:2", "russia:2", "france:2"),
        **{f"{france}-rationale": "", f"{france}-code": "supports", f"{russia}-code": "opposes",
           f"{russia}-rationale": "Half a thought", f"{russia}-held_from": "2031-01-01"},
    )  # fmt: skip
    assert (response.status_code, counts()) == (422, before)
    shown = read(response)
    assert "Look at France × 2." in errors(shown)
    assert "Say how the words lead to this judgement" in errors(cards(shown)["France × 2"])
    assert not errors(cards(shown)["Germany × 2"])
    kept = filled_in(shown.find("form", action=REPORT + NEW))
    assert kept[f"{russia}-rationale"] == ["Half a thought"]
    again = read(send(analyst_client, shown, **{f"{france}-rationale": "So it is."}))
    assert "That is after today" in errors(cards(again)["Russia × 2"]), "what only the domain knows, at its card too"
    assert not errors(cards(again)["France × 2"])
    assert counts() == before


def test_what_the_domain_refuses_is_told_of_every_card(stood, new, analyst_client):
    shown = opened(analyst_client, "russia:2", "france:2")
    told = {"code": "supports", "rationale": "So.", "held_from": "2031-01-01"}
    values = {f"{prefix(stood, party, stood.force)}-{k}": v for party in (stood.russia, stood.france)
              for k, v in told.items()}  # fmt: skip
    refused = cards(read(send(analyst_client, shown, **values)))
    assert all("That is after today" in errors(card) for card in refused.values())


def test_without_a_reason_nothing_is_recorded(stood, new, analyst_client):
    before = counts()
    response = send(analyst_client, opened(analyst_client, "germany:2"), why=" ")
    assert (response.status_code, counts()) == (422, before)
    assert "Say why you make this change" in errors(read(response))


def test_sent_twice_it_is_recorded_once_and_answered_the_same(stood, new, analyst_client):
    shown = opened(analyst_client, "germany:2", "russia:2", "france:2")
    choices = {f"{prefix(stood, party, stood.force)}-choice": "same" for party in (stood.russia, stood.france)}
    first = send(analyst_client, shown, **choices)
    before = counts()
    second = send(analyst_client, shown, **choices)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert counts() == before


def test_names_that_no_cell_can_have_are_left_out(stood, new, analyst_client):
    before = counts()
    for name in ("\0:1", "fra\0nce:2"):
        answer = analyst_client.post(address().partition("?")[0], {"cell": name, "bearing": "supports"})
        assert answer.status_code < 500
    assert counts() == before


def test_a_cell_that_moved_on_shows_both_and_loses_nothing(stood, new, analyst_client, second_analyst):
    germany, russia = (prefix(stood, party, stood.force) for party in (stood.germany, stood.russia))
    shown = opened(analyst_client, "germany:2", "russia:2")
    record(
        stood, stood.germany, stood.force, by=second_analyst, code="opposes", evidence=[stood.unacceptable],
        why="A speech at night.",
    )  # fmt: skip
    before = counts()
    mine = {f"{russia}-code": "opposes", f"{russia}-rationale": "Mine"}
    response = send(analyst_client, shown, **mine)
    assert (response.status_code, counts()) == (409, before)
    conflict = read(response)
    assert "Nothing was recorded: 1 cell has moved on. Germany × 2." in errors(conflict)
    card = cards(conflict)["Germany × 2"]
    assert "Anton Analyst recorded stance 2 meanwhile. A speech at night." in card.text
    assert card.has("span", "opposes")
    data = filled_in(conflict.find("form", action=REPORT + NEW))
    assert f"{germany}-choice" not in data, "what stands there now is another stance: one chooses anew"
    assert data[f"{russia}-rationale"] == ["Mine"]
    assert sent(analyst_client, conflict).status_code == 422
    assert send(analyst_client, conflict, **{f"{germany}-choice": "same"}).status_code == 302
    last = of(stood, stood.germany)[-1]
    assert (last.seq, last.code, last.replaces) == (3, "opposes", 2)
    assert of(stood, stood.russia)[-1].rationale == "Mine"


def test_a_change_goes_on_top_of_a_colleagues_first_record(stood, new, analyst_client, second_analyst):
    france = prefix(stood, stood.france, stood.force)
    shown = opened(analyst_client, "france:2")
    record(stood, stood.france, stood.force, by=second_analyst, evidence=[stood.send])
    typed = {f"{france}-code": "champions", f"{france}-rationale": "It leads."}
    conflict = read(send(analyst_client, shown, **typed))
    assert "Say why there is another stance." in errors(read(sent(analyst_client, conflict)))
    assert sent(analyst_client, conflict, **{f"{france}-cause": "rejudged"}).status_code == 302
    last = of(stood, stood.france)[-1]
    assert (last.seq, last.code, last.cause, last.replaces) == (2, "champions", "rejudged", 1)


def test_words_that_a_stance_rests_on_already_are_told_and_not_named_twice(stood, new, analyst_client):
    send(analyst_client, opened(analyst_client, "germany:2"))
    shown = opened(analyst_client, "germany:2")
    assert "It rests on these words already: supports the judgement." in shown.text
    germany = prefix(stood, stood.germany, stood.force)
    told = {f"{germany}-choice": "same", f"{germany}-bearing": "contradicts"}
    assert send(analyst_client, shown, **told).status_code == 302
    assert evidence(of(stood, stood.germany)[-1]) == {("germany-neighbours", "supports"), ("new-words", "contradicts")}


def test_a_stance_never_loses_its_last_support_by_being_kept(stood, new, analyst_client):
    shown = page(analyst_client, f"{REPORT}quotes/germany-neighbours/weigh?cell=germany:2")
    germany = prefix(stood, stood.germany, stood.force)
    data = filled_in(shown.find("form", action=f"{REPORT}quotes/germany-neighbours/weigh"))
    data |= {f"{germany}-choice": "context", "why": "Only the setting."}
    response = analyst_client.post(f"{REPORT}quotes/germany-neighbours/weigh", data)
    assert response.status_code == 422
    assert "at least one piece of evidence that supports" in errors(cards(read(response))["Germany × 2"])


def test_of_what_was_withdrawn_nothing_stays_the_same(stood, new, analyst_client, second_analyst):
    record(stood, stood.germany, stood.force, by=second_analyst, cause="withdrawn", replaces=1)
    card = cards(opened(analyst_client, "germany:2"))["Germany × 2"]
    assert "What was recorded has been withdrawn." in card.text
    assert [radio["value"] for radio in card.find("div", "picks").all("input")] == ["change", "later"]
    response = send(
        analyst_client,
        opened(analyst_client, "germany:2"),
        **{f"{prefix(stood, stood.germany, stood.force)}-choice": "same"},
    )
    assert response.status_code == 422


def test_without_cells_one_chooses_them_first(world, new, analyst_client):
    shown = page(analyst_client, REPORT + NEW)
    boxes = shown.all("input", name="cell")
    assert len(boxes) == 6
    assert boxes[0]["value"] == "france:1"
    assert opened(analyst_client, "nowhere:1", "france:99", "x", "france:1e3").has("input", value="france:1")
    assert analyst_client.post(REPORT + NEW, {}).status_code == 422


def test_too_many_cells_are_refused_and_one_is_told_before(world, new, analyst_client):
    assert "At most 20 in one pass" in page(analyst_client, REPORT + NEW).text
    assert "At most 20 are weighed in one pass" in page(analyst_client, f"{REPORT}cite").text
    refused = analyst_client.get(address(*(f"france:{n}" for n in range(21))))
    assert refused.status_code == 400
    assert "Choose fewer, and weigh the others after." in read(refused).text


@pytest.mark.parametrize("damage", [
    {"based_on": "7"}, {"based_on": "x"}, {"based_on": ""}, {"standing": "99"}, {"standing": "-1"},
    {"choice": "maybe"}, {"bearing": "sideways"},
])  # fmt: skip
def test_a_damaged_form_changes_nothing(stood, new, analyst_client, damage):
    before = counts()
    germany = prefix(stood, stood.germany, stood.force)
    values = {f"{germany}-{name}": value for name, value in damage.items()}
    assert send(analyst_client, opened(analyst_client, "germany:2"), **values).status_code == 422
    assert counts() == before


def test_the_same_key_with_another_content_is_refused(stood, new, analyst_client):
    shown = opened(analyst_client, "germany:2")
    assert send(analyst_client, shown).status_code == 302
    response = send(analyst_client, shown, why="Something else.")
    assert response.status_code == 409
    assert "sent before with another content" in errors(read(response))


def test_a_quote_of_another_source_or_none_is_not_found(world, new, analyst_client, reader_client):
    other = make.QuoteFactory(snapshot=make.SnapshotFactory(negotiation=world.negotiation))
    assert analyst_client.get(f"{REPORT}quotes/{other.slug}/weigh").status_code == 404
    assert analyst_client.get(f"{REPORT}quotes/none/weigh").status_code == 404
    assert reader_client.get(REPORT + NEW).status_code == 403
    assert reader_client.post(REPORT + NEW, {"cell": "germany:2"}).status_code == 403


def test_the_page_asks_as_much_for_twelve_cells_as_for_one(stood, new, analyst_client, second_analyst):
    few = questions(analyst_client, address("germany:2"))
    for n in range(10):
        party = make.PartyFactory(negotiation=stood.negotiation, slug=f"party-{n}", name=f"Party {n}")
        for _ in range(3):
            record(stood, party, stood.force, by=second_analyst, evidence=[stood.send, stood.neighbours])
    many = address("germany:2", "russia:2", *(f"party-{n}:2" for n in range(10)))
    assert questions(analyst_client, many) == few <= 14


def test_the_proposed_confidence_counts_the_new_words(stood, analyst_client):
    wire = make.OutletFactory(negotiation=stood.negotiation, reliability="A")
    source = make.SourceFactory(outlet=wire, slug="wire", status="accepted")
    quote = make.QuoteFactory(snapshot=make.SnapshotFactory(source=source), slug="wired")
    for each in (quote, stood.neighbours):
        make.ClaimGradingFactory(quote=each, credibility=2)
    shown = page(analyst_client, "/n/paris/sources/wire/quotes/wired/weigh?cell=germany:2&bearing=supports")
    assert "With these words the evidence proposes high." in shown.text
    assert "The evidence chosen here proposes high." in shown.text
    context = page(analyst_client, "/n/paris/sources/wire/quotes/wired/weigh?cell=germany:2&bearing=context")
    assert "With these words" not in context.text


def test_anna_reads_cites_once_for_two_cells_weighs_both_and_the_board_shows_it(stood, analyst_client):
    number = page(analyst_client, REPORT).find("div", "para").find("a", "no")["href"]
    cite = page(analyst_client, number).find("form", action=f"{REPORT}cite")
    passage = {"passage": "spoke of a contribution", "basis": "reported", "cell": ["germany:2", "russia:2"]}
    weigh = analyst_client.post(f"{REPORT}cite", filled_in(cite, **passage, said_on="2026-01-06", precision="day"))
    assert weigh.status_code == 302
    shown = page(analyst_client, weigh["Location"])
    assert shown.find("div", "messages").text == "The passage is cited."
    russia = prefix(stood, stood.russia, stood.force)
    form = shown.find("form", method="post", action=weigh["Location"].partition("?")[0])
    told = {
        "choice": "change",
        "cause": "learned",
        "code": "opposes",
        "rationale": "Moscow hears of it and is against.",
    }
    germany = prefix(stood, stood.germany, stood.force)
    same = {f"{germany}-choice": "same", f"{germany}-bearing": "supports", "why": "Read to the end."}
    data = filled_in(form, **same, **{f"{russia}-{name}": value for name, value in told.items()})
    back = analyst_client.post(form["action"], data)
    assert back.status_code == 302
    text = page(analyst_client, back["Location"])
    assert text.find("div", "messages").text == "Recorded: Germany × 2, Russia × 2."
    quote = Quote.objects.latest("pk")
    ties = text.find("mark", id=f"q-{quote.slug}").parent.parent.find("aside").text
    assert "Germany × 2" in ties and "Russia × 2" in ties
    board = page(analyst_client, "/n/paris/")
    assert board.find("a", id="cell-russia-2").has("span", "opposes")
    assert "2 cited" in board.find("a", id="cell-germany-2").text
