"""Open questions, as a dossier, and what became of them."""

from __future__ import annotations

from ...models import Question, QuestionEvent
from . import schema
from .names import Names
from .rows import grouped, rows_of


def read_questions(negotiation: int, names: Names) -> tuple[schema.Question, ...]:
    rows = list(rows_of(Question, negotiation))
    names.put_all("question", ((row.slug, row.pk) for row in rows))
    events = grouped(
        (
            row.question_id,
            schema.QuestionEvent(
                revision=row.revision,
                state=row.state,
                quote=names.maybe_name("quote", row.quote_id),
                source=names.maybe_name("source", row.source_id),
                locator=row.locator,
                note=row.note,
            ),
        )
        for row in rows_of(QuestionEvent, negotiation).order_by("revision", "pk")
    )
    found = []
    for row in rows:
        party, priority = names.maybe_name("position", row.position_id) or (None, None)
        found.append(
            schema.Question(
                slug=row.slug,
                party=party,
                priority=priority,
                text=row.text,
                whom=row.whom,
                due=row.due,
                events=events[row.pk],
            )
        )
    return tuple(found)
