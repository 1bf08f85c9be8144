"""What a proposed stance must be, by table: today is 10 January 2026, and the cell's history is given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from negotiations.database.dates import ALWAYS
from negotiations.domain.stances import Draft, Earlier, Item, check, settle

TODAY = date(2026, 1, 10)
FIRST = Earlier(1, "supports", "first", False, date(2026, 1, 2), "day")
MOVED = Earlier(2, "opposes", "moved", False, date(2026, 1, 6), "by")
REPLACED = replace(FIRST, is_replaced=True)
CORRECTED = Earlier(3, "supports", "corrected", False, date(2026, 1, 3), "day")
EMPTY, ONE, TWO = {}, {1: FIRST}, {1: FIRST, 2: MOVED}
THREE = {1: REPLACED, 2: MOVED, 3: CORRECTED}

GOOD = Draft(
    cause="moved",
    code="opposes",
    rationale="The minister said so.",
    confidence="low",
    held_from=date(2026, 1, 6),
    precision="day",
    evidence=(Item("supports", quote=1),),
)


def problems(history, **changed):
    draft = settle(replace(GOOD, **changed), history=history, today=TODAY)
    return check(draft, history=history, today=TODAY)


def items(*given):
    return {"evidence": given}


@pytest.mark.parametrize(
    ("history", "changed"),
    [
        (EMPTY, {"cause": "first"}),
        (EMPTY, {"cause": "first", "code": "unknown", "held_from": None, "evidence": ()}),
        (ONE, {}),
        (ONE, {"cause": "learned"}),
        (ONE, {"cause": "corrected", "replaces": 1}),
        (ONE, {"cause": "corrected", "replaces": 1, "code": "unknown", "held_from": None, "evidence": ()}),
        (ONE, {"cause": "evidence", "replaces": 1, "code": "supports"}),
        (ONE, {"cause": "withdrawn", "replaces": 1}),
        (ONE, {"cause": "withdrawn", "replaces": 1, "rationale": "", "confidence": "", "evidence": ()}),
        (THREE, {"cause": "source", "replaces": 3}),
        (THREE, {"cause": "withdrawn", "replaces": 2}),
        (ONE, {"held_from": TODAY}),
        (ONE, {"held_from": date(2026, 1, 1), "precision": "month"}),
        (ONE, items(Item("supports", source=3, locator="roll call, line 4"))),
        (ONE, items(Item("supports", quote=1), Item("contradicts", quote=2), Item("context", quote=3))),
        (ONE, {"code": "ambiguous"}),
        (ONE, {"code": "silent"}),
    ],
)
def test_a_good_draft_may_stand(history, changed):
    assert problems(history, **changed) == {}


@pytest.mark.parametrize(
    ("history", "changed", "field", "words"),
    [
        (EMPTY, {"cause": "moved"}, "cause", "no stance yet"),
        (ONE, {"cause": "first"}, "cause", "has a stance already"),
        (ONE, {"replaces": 1}, "replaces", "replaces nothing"),
        (ONE, {"cause": "learned", "replaces": 1}, "replaces", "replaces nothing"),
        (ONE, {"cause": "corrected"}, "replaces", "which earlier stance"),
        (ONE, {"cause": "corrected", "replaces": 2}, "replaces", "which earlier stance"),
        (ONE, {"cause": "corrected", "replaces": 0}, "replaces", "which earlier stance"),
        (THREE, {"cause": "rejudged", "replaces": 1}, "replaces", "has been replaced already"),
        (THREE, {"cause": "withdrawn", "replaces": 1}, "replaces", "has been replaced already"),
        (THREE, {"cause": "withdrawn", "replaces": 3}, "cause", "corrected, not withdrawn"),
        (ONE, {"cause": "evidence", "replaces": 1, "code": "rejects"}, "code", "keeps its stance"),
        (ONE, {"cause": "whim", "replaces": 1}, "cause", "why there is another"),
        (ONE, {"code": ""}, "code", "Choose a stance"),
        (ONE, {"code": "maybe"}, "code", "Choose a stance"),
        (ONE, {"confidence": ""}, "confidence", "how good"),
        (ONE, {"confidence": "very"}, "confidence", "how good"),
        (ONE, {"rationale": "  \n "}, "rationale", "lead to this judgement"),
        (ONE, {"code": "unknown", "rationale": ""}, "rationale", "what was searched"),
        (ONE, {"evidence": ()}, "evidence", "at least one piece"),
        (ONE, items(Item("contradicts", quote=1)), "evidence", "at least one piece"),
        (ONE, {"code": "silent", "evidence": ()}, "evidence", "at least one piece"),
        (ONE, {"code": "ambiguous", "evidence": ()}, "evidence", "at least one piece"),
        (ONE, items(Item("supports", quote=1), Item("context", quote=1)), "evidence", "named twice"),
        (ONE, items(Item("supports", quote=1), Item("likes", quote=2)), "evidence", "Say of each piece"),
        (ONE, items(Item("supports")), "evidence", "a quote, or a source"),
        (ONE, items(Item("supports", source=1)), "evidence", "a quote, or a source"),
        (ONE, items(Item("supports", locator="p. 1")), "evidence", "a quote, or a source"),
        (ONE, items(Item("supports", quote=1, source=1)), "evidence", "a quote, or a source"),
        (ONE, items(Item("supports", quote=1, locator="p. 1")), "evidence", "a quote, or a source"),
        (ONE, items(Item("supports", quote=1, source=1, locator="p. 1")), "evidence", "a quote, or a source"),
        (ONE, items(Item("supports", source=1, locator="p" * 301)), "evidence", "at most 300"),
        (ONE, items(Item("supports", source=1, locator="p\x00")), "evidence", "ordinary characters"),
        (ONE, {"held_from": None}, "held_from", "from when"),
        (ONE, {"held_from": date(2026, 1, 11)}, "held_from", "after today, 10 January 2026"),
        (ONE, {"held_from": date(2026, 2, 1), "precision": "month"}, "held_from", "after today"),
        (ONE, {"held_from": ALWAYS}, "held_from", "has no beginning"),
        (ONE, {"precision": ""}, "precision", "how exactly"),
        (ONE, {"precision": "hour"}, "precision", "how exactly"),
        (ONE, {"code": "unknown", "held_from": None, "evidence": ()}, "held_from", "from when"),
        (ONE, {"conditions": "if\x00then"}, "conditions", "can't be stored"),
        (ONE, {"limits": "half a \ud83d sign"}, "limits", "can't be stored"),
    ],
)
def test_a_draft_that_cant_stand_gets_a_sentence_beside_its_field(history, changed, field, words):
    found = problems(history, **changed)
    assert list(found) == [field]
    assert words in found[field]


@pytest.mark.parametrize(
    ("held_from", "precision", "stored"),
    [
        (date(2025, 3, 14), "day", date(2025, 3, 14)),
        (date(2025, 3, 14), "by", date(2025, 3, 14)),
        (date(2025, 3, 14), "month", date(2025, 3, 31)),
        (date(2024, 2, 1), "month", date(2024, 2, 29)),
        (date(2025, 3, 14), "year", date(2025, 12, 31)),
        (date(2026, 1, 2), "month", TODAY),  # January isn't over
        (date(2026, 1, 2), "year", TODAY),
        (date(2026, 1, 10), "month", TODAY),
    ],
)
def test_a_period_is_stored_as_its_last_day_or_today_if_that_is_earlier(held_from, precision, stored):
    settled = settle(replace(GOOD, held_from=held_from, precision=precision), history=ONE, today=TODAY)
    assert (settled.held_from, settled.precision) == (stored, precision)


def test_a_first_unknown_is_held_from_always_whatever_day_was_given():
    draft = replace(GOOD, cause="first", code="unknown")
    settled = settle(draft, history=EMPTY, today=TODAY)
    assert (settled.held_from, settled.precision) == (ALWAYS, "")
    with_evidence = settle(replace(draft, held_from=ALWAYS, precision="day"), history=EMPTY, today=TODAY)
    assert (with_evidence.held_from, with_evidence.precision) == (ALWAYS, "")


def test_a_withdrawal_keeps_the_day_of_what_it_withdraws_and_says_nothing_else():
    settled = settle(replace(GOOD, cause="withdrawn", replaces=2), history=TWO, today=TODAY)
    assert settled == Draft(cause="withdrawn", replaces=2, held_from=MOVED.held_from, precision="by")


def test_blanks_around_texts_and_parties_named_twice_are_dropped():
    settled = settle(
        replace(GOOD, rationale=" a \n", conditions="\tb", limits="c ", depends_on=(3, 1, 3)), history=ONE, today=TODAY
    )
    assert (settled.rationale, settled.conditions, settled.limits) == ("a", "b", "c")
    assert settled.depends_on == (3, 1)


def test_settling_twice_changes_nothing_more():
    for changed in [{}, {"precision": "year"}, {"cause": "withdrawn", "replaces": 1}, {"code": "unknown"}]:
        once = settle(replace(GOOD, **changed), history=TWO, today=TODAY)
        assert settle(once, history=TWO, today=TODAY) == once
