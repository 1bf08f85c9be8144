"""Writing comments, their answers, whom they mention, and what became of their threads."""

from __future__ import annotations

from typing import Any

from ...models import Comment, CommentMention, CommentResolution
from . import schema
from .desk import Desk


def write_comments(desk: Desk) -> None:
    def key(owner: Any, item: Any) -> Any:
        return owner, item.revision

    desk.add(
        Comment,
        schema.Comment,
        lambda owner, item: {"position_id": desk.pk("position", owner), "text": item.text},
        key=key,
    )
    desk.add(
        Comment,
        schema.Answer,
        lambda thread, item: {
            "position_id": desk.pk("position", thread[0]),
            "thread_id": desk.pk("comment", thread),
            "text": item.text,
        },
        key=key,
    )
    desk.add(
        CommentResolution,
        schema.Resolution,
        lambda thread, item: {"comment_id": desk.pk("comment", thread), "resolved": item.resolved},
    )
    CommentMention.objects.bulk_create(
        CommentMention(
            negotiation_id=desk.negotiation,
            revision=item.revision or desk.revision,
            comment_id=desk.names.pk("comment", key(owner, item)),
            user_id=desk.names.pk("user", name),
        )
        for cls in (schema.Comment, schema.Answer)
        for owner, item in desk.missing.of(cls)
        for name in item.mentions
    )
