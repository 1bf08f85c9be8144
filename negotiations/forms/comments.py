"""Saying something about a cell, in a new thread or in one that is there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from ..domain.comment_acts import LONGEST
from .fields import Words
from .keyed import Keyed


class CommentForm(Keyed):
    """`thread` is empty for a new one; each form of a page has ids of its own."""

    text = Words(
        label="Comment",
        rows=2,
        max_length=LONGEST,
        help_text="@ before a colleague’s user name calls them. Readers see no comments.",
        error_messages={"required": "Write what you want to say."},
    )
    thread = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1, required=False)

    def __init__(self, data: QueryDict | None, *, thread: int | None = None) -> None:
        place = thread or (data.get("thread") if data else "") or "new"
        super().__init__(data, initial={"thread": thread}, auto_id=f"talk_{place}_%s")
        if place != "new":
            self.fields["text"].label = "Answer"

    def clean_text(self) -> Any:
        return self.cleaned_data["text"].strip()


class TurnForm(Keyed):
    """Resolving a thread, or opening it again."""

    thread = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)

    def __init__(self, data: QueryDict | None, *, thread: int | None = None) -> None:
        super().__init__(data, initial={"thread": thread}, auto_id=f"turn_{thread}_%s")
