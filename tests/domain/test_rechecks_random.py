"""The one SQL shape of what is to be re-checked against plain loops written from its sentences, after random acts.

And after each act the copies on the cells say what the shape says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negotiations.domain import decisions, gradings, rechecks, stays
from negotiations.domain.negotiations import get_workspace
from negotiations.domain.positions import Entry, record_stances
from negotiations.domain.records import Refused
from negotiations.domain.snapshots import add_text
from negotiations.domain.stances import Draft, Item
from negotiations.models import Negotiation, Outlet, Position, Quote, Source, Stance, User
from negotiations.models.outlets import Reliability
from negotiations.models.quotes import Credibility
from negotiations.models.sources import SnapshotKind, SourceStatus
from tests import factories as make

from .test_as_of_random import by_the_sentence, still_standing

QUICK = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}
SUMMIT = date(2026, 1, 6)
TEXTS = (
    "The first minister said “we shall send our ships to the strait” in the morning and then left for home.",
    "A second paper printed that “nobody will guard the long border” while the talks were going on in the city.",
)
WORDS = ("we shall send our ships to the strait", "nobody will guard the long border")
OTHERWISE = ("", "perhaps ", "never ")  # put before the words; nothing leaves them as they are


@dataclass
class Talks:
    """Two cells; two sources, each of an outlet, with one quote; two people."""

    negotiation: Negotiation
    cells: list[Position]
    sources: list[Source]
    outlets: list[Outlet]
    quotes: list[Quote]
    anna: User
    clara: User


def build() -> Talks:
    talks = make.NegotiationFactory()
    anna, clara = (make.UserFactory(is_superuser=True, is_staff=True) for _ in range(2))
    priority = make.PriorityFactory(negotiation=talks)
    cells = [make.PositionFactory(negotiation=talks, priority=priority) for _ in range(2)]
    outlets = [make.OutletFactory(negotiation=talks, reliability=letter) for letter in "BF"]
    sources = [make.SourceFactory(outlet=outlet, status="accepted") for outlet in outlets]
    texts = [make.SnapshotFactory(source=s, text=text) for s, text in zip(sources, TEXTS, strict=True)]
    quotes = [make.QuoteFactory(snapshot=t, exact=words) for t, words in zip(texts, WORDS, strict=True)]
    return Talks(talks, cells, sources, outlets, quotes, anna, clara)


# --- acts: plain values, so that a history that shows a fault can be read ------------------------------------------

AT = st.integers(0, 1)
ACTS = st.one_of(
    st.tuples(
        st.just("judge"),
        AT,
        st.sampled_from(["moved", "learned", "rejudged", "withdrawn"]),
        st.tuples(st.sampled_from(["supports", "context"]), st.sampled_from(["", "supports", "contradicts"])),
        st.sampled_from(["low", "high"]),
    ),
    st.tuples(st.just("source"), AT, st.sampled_from(["accepted", "rejected", "retracted"])),
    st.tuples(st.just("outlet"), AT, st.sampled_from("ADEF")),
    st.tuples(st.just("claim"), AT, st.sampled_from([2, 5])),
    st.tuples(st.just("text"), AT, st.sampled_from(OTHERWISE), st.sampled_from(["full", "full", "precis"])),
    st.tuples(st.just("decide"), AT, st.booleans()),
    st.tuples(st.just("stay"), AT),
    st.tuples(st.just("merge"), AT),
)
HISTORIES = st.lists(ACTS, min_size=3, max_size=12)


def do(talks: Talks, act: tuple[Any, ...]) -> None:
    """One act; what can't be done is left."""
    kind, at, *told = act
    workspace = get_workspace(talks.negotiation.slug, by=talks.anna)
    if kind == "judge":
        judge(talks, talks.cells[at], *told)
    elif kind == "source":
        gradings.grade_sources([talks.sources[at].pk], SourceStatus(told[0]), by=talks.clara, why="x")
    elif kind == "outlet":
        gradings.grade_outlet(talks.outlets[at], Reliability(told[0]), by=talks.clara, why="x")
    elif kind == "claim":
        gradings.grade_claim(talks.quotes[at], Credibility(told[0]), by=talks.clara, why="x")
    elif kind == "text":
        text = TEXTS[at].replace(WORDS[at], told[0] + WORDS[at] if told[0] else WORDS[at])
        add_text(talks.sources[at], text, kind=SnapshotKind(told[1]), by=None)
    elif kind == "decide":
        place = decisions.newest_anchoring(talks.quotes[at])
        if place and place.state == "altered":
            decisions.decide(workspace, place.pk, holds=told[0], reason="x", by=talks.anna)
    elif kind == "stay":
        try:
            stays.stay(workspace, talks.cells[at].pk, reason="x", seen=workspace.revision, by=talks.anna)
        except Refused:
            assert not slow(talks, talks.cells[at])
    elif not Source.objects.filter(merged_into__isnull=False, negotiation=talks.negotiation).exists():
        Source.objects.filter(pk=talks.sources[at].pk).update(merged_into=talks.sources[1 - at])
        rechecks.refresh(talks.negotiation.pk)


def judge(talks: Talks, cell: Position, cause: str, bearings: tuple[str, str], confidence: str) -> None:
    workspace = get_workspace(talks.negotiation.slug, by=talks.anna)
    history = list(Stance.objects.filter(position=cell).order_by("seq"))
    standing = still_standing(history, workspace.revision)
    if not history:
        cause = "first"
    elif cause in ("rejudged", "withdrawn") and (not standing or standing[-1].replaces is not None):
        cause = "moved"
    replaces = standing[-1].seq if cause in ("rejudged", "withdrawn") else None
    items = tuple(Item(b, quote=q.pk) for b, q in zip(bearings, talks.quotes, strict=True) if b)
    supported = "supports" in bearings
    draft = Draft(
        cause=cause,
        code="supports" if supported else "unknown",
        rationale="x",
        limits=f"x{len(history)}",  # so that a move moves something
        confidence=confidence,
        held_from=SUMMIT - timedelta(days=90 if cause == "learned" else 0),
        replaces=replaces,
        evidence=items,
    )
    record_stances(workspace, [Entry(cell.pk, len(history), draft)], by=talks.anna, why="x")


# --- the sentences, as loops ----------------------------------------------------------------------------------------


def slow(talks: Talks, cell: Position) -> set[tuple[str, int | None, int]]:
    """The open reasons of a cell: which, of what, since when."""
    stances = list(Stance.objects.filter(position=cell))
    stays_of = [stay.revision for stay in cell.stays.all()]
    stance = by_the_sentence(stances, date.max, 10**9)
    if stance is None:
        return set()
    before = by_the_sentence(stances, date.max, stance.revision - 1)
    found = set()
    for thing, row in things(stance).items():
        for reason, happened, is_first in troubles(row):
            newly = before is None or thing not in things(before)
            since = max(happened, stance.revision)
            counts = happened > stance.revision if is_first else happened >= stance.revision or newly
            if counts and not any(stay >= since for stay in stays_of):
                found.add((reason, row.pk, since))
    since = one_origin_since(stance)
    if since is not None and not any(stay >= since for stay in stays_of):
        found.add(("origin", None, since))
    return found


def things(stance: Stance) -> dict[tuple[str, int], Any]:
    """What a stance rests on: quotes, their sources, their outlets; what was merged is what was kept."""
    found: dict[tuple[str, int], Any] = {}
    for item in stance.evidence.exclude(bearing="context"):
        source = item.quote.snapshot.source
        source = source.merged_into or source
        for row in (item.quote, source, source.outlet):
            found[type(row).__name__, row.pk] = row
    return found


def troubles(row: Any) -> list[tuple[str, int, bool]]:
    """What has happened to it: the reason, since when, and whether it is a first grading."""
    grades = list(row.gradings.order_by("revision", "pk"))
    if isinstance(row, Source):
        newest = grades[-1]
        return [("source", newest.revision, False)] if newest.status in ("rejected", "retracted") else []
    if isinstance(row, Outlet):
        return graded_low("outlet", [(g.revision, g.reliability in "ABC", g.reliability != "F") for g in grades])
    return graded_low("claim", [(g.revision, g.credibility <= 3, True) for g in grades]) + words_changed(row)


def graded_low(reason: str, grades: list[tuple[int, bool, bool]]) -> list[tuple[str, int, bool]]:
    """Of gradings, each with whether it is good, and whether it says anything at all."""
    was_good, since = False, None
    for revision, good, says in grades:
        if good:
            was_good, since = True, None
        elif since is None and (was_good or says):
            since = revision
    return [(reason, since, not was_good)] if since is not None else []


def words_changed(quote: Quote) -> list[tuple[str, int, bool]]:
    texts = quote.snapshot.source.snapshots.filter(number__gt=quote.snapshot.number, kind="full")
    newest = max(texts, key=lambda text: text.number, default=None)
    places = list(quote.anchorings.filter(snapshot=newest)) if newest else []
    if not places or max(places, key=lambda place: place.pk).state in ("exact", "moved"):
        return []
    place = max(places, key=lambda place: place.pk)
    said = max(place.decisions.all(), key=lambda decision: decision.pk, default=None)
    if said is None:
        return [("anchor", place.revision, False)]
    return [] if said.holds else [("anchor", said.revision, False)]


def one_origin_since(stance: Stance) -> int | None:
    if stance.confidence != "high" or stance.code == "unknown":
        return None
    sources = [item.quote.snapshot.source for item in stance.evidence.filter(bearing="supports")]
    sources = [source.merged_into or source for source in sources]
    newest = [source.gradings.order_by("revision", "pk").last() for source in sources]
    origins = {s.outlet_id for s, g in zip(sources, newest, strict=True) if g.status == "accepted"}
    fell = [g.revision for g in newest if g.status != "accepted"]
    return max([stance.revision, *fell]) if len(origins) < 2 else None


# --- the tests ------------------------------------------------------------------------------------------------------


def disagreements(history: list[tuple[Any, ...]]) -> list[str]:
    """Where after some act the shape, or a copy, says otherwise than the loops."""
    talks = build()
    for act in history:
        do(talks, act)
        for cell in talks.cells:
            told = rechecks.find_open(talks.negotiation.pk, positions=[cell.pk])
            by_shape, by_loops = {(str(each.why), each.on, each.since) for each in told}, slow(talks, cell)
            copy = Position.objects.get(pk=cell.pk).rechecks
            if by_shape != by_loops or len(told) != len(by_loops) or copy != len(by_loops):
                return [f"after {act}: {by_shape}, not {by_loops}; the copy says {copy}"]
    return []


@pytest.mark.django_db
@settings(max_examples=15, **QUICK)
@given(HISTORIES)
def test_the_shape_and_the_copies_say_what_the_sentences_say(history):
    assert disagreements(history) == []


ON_FIRST = ("judge", 0, "moved", ("supports", ""), "low")
ON_SECOND = ("judge", 0, "moved", ("context", "supports"), "low")
FELL, FELL_AGAIN = ("source", 0, "rejected"), ("source", 0, "retracted")

WRONG_SHAPES = {
    "context counts": ("AND e.bearing <> 'context'", "", [ON_SECOND, FELL]),
    "a new stance clears nothing": (
        "ELSE greatest(met.since, led.revision) >= met.revision",
        "ELSE true",
        [ON_FIRST, FELL, ON_FIRST],
    ),
    "a new stance clears what it newly cites": (
        "OR NOT EXISTS (SELECT FROM rests b",
        "OR false AND EXISTS (SELECT FROM rests b",
        [ON_SECOND, FELL, ON_FIRST],
    ),
    "a stay covers what comes later": (
        "AND stay.revision >= counting.since", "", [ON_FIRST, FELL, ("stay", 0), FELL_AGAIN]
    ),
    "a stay covers nothing": ("stay.revision >= counting.since", "false", [ON_FIRST, FELL, ("stay", 0)]),
    "what was merged stands for itself": (
        "coalesce(named.merged_into_id, named.id)", "named.id", [ON_FIRST, ("merge", 0), ("source", 1, "rejected")]
    ),
    "our own summary counts as the text": (
        "AND n.kind = 'full'", "", [ON_FIRST, ("text", 0, "never ", "precis")]
    ),
    "decisions are not heard": (
        "AND d.holds IS NOT TRUE", "", [ON_FIRST, ("text", 0, "never ", "full"), ("decide", 0, True)]
    ),
    "a good grade is a bad one": ("(n.revision, n.id) > (good.revision, good.id)", "true", [ON_FIRST]),
    "only what was better counts": ("good.id IS NULL AND", "false AND", [ON_FIRST, ("claim", 0, 5)]),
    "a first grading counts for who judged after it": (
        "CASE WHEN met.is_first", "CASE WHEN false", [("claim", 0, 5), ON_FIRST]
    ),
    "that nobody can judge an outlet is news": (
        "IN ('D', 'E')", "IN ('D', 'E', 'F')", [ON_SECOND, ("outlet", 1, "F")]
    ),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("how", WRONG_SHAPES)
def test_the_loops_notice_a_wrong_shape(how, monkeypatch):
    """The control: each promise of the rule broken, with a history that shows it."""
    right, wrong, history = WRONG_SHAPES[how]
    assert disagreements(history) == []
    for name in ("SHAPE", "REFRESH"):
        assert right in getattr(rechecks, name)
        monkeypatch.setattr(rechecks, name, getattr(rechecks, name).replace(right, wrong))
    assert disagreements(history) != []
