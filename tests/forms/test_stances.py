"""The form of a stance: what it offers, what it takes, what it says."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.http import QueryDict
from django.utils.http import urlencode

from negotiations.domain.cells import Identified, get_cell
from negotiations.domain.stances import Item
from negotiations.forms.fields import Words, has_words
from negotiations.forms.stances import StanceForm, initial_of
from tests.stories import record


@pytest.fixture
def cell(world, analyst):
    """Reads the cell anew: `cell()`, or another with `cell(1)`."""
    return lambda number=2: get_cell("paris", "germany", number, by=analyst)


@pytest.fixture
def judged(world, analyst):
    record(world, world.germany, world.force, by=analyst, limits="But", depends_on=(world.france.pk,), precision="by",
           evidence=[world.neighbours])  # fmt: skip
    return world


def sent(cell, **values) -> StanceForm:
    """A form as a browser sends it."""
    usual = {
        "code": "supports", "rationale": "It said so.", "confidence": "low", "held_from": "2026-01-06",
        "precision": "day", "cause": "learned" if cell.version else "first", "why": "Read it.",
        "based_on": cell.version, "key": uuid4(),
    }  # fmt: skip
    form = StanceForm(QueryDict(urlencode(usual | values, doseq=True)), cell=cell)
    form.offer_parties(
        [Identified(7, "france", "France"), Identified(9, "germany", "Germany"), Identified(8, "russia", "Russia")]
    )
    return form


# --- what it offers ------------------------------------------------------------------------------------------


def test_an_empty_cell_is_offered_as_its_first_record(world, cell):
    form = StanceForm(None, cell=cell())
    assert [value for value, _ in form.fields["cause"].widget.choices] == ["first"]
    assert form.initial["based_on"] == 0
    assert (form.initial["precision"], form.initial["confidence"]) == ("by", "low"), "what can least be wrong"
    assert "code" not in form.initial, "nobody is led to a stance"


def test_a_cell_with_a_stance_is_offered_as_it_stands(judged, cell):
    form = StanceForm(None, cell=cell())
    initial = form.initial
    assert (initial["code"], initial["limits"], initial["depends_on"]) == ("supports", "But", ["france"])
    assert (initial["held_from"], initial["precision"]) == (date(2026, 1, 6), "by")
    assert not initial["cause"] and form.fields["cause"].widget.choices[0] == ("", "Choose"), "nobody is led to a cause"
    assert "why" not in initial, "a reason is given anew each time"
    assert form.chosen == [Item("supports", quote=judged.neighbours.pk)]
    assert "first" not in [value for value, _ in form.fields["cause"].widget.choices]


def test_only_what_still_stands_is_offered_to_be_replaced_and_the_current_one_first(judged, analyst, cell):
    record(judged, judged.germany, judged.force, by=analyst, cause="corrected", replaces=1, evidence=[judged.send])
    record(judged, judged.germany, judged.force, by=analyst, cause="learned", held_from=date(2025, 3, 1),
           code="rejects", evidence=[judged.send])  # fmt: skip
    form = StanceForm(None, cell=cell())
    offered = form.fields["replaces"].widget.choices
    assert offered == [("", "None"), (3, "3: Rejects"), (2, "2: Supports")]
    assert form["replaces"].value() == 2, "which stands today"


def test_each_opened_form_has_a_key_of_its_own(judged, cell):
    keys = {StanceForm(None, cell=cell()).initial["key"] for _ in range(3)}
    assert len(keys) == 3 and all(UUID(key) for key in keys)


def test_more_evidence_is_offered_with_its_reason(judged, cell):
    form = StanceForm(None, cell=cell(), cause="evidence")
    assert (form.initial["cause"], form.initial["why"]) == ("evidence", "More evidence for the same judgement.")
    assert not StanceForm(None, cell=cell(), cause="nonsense").initial["cause"]
    assert StanceForm(None, cell=cell(1), cause="evidence").initial.get("why") is None, "more than nothing?"


def test_always_has_no_date_to_show(world, analyst, cell):
    record(world, world.germany, world.force, by=analyst, code="unknown")
    initial = initial_of(cell().current)
    assert (initial["held_from"], initial["precision"]) == (None, "by")


# --- what it takes -------------------------------------------------------------------------------------------


def test_a_sent_form_becomes_a_draft(judged, cell):
    form = sent(
        cell(), code="rejects", conditions="If", limits="But", depends_on=["france", "russia"], red_line="on",
        confidence="high", precision="month", **{"bearing-5": "supports", "bearing-6": "contradicts", "bearing-7": ""},
    )  # fmt: skip
    assert form.is_valid(), form.errors
    draft = form.draft
    assert (draft.code, draft.conditions, draft.limits, draft.red_line) == ("rejects", "If", "But", True)
    assert (draft.confidence, draft.held_from, draft.precision) == ("high", date(2026, 1, 6), "month")
    assert draft.depends_on == (7, 8)
    assert draft.evidence == (Item("supports", quote=5), Item("contradicts", quote=6))
    assert (draft.cause, draft.replaces) == ("learned", None)


def test_what_a_stance_replaces_counts_only_where_the_cause_replaces(judged, cell):
    for cause, replaces in {"moved": None, "learned": None, "corrected": 1, "withdrawn": 1}.items():
        form = sent(cell(), cause=cause, replaces="1", code="opposes")
        assert form.is_valid(), form.errors
        assert form.draft.replaces == replaces


def test_what_was_sent_late_is_for_the_domain_to_judge(judged, analyst, cell):
    """The form no longer offers the first record, nor a stance replaced since: it takes them all the same."""
    opened = cell()
    record(judged, judged.germany, judged.force, by=analyst, cause="corrected", replaces=1, evidence=[judged.send])
    for values in (
        {"cause": "first", "based_on": 0},
        {"cause": "corrected", "replaces": 1, "based_on": opened.version},
    ):
        assert sent(cell(), **values).is_valid()


def test_a_cell_with_a_stance_asks_for_the_cause(judged, cell):
    assert sent(cell(), cause="").errors["cause"] == ["Say why there is another stance."]


def test_a_withdrawal_needs_a_reason_and_nothing_else(judged, cell):
    form = sent(cell(), cause="withdrawn", replaces="1", code="", rationale="", held_from="", confidence="")
    assert form.is_valid(), form.errors
    assert not sent(cell(), cause="withdrawn", replaces="1", why="").is_valid()


def test_not_enough_evidence_needs_no_beginning_but_what_was_searched(world, cell):
    assert sent(cell(), code="unknown", held_from="").is_valid()
    assert "rationale" in sent(cell(), code="unknown", rationale="").errors
    assert "held_from" in sent(cell(), code="supports", held_from="").errors


def test_a_party_does_not_wait_for_itself(world, cell):
    assert "depends_on" in sent(cell(), depends_on=["germany"]).errors
    assert "depends_on" in sent(cell(), depends_on=["atlantis"]).errors


def test_a_version_from_the_future_is_none(judged, cell):
    assert "based_on" in sent(cell(), based_on=2).errors
    assert sent(cell(), based_on=1).is_valid() and sent(cell(), based_on=0).is_valid()


# --- what it says -------------------------------------------------------------------------------------------


def test_the_domains_sentences_stand_at_their_fields(judged, cell):
    form = sent(cell())
    assert form.is_valid()
    form.show({"code": "Not this.", "evidence": "Not these.", "": "Not at all.", "seq": "No such field."})
    assert form.errors["code"] == ["Not this."]
    assert form.evidence_errors == ["Not these."]
    assert form.non_field_errors() == ["Not these.", "Not at all.", "No such field."]


def test_left_unchecked_it_says_nothing(judged, cell):
    form = sent(cell(), rationale="", held_from="soon", why="")
    form.leave_unchecked()
    assert not form.errors
    assert form["held_from"].value() == "soon"


def test_a_renewed_key_keeps_all_else(judged, cell):
    form = sent(cell(), depends_on=["france", "russia"])
    before = form.data
    form.renew_key()
    assert form.data["key"] != before["key"]
    assert {name: form.data.getlist(name) for name in before if name != "key"} == {
        name: before.getlist(name) for name in before if name != "key"
    }


# --- text ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u200d", "\u2060\ufeff", "\u3164", "\u2800", "\u0301", "\u202e"])
def test_what_cannot_be_seen_is_no_text(text):
    assert not has_words(text)
    assert Words(required=False).clean(text) == ""


@pytest.mark.parametrize("text", ["a", "é", "e\u0301", "…", "👩‍👩‍👧", "٣", "ʼ", "a\u200b"])
def test_what_can_be_seen_is_text_and_stays_as_it_came(text):
    assert has_words(text)
    assert Words().clean(text) == text
