"""A negotiation's texts, read to find passages in them: of each source that may be cited, the one that tells most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models.functions import Length

from ..models import CollectiveMember, Party, Person, Snapshot
from ..models.parties import PartyKind
from ..models.sources import READ_THROUGH, SourceStatus
from ..texts import naming
from ..texts.finding import Library, prepare

KEPT = 2  # libraries in memory, those asked last; to read two hundred texts takes half a second


@dataclass(frozen=True)
class Shelf:
    """The texts by their ids, their words left in the database, and the library that they make."""

    snapshots: Mapping[int, Snapshot]
    library: Library

    def text(self, snapshot: int) -> str:
        return self.library.readings[snapshot].text


def get_shelf(negotiation: int) -> Shelf:
    """Of each source its newest full text, else its newest precis; none of one rejected, retracted or merged.

    Four queries, and a fifth where a text or a name has changed since they were last read.
    """
    rows = (
        Snapshot.objects.filter(negotiation_id=negotiation, source__merged_into=None)
        .exclude(source__status__in=[SourceStatus.REJECTED, SourceStatus.RETRACTED])
        .order_by("source_id", "kind", "-number")  # "full" comes before "precis"
        .distinct("source_id")
        .select_related(*(f"source__{path}" for path in READ_THROUGH))
        .annotate(length=Length("text"))  # what must go by law is blanked in place
        .defer("text", "sketch")
    )
    snapshots = {row.pk: row for row in rows}
    texts = tuple((row.pk, row.length) for row in snapshots.values())
    return Shelf(snapshots, _read(texts, _cast(negotiation)))


@lru_cache(maxsize=KEPT)
def _read(texts: tuple[tuple[int, int], ...], cast: tuple[naming.Actor, ...]) -> Library:
    rows = Snapshot.objects.filter(pk__in=[pk for pk, _ in texts]).order_by("pk")
    return prepare({row.pk: row.text for row in rows.only("text")}, cast)


def _cast(negotiation: int) -> tuple[naming.Actor, ...]:
    """The parties as texts name them, each with its people and, for a collective, its members."""
    people: dict[int, list[naming.Person]] = defaultdict(list)
    for person in Person.objects.filter(negotiation_id=negotiation).order_by("pk"):
        spoken = naming.Person((person.name, *person.aliases), tuple(person.titles))
        people[person.party_id].append(spoken)
    members: dict[int, set[int]] = defaultdict(set)
    pairs = CollectiveMember.objects.filter(negotiation_id=negotiation).values_list("collective_id", "member_id")
    for collective, member in pairs:
        members[collective].add(member)
    return tuple(
        naming.Actor(
            key=party.pk,
            names=(party.name, *party.aliases),
            people=tuple(people[party.pk]),
            is_collective=party.kind == PartyKind.COLLECTIVE,
            members=frozenset(members[party.pk]),
        )
        for party in Party.objects.filter(negotiation_id=negotiation).order_by("pk")
    )
