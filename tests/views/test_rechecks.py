"""The queue of cells to re-check: who sees what there, and how an analyst works it off."""

from __future__ import annotations

from uuid import uuid4

import pytest

from negotiations.domain import gradings
from negotiations.domain.snapshots import add_text
from negotiations.models import AnchoringDecision, Source, Stay
from negotiations.models.outlets import Reliability
from negotiations.models.quotes import Credibility
from negotiations.models.sources import SnapshotKind, SourceStatus
from tests import factories as make
from tests.pages import filled_in, read
from tests.stories import record

from .looking import links, look, questions, words

QUEUE = "/n/paris/rechecks/"
CELL = "/n/paris/rechecks/germany/2/"
DECIDE = "/n/paris/sources/summit-report/quotes/germany-neighbours/decide"
HTMX = {"HX-Request": "true"}


def new_text(world, new="in no neighbouring countries"):
    text = world.snapshot.text.replace("in neighbouring countries", new)
    return add_text(world.source, text, kind=SnapshotKind.FULL, by=None)


@pytest.fixture
def changed(judged):
    """Germany's stance on the force rests on words that a new text has otherwise."""
    new_text(judged)
    return judged


@pytest.fixture
def everything(changed, curator):
    """Every reason that there is, on that one cell."""
    record(
        changed, changed.germany, changed.force, by=curator, cause="rejudged", replaces=1, confidence="high",
        evidence=[changed.neighbours],
    )  # fmt: skip
    new_text(changed, "in other countries")
    gradings.grade_sources([changed.source.pk], SourceStatus.RETRACTED, by=curator, why="They took it down.")
    gradings.grade_outlet(changed.outlet, Reliability.E, by=curator, why="It prints rumours.")
    gradings.grade_claim(changed.neighbours, Credibility.PROBABLE, by=curator, why="Others say so.")
    gradings.grade_claim(changed.neighbours, Credibility.IMPROBABLE, by=curator, why="It was denied.")
    return changed


# --- the queue ------------------------------------------------------------------------------------------------------


def test_an_empty_queue_says_when_something_would_come(judged, reader_client):
    shown = words(look(reader_client, QUEUE))
    assert "Nothing is to be re-checked" in shown
    assert "When a text changes or a source falls, the cells that rest on it come here." in shown


def test_a_cell_is_told_with_its_reason_and_since_when(changed, reader_client):
    response = look(reader_client, QUEUE)
    shown = words(response)
    assert "1 cell to re-check" in shown
    assert "Germany × 2 Deploy a force" in shown
    assert "The words changed. “in neighbouring countries” reads otherwise in text 2 of After the summit." in shown
    revision = changed.source.snapshots.get(number=2).revision
    assert f"revision {revision}" in shown
    assert f"/n/paris/changes/?before={revision + 1}#r{revision}" in links(response)


def test_old_and_new_passage_stand_side_by_side_with_the_words_that_differ(changed, reader_client):
    versions = read(look(reader_client, QUEUE)).find("div", "versions")
    old, new = versions.all("blockquote")
    assert old.text == "in neighbouring countries" and not old.has("del")
    assert new.find("ins").text == "only now: no;"
    assert {a["href"] for a in versions.all("a")} == {
        "/n/paris/sources/summit-report/?text=1#q-germany-neighbours",
        "/n/paris/sources/summit-report/?text=2#q-germany-neighbours",
    }


def test_each_kind_of_reason_has_its_sentence(everything, reader_client):
    shown = words(look(reader_client, QUEUE))
    for sentence in (
        "“in neighbouring countries” reads otherwise in text 3",
        "A source was retracted. After the summit: They took it down.",
        "An outlet was graded down. The Gazette from B to E: It prints rumours.",
        "That of “in neighbouring countries” from 2 to 5: It was denied.",
        "Confidence is high, but no accepted source supports it.",
    ):
        assert sentence in shown


def test_what_was_never_graded_better_is_told_without_a_grade_before(judged, reader_client, curator):
    unknown = make.OutletFactory(negotiation=judged.negotiation, name="A blog")
    Source.objects.filter(pk=judged.source.pk).update(outlet=unknown)
    gradings.grade_claim(judged.neighbours, Credibility.IMPROBABLE, by=curator, why="It was denied.")
    gradings.grade_outlet(unknown, Reliability.D, by=curator, why="It prints rumours.")
    shown = words(look(reader_client, QUEUE))
    assert (
        "A claim was graded low. That of “in neighbouring countries” is 5, and was never graded better: It was denied."
        in shown
    )
    assert "An outlet was graded low. A blog is D, and was never graded better: It prints rumours." in shown
    assert "None" not in shown


def test_the_filter_shows_cells_with_one_kind_of_reason_and_counts_them(everything, analyst, reader_client):
    other = make.QuoteFactory(negotiation=everything.negotiation)
    record(everything, everything.france, everything.force, by=analyst, evidence=[other], confidence="high")
    page = read(look(reader_client, QUEUE))
    kinds = page.find("nav", "kinds").text
    assert kinds.startswith("All 2 Words that changed 1") and kinds.endswith("High confidence on one origin 2")
    only = words(look(reader_client, QUEUE, reason="anchor"))
    assert "Germany × 2" in only and "France × 2" not in only
    assert "France × 2" in words(look(reader_client, QUEUE, reason="no-such-kind"))
    claimed = words(look(reader_client, QUEUE, reason="claim", page="99"))
    assert "Germany × 2" in claimed


def test_a_filter_for_which_none_waits_any_more_leads_on(changed, reader_client):
    response = look(reader_client, QUEUE, reason="claim")
    assert "No cell waits for this reason" in words(response)
    assert QUEUE in links(response)


def test_readers_look_and_analysts_are_led_on(changed, reader_client, analyst_client):
    for_readers, for_analysts = links(look(reader_client, QUEUE)), links(look(analyst_client, QUEUE))
    steps = {CELL, DECIDE, "/n/paris/positions/germany/2/edit?cause=source"}
    assert steps <= for_analysts
    assert not steps & for_readers


def test_the_form_of_a_stance_opens_with_the_cause_that_fits(changed, analyst_client):
    page = read(look(analyst_client, "/n/paris/positions/germany/2/edit", cause="source"))
    assert filled_in(page.find("form", action="/n/paris/positions/germany/2/edit"))["cause"] == ["source"]


def test_what_documents_and_people_wrote_is_shown_and_not_run(judged, curator, reader_client):
    new_text(judged, "<script>alert(1)</script> in neighbouring countries")
    gradings.grade_outlet(judged.outlet, Reliability.F, by=curator, why="<img src=x onerror=alert(1)>")
    page = look(reader_client, QUEUE).content.decode()
    assert "<img src=x" not in page and "&lt;img src=x" in page
    assert "<script>alert" not in page


def test_a_long_queue_asks_no_more_questions_than_a_short_one(everything, analyst, reader_client):
    few = questions(reader_client, QUEUE)
    for party in (everything.france, everything.russia):
        for priority in (everything.monitoring, everything.force):
            record(everything, party, priority, by=analyst, evidence=[everything.neighbours], confidence="high")
    assert "5 cells to re-check" in words(look(reader_client, QUEUE))
    assert questions(reader_client, QUEUE) == few


# --- it stays -------------------------------------------------------------------------------------------------------


def stays_form(client, address=CELL, **typed):
    return filled_in(read(look(client, address)).find("form", action=CELL), **typed)


def test_an_analyst_says_that_it_stays_and_the_queue_is_empty(changed, analyst_client):
    response = analyst_client.post(CELL, stays_form(analyst_client, reason="Two others say the same."), follow=True)
    assert response.redirect_chain == [(QUEUE, 302)]
    page = response.content.decode()
    assert "Germany × 2: the stance stays." in page
    assert "Nothing is to be re-checked" in page
    shown = words(look(analyst_client, CELL))
    assert "There is nothing to re-check here." in shown
    assert "It stayed. Two others say the same. | Anna Analyst" in shown


def test_in_its_place_in_the_queue_it_needs_no_other_page(changed, analyst_client):
    data = stays_form(analyst_client, reason="Two others say the same.")
    fragment = analyst_client.get(CELL, headers=HTMX).content.decode()
    assert "<html" not in fragment and "autofocus" in fragment
    done = analyst_client.post(CELL, data, headers=HTMX)
    assert done.status_code == 200
    assert "The stance stays." in done.content.decode() and "<html" not in done.content.decode()


def test_with_one_reason_others_that_wait_for_the_same_stay_too(judged, analyst, curator, analyst_client):
    record(judged, judged.russia, judged.force, by=analyst, evidence=[judged.neighbours])
    gradings.grade_sources([judged.source.pk], SourceStatus.RETRACTED, by=curator, why="They took it down.")
    assert "The same reason holds for" in words(look(analyst_client, CELL))
    russia = judged.cell(judged.russia, judged.force)
    data = stays_form(analyst_client, reason="Two others say the same.", also=str(russia.pk))
    assert analyst_client.post(CELL, data | {"also": "0"}).status_code == 422
    done = analyst_client.post(CELL, data, headers=HTMX)
    assert done.headers["HX-Refresh"] == "true"  # the queue is shown anew
    page = analyst_client.get(QUEUE).content.decode()
    assert "Germany × 2: the stance stays. So does one other." in page
    assert "Nothing is to be re-checked" in page


def test_without_a_reason_nothing_stays_and_a_sentence_says_why(changed, analyst_client):
    response = analyst_client.post(CELL, stays_form(analyst_client, reason=" "))
    assert response.status_code == 422
    assert "Say why; it is shown in the history." in words(response)
    assert not Stay.objects.exists()


@pytest.mark.parametrize("reason", ["a\x00b", "x" * 20_001, "bell\x07"])
def test_what_can_not_be_a_reason_is_refused_and_kept(reason, changed, analyst_client):
    response = analyst_client.post(CELL, stays_form(analyst_client, reason=reason))
    assert response.status_code == 422
    assert not Stay.objects.exists()


def test_sent_twice_it_is_done_once(changed, analyst_client):
    data = stays_form(analyst_client, reason="Two others say the same.")
    for _ in range(2):
        assert analyst_client.post(CELL, data).status_code == 302
    assert Stay.objects.count() == 1


def test_the_same_form_with_another_reason_is_not_a_second_act(changed, analyst_client):
    data = stays_form(analyst_client, reason="Two others say the same.")
    analyst_client.post(CELL, data)
    response = analyst_client.post(CELL, {**data, "reason": "Three."})
    assert response.status_code == 409
    assert "sent before with another content" in words(response)


def test_what_came_up_meanwhile_is_shown_and_nothing_is_written(changed, analyst_client, curator):
    data = stays_form(analyst_client, reason="Two others say the same.")
    gradings.grade_sources([changed.source.pk], SourceStatus.RETRACTED, by=curator, why="They took it down.")
    response = analyst_client.post(CELL, data)
    assert response.status_code == 409
    shown = words(response)
    assert "Something more came up since you opened this page." in shown
    assert "They took it down." in shown and "Two others say the same." in shown
    assert not Stay.objects.exists()
    again = filled_in(read(response).find("form", action=CELL))
    assert analyst_client.post(CELL, again).status_code == 302


@pytest.mark.parametrize("field", ["seen", "key"])
@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 40, "\x00"])
def test_a_damaged_form_changes_nothing(field, value, changed, analyst_client):
    response = analyst_client.post(CELL, {**stays_form(analyst_client, reason="It does."), field: value})
    assert response.status_code == 422
    assert not Stay.objects.exists()


# --- deciding -------------------------------------------------------------------------------------------------------


def decision_form(client, **typed):
    return filled_in(read(look(client, DECIDE)).find("form", action=DECIDE), **typed)


def test_the_page_of_a_decision_shows_both_passages_in_their_surroundings(changed, analyst_client):
    page = read(look(analyst_client, DECIDE))
    old, new = page.find("div", "versions").all("blockquote")
    assert (
        old.text.startswith("The French president said") and "contribution “in neighbouring countries” only" in old.text
    )
    assert new.find("ins").text == "only now: no;"
    assert "Germany × 2 Deploy a force" in words(look(analyst_client, DECIDE))


def test_it_still_holds_and_the_cell_leaves_the_queue(changed, analyst_client):
    data = decision_form(analyst_client, holds="yes", reason="A slip of the pen.")
    response = analyst_client.post(DECIDE, data, follow=True)
    assert response.redirect_chain == [(QUEUE, 302)]
    assert "Decided: the quote still holds." in response.content.decode()
    assert "Nothing is to be re-checked" in words(response)
    assert "It still holds in text 2. A slip of the pen. | Anna Analyst" in words(look(analyst_client, DECIDE))


def test_it_no_longer_holds_and_the_queue_says_so(changed, analyst_client):
    analyst_client.post(DECIDE, decision_form(analyst_client, holds="no", reason="It says the contrary."))
    assert "It no longer holds: It says the contrary." in words(look(analyst_client, QUEUE))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"holds": "", "reason": "x"}, "Say whether it still holds."),
        ({"holds": "perhaps", "reason": "x"}, "Select a valid choice."),
        ({"holds": "yes", "reason": ""}, "Say why; it is shown in the history."),
        ({"holds": "yes", "reason": "x", "anchoring": "9" * 30}, "Ensure this value is less than"),
    ],
)
def test_half_a_decision_is_refused_in_a_sentence(typed, sentence, changed, analyst_client):
    response = analyst_client.post(DECIDE, {**decision_form(analyst_client), **typed})
    assert response.status_code == 422
    assert sentence in words(response)
    assert not AnchoringDecision.objects.exists()


def test_a_newer_text_asks_again_and_keeps_what_was_typed(changed, analyst_client):
    data = decision_form(analyst_client, holds="yes", reason="A slip of the pen.")
    new_text(changed, "in distant countries")
    response = analyst_client.post(DECIDE, data)
    assert response.status_code == 409
    assert "Another text has come" in words(response)
    again = filled_in(read(response).find("form", action=DECIDE))
    assert again["reason"] == ["A slip of the pen."]
    assert analyst_client.post(DECIDE, again).status_code == 302


def test_where_nothing_changed_there_is_nothing_to_decide(judged, analyst_client):
    assert "No later text tells of this quote" in words(look(analyst_client, DECIDE))
    new_text(judged, "in neighbouring countries")
    assert "There is nothing to decide: text 2 has the same words." in words(look(analyst_client, DECIDE))
    data = {"holds": "yes", "reason": "x", "anchoring": "1", "key": str(uuid4())}
    assert analyst_client.post(DECIDE, data).status_code == 409


def test_words_that_are_gone_are_said_to_be(judged, reader_client):
    add_text(judged.source, "The outlet has taken this down.", kind=SnapshotKind.FULL, by=None)
    assert "They are not there any more." in words(look(reader_client, DECIDE))
    assert "is gone in text 2" in words(look(reader_client, QUEUE))


def test_a_quote_of_another_source_is_not_found_under_this_one(changed, reader_client):
    make.SourceFactory(negotiation=changed.negotiation, slug="other")
    assert reader_client.get("/n/paris/sources/other/quotes/germany-neighbours/decide").status_code == 404


# --- where else it is told ------------------------------------------------------------------------------------------

BOARD = "/n/paris/"
POSITION = "/n/paris/positions/germany/2/"
EDIT = POSITION + "edit"


def test_the_board_marks_the_cell_in_sign_and_words_and_filters_by_it(changed, reader_client):
    page = read(look(reader_client, BOARD, mark="recheck"))
    cell = page.find("a", id="cell-germany-2")
    assert cell.find("span", "recheck").text == "↻, to re-check"
    assert [a["id"] for td in page.all("td", "pri") if "recede" not in td.classes for a in td.all("a", "cell")] == [
        "cell-germany-2"
    ]
    assert "checked" in page.find("input", id="f-recheck")
    assert "↻To re-check 1" in page.find("form", "legend").text


def test_a_board_of_the_past_has_no_such_mark_and_no_such_filter(changed, reader_client):
    page = read(look(reader_client, BOARD, as_of="2026-01-07", mark="recheck"))
    assert not page.has("span", "recheck") and not page.has("input", id="f-recheck")
    assert not page.has("td", "recede"), "nothing is asked for that there can't be"


def test_lists_of_cells_carry_the_mark(changed, reader_client):
    assert "↻ to re-check" in words(look(reader_client, "/n/paris/parties/germany/"))
    assert "↻ to re-check" in words(look(reader_client, "/n/paris/priorities/2/"))


def test_the_cell_says_why_and_leads_on(changed, reader_client, analyst_client):
    shown = words(look(reader_client, POSITION))
    assert "To re-check. Something has happened to what this stance rests on." in shown
    assert "“in neighbouring countries” reads otherwise in text 2" in shown
    assert {CELL, EDIT + "?cause=source"} <= links(look(analyst_client, POSITION))
    assert EDIT + "?cause=source" not in links(look(reader_client, POSITION))
    assert "To re-check" not in words(look(reader_client, POSITION, as_of="2026-01-07"))


def test_the_cell_keeps_telling_why_its_stance_stayed_until_another_is_recorded(changed, analyst, analyst_client):
    analyst_client.post(CELL, stays_form(analyst_client, reason="Two others say the same."))
    shown = words(look(analyst_client, POSITION))
    assert "Looked at again, and it stays. Two others say the same. Anna Analyst" in shown
    assert "To re-check." not in shown
    record(changed, changed.germany, changed.force, by=analyst, evidence=[changed.send])
    assert "Looked at again" not in words(look(analyst_client, POSITION))


def test_the_log_tells_of_stays_and_decisions(changed, analyst_client):
    analyst_client.post(CELL, stays_form(analyst_client, reason="Two others say the same."))
    analyst_client.post(DECIDE, decision_form(analyst_client, holds="no", reason="It says the contrary."))
    shown = words(look(analyst_client, "/n/paris/changes/"))
    assert "Anna Analyst re-checked Germany × 2: the stance stays | Two others say the same." in shown
    assert (
        "decided that “in neighbouring countries” no longer holds in After the summit | It says the contrary." in shown
    )


def test_the_text_leads_from_other_words_to_the_decision_and_only_the_newest_does(changed, reader_client):
    assert DECIDE in links(look(reader_client, "/n/paris/sources/summit-report/"))
    new_text(changed, "")
    assert DECIDE in links(look(reader_client, "/n/paris/sources/summit-report/"))
    assert DECIDE not in links(look(reader_client, "/n/paris/sources/summit-report/", text="2"))


def stance_form(client, **typed):
    form = read(look(client, EDIT, cause="source")).find("form", action=EDIT)
    return {**filled_in(form), "act": "save", "why": "It still says so elsewhere.", **typed}


def test_whoever_edits_sees_what_is_open_and_the_new_stance_clears_it(changed, analyst_client):
    assert "A new stance clears this; its reason should say how." in words(look(analyst_client, EDIT))
    assert analyst_client.post(EDIT, stance_form(analyst_client)).status_code == 302
    assert "Nothing is to be re-checked" in words(look(analyst_client, QUEUE))


def test_what_came_up_while_editing_is_shown_before_the_stance_is_recorded(changed, analyst_client, curator):
    data = stance_form(analyst_client)
    gradings.grade_sources([changed.source.pk], SourceStatus.RETRACTED, by=curator, why="They took it down.")
    response = analyst_client.post(EDIT, data)
    assert response.status_code == 409
    shown = words(response)
    assert "Something came up about what this stance rests on while you were editing." in shown
    assert "They took it down." in shown and "It still says so elsewhere." in shown
    assert changed.cell(changed.germany, changed.force).version == 1
    again = filled_in(read(response).find("form", action=EDIT), act="save")
    assert analyst_client.post(EDIT, again).status_code == 302


def weigh_form(client):
    address = "/n/paris/sources/summit-report/quotes/france-send/weigh"
    page = read(look(client, address, cell="germany:2", bearing="supports"))
    data = filled_in(page.find("form", action=address), why="Cited from it.")
    pick = page.find("div", "picks").find("input")["name"]
    return address, page, data | {pick: "same"}


def test_whoever_weighs_a_quote_for_the_cell_sees_it_too(changed, analyst_client, curator):
    address, page, data = weigh_form(analyst_client)
    assert "To re-check. What you record here clears this." in page.find("section", "card").text
    gradings.grade_outlet(changed.outlet, Reliability.E, by=curator, why="It prints rumours.")
    response = analyst_client.post(address, data)
    assert response.status_code == 409
    assert "Something came up" in words(response) and "It prints rumours." in words(response)
    again = filled_in(read(response).find("form", action=address))
    assert analyst_client.post(address, again).status_code == 302
    assert "Nothing is to be re-checked" in words(look(analyst_client, QUEUE))
