"""The way to the curators' pages, and that their forms run no script and take no style that the policy refuses."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .paris import BOARD, SLUG
from .visitors import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_curator_comes_there_from_the_menu(visitor: Callable[..., Visitor]) -> None:
    page = visitor("clara").page
    page.goto(BOARD)
    page.locator(".bar details.menu summary").click()
    page.get_by_role("link", name="Curate").click()
    expect(page).to_have_url(re.compile("/admin/$"))
    expect(page.get_by_role("link", name="Sources")).to_be_visible()


def test_no_form_to_add_something_complains(visitor: Callable[..., Visitor]) -> None:
    page = visitor("ada").page
    page.goto("/admin/")
    forms = page.locator("#content .addlink").evaluate_all("links => links.map((link) => link.href)")
    assert len(forms) > 7
    for form in forms:
        page.goto(f"{form}?negotiation={SLUG}")  # asked for where there is more than one
        expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
