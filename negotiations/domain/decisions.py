"""Deciding whether a quote still holds, whose words are no longer found as they were cited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Subquery

from ..models import Anchoring, AnchoringDecision, Position, Quote, Snapshot
from ..models.quotes import AnchorState
from ..models.sources import SnapshotKind
from ..texts.anchoring import HOLDS
from ..texts.differing import Compared, compare
from ..texts.sentences import first_sentence
from . import cell_copies, changes, quotes, rechecks
from .cell_lines import CellLine, cell_lines
from .log import with_change
from .negotiations import Workspace, get_workspace
from .permissions import Act, Hidden, Who
from .positions import Recorded
from .quotes import Cited
from .records import Refused
from .removals import present
from .stays import checked_reason
from .undone import with_undone

AROUND = 240  # characters shown on either side of a passage

NEWER = "Another text has come, or the words were found since. Look at what stands there now."


@dataclass(frozen=True)
class Passage:
    """Words in one of the texts, with what stands around them; an ellipsis where the text goes on."""

    text: int
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Decided:
    """What somebody decided of a quote, in which text."""

    holds: bool
    state: AnchorState
    text: int
    reason: str
    by: str
    at: datetime
    revision: int
    undone: bool


@dataclass(frozen=True)
class DecisionPage:
    """A quote as it was cited, and as it stands in the newest full text after that.

    `state` is None where there is no such text; `now` is None where it has no place there. `cells` are those whose
    stance of today rests on the quote. `decided` has the newest first.
    """

    workspace: Workspace
    quote: Cited
    anchoring: int | None
    state: AnchorState | None
    newest: int | None
    then: Passage
    now: Passage | None
    compared: Compared
    cells: tuple[CellLine, ...]
    decided: tuple[Decided, ...]

    @property
    def is_open(self) -> bool:
        """Whether there is anything to decide."""
        return self.state is not None and self.state not in HOLDS

    @property
    def last(self) -> Decided | None:
        """The decision that counts: the newest one on the newest text."""
        return next((each for each in self.decided if each.text == self.newest and not each.undone), None)


def get_decision(slug: str, source: str, quote: str, *, by: Who, to: Act = Act.VIEW) -> DecisionPage:
    """What there is to decide on a quote of a source; Hidden where there is none. A fixed number of queries."""
    workspace = get_workspace(slug, by=by, to=to)
    rows = quotes.with_details(Quote.objects.filter(negotiation_id=workspace.id, slug=quote))
    row = rows.filter(snapshot__source__slug=source).first()
    if row is None:
        raise Hidden("There is no such quote of this source.")
    place = newest_anchoring(row)
    now = _passage(place.snapshot, place.start, place.end) if place and place.start is not None else None
    resting = Position.objects.filter(
        stances__seq=F("standing"), stances__evidence__quote=row, stances__evidence__bearing__in=rechecks.BEARINGS
    )
    return DecisionPage(
        workspace=workspace,
        quote=quotes.cited(row),
        anchoring=place.pk if place else None,
        state=AnchorState(place.state) if place else None,
        newest=place.snapshot.number if place else None,
        then=_passage(row.snapshot, row.start, row.end),
        now=now,
        compared=compare(row.exact, now.words if now else ""),
        cells=cell_lines(resting),
        decided=_decided(row),
    )


def _passage(snapshot: Snapshot, start: int, end: int | None) -> Passage:
    text, end = snapshot.text, end or start
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:  # from a whole word on, and below to a whole word
        before = "…" + (before.partition(" ")[2] or before)
    if end + AROUND < len(text):
        after = (after.rpartition(" ")[0] or after) + "…"
    return Passage(snapshot.number, before, text[start:end], after)


def _decided(quote: Quote) -> tuple[Decided, ...]:
    rows = with_change(with_undone(AnchoringDecision.objects.filter(anchoring__quote=quote)))
    return tuple(
        Decided(
            row.holds,
            AnchorState(row.anchoring.state),
            row.anchoring.snapshot.number,
            row.reason,
            row.by_name,
            row.at,
            row.revision,
            row.undone,
        )
        for row in rows.select_related("anchoring__snapshot")
        .defer("anchoring__snapshot__text")
        .order_by("-revision", "-pk")
    )


def decide(
    workspace: Workspace, anchoring: int, *, holds: bool, reason: str, by: Who, key: UUID | None = None
) -> Recorded:
    """Say whether the quote of an anchoring still holds although its words are not there as they were.

    Raises Forbidden, Invalid (no reason given), Refused (the anchoring is not what there is to decide on, or no
    longer), KeyReused. Sent twice with the same key, it is done once.
    """
    reason = checked_reason(workspace, reason, "Say why; it is shown in the history.")
    asked = changes.hash_of({"anchoring": anchoring, "holds": holds, "reason": reason})
    with transaction.atomic():
        cell_copies.lock_cells(workspace.id)
        done = changes.find_by_key(by=by, key=key, request_hash=asked)
        if done is not None:
            return Recorded(revision=done.revision or 0, repeated=True)
        row = (
            Anchoring.objects.filter(negotiation_id=workspace.id, pk=anchoring)
            .select_related("quote__snapshot__source")
            .defer("quote__snapshot__text")
            .first()
        )
        newest = newest_anchoring(row.quote) if row else None
        if row is None or newest is None or newest.pk != row.pk or row.state in HOLDS:
            raise Refused(NEWER)
        said = "still holds" if holds else "no longer holds"
        what = f"that “{first_sentence(row.quote.exact, 120)}” {said} in {row.quote.snapshot.source.title}"
        taken = changes.take(workspace.id, by=by, verb="decided", what=what, why=reason, key=key, request_hash=asked)
        AnchoringDecision.objects.create(
            negotiation_id=workspace.id, revision=taken.revision, anchoring=row, holds=holds, reason=reason
        )
        rechecks.refresh(workspace.id)
    return Recorded(revision=taken.revision)


def newest_anchoring(quote: Quote) -> Anchoring | None:
    """Where a quote was looked for in the newest full text of its source, if that is later than the quote's own."""
    own = quote.snapshot
    later = Snapshot.objects.filter(source_id=own.source_id, number__gt=own.number, kind=SnapshotKind.FULL)
    newest = present(later).order_by("-number").values("pk")[:1]
    found = Anchoring.objects.filter(quote=quote, snapshot=Subquery(newest)).select_related("snapshot")
    return found.order_by("-revision", "-pk").first()
