"""The short forms of a hand-written dossier, written out: one grading as a list of gradings, numbers by place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from .nodes import Problems
from .schema import ClaimGrading, Dossier, Outlet, OutletGrading, Quote, Side, Snapshot, Source, SourceGrading

N = TypeVar("N", Snapshot, Side)


def written_out(dossier: Dossier, problems: Problems) -> Dossier:
    """The dossier with its gradings as lists, and every snapshot, quote and side with its number."""
    return replace(
        dossier,
        outlets=tuple(_outlet(outlet, problems) for outlet in dossier.outlets),
        sources=tuple(_source(source, problems) for source in dossier.sources),
        quotes=tuple(_quote(quote, problems) for quote in dossier.quotes),
        contradictions=tuple(
            replace(contradiction, sides=_numbered(contradiction.sides)) for contradiction in dossier.contradictions
        ),
    )


def _outlet(outlet: Outlet, problems: Problems) -> Outlet:
    if not _is_graded(outlet, "reliability", outlet.reliability, problems):
        return outlet
    node = outlet.node.at("reliability")
    grading = OutletGrading(node=node, revision=None, reliability=outlet.reliability, reason=outlet.reason)
    return replace(outlet, gradings=(grading,))


def _source(source: Source, problems: Problems) -> Source:
    source = replace(source, snapshots=_numbered(source.snapshots))
    if source.status == "new" and not source.reason:
        return source  # as every source begins
    if not _is_graded(source, "status", source.status, problems):
        return source
    node = source.node.at("status")
    grading = SourceGrading(node=node, revision=None, status=source.status, reason=source.reason)
    return replace(source, gradings=(grading,))


def _numbered(items: tuple[N, ...]) -> tuple[N, ...]:
    """A snapshot, or a side, without a number has that of its place in the list."""
    return tuple(
        item if item.number is not None else replace(item, number=place) for place, item in enumerate(items, start=1)
    )


def _quote(quote: Quote, problems: Problems) -> Quote:
    if quote.snapshot is None:
        quote = replace(quote, snapshot=1)
    if not _is_graded(quote, "credibility", quote.credibility, problems):
        return quote
    node = quote.node.at("credibility")
    assert quote.credibility is not None
    grading = ClaimGrading(node=node, revision=None, credibility=quote.credibility, reason=quote.reason)
    return replace(quote, gradings=(grading,))


def _is_graded(item: Any, name: str, grade: Any, problems: Problems) -> bool:
    """Whether `item` has the short form of a grading, and it is whole."""
    if not item.gives(name):
        if item.gives("reason"):
            problems.add(item.node.at("reason"), f"A reason stands here without a {name}.")
        return False
    if item.gives("gradings"):
        problems.add(item.node.at(name), f"Give either {name} and reason, or a list of gradings.")
        return False
    if not item.reason.strip():
        problems.add(item.node.at(name), "Say why under `reason`.")
        return False
    return grade not in ("", None)
