"""What a line about a contradiction shows, fetched in one query: its sides, the cells that it touches, its state."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, JSONField, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable

from ..models import Contradiction, ContradictionCell, ContradictionProof, ContradictionSide
from ..models.contradictions import ContradictionState
from .at_moment import how_many, public, recorded, standing
from .in_sql import asked, recorded_by
from .moments import Moment
from .removals import is_present

ORDER = [ContradictionState.OPEN, ContradictionState.LEFT_OPEN, ContradictionState.RESOLVED]

SIDES = """(
SELECT coalesce(jsonb_agg(jsonb_build_object(
    'number', s.number, 'says', s.says, 'words', told.words[1], 'locator', told.locators[1], 'many', told.many
  ) ORDER BY s.number), '[]')
FROM negotiations_contradictionside s CROSS JOIN LATERAL (
  SELECT array_agg(q.exact ORDER BY p.id) AS words, array_agg(p.locator ORDER BY p.id) AS locators, count(*) AS many
  FROM negotiations_contradictionproof p LEFT JOIN negotiations_quote q ON q.id = p.quote_id
  WHERE p.side_id = s.id {proof_there}
) told
WHERE s.contradiction_id = %(expressions)s {side_there})"""

# Of each cell the newest row says whether it is touched.
CELLS = """(
SELECT coalesce(jsonb_agg(jsonb_build_object(
    'slug', party.slug, 'name', party.name,
    'number', priority.number, 'priority', priority.name, 'kind', priority.kind
  ) ORDER BY party."order", party.name, priority.number), '[]')
FROM (
  SELECT DISTINCT ON (t.position_id) t.position_id, t.taken_away FROM negotiations_contradictioncell t
  WHERE t.contradiction_id = %(expressions)s {cell_there} ORDER BY t.position_id, t.revision DESC
) newest
JOIN negotiations_position cell ON cell.id = newest.position_id
JOIN negotiations_party party ON party.id = cell.party_id
JOIN negotiations_priority priority ON priority.id = cell.priority_id
WHERE NOT newest.taken_away)"""

RULED = f"""coalesce((SELECT r.state FROM negotiations_contradictionruling r
WHERE r.contradiction_id = %(expressions)s {{then}} ORDER BY r.revision DESC, r.id DESC LIMIT 1),
'{ContradictionState.OPEN}')"""


def with_details(rows: QuerySet[Contradiction], moment: Moment) -> QuerySet[Any]:
    """Those that were recorded by then, the open ones first, each with `told`, `touched` and `state_then`.

    Where a day of publication is asked for: those of which two sides had a source that was out by then.
    """
    rows = recorded(rows, moment)
    if moment.public_by is not None:
        out = public(standing(ContradictionProof.objects.all(), moment), moment)
        rows = rows.annotate(public_sides=how_many(out, "side__contradiction", each="side")).filter(public_sides__gte=2)
    sides = SIDES.format(
        proof_there=_there(ContradictionProof, "p", moment), side_there=_there(ContradictionSide, "s", moment)
    )
    cells = CELLS.format(cell_there=_there(ContradictionCell, "t", moment))
    rank = Case(*[When(state_then=state, then=Value(n)) for n, state in enumerate(ORDER)])
    return rows.annotate(
        state_then=_state(moment),
        told=asked(sides, "pk", kind=JSONField()),
        touched=asked(cells, "pk", kind=JSONField()),
        rank=rank,
    ).order_by("rank", "-pk")


def _there(model: type, alias: str, moment: Moment) -> str:
    """The same as `standing`, in SQL."""
    return f"{recorded_by(moment.until, alias)} {is_present(model, alias, moment.until)}"


def _state(moment: Moment) -> Combinable:
    """The copy of the newest ruling, or of a past record its newest one."""
    if moment.until is None:
        return F("state")
    return asked(RULED.format(then=recorded_by(moment.until, "r")), "pk", kind=TextField())
