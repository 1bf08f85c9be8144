"""Every page for reading, asked for by everybody: who sees it, and what the others are answered."""

import re

import pytest

from negotiations.models import Negotiation
from tests import factories as make
from tests.people import PEOPLE

MEMBERS = {"reader", "analyst", "curator", "administrator"}

PAGES = [
    "parties/",
    "parties/germany/",
    "priorities/",
    "priorities/1/",
    "people/",
    "people/president/",
    "meetings/",
    "meetings/summit/",
    "instruments/",
    "instruments/draft/",
    "commitments/",
    "commitments/tents/",
    "sources/",
    "sources/summit-report/",
    "changes/",
]


@pytest.fixture
def furnished(world):
    make.MeetingFactory(negotiation=world.negotiation, slug="summit")
    make.InstrumentFactory(negotiation=world.negotiation, slug="draft")
    make.CommitmentFactory(party=world.france, slug="tents")
    return world


@pytest.mark.parametrize("who", PEOPLE)
def test_what_is_for_members_is_shown_to_members_alone(furnished, signed_in_as, who):
    browser = signed_in_as(who)
    expected = 200 if who in MEMBERS else 404
    answers = {page: browser.get(f"/n/paris/{page}").status_code for page in PAGES}
    assert answers == dict.fromkeys(PAGES, expected)


def test_what_is_public_is_shown_to_everybody_and_changed_by_nobody(furnished, nobody_client):
    Negotiation.objects.filter(pk=furnished.negotiation.pk).update(visibility="public")
    for page in PAGES:
        assert nobody_client.get(f"/n/paris/{page}").status_code == 200, page
        for method in (nobody_client.post, nobody_client.put, nobody_client.delete):
            assert method(f"/n/paris/{page}").status_code == 405, page


def test_the_same_name_in_another_negotiation_is_not_found_here(furnished, reader_client):
    elsewhere = make.NegotiationFactory(slug="elsewhere", visibility="public")
    for page in PAGES:
        if page.count("/") == 2:
            assert reader_client.get(f"/n/{elsewhere.slug}/{page}").status_code == 404, page


def test_every_page_names_itself_and_its_section(furnished, reader_client):
    for page in PAGES:
        html = reader_client.get(f"/n/paris/{page}").content.decode()
        assert html.count("<h1") == 1, page
        assert html.count('aria-current="page"') == 1, page
        assert "style=" not in html, page
        assert " · Parley</title>" in html, page


def test_no_page_has_two_anchors_of_one_name(furnished, reader_client):
    for page in PAGES:
        html = reader_client.get(f"/n/paris/{page}").content.decode()
        names = re.findall(r'\bid="([^"]+)"', html)
        assert sorted(set(names)) == sorted(names), page
