"""The log as an Atom feed (RFC 4287), for whoever follows a negotiation, a party or a cell from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils.feedgenerator import Atom1Feed

from ..domain.comparing import CellChange, Comparison
from ..domain.log import Entry
from ..domain.names import of_cell
from ..models.stances import Code


def atom(
    *,
    title: str,
    page: str,
    feed: str,
    entries: Iterable[Entry],
    address: Callable[[Entry], str],
    since: tuple[Comparison, str, datetime] | None = None,
) -> tuple[bytes, str]:
    """The feed as bytes, and its media type. Addresses are whole ones; `address` leads to an act.

    `since` is a comparison that the feed tells in an entry of its own, with its address and the time of the last act.
    """
    made = Atom1Feed(title=title, link=page, description="", feed_url=feed, feed_guid=page, language="en")
    if since:
        _add_comparison(made, *since)
    for entry in entries:
        made.add_item(
            title=_title(entry),
            link=address(entry),
            description=_told(entry),
            author_name=entry.by,
            updateddate=entry.at,
            pubdate=entry.at,
            unique_id=address(entry),
        )
    return made.writeString("utf-8").encode(), made.content_type


def _add_comparison(made: Atom1Feed, comparison: Comparison, address: str, at: datetime) -> None:
    """The same entry as long as its beginning is the same, so that a reader's program shows it anew when it grows."""
    many = len(comparison.changes)
    made.add_item(
        title=f"Since {comparison.start.name}: {many} cell{'' if many == 1 else 's'} changed",
        link=address,
        description="\n".join(map(_changed, comparison.changes)),
        updateddate=at,
        pubdate=at,
        unique_id=address,
    )


def _changed(change: CellChange) -> str:
    before, after = Code(change.before.code).label, Code(change.after.code).label
    way = "; ".join([change.direction_in_words, *change.other])
    cell = of_cell(change.party.name, change.priority.number, change.priority.name)
    return f"{cell}: {before} → {after} ({way}). {change.reasons_in_words}".rstrip(". ")


def _title(entry: Entry) -> str:
    said = f"{entry.by} {entry.verb} {entry.what}".strip()
    if entry.what or not entry.stances:
        return said
    return f"{said} " + ", ".join(of_cell(s.party.name, s.priority.number) for s in entry.stances)


def _told(entry: Entry) -> str:
    """What the act recorded, and why, as plain text."""
    stances = [
        f"{of_cell(s.party.name, s.priority.number, s.priority.name)}: {Code(s.code).label if s.code else 'Withdrawn'}"
        for s in entry.stances
    ]
    author = [f"Proposed by {entry.proposed_by}, accepted by {entry.by}."] if entry.proposed_by else []
    more = ["and more"] if entry.and_more else []
    return "\n".join([*stances, *more, *author, *([entry.why] if entry.why else [])])
