"""What an analyst does with the form of a stance, with a mouse and a keyboard."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def choose(page: Page, label: str) -> None:
    """Click one of the form's radios by its word: a stance, a confidence."""
    page.locator("#panel .seg label", has_text=label).first.click()


def quote(page: Page, words: str) -> Locator:
    """The line of the quote that has these words in it."""
    return page.locator("#panel .picker li", has_text=words)


def cite(page: Page, words: str, bearing: str = "supports") -> None:
    """Find a quote by its words and say how it bears on the judgement."""
    page.locator("#panel").get_by_role("searchbox").fill(words)
    find(page)
    expect(quote(page, words)).to_be_visible()
    quote(page, words).get_by_role("combobox").select_option(bearing)


def find(page: Page) -> None:
    """Look for quotes, and wait until the form has come back with them."""
    page.get_by_role("button", name="Find").click()
    expect(page.locator("form[data-sending]")).to_have_count(0)


def write(page: Page, **fields: str) -> None:
    """Type into the fields, by the names of their labels in small letters: `write(page, rationale="…")`.

    Who gives the reason chooses a cause, too, where none is chosen.
    """
    for name, text in fields.items():
        label = {"reason": "Reason for the change"}.get(name, name.replace("_", " ").capitalize())
        page.locator("#panel").get_by_label(label).fill(text)
    cause = page.locator("#panel select[name=cause]")
    if "reason" in fields and cause.count() and not cause.input_value():
        cause.select_option("learned")


def record(page: Page) -> None:
    page.get_by_role("button", name="Record").click()
