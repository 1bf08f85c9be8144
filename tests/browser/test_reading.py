"""An analyst reads a source and cites what is selected: by mouse, by keys, on a phone, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from negotiations.models import Negotiation, Quote
from tests import factories as make

from .judging import LOOKS, faults
from .paris import BOARD, SLUG, stances
from .visitors import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = (
    "Opening 🕊 words: the minister 👩‍👩‍👧 spoke first.\r\nShe was brief.\r\n\r\n"
    "Her colleague said: we will not go there alone. Nobody answered 🚫 him. So it ended.\n\n"
    "A last paragraph, with a last word."
)
# A range over words of the text, and where it begins and ends on the screen.
RANGE = """(words) => {
  const walker = document.createTreeWalker(document.querySelector(".doc"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    const [first, last] = [range.getClientRects()[0], [...range.getClientRects()].at(-1)];
    return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
  }
}"""
numbers: Iterator[int] = iter(range(1, 100))


@pytest.fixture
def text(site: str) -> str:
    """The address of a source of the test's own, with a quote in it: “we will not go”."""
    talks = Negotiation.objects.get(slug=SLUG)
    source = make.SourceFactory(
        negotiation=talks, slug=f"reading-{next(numbers)}", title="A text to read", status="accepted"
    )
    snapshot = make.SnapshotFactory(source=source, text=TEXT)
    make.QuoteFactory(snapshot=snapshot, slug=f"{source.slug}-go", exact="we will not go")
    return f"{BOARD}sources/{source.slug}/"


def newest(address: str) -> Quote:
    return Quote.objects.filter(snapshot__source__slug=address.split("/")[-2]).latest("pk")


def drag(page: Page, first: str, last: str) -> None:
    """Select with the mouse, from the beginning of some words to the end of others."""
    left, top, *_ = page.evaluate(RANGE, first)
    *_, right, bottom = page.evaluate(RANGE, last)
    page.mouse.move(left + 0.5, top)
    page.mouse.down()
    page.mouse.move(right - 0.5, bottom, steps=4)
    page.mouse.up()


def offer(page: Page) -> Locator:
    return page.locator("#cite-selection")


def passage(page: Page) -> Locator:
    return page.get_by_label("Passage")


def cite(page: Page, *cells: str, basis: str = "Their own words") -> None:
    page.get_by_label("Basis").select_option(basis)
    for name in cells:
        page.get_by_role("checkbox", name=re.compile(f"^{name} ")).check()
    page.get_by_role("button", name="Cite", exact=True).click()


def test_what_the_mouse_selects_is_cited_beside_the_text(analyst: Page, text: str) -> None:
    analyst.goto(text)
    drag(analyst, "minister", "spoke")
    expect(offer(analyst)).to_contain_text("20 characters")
    offer(analyst).get_by_role("link").click()

    expect(analyst.locator("#cite")).to_be_visible()
    expect(analyst.locator("#cite-t")).to_be_focused()
    expect(passage(analyst)).to_have_value("minister 👩‍👩‍👧 spoke")
    expect(analyst).to_have_url(re.compile(f"{text}$"))
    cite(analyst)

    expect(analyst.get_by_text("The passage is cited.")).to_be_visible()
    quote = newest(text)
    assert quote.exact == "minister 👩‍👩‍👧 spoke" == TEXT[quote.start : quote.end]
    expect(analyst.locator(f"mark#q-{quote.slug}")).to_be_in_viewport()


def test_a_selection_over_a_mark_and_over_paragraphs_is_what_stands_there(analyst: Page, text: str) -> None:
    analyst.goto(text)
    drag(analyst, "She was brief", "answered")
    offer(analyst).get_by_role("link").click()
    cite(analyst)
    expect(analyst.get_by_text("The passage is cited.")).to_be_visible()
    quote = newest(text)
    assert quote.exact == TEXT[TEXT.index("She was") : TEXT.index(" 🚫")] == TEXT[quote.start : quote.end]


ODD = (
    "Tab\tand form\x0cfeed\x85next\u2028line\u00a0blank\u200bjoined\ufeff e\u0301 \u202eturned\u202c "
    "&amp; <b>&lt;\x07\x9f end\r"
    "old\r\nnew\r\n \r\n👩‍👩‍👧 \U0010ffff \ufffe second"
)
COUNTED = """() => [...document.querySelectorAll("p[data-start]")].map((p) => {
  const copy = p.cloneNode(true);
  for (const number of copy.querySelectorAll("sup")) number.remove();
  return [Number(p.dataset.start), copy.textContent];
})"""


def test_TXT15_the_browser_counts_what_is_stored_character_by_character(site: str, analyst: Page) -> None:
    source = make.SourceFactory(negotiation=Negotiation.objects.get(slug=SLUG), slug="odd", title="Odd")
    snapshot = make.SnapshotFactory(source=source, text=ODD)
    make.QuoteFactory(snapshot=snapshot, slug="odd-quote", exact="old\r\nnew")
    analyst.goto(f"{BOARD}sources/odd/")
    shown = analyst.evaluate(COUNTED)
    assert [start for start, _ in shown] == [0, ODD.index("👩")]
    for start, said in shown:
        assert said == ODD[start : start + len(said)].replace("\r\n", " \n").replace("\r", "\n")
    assert shown[-1][1].endswith("second")


def test_sentences_are_selected_and_cited_by_keys_alone(analyst: Page, text: str) -> None:
    analyst.goto(text)
    analyst.locator("#p2 a.no").focus()
    analyst.keyboard.press("s")
    expect(offer(analyst)).to_be_visible()
    analyst.keyboard.press("s")
    analyst.keyboard.press("Shift+ArrowLeft")  # without the full stop
    analyst.keyboard.press("c")
    expect(passage(analyst)).to_have_value("Nobody answered 🚫 him")
    analyst.keyboard.press("Escape")
    expect(analyst.locator("#cite")).to_be_hidden()
    analyst.keyboard.press("c")
    analyst.get_by_label("Basis").focus()
    analyst.keyboard.type("Reported")
    analyst.keyboard.press("Control+Enter")
    expect(analyst.get_by_text("The passage is cited.")).to_be_visible()
    assert (newest(text).exact, newest(text).basis) == ("Nobody answered 🚫 him", "reported")

    analyst.locator("#p3 a.no").focus()  # the next one has its basis already
    analyst.keyboard.press("s")
    analyst.keyboard.press("c")
    expect(analyst.locator("#cite-t")).to_be_focused()
    analyst.keyboard.press("Control+Enter")
    expect(analyst).to_have_url(re.compile("after=a-last"))
    assert (newest(text).exact, newest(text).basis) == ("A last paragraph, with a last word.", "reported")


def test_keys_step_through_the_quotes_and_find_words(analyst: Page, text: str) -> None:
    analyst.goto(f"{BOARD}sources/talks-overview/")
    first, second = (analyst.locator("mark[id]").nth(n).get_attribute("id") for n in (0, 1))
    analyst.keyboard.press("n")
    expect(analyst).to_have_url(re.compile(f"#{first}$"))
    analyst.keyboard.press("n")
    expect(analyst).to_have_url(re.compile(f"#{second}$"))
    expect(analyst.locator(f"#{second}")).to_be_in_viewport()
    analyst.keyboard.press("p")
    expect(analyst).to_have_url(re.compile(f"#{first}$"))

    analyst.keyboard.press("/")
    expect(analyst.get_by_label("Find in the text")).to_be_focused()
    analyst.keyboard.type("UKRAINE")
    analyst.keyboard.press("Enter")
    expect(analyst.locator("mark.looked-for").first).to_be_visible()
    analyst.get_by_role("link", name="First", exact=True).click()
    analyst.get_by_role("link", name="The next place, 2").click()
    expect(analyst).to_have_url(re.compile("#hit-2$"))
    expect(analyst.locator("mark.looked-for").nth(1)).to_be_in_viewport()


def test_keys_that_are_turned_off_do_nothing(analyst: Page, text: str) -> None:
    analyst.goto(text)
    analyst.get_by_role("button", name="Keys").click()
    analyst.get_by_label("Turn these keys off").check()
    analyst.get_by_role("button", name="Close").click()
    analyst.keyboard.press("s")
    analyst.keyboard.press("n")
    expect(offer(analyst)).to_be_hidden()
    expect(analyst).to_have_url(re.compile(f"{text}$"))


def test_what_is_typed_is_not_lost_by_selecting_something_else(analyst: Page, text: str) -> None:
    analyst.goto(text)
    analyst.locator("#p1 a.no").click()
    passage(analyst).fill("the minister")
    asked: list[str] = []
    analyst.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    analyst.locator("#p2 a.no").click()
    expect(passage(analyst)).to_have_value("the minister")
    assert asked == ["What you typed is not saved. Leave it?"]


def test_a_refusal_stays_in_the_panel_with_what_was_typed(analyst: Page, text: str) -> None:
    analyst.goto(text)
    analyst.locator("#p2 a.no").click()
    passage(analyst).fill("we will go there")
    cite(analyst, "Germany × 3")
    expect(analyst.locator("#cite").get_by_role("alert")).to_contain_text("do not stand in paragraph 2")
    expect(passage(analyst)).to_have_value("we will go there")
    expect(analyst.get_by_role("checkbox", name=re.compile("^Germany × 3 "))).to_be_checked()
    passage(analyst).fill("we will not go")
    analyst.get_by_role("button", name="Cite", exact=True).click()
    expect(analyst.locator("#cite").get_by_role("alert")).to_contain_text("cited already")


def test_anna_reads_cites_one_passage_for_two_cells_and_weighs_both_in_one_pass(analyst: Page, text: str) -> None:
    analyst.goto(text)
    drag(analyst, "A last", "last word")
    analyst.keyboard.press("c")
    cite(analyst, "Cyprus × 3", "NATO × 5", basis="Reported by others")

    expect(analyst.get_by_role("heading", name="What do these words mean for 2 cells?")).to_be_visible()
    cyprus, nato = (analyst.locator(".card", has_text=name) for name in ("Cyprus × 3", "NATO × 5"))
    for card, stance in ((cyprus, "Supports"), (nato, "Opposes")):
        card.get_by_label("Change", exact=True).check()
        card.get_by_label("Cause").select_option("learned")
        card.get_by_label(stance, exact=True).locator("..").click()
        card.get_by_label("Rationale").fill(f"It says so: {stance}.")
        card.get_by_label("Held from").fill("2026-01-06")
    analyst.get_by_label("Reason for all of it").fill("Read to the end.")
    analyst.get_by_role("button", name="Record").click()

    expect(analyst.get_by_text("Recorded: NATO × 5, Cyprus × 3.")).to_be_visible()
    quote = newest(text)
    expect(analyst.locator(f"mark#q-{quote.slug}")).to_be_visible()
    margin = analyst.locator(".para", has=analyst.locator(f"#q-{quote.slug}")).locator("aside")
    expect(margin).to_contain_text("Cyprus × 3")
    expect(margin).to_contain_text("NATO × 5")
    beside, words = margin.bounding_box(), margin.locator("xpath=preceding-sibling::p").bounding_box()
    assert beside and words and beside["x"] >= words["x"] + words["width"]  # on a window of the common width
    analyst.locator("#p1 a.no").click()  # the next citation is offered what this one said
    expect(analyst.get_by_label("Basis")).to_have_value("reported")
    expect(analyst.get_by_role("checkbox", name=re.compile("^NATO × 5 "))).to_be_checked()
    analyst.goto(BOARD)
    expect(analyst.locator("#cell-cyprus-3")).to_have_class(re.compile("supports"))
    expect(analyst.locator("#cell-nato-5")).to_have_class(re.compile("opposes"))
    assert stances("cyprus", 3)[-1].revision == stances("nato", 5)[-1].revision


def test_only_what_is_chosen_is_asked_for(analyst: Page, text: str) -> None:
    analyst.goto(f"{text}quotes/{text.split('/')[-2]}-go/weigh?cell=germany:3")
    card = analyst.locator(".card")
    expect(card.get_by_label("These words")).to_be_hidden()
    card.get_by_label("Same stance, more evidence").check()
    expect(card.get_by_label("These words")).to_be_visible()
    expect(card.get_by_label("Rationale")).to_be_hidden()
    card.get_by_label("Change", exact=True).check()
    expect(card.get_by_label("Rationale")).to_be_visible()
    expect(card.get_by_label("These words")).to_be_hidden()
    card.get_by_label("Cause").select_option("moved")
    expect(card.get_by_label("Replaces")).to_be_hidden()
    card.get_by_label("Cause").select_option("rejudged")
    expect(card.get_by_label("Replaces")).to_be_visible()
    card.get_by_label("Context only").check()
    expect(card.get_by_label("These words")).to_be_hidden()
    expect(card.get_by_label("Rationale")).to_be_hidden()


def test_without_javascript_a_passage_is_cited_by_paragraph_and_words(
    visitor: Callable[..., Visitor], text: str
) -> None:
    plain = visitor("anna", javascript=False).page
    plain.goto(text)
    expect(plain.get_by_role("button", name="Keys")).to_have_count(0)
    plain.get_by_label("Find in the text").fill("alone")
    plain.get_by_role("button", name="Find").click()
    expect(plain.locator("mark.looked-for")).to_have_text("alone")
    plain.get_by_role("link", name="Cite from paragraph 2").click()
    expect(plain.locator(".context")).to_contain_text("we will not go there alone")
    passage(plain).fill("there alone.")
    cite(plain, "Denmark × 4")
    expect(plain.get_by_role("heading", name="What do these words mean for 1 cell?")).to_be_visible()
    plain.get_by_label(re.compile("Still not enough evidence")).check()
    plain.get_by_label("Reason for all of it").fill("It says no more.")
    plain.get_by_role("button", name="Record").click()
    expect(plain.get_by_text("Recorded: Denmark × 4.")).to_be_visible()
    assert newest(text).exact == "there alone."
    assert stances("denmark", 4)[-1].cause == "evidence"


def test_on_a_phone_the_form_is_a_page(visitor: Callable[..., Visitor], text: str) -> None:
    phone = visitor("anna", width=390, height=800).page
    phone.goto(text)
    phone.get_by_role("link", name="Cite from paragraph 3").tap()
    expect(phone).to_have_url(re.compile("/cite\\?"))
    passage(phone).fill("a last word")
    cite(phone)
    expect(phone.get_by_text("The passage is cited.")).to_be_visible()
    phone.evaluate("getSelection().selectAllChildren(document.querySelector('#p1 p'))")
    expect(offer(phone)).to_be_in_viewport()
    offer(phone).get_by_role("link").tap()
    expect(phone).to_have_url(re.compile("start=0&end="))


def test_a_reader_who_selects_is_offered_nothing(reader: Page, text: str) -> None:
    reader.goto(text)
    drag(reader, "A last", "last word")
    assert reader.evaluate("String(getSelection())") == "A last paragraph, with a last word"
    expect(offer(reader)).to_have_count(0)
    reader.keyboard.press("c")
    expect(reader).to_have_url(re.compile(f"{text}$"))


def test_forms_that_are_open_can_be_used_by_everybody(analyst: Page, text: str) -> None:
    analyst.goto(f"{text}?find=brief")
    drag(analyst, "A last", "last word")
    analyst.keyboard.press("c")
    expect(analyst.locator("#cite form")).to_be_visible()
    found = faults(analyst, LOOKS[:2])
    analyst.goto(f"{text}cite?paragraph=2")
    passage(analyst).fill("nowhere in it")
    cite(analyst)
    expect(analyst.get_by_role("alert")).to_be_visible()
    found += faults(analyst, LOOKS)
    analyst.goto(f"{text}quotes/{text.split('/')[-2]}-go/weigh?cell=germany:3&cell=russia:3&cell=france:5")
    for change in analyst.get_by_label("Change", exact=True).all():
        change.check()
    found += faults(analyst, LOOKS)
    analyst.get_by_label("Reason for all of it").fill("")
    analyst.get_by_role("button", name="Record").click()
    expect(analyst.get_by_role("alert").first).to_be_visible()
    found += faults(analyst, LOOKS)
    assert not found, "\n".join(found)
