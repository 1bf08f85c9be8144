"""Quotes as they are shown beside a judgement: the words, who said them, where, and what they are worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, IntegerField, Q, QuerySet

from ..models import Anchoring, Quote, Snapshot, Source
from ..models.quotes import Basis, Credibility
from ..models.sources import READ_THROUGH, SnapshotKind, SourceStatus
from ..texts.anchoring import HOLDS
from . import quote_search
from .confidence import Graded
from .in_sql import asked, recorded_by
from .judged import reliability_at, status_at
from .origins import key_of
from .removals import removal_of
from .undone import counting, is_undone

FALLEN = (SourceStatus.REJECTED, SourceStatus.RETRACTED)  # these were taken back; a new one was only never accepted


@dataclass(frozen=True)
class Cited:
    """A quote with all that is told beside it. `credibility` is None where nobody has graded the claim.

    `stands`: it is word for word in the newest full text after its own, or somebody said that it still holds.
    """

    id: int
    slug: str
    exact: str
    speaker: str
    speaker_slug: str
    party: str
    party_slug: str
    said_on: date | None
    precision: str
    basis: Basis
    through: str
    source_slug: str
    source_title: str
    source_status: str
    outlet: str
    reliability: str
    credibility: int | None
    origin: str
    start: int
    end: int
    stands: bool = True

    @property
    def grade(self) -> str:
        """The two Admiralty marks together, such as `B2`."""
        return f"{self.reliability}{self.credibility or 6}"

    @property
    def graded(self) -> Graded:
        """What the proposal of a confidence looks at."""
        return Graded(self.origin, self.reliability, self.credibility or Credibility.UNJUDGED)

    @property
    def counts(self) -> bool:
        """Whether its source is accepted and its words still stand; what does not counts for nothing."""
        return self.source_status == "accepted" and self.stands

    @property
    def fallen(self) -> str:
        """What has happened to it, in words; empty where it is as it was cited and its source has not fallen."""
        return _fall(self.source_status) or ("" if self.stands else "words changed")

    @property
    def credibility_in_words(self) -> str:
        return Credibility(self.credibility or 6).label


HELD = ", ".join(f"'{state}'" for state in HOLDS)
CREDIBILITY = """(SELECT g.credibility FROM negotiations_claimgrading g
WHERE g.quote_id = %(expressions)s {then} ORDER BY g.revision DESC, g.id DESC LIMIT 1)"""

# Whether a passage has the words still, or somebody said so: of the anchoring `a`.
HOLDING = f"""a.state IN ({HELD}) OR coalesce((
    SELECT d.holds FROM negotiations_anchoringdecision d
    WHERE d.anchoring_id = a.id {{decided}} AND NOT {{undone}} ORDER BY d.revision DESC, d.id DESC LIMIT 1), false)"""

# The same of the newest full text; NULL where there is none.
STANDS = f"""(SELECT {{holding}}
  FROM negotiations_anchoring a JOIN negotiations_snapshot s ON s.id = a.snapshot_id
  WHERE a.quote_id = %(expressions)s {{anchored}} AND s.kind = '{SnapshotKind.FULL}'
    AND NOT EXISTS (SELECT FROM {{removal}})
  ORDER BY s.number DESC, a.revision DESC, a.id DESC LIMIT 1)"""


def _holding(until: int | None) -> str:
    undone = is_undone(until, "d.negotiation_id, d.revision")
    return HOLDING.format(decided=recorded_by(until, "d"), undone=undone)


def with_holding(anchorings: QuerySet[Anchoring]) -> QuerySet[Any]:
    """Each with `holding`: whether its passage has the words of the quote still, or somebody said that it holds."""
    told = f"(SELECT {_holding(None)} FROM negotiations_anchoring a WHERE a.id = %(expressions)s)"
    return anchorings.annotate(holding=asked(told, "pk", kind=BooleanField()))


def _stands(until: int | None) -> str:
    return STANDS.format(
        holding=_holding(until),
        anchored=recorded_by(until, "a"),
        removal=removal_of(Snapshot._meta.db_table, "s.id", until),
    )


def with_details(quotes: QuerySet[Quote], *, until: int | None = None) -> QuerySet[Quote]:
    """Fetch in one query all that `cited` shows; with `until`, as it was judged at that revision."""
    source = [f"snapshot__source__{path}" for path in READ_THROUGH]
    return quotes.select_related("speaker", "party", *source).annotate(
        stands=asked(_stands(until), "pk", kind=BooleanField()),
        credibility=asked(CREDIBILITY.format(then=recorded_by(until, "g")), "pk", kind=IntegerField()),
        origin_key=key_of("snapshot__source_id"),
        status_then=status_at("snapshot__source_id", until),
        reliability_then=reliability_at("snapshot__source", until),
    )


def cited(quote: Quote) -> Cited:
    """A row of `with_details` as it is shown."""
    source = quote.snapshot.source
    return Cited(
        id=quote.pk,
        slug=quote.slug,
        exact=quote.exact,
        speaker=quote.speaker.name if quote.speaker else "",
        speaker_slug=quote.speaker.slug if quote.speaker else "",
        party=quote.party.name if quote.party else "",
        party_slug=quote.party.slug if quote.party else "",
        said_on=quote.said_on,
        precision=quote.precision,
        basis=Basis(quote.basis),
        through=quote.through,
        source_slug=source.slug,
        source_title=source.title,
        source_status=quote.status_then or source.kept.status,  # type: ignore[attr-defined]
        outlet=source.publisher.name if source.publisher else "Outlet unknown",
        reliability=quote.reliability_then or source.reliability,  # type: ignore[attr-defined]
        credibility=quote.credibility,  # type: ignore[attr-defined]
        origin=quote.origin_key,  # type: ignore[attr-defined]
        start=quote.start,
        end=quote.end,
        stands=quote.stands is not False,  # type: ignore[attr-defined]
    )


def fall_of(source: Source, status: str = "") -> str:
    """What has happened to a source, in words, as `Cited.fallen` tells it; with `status`, when that was its status."""
    return _fall(status or source.kept.status)


def _fall(status: str) -> str:
    return f"source {status}" if status in FALLEN else ""


_OUTLETS = [f"{merged}outlet__{kept}" for merged in ("", "merged_into__") for kept in ("", "merged_into__")]
# What `cited` looks at: the other columns would be more than all of these.
SHOWN = [
    *(field.name for field in Quote._meta.concrete_fields),
    *(f"{of}__{column}" for of in ("speaker", "party") for column in ("slug", "name")),
    "snapshot__number",
    *(f"snapshot__source__{column}" for column in ("slug", "title", "status", "merged_into__status")),
    *(f"snapshot__source__{outlet}{column}" for outlet in _OUTLETS for column in ("name", "reliability")),
]


def of_negotiation(negotiation: int, *, until: int | None = None) -> QuerySet[Quote]:
    return with_details(Quote.objects.filter(negotiation_id=negotiation), until=until).only(*SHOWN)


def get_many(negotiation: int, ids: Iterable[int], *, until: int | None = None) -> dict[int, Cited]:
    """The quotes of a negotiation among `ids`, by id; others are left out."""
    wanted = list(ids)
    if not wanted:  # to put the question into words takes longer than to answer it
        return {}
    return {quote.pk: cited(quote) for quote in of_negotiation(negotiation, until=until).filter(pk__in=wanted)}


def ids_by_slug(negotiation: int, slugs: Iterable[str]) -> dict[str, int]:
    """The ids of the quotes that addresses name; others are left out."""
    rows = Quote.objects.filter(negotiation_id=negotiation, slug__in=list(slugs))
    return dict(rows.values_list("slug", "pk"))


def find(negotiation: int, *, words: str = "", party: int | None = None, limit: int = 20) -> list[Cited]:
    """Quotes to choose evidence from: those with all the words, else those of the party; at most `limit`."""
    quotes = counting(of_negotiation(negotiation))
    if words.strip():
        quotes = quotes.filter(quote_search.having(negotiation, words))
    elif party is not None:
        quotes = quotes.filter(Q(party_id=party) | Q(speaker__party_id=party))
    return [cited(quote) for quote in quotes.order_by("snapshot_id", "start")[:limit]]
