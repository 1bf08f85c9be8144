"""Documents of Word. The package is looked over before anything in it is unpacked, and only the words are taken.

`python-docx` gives the tree of the main part. Its own `text` leaves out what stands in tracked insertions, content
controls and text boxes, so the tree is walked here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from . import limits
from .answers import Found, Unreadable
from .page_facts import language
from .tidying import one_line, paragraphs

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH, ROW, CELL, BOX = f"{WORD}p", f"{WORD}tr", f"{WORD}tc", f"{WORD}txbxContent"
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\xad"}
SIGNS = {f"{WORD}{name}": sign for name, sign in SIGNS.items()}
# What is not to be read: properties, what was taken out, and the second copy of what only newer programs can draw.
LEFT_OUT = {f"{WORD}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr")}
LEFT_OUT.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
CONTENTS = "[Content_Types].xml"
NOT_WORD = "This file is called .docx, but it is not a document of Word."
ENTITIES = "This file declares entities, as no document of Word does, so it was not read."
# Entities need a document type, and no part of a .docx has one; in UTF-8 and both kinds of UTF-16.
DOCTYPES = [b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be")]


def read_docx(content: bytes) -> Found:
    """A .docx file: the paragraphs of its body, one for each row of a table, as if all changes were accepted."""
    check_package(content)
    import docx

    try:
        document = docx.Document(BytesIO(content))
    except ValueError:
        raise Unreadable("suffix", NOT_WORD) from None
    body: Any = document.element.body
    found = Found(
        text=paragraphs(list(_blocks(body))),
        title=one_line(document.core_properties.title, limits.TITLE_CHARACTERS) or _heading(body, document.styles),
        language=language(document.core_properties.language or ""),
    )
    return found.noting(*_notices(body))


def check_package(content: bytes) -> None:
    """Refuse a package that unpacks to too much, by what it declares and by counting, or that declares entities."""
    try:
        with ZipFile(BytesIO(content)) as package:
            members = package.infolist()
            if len(members) > limits.MEMBERS or sum(member.file_size for member in members) > limits.UNPACKED_BYTES:
                raise Unreadable("bomb")
            if CONTENTS not in {member.filename for member in members}:
                raise Unreadable("suffix", NOT_WORD)
            if any(member.flag_bits & 1 for member in members):
                raise Unreadable("encrypted")
            left = limits.UNPACKED_BYTES
            for member in members:
                left -= _unpack(package, member.filename, left)
    except (BadZipFile, NotImplementedError, EOFError, OSError, zlib.error):
        raise Unreadable("damaged") from None


def _unpack(package: ZipFile, name: str, most: int) -> int:
    """How many bytes a member really has; its name is never used as a path."""
    is_xml = name.endswith((".xml", ".rels"))
    most = min(most, limits.PART_BYTES) if is_xml else most
    size, seam = 0, b""
    with package.open(name) as member:
        while piece := member.read(65_536):
            size += len(piece)
            if size > most:
                raise Unreadable("bomb")
            if is_xml and any(sign in seam + piece for sign in DOCTYPES):
                raise Unreadable("bomb", ENTITIES)
            seam = piece[-20:]
    return size


def _blocks(element: Any) -> Iterator[str]:
    """The paragraphs and rows below `element`, whatever they are wrapped in."""
    for child in element.iterchildren():
        if child.tag == PARAGRAPH:
            yield "".join(_words(child))
            yield from _boxes(child)
        elif child.tag == ROW:
            yield "\t".join("\n".join(_blocks(cell)).strip() for cell in _cells(child))
        elif child.tag not in LEFT_OUT:
            yield from _blocks(child)


def _cells(row: Any) -> Iterator[Any]:
    """The cells of a row; not those of a table within one of them."""
    for child in row.iterchildren():
        if child.tag == CELL:
            yield child
        elif child.tag not in LEFT_OUT:
            yield from _cells(child)


def _words(element: Any) -> Iterator[str]:
    """The words of a paragraph, without those of boxes that hang on it."""
    for child in element.iterchildren():
        if child.tag == f"{WORD}t":
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        elif child.tag not in LEFT_OUT and child.tag != BOX:
            yield from _words(child)


def _boxes(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == BOX:
            yield from _blocks(child)
        elif child.tag not in LEFT_OUT:
            yield from _boxes(child)


def _heading(body: Any, styles: Any) -> str:
    """The first heading; its style goes by its English name, whatever the language of the program."""
    headings = {style.style_id for style in styles if style.name in ("Title", "Heading 1")}
    for style in body.iter(f"{WORD}pStyle"):
        if style.get(f"{WORD}val") in headings:
            return one_line("".join(_words(style.getparent().getparent())), limits.TITLE_CHARACTERS)
    return ""


def _notices(body: Any) -> Iterator[str]:
    if next(body.iter(f"{WORD}ins", f"{WORD}del", f"{WORD}moveTo"), None) is not None:
        yield "The document has tracked changes; it was read as if all were accepted."
    if next(body.iter(f"{WORD}footnoteReference", f"{WORD}endnoteReference"), None) is not None:
        yield "Footnotes were left out."
