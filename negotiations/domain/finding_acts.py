"""Saying of a passage that was found for a cell that it tells nothing there, or that it does after all."""

from __future__ import annotations

from uuid import UUID

from ..models import PassageJudgement, Position, Snapshot
from .acting import acting
from .cells import Cell
from .names import of_cell
from .permissions import Hidden, Who
from .removals import present, require_present
from .stances import Invalid


def read_place(place: str) -> tuple[int, int, int]:
    """A passage as a form names it: the text's id, where it starts, where it ends. Invalid where it can't be one."""
    parts = place.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 11 for part in parts):
        raise Invalid({"place": "The form names no passage. Open the page again."})
    text, start, end = map(int, parts)
    return text, start, end


def judge(cell: Cell, place: tuple[int, int, int], *, relevant: bool, by: Who, key: UUID | None = None) -> None:
    """Remember of the passage at (text, start, end) whether it is relevant for a cell; a newer judgement counts.

    What is judged so already is left alone. Raises Forbidden, Hidden (no such text), Invalid, KeyReused.
    """
    text, start, end = place
    asked = {"cell": cell.id, "place": place, "relevant": relevant}
    with acting(cell.workspace, by=by, key=key, asked=asked) as act:
        rows = present(Snapshot.objects.filter(negotiation_id=cell.workspace.id, pk=text))
        snapshot = rows.select_related("source").first()
        if snapshot is None:
            raise Hidden("There is no such text here.")
        if not 0 <= start < end <= len(snapshot.text):
            raise Invalid({"place": "The text has no such passage. Open the page again."})
        here = {"position_id": cell.id, "snapshot": snapshot, "start": start, "end": end}
        last = PassageJudgement.objects.filter(**here).order_by("revision", "pk").last()
        require_present(Position.objects.filter(pk=cell.id))
        if act.before or (last.relevant if last else True) == relevant:
            return
        what = f"a passage of {snapshot.source.title} for {of_cell(cell.party.name, cell.number)}"
        revision = act.take("took back" if relevant else "set aside", what)
        PassageJudgement.objects.create(negotiation_id=cell.workspace.id, revision=revision, relevant=relevant, **here)
