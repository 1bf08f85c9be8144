"""The trees of who repeats whom, as they stand on a screen and on a phone."""

from __future__ import annotations

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from negotiations.models import Source
from tests import factories as make

from .judging import faults, look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = "/n/rumours/origins/"


def grow() -> None:
    """A report with a duplicate; eight papers that copy each other in turn, and one more of the first; a leaflet."""
    talks = make.NegotiationFactory(slug="rumours", name="Rumours", visibility="public")
    outlet = make.OutletFactory(negotiation=talks, name="The Gazette", reliability="B")
    report = last = make.SourceFactory(outlet=outlet, slug="report", title="The report", status="accepted")
    for n in range(8):
        last = make.SourceFactory(
            negotiation=talks, slug=f"paper-{n}", title=f"Paper {n}, which prints what it has read", origin=last
        )
    make.SourceFactory(negotiation=talks, slug="another", title="Another one", origin=report)
    make.SourceFactory(negotiation=talks, slug="leaflet", title="A leaflet", status="accepted")
    twin = make.SourceFactory(negotiation=talks, slug="twin", title="The report again")
    with transaction.atomic():
        make.change(talks)
        Source.objects.filter(pk=twin.pk).update(merged_into=report)


def test_the_trees_can_be_read_everywhere(reader: Page) -> None:
    grow()
    reader.goto(PAGE)
    expect(reader.get_by_role("heading", level=1)).to_have_text("2 sources, at most 2 independent origins")
    report = reader.locator("#s-report")
    expect(report.get_by_role("listitem")).to_have_count(9)
    expect(reader.locator("#s-paper-0").get_by_role("listitem")).to_have_count(7)
    assert faults(reader) == []
    look(reader, "light", 1440)
    left = [reader.locator(f"#s-{slug} > .leaf").bounding_box()["x"] for slug in ("report", "paper-0", "another")]
    assert left[0] < left[1] == left[2], "what repeats moves in, and stands beside what repeats the same"


def test_a_source_leads_to_its_place_in_the_tree(reader: Page) -> None:
    reader.goto("/n/rumours/sources/twin/")
    reader.get_by_role("link", name="Who repeats whom").click()
    expect(reader.locator("#s-report:target")).to_be_in_viewport()
