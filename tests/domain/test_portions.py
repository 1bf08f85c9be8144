"""A long text is shown in portions, and every place in it can be reached."""

from __future__ import annotations

import time

from negotiations.domain.portions import MOST_CHARACTERS, MOST_HITS, MOST_PARAGRAPHS, Portions


def test_a_short_text_is_one_portion():
    text = Portions("One.\n\nTwo.")
    assert text.around(1) == text.around(99) == text.around(0)
    assert (text.around(1).before, text.around(1).after) == (None, None)
    assert (text.around(1).first, text.around(1).last, text.around(1).total) == (1, 2, 2)


def test_a_text_without_words_has_a_portion_without_paragraphs():
    assert (Portions(" \n ").around(1).last, Portions("").around(1).total) == (0, 0)


def test_portions_join_without_a_gap():
    text = Portions("\n\n".join(f"{n} " + "word " * 300 for n in range(1000)))
    portion = text.around(1)
    assert portion.before is None
    seen = 0
    while portion.after:
        assert portion.first == seen + 1
        assert text.spans[portion.last - 1][1] - text.spans[portion.first - 1][0] <= MOST_CHARACTERS
        seen = portion.last
        assert text.around(portion.last) == portion
        before, portion = portion, text.around(portion.after)
        assert portion.before == before.first
    assert portion.last == portion.total == 1000


def test_many_short_paragraphs_are_portioned_by_their_number():
    text = Portions("a\n\n" * (3 * MOST_PARAGRAPHS))
    assert [text.around(n).first for n in (1, 1000, 1001, 3000)] == [1, 1, 1001, 2001]


def test_places_know_their_portion():
    text = Portions("  \n\n" + "word " * 50_000)
    assert text.at(0) == 1
    last = text.around(10**6)
    assert text.at(len(text.text) - 1) == last.first > 1


def test_a_paragraph_that_never_ends_is_cut_at_blanks():
    text = Portions("word " * 4000)
    assert len(text.spans) == 2
    assert all(text.text[start:end].strip().endswith("word") for start, end in text.spans)
    assert len(Portions("x" * 25_000).spans) == 3, "or where there is none, anywhere"


def test_what_is_looked_for_is_counted_in_all_portions_and_leads_from_one_to_the_next():
    text = Portions("\n\n".join("word " * 1800 + ("Élysée" if n in (0, 14) else "") for n in range(15)))
    found = text.look_for("  elysee ")
    assert (found.words, found.count, found.first) == ("elysee", 2, 1)
    first, second = found.hits
    assert (first.before, second.after) == (None, None)
    assert first.after == text.at(second.start) == text.around(15).first
    assert second.before == 1
    assert text.look_for(" ") is None
    assert text.look_for("nowhere").first is None


def test_only_the_first_hits_are_marked():
    found = Portions("so " * 1000).look_for("so")
    assert (found.count, len(found.hits), found.and_more) == (1000, MOST_HITS, True)


def test_ten_megabytes_in_one_line_are_portioned_in_good_time():
    began = time.perf_counter()
    text = Portions("x" * 10_000_000)
    assert text.around(500).first
    assert Portions(" " * 10_000_000).around(1).total == 0
    assert Portions("\n \n" + " \n" * 3_000_000 + "end").around(1).total == 1
    assert time.perf_counter() - began < 3
