"""PDF: the words of each page by `pypdf`. Scripts, forms, attached files and pictures in it are passed over."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.errors import LimitReachedError, PyPdfError

from . import limits
from .answers import Found, Unreadable
from .page_facts import language
from .pdf_lines import Line, Lines, joined
from .tidying import one_line, paragraphs

LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": limits.STREAM_BYTES,
    "lzw_maximum_output_length": limits.STREAM_BYTES,
    "run_length_maximum_output_length": limits.STREAM_BYTES,
    "array_based_stream_maximum_output_length": limits.STREAM_BYTES,
    "page_tree_maximum_entries": 2 * limits.PDF_PAGES,
    "jbig2dec_binary": None,
}
TAIL = 2_048  # bytes in which a whole PDF says that it ends
FILE_NAMES = (".doc", ".docx", ".odt", ".pdf", ".indd", ".qxd", ".tmp", ".rtf")


def read_pdf(content: bytes) -> Found:
    """A .pdf file. One without any text, but with pictures, is no fault: its text is "", and a notice says so."""
    if b"%%EOF" not in content[-TAIL:]:
        raise Unreadable("damaged", "This PDF breaks off before its end, so a part of its text is missing.")
    try:
        with apply_configuration(**LIMITS):
            return _read(PdfReader(BytesIO(content)))
    except LimitReachedError as error:
        raise Unreadable("pages" if "age tree" in str(error) else "bomb") from None


def _read(reader: PdfReader) -> Found:
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("encrypted")
    _check_pages(reader)
    pages = [_lines(page) for page in reader.pages]
    broken = [number for number, lines in enumerate(pages, start=1) if lines is None]
    if len(broken) == len(pages):
        raise Unreadable("damaged")
    text = paragraphs(joined([lines or [] for lines in pages]))
    scanned = [number for number, lines in enumerate(pages, start=1) if lines == [] and _has_picture(reader, number)]
    if not text and not scanned:
        raise Unreadable("empty")
    return Found(
        text=text,
        title=_title(reader),
        language=language(str(reader.root_object.get("/Lang") or "")),
    ).noting(*_notices(text, len(pages), scanned, broken))


def _check_pages(reader: PdfReader) -> None:
    """Count the pages as they are declared, and as they are, before any of them is read."""
    with suppress(KeyError, TypeError, AttributeError):
        tree: Any = reader.root_object["/Pages"]
        if int(tree["/Count"]) > limits.PDF_PAGES:
            raise Unreadable("pages")
    if len(reader.pages) > limits.PDF_PAGES:
        raise Unreadable("pages")


def _lines(page: Any) -> list[Line] | None:
    """The lines of a page in the order in which they were written; None where the page can't be read."""
    lines = Lines()
    try:
        page.extract_text(visitor_text=lines.take)
    except LimitReachedError:
        raise
    except (PyPdfError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return None
    return lines.taken()


def _has_picture(reader: PdfReader, number: int) -> bool:
    with suppress(PyPdfError, AttributeError, LookupError, TypeError, ValueError):
        drawn: Any = reader.pages[number - 1]["/Resources"]
        return any(drawn["/XObject"][name].get("/Subtype") in ("/Image", "/Form") for name in drawn["/XObject"])
    return False


def _title(reader: PdfReader) -> str:
    """The title in the document's properties; programs like to put a file's name there, which is none."""
    title = ""
    with suppress(PyPdfError, AttributeError, LookupError, TypeError, ValueError):
        title = one_line(getattr(reader.metadata, "title", None), limits.TITLE_CHARACTERS)
    return "" if title.lower().endswith(FILE_NAMES) or title.lower() in ("untitled", "unknown") else title


def _notices(text: str, pages: int, scanned: list[int], broken: list[int]) -> list[str]:
    """What is missing in the text, as sentences."""
    notices = []
    if not text:
        notices.append("There is no text in this PDF, only images. Have its text recognised, or type what is needed.")
    elif scanned:
        notices.append(f"{_counted(scanned, pages)} no text, only images.")
    if broken:
        notices.append(f"{_counted(broken, pages)} damage, so what stands there is missing.")
    return notices


def _counted(numbers: list[int], pages: int) -> str:
    if len(numbers) == 1:
        return f"Page {numbers[0]} has"
    return f"{len(numbers)} of {pages} pages have"
