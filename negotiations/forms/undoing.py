"""Undoing an act: the reason, over what was shown."""

from __future__ import annotations

from django import forms

from .fields import Words
from .rechecks import Reasoned


class UndoForm(Reasoned):
    """`seen` stands for what the page said that undoing would do."""

    reason = Words(
        label="Why do you undo it?",
        rows=3,
        help_text="It is shown in the history.",
        error_messages={"required": "Say why you undo it; it is shown in the history."},
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
