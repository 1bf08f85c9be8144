"""Writing open questions, and the copy of the newest event of each."""

from __future__ import annotations

from ...models import Question, QuestionEvent
from . import schema
from .desk import Desk, copy_newest


def write_questions(desk: Desk) -> None:
    desk.add(
        Question,
        schema.Question,
        lambda _, item: {
            "slug": item.slug,
            "position_id": desk.pk("position", (item.party, item.priority) if item.party else None),
            "text": item.text,
            "whom": item.whom,
            "due": item.due,
        },
        key=lambda _, item: item.slug,
    )
    desk.add(
        QuestionEvent,
        schema.QuestionEvent,
        lambda owner, item: {
            "question_id": desk.pk("question", owner),
            "state": item.state,
            "quote_id": desk.pk("quote", item.quote),
            "source_id": desk.pk("source", item.source),
            "locator": item.locator,
            "note": item.note,
        },
    )
    copy_newest(desk, "question", "state", "questionevent")
