"""Forms that are done once, however often they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict


class Keyed(forms.Form):
    """Each form that is opened carries a key of its own."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        options["initial"] = {"key": str(uuid4()), **options.get("initial", {})}
        super().__init__(data, **options)

    def show(self, errors: Mapping[str, str]) -> None:
        """Put the domain's sentences at their fields; what has no field stands on top."""
        for name, sentence in errors.items():
            self.add_error(name if name in self.fields else None, sentence)

    def leave_unchecked(self) -> None:
        """Show what was typed without judging it: nothing is to be done yet."""
        self._errors = ErrorDict()

    def renew_key(self, **changed: Any) -> None:
        """What was typed may be sent once more, as an act of its own; fields that are `changed` say something else."""
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        for name, value in {"key": str(uuid4()), **changed}.items():
            self.data[name] = str(value)

    def refuse(self, sentence: str, **changed: Any) -> None:
        """Say why it was not done; what was typed may be sent once more."""
        self.add_error(None, sentence)
        self.renew_key(**changed)
