"""Whatever is typed is text: kept as it came, shown as it was written, and never run.

Tests are named by the row of the list of hostile inputs that they answer.
"""

from __future__ import annotations

from http.cookies import SimpleCookie
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from negotiations.models import Stance
from tests.pages import filled_in, read
from tests.stories import record
from tests.views.cell_pages import CELL, EDIT, EMPTY, HTMX, errors, form, page, recorded, send, typed

TEXTS = ["rationale", "conditions", "limits", "why"]
MARKUP = {
    "TXT09_script": "<script>alert(1)</script>",
    "TXT09_templates": "{{7*7}} {% csrf_token %} ${7*7} #{7*7}",
    "TXT10_attribute": "\" onfocus=x autofocus ' onload=y ;",
    "TXT10_address": "javascript:alert(1) data:text/html,<b>x</b>",
    "TXT11_breakout": "</textarea></title></script></style>--><svg/onload=alert(1)>",
    "TXT12_sql": "%' OR 1=1-- \\ _ '; DROP TABLE negotiations_stance; --",
    "entities": "&lt;b&gt; &amp;amp; &#x3c;",
    "lines": "one\n\n  two <br> three",
    "TXT02_bidi": "left \u202eright\u202c \u2066isolated\u2069",
    "TXT07_emoji": "family 👩‍👩‍👧‍👦 flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "TXT08_astral": "𝔘𝔫𝔦 \ufffe \U0010ffff \ufffd",
    "TXT06_marks": "e" + "\u0301" * 2000,
}


@pytest.mark.parametrize("text", MARKUP.values(), ids=MARKUP)
def test_markup_is_kept_and_shown_as_it_was_written(text, judged, analyst_client):
    data = typed(analyst_client, **dict.fromkeys(TEXTS, text))
    assert send(analyst_client, data).status_code == 302
    stance = Stance.objects.get(seq=2)
    assert {stance.rationale, stance.conditions, stance.limits} == {text}, "stored as it came"
    shown = page(analyst_client)
    assert shown.find("div", "plate").all("p")[-1].raw == text
    assert not [each for each in shown.all("script") if "src" not in each]


def test_all_markup_at_once_is_shown_as_it_was_written_everywhere(judged, second_analyst, analyst_client):
    text = "; ".join(MARKUP.values())
    stale = typed(analyst_client, **dict.fromkeys(TEXTS, text))
    data = typed(analyst_client, **dict.fromkeys(TEXTS, text))
    assert send(analyst_client, data).status_code == 302
    stance = Stance.objects.get(seq=2)
    assert {stance.rationale, stance.conditions, stance.limits} == {text}, "stored as it came"
    for address in (CELL, f"{CELL}?as_of=2026-01-06"):
        shown = page(analyst_client, address)
        assert shown.find("div", "plate").all("p")[-1].raw == text
        [conditions, limits] = [dd.raw for dd in shown.find("dl", "kv").all("dd")[:2]]
        assert (conditions, limits) == (text, text)
        assert shown.find("ol", "hist").find("p", "why").raw == text
        assert not [each for each in shown.all("script") if "src" not in each]
    assert filled_in(form(analyst_client))["rationale"] == [text], "and comes back into the form"
    record(judged, judged.germany, judged.force, by=second_analyst, rationale=text, evidence=[judged.send], why=text)
    shown = read(send(analyst_client, stale))
    theirs = shown.find("input", name="pick-rationale", value="theirs").parent
    assert theirs is not None and theirs.find("ins").raw == f"new: {text}"
    assert filled_in(shown.find("form", action=EDIT))["rationale"] == [text], "and is carried through a conflict"
    old = page(analyst_client).find("ol", "hist").all("li")[1]
    assert old.find("details").find("p").raw == text, "and stays in the history"


def test_markup_that_is_searched_for_is_only_words(judged, analyst_client):
    data = typed(analyst_client, act="find")
    for text in MARKUP.values():
        found = read(send(analyst_client, data | {"words": text})).find("form", action=EDIT)
        assert found.find("input", name="words")["value"] == text
        assert [quote.text for quote in found.all("span", "quote")] == ["“in neighbouring countries”"], "the one chosen"


WORDS = {
    "TXT12_wildcards": ["%", "_", "\\", "%%%"],
    "TXT13_TXT14_patterns_and_operators": ["(a+)+$", "zebra & | ! <-> (", "'" * 1000, "x " * 100_000],
}


@pytest.mark.parametrize("kind", WORDS)
def test_what_is_looked_for_is_only_words(kind, judged, analyst_client):
    data = typed(analyst_client, EMPTY + "edit", act="find")
    for words in WORDS[kind]:
        response = send(analyst_client, data | {"words": words}, EMPTY + "edit")
        assert response.status_code == 200
        assert "No quote has these words." in read(response).text
        assert not read(response).has("span", "quote")


BLANK = ["", " ", "\n\t ", "\u200b\u200d\ufeff", "\u202e\u202c", "\u3164", "\u2800\u00a0", "\ufe0f\u0301"]


def test_TXT04_a_reason_of_which_nothing_can_be_seen_is_none(judged, analyst_client):
    before = recorded()
    data = typed(analyst_client)
    for blank in BLANK:
        shown = read(send(analyst_client, data | {"why": blank, "rationale": blank}))
        assert "Say why you make this change" in errors(shown)
        assert "Say how the words lead to this judgement" in errors(shown)
    assert recorded() == before


def test_TXT04_a_condition_of_which_nothing_can_be_seen_is_none(judged, analyst_client):
    data = typed(analyst_client, why="Look.")
    for seq, blank in enumerate(BLANK, start=2):
        key = str(uuid4())
        answer = send(analyst_client, data | {"conditions": blank, "limits": blank, "based_on": seq - 1, "key": key})
        assert answer.status_code == 302
        assert (Stance.objects.get(seq=seq).conditions, Stance.objects.get(seq=seq).limits) == ("", "")
    assert not page(analyst_client).find("div", "verdict").has("span", "if")


def test_TXT08_control_characters_are_refused_and_their_place_told(judged, analyst_client):
    row = {"source-0": judged.source.pk, "locator-bearing-0": "context"}
    data = typed(analyst_client, **row)
    before = recorded()
    for control in ("\x01", "\x0b", "\x1b[31m", "\x7f", "\x85", "\x9b"):
        response = send(analyst_client, data | dict.fromkeys([*TEXTS, "locator-0"], f"ab{control}c"))
        assert response.status_code == 422
        told = errors(read(response)).count("Character 3 is a control character, which text can't hold.")
        assert told == 2 * (len(TEXTS) + 1), "at its place, and above"
    assert recorded() == before


def test_line_ends_of_any_kind_become_one_kind(judged, analyst_client):
    assert send(analyst_client, typed(analyst_client, why="Look.", rationale="a\r\nb\rc\nd")).status_code == 302
    assert Stance.objects.get(seq=2).rationale == "a\nb\nc\nd"


def test_TXT16_a_text_may_have_20000_characters_and_not_one_more(judged, analyst_client):
    for length, status in ((20_001, 422), (1_000_000, 422), (20_000, 302)):
        data = typed(analyst_client, why="Long.", rationale="é" * length)
        assert send(analyst_client, data).status_code == status
    assert len(Stance.objects.get(seq=2).rationale) == 20_000


# --- NUL: PostgreSQL's text has none ---------------------------------------------------------------------

NAMES = [
    *TEXTS, "code", "depends_on", "red_line", "confidence", "held_from", "precision", "cause", "replaces",
    "based_on", "key", "words", "act", "source-0", "locator-0", "locator-bearing-0", "pick-code", "bearing-\x00",
    "bearing-1\x00", "source-\x00", "no-field\x00",
]  # fmt: skip


def test_TXT01_a_nul_in_the_body_is_refused_or_left_out(judged, analyst_client):
    """A form error where it stands in a field, and never a fault of the server."""
    row = {"source-0": judged.source.pk, "locator-0": "p. 3", "locator-bearing-0": "context"}
    data = typed(analyst_client, **({"why": "Look."} | row))
    for name in NAMES:
        response = send(analyst_client, data | {name: "a\x00b"})
        assert response.status_code in (200, 302, 409, 422), name
        if name in (*TEXTS, "locator-0", "held_from", "key", "based_on"):
            assert response.status_code == 422, name
            assert errors(read(response))


@pytest.mark.parametrize("act", ["find", "edit"])
def test_TXT01_a_nul_everywhere_stops_nobody_from_editing_on(act, judged, analyst_client):
    data = typed(analyst_client) | dict.fromkeys(NAMES, "a\x00b") | {"act": act}
    assert send(analyst_client, data).status_code in (200, 422)


def test_TXT01_a_nul_in_the_address_is_refused(judged, analyst_client):
    for address in (
        CELL + "?as_of=%00", CELL + "?%00=1", EDIT + "?cause=%00", "/n/paris/?code=a%00", "/n/paris/?collective=%00",
        "/n/pa%00ris/", "/n/paris/positions/ger%00many/2/", "/%00",
    ):  # fmt: skip
        response = analyst_client.get(address)
        assert response.status_code == 400, address
        assert read(response).find("h1").text


def test_TXT01_a_nul_in_a_cookie_is_refused(judged, analyst_client, settings):
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "theme", "other"):
        kept = {each: morsel.value for each, morsel in analyst_client.cookies.items()}
        analyst_client.cookies[name] = "a\x00b"
        assert analyst_client.get(CELL).status_code == 400, name
        analyst_client.cookies = SimpleCookie(kept)
    assert analyst_client.get(CELL).status_code == 200


def test_TXT01_a_nul_in_a_header_is_refused(judged, analyst_client):
    for name in ("HX-Target", "HX-Current-URL", "User-Agent", "Accept-Language", "X-Forwarded-For"):
        assert analyst_client.get(CELL, headers=HTMX | {name: "a\x00b"}).status_code == 400


def test_TXT03_half_a_character_becomes_the_sign_for_one_that_is_lost(judged, analyst_client):
    data = typed(analyst_client, why="Look.")
    body = urlencode(data, doseq=True) + "&limits=%ED%A0%80x%FF"
    sent = analyst_client.post(EDIT, body, content_type="application/x-www-form-urlencoded")
    assert sent.status_code == 302
    assert set(Stance.objects.get(seq=2).limits) == {"\ufffd", "x"}
