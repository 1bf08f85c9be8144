"""Adding contradictions, adding to them, naming them anew, and ruling on them. Sides stay as they were written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from uuid import UUID

from django.db.models import Max

from ..models import Contradiction, ContradictionCell, ContradictionProof, ContradictionRuling, ContradictionSide
from ..models.contradictions import ContradictionState
from . import records
from .acting import Done, acting, check_text
from .at_moment import touching
from .contradiction_drafts import Details, Draft, Side, check, check_details, check_places, check_side
from .negotiations import Workspace
from .permissions import Hidden, Who
from .places import Place
from .removals import present
from .slugs import free_slug
from .stances import Invalid

VERBS = {
    ContradictionState.OPEN: "opened again",
    ContradictionState.RESOLVED: "resolved",
    ContradictionState.LEFT_OPEN: "left open",
}


def add(workspace: Workspace, draft: Draft, *, by: Who, why: str = "", key: UUID | None = None) -> Done:
    """Add a contradiction with all its sides. Raises Forbidden, Invalid (sentences by field), KeyReused."""
    with acting(workspace, by=by, key=key, asked={"add": asdict(draft), "why": why}) as act:
        if act.before:
            return Done(act.slug_made(Contradiction), repeated=True)
        if errors := check(workspace.id, draft) | check_text("why", why):
            raise Invalid(errors)
        revision = act.take("added", f"contradiction {draft.title.strip()}", why.strip())
        return Done(write(workspace.id, draft, revision=revision))


class Outdated(Exception):
    """Somebody edited the contradiction since; nothing was written."""


def edit(
    workspace: Workspace, slug: str, details: Details, *, by: Who, version: str, why: str, key: UUID | None = None
) -> Done:
    """Name it anew, say that it is of another kind, or that it touches further cells, or some no more. Its sides stay.

    Raises Forbidden, Hidden, Invalid, KeyReused, and Outdated where it is no longer what its author saw (`version`).
    """
    with acting(workspace, by=by, key=key, asked={"edit": [slug, asdict(details), why]}) as act:
        row = _get(workspace, slug)
        if act.before:
            return Done(slug, repeated=True)
        if version != version_of(row):
            raise Outdated
        errors = check_details(workspace.id, details) | check_text("why", why)
        if not why.strip():
            errors["why"] = "Say why you change it; it is shown in the log."
        new = {"kind": details.kind, "title": details.title.strip(), "description": details.description.strip()}
        touched = set(touching(row.cells.all()).values_list("position_id", flat=True))
        further = [cell for cell in details.cells if cell not in touched]
        without = [cell for cell in dict.fromkeys(details.without) if cell in touched]
        if not further and not without and all(getattr(row, name) == value for name, value in new.items()):
            errors.setdefault("title", "Nothing is different from what it says now.")
        if errors:
            raise Invalid(errors)
        revision = act.take("changed", f"contradiction {row.title}", why.strip())
        for name, value in new.items():
            setattr(row, name, value)
        row.save(update_fields=list(new))
        _write_cells(row, further, revision=revision)
        _write_cells(row, without, revision=revision, taken_away=True)
    return Done(slug)


def version_of(row: Contradiction) -> str:
    """What an edit is based on: what it says, and which cells it touches."""
    return records.version_of(row, [(ContradictionCell, "contradiction")])


def rule(workspace: Workspace, slug: str, state: str, *, by: Who, reason: str, key: UUID | None = None) -> Done:
    """Say that a contradiction is resolved, left open, or open again, and why."""
    with acting(workspace, by=by, key=key, asked={"rule": [slug, state, reason]}) as act:
        row = _get(workspace, slug)
        if act.before:
            return Done(slug, repeated=True)
        if errors := _check_ruling(row, state, reason):
            raise Invalid(errors)
        verb = VERBS[ContradictionState(state)]
        revision = act.take(verb, f"contradiction {row.title}", reason.strip())
        ContradictionRuling.objects.create(
            negotiation_id=workspace.id,
            revision=revision,
            contradiction=row,
            state=state,
            reason=reason.strip(),
        )
        Contradiction.objects.filter(pk=row.pk).update(state=state)
    return Done(slug)


def add_side(workspace: Workspace, slug: str, side: Side, *, by: Who, key: UUID | None = None) -> Done:
    """Add one more side."""
    with acting(workspace, by=by, key=key, asked={"side": [slug, asdict(side)]}) as act:
        row = _get(workspace, slug)
        if act.before:
            return Done(slug, repeated=True)
        if errors := check_side(workspace.id, side):
            raise Invalid(errors)
        revision = act.take("added", f"“{side.says.strip()}” to contradiction {row.title}")
        last = row.sides.aggregate(last=Max("number"))["last"] or 0  # also of what is taken out: none is given twice
        _write_side(row, last + 1, side, revision=revision)
    return Done(slug)


def add_places(
    workspace: Workspace, slug: str, number: int, places: Sequence[Place], *, by: Who, key: UUID | None = None
) -> Done:
    """Add more words to side `number`."""
    asked = {"places": [slug, number, [place.as_content() for place in places]]}
    with acting(workspace, by=by, key=key, asked=asked) as act:
        row = _get(workspace, slug)
        if act.before:
            return Done(slug, repeated=True)
        side = present(row.sides.filter(number=number)).first()
        if side is None:
            raise Invalid({"side": "Choose the side that says so."})
        if wrong := check_places(workspace.id, places):
            raise Invalid({"places": wrong})
        if places_of(side).issuperset(places):
            raise Invalid({"places": "This side rests on that already."})
        revision = act.take("added", f"more words for “{side.says}” to contradiction {row.title}")
        write_places(side, places, revision=revision)
    return Done(slug)


def write(negotiation: int, draft: Draft, *, revision: int) -> str:
    """Write a checked draft under the Change just taken; its slug."""
    title = draft.title.strip()
    row = Contradiction.objects.create(
        negotiation_id=negotiation,
        slug=free_slug(Contradiction, negotiation, title, otherwise="contradiction"),
        kind=draft.kind,
        title=title,
        description=draft.description.strip(),
    )
    for number, side in enumerate(draft.sides, start=1):
        _write_side(row, number, side, revision=revision)
    _write_cells(row, draft.cells, revision=revision)
    return row.slug


def _write_cells(row: Contradiction, cells: Iterable[int], *, revision: int, taken_away: bool = False) -> None:
    of = {"negotiation_id": row.negotiation_id, "revision": revision, "contradiction": row, "taken_away": taken_away}
    ContradictionCell.objects.bulk_create(ContradictionCell(position_id=cell, **of) for cell in dict.fromkeys(cells))


def write_places(side: ContradictionSide, places: Iterable[Place], *, revision: int) -> None:
    """Add those places that the side has not got yet, under the Change just taken."""
    there = places_of(side)
    ContradictionProof.objects.bulk_create(
        ContradictionProof(
            negotiation_id=side.negotiation_id,
            revision=revision,
            side=side,
            quote_id=place.quote,
            source_id=place.source,
            locator=place.locator,
        )
        for place in places
        if place not in there
    )


def places_of(side: ContradictionSide) -> set[Place]:
    """What a side rests on. One query."""
    return {Place(proof.quote_id, proof.source_id, proof.locator) for proof in present(side.proofs.all())}


def _write_side(row: Contradiction, number: int, side: Side, *, revision: int) -> None:
    made = ContradictionSide.objects.create(
        negotiation_id=row.negotiation_id,
        revision=revision,
        contradiction=row,
        number=number,
        says=side.says.strip(),
    )
    write_places(made, side.places, revision=revision)


def _get(workspace: Workspace, slug: str) -> Contradiction:
    row = Contradiction.objects.filter(negotiation_id=workspace.id, slug=slug).first()
    if row is None:
        raise Hidden(f"There is no contradiction {slug!r} here.")
    return row


def _check_ruling(row: Contradiction, state: str, reason: str) -> dict[str, str]:
    errors = {} if reason.strip() else {"reason": "Say why; the reason stays with the contradiction."}
    errors |= check_text("reason", reason)
    if state not in ContradictionState.values:
        errors["state"] = "Choose what becomes of it."
    elif state == row.state:
        errors["state"] = f"It is “{row.get_state_display().lower()}” already."
    return errors
