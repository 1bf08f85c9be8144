"""Documents made to do harm, each by its number in the list of hostile input.

Each ends within ten seconds, with a text or with a sentence; leaves no process behind; and the next good document is
read as ever.
"""

import io
import os
import re
import struct
import subprocess
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from negotiations.texts.extracting import Extracted, Unreadable, extract

from .documents import (
    CATALOG,
    PAGE,
    drawn,
    packed,
    pdf,
    pdf_article,
    pdf_of_one_page,
    stream,
    with_members,
    word,
    word_xml,
)

WORDS = packed(drawn([(72, 700, "The talks closed and nobody signed.")]))
TALKS = "The talks closed and nobody signed."


def circular_table() -> bytes:
    good = pdf_of_one_page(WORDS)
    start = int(re.search(rb"startxref\n(\d+)", good)[1])
    return good.replace(b"/Root 1 0 R ", b"/Root 1 0 R /Prev %d" % start)


def outline_loop() -> bytes:
    item = b"<< /Title (a) /Parent 6 0 R /Next 7 0 R /Prev 7 0 R /First 7 0 R >>"
    return pdf_of_one_page(WORDS, b"<< /First 7 0 R /Last 7 0 R >>", item, catalog=b"/Outlines 6 0 R")


def lost_table() -> bytes:
    filling = b"".join(b"%d 0 obj << /Type /X /Y [1 2 3 << /Z (%d) >>] >> endobj\n" % (n, n) for n in range(100_000))
    body = b"%PDF-1.4\n" + filling + b"obj " * 500_000
    return body + b"startxref\n99999999999\n%%EOF"


def flate_bomb() -> bytes:
    pump = zlib.compressobj(9)
    content = b"".join(pump.compress(b" " * 10_000_000) for _ in range(20)) + pump.flush()
    return pdf_of_one_page(stream(content, b"/Filter /FlateDecode"))


ENTITIES = '<!DOCTYPE r [<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True)
) + "]>"  # fmt: skip


def metadata_bomb() -> bytes:
    data = f'<?xml version="1.0"?>{ENTITIES}<x:xmpmeta xmlns:x="adobe:ns:meta/">&j;</x:xmpmeta>'.encode()
    return pdf_of_one_page(WORDS, stream(data, b"/Type /Metadata /Subtype /XML"), catalog=b"/Metadata 6 0 R")


def many_pages(count: int = 100_000, declared: int | None = None) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    page = b"<< /Type /Page /Parent 2 0 R >>"
    declared = count if declared is None else declared
    return pdf(CATALOG % b"", b"<< /Type /Pages /Count %d /Kids [%s] >>" % (declared, kids), *[page] * count)


def active() -> bytes:
    return pdf_of_one_page(
        WORDS,
        b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
        b"<< /S /Launch /F (cmd.exe) >>",
        stream(b"MZ", b"/Type /EmbeddedFile"),
        b"<< /Type /Filespec /F (x.exe) /EF << /F 8 0 R >> >>",
        catalog=b"/OpenAction 6 0 R /AA << /WC 7 0 R >> /Names << /EmbeddedFiles << /Names [(x) 9 0 R] >> >>",
    )


def locked(password: str = "secret", algorithm: str = "AES-256") -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of_one_page(WORDS))))
    writer.encrypt(password, owner_password="another", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def half() -> bytes:
    whole = pdf_article()
    return whole[: len(whole) // 2]


def map_of_letters_elsewhere() -> bytes:
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /..#2F..#2F..#2F..#2Fetc#2Fpasswd"
        b" /ToUnicode /..#2F..#2F..#2Fetc#2Fpasswd /DescendantFonts [7 0 R] >>"
    )
    child = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (A) /Ordering (B) >> >>"
    return pdf_of_one_page(
        packed(b"BT /F2 11 Tf 72 700 Td (words) Tj ET"), font, child, resources=b"/XObject << >> /Font << /F2 6 0 R >>"
    )


def scanned() -> bytes:
    picture = stream(b"\xff" * 100, b"/Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray"
                     b" /BitsPerComponent 8")  # fmt: skip
    return pdf_of_one_page(packed(b"q 595 0 0 842 0 0 cm /P Do Q"), picture, resources=b"/XObject << /P 6 0 R >>")


def zip_bomb() -> bytes:
    return with_members(word(), {f"word/media/{number}.png": b"\0" * 20_000_000 for number in range(6)})


def lying_package() -> bytes:
    """The main part is declared as 10 bytes, in its own head and in the directory, and has many more."""
    package = bytearray(with_members(word(), {"word/document.xml": b"<w:document>" + b" " * 30_000_000}))
    for head, size in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = package.find(head)
        while at >= 0:
            name = package[at + (30 if size == 22 else 46) :][:17]
            if name == b"word/document.xml":
                struct.pack_into("<I", package, at + size, 10)
            at = package.find(head, at + 4)
    return bytes(package)


def nested() -> bytes:
    inner = b"x"
    for _ in range(5):
        out = io.BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as package:
            package.writestr("inner.zip", inner)
        inner = out.getvalue()
    return with_members(word((TALKS,)), {"word/embeddings/inner.zip": inner})


def other_package() -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/epub+zip")
    return out.getvalue()


def many_members() -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as package:
        for number in range(65_536):
            package.writestr(ZipInfo(f"word/{number}.xml"), b"")
    return out.getvalue()


def paths() -> bytes:
    link = ZipInfo("word/link")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO(with_members(word((TALKS,)), {"../../etc/cron.d/x": b"* * * * * root true"}))
    with ZipFile(out, "a") as package:
        package.writestr(link, "/etc/passwd")
    return out.getvalue()


PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def quadratic() -> bytes:
    return word_xml(PARAGRAPH.format("&a;" * 50_000), f'<!DOCTYPE r [<!ENTITY a "{"a" * 50_000}">]>')


def outside(address: str) -> bytes:
    return word_xml(PARAGRAPH.format("&a;"), f'<!DOCTYPE r [<!ENTITY a SYSTEM "{address}">]>')


def outside_in_two_bytes() -> bytes:
    main = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>'
    return with_members(word(), {"word/document.xml": main.encode("utf-16")})


def template_elsewhere() -> bytes:
    space = "http://schemas.openxmlformats.org"
    relation = (
        f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="rId1" Target="http://127.0.0.1:9/x"'
        f' Type="{space}/officeDocument/2006/relationships/attachedTemplate" TargetMode="External"/></Relationships>'
    )
    return with_members(word((TALKS,)), {"word/_rels/settings.xml.rels": relation.encode()})


def deep() -> bytes:
    return word_xml("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000)


def wide_table() -> bytes:
    return word_xml("<w:tbl><w:tr>" + ("<w:tc>" + PARAGRAPH.format("x") + "</w:tc>") * 100_000 + "</w:tr></w:tbl>")


ACTIVE_PAGE = (
    f"<html><head><meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'><base href='http://127.0.0.1:9/'></head>"
    f"<body><p>{TALKS}</p><script>alert(1)</script><svg/onload=alert(2)><img src=http://127.0.0.1:9/x onerror=alert(3)>"
    f"<p><a href='javascript:alert(4)'>Read the draft</a></p><form action=http://127.0.0.1:9/><input value=steal>"
)

# What is read, and what its text is (or a part of it); what is refused, and with which reasons.
READ = {
    "DOC01": ("a.pdf", circular_table, TALKS),
    "DOC02": ("a.pdf", outline_loop, TALKS),
    "DOC05": ("a.pdf", metadata_bomb, TALKS),
    "DOC07": ("a.pdf", active, TALKS),
    "DOC12": ("a.pdf", scanned, ""),
    "DOC15": ("a.docx", nested, TALKS),
    "DOC17": ("a.docx", paths, TALKS),
    "DOC21-template": ("a.docx", template_elsewhere, TALKS),
    "DOC23": ("a.docx", wide_table, "x\tx\tx"),
    "DOC24": ("a.html", lambda: ACTIVE_PAGE.encode(), TALKS),
    "DOC26": ("a.html", lambda: ACTIVE_PAGE.encode(), TALKS),
    "DOC27": ("a.html", lambda: ACTIVE_PAGE.encode(), "Read the draft"),
    "DOC25-ends": ("a.html", lambda: b"<p>Words</p>" + b"</b></a></i>" * 90_000, "Words"),
    "DOC25-fewer": ("a.html", lambda: b"<a>" * 50_000 + b"words", "words"),
    "DOC29": ("a.txt", lambda: b"words " * 300_000, "words words"),
}
REFUSED = {
    "DOC03": ("a.pdf", lost_table, "damaged time memory"),
    "DOC04": ("a.pdf", flate_bomb, "bomb"),
    "DOC06": ("a.pdf", many_pages, "pages"),
    "DOC06-lying": ("a.pdf", lambda: many_pages(20_000, declared=1), "pages"),
    "DOC08": ("a.pdf", locked, "encrypted"),
    "DOC09": ("a.pdf", half, "damaged"),
    "DOC10": ("a.pdf", bytes, "empty"),
    "DOC11": ("a.pdf", map_of_letters_elsewhere, "encoding"),
    "DOC13": ("a.docx", zip_bomb, "bomb"),
    "DOC14": ("a.docx", lying_package, "damaged bomb"),
    "DOC16": ("a.docx", many_members, "bomb"),
    "DOC18": ("a.docx", lambda: word_xml(PARAGRAPH.format("&j;"), ENTITIES), "bomb"),
    "DOC19": ("a.docx", quadratic, "bomb"),
    "DOC20": ("a.docx", lambda: outside("file:///etc/passwd"), "bomb"),
    "DOC20-utf-16": ("a.docx", outside_in_two_bytes, "bomb"),
    "DOC21": ("a.docx", lambda: outside("http://127.0.0.1:9/x"), "bomb"),
    "DOC22": ("a.docx", deep, "damaged"),
    "DOC25": ("a.html", lambda: b"<a>" * 1_000_000 + b"words", "bomb"),
    "DOC28-utf-7": ("a.html", lambda: b"<meta charset=utf-7><p>+ADw-script+AD4-alert(1)", "encoding"),
    "DOC28-utf-16": ("a.html", lambda: "<p>Words</p>".encode("utf-16-le"), "encoding"),
    "DOC28-lie-cyrillic": ("a.html", lambda: "<meta charset=cp1252><p>Президент".encode("cp1251"), "encoding"),
    "DOC28-lie": ("a.html", lambda: "<meta charset=gb2312><p>Gespr\xe4che".encode("cp1252"), "encoding"),
    "DOC29-long": ("a.txt", lambda: b"x" * 10_000_000, "too_large"),
    "DOC31-program": ("a.pdf", lambda: b"MZ\x90\0\3" + b"\0" * 500, "suffix"),
    "DOC31-pdf": ("a.txt", pdf_article, "suffix"),
    "DOC31-polyglot": ("a.pdf", lambda: pdf_article().replace(b"%PDF-1.7", b"%PDF-1.7\n%<html><script>"), "suffix"),
    "DOC31-polyglot-page": ("a.html", lambda: b"<!-- %PDF-1.7 --><html><p>Words", "suffix"),
    "DOC31-package": ("a.pdf", lambda: pdf_article() + word() + b"%%EOF", "suffix"),
    "DOC31-other-package": ("a.docx", other_package, "suffix"),
    "DOC31-page": ("a.txt", lambda: PAGE.encode(), "suffix"),
    "DOC31-text": ("a.eml", lambda: b"just words", "suffix"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_harm():
    """Within ten seconds, no child left behind, and the next good document is read."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < 12, "with the time that the test itself takes"
    assert children() == []
    assert extract("next.txt", b"Nobody signed.").text == "Nobody signed."


def children() -> list[str]:
    listed = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "args="], capture_output=True, text=True, check=False
    )
    return [line for line in listed.stdout.splitlines() if "formats.reader" in line]


@pytest.mark.parametrize(("name", "make", "said"), READ.values(), ids=READ)
def test_it_is_read_and_does_nothing(name, make, said):
    found = extract(name, make())
    assert isinstance(found, Extracted)
    assert said in found.text
    for never in ("alert", "root:", "steal", "127.0.0.1", "lol"):
        assert never not in found.text
    assert found.text or found.notices


@pytest.mark.parametrize(("name", "make", "reasons"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_a_sentence(name, make, reasons):
    content = make()
    began = time.monotonic()
    with pytest.raises(Unreadable) as refusal:
        extract(name, content)
    assert time.monotonic() - began < 10.5
    assert refusal.value.reason in reasons.split()
    assert str(refusal.value).endswith(".")


LINES = "The talks\nclosed.\n\nNobody – nobody – signed."


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85"], ids=["DOC30-LF", "DOC30-CRLF", "DOC30-CR", "DOC30-NEL"])
def test_the_ends_of_lines_are_brought_into_one_form_so_that_a_quotes_place_holds(end):
    found = extract("a.txt", b"\xff\xfe" + LINES.replace("\n", end).encode("utf-16-le"))
    assert found.text == LINES


NAMES = [
    "../../x.txt",
    "/etc/passwd.txt",
    "CON.txt",
    f"{'x' * 300}.txt",
    "a\r\nb.txt",
    "\u202etxt.exe.txt",
    "\"a'b.txt",
]
NAMES += ["-.txt", "a\0b.txt", "\ud800.txt"]


@pytest.mark.parametrize("name", NAMES, ids=[f"DOC32-{number}" for number in range(len(NAMES))])
def test_of_a_name_only_the_suffix_counts(name):
    assert extract(name, TALKS.encode()).text == TALKS


@pytest.mark.parametrize("name", ["a.txt\u202e", "a.txt.", "a.txt ", ".txt", "a", "", "a.txt\0.exe"])
def test_doc32_what_only_looks_like_a_suffix_is_none(name):
    with pytest.raises(Unreadable) as refusal:
        extract(name, TALKS.encode())
    assert refusal.value.reason == "suffix"


def test_doc33_the_same_file_twice_at_once_is_read_twice_the_same():
    content = pdf_article()
    with ThreadPoolExecutor() as pool:
        one, other = pool.map(extract, ["a.pdf", "b.pdf"], [content, content])
    assert one == other


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_that_may_only_not_be_printed_or_copied_is_read(algorithm):
    """As offices publish them: encrypted, and every reader opens it without a password."""
    assert extract("a.pdf", locked("", algorithm)).text == "The talks closed and nobody signed."
