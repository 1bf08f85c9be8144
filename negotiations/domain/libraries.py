"""A negotiation's texts, read to find passages in them: of each source that may be cited, the one that tells most."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from django.db.models import F, Func, IntegerField, Min, TextField, Window
from django.db.models.expressions import RawSQL

from ..models import CollectiveMember, Party, Person, Snapshot
from ..models.parties import PartyKind
from ..models.sources import READ_THROUGH, SourceStatus
from ..texts import naming
from ..texts.finding import Library, prepare
from .removals import present

MOST = 3_000_000  # bytes of one negotiation's texts that are read; each takes some forty of memory
KEPT = 6_000_000  # bytes of texts whose libraries stay in memory; to read two hundred texts takes half a second


@dataclass(frozen=True)
class Shelf:
    """The texts by their ids, their words left in the database, and the library that they make.

    came: the revision in which each one's source first had a text.
    left_out: how many older texts are not in it, because it holds as much as may be read.
    """

    snapshots: Mapping[int, Snapshot]
    came: Mapping[int, int]
    library: Library
    left_out: int

    def text(self, snapshot: int) -> str:
        return self.library.readings[snapshot].text


def get_shelf(negotiation: int) -> Shelf:
    """Of each source its newest full text, else its newest precis; none of one rejected, retracted or merged.

    Four queries, and a fifth where a text or a name has changed since they were last read.
    """
    rows = (
        present(Snapshot.objects.filter(negotiation_id=negotiation, source__merged_into=None))
        .exclude(source__status__in=[SourceStatus.REJECTED, SourceStatus.RETRACTED])
        .order_by("source_id", "kind", "-number")  # "full" comes before "precis"
        .distinct("source_id")
        .select_related(*(f"source__{path}" for path in READ_THROUGH))
        .annotate(
            written=RawSQL("negotiations_snapshot.xmin::text", (), TextField()),
            came=Window(Min("revision"), partition_by=[F("source_id")]),
            size=Func(F("text"), function="octet_length", output_field=IntegerField()),  # does not unpack the text
        )
        .defer("text", "sketch")
    )
    taken = _newest(rows)
    snapshots = {row.pk: row for row in rows if row.pk in taken}
    came = {pk: row.came for pk, row in snapshots.items()}
    return Shelf(snapshots, came, _read(taken, _cast(negotiation)), len(rows) - len(snapshots))


@dataclass(frozen=True)
class _Text:
    """A text as it stood when it was asked for: `written` is the transaction that wrote its row.

    What must go by law is blanked in place, and that writes the row anew.
    """

    written: str
    size: int


Texts = Mapping[int, _Text]


def _newest(rows: Iterable[Snapshot]) -> Texts:
    """Those that came last, as many as may be read, and at least one; by their ids in order."""
    taken: dict[int, _Text] = {}
    room = MOST
    for row in sorted(rows, key=lambda row: -row.pk):
        text = _Text(row.written, row.size)  # type: ignore[attr-defined]  # both are annotated
        room -= text.size
        if room < 0 and taken:
            break
        taken[row.pk] = text
    return dict(sorted(taken.items()))


Key = tuple[tuple[tuple[int, _Text], ...], tuple[naming.Actor, ...]]

_libraries: OrderedDict[Key, Library] = OrderedDict()  # those asked last are last
_lock = Lock()


def _read(texts: Texts, cast: tuple[naming.Actor, ...]) -> Library:
    """The library of these texts: from memory, else read outside of the lock, so that nobody waits for others."""
    key = (tuple(texts.items()), cast)
    with _lock:
        if key in _libraries:
            _libraries.move_to_end(key)
            return _libraries[key]
    rows = Snapshot.objects.filter(pk__in=texts).order_by("pk")
    library = prepare({row.pk: row.text for row in rows.only("text")}, cast)
    with _lock:
        _libraries[key] = library
        _libraries.move_to_end(key)
        while sum(text.size for each, _ in _libraries for _, text in each) > KEPT:
            _libraries.popitem(last=False)
    return library


def _cast(negotiation: int) -> tuple[naming.Actor, ...]:
    """The parties as texts name them, each with its people and, for a collective, its members."""
    people: dict[int, list[naming.Person]] = defaultdict(list)
    for person in present(Person.objects.filter(negotiation_id=negotiation)).order_by("pk"):
        spoken = naming.Person((person.name, *person.aliases), tuple(person.titles))
        people[person.party_id].append(spoken)
    members: dict[int, set[int]] = defaultdict(set)
    pairs = present(CollectiveMember.objects.filter(negotiation_id=negotiation))
    for collective, member in pairs.values_list("collective_id", "member_id"):
        members[collective].add(member)
    return tuple(
        naming.Actor(
            key=party.pk,
            names=(party.name, *party.aliases),
            people=tuple(people[party.pk]),
            is_collective=party.kind == PartyKind.COLLECTIVE,
            members=frozenset(members[party.pk]),
        )
        for party in present(Party.objects.filter(negotiation_id=negotiation)).order_by("pk")
    )
