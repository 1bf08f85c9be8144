"""Taking documents in: the text comes out in paragraphs, and what a document says of itself is proposed."""

import time
from datetime import date

import docx
import pytest
from docx.oxml import parse_xml

from negotiations.texts.extracting import KINDS, Unreadable, extract
from negotiations.texts.formats import reader
from negotiations.texts.formats.answers import Found
from negotiations.texts.marking import paragraphs

from .documents import ARTICLE, PAGE, TEXT, TITLE, drawn, mail, packed, pdf_article, pdf_of_one_page, saved, word


def read(name, content):
    """The same without the child process, which takes its time; what is peculiar to it is tested elsewhere."""
    found = reader.answer(KINDS[name.rpartition(".")[2]][0], content)
    assert isinstance(found, Found)
    return found


def test_a_plain_text_keeps_its_own_lines_and_paragraphs():
    found = extract("Talks.TXT", "\ufeffThe talks\r\nopened.\r\n\r\nNobody signed.\n".encode())
    assert found.text == "The talks\nopened.\n\nNobody signed."
    assert (found.kind, found.media_type) == ("txt", "text/plain")


def test_what_a_plain_text_does_not_say_stays_unknown():
    found = read("talks.txt", b"Nobody signed.")
    assert (found.title, found.outlet, found.url, found.published_on, found.language) == ("", "", "", None, "")


def test_the_first_heading_of_markdown_is_its_title():
    found = extract("talks.md", b"Some words\n\n# Nobody signed #\n\nThe talks *closed*.")
    assert (found.kind, found.title) == ("md", "Nobody signed")
    assert found.text.endswith("The talks *closed*.")


def test_the_front_matter_of_markdown_tells_of_the_text_and_is_none_of_it():
    facts = "title: 'Nobody signed'\ndate: 2026-01-09T08:00\nlang: en\nsource: https://post.example/1\ntags:\n  - x"
    front = f"---\n{facts}\n---\n"
    found = read("talks.md", f"{front}\n# Another heading\n\nThe talks closed.".encode())
    assert (found.title, found.published_on, found.language) == ("Nobody signed", date(2026, 1, 9), "en")
    assert (found.url, found.text) == ("https://post.example/1", "# Another heading\n\nThe talks closed.")
    ruled = "---\nThe talks closed.\n---\nNobody signed."  # rules around words, as some make a heading
    assert read("talks.md", ruled.encode()).text == ruled


def test_of_a_news_page_only_the_article_is_read():
    found = read("no-deal.html", PAGE.encode())
    assert found.text == f"{TITLE}\n\n{TEXT}"
    assert (found.title, found.outlet, found.url) == (TITLE, "The Harbour Post", "https://harbour.example/no-deal")
    assert (found.published_on, found.language) == (date(2026, 1, 6), "en-GB")


def test_of_a_short_page_everything_is_read_but_what_stands_around():
    page = "<title>Note</title><nav>Home</nav><p>Nobody <b>signed</b>.<br>Not yet.</p><textarea>type here</textarea>"
    page += "<ul><li>Ships:\n   open</ul><footer>© 2026</footer>"
    found = read("note.htm", page.encode())
    assert (found.title, found.text) == ("Note", "Nobody signed.\nNot yet.\n\nShips: open")


def test_the_address_that_a_browser_noted_when_the_page_was_saved_is_proposed():
    note = "<!DOCTYPE html>\n<!-- saved from url=(0031)https://harbour.example/no-deal -->\n<html><p>Nobody signed.</p>"
    assert read("saved.html", note.encode()).url == "https://harbour.example/no-deal"
    assert read("saved.html", note.replace("https:", "javascript:").encode()).url == ""


def test_a_page_without_paragraphs_or_metadata_is_read_all_the_same():
    page = "<html><body><h1>Statement</h1>" + "<br><br>".join(ARTICLE) + "</body></html>"
    found = read("statement.html", page.encode())
    assert found.text == f"Statement\n\n{TEXT}"
    assert (found.title, found.outlet, found.published_on) == ("Statement", "", None)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.eml", b"X-a: b\r\n" * 7_000),
        ("a.html", b"<!---->" * 8_000 + b"words"),
        ("a.html", b"<!-- " * 12_000),
        ("a.eml", b"From: " + b"(" * 100_000),
    ],
)
def test_a_beginning_that_goes_on_and_on_is_looked_at_once(name, content):
    began = time.monotonic()
    with pytest.raises(Unreadable):
        extract(name, content)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("told_by", [{"gap": 8}, {"gap": 0, "indent": 20}], ids=["gap", "indent"])
def test_the_wrapped_lines_of_a_pdf_become_paragraphs_again(told_by):
    assert read("a.pdf", pdf_article(**told_by)).text == TEXT


def test_words_parted_at_the_end_of_a_line_are_put_together():
    lines = ["The monitors are to be in place by the spring, and the agree-", "ment is to be a long-", "term one."]
    content = drawn([(72, 700 - 14 * number, line) for number, line in enumerate(lines)])
    assert "the agreement is to be a long-term one." in read("a.pdf", pdf_of_one_page(packed(content))).text


def test_a_pdf_proposes_its_title_but_not_the_name_of_a_file():
    content = packed(drawn([(72, 700, "Words")]))
    for title, proposed in ((b"Joint statement", "Joint statement"), (b"Microsoft Word - draft3.docx", "")):
        made = pdf_of_one_page(content, b"<< /Title (%s) >>" % title, trailer=b"/Info 6 0 R", catalog=b"/Lang (en-GB)")
        found = read("a.pdf", made)
        assert (found.title, found.language, found.published_on) == (proposed, "en-GB", None)


def test_a_document_of_word_is_read_in_paragraphs():
    found = read("a.docx", word(title="Joint statement"))
    assert (found.text, found.title, found.notices) == (TEXT, "Joint statement", ())


def test_without_a_title_in_its_properties_the_first_heading_is_proposed():
    document = docx.Document()
    document.add_paragraph("Porto Alto, 6 January")
    document.add_heading("No deal on ships", level=1)
    document.add_heading("What comes next", level=1)
    assert read("a.docx", saved(document)).title == "No deal on ships"


def test_words_in_tables_boxes_and_tracked_changes_are_read_too():
    document = docx.Document()
    paragraph = document.add_paragraph("They will")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "North", "4 ships"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    run = '<w:r><w:{0} xml:space="preserve">{1}</w:{0}></w:r>'
    for xml in (
        f"<w:del {space}>{run.format('delText', ' not')}</w:del>",
        f"<w:ins {space}>{run.format('t', ' never')}</w:ins>",
        f"<w:sdt {space}><w:sdtContent>{run.format('t', ' sign.')}</w:sdtContent></w:sdt>",
        f"<w:r {space}><w:pict><w:txbxContent><w:p>{run.format('t', 'In a box')}</w:p></w:txbxContent></w:pict></w:r>",
    ):
        paragraph._p.append(parse_xml(xml))
    found = read("a.docx", saved(document))
    assert found.text == "They will never sign.\n\nIn a box\n\nNorth\t4 ships"
    assert "tracked changes" in found.notices[0]


def test_a_table_within_a_table_is_read_once():
    document = docx.Document()
    cell = document.add_table(1, 2).cell(0, 0)
    cell.text = "Ships:"
    cell.add_table(1, 2).cell(0, 1).text = "four"
    assert read("a.docx", saved(document)).text.count("four") == 1


def test_of_a_mail_the_plain_text_is_read_and_nothing_is_opened():
    found = read("a.eml", mail(plain=TEXT, page="<p>Something else</p>"))
    assert (found.text, found.title, found.outlet) == (TEXT, TITLE, "The Harbour Post")
    assert found.published_on == date(2026, 1, 6)


def test_of_a_mail_without_plain_text_the_page_is_read():
    found = read("a.eml", mail(page="<html><body><p>The talks <b>closed</b>.</p><p>Nobody signed.</p></body></html>"))
    assert found.text == "The talks closed.\n\nNobody signed."


def test_what_is_attached_to_a_mail_is_told_but_not_opened():
    lines = ["Subject: =?utf-8?q?Gespr=C3=A4che?=", "From: post@harbour.example", "MIME-Version: 1.0"]
    lines += ['Content-Type: multipart/mixed; boundary="x"', "", "--x", "Content-Type: text/plain; charset=iso-8859-1"]
    lines += ["Content-Transfer-Encoding: quoted-printable", "", "M=FCde V=F6lker.", "--x"]
    lines += ['Content-Disposition: attachment; filename="../../x.docx"', "", "PK", "--x--", ""]
    found = read("a.eml", "\r\n".join(lines).encode())
    assert (found.text, found.title, found.outlet) == ("Müde Völker.", "Gespräche", "post@harbour.example")
    assert found.notices == ("One attachment was not opened.",)
    assert found.published_on is None


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.html", PAGE.encode()), ("a.pdf", pdf_article()), ("a.docx", word()), ("a.eml", mail(plain=TEXT))],
)
def test_the_paragraphs_are_those_that_the_reader_is_shown(name, content):
    text = extract(name, content).text
    shown = [text[start:end] for start, end in paragraphs(text)]
    assert shown[-len(ARTICLE) :] == list(ARTICLE)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (TEXT, "en"),
        ("Дві делегації зустрілися у вівторок вранці в старій митниці й розмовляли шість годин. " * 3, "uk"),
        ("Die beiden Delegationen trafen sich am Dienstag im alten Zollhaus und sprachen lange. " * 3, "de"),
        ("Nobody signed.", ""),
        ("4 ships, 5 ships. " * 30, ""),
    ],
)
def test_the_language_is_proposed_where_it_is_sure(text, language):
    assert read("a.txt", text.encode()).language == language


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.exe", b"words", "suffix"),
        ("txt", b"words", "suffix"),
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t\n", "empty"),
        ("a.html", b"<html><body><script>1</script></body></html>", "empty"),
        ("a.docx", word(("",)), "empty"),
        ("a.pdf", pdf_of_one_page(packed(b"")), "empty"),
        ("a.eml", b"From: a@b.example\nSubject: x\nContent-Type: image/png\n\nxx", "empty"),
        ("a.txt", b"words\0words", "binary"),
        ("a.txt", bytes(range(1, 127)), "binary"),
        ("a.txt", b"caf\xff", "encoding"),
        ("a.txt", b"x" * 2_000_001, "too_large"),
        ("a.txt", b"x" * 20_000_001, "too_large"),
        ("a.docx", b"PK\x03\x04 and no more", "damaged"),
        ("a.pdf", b"%PDF-1.7\nnothing\n%%EOF", "damaged"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(name, content, reason):
    with pytest.raises(Unreadable) as refusal:
        extract(name, content)
    assert refusal.value.reason == reason
    assert str(refusal.value).endswith(".")
