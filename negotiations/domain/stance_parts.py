"""How a stance differs from the one that it replaces, or that stood before it: field by field, word by word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import F

from ..models import Dependence, Evidence, Stance
from ..models.stances import Cause, Code, Confidence
from .dates import in_words
from .names import of_cell
from .parts import EvidenceTold, Link, Part, Told, changed, text

# What a stance is compared with: the one that it replaces; else the latest that stood when it was recorded.
BEFORE = """
SELECT s.id, b.id FROM negotiations_stance s JOIN LATERAL (
  SELECT b.id FROM negotiations_stance b
  WHERE b.position_id = s.position_id AND b.seq < s.seq
    AND CASE WHEN s.replaces IS NOT NULL THEN b.seq = s.replaces
        ELSE b.cause <> 'withdrawn' AND NOT EXISTS (
          SELECT FROM negotiations_stance r
          WHERE r.position_id = b.position_id AND r.replaces = b.seq AND r.seq < s.seq) END
  ORDER BY b.held_from DESC, b.seq DESC LIMIT 1
) b ON true WHERE s.id = ANY(%(stances)s)
"""

NOTHING = "nothing recorded"


def tell(stances: Sequence[int]) -> dict[int, Part]:
    """The stances of these ids as parts of what their acts did. Four queries."""
    with connection.cursor() as cursor:
        cursor.execute(BEFORE, {"stances": list(stances)})
        before = dict(cursor.fetchall())
    ids = {*stances, *before.values()}
    rows = Stance.objects.select_related("position__party", "position__priority").in_bulk(ids)
    proofs, parties = _evidence(ids), _parties(ids)
    return {
        pk: _part(rows[pk], rows.get(before.get(pk, 0)), proofs, parties)
        for pk in stances  # in the order asked
    }


def tell_between(pairs: Sequence[tuple[int, int | None]]) -> list[Part]:
    """For each pair of stances how one would become the other; nothing is the other where it is None. Three queries."""
    ids = {pk for pair in pairs for pk in pair if pk is not None}
    rows = Stance.objects.in_bulk(ids)
    proofs, parties = _evidence(ids), _parties(ids)
    found = []
    for old, new in pairs:
        evidence = _differences(proofs.get(old, {}), proofs.get(new or 0, {}))
        fields = (
            changed(_fields(rows[new], rows[old], parties)) if new else (Told("Stance", _word(rows[old]), NOTHING),)
        )
        found.append(Part("", "stance", "", fields=fields, evidence=evidence))
    return found


def _part(
    row: Stance,
    before: Stance | None,
    proofs: Mapping[int, Mapping[Any, EvidenceTold]],
    parties: Mapping[int, list[str]],
) -> Part:
    cell = row.position
    fields: tuple[Told, ...] = ()
    if row.cause != Cause.WITHDRAWN:
        fields = changed(_fields(row, before, parties))
    elif before is not None:
        fields = (Told("Stance", _word(before), _word(row)),)
    old = proofs.get(before.pk, {}) if before else {}
    return Part(
        act="recorded" if row.code else "withdrew",
        noun="stance",
        name=of_cell(cell.party.name, cell.priority.number, cell.priority.name),
        link=Link("cell", (cell.party.slug, cell.priority.number), f"stance-{row.seq}"),
        fields=fields,
        evidence=_differences(old, proofs.get(row.pk, {})) if row.code else (),
        note=f"Stance {row.seq}: {Cause(row.cause).label[0].lower()}{Cause(row.cause).label[1:]}.",
        is_stance=True,
        code=row.code,
        red_line=row.red_line,
        compared=_compared(row, before),
    )


def _compared(row: Stance, before: Stance | None) -> str:
    if before is None:
        return ""
    return f"{'instead of' if row.replaces else 'compared with'} stance {before.seq}"


def _fields(row: Stance, before: Stance | None, parties: Mapping[int, list[str]]) -> Iterable[Told]:
    yield Told("Stance", _word(before) if before else "", _word(row))
    yield text("Conditions", before.conditions if before else "", row.conditions)
    yield text("Limits", before.limits if before else "", row.limits)
    yield Told("Depends on", _named(before, parties) if before else "", _named(row, parties))
    yield Told("Red line", _yes(before) if before else "no", _yes(row))
    yield Told("Confidence", _confidence(before) if before else "", _confidence(row))
    yield Told("Held from", in_words(before.held_from, before.precision) if before else "", _since(row))
    yield text("Rationale", before.rationale if before else "", row.rationale)


def _since(row: Stance) -> str:
    return in_words(row.held_from, row.precision)


def _word(row: Stance) -> str:
    return Code(row.code).label if row.code else "Withdrawn"


def _yes(row: Stance) -> str:
    return "yes" if row.red_line else "no"


def _confidence(row: Stance) -> str:
    return Confidence(row.confidence).label if row.confidence else ""


def _named(row: Stance, parties: Mapping[int, list[str]]) -> str:
    return ", ".join(parties.get(row.pk, []))


def _parties(stances: Iterable[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Dependence.objects.filter(stance__in=list(stances)).order_by("party__order", "party__name")
    for stance, name in rows.values_list("stance_id", "party__name"):
        found[stance].append(name)
    return found


def _evidence(stances: Iterable[int]) -> Mapping[int, dict[Any, EvidenceTold]]:
    """What each stance rests on, by the quote or the place in a source."""
    rows = Evidence.objects.filter(stance__in=list(stances)).order_by("pk")
    rows = rows.annotate(
        exact=F("quote__exact"),
        quoted=F("quote__slug"),
        of_slug=F("quote__snapshot__source__slug"),
        of_title=F("quote__snapshot__source__title"),
        named_slug=F("source__slug"),
        named_title=F("source__title"),
    )
    found: dict[int, dict[Any, EvidenceTold]] = defaultdict(dict)
    for row in rows:
        source = row.of_slug or row.named_slug
        found[row.stance_id][row.quote_id, row.source_id, row.locator] = EvidenceTold(
            how="added",
            bearing=row.bearing,
            before="",
            words=f"“{row.exact}”" if row.quote_id else row.locator,
            place=row.of_title or row.named_title,
            link=Link("source", (source,), f"q-{row.quoted}" if row.quote_id else ""),
        )
    return found


def _differences(old: Mapping[Any, EvidenceTold], new: Mapping[Any, EvidenceTold]) -> tuple[EvidenceTold, ...]:
    found = []
    for key, item in new.items():
        was = old.get(key)
        if was is None:
            found.append(item)
        elif was.bearing != item.bearing:
            found.append(_otherwise(item, how="otherwise", before=was.bearing))
    found += [_otherwise(item, how="removed") for key, item in old.items() if key not in new]
    return tuple(found)


def _otherwise(item: EvidenceTold, *, how: str, before: str = "") -> EvidenceTold:
    return EvidenceTold(how, item.bearing, before, item.words, item.place, item.link)
