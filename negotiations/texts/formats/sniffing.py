"""What a file is, by its bytes. It must be what its name says, and nothing else: whoever opens it will go by either."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import is_zipfile

from .answers import Unreadable

OFFICE = b"\xd0\xcf\x11\xe0"
# How files begin that are often uploaded by mistake, or by malice.
SIGNATURES = {
    b"\x7fELF": "a program",
    b"\xcf\xfa\xed\xfe": "a program",
    b"\xca\xfe\xba\xbe": "a program",
    b"PK\x03\x04": "a package of files",
    b"Rar!\x1a": "a package of files",
    b"7z\xbc\xaf": "a package of files",
    b"\x1f\x8b": "a package of files",
    b"\xfd7zXZ": "a package of files",
    OFFICE: "a document of an older Office",
    b"{\\rtf": "a document in RTF",
    b"%!PS": "a document in PostScript",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\0": "a picture",
    b"MM\0*": "a picture",
}
NAMES = {"pdf": "a PDF", "docx": "a document of Word", "html": "a web page", "eml": "an e-mail"}
# Without a way back (`(?>…)` and `*+`), or a row of comments or headers would be tried in all its divisions.
PAGE = re.compile(rb"(?>\s+|<\?xml[^>]*>|<!--.*?-->)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
SCRIPT = re.compile(rb"<(?:!doctype\s+html|html|body|script|iframe|svg)\b", re.IGNORECASE)
MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|div|span|p|a|b|i|article|section|main|h[1-6]|br|ul|ol|table)\b",
    re.IGNORECASE,
)
HEADER = re.compile(
    rb"(?:From [^\r\n]*\r?\n)?(?>[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*+)*?"
    rb"(?:From|Date|Subject|Message-ID|MIME-Version)[ \t]*:",
    re.IGNORECASE,
)
FRONT = 1_024  # where readers of PDF look for its signature
LONG_FRONT = 65_536


def check(kind: str, content: bytes) -> None:
    """Raise Unreadable (`suffix`, `encrypted`) where `content` is not what a file of this kind is."""
    if kind == "docx" and content.startswith(OFFICE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise Unreadable("encrypted")
    seen = set(_seen(content))
    if kind not in ("txt", "md"):
        if not _is(kind, content):
            other = next(iter(sorted(seen - {NAMES[kind]})), f"not {NAMES[kind]}")
            raise Unreadable("suffix", f"This file is called .{kind}, but it is {other}.")
        seen -= {NAMES[kind], "a package of files" if kind == "docx" else ""}
    if seen:
        others = " and ".join(sorted(seen))
        raise Unreadable(
            "suffix", f"This file is called .{kind}, but it is{'' if kind in ('txt', 'md') else ' also'} {others}."
        )


def _is(kind: str, content: bytes) -> bool:
    """Whether `content` begins as a file of this kind does."""
    front = content[:LONG_FRONT].replace(b"\0", b"")  # also in UTF-16
    return {
        "pdf": content.lstrip().startswith(b"%PDF-"),
        "docx": content.startswith(b"PK\x03\x04"),
        "html": MARKUP.search(front) is not None,
        "eml": HEADER.match(front.removeprefix(b"\xef\xbb\xbf")) is not None,
    }[kind]


def _seen(content: bytes) -> Iterator[str]:
    """All that `content` could be taken for, besides a text."""
    yield from (name for start, name in SIGNATURES.items() if content.startswith(start))
    if content.startswith(b"MZ") and b"\0" in content[:FRONT]:
        yield "a program"
    if b"%PDF-" in content[:FRONT]:
        yield NAMES["pdf"]
        if SCRIPT.search(content[:FRONT]):
            yield NAMES["html"]
    if is_zipfile(BytesIO(content)):
        yield "a package of files"
    if PAGE.match(content[:LONG_FRONT].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf")):
        yield NAMES["html"]
