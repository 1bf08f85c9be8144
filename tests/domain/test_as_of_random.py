"""The one SQL shape of the as-of rule against a plain loop written from the rule's sentence, on random histories.

PARLEY_THOROUGH=1 looks at more of them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from negotiations.database.dates import ALWAYS
from negotiations.domain import as_of
from negotiations.models import Position, Stance
from negotiations.models.stances import ADDING, Cause, Code
from tests import factories

THOROUGH = os.environ.get("PARLEY_THOROUGH") == "1"
EXAMPLES = 100 if THOROUGH else 12
START = date(2026, 1, 10)
QUICK = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


@dataclass(frozen=True)
class Step:
    """What may happen next to one of two cells; what can't be becomes what can (see `play`)."""

    cell: int
    days_later: int
    cause: str
    code: str
    held_days_ago: int
    precision: str
    always: bool
    target: int
    words: tuple[int, ...]  # which of PUBLISHED's sources it rests on; what supports it comes first


STEPS = st.builds(
    Step,
    cell=st.integers(0, 1),
    days_later=st.sampled_from([0, 0, 1, 3]),
    cause=st.sampled_from([cause for cause in Cause if cause != Cause.FIRST]),
    code=st.sampled_from(["supports", "rejects", "ambiguous", "unknown"]),
    held_days_ago=st.sampled_from([0, 1, 1, 2, 6]),
    precision=st.sampled_from(["day", "day", "month", "by"]),
    always=st.booleans(),
    target=st.integers(0, 5),
    words=st.lists(st.integers(0, 2), min_size=1, max_size=2, unique=True).map(tuple),
)
PUBLISHED = [START - timedelta(days=4), START + timedelta(days=3), None]
HISTORIES = st.lists(STEPS, min_size=1, max_size=9)


def play(steps, after_each=lambda cells, revision: None):
    """Put the steps into the database. Gives the negotiation, its two cells, and the revisions."""
    day = START
    with factories.recorded_at(noon(day)):
        talks = factories.NegotiationFactory()
        priority = factories.PriorityFactory(negotiation=talks)
        cells = [factories.PositionFactory(negotiation=talks, priority=priority) for _ in range(2)]
        quotes = [source_of(talks, day) for day in PUBLISHED]
    revisions = [talks.revision]
    for step in steps:
        day += timedelta(days=step.days_later)
        cell = cells[step.cell]
        with factories.recorded_at(noon(day)):
            stance = factories.StanceFactory(position=cell, **values_of(step, cell, day, quotes))
        revisions.append(stance.revision)
        after_each(cells, stance.revision)
    return talks, cells, revisions


def source_of(talks, published_on):
    """A quote of a source that was published on that day."""
    source = factories.SourceFactory(negotiation=talks, published_on=published_on, status="accepted")
    return factories.QuoteFactory(snapshot=factories.SnapshotFactory(source=source))


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def values_of(step, cell, day, quotes):
    """The step as a stance that the cell's history allows."""
    history = list(Stance.objects.filter(position=cell).order_by("seq"))
    open_ones = [s for s in history if s.seq not in {other.replaces for other in history}]
    cause, code = step.cause, step.code
    if not history:
        cause = Cause.FIRST
    if cause == Cause.WITHDRAWN:
        open_ones = [stance for stance in open_ones if stance.replaces is None]
    if cause not in ADDING and not open_ones:
        cause = Cause.MOVED
    target = None if cause in ADDING else open_ones[step.target % len(open_ones)]
    held_from, precision = day - timedelta(days=step.held_days_ago), step.precision
    if cause == Cause.WITHDRAWN:
        code, held_from, precision = "", target.held_from, target.precision
    elif code == Code.UNKNOWN and (cause == Cause.FIRST or step.always):
        held_from, precision = ALWAYS, ""
    return {
        "cause": cause,
        "code": code,
        "replaces": target.seq if target else None,
        "held_from": held_from,
        "precision": precision,
        "evidence": [] if code in ("", "unknown") else [quotes[n] for n in step.words],
    }


def by_the_sentence(stances, v, k, public_by=None):
    """Of its stances with revision <= k, not withdrawn, not replaced by a stance with revision <= k, and
    held_from <= v: the one with the latest held_from, then the highest seq.

    Asked for what was public by a day: of those that are held from that day or before, a recorded unknown, and what a
    source supports that was published by then."""
    standing = [s for s in still_standing(stances, k) if public_by is None or was_public(s, public_by)]
    return max((s for s in standing if s.held_from <= v), key=lambda s: (s.held_from, s.seq), default=None)


def was_public(stance, day):
    """One of a later day was not, nor one whose sources have no date of publication."""
    if stance.held_from > day:
        return False
    days = [e.quote.snapshot.source.published_on for e in stance.evidence.all() if e.bearing == "supports"]
    return stance.code == Code.UNKNOWN or any(d and d <= day for d in days)


def note_by_the_sentence(stances, v, k, public_by=None):
    """Where the rule finds nothing but the cell has a stance dated `by` a later day: the first such day."""
    found = by_the_sentence(stances, v, k, public_by)
    if found is not None and found.code != Code.UNKNOWN:
        return None
    standing = [s for s in still_standing(stances, k) if public_by is None or was_public(s, public_by)]
    dated_by = [s for s in standing if s.precision == "by" and s.held_from > v]
    return min(dated_by, key=lambda s: (s.held_from, -s.seq), default=None)


def still_standing(stances, k):
    known = [s for s in stances if s.revision <= k]
    replaced = {s.replaces for s in known}
    return [s for s in known if s.cause != Cause.WITHDRAWN and s.seq not in replaced]


def disagreements(played, public_by=(None,)):
    """The (cell, day, revision) of a history for which the database answers otherwise than the loop."""
    talks, cells, revisions = played
    read = Stance.objects.prefetch_related("evidence__quote__snapshot__source")
    stances = {cell.pk: list(read.filter(position=cell)) for cell in cells}
    days = sorted({s.held_from for each in stances.values() for s in each} | {START, START + timedelta(days=40)})
    days = sorted({d + timedelta(days=n) for d in days for n in (-1, 0) if d != ALWAYS} | {date(1, 1, 2)})
    wrong = []
    known_at = [0, *revisions] if public_by == (None,) else revisions[-1:]  # what was public is as we know it now
    for k, v, p in product(known_at, days, public_by):
        for found in as_of.standings(talks.pk, as_of=v, known_at=k, public_by=p):
            of_cell = stances[found.position_id]
            rule = by_the_sentence(of_cell, v, k, p)
            note = note_by_the_sentence(of_cell, v, k, p)
            expected = (rule and rule.seq, rule.code if rule else "unknown", note.code if note else "")
            if (found.seq, found.code, found.later_code) != expected:
                wrong.append((found.position_id, v, k, p))
    return wrong


@pytest.mark.django_db
@settings(max_examples=EXAMPLES, **QUICK)
@given(HISTORIES)
def test_the_shape_answers_as_the_sentence_says(steps):
    """The loop knows nothing of the bound by the day of k, so that bound changes no answer either."""
    assert disagreements(play(steps)) == []


DAYS_OF_PUBLICATION = [START - timedelta(days=5), START, START + timedelta(days=3)]


@pytest.mark.django_db
@settings(max_examples=EXAMPLES, **QUICK)
@given(HISTORIES)
def test_the_shape_of_what_was_public_answers_as_its_sentence_says(steps):
    assert disagreements(play(steps), public_by=DAYS_OF_PUBLICATION) == []


@pytest.mark.django_db
@settings(max_examples=EXAMPLES, **QUICK)
@given(HISTORIES)
def test_the_copies_are_the_rule_at_today_and_now_after_each_step(steps):
    def compare(cells, revision):
        for cell in cells:
            copies = Position.objects.get(pk=cell.pk)
            stances = list(Stance.objects.filter(position=cell))
            rule = by_the_sentence(stances, date.max, revision)
            assert copies.standing == (rule and rule.seq)
            assert copies.code == (rule.code if rule else "unknown")
            assert copies.version == len(stances)
            if rule:
                assert (copies.held_from, copies.precision) == (rule.held_from, rule.precision)
                assert copies.supporting == rule.evidence.count()

    play(steps, after_each=compare)


WRONG_SHAPES = {
    "what was recorded last": ("ORDER BY s.held_from DESC, s.seq DESC", "ORDER BY s.seq DESC"),
    "ties the other way": ("ORDER BY s.held_from DESC, s.seq DESC", "ORDER BY s.held_from DESC, s.seq"),
    "known before it was": ("s.revision <= k.revision AND s.cause", "s.cause"),
    "replaced before it was": ("AND r.replaces = s.seq AND r.revision <= k.revision", "AND r.replaces = s.seq"),
    "withdrawals count": ("s.cause <> 'withdrawn'", "true"),
    "nothing is replaced": ("r.replaces = s.seq", "false"),
    "from the day after": ("s.held_from <= least(%(as_of)s::date", "s.held_from < least(%(as_of)s::date"),
    "notes on any date": ("s.precision = 'by' AND ", ""),
}


WRONG_PUBLIC_SHAPES = {
    "what has no date was public": (
        "least(src.published_on, kept.published_on) <= %(public_by)s::date",
        "(least(src.published_on, kept.published_on) <= %(public_by)s::date) IS NOT FALSE",
    ),
    "published before the day only": ("kept.published_on) <= %(public_by)s", "kept.published_on) < %(public_by)s"),
    "recorded unknowns need a source": ("s.code = 'unknown' OR (EXISTS", "(EXISTS"),
    "sources tell of later days": ("AND s.held_from <= %(public_by)s::date", ""),
}


@pytest.mark.django_db
def test_the_loop_would_find_every_wrong_shape(monkeypatch):
    """The control: with each promise of the rule broken, some of the same thirty histories shows it."""
    histories = []

    @settings(max_examples=30, derandomize=True, phases=[Phase.generate], **QUICK)
    @given(HISTORIES)
    def play_some(steps):
        histories.append(play(steps))

    play_some()
    for name, shapes, public_by in (
        ("SHAPE", WRONG_SHAPES, [None]),
        ("PUBLIC_SHAPE", WRONG_PUBLIC_SHAPES, DAYS_OF_PUBLICATION),
    ):
        right_shape = getattr(as_of, name)
        for how, (right, wrong) in shapes.items():
            assert right in right_shape, how
            monkeypatch.setattr(as_of, name, right_shape.replace(right, wrong))
            assert any(disagreements(played, tuple(public_by)) for played in histories), how
        monkeypatch.setattr(as_of, name, right_shape)
