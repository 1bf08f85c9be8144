"""Saying that a stance stays, and whether a quote still holds: each with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from ..domain.alike import Alike
from ..models.stances import Code
from .fields import Words
from .keyed import Keyed


class Reasoned(Keyed):
    """An act with a reason."""

    reason = Words(
        label="Reason",
        rows=3,
        help_text="It is shown in the history.",
        error_messages={"required": "Say why; it is shown in the history."},
    )

    def __init__(self, data: Mapping[str, Any] | None, **initial: Any) -> None:
        super().__init__(data, initial=initial)


class StayForm(Reasoned):
    """`seen` is the revision at which the reasons were shown; `also` may be chosen from the cells that are `alike`."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1)
    also = forms.TypedMultipleChoiceField(
        label="The same reason holds for",
        help_text="These wait for nothing else. Choose those that you have looked at too.",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "One of these waits no more, or for something else too. Look at what is left.",
        },
    )

    def __init__(self, data: Mapping[str, Any] | None, *, alike: Iterable[Alike], **initial: Any) -> None:
        super().__init__(data, **initial)
        also = self.fields["also"]
        assert isinstance(also, forms.TypedMultipleChoiceField)
        also.choices = [(cell.position, f"{cell.name}: {Code(cell.code).label.lower()}") for cell in alike]

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
