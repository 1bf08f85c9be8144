"""Handing a document in by browser: what is asked, what is answered, and what hostile files come to."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from negotiations.models import Intake, Source
from tests import factories as make
from tests.stories import record
from tests.views.looking import look, questions, words

TAKE_IN = "/n/paris/take-in/"
REPORT = "Talks go on\n\nThe minister said that her country would send observers once the guns are silent."


def upload(client, name: str, content: bytes, **more):
    return client.post(TAKE_IN, {"file": SimpleUploadedFile(name, content), **more})


def waiting(client, text: str = REPORT) -> str:
    """Paste a text; the address at which it waits."""
    return client.post(TAKE_IN, {"text": text})["Location"]


def test_an_analyst_pastes_a_text_says_what_it_is_and_reads_it(world, analyst_client):
    page = look(analyst_client, waiting(analyst_client))
    assert "What is this document?" in words(page)
    assert "The minister said" in words(page)
    sent = {"title": "Talks go on", "outlet": "New Gazette", "published_on": "2026-01-06", "language": "en"}
    answer = analyst_client.post(page.request["PATH_INFO"], sent, follow=True)
    assert "“Talks go on” is taken in." in answer.content.decode()
    assert "New Gazette" in words(answer)
    assert "6 January 2026" in words(answer)


def test_the_title_is_asked_for_where_the_document_has_none(world, analyst_client):
    address = waiting(analyst_client)
    answer = analyst_client.post(address, {"title": " ", "url": "javascript:alert(1)", "published_on": "31.4."})
    assert answer.status_code == 422
    said = words(answer)
    assert "Write an address that begins with https:// or http://" in said
    assert "Write the day like 2026-01-06, or leave it empty." in said
    assert "javascript:alert(1)" in answer.content.decode(), "what was typed stays"
    assert "Give it a title" in words(analyst_client.post(address, {"title": "\u200d "}))
    assert not Source.objects.filter(title="").exists()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "10000-01-01", "2026-02-29", "2026-13-01", "0000-00-00"])
def test_VAL01_VAL02_a_day_that_cant_be_is_refused_with_a_sentence(day, world, analyst_client):
    answer = analyst_client.post(waiting(analyst_client), {"title": "Talks", "published_on": day})
    assert answer.status_code == 422
    assert Source.objects.count() == 1


def test_neither_a_file_nor_a_text_and_both_are_told(world, analyst_client):
    assert "Choose a file, or paste the text." in words(analyst_client.post(TAKE_IN, {}))
    both = upload(analyst_client, "a.txt", b"Some words.", text=REPORT)
    assert both.status_code == 422
    assert "not both" in words(both)


def test_the_same_text_again_leads_to_the_source_that_has_it(world, analyst_client):
    analyst_client.post(waiting(analyst_client), {"title": "Talks go on"})
    answer = analyst_client.post(TAKE_IN, {"text": REPORT}, follow=True)
    assert answer.redirect_chain[-1][0] == "/n/paris/sources/talks-go-on/"
    assert "This text is here already" in answer.content.decode()


def test_the_same_form_sent_twice_leads_to_the_one_source(world, analyst_client):
    address = waiting(analyst_client)
    for _ in range(2):
        answer = analyst_client.post(address, {"title": "Talks go on"})
        assert answer["Location"] == "/n/paris/sources/talks-go-on/"
    assert Source.objects.filter(title="Talks go on").count() == 1


def test_the_same_form_sent_again_with_other_words_is_told_so(world, analyst_client):
    address = waiting(analyst_client)
    analyst_client.post(address, {"title": "Talks go on"})
    answer = analyst_client.post(address, {"title": "Another title"}, follow=True)
    assert "sent before with another content" in answer.content.decode()
    assert not Source.objects.filter(title="Another title").exists()


def test_a_document_can_be_thrown_away(world, analyst_client):
    address = waiting(analyst_client)
    assert "Nothing was kept of it" in analyst_client.post(address, {"act": "discard"}, follow=True).content.decode()
    assert not Intake.objects.exists()
    assert analyst_client.get(address).status_code == 404


def test_a_further_text_of_a_source_asks_for_nothing_else(world, analyst_client):
    page = look(analyst_client, TAKE_IN, source="summit-report")
    assert "Of “After the summit”" in words(page)
    answer = analyst_client.post(TAKE_IN, {"text": REPORT, "source": "summit-report"})
    assert "the full text of “After the summit”" in words(look(analyst_client, answer["Location"]))
    answer = analyst_client.post(answer["Location"], {"source": "summit-report"})
    assert answer["Location"] == "/n/paris/sources/summit-report/"
    assert world.source.snapshots.count() == 2
    assert look(analyst_client, TAKE_IN, source="").status_code == 200
    assert analyst_client.get(TAKE_IN, {"source": "nowhere"}).status_code == 404


def test_a_further_text_with_other_words_leads_to_the_cells_that_wait(world, analyst, analyst_client):
    record(world, world.germany, world.force, by=analyst, evidence=[world.neighbours])
    text = world.snapshot.text.replace("in neighbouring", "in no neighbouring")
    answer = analyst_client.post(TAKE_IN, {"text": text, "source": "summit-report"})
    told = analyst_client.post(answer["Location"], {"source": "summit-report"}, follow=True).content.decode()
    assert "“After the summit” has a further text. Of its 3 quotes 2 hold there." in told
    assert '<a href="/n/paris/rechecks/?reason=anchor">1 cell is to be re-checked</a>' in told


def test_the_number_of_questions_does_not_grow_with_the_sources(world, analyst_client):
    address = waiting(analyst_client)
    few = questions(analyst_client, address)
    for n in range(20):
        source = make.SourceFactory(negotiation=world.negotiation)
        make.SnapshotFactory(source=source, kind="full", text=f"Number {n}. {REPORT}")
    assert questions(analyst_client, address) == few <= 10


# --- hostile documents, as they come by browser ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "name", "content", "sentence"),
    [
        ("DOC10", "report.pdf", b"", "This file is empty."),
        ("DOC31", "report.pdf", b"MZ\x90\x00" + b"\x00" * 60, ""),
        ("DOC31", "report.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", ""),
        ("DOC31", "report.exe", b"Plain words.", "Parley reads files called"),
    ],
)
def test_a_bad_file_gets_a_sentence_at_its_field_and_leaves_nothing(id, name, content, sentence, world, analyst_client):
    answer = upload(analyst_client, name, content)
    assert answer.status_code == 422, id
    assert "errorlist" in answer.content.decode()
    assert sentence in words(answer)
    assert not Intake.objects.exists()


HOSTILE = [
    "<script>alert(1)</script> {{7*7}} {% csrf %} ${7*7}",
    "</textarea></title><script>alert(1)</script>",
    '" onfocus=alert(1) autofocus="',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_TXT09_TXT10_TXT11_what_a_document_says_is_shown_as_text(text, world, analyst_client):
    address = waiting(analyst_client, f"{text}\n\nSome more words to read.")
    page = look(analyst_client, address).content.decode()
    assert "<script>alert" not in page
    assert " onfocus=alert" not in page.replace("&quot; onfocus", "")
    answer = analyst_client.post(address, {"title": text, "outlet": text}, follow=True)
    shown = answer.content.decode()
    assert "<script>alert" not in shown
    assert Source.objects.get(title=text).snapshots.get().text.startswith(text)


def test_DOC32_a_hostile_name_can_do_nothing(world, analyst_client):
    answer = upload(analyst_client, "talks\u202e;<b>.txt", REPORT.encode())
    page = look(analyst_client, answer["Location"]).content.decode()
    assert "<b>.txt" not in page
    assert "\u202e" not in page
    analyst_client.post(answer["Location"], {"title": "Talks go on"})
    file = analyst_client.get("/n/paris/sources/talks-go-on/texts/1/original")
    assert "\n" not in file["Content-Disposition"]
    assert file["Content-Disposition"].startswith("attachment; filename")


def test_DOC07_a_file_is_only_ever_saved_and_never_shown(world, analyst_client):
    answer = upload(analyst_client, "talks.txt", REPORT.encode())
    analyst_client.post(answer["Location"], {"title": "Talks go on"})
    page = look(analyst_client, "/n/paris/sources/talks-go-on/")
    assert "/n/paris/sources/talks-go-on/texts/1/original" in page.content.decode()
    file = analyst_client.get("/n/paris/sources/talks-go-on/texts/1/original")
    assert file.content == REPORT.encode()
    assert file["Content-Type"] == "application/octet-stream"
    assert file["Content-Disposition"] == 'attachment; filename="talks.txt"'
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Security-Policy"] == "sandbox; default-src 'none'"
    ranged = analyst_client.get("/n/paris/sources/talks-go-on/texts/1/original", HTTP_RANGE="bytes=0-," * 1000)
    assert (ranged.status_code, len(ranged.content)) == (200, len(REPORT.encode()))


def test_HTTP10_what_says_that_it_is_giant_is_refused_before_it_is_read(world, analyst_client):
    answer = analyst_client.generic(
        "POST", TAKE_IN, b"x", content_type="multipart/form-data; boundary=b", CONTENT_LENGTH=str(10**9)
    )
    assert answer.status_code == 413
    assert "up to 20 MB" in words(answer)


def test_a_file_just_too_large_gets_a_sentence(world, analyst_client):
    answer = upload(analyst_client, "talks.txt", b"a" * (20 * 1024 * 1024 + 1))
    assert answer.status_code == 422
    assert "This file is too large" in words(answer)


@pytest.mark.parametrize("content_type", ["multipart/form-data", f"multipart/form-data; boundary={'b' * 1_000_000}"])
def test_HTTP15_a_body_without_a_sane_boundary_is_refused(content_type, world, analyst_client):
    assert analyst_client.generic("POST", TAKE_IN, b"--b\r\n", content_type=content_type).status_code in (400, 422)


def test_TXT01_a_nul_in_a_pasted_text_is_refused(world, analyst_client):
    answer = analyst_client.post(TAKE_IN, {"text": "Some words\x00 and more."})
    assert answer.status_code == 422
    assert not Intake.objects.exists()


@pytest.mark.parametrize("text", ["", "Some words."])
def test_TXT01_a_nul_in_the_name_of_a_source_is_refused(text, world, analyst_client):
    assert analyst_client.post(TAKE_IN, {"text": text, "source": "\x00"}).status_code == 422
