"""What a search may be narrowed to: read from an address, and put as SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from ..models.outlets import Reliability
from ..models.search import SearchKind
from ..models.sources import SourceStatus
from .asking import DAY
from .sources import NONE

OF_PARTY = """(
  e.kind = 'quote' AND e."row" IN (
    SELECT q.id FROM negotiations_quote q LEFT JOIN negotiations_person s ON s.id = q.speaker_id
      JOIN negotiations_party p ON p.id IN (q.party_id, s.party_id)
    WHERE p.negotiation_id = %s AND p.slug = %s)
  OR e.kind = 'stance' AND e."row" IN (
    SELECT s.id FROM negotiations_stance s JOIN negotiations_position c ON c.id = s.position_id
      JOIN negotiations_party p ON p.id = c.party_id WHERE p.negotiation_id = %s AND p.slug = %s)
  OR e.kind = 'commitment' AND e."row" IN (
    SELECT c.id FROM negotiations_commitment c JOIN negotiations_party p ON p.id = c.party_id
    WHERE p.negotiation_id = %s AND p.slug = %s)
  OR e.vector @@ %s::tsquery
)"""
# Of a source that is merged, what is kept has the status and the outlet that count.
OF_STATUS = """e.source IN (
  SELECT s.id FROM negotiations_source s JOIN negotiations_source kept ON kept.id = coalesce(s.merged_into_id, s.id)
  WHERE s.negotiation_id = %s AND kept.status = %s)"""
OF_RELIABILITY = """e.source IN (
  SELECT s.id FROM negotiations_source s JOIN negotiations_source kept ON kept.id = coalesce(s.merged_into_id, s.id)
    LEFT JOIN negotiations_outlet own ON own.id = kept.outlet_id
    LEFT JOIN negotiations_outlet o ON o.id = coalesce(own.merged_into_id, own.id)
  WHERE s.negotiation_id = %s AND coalesce(o.reliability, 'F') = %s)"""
STANDING = """(e.kind <> 'stance' OR EXISTS (
  SELECT FROM negotiations_stance s JOIN negotiations_position c ON c.id = s.position_id AND c.standing = s.seq
  WHERE s.id = e."row"))"""


class Address(Protocol):
    """The filters as an address spells them."""

    @property
    def kind(self) -> str: ...
    @property
    def party(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def reliability(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def since(self) -> str: ...
    @property
    def until(self) -> str: ...
    @property
    def standing(self) -> str: ...


@dataclass(frozen=True)
class Filters:
    """`party` is a slug; `language` a code, or NONE for the unknown one; days are included."""

    kind: str
    party: str
    status: str
    reliability: str
    language: str
    since: date | None
    until: date | None
    standing: bool


def read(asked: Address, parties: set[str], languages: set[str]) -> tuple[Filters, dict[str, str]]:
    """The filters, and what is wrong with the days by field. What is not among the choices is left out."""
    problems: dict[str, str] = {}
    days = {}
    for name in ("since", "until"):
        days[name], problem = _day(getattr(asked, name))
        if problem:
            problems[name] = problem
    since, until = days["since"], days["until"]
    if since and until and until < since:
        problems["until"] = "This day is before the first one."
    return Filters(
        kind=asked.kind if asked.kind in SearchKind.values else "",
        party=asked.party if asked.party in parties else "",
        status=asked.status if asked.status in SourceStatus.values else "",
        reliability=asked.reliability if asked.reliability in Reliability.values else "",
        language=asked.language if asked.language in {NONE, *languages} else "",
        since=since,
        until=until,
        standing=asked.standing == "today",
    ), problems


def conditions(filters: Filters, negotiation: int, names: str) -> tuple[list[str], list[Any]]:
    """SQL for an entry `e`, with its values, but for the kind. `names` is a tsquery for the party's names."""
    checks: list[str] = []
    values: list[Any] = []

    def check(statement: str, *given: Any) -> None:
        checks.append(statement)
        values.extend(given)

    if filters.party:
        check(OF_PARTY, *[negotiation, filters.party] * 3, names)
    if filters.status:
        check(OF_STATUS, negotiation, filters.status)
    if filters.reliability:
        check(OF_RELIABILITY, negotiation, filters.reliability)
    if filters.language:
        check("e.language = %s", "" if filters.language == NONE else filters.language)
    if filters.since:
        check("e.day >= %s", filters.since)
    if filters.until:
        check("e.day <= %s", filters.until)
    if filters.standing:
        check(STANDING)
    return checks, values


def _day(text: str) -> tuple[date | None, str]:
    """A day, and what is wrong with it."""
    if not text.strip():
        return None, ""
    try:
        day = date.fromisoformat(text.strip()) if DAY.fullmatch(text.strip()) else None
    except ValueError:
        day = None
    return day, "" if day else "Write the day like 2026-01-06."
