"""A comparison as CSV, for a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO

from ..domain.comparing import CellChange, Comparison
from ..domain.stances import QUALIFIED

COLUMNS = (
    "party",
    "number",
    "priority",
    "before",
    "after",
    "direction",
    "steps",
    "otherwise",
    "cause",
    "revisions",
    "why",
    "conditions_before",
    "conditions_after",
    "limits_before",
    "limits_after",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(comparison: Comparison) -> bytes:
    """One line for each cell that changed, in UTF-8 with a mark of its order, which spreadsheets ask for."""
    out = StringIO(newline="")
    lines = csv.writer(out)
    lines.writerow(COLUMNS)
    for change in comparison.changes:
        lines.writerow(guarded(value) for value in _values(change))
    return out.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """A text that a spreadsheet would take for a formula, made a text by an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _values(change: CellChange) -> list[str]:
    return [
        change.party.slug,
        str(change.priority.number),
        change.priority.name,
        change.before.code,
        change.after.code,
        change.direction.value,
        "" if change.steps is None else str(abs(change.steps)),
        "; ".join(change.other),
        "; ".join(reason.value for reason in change.reasons),
        " ".join(str(each.revision) for each in change.because),
        " / ".join(each.why for each in change.because if each.why),
        *(getattr(end, name) for name in QUALIFIED for end in (change.before, change.after)),
    ]
