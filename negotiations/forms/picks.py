"""What a conflict's page sends: for each field whose is picked, or both together, put back into one form."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import QueryDict

from ..domain.cells import Cell, Record
from ..domain.meanwhile import shown
from ..domain.stances import Item
from .conflicts import BOTH_OF_THEM, PICK, THEIRS
from .evidence import as_data, evidence_in, evidence_of, is_evidence
from .pieces import BOTH
from .stances import initial_of
from .telling import FIELDS


def merged(data: QueryDict, cell: Cell) -> QueryDict:
    """What was sent, with the colleague's value in each field for which theirs was picked, or that of both together.

    Theirs is what the page showed, also where there is a newer one by now.
    """
    picked = {name: data.get(PICK + name, "") for name in FIELDS}
    if not {THEIRS, BOTH_OF_THEM} & set(picked.values()):
        return data
    version = data.get("based_on", "")
    known = version.isascii() and version.isdigit() and 0 < int(version[:10]) <= cell.version
    theirs = shown(cell.history, int(version)) if known else None
    if theirs is None:
        return data
    data = data.copy()
    for name, side in picked.items():
        if side == THEIRS:
            _take(data, name, theirs)
        elif side == BOTH_OF_THEM:
            _take_both(data, name)
    return data


def _take(data: QueryDict, name: str, record: Record) -> None:
    theirs = initial_of(record)
    if name == "evidence":
        _put_evidence(data, evidence_of(record))
    elif name == "depends_on":
        data.setlist(name, theirs.get(name, []))
    elif name == "red_line":
        data.setlist(name, ["on"] if theirs.get(name) else [])
    elif name == "held_from":
        data[name] = str(theirs.get(name) or "")
        data["precision"] = theirs["precision"]
    else:
        data[name] = theirs.get(name, "")


def _take_both(data: QueryDict, name: str) -> None:
    """What stands in the page's fields for both together; where it has none for this field, mine stays."""
    if name == "evidence":
        fields = [key for key in data if key.startswith(BOTH)]
        _put_evidence(data, evidence_in({key.removeprefix(BOTH): data[key] for key in fields}))
    elif name == "depends_on":
        data.setlist(name, data.getlist(BOTH + name))
    elif BOTH + name in data:
        data[name] = str(data[BOTH + name])


def _put_evidence(data: QueryDict, items: Iterable[Item]) -> None:
    for name in [name for name in data if is_evidence(name)]:
        del data[name]
    for name, value in as_data(items).items():
        data[name] = value
