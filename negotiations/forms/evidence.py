"""The evidence that forms name: how quotes bear on a judgement, or on which side; and records without a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.http import QueryDict

from ..domain.cells import Record
from ..domain.places import Place
from ..domain.stances import LONGEST_LOCATOR, Item
from ..models.evidence import Bearing
from .fields import has_words, refuse_controls

BEARING = "bearing-"  # bearing-12=supports: the quote 12 supports the judgement
SOURCE = "source-"  # source-0=7, locator-0=Roll call 12, locator-bearing-0=supports: where it stands in source 7
LOCATOR = "locator-"
LOCATOR_BEARING = "locator-bearing-"
ROWS = 3  # rows for records without a text, at least


def evidence_of(record: Record | None) -> list[Item]:
    return list(record.items) if record else []


class Located(Protocol):
    """What both an Item and a Place tell: a quote, or a locator in a source."""

    @property
    def quote(self) -> int | None: ...
    @property
    def source(self) -> int | None: ...
    @property
    def locator(self) -> str: ...


def evidence_in(data: Mapping[str, Any], among: Collection[str] = Bearing.values) -> list[Item]:
    """The evidence that a sent form names, each piece with one of `among`; what makes no sense in it is left out."""
    items = [
        Item(data[name], quote=int(number))
        for name, number in _numbered(data, BEARING)
        if is_id(number) and data[name] in among
    ]
    for n, source, where in _located(data):
        bearing = data.get(LOCATOR_BEARING + n, "")
        if bearing in among:
            items.append(Item(bearing, source=source, locator=where))
    return items


def places_in(data: QueryDict) -> list[Place]:
    """The same for a form in which all serve one purpose, so that quotes are only ticked."""
    quotes = dict.fromkeys(number for number in data.getlist("quote") if is_id(number))
    places = [Place(quote=int(number)) for number in quotes]
    return places + [Place(source=source, locator=where) for _, source, where in _located(data)]


def _located(data: Mapping[str, Any]) -> Iterator[tuple[str, int | None, str]]:
    """The rows for records without a text that say something: the row's number, source, locator."""
    for name, n in _numbered(data, SOURCE):
        source, where = data[name], str(data.get(LOCATOR + n, "")).strip()
        where = where if has_words(where) else ""
        if source or where:
            yield n, int(source) if is_id(source) else None, where


def problems_of(items: Iterable[Located]) -> list[str]:
    """What is wrong with the records without a text, in sentences."""
    problems = []
    for item in items:
        if item.quote is not None:
            continue
        if not (item.source and item.locator):
            problems.append("A record without a text needs both: the source, and where in it.")
        elif len(item.locator) > LONGEST_LOCATOR:
            problems.append(f"Say in at most {LONGEST_LOCATOR} characters where it stands in the source.")
        try:
            refuse_controls(item.locator)
        except ValidationError as error:
            problems += error.messages
    return problems


def as_data(items: Iterable[Item]) -> dict[str, str]:
    """The fields of a form that name these items."""
    data, n = {}, 0
    for item in items:
        if item.quote:
            data[f"{BEARING}{item.quote}"] = item.bearing
        else:
            data[f"{SOURCE}{n}"], data[f"{LOCATOR}{n}"] = str(item.source or ""), item.locator
            data[f"{LOCATOR_BEARING}{n}"] = item.bearing
            n += 1
    return data


def is_evidence(name: str) -> bool:
    """Whether a field of this name tells of evidence."""
    return name.startswith((BEARING, SOURCE, LOCATOR))


def rows_for(items: Iterable[Located], least: int = ROWS) -> list[tuple[int, Located | None]]:
    """The rows for records without a text: those there are, and at least one to fill in."""
    located = [item for item in items if item.quote is None]
    rows = max(least, len(located) + 1)
    return [(n, located[n] if n < len(located) else None) for n in range(rows)]


def _numbered(data: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    return ((name, name.removeprefix(prefix)) for name in data if name.startswith(prefix))


def is_id(text: str) -> bool:
    """An id as we write it, so that no two spellings name one row."""
    return text.isascii() and text.isdigit() and len(text) < 19 and not text.startswith("0")
