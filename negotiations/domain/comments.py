"""Reading comments: the threads of a cell, those of a negotiation, and where somebody is mentioned.

They are the working talk of analysts: whoever may only look, also at a public negotiation, is told of none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.core.paginator import Page
from django.db.models import BigIntegerField, BooleanField, Exists, Func, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from ..models import Comment, CommentMention, CommentResolution
from ..texts.mentioning import Stretch, stretches
from .cells import Cell, get_cell
from .in_sql import asked
from .log import of_change, with_change
from .names import Named, Numbered, named, numbered
from .negotiations import Workspace, get_workspace
from .paging import page_of
from .permissions import Act, Who
from .undone import counting, is_undone, with_undone


class Which(StrEnum):
    """The parts of the list: open threads, those that mention the one who looks, and resolved ones."""

    OPEN = "open"
    MENTIONS = "mentions"
    RESOLVED = "resolved"


@dataclass(frozen=True)
class Said:
    """One comment. `is_mine`: by the one who looks. `taken_back`: that it was made is undone."""

    id: int
    text: str
    by: str
    at: datetime
    is_mine: bool
    revision: int
    taken_back: bool

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        return stretches(self.text)


@dataclass(frozen=True)
class Turn:
    """Who resolved a thread, or opened it again."""

    resolved: bool
    by: str
    at: datetime


@dataclass(frozen=True)
class Thread:
    """`answers` and `turns` have the oldest first."""

    id: int
    party: Named
    priority: Numbered
    first: Said
    answers: tuple[Said, ...]
    turns: tuple[Turn, ...]

    @property
    def is_resolved(self) -> bool:
        return self.is_taken_back or (bool(self.turns) and self.turns[-1].resolved)

    @property
    def is_taken_back(self) -> bool:
        """Whether what it began with was taken back; then nothing can be added."""
        return self.first.taken_back


@dataclass(frozen=True)
class ThreadPage:
    """A page of a negotiation's threads, the newest first. `counts` tells how many there are of each part."""

    workspace: Workspace
    which: Which
    page: Page[Any]
    threads: tuple[Thread, ...]
    counts: Mapping[Which, int]


@dataclass(frozen=True)
class Talk:
    """A cell with its threads, the open ones first."""

    cell: Cell
    threads: tuple[Thread, ...]


@dataclass(frozen=True)
class Mention:
    """Where somebody is mentioned."""

    party: Named
    priority: Numbered
    said: Said


def of_cell(workspace: Workspace, position: int, *, by: Who) -> tuple[Thread, ...]:
    """The threads of a cell, the open ones first; none for readers. Two queries."""
    if not workspace.may_edit:
        return ()
    rows = Comment.objects.filter(negotiation_id=workspace.id, position_id=position)
    return tuple(sorted(_threads(rows, by), key=lambda thread: thread.is_resolved))


def get_talk(slug: str, party: str, number: int, *, by: Who) -> Talk:
    """A cell with its threads, for those who may comment; Hidden where there is no such cell."""
    cell = get_cell(slug, party, number, by=by, to=Act.EDIT)
    return Talk(cell, of_cell(cell.workspace, cell.id, by=by))


def list_threads(slug: str, *, by: Who, which: str = "", page: str | None = None) -> ThreadPage:
    """The threads of a negotiation, fifty to a page. Eight queries at most."""
    workspace = get_workspace(slug, by=by, to=Act.EDIT)
    part = Which(which) if which in list(Which) else Which.OPEN
    firsts = Comment.objects.filter(negotiation_id=workspace.id, thread=None).annotate(resolved=_resolved("pk"))
    mine = counting(CommentMention.objects.filter(user=int(by.pk or 0))).filter(
        Q(comment=OuterRef("pk")) | Q(comment__thread=OuterRef("pk"))
    )
    of_part = {
        Which.OPEN: counting(firsts.filter(resolved=False)),
        Which.MENTIONS: firsts.filter(Exists(mine)),
        Which.RESOLVED: with_undone(firsts).filter(Q(resolved=True) | Q(undone=True)),
    }
    found = page_of(of_part[part].order_by("-revision"), page, lambda row: row.pk)
    rows = Comment.objects.filter(Q(pk__in=found.object_list) | Q(thread__in=found.object_list))
    threads = {thread.id: thread for thread in _threads(rows, by)}
    return ThreadPage(
        workspace=workspace,
        which=part,
        page=found,
        threads=tuple(threads[pk] for pk in found.object_list),
        counts={each: rows.count() for each, rows in of_part.items()},
    )


def open_mentions(workspace: Workspace, *, by: Who, most: int = 50) -> list[Mention]:
    """Where `by` is mentioned in threads that nobody has resolved, the newest first. One query; none for readers."""
    if not workspace.may_edit:
        return []
    mine = Comment.objects.filter(mentions__user=int(by.pk or 0), negotiation=workspace.id)
    rows = _with_author(mine).select_related("position__party", "position__priority")
    rows = (
        rows.annotate(first=Coalesce("thread", "pk"))
        .annotate(resolved=_resolved("first"))
        .filter(resolved=False, undone=False)
    )
    return [
        Mention(named(row.position.party), numbered(row.position.priority), _said(row, by))
        for row in rows.order_by("-at", "-pk")[:most]
    ]


RESOLVED = f"""coalesce((SELECT r.resolved FROM negotiations_commentresolution r
WHERE r.comment_id = %(expressions)s AND NOT {is_undone(act="r.negotiation_id, r.revision")}
ORDER BY r.revision DESC, r.id DESC LIMIT 1), false)"""


def _resolved(thread: str) -> Func:
    """Whether the thread whose first comment the column `thread` names is resolved: its newest turn says so."""
    return asked(RESOLVED, thread, kind=BooleanField())


def _with_author(rows: QuerySet[Any]) -> QuerySet[Any]:
    return with_undone(with_change(rows)).annotate(author=of_change("c.by_id", BigIntegerField()))


def _threads(rows: QuerySet[Comment], by: Who) -> list[Thread]:
    """The threads of these comments, the oldest first. Two queries."""
    found = list(_with_author(rows).select_related("position__party", "position__priority").order_by("revision", "pk"))
    answers: dict[int, list[Said]] = defaultdict(list)
    for row in found:
        if row.thread_id is not None:
            answers[row.thread_id].append(_said(row, by))
    firsts = [row for row in found if row.thread_id is None]
    turns = _turns(row.pk for row in firsts)
    return [
        Thread(
            id=row.pk,
            party=named(row.position.party),
            priority=numbered(row.position.priority),
            first=_said(row, by),
            answers=tuple(answers[row.pk]),
            turns=tuple(turns[row.pk]),
        )
        for row in firsts
    ]


def _turns(threads: Iterable[int]) -> dict[int, list[Turn]]:
    turns: dict[int, list[Turn]] = defaultdict(list)
    rows = counting(CommentResolution.objects.filter(comment__in=list(threads)))
    for row in with_change(rows).order_by("revision", "pk"):
        turns[row.comment_id].append(Turn(row.resolved, row.by_name, row.at))
    return turns


def _said(row: Any, by: Who) -> Said:
    return Said(row.pk, row.text, row.by_name, row.at, row.author == by.pk, row.revision, row.undone)
