"""Forms of the admin: no silent overwriting, and a name for addresses."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from ..domain import records
from ..domain.removals import with_removed
from ..forms.records import OUR_OWN, RecordForm
from .shown import moment


class VersionedForm(RecordForm):
    """Refuses to save over what somebody else saved meanwhile."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk is not None and cleaned.get("version") != self.stored:
            self.add_error(None, self._conflict(cleaned.get("version") or ""))
            # What was typed stays in the form; whoever sends it again has seen what is stored.
            sent: Any = self.data.copy()  # type: ignore[attr-defined]
            sent[self.add_prefix("version")] = self.stored
            self.data = sent
        return cleaned

    def _conflict(self, seen: str) -> list[ValidationError]:
        last = next(iter(records.changes_of(self.instance, self.links, most=1)), None)
        who = (last.by or "Somebody outside Parley") if last else "Somebody"
        when = f" on {moment(last.at, getattr(self.instance, 'negotiation', None))}" if last else ""
        told = [
            f"{who} changed this{when}, after you opened it. Yours is not saved. "
            "Compare with what is stored now, then save again to put yours in its place."
        ]
        told += [f"Stored now: {label} is “{value}”." for label, value in self._differences()]
        for (model, key), old, new in zip(self.links, seen.split("-")[1:], self.stored.split("-")[1:], strict=False):
            if old != new:
                rows = "; ".join(map(str, model._default_manager.filter(**{key: self.instance.pk})))
                nouns = model._meta.verbose_name_plural
                told.append(f"Stored now: {nouns} are {rows or 'none'}. Load the page again to edit these.")
        return [ValidationError(sentence) for sentence in told]

    def _differences(self) -> list[tuple[str, str]]:
        """What is stored where something else was typed, by label."""
        names = [name for name in self.changed_data if name not in OUR_OWN]
        return [(str(self.fields[name].label), self._stored_value(name)) for name in names]

    def _stored_value(self, name: str) -> str:
        shown = getattr(self.instance, f"get_{name}_display", None)
        value = shown() if shown else getattr(self.instance, name, "")
        if isinstance(value, list):
            return ", ".join(value)
        return "nothing" if value in (None, "") else str(value)


class CuratedForm(VersionedForm):
    """A row of a negotiation. The field that `slug_from` names makes a name for addresses where none is given."""

    slug_from = "name"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "slug" in self.fields and "slug" not in self.errors:
            cleaned["slug"] = cleaned.get("slug") or slugify(cleaned.get(self.slug_from) or "")[:80].strip("-")
            self._check_slug(cleaned["slug"])
        return cleaned

    def _check_slug(self, slug: str) -> None:
        noun = self._meta.model._meta.verbose_name
        rows = self._meta.model._default_manager.filter(negotiation=self.negotiation, slug=slug)
        if not slug:
            self.add_error("slug", "Write a name for addresses, of small letters, digits and hyphens.")
        elif row := with_removed(rows).first():
            self.add_error("slug", there_already(row, f"{noun} “{slug}”"))


def there_already(row: Any, name: str) -> str:
    """Why a name for addresses can't be given again; `row`, of `with_removed`, has it."""
    if row.removed is None:
        return f"There is a {name} in this negotiation already."
    return f"A {name} was here and was taken out. Undo revision {row.removed} to have it back; no other gets its name."
