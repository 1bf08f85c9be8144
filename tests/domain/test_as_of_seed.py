"""The boards of the seed on several days, as known at several revisions: written by hand from its stances."""

from __future__ import annotations

from datetime import date

import pytest

from negotiations.domain.boards import get_board
from negotiations.domain.negotiations import get_workspace
from negotiations.exchange import dossier
from negotiations.models import Position
from tests import factories as make
from tests.exchange.test_seed import SEED

LETTERS = {"champions": "C", "supports": "S", "opposes": "O", "rejects": "R", "unknown": "."}


def drawn(board):
    """Each party that holds anything, with a letter for each priority."""
    rows = {row.slug: "".join(LETTERS[cell.standing.code] for cell in row.cells) for row in board.rows}
    return {slug: letters for slug, letters in rows.items() if letters.strip(".")}


NEW_YEAR = {"france": "...C.", "ukraine": "...C.", "united-states": "...S."}
FOURTH = {**NEW_YEAR, "ukraine": "..SC."}
SUMMIT = {
    "france": ".SCC.",
    "united-kingdom": "..C..",
    "germany": "..SS.",
    "ukraine": ".SSC.",
    "united-states": "S.SS.",
    "russia": "..R..",
    "coalition": "SCCSS",
    "europeans": "..S..",
}
SEVENTH = {**SUMMIT, "europeans": "..SS."}
LOADED = {
    "2025-12-30": {},
    "2025-12-31": NEW_YEAR,
    "2026-01-03": NEW_YEAR,
    "2026-01-04": FOURTH,
    "2026-01-05": FOURTH,
    "2026-01-06": SUMMIT,
    "2026-01-07": SEVENTH,
    "2026-11-01": SEVENTH,
}
CORRECTED = {
    "2025-12-31": NEW_YEAR,
    "2026-01-01": {**NEW_YEAR, "ukraine": "..SC."},  # since New Year, as a correction says
    "2026-01-06": {**SUMMIT, "france": ".S.C."},  # what was said of the force is withdrawn
    "2026-01-07": {**SEVENTH, "france": ".S.C."},
}


@pytest.fixture
def revisions(db):
    """Before the seed, with it, and after two corrections: Ukraine on the force since New Year; France's withdrawn."""
    dossier.load(SEED)
    loaded = get_workspace("paris-2026", by=make.UserFactory(is_superuser=True)).revision
    ukraine, france = (Position.objects.get(party__slug=slug, priority__number=3) for slug in ("ukraine", "france"))
    words = ukraine.stances.get().evidence.first().quote
    make.StanceFactory(
        position=ukraine, held_from=date(2026, 1, 1), precision="by", cause="corrected", replaces=1, evidence=[words]
    )
    last = make.StanceFactory(
        position=france, code="", held_from=date(2026, 1, 6), precision="by", cause="withdrawn", replaces=1
    )
    return {"before": 0, "loaded": loaded, "corrected": last.revision}


def test_the_boards_of_the_seed(revisions):
    workspace = get_workspace("paris-2026", by=make.UserFactory(is_superuser=True))
    expected = {"before": {day: {} for day in LOADED}, "loaded": LOADED, "corrected": CORRECTED}
    for when, days in expected.items():
        for day, rows in days.items():
            asked = {"as_of": day, "known_at": str(revisions[when])}
            assert drawn(get_board(workspace, asked=asked.get)) == rows, f"{when}, {day}"
    assert drawn(get_board(workspace)) == CORRECTED["2026-01-07"], "today, as we know it"
    by_then = get_board(workspace, asked={"public_by": "2026-11-01"}.get)
    assert drawn(by_then) == {}, "when its sources were published is not known, so none was public before today"


def test_a_day_before_tells_by_when_a_stance_is_known(revisions):
    workspace = get_workspace("paris-2026", by=make.UserFactory(is_superuser=True))
    asked = {"as_of": "2026-01-05", "known_at": str(revisions["loaded"])}
    [russia] = [row for row in get_board(workspace, asked=asked.get).rows if row.slug == "russia"]
    told = russia.cells[2].standing
    assert (told.code, told.later_code, told.later_by) == ("unknown", "rejects", date(2026, 1, 6))
