"""Addresses that ask for what there can't be, and names that look alike: nothing fails, and nothing more is told."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest

from negotiations.models import Change, Outlet, Party
from tests import factories as make
from tests.admin.pages import adding, save
from tests.views.looking import look, words

LISTS = ["sources/", "people/", "meetings/", "instruments/", "commitments/", "parties/", "changes/"]
ORDERS = "order_by=author__password&ordering=-password&filter[hidden]=&_connector=OR&o=1.-2&__proto__=1"


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=1e9", "page=999999999&per_page=1000000000", "page=٣"])
def test_VAL10_a_page_that_is_not_there_is_answered_by_one_that_is(page, query, world, reader_client):
    expected = words(look(reader_client, f"/n/paris/{page}"))
    assert words(look(reader_client, f"/n/paris/{page}?{query}")) == expected


def test_VAL10_a_page_never_grows_over_its_cap(world, reader_client):
    for _ in range(60):
        make.SourceFactory(negotiation=world.negotiation)
    page = look(reader_client, "/n/paris/sources/?per_page=1000000000").content.decode()
    assert page.count('<th scope="row">') == 50


@pytest.mark.parametrize("page", LISTS)
def test_VAL11_orders_and_filters_of_ones_own_change_nothing(page, world, reader_client):
    make.SourceFactory(negotiation=world.negotiation, title="Another")
    plain = words(look(reader_client, f"/n/paris/{page}"))
    assert words(look(reader_client, f"/n/paris/{page}?{ORDERS}")) == plain


@pytest.mark.parametrize(
    "field", ["negotiation__memberships__user__password", "outlet__negotiation__name", "_connector"]
)
def test_VAL11_curators_cant_look_through_a_lookup_at_what_is_not_theirs(field, world, curator_client):
    answer = curator_client.get("/admin/negotiations/source/", {f"{field}__startswith": "a"})
    assert answer.status_code in (302, 400), "refused, or led back to the list without it"


@pytest.mark.django_db
def test_VAL03_acts_of_an_hour_that_comes_twice_stand_in_the_order_of_the_log(nobody_client):
    """In Paris the clock went back at 3 o'clock on 25 October 2026: 2:50 came before 2:10."""
    with make.recorded_at(datetime(2026, 10, 24, tzinfo=UTC)):
        negotiation = make.NegotiationFactory(slug="clocks", visibility="public", time_zone="Europe/Paris")
    for minute, hour in ((50, 0), (10, 1)):  # in UTC
        with make.recorded_at(datetime(2026, 10, 25, hour, minute, tzinfo=UTC)):
            make.PartyFactory(negotiation=negotiation, name=f"Party of {hour}:{minute}")
    later, earlier = Change.objects.filter(negotiation=negotiation).order_by("-revision")[:2]
    assert (earlier.at.isoformat(), later.at.isoformat()) == (
        "2026-10-25T00:50:00+00:00", "2026-10-25T01:10:00+00:00",
    )  # fmt: skip
    said = words(look(nobody_client, "/n/clocks/changes/"))
    assert said.index("2:10") < said.index("2:50"), "the newest first, by revision and not by the clock"


NAME = "Zelenskyï café"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_TXT05_a_name_is_one_however_its_accents_are_spelt(form, world, curator_client, analyst_client):
    name = unicodedata.normalize(form, NAME)
    save(curator_client, adding("party"), name=name, slug="cafe")
    assert Party.objects.get(slug="cafe").name == unicodedata.normalize("NFC", NAME)
    make.OutletFactory(negotiation=world.negotiation, name=unicodedata.normalize("NFC", NAME), slug="paper")
    address = analyst_client.post("/n/paris/take-in/", {"text": "Talks go on.\n\nSo they say."})["Location"]
    analyst_client.post(address, {"title": "Talks", "outlet": name})
    assert Outlet.objects.filter(slug__startswith="paper").count() == 1
    assert Outlet.objects.get(name=unicodedata.normalize("NFC", NAME)).sources.count() == 1
