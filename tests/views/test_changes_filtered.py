"""The log by who, what, when and why; and as a feed that others follow."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from negotiations.domain.accounts import give_role
from negotiations.models import Stance, User
from negotiations.models.negotiations import Role
from tests import factories as make
from tests.stories import record
from tests.views.looking import links, look, questions, words

LOG = "/n/paris/changes/"
FEED = "/n/paris/changes.atom"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def talks(world, analyst, second_analyst):
    record(world, world.france, world.force, by=analyst, code="champions", evidence=[world.send])
    record(world, world.germany, world.force, by=second_analyst, code="supports", evidence=[world.neighbours])
    record(world, world.france, world.force, by=second_analyst, code="supports", cause="moved", evidence=[world.send])
    return world


def told(client, query: str) -> list[str]:
    """The acts that recorded a stance, as the page tells them. `{anna}` and `{anton}` are their accounts' ids."""
    asked = query.format_map(dict(User.objects.values_list("username", "pk")))
    said = words(look(client, f"{LOG}?{asked}"))
    return re.findall(r"(Anna|Anton) Analyst recorded \| (\w+ × \d)", said)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("who={anna}", [("Anna", "France × 2")]),
        ("who={anton}", [("Anton", "France × 2"), ("Anton", "Germany × 2")]),
        ("verb=recorded", [("Anton", "France × 2"), ("Anton", "Germany × 2"), ("Anna", "France × 2")]),
        ("verb=added", []),
        ("cause=moved", [("Anton", "France × 2")]),
        ("cause=first", [("Anton", "Germany × 2"), ("Anna", "France × 2")]),
        ("party=france", [("Anton", "France × 2"), ("Anna", "France × 2")]),
        ("party=france&who={anna}", [("Anna", "France × 2")]),
        ("party=france&priority=1", []),
        ("priority=2&cause=first&who={anton}", [("Anton", "Germany × 2")]),
        ("since=2026-01-01&party=germany", [("Anton", "Germany × 2")]),
        ("until=2026-01-01", []),
        ("party=nowhere", []),
        ("who=999999999", []),
    ],
)
def test_the_log_is_filtered_by_who_what_when_and_cause(query, found, talks, reader_client):
    assert told(reader_client, query) == found


@pytest.mark.parametrize(
    "query",
    [
        "cause=none",
        "since=2026-13-01",
        "until=9999-12-31",
        "priority=two",
        "since=0001-01-01",
        "who=anna",
        "who=' OR 1=1 --",
        "who=99999999999999999999",
    ],
)
def test_filters_that_say_nothing_known_are_left_out(query, talks, reader_client):
    assert len(told(reader_client, query)) == 3


def test_names_that_people_sign_in_with_are_told_to_nobody(talks, reader_client):
    User.objects.filter(username="anna").update(username="anna.signs.in.so")
    page = look(reader_client, LOG).content.decode()
    assert "Anna Analyst" in page
    assert "signs.in" not in page


def test_nothing_found_says_so_and_leads_back(talks, analyst, reader_client):
    page = look(reader_client, f"{LOG}?who={analyst.pk}&cause=moved")
    assert "No act matches" in words(page)
    assert LOG in links(page)


def test_days_are_those_of_the_negotiations_zone(nobody_client):
    with make.recorded_at(datetime(2026, 1, 6, 23, 30, tzinfo=UTC)):  # in Paris the seventh
        make.NegotiationFactory(slug="night", visibility="public", time_zone="Europe/Paris", name="Night talks")
    assert "No act matches" in words(look(nobody_client, "/n/night/changes/?until=2026-01-06"))
    assert "No act matches" not in words(look(nobody_client, "/n/night/changes/?since=2026-01-07&until=2026-01-07"))


def test_a_long_filtered_log_is_paged_without_missing_or_repeating_any(negotiation, reader_client):
    for n in range(120):
        make.change(negotiation, verb="noted" if n % 2 else "added", what=f"thing {n}")
    seen: list[str] = []
    address = f"{LOG}?verb=noted"
    while address:
        page = look(reader_client, address).content.decode()
        seen += re.findall(r"noted thing (\d+)", page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = f"{LOG}{older[1].replace('&amp;', '&')}" if older else ""
    assert seen == [str(n) for n in range(119, 0, -2)]


def test_readers_cant_ask_who_was_given_access(world, reader_client, curator_client):
    user = make.UserFactory(username="nina", name="Nina New")
    give_role(world.negotiation, user, Role.ANALYST, by=make.UserFactory(is_superuser=True))
    asked = f"{LOG}?verb=gave access to"
    assert "No act matches" in words(look(reader_client, asked))
    assert "gave access to" not in look(reader_client, LOG).content.decode()
    assert "No act matches" not in words(look(curator_client, asked))


def test_the_number_of_questions_is_fixed(talks, reader_client):
    few = questions(reader_client, f"{LOG}?party=france")
    for _ in range(10):
        record(talks, talks.france, talks.force, by=make.UserFactory(is_superuser=True), code="supports",
               cause="learned", evidence=[talks.send])  # fmt: skip
    assert questions(reader_client, f"{LOG}?party=france") == few <= 12


def feed(client, query: str = "", **headers):
    answer = client.get(f"{FEED}?{query}", **headers)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return answer, ElementTree.fromstring(answer.content).findall("a:entry", ATOM)


def test_a_feed_tells_the_newest_acts_each_with_its_place_in_the_log(talks, reader_client):
    _, entries = feed(reader_client)
    newest = next(entry for entry in entries if "recorded" in entry.find("a:title", ATOM).text)
    assert newest.find("a:title", ATOM).text == "Anton Analyst recorded France × 2"
    assert newest.find("a:author/a:name", ATOM).text == "Anton Analyst"
    assert "France × 2 Deploy a force: Supports" in newest.find("a:summary", ATOM).text
    revision = Stance.objects.filter(negotiation=talks.negotiation).latest("revision").revision
    address = newest.find("a:link", ATOM).get("href")
    assert address == f"http://testserver{LOG}?before={revision + 1}#r{revision}"
    ids = [entry.find("a:id", ATOM).text for entry in entries]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(("query", "many"), [("party=france", 2), ("party=france&priority=2", 2), ("priority=1", 0)])
def test_a_party_a_priority_or_a_cell_has_a_feed_of_its_own(query, many, talks, reader_client):
    assert len(feed(reader_client, query)[1]) == many


def test_an_unchanged_feed_is_not_sent_again_and_a_changed_one_is(talks, reader_client, analyst):
    answer, _ = feed(reader_client)
    with_etag = {"HTTP_IF_NONE_MATCH": answer["ETag"]}
    assert reader_client.get(FEED, **with_etag).status_code == 304
    record(talks, talks.russia, talks.force, by=analyst, code="rejects", evidence=[talks.unacceptable])
    assert reader_client.get(FEED, **with_etag).status_code == 200


def test_what_people_wrote_breaks_no_feed(talks, reader_client):
    make.change(talks.negotiation, what="<script>alert(1)</script> & ]]> “words”")
    _, entries = feed(reader_client)
    assert entries[0].find("a:title", ATOM).text.endswith("<script>alert(1)</script> & ]]> “words”")
