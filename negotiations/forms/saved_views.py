"""The form that keeps a board under a name."""

from __future__ import annotations

from django import forms

from .fields import Words


class SaveForm(forms.Form):
    name = Words(
        label="Name",
        rows=1,
        max_length=80,
        error_messages={"required": "Give the view a name.", "max_length": "Say it in at most 80 characters."},
    )
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)
    shared = forms.BooleanField(
        label="Share it", required=False, help_text="Everybody who may see this negotiation finds it then."
    )
