"""Comments on cells, whom they mention, and what became of their threads."""

from __future__ import annotations

from typing import Any

import factory

from negotiations.models import Comment, CommentMention, CommentResolution

from .base import Owned, of_the_same


class CommentFactory(Owned):
    """On a cell of its own, or as an answer on that of its `thread`."""

    class Meta:
        model = Comment

    position = of_the_same("PositionFactory")
    text = "Is that still so?"

    @classmethod
    def _generate(cls, strategy: str, params: dict[str, Any]) -> Any:
        thread = params.get("thread")
        if thread and params.get("negotiation", thread.negotiation) == thread.negotiation:
            params = {"position": thread.position} | params
        return super()._generate(strategy, params)


class CommentMentionFactory(Owned):
    class Meta:
        model = CommentMention

    comment = of_the_same("CommentFactory")
    user = factory.SubFactory("tests.factories.UserFactory")


class CommentResolutionFactory(Owned):
    class Meta:
        model = CommentResolution

    comment = of_the_same("CommentFactory")
    resolved = True
