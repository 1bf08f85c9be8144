"""Taking documents in: the text comes out in paragraphs, and what a document says of itself is proposed."""

import pytest

from negotiations.texts.extracting import Unreadable, extract


def test_a_plain_text_keeps_its_own_lines_and_paragraphs():
    found = extract("Talks.TXT", "\ufeffThe talks\r\nopened.\r\n\r\nNobody signed.\n".encode())
    assert found.text == "The talks\nopened.\n\nNobody signed."
    assert (found.kind, found.media_type) == ("txt", "text/plain")


def test_what_a_plain_text_does_not_say_stays_unknown():
    found = extract("talks.txt", b"Nobody signed.")
    assert (found.title, found.outlet, found.url, found.published_on, found.language) == ("", "", "", None, "")


def test_the_first_heading_of_markdown_is_its_title():
    found = extract("talks.md", b"Some words\n\n# Nobody signed #\n\nThe talks *closed*.")
    assert (found.kind, found.title) == ("md", "Nobody signed")
    assert found.text.endswith("The talks *closed*.")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.exe", b"words", "suffix"),
        ("txt", b"words", "suffix"),
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t\n", "empty"),
        ("a.txt", b"words\0words", "binary"),
        ("a.txt", b"caf\xff", "encoding"),
        ("a.txt", b"x" * 2_000_001, "too_large"),
        ("a.txt", b"x" * 20_000_001, "too_large"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(name, content, reason):
    with pytest.raises(Unreadable) as refusal:
        extract(name, content)
    assert refusal.value.reason == reason
    assert str(refusal.value).endswith(".")
