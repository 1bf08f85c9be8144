"""Letters are read for certain or not at all."""

from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.forms.fields import refuse_controls
from negotiations.texts.extracting import Unreadable
from negotiations.texts.formats import decoding
from negotiations.texts.formats.tidying import one_line, tidy


def decode(content, declared=""):
    return decoding.decode(content, declared)[0]


GERMAN = "Die Gespräche über müde Völker können größer werden."
POLISH = "Prezydent powiedział w środę, że rozmowy są trudne i że żądania się zmieniły. Łódź i Gdańsk."
UKRAINIAN = "Президент сказав, що переговори тривають і що угоду ще не підписано."
ENGLISH = "The minister said: “We’ll never sign” – and left."
FRENCH = "Le président a déclaré à Élysée que l’accord est près d’être signé."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_a_mark_at_the_beginning_or_utf_8_is_certain(encoding):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert decode(mark + UKRAINIAN.encode(encoding)) == UKRAINIAN


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (POLISH, "cp1250"),
        (UKRAINIAN, "cp1251"),
        (ENGLISH, "cp1252"),
        ("It costs €5 billion.", "cp1252"),
    ],
)
def test_a_code_page_is_guessed_where_only_one_makes_words(text, encoding):
    assert decode(text.encode(encoding)) == text


HUNGARIAN = (
    "Az elnök azt mondta, hogy a tárgyalások folytatódnak, és a megállapodást még nem írták alá. Erős tűzszünet."
)
TURKISH = "Cumhurbaşkanı görüşmelerin sürdüğünü ve anlaşmanın henüz imzalanmadığını söyledi. İstanbul’da kimse yok."
DANISH = "Statsministeren sagde, at forhandlingerne fortsætter på mødet i København. Først ærlighed, så fred."


@pytest.mark.parametrize(
    ("text", "encoding"), [(FRENCH, "cp1252"), (DANISH, "cp1252"), (HUNGARIAN, "cp1250"), (TURKISH, "cp1254")]
)
def test_where_several_make_words_the_language_decides_if_there_is_enough_of_it(text, encoding):
    long = f"{text} " * 4
    assert decode(long.encode(encoding)) == long


@pytest.mark.parametrize("content", [FRENCH.encode("cp1252"), FRENCH.encode("mac-roman"), b"caf\xff"])
def test_where_two_make_words_nobody_can_tell(content):
    with pytest.raises(Unreadable, match="UTF-8"):
        decode(content)


def test_a_guess_is_told_and_what_is_certain_is_not():
    assert decoding.decode(GERMAN.encode("cp1252")) == (GERMAN, (mock.ANY,))
    [notice] = decoding.decode(POLISH.encode("cp1250"))[1]
    assert "Windows-1250" in notice
    assert decoding.decode(GERMAN.encode()) == decoding.decode(GERMAN.encode("cp1252"), "latin-1") == (GERMAN, ())


def test_what_a_document_declares_decides_what_could_not_be_told():
    assert decode(FRENCH.encode("cp1252"), "ISO-8859-1") == FRENCH
    assert decode("会談は終わった。".encode("shift_jis"), "Shift_JIS") == "会談は終わった。"
    assert decode("会談は終わった。".encode("iso-2022-jp"), "ISO-2022-JP") == "会談は終わった。"


def test_utf_8_is_believed_more_than_what_is_declared():
    assert decode(FRENCH.encode(), "iso-8859-1") == FRENCH


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        (UKRAINIAN.encode("cp1251"), "cp1252"),
        (GERMAN.encode("cp1252"), "cp1251"),
        (GERMAN.encode("cp1252"), "gb2312"),
        (b"+ADw-script+AD4-", "utf-7"),
        (b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-", ""),
        ("<p>Words".encode("utf-16-le"), "utf-8"),
        (b"\xff\xfeodd", ""),
    ],
)
def test_a_lie_makes_no_letters(content, declared):
    with pytest.raises(Unreadable) as refusal:
        decode(content, declared)
    assert refusal.value.reason == "encoding"


@pytest.mark.parametrize("name", ["klingon", "hex", "zip", "rot13", "idna", "unicode_escape", "\0", "x" * 999])
def test_a_declared_name_is_no_way_to_other_codecs(name):
    assert decode(b"words", name) == "words"


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("\ufeffa\r\nb\rc\x85d\u2028e", "a\nb\nc\nd\ne"),
        ("a\u2029b\x0cc", "a\n\nb\nc"),
        ("a\x00\x07\x1bb\x9fc\td", "abc\td"),
        ("\n\n a\n ", "a"),
        ("a\ud800b", "a\ufffdb"),
        ("a\ufeffb\u200dc", "a\ufeffb\u200dc"),
    ],
)
def test_text_is_brought_into_one_form_once(given, text):
    assert tidy(given) == text
    assert tidy(text) == text


@given(st.text(st.characters(exclude_categories=[]) | st.sampled_from("\ufeff\r\n\x85\u2028\u2029 \t\0")))
def test_tidied_text_can_be_stored_and_stays_as_it_is(given_text):
    text = tidy(given_text)
    assert tidy(text) == text
    refuse_controls(text)


def test_the_ends_of_lines_are_the_same_whatever_the_file_had():
    lines = "The talks\nclosed.\n\nNobody – nobody – signed."
    for end in ("\r\n", "\r", "\x85"):
        for encoding in ("utf-8", "utf-16"):
            assert tidy(decode(lines.replace("\n", end).encode(encoding))) == lines


def test_what_a_document_says_of_itself_is_one_line_or_nothing():
    assert one_line(" No\r\n deal \x07", 300) == "No deal"
    assert one_line("\u200d\u2060", 300) == ""
    assert one_line("x" * 301, 300) == ""
    assert one_line(None, 300) == ""
