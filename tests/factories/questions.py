"""Open questions, and what became of them."""

from __future__ import annotations

import factory

from negotiations.models import Question, QuestionEvent
from negotiations.models.questions import QuestionState

from .base import Owned, of_the_same


class QuestionFactory(Owned):
    class Meta:
        model = Question

    slug = factory.Sequence(lambda n: f"question-{n}")
    text = "Will it send soldiers before a peace agreement?"


class QuestionEventFactory(Owned):
    class Meta:
        model = QuestionEvent

    question = of_the_same("QuestionFactory")
    state = QuestionState.ANSWERED
    quote = of_the_same("QuoteFactory")
