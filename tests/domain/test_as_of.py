"""Stories of two times: what the world was on a day, and what we knew of it at a revision.

Each is told step by step; then a table says what the board shows for each day of the world (down) as known after each
step (across). A dash is a cell with nothing recorded, which reads `unknown`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from negotiations.database.dates import ALWAYS
from negotiations.domain import as_of
from negotiations.models import Position
from tests import factories
from tests.sql import run
from tests.worlds import build_world


class Story:
    """One cell, France on the force, and what is recorded of it, day after day of January 2026 at noon."""

    def __init__(self):
        with factories.recorded_at(datetime(2026, 1, 1, 12, tzinfo=UTC)):
            self.world = build_world(factories.NegotiationFactory())
        self.cell = self.world.cell(self.world.france, self.world.force)
        self.revisions = [self.world.negotiation.revision]

    def record(self, on, code, held_from, **values):
        """On a day of January, record a stance held from `held_from`."""
        evidence = [] if code in ("", "unknown") else [self.world.send]
        with factories.recorded_at(datetime(2026, 1, on, 12, tzinfo=UTC)):
            stance = factories.StanceFactory(
                position=self.cell, code=code, held_from=held_from, evidence=evidence, **values
            )
        self.revisions.append(stance.revision)
        return stance

    def at(self, day, step):
        (found,) = as_of.standings(
            self.world.negotiation.pk,
            as_of=day,
            known_at=self.revisions[step],
            positions=[self.cell.pk],
        )
        return found

    def shows(self, table):
        """Whether the rule answers as the table says, and the cell's copies as its last corner."""
        lines = [line.split() for line in table.strip().splitlines()]
        steps = [int(word) for word in lines[0] if word.isdigit()]
        for day, *expected in lines[1:]:
            found = [self.at(date.fromisoformat(day), step) for step in steps]
            assert [f.code if f.seq else "–" for f in found] == expected, f"as of {day}"
        copies = Position.objects.get(pk=self.cell.pk)
        assert (copies.code if copies.standing else "–") == lines[-1][-1]


@pytest.fixture
def story(db):
    return Story()


def test_a_date_is_corrected_to_a_later_one(story):
    """France opposed it, then supported it: from the 4th, we thought; it was the 8th."""
    story.record(2, "opposes", date(2025, 12, 1))
    story.record(9, "supports", date(2026, 1, 4), cause="moved")
    story.record(12, "supports", date(2026, 1, 8), cause="corrected", replaces=2)
    story.shows("""
        as of        0  1        2         3
        2025-11-30   –  –        –         –
        2025-12-01   –  opposes  opposes   opposes
        2026-01-03   –  opposes  opposes   opposes
        2026-01-04   –  opposes  supports  opposes
        2026-01-07   –  opposes  supports  opposes
        2026-01-08   –  opposes  supports  supports
        2026-01-31   –  opposes  supports  supports
    """)


def test_a_date_is_corrected_to_an_earlier_one(story):
    """It supported it from the 8th, we thought; it had been the 4th already."""
    story.record(2, "opposes", date(2025, 12, 1))
    story.record(9, "supports", date(2026, 1, 8), cause="moved")
    story.record(12, "supports", date(2026, 1, 4), cause="corrected", replaces=2)
    story.shows("""
        as of        1        2         3
        2025-12-01   opposes  opposes   opposes
        2026-01-03   opposes  opposes   opposes
        2026-01-04   opposes  opposes   supports
        2026-01-07   opposes  opposes   supports
        2026-01-08   opposes  supports  supports
        2026-01-31   opposes  supports  supports
    """)


def test_a_move_was_wrongly_attributed_and_is_withdrawn(story):
    """Somebody else had said it: the stance before shines through again, on every day."""
    story.record(2, "opposes", date(2025, 12, 1))
    story.record(9, "supports", date(2026, 1, 4), cause="moved")
    story.record(12, "", date(2026, 1, 4), cause="withdrawn", replaces=2)
    story.shows("""
        as of        1        2         3
        2025-12-01   opposes  opposes   opposes
        2026-01-03   opposes  opposes   opposes
        2026-01-04   opposes  supports  opposes
        2026-01-31   opposes  supports  opposes
    """)


def test_what_was_found_out_late_doesnt_push_out_what_came_after(story):
    """In January we learn where France stood in December. Where it stands since the 4th is not touched."""
    story.record(5, "supports", date(2026, 1, 4))
    story.record(12, "rejects", date(2025, 12, 1), cause="learned")
    story.shows("""
        as of        0  1         2
        2025-11-30   –  –         –
        2025-12-01   –  –         rejects
        2026-01-03   –  –         rejects
        2026-01-04   –  supports  supports
        2026-01-31   –  supports  supports
    """)


def test_the_only_stance_is_withdrawn(story):
    story.record(5, "supports", date(2026, 1, 4))
    story.record(6, "", date(2026, 1, 4), cause="withdrawn", replaces=1)
    story.shows("""
        as of        0  1         2
        2026-01-03   –  –         –
        2026-01-04   –  supports  –
    """)


def test_a_withdrawal_is_undone_by_saying_again_what_should_stand(story):
    story.record(5, "supports", date(2026, 1, 4))
    story.record(6, "", date(2026, 1, 4), cause="withdrawn", replaces=1)
    story.record(7, "supports", date(2026, 1, 4), cause="corrected", replaces=2)
    story.shows("""
        as of        1         2  3
        2026-01-04   supports  –  supports
    """)


def test_of_two_on_one_day_the_later_recorded_stands(story):
    story.record(5, "opposes", date(2026, 1, 4))
    story.record(6, "supports", date(2026, 1, 4), cause="moved")
    story.shows("""
        as of        1        2
        2026-01-03   –        –
        2026-01-04   opposes  supports
    """)


def test_a_first_unknown_has_always_been_and_whatever_is_found_comes_after_it(story):
    """We searched and found nothing; later we learn of 1990."""
    story.record(2, "unknown", ALWAYS, precision="")
    story.record(3, "neutral", date(1990, 6, 30), cause="learned", precision="month")
    story.shows("""
        as of        0  1        2
        0001-01-02   –  unknown  unknown
        1990-06-29   –  unknown  unknown
        1990-06-30   –  unknown  neutral
        2026-01-31   –  unknown  neutral
    """)
    assert story.at(date(1989, 1, 1), 2).held_from == ALWAYS


def test_rejects_by_the_sixth_start_unknown(story):
    """Before the day by which a stance was held, the cell is unknown, with a note; it counts as unknown."""
    story.record(7, "rejects", date(2026, 1, 6), precision="by")
    story.shows("""
        as of        0  1
        2026-01-05   –  –
        2026-01-06   –  rejects
    """)
    before = story.at(date(2026, 1, 5), 1)
    assert (before.code, before.later_code, before.later_by) == ("unknown", "rejects", date(2026, 1, 6))
    assert not before.is_known
    on_the_day = story.at(date(2026, 1, 6), 1)
    assert (on_the_day.later_code, on_the_day.later_by) == ("", None)
    assert story.at(date(2026, 1, 5), 0).later_code == ""  # nobody knew yet


def test_the_note_tells_the_earliest_and_only_what_still_stands(story):
    story.record(8, "unknown", ALWAYS, precision="")
    story.record(8, "opposes", date(2026, 1, 7), precision="by", cause="learned")
    story.record(9, "rejects", date(2026, 1, 6), precision="by", cause="learned")
    story.record(10, "", date(2026, 1, 6), cause="withdrawn", replaces=3, precision="by")
    notes = [story.at(date(2026, 1, 3), step) for step in range(5)]
    assert [note.later_code for note in notes] == ["", "", "opposes", "rejects", "opposes"]


def test_a_stance_with_a_known_start_gives_no_note(story):
    story.record(8, "rejects", date(2026, 1, 6), precision="day")
    assert story.at(date(2026, 1, 3), 1).later_code == ""


def test_where_something_stands_there_is_no_note(story):
    story.record(3, "supports", date(2026, 1, 2))
    story.record(8, "rejects", date(2026, 1, 6), precision="by", cause="moved")
    assert [story.at(date(2026, 1, 4), step).later_code for step in (1, 2)] == ["", ""]


def test_origins_are_counted_with_what_we_then_believed_of_the_source(story):
    story.record(3, "supports", date(2026, 1, 2))
    with factories.recorded_at(datetime(2026, 1, 9, tzinfo=UTC)):
        graded = factories.SourceGradingFactory(source=story.world.source, status="retracted")
    story.revisions.append(graded.revision)
    assert [story.at(date(2026, 1, 4), step).origins for step in (1, 2)] == [1, 0]
    assert [story.at(date(2026, 1, 4), step).supporting for step in (1, 2)] == [1, 1]


def test_moving_a_negotiation_to_another_zone_hides_nothing_that_was_recorded(db):
    """On Kiritimati it was the 7th when it was recorded; where days end last, that moment was still the 5th."""
    with factories.recorded_at(datetime(2026, 1, 6, 10, 30, tzinfo=UTC)):
        talks = factories.NegotiationFactory(time_zone="Pacific/Kiritimati")
        stance = factories.StanceFactory(negotiation=talks, code="supports", held_from=date(2026, 1, 7))
    run("UPDATE negotiations_negotiation SET time_zone = 'Etc/GMT+12' WHERE id = %s", talks.pk)
    (found,) = as_of.standings(talks.pk, as_of=date(2026, 1, 7), known_at=stance.revision)
    assert found.seq == 1


def publicly(story, day, public_by):
    known_at = story.revisions[-1]
    (found,) = as_of.standings(
        story.world.negotiation.pk,
        as_of=date.fromisoformat(day),
        known_at=known_at,
        public_by=date.fromisoformat(public_by),
        positions=[story.cell.pk],
    )
    return found


def source_of(story, published_on):
    """A quote of an accepted source of its own, published on a day of January, or nobody knows when."""
    day = date(2026, 1, published_on) if published_on else None
    source = factories.SourceFactory(negotiation=story.world.negotiation, published_on=day, status="accepted")
    return factories.QuoteFactory(snapshot=factories.SnapshotFactory(source=source))


def test_what_was_public_by_a_day(story):
    """The paper of the 5th tells of support since the 4th, the one of the 9th of opposition since the 6th."""
    with factories.recorded_at(datetime(2026, 1, 20, tzinfo=UTC)):
        early, late, undated = source_of(story, 5), source_of(story, 9), source_of(story, None)
        said = {"position": story.cell, "cause": "moved"}
        factories.StanceFactory(position=story.cell, code="unknown", held_from=ALWAYS, precision="")
        factories.StanceFactory(**said, code="supports", held_from=date(2026, 1, 4), evidence=[early, undated])
        factories.StanceFactory(**said, code="opposes", held_from=date(2026, 1, 6), evidence=[late])
        last = factories.StanceFactory(**said, code="rejects", held_from=date(2026, 1, 7), evidence=[undated])
    story.revisions.append(last.revision)
    table = """
        as of        2026-01-04  2026-01-05  2026-01-08  2026-01-09
        2026-01-03   unknown     unknown     unknown     unknown
        2026-01-04   unknown     supports    supports    supports
        2026-01-06   unknown     supports    supports    opposes
        2026-01-07   unknown     supports    supports    opposes
    """
    _, *lines = [line.split() for line in table.strip().splitlines()]
    for day, *expected in lines:
        found = [publicly(story, day, p).code for p in ("2026-01-04", "2026-01-05", "2026-01-08", "2026-01-09")]
        assert found == expected, f"as of {day}"
    told = publicly(story, "2026-01-05", "2026-01-05")
    assert (told.supporting, told.origins) == (1, 1), "evidence that was not out yet is not counted"


def test_what_was_public_is_judged_as_we_judge_it_now(story):
    """A stance that has been replaced by now does not come back, though its replacement's source came later."""
    with factories.recorded_at(datetime(2026, 1, 20, tzinfo=UTC)):
        early, late = source_of(story, 5), source_of(story, 9)
        factories.StanceFactory(position=story.cell, code="supports", held_from=date(2026, 1, 4), evidence=[early])
        last = factories.StanceFactory(
            position=story.cell,
            code="opposes",
            held_from=date(2026, 1, 4),
            evidence=[late],
            cause="corrected",
            replaces=1,
        )
    story.revisions.append(last.revision)
    assert [publicly(story, "2026-01-08", day).seq for day in ("2026-01-08", "2026-01-09")] == [None, 2]


def test_only_what_supports_a_judgement_makes_it_public(story):
    with factories.recorded_at(datetime(2026, 1, 20, tzinfo=UTC)), transaction.atomic():
        late, early = source_of(story, 9), source_of(story, 5)
        last = factories.StanceFactory(position=story.cell, held_from=date(2026, 1, 4), evidence=[late])
        factories.EvidenceFactory(stance=last, quote=early, bearing="contradicts")
    story.revisions.append(last.revision)
    assert [publicly(story, "2026-01-08", day).seq for day in ("2026-01-08", "2026-01-09")] == [None, 1]


def test_a_document_taken_in_twice_was_public_from_the_earlier_date(story):
    with factories.recorded_at(datetime(2026, 1, 20, tzinfo=UTC)):
        late, early = source_of(story, 9), source_of(story, 5)
        last = factories.StanceFactory(position=story.cell, held_from=date(2026, 1, 4), evidence=[late])
    story.revisions.append(last.revision)
    assert publicly(story, "2026-01-08", "2026-01-05").seq is None
    run(
        "UPDATE negotiations_source SET merged_into_id = %s WHERE id = %s",
        early.snapshot.source_id,
        late.snapshot.source_id,
    )
    assert publicly(story, "2026-01-08", "2026-01-05").seq == 1
