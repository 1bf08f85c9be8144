"""Comments, as a dossier."""

from __future__ import annotations

from typing import Any

from ...models import Comment, CommentMention, CommentResolution
from . import schema
from .rows import grouped, rows_of


def read_comments(negotiation: int) -> dict[int, tuple[Any, ...]]:
    """The threads by the id of their cell."""
    mentions = grouped(
        (row.comment_id, row.user.username)
        for row in rows_of(CommentMention, negotiation).select_related("user").order_by("comment", "user__username")
    )
    resolutions = grouped(
        (row.comment_id, schema.Resolution(revision=row.revision, resolved=row.resolved))
        for row in rows_of(CommentResolution, negotiation).order_by("revision", "pk")
    )
    rows = list(rows_of(Comment, negotiation).order_by("revision", "pk"))
    answers = grouped(
        (row.thread_id, schema.Answer(revision=row.revision, text=row.text, mentions=mentions[row.pk]))
        for row in rows
        if row.thread_id is not None
    )
    return grouped(
        (
            row.position_id,
            schema.Comment(
                revision=row.revision,
                text=row.text,
                mentions=mentions[row.pk],
                answers=answers[row.pk],
                resolutions=resolutions[row.pk],
            ),
        )
        for row in rows
        if row.thread_id is None
    )
