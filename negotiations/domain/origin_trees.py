"""The page of origins: trees of sources, with what rests on each branch and what counts as independent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from ..models import Quote, Source
from ..models.outlets import Reliability
from ..models.sources import READ_THROUGH, SourceStatus
from .names import Named, named
from .negotiations import Workspace, get_workspace
from .origins import Origin, by_key, key_of
from .permissions import Who
from .standing_evidence import find_by_source
from .undone import counting


@dataclass(frozen=True)
class Branch:
    """A source, as a row of a tree, with the quotes and cells that rest on it and on all below.

    A list begins below it if it `opens` one; after it, `closes` lists end.
    """

    slug: str
    title: str
    outlet: str
    reliability: Reliability
    published_on: date | None
    precision: str
    status: SourceStatus
    duplicates: tuple[Named, ...]
    quotes: int
    cells: int
    opens: bool
    closes: int

    @property
    def counts(self) -> bool:
        return self.status == SourceStatus.ACCEPTED

    @property
    def ends(self) -> range:
        """For the page, which writes an end for each list that closes."""
        return range(self.closes)


@dataclass(frozen=True)
class Tree:
    """All that goes back to one origin. It counts if one of its `sources` is accepted."""

    origin: Origin
    branches: tuple[Branch, ...]
    quotes: int
    cells: int

    @property
    def sources(self) -> int:
        return len(self.branches)

    @property
    def accepted(self) -> int:
        return sum(branch.counts for branch in self.branches)

    @property
    def why(self) -> str:
        """Whether it counts, and why."""
        if not self.accepted:
            return "Counts for nothing: none of its sources is accepted."
        if self.origin.slug:
            return "Counts once. Its outlet is unknown, so it stands for itself; it may be the same as another's."
        if not self.origin.identified:
            return "Counts once. The outlet can't be judged; it may be the same as another, or repeat one unseen."
        return "Counts once, however often it is printed." if self.accepted > 1 else "Counts once."


@dataclass(frozen=True)
class OriginsPage:
    """Trees that count come first, those on which more cells, then quotes, rest before others."""

    workspace: Workspace
    trees: tuple[Tree, ...]

    @property
    def counting(self) -> list[Tree]:
        return [tree for tree in self.trees if tree.accepted]

    @property
    def finding(self) -> str:
        """The page in one sentence."""
        if not self.counting:
            return "No source counts yet"
        sources = f"{self.sources} {'source' if self.sources == 1 else 'sources'}"
        origins = f"{len(self.counting)} independent {'origin' if len(self.counting) == 1 else 'origins'}"
        return f"{sources}, {'at most ' if self.unsure and len(self.counting) > 1 else ''}{origins}"

    @property
    def unsure(self) -> int:
        """Origins that count and that nobody can tell from others."""
        return sum(not tree.origin.identified for tree in self.counting)

    @property
    def sources(self) -> int:
        return sum(tree.accepted for tree in self.trees)

    @property
    def aside(self) -> int:
        """Sources that are not accepted, and count for nothing."""
        return sum(tree.sources for tree in self.trees) - self.sources


def get_origins(slug: str, *, by: Who) -> OriginsPage:
    """Every source of a negotiation under its origin. A fixed number of queries."""
    workspace = get_workspace(slug, by=by)
    everything = Source.objects.filter(negotiation_id=workspace.id)
    rows = list(everything.select_related("origin", *READ_THROUGH).annotate(key=key_of("pk")).order_by("title", "pk"))
    forest = _Forest(rows, _quotes(workspace), _cells(workspace))
    origins = by_key(row.key for row in rows if row.key)
    trees = [forest.tree(origin) for origin in origins.values()]
    return OriginsPage(workspace, tuple(sorted(trees, key=lambda tree: (not tree.accepted, -tree.cells, -tree.quotes))))


def _quotes(workspace: Workspace) -> Mapping[int, int]:
    rows = counting(Quote.objects.filter(negotiation_id=workspace.id)).order_by().values("snapshot__source")
    return dict(rows.annotate(many=Count("pk")).values_list("snapshot__source", "many"))


def _cells(workspace: Workspace) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for source, cell in find_by_source(workspace.id):
        found[source].add(cell)
    return found


class _Forest:
    """Sources by what they repeat, read through merges."""

    def __init__(self, rows: Sequence[Any], quotes: Mapping[int, int], cells: Mapping[int, set[int]]) -> None:
        self.duplicates: dict[int, list[Any]] = defaultdict(list)
        self.below: dict[int, list[Any]] = defaultdict(list)
        self.roots: dict[str, list[Any]] = defaultdict(list)  # by the key of their origin
        self.quotes, self.cells = quotes, cells
        for row in rows:
            if row.merged_into_id:
                self.duplicates[row.merged_into_id].append(row)
            elif row.origin:
                self.below[row.origin.merged_into_id or row.origin.pk].append(row)
            else:
                self.roots[row.key].append(row)

    def tree(self, origin: Origin) -> Tree:
        roots = self.roots[origin.key]
        branches = [branch for root in roots for branch in self._branches(root, 0)]
        quotes, cells = self._resting(roots)
        return Tree(origin, tuple(branches), quotes, len(cells))

    def _branches(self, row: Any, closes: int) -> Iterator[Branch]:
        """A source, then those that repeat it. `closes` lists end where its own branch ends."""
        below = self.below[row.pk]
        quotes, cells = self._resting([row])
        yield Branch(
            slug=row.slug,
            title=row.title,
            outlet=row.publisher.name if row.publisher else "",
            reliability=row.reliability,
            published_on=row.published_on,
            precision=row.precision,
            status=SourceStatus(row.status),
            duplicates=tuple(named(same) for same in self.duplicates[row.pk]),
            quotes=quotes,
            cells=len(cells),
            opens=bool(below),
            closes=0 if below else closes,
        )
        for each in below:
            yield from self._branches(each, closes + 1 if each is below[-1] else 0)

    def _resting(self, rows: Sequence[Any]) -> tuple[int, set[int]]:
        """The quotes and the cells that rest on sources, their duplicates, and all that repeat them."""
        quotes, cells = 0, set()
        for row in rows:
            below = self._resting([*self.duplicates[row.pk], *self.below[row.pk]])
            quotes += self.quotes.get(row.pk, 0) + below[0]
            cells |= self.cells.get(row.pk, set()) | below[1]
        return quotes, cells
