"""Documents of each format, made in code: an article of our own, and the parts that bad files are made of."""

from __future__ import annotations

import io
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

import docx

TITLE = "No deal on ships as talks pause"
ARTICLE = (
    "The two delegations met in the old customs house on Tuesday morning and talked for six hours without a break.",
    "“We will not send soldiers before a ceasefire holds,” said the minister, Ada Lindqvist. “That is our law.”",
    "Her counterpart, Tomas Okonjo, answered that his government would pay for half of the monitoring mission, but not "
    "for the ships.",
    "No text was signed. A second round is set for 14 March in Porto Alto, both sides said in a joint statement.",
    "Asked whether the draft names a date, Lindqvist said: “It does not.”",
)
TEXT = "\n\n".join(ARTICLE)

PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{TITLE} | The Harbour Post</title>
<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="The Harbour Post">
<meta property="article:published_time" content="2026-01-06T22:10:00+01:00">
<link rel="canonical" href="https://harbour.example/no-deal"></head><body>
<div id="cookie-banner" class="cookie-consent"><p>We use cookies to improve it.</p><button>Accept</button></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<main><article><h1>{TITLE}</h1><p class="byline">By Rosa Meier</p>
{"".join(f"<p>{part}</p>" for part in ARTICLE[:2])}<div class="ad-slot">Advertisement</div>
{"".join(f"<p>{part}</p>" for part in ARTICLE[2:])}</article>
<aside class="related"><h3>Read more</h3><ul><li><a href="/a">Ten harbours to visit</a></li></ul></aside>
<section id="comments" class="comments-area"><h3 id="reply-title">Leave a Reply</h3>
<p>Your email address will not be published. Required fields are marked *</p>
<ol class="comment-list"><li class="comment"><p>They should just sign it, everybody knows it.</p></li></ol></section>
</main><footer><p>© 2026 The Harbour Post. All rights reserved.</p></footer></body></html>"""


def pdf(*objects: bytes, root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, with the table that finds them."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root %d 0 R %s >>\n" % (len(objects) + 1, root, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), extra, content)


def packed(content: bytes) -> bytes:
    return stream(zlib.compress(content, 9), b"/Filter /FlateDecode")


def drawn(lines: list[tuple[float, float, str]], size: int = 11) -> bytes:
    """The operators that write each line at its place (x, y from the lower left corner)."""
    said = "".join(f"1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj\n" for x, y, text in lines)
    return f"BT /F1 {size} Tf\n{said}ET".encode("cp1252")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R %s >>"


def pdf_of_one_page(
    content: bytes, *more: bytes, catalog: bytes = b"", page: bytes = b"", resources: bytes = b"", trailer: bytes = b""
) -> bytes:
    """A PDF whose only page has this content (object 4, a stream) and the font F1; `more` are objects from 6 on."""
    return pdf(
        CATALOG % catalog,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> %s >> %s >>" % (resources, page),
        content,
        FONT,
        *more,
        trailer=trailer,
    )


def wrapped(text: str, width: int = 60) -> list[str]:
    """The words of `text` in lines of at most `width` characters."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return lines


def pdf_article(parts: tuple[str, ...] = ARTICLE, *, gap: int = 8, indent: int = 0) -> bytes:
    """An article in wrapped lines; its paragraphs are told by a gap between them, or by a first line set in."""
    lines: list[tuple[float, float, str]] = []
    y = 780.0
    for part in parts:
        for at, text in enumerate(wrapped(part)):
            lines.append((72.0 + (indent if at == 0 else 0), y, text))
            y -= 14
        y -= gap
    return pdf_of_one_page(packed(drawn(lines)))


def word(parts: tuple[str, ...] = ARTICLE, *, title: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.title = title
    for part in parts:
        document.add_paragraph(part)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_members(package: bytes, members: dict[str, bytes]) -> bytes:
    """The package with these members put in, or in the place of those of the same name."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(package)) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name not in members:
                after.writestr(name, before.read(name))
        for name, content in members.items():
            after.writestr(name, content)
    return out.getvalue()


def word_xml(body: str, before: str = "") -> bytes:
    """A .docx whose main part is this XML."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    main = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return with_members(word(("x",)), {"word/document.xml": main.encode()})


def mail(*, plain: str = "", page: str = "", headers: str = "") -> bytes:
    """An e-mail with a plain text, a page of HTML, or both."""
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"] = TITLE
    message["From"] = "The Harbour Post <post@harbour.example>"
    message["Date"] = "Tue, 06 Jan 2026 23:10:00 +0100"
    if plain:
        message.set_content(plain)
    if page and plain:
        message.add_alternative(page, subtype="html")
    elif page:
        message.set_content(page, subtype="html")
    return headers.encode() + message.as_bytes()
