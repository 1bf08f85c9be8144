"""Saying that a stance stays, and whether a quote still holds: each with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict

from .fields import Words


class Reasoned(forms.Form):
    """An act with a reason, done once however often it is sent."""

    reason = Words(
        label="Reason",
        rows=3,
        help_text="It is shown in the history.",
        error_messages={"required": "Say why; it is shown in the history."},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, **initial: Any) -> None:
        super().__init__(data, initial={"key": str(uuid4()), **initial})

    def show(self, errors: Mapping[str, str]) -> None:
        """Put the domain's sentences at their fields; what has no field stands on top."""
        for name, sentence in errors.items():
            self.add_error(name if name in self.fields else None, sentence)

    def start_again(self, **values: Any) -> None:
        """What was typed may be sent once more, as an act of its own, over what is shown now."""
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        for name, value in {"key": str(uuid4()), **values}.items():
            self.data[name] = str(value)


class StayForm(Reasoned):
    """`seen` is the revision at which the reasons were shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1)

    def take_focus(self) -> None:
        """Where the form comes into a page that stands already, go on there."""
        self.fields["reason"].widget.attrs["autofocus"] = True


class DecideForm(Reasoned):
    """`anchoring` is the place in the newest text that was looked at."""

    holds = forms.TypedChoiceField(
        label="The quote",
        choices=[("yes", "still holds"), ("no", "no longer holds")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it still holds."},
    )
    anchoring = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    field_order = ["holds", "reason"]
