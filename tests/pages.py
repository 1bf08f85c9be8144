"""A page as its reader meets it: headings, tables and links to look at, forms to fill in and send."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse

VOID = set("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905


class Element:
    """One element: `find("td", "russia")` gives the first with that class, `all(...)` each; `text` is what is read."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Element | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    def __iter__(self) -> Iterator[Element]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def raw(self) -> str:
        """All text inside, with its blanks and line ends."""
        if self.tag == "br":
            return "\n"
        return "".join(child if isinstance(child, str) else child.raw for child in self.children)

    @property
    def text(self) -> str:
        return " ".join(self.raw.split())

    def all(self, tag: str, css: str = "", **attributes: str) -> list[Element]:
        return [
            each
            for each in self
            if each.tag == tag
            and set(css.split()) <= set(each.classes)
            and all(each.attributes.get(name) == value for name, value in attributes.items())
        ]

    def find(self, tag: str, css: str = "", **attributes: str) -> Element:
        found = self.all(tag, css, **attributes)
        assert found, f"no <{tag}> {css} {attributes} in: {self.text[:2000]}"
        return found[0]

    def has(self, tag: str, css: str = "", **attributes: str) -> bool:
        return bool(self.all(tag, css, **attributes))


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Element("document", {}, None)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attributes}, self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.here.children.append(Element(tag, {name: value or "" for name, value in attributes}, self.here))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.here.tag == tag, f"</{tag}> ends a <{self.here.tag}>: {self.here.text[:200]}"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def read(response: HttpResponse) -> Element:
    """The page of a response. Elements that are not closed, or crosswise, fail the test."""
    builder = _Builder()
    builder.feed(response.content.decode())
    builder.close()
    assert builder.here is builder.root, f"<{builder.here.tag}> is never closed"
    return builder.root


def filled_in(form: Element, **changed: Any) -> dict[str, Any]:
    """What a browser would send of a form as it stands, with `changed` typed into it."""
    data: dict[str, list[str]] = {}
    for field in form:
        name = field.attributes.get("name", "")
        if not name or "disabled" in field:
            continue
        if field.tag == "textarea":
            data.setdefault(name, []).append(field.raw.removeprefix("\n"))
        elif field.tag == "select":
            options = field.all("option")
            chosen = [option for option in options if "selected" in option] or options[:1]
            data.setdefault(name, []).extend(option.attributes.get("value", option.text) for option in chosen)
        elif field.tag == "input":
            if field.attributes.get("type") not in ("radio", "checkbox"):
                data.setdefault(name, []).append(field.attributes.get("value", ""))
            elif "checked" in field:
                data.setdefault(name, []).append(field.attributes.get("value", "on"))
    return data | changed
