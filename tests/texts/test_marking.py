"""Marking passages in a text, so that they can be read even where they overlap."""

from hypothesis import example, given
from hypothesis import strategies as st

from negotiations.texts.marking import Mark, Run, marked, paragraphs, runs

TEXTS = st.text(alphabet="ab. \n\t\r🕊é", max_size=60)


@st.composite
def texts_with_marks(draw):
    text = draw(TEXTS)
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = draw(st.lists(places.filter(lambda p: p[0] < p[1]), max_size=6)) if text else []
    return text, [Mark(key, start, end) for key, (start, end) in enumerate(spans)]


def test_a_passage_is_cut_out_of_its_text():
    found = runs("The minister said: we are ready, and left.", [Mark(7, 19, 31)])
    assert found == [Run("The minister said: "), Run("we are ready", (7,)), Run(", and left.")]


def test_where_passages_overlap_the_shared_words_carry_both():
    found = runs("abcdef", [Mark(1, 0, 4), Mark(2, 2, 6)])
    assert [(run.text, run.keys) for run in found] == [("ab", (1,)), ("cd", (1, 2)), ("ef", (2,))]


def test_a_passage_within_another_and_the_same_passage_twice():
    [[whole]] = marked("abc", [Mark(1, 0, 3), Mark(2, 0, 3)])
    assert (whole.begins, whole.ends) == ((1, 2), (1, 2))
    [[a, b, c]] = marked("abc", [Mark(1, 0, 3), Mark(2, 1, 2)])
    assert (a.begins, b.begins, b.ends, c.ends) == ((1,), (2,), (2,), (1,))


def test_paragraphs_are_apart_by_an_empty_line_also_from_windows():
    text = "\n\nOne\nand on.\r\n \r\nTwo.\n"
    assert [text[start:end] for start, end in paragraphs(text)] == ["One\nand on.", "Two."]


def test_where_nobody_has_wrapped_the_lines_each_is_a_paragraph():
    long = " ".join(["Long."] * 40)
    text = f"Heading\n{long}\n- One.\n- Two.\n{long}"
    assert [text[start:end] for start, end in paragraphs(text)] == ["Heading", long, "- One.", "- Two.", long]
    assert len(paragraphs(text.replace("Long. Long. ", "Long. Long.\n"))) == 1, "here somebody has wrapped them"


def test_a_passage_over_two_paragraphs_begins_once_and_ends_once():
    first, second = marked("we go\n\nand stay", [Mark(1, 3, 10)])
    assert [(run.text, run.begins, run.ends) for run in first] == [("we ", (), ()), ("go", (1,), ())]
    assert [(run.text, run.begins, run.ends) for run in second] == [("and", (), (1,)), (" stay", (), ())]


@given(texts_with_marks())
@example(("", []))
@example(("a\n\nb", [Mark(0, 1, 3)]))
def test_the_runs_joined_give_the_text_back(case):
    text, marks = case
    assert "".join(run.text for run in runs(text, marks)) == text
    cut = ["".join(run.text for run in part) for part in marked(text, marks)]
    assert cut == [text[start:end] for start, end in paragraphs(text)]


@given(texts_with_marks())
def test_each_mark_covers_exactly_its_words(case):
    text, marks = case
    for mark in marks:
        own = "".join(run.text for run in runs(text, marks) if mark.key in run.keys)
        assert own == text[mark.start : mark.end]


@given(texts_with_marks())
def test_a_mark_begins_and_ends_once_unless_it_covers_white_space_alone(case):
    text, marks = case
    seen = [run for part in marked(text, marks) for run in part]
    shown = [place for start, end in paragraphs(text) for place in range(start, end)]
    for mark in marks:
        times = int(any(mark.start <= place < mark.end for place in shown))
        assert sum(mark.key in run.begins for run in seen) == times
        assert sum(mark.key in run.ends for run in seen) == times


@given(TEXTS)
def test_only_white_space_stands_between_paragraphs(text):
    kept = set()
    for start, end in paragraphs(text):
        kept |= set(range(start, end))
    assert not "".join(letter for place, letter in enumerate(text) if place not in kept).strip()
