"""What a form sends to be kept as a draft, and a draft as the form that it was."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import QueryDict

from ..domain.drafts import Kept

NOT_KEPT = ("csrfmiddlewaretoken", "act", "key", "based_on")  # told apart, or of the one page that is open


class DraftForm(forms.Form):
    """Of a form that is half filled in, only what tells which one it is must be right."""

    key = forms.UUIDField()
    based_on = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)

    @property
    def content(self) -> dict[str, list[str]]:
        assert isinstance(self.data, QueryDict)
        return {name: [str(value) for value in values] for name, values in self.data.lists() if name not in NOT_KEPT}

    @property
    def draft_key(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key


def sent_again(draft: Kept, *, seen: int) -> QueryDict:
    """The draft as its form would send it. `seen`: the revision of the page on which it is taken up."""
    data = QueryDict(mutable=True)
    for name, values in draft.content.items():
        data.setlist(name, list(values))
    data["key"], data["based_on"], data["seen"] = str(draft.key), str(draft.based_on), str(seen)
    data["act"] = "merge"  # nothing is recorded; if the cell has moved on, both versions are shown
    return data


def read_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
