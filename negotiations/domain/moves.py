"""Whether a party that is said to have moved did: somewhere its stance is another than the one that stood before."""

from __future__ import annotations

from ..models import Dependence
from ..models.stances import Cause
from . import as_of
from .negotiations import Workspace
from .stances import Draft

UNMOVED = (
    "Stance, conditions, limits, red line and “depends on” are as they stood then, so nothing moved. "
    "Say what is different, or choose another cause."
)
EVERYTHING = 2**63 - 1  # as known at a revision that is never reached: all that is recorded


def check_move(workspace: Workspace, position: int, draft: Draft) -> dict[str, str]:
    """What is wrong with a settled draft that says "moved" and moves nothing, by field. Three queries at most.

    It is held against what stood in the cell on its day, or stands today where nothing stood then. A history that is
    loaded is not asked: it stays as it was written.
    """
    if draft.cause != Cause.MOVED or draft.held_from is None:
        return {}
    stood = None
    for day in (draft.held_from, workspace.today()):
        [stood] = as_of.standings(workspace.id, as_of=day, known_at=EVERYTHING, positions=[position])
        if stood.stance_id is not None:
            break
    assert stood is not None
    parties = set(Dependence.objects.filter(stance=stood.stance_id).values_list("party_id", flat=True))
    same = (draft.code, draft.conditions, draft.limits, draft.red_line, set(draft.depends_on)) == (
        stood.code,
        stood.conditions,
        stood.limits,
        stood.red_line,
        parties,
    )
    return {"cause": UNMOVED} if same else {}
