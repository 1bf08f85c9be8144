"""A curator at work with a real browser: the admin's scripts help under the strict policy, and it works without any."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from negotiations.models import Meeting, Negotiation, Source
from tests import factories as make

from .paris import SLUG
from .visitors import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LISTS = [
    "source", "outlet", "party", "person", "meeting", "instrument", "commitment", "priority", "change", "quote",
    "stance", "evidence", "snapshot", "negotiation"
]  # fmt: skip


def test_no_list_and_no_row_of_it_complains(visitor: Callable[..., Visitor]) -> None:
    page = visitor("clara").page
    for noun in LISTS:
        page.goto(f"/admin/negotiations/{noun}/")
        page.locator("#result_list tbody th a").first.click()
        expect(page).to_have_url(re.compile(r"/change/"))


def test_names_for_addresses_and_further_rows_come_by_themselves(visitor: Callable[..., Visitor]) -> None:
    page = visitor("clara").page
    page.goto("/admin/negotiations/meeting/add/")
    page.get_by_label("Name:", exact=True).press_sequentially("A call in March")
    expect(page.get_by_label("Slug:")).to_have_value("a-call-in-march")
    page.get_by_label("Kind:").select_option("call")
    page.get_by_label("Starts on:").fill("2025-03-02")  # before all that others step through
    for row, party in enumerate(["France", "Germany", "Ukraine"]):
        if row > 1:
            page.get_by_text("Add another Attendance").click()
        page.locator(f"#id_attendance-{row}-party").select_option(label=party)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    assert Meeting.objects.get(slug="a-call-in-march").attendance.count() == 3


def test_sources_are_judged_without_scripts(visitor: Callable[..., Visitor]) -> None:
    page = visitor("clara", javascript=False).page
    page.goto("/admin/negotiations/source/add/")
    page.get_by_label("Title:").fill("A leaflet from the street")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/admin/negotiations/source/?q=leaflet+from")
    page.locator("input[name=_selected_action]").check()
    page.locator("select[name=action]").select_option(label="Reject…")
    page.get_by_role("button", name="Go").click()
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_label("Reason:")).to_be_focused()  # the browser asks for it first
    page.get_by_label("Reason:").fill("Nobody knows who printed it.")
    page.get_by_role("button", name="Reject").click()
    expect(page.locator(".messagelist")).to_contain_text("1 source is rejected now.")
    assert Source.objects.get(negotiation__slug=SLUG, slug="a-leaflet-from-the-street").status == "rejected"


def test_two_sources_become_one_by_keyboard_alone(visitor: Callable[..., Visitor]) -> None:
    talks = Negotiation.objects.get(slug=SLUG)
    kept, twin = (
        make.SourceFactory(negotiation=talks, slug=slug, title="A handbill of the street") for slug in ("bill", "twin")
    )
    page = visitor("clara").page
    page.goto("/admin/negotiations/source/?q=handbill")
    for source in (kept, twin):
        page.locator(f"input[name=_selected_action][value='{source.pk}']").focus()
        page.keyboard.press("Space")
    page.locator("select[name=action]").focus()
    page.keyboard.type("Merge")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="These 2 are one: which one is kept?")).to_be_visible()
    page.get_by_label("A handbill of the street (bill)").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Picked up twice.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("is kept; one is merged into it.")
    twin.refresh_from_db()
    assert twin.merged_into == kept
