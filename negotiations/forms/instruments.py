"""The form of an instrument, with who signed it and how we know."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from ..domain import editing
from ..domain.negotiations import Workspace
from ..domain.undone import counting
from ..models import Instrument, Party, Quote, Signature, Source
from ..models.instruments import SignatureState
from .choosing import Related
from .evidence import is_id
from .kinds import Kind, Table
from .records import LinkForm, RecordForm

SIGNATURES = "signatures"


class InstrumentForm(RecordForm):
    days = ("dated",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("replaces") and cleaned["replaces"].pk == self.instance.pk:
            self.add_error("replaces", "An instrument can't replace itself.")
        return cleaned


class PartySignatureForm(LinkForm):
    """What is told of one party's signature. A row of which nothing is said is no row yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].widget = forms.HiddenInput()
        self.fields["locator"].label = "Where in it"
        state = self.fields["state"]
        if self.instance.pk is None:
            assert isinstance(state, forms.ChoiceField)
            state.choices = [("", "Nothing is told"), *SignatureState.choices]
            state.initial = self.initial["state"] = ""
            state.error_messages["required"] = "Say what is told of the signature."

    def has_changed(self) -> bool:
        return bool(set(self.changed_data) - {"party"}) if self.instance.pk is None else super().has_changed()


class Cited(Related):
    """Quotes are looked for, sources typed by name, and all else picked from a list."""

    by_name = (Source,)

    def __init__(self, workspace: Workspace, row: Instrument | None, data: QueryDict | None) -> None:
        super().__init__(workspace.id)
        self.words = data.get("words", "") if data is not None else ""
        chosen = quotes_in(data) if data is not None else []
        if row is not None:
            stored = Signature.objects.filter(instrument=row, quote__isnull=False)
            chosen += stored.order_by("pk").values_list("quote_id", flat=True)
        self.chosen = chosen

    def ask(self, model: Any) -> Any:
        if model is not Quote:
            return super().ask(model)
        offered = editing.choices_in(self.negotiation or 0, chosen=self.chosen, words=self.words)
        cited = {quote.id: quote for quote in [*offered.chosen, *offered.found]}
        rows = {row.pk: row for row in counting(Quote.objects.filter(pk__in=cited)).only("slug", "exact")}
        for pk, row in rows.items():
            quote = cited[pk]
            whose = f"{quote.speaker or quote.party or ''}, {quote.source_title}".removeprefix(", ")
            row.told = f"“{quote.exact}” {whose}"
        return [rows[pk] for pk in cited if pk in rows]


def quotes_in(data: QueryDict) -> list[int]:
    """The ids of the quotes that the rows name."""
    names = [name for name in data if name.startswith(f"{SIGNATURES}-") and name.endswith("-quote")]
    return [int(number) for number in (data.get(name, "") for name in names) if is_id(number)]


INSTRUMENT = Kind(
    model=Instrument,
    form=InstrumentForm,
    layout=(("name", "kind"), ("dated", "precision", "seen"), ("replaces", "meeting"), ("description",)),
    intro="A negotiated text: a plan, a draft, a declaration, also one that is only told of.",
    tables=(
        Table(
            model=Signature,
            key="instrument",
            prefix=SIGNATURES,
            fields=("party", "state", "quote", "source", "locator", "note"),
            same=("party",),
            each=Party,
            starts=(("state", ""),),
            finds=True,
            title="Signatures",
            hint="“Signed” and “did not sign” need a quote that tells of it, or a source, named as its address has it, "
            "and the place in it.",
            form=PartySignatureForm,
        ),
    ),
    related=Cited,
)
