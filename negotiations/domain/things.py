"""What one may watch or give to somebody: a cell, a party, a priority, a question, as an address names it."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import Party, Position, Priority, Question
from .cell_names import read_name
from .names import of_cell
from .negotiations import Workspace
from .permissions import Hidden
from .removals import present


@dataclass(frozen=True)
class Thing:
    """`kind` is `cell`, `party`, `priority` or `question`; `key` is `germany:3`, a slug, or a number.

    The ids are those of what it is made of.
    """

    kind: str
    key: str
    name: str
    position: int | None = None
    party: int | None = None
    priority: int | None = None
    question: int | None = None
    rechecks: int = 0

    @property
    def may_be_watched(self) -> bool:
        return self.question is None

    @property
    def may_be_given(self) -> bool:
        return self.position is not None or self.question is not None


def get_thing(workspace: Workspace, kind: str, key: str) -> Thing:
    """One query. Raises Hidden where there is no such thing."""
    found = _find(workspace.id, kind, key)
    if found is None:
        raise Hidden("There is no such thing to watch or to give to somebody.")
    return found


def _find(negotiation: int, kind: str, key: str) -> Thing | None:
    match kind:
        case "cell" if name := read_name(key):
            cells = Position.objects.filter(
                negotiation_id=negotiation, party__slug=name[0], priority__number=name[1]
            ).select_related("party", "priority")
            if cell := present(cells).first():
                said = of_cell(cell.party.name, cell.priority.number, cell.priority.name)
                ids = {"position": cell.pk, "party": cell.party_id, "priority": cell.priority_id}
                return Thing(kind, key, said, rechecks=cell.rechecks, **ids)
        case "party":
            if party := present(Party.objects.filter(negotiation_id=negotiation, slug=key)).first():
                return Thing(kind, key, party.name, party=party.pk)
        case "priority" if key.isascii() and key.isdigit() and len(key) < 6:
            if priority := present(Priority.objects.filter(negotiation_id=negotiation, number=int(key))).first():
                return Thing(kind, key, f"{priority.number} {priority.name}", priority=priority.pk)
        case "question":
            if question := Question.objects.filter(negotiation_id=negotiation, slug=key).first():
                return Thing(kind, key, question.text, question=question.pk)
    return None
