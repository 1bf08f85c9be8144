"""Adding contradictions, adding to them, and ruling on them. What is there stays as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from uuid import UUID

from ..models import Contradiction, ContradictionCell, ContradictionProof, ContradictionRuling, ContradictionSide
from ..models.contradictions import ContradictionState
from .acting import Done, acting, check_text
from .contradiction_drafts import Draft, Side, check, check_places, check_side
from .negotiations import Workspace
from .permissions import Hidden, Who
from .places import Place
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
        _write_side(row, row.sides.count() + 1, side, revision=revision)
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
        side = row.sides.filter(number=number).first()
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
    ContradictionCell.objects.bulk_create(
        ContradictionCell(negotiation_id=negotiation, revision=revision, contradiction=row, position_id=cell)
        for cell in dict.fromkeys(draft.cells)
    )
    return row.slug


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
    return {Place(proof.quote_id, proof.source_id, proof.locator) for proof in side.proofs.all()}


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
