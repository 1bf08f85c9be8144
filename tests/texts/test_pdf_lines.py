"""From lines that stand somewhere on a page to the paragraphs that a reader sees."""

from negotiations.texts.formats.pdf_lines import Line, Lines, joined


def page(*lines, x=72.0, top=700.0, size=11.0, leading=14.0):
    """Lines below each other; each a text, or a text and what differs."""
    placed, y = [], top
    for line in lines:
        text, other = line if isinstance(line, tuple) else (line, {})
        y -= leading + other.get("gap", 0)
        placed.append(Line(text, x + other.get("set_in", 0), other.get("y", y), other.get("size", size)))
    return placed


FULL = "The two delegations met in the old customs house and talked on"
MORE = "for six hours without a break, and then for another two hours,"


def test_lines_of_one_paragraph_run_on():
    assert joined([page(FULL, MORE, "and went home.")]) == [f"{FULL} {MORE} and went home."]


def test_a_wider_gap_begins_a_paragraph():
    assert joined([page(FULL, MORE, ("and went home", {"gap": 8}))]) == [f"{FULL} {MORE}", "and went home"]


def test_a_line_set_in_begins_a_paragraph():
    assert joined([page(FULL, MORE, (FULL, {"set_in": 15}), MORE)]) == [f"{FULL} {MORE}", f"{FULL} {MORE}"]


def test_paragraphs_of_one_line_each_are_told_by_what_follows():
    first, second = (
        ("We met.", {"set_in": 15}),
        ("They left, and nobody has heard of them since that evening in", {"set_in": 15}),
    )
    assert joined([page(FULL, first, second, "the spring.")])[1:] == ["We met.", f"{second[0]} the spring."]


def test_a_heading_is_told_by_its_letters():
    assert joined([page(("No deal", {"size": 18}), FULL, MORE)]) == ["No deal", f"{FULL} {MORE}"]


def test_a_short_line_with_a_full_stop_ends_a_paragraph_but_an_abbreviation_in_a_full_line_does_not():
    assert joined([page(FULL, "and went home.", FULL)]) == [f"{FULL} and went home.", FULL]
    full = "The minister said so to the other side, and also to Mr."
    assert joined([page(full, "Okonjo, who smiled.")]) == [f"{full} Okonjo, who smiled."]


def test_what_is_set_in_below_a_bullet_belongs_to_it():
    lines = page(
        "• Monitoring begins in April, if the other side agrees to it, and",
        ("not before.", {"set_in": 12}),
        "• Ships: open",
    )
    assert joined([lines]) == [f"{lines[0].text} not before.", "• Ships: open"]


def test_a_sentence_goes_on_over_the_end_of_a_page_or_column():
    assert joined([page(FULL), page("for six hours.")]) == [f"{FULL} for six hours."]
    assert joined([page(FULL, ("for six hours.", {"y": 690.0}))]) == [f"{FULL} for six hours."]
    assert joined([page("They went home."), page("for six hours.")]) == ["They went home.", "for six hours."]
    assert joined([page(FULL), page("Monitoring")]) == [FULL, "Monitoring"]


def test_a_hyphen_at_a_lines_end_stays_where_the_word_has_one():
    assert joined([page("an agree-", "ment")]) == ["an agreement"]
    assert joined([page("a long-", "term deal")]) == ["a long-term deal"]
    assert joined([page("a cease-fire now, a cease-", "fire")]) == ["a cease-fire now, a cease-fire"]
    assert joined([page("a soft\xad", "ness of long\xad", "ing")]) == ["a softness of longing"]
    assert joined([page("the Franco-", "British plan of 2025-", "26")]) == ["the Franco-British plan of 2025-26"]
    assert joined([page("a pro-", "cess, a post-", "ponement")]) == ["a process, a postponement"]
    assert joined([page("the government and the pro-", "government side")])[0].endswith("the pro-government side")
    assert joined([page("both pre-", "and post-war")]) == ["both pre- and post-war"]


def test_a_page_without_lines_is_nothing():
    assert joined([]) == joined([[]]) == []


def test_pieces_are_put_together_where_they_stand():
    lines = Lines()
    upright, scaled = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], [0.5, 0.0, 0.0, -0.5, 10.0, 800.0]
    for text in ("", "• ", "The talks ", "\n", "closed.\n", "\n"):
        lines.take(text, scaled, [1.0, 0.0, 0.0, -1.0, 20.0, 100.0], None, 8.0 if "•" in text else 24.0)
    assert lines.taken() == [Line("• The talks", 20.0, 750.0, 12.0), Line("closed.", 20.0, 750.0, 12.0)]
    lines.take("speciﬁed oﬃcially", upright, [1.0, 0.0, 0.0, 1.0, 5.0, 6.0], None, 9.0)
    assert lines.taken()[-1] == Line("specified officially", 5.0, 6.0, 9.0)
