"""Every address, asked in every way by everybody, gives what the table says, and no address is left out of it.

Whoever is refused is refused at every address. Of those who get a page, which costs far more, the first and one of the
others by turns get it; PARLEY_THOROUGH=1 gives it to all.
"""

from __future__ import annotations

import logging
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import cycle, product
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from negotiations.domain.names import Named
from negotiations.models import Change, Evidence, Negotiation
from negotiations.models.negotiations import Role, Visibility
from tests import factories as make

from .table import ADDRESSES, CURATED, DOORS, NEGOTIATION, NOT_THERE, PAGES, WHO, Row, expected, given

THOROUGH = os.environ.get("PARLEY_THOROUGH") == "1"
METHODS = ["GET", "POST"]
OTHER_METHODS = ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"]
EVERYBODY = [*WHO, "deactivated"]
AT_HOME = ("analyst", "curator", "administrator")  # who may do more than see it, whoever else sees it
NOWHERE = {"slug": "nowhere", "int": "999999999", "path": "999999999", "uuid": str(UUID(int=0))}


# --- the world --------------------------------------------------------------------------------------------


@dataclass
class Ground:
    """A negotiation of each visibility, the same row of each noun in each, and a browser's session for everybody."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)  # visibility -> noun -> row
    sessions: dict[str, str] = field(default_factory=dict)
    door: dict[str, HttpResponse] = field(default_factory=dict)  # what the curators' door tells whom it does not let in
    factory: RequestFactory = field(default_factory=RequestFactory)
    handler: BaseHandler = field(default_factory=BaseHandler)

    def address(self, route: str, visibility: str, missing: str = "") -> str:
        """A route with its places filled in; `missing` is one that is filled with what is not there."""
        rows = self.rows[visibility]
        noun = route.split("/")[2] if route.startswith("admin/negotiations/") else ""

        def fill(found: re.Match) -> str:
            kind, name = found.groups()
            if name == missing:
                return NOWHERE[kind]
            if name in ("object_id", "pk"):
                return str(rows[noun].pk) if noun else "1"
            if name in ("content_type_id", "url"):
                return "1"
            return str(rows[name].number if name == "priority" else rows[name].slug)

        plain = re.sub(r"\^?\(\?P<app_label>(\w+)\)/\$", r"\1/", route)
        plain = plain.replace("(?P<url>.*)$", "no/such/page")
        return "/" + re.sub(r"<(\w+):(\w+)>", fill, plain)

    def ask(self, who: str, method: str, address: str) -> HttpResponse:
        """Ask as `who`; what is written is undone."""
        if method != "POST":
            return self.send(who, method, address)
        with transaction.atomic():
            response = self.send(who, method, address)
            transaction.set_rollback(True)
        return response

    def send(self, who: str, method: str, address: str) -> HttpResponse:
        """Through the middleware and the view, past the client that keeps what each template was given."""
        session = self.sessions.get(who)
        self.factory.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: session} if session else {})
        request = self.factory.generic(method, address)
        request._dont_enforce_csrf_checks = True
        response = self.handler.get_response(request)
        if response.status_code == 302 and response["Location"].startswith(reverse("admin:login")):
            if who not in self.door:  # which says the same wherever one wants to go
                self.door[who] = self.send(who, "GET", response["Location"])
            return self.door[who]
        return response


@pytest.fixture
def ground(db) -> Iterator[Ground]:
    logging.disable()  # ten thousand refusals would be told
    ground = build()
    ground.handler.load_middleware()
    yield ground
    logging.disable(logging.NOTSET)


def build() -> Ground:
    ground = Ground()
    users = {name: make.UserFactory(username=name.replace(" ", "-")) for name in EVERYBODY if name != "nobody"}
    users["administrator"].is_superuser = users["administrator"].is_staff = True
    users["administrator"].save()
    elsewhere = make.NegotiationFactory(slug="elsewhere", visibility=Visibility.MEMBERS)
    make.MembershipFactory(negotiation=elsewhere, user=users["curator elsewhere"], role=Role.CURATOR)
    for visibility in Visibility.values:
        talks = make.NegotiationFactory(slug=f"talks-{visibility.replace('_', '-')}", visibility=visibility)
        for name in ("reader", "analyst", "curator", "deactivated"):
            role = Role.CURATOR if name == "deactivated" else Role(name)
            make.MembershipFactory(negotiation=talks, user=users[name], role=role)
        ground.rows[visibility] = fill(talks) | {"user": users["outsider"]}
        handed_in = make.IntakeFactory(negotiation=talks, by=users["analyst"])
        ground.rows[visibility]["token"] = Named(str(handed_in.token), "handed in by an analyst")
    for name, user in users.items():
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        ground.sessions[name] = browser.cookies[settings.SESSION_COOKIE_NAME].value
    users["deactivated"].is_active = False
    users["deactivated"].save()
    return ground


def fill(talks: Negotiation) -> dict[str, Any]:
    """One row of each noun."""
    common = {"negotiation": talks}
    party = make.PartyFactory(**common, slug="france")
    priority = make.PriorityFactory(**common, number=1)
    outlet = make.OutletFactory(**common, slug="gazette")
    source = make.SourceFactory(outlet=outlet, slug="report", status="accepted")
    snapshot = make.SnapshotFactory(source=source)
    quote = make.QuoteFactory(snapshot=snapshot, party=party)
    make.OriginalFactory(snapshot=snapshot)
    stance = make.StanceFactory(position=make.PositionFactory(party=party, priority=priority), evidence=[quote])
    return {
        "negotiation": talks,
        "party": party,
        "priority": priority,
        "outlet": outlet,
        "source": source,
        "snapshot": snapshot,
        "number": Named(str(snapshot.number), "of a text"),
        "quote": quote,
        "stance": stance,
        "evidence": Evidence.objects.get(stance=stance),
        "person": make.PersonFactory(party=party, slug="president"),
        "meeting": make.MeetingFactory(**common, slug="summit"),
        "instrument": make.InstrumentFactory(**common, slug="plan"),
        "commitment": make.CommitmentFactory(party=party, slug="training"),
        "contradiction": make.ContradictionFactory(**common, slug="how-many"),
        "question": make.QuestionFactory(**common, slug="when"),
        "change": Change.objects.filter(**common).first(),
        "revision": Named(str(make.ProposalFactory(position=stance.position).revision), "of a change that proposed"),
        "kind": Named("party", "a noun with a history"),
        "key": Named("france", "of a party"),
    }


# --- going and asking ----------------------------------------------------------------------------------------


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every address that the URLconf knows, as it spells it."""
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        else:
            yield here


def outcome(response: HttpResponse) -> str:
    """An answer in the table's words."""
    if response.status_code == 302 and response["Location"].startswith(reverse("sign_in")):
        return "sign-in"
    return "page" if response.status_code in (200, 302, 422) else str(response.status_code)


def visibilities(route: str) -> list[str]:
    """Only within a negotiation does it matter who may see that one."""
    return Visibility.values if route.startswith(NEGOTIATION) else [Visibility.MEMBERS]


def who_asks(visibility: str) -> list[str]:
    """Everybody, where only members see it; elsewhere those for whom that makes a difference, to keep it short."""
    return EVERYBODY if visibility == Visibility.MEMBERS else [who for who in EVERYBODY if who not in AT_HOME]


def asked_of(route: str) -> Iterator[tuple[str, str, str]]:
    """Visibility, method, who: all of them, but the methods beside GET and POST once only, to keep it short.

    HEAD is answered as GET is, and what takes no PUT takes it from nobody, wherever it is.
    """
    for visibility in visibilities(route):
        yield from product([visibility], METHODS, who_asks(visibility))
    yield from product([Visibility.MEMBERS], OTHER_METHODS, ["nobody", "outsider", "curator", "administrator"])


turns = cycle(range(len(EVERYBODY) - 1))


def some_of(asked: Iterable[tuple[str, str, str]], row: Row) -> list[tuple[str, str, str]]:
    """All who are refused; of those who get a page, the first and another one, each time the next."""
    by_answer: dict[tuple[str, str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for visibility, method, who in asked:
        answer = expected(row, method, who, visibility)
        by_answer[visibility, method, answer].append((visibility, method, who))
    some = []
    for (_, _, answer), ways in by_answer.items():
        first, *others = ways
        few = THOROUGH or answer != "page" or len(others) < 2
        some += ways if few else [first, others[next(turns) % len(others)]]
    return some


def faults(ground: Ground, table: dict[str, Row]) -> list[str]:
    """Where the answers differ from the table, as sentences."""
    found = []
    for route, row in table.items():
        for visibility, method, who in some_of(asked_of(route), row):
            address = ground.address(route, visibility)
            says = expected(row, method, who, visibility)
            got = outcome(ground.ask(who, method, address))
            if got != says:
                found.append(f"{method} {address} gives {who} {got}; the table says {says}")
    return found


def faults_of_missing(ground: Ground, table: dict[str, Row]) -> list[str]:
    """The same for whoever is let in, with one thing after the other that an address names not being there.

    Who is refused is refused before anything is looked for; only the negotiation itself is missed by everybody, and
    at the curators' site whatever is not one's own.
    """
    found = []
    for route, row in table.items():
        names = [name for name in re.findall(r"<\w+:(\w+)>", route) if name != "negotiation"]
        if route.endswith("<path:object_id>/"):
            continue  # these lead elsewhere, whatever is there
        for name, (visibility, method, who) in product(names, asked_of(route)):
            if method not in METHODS or method not in row or expected(row, method, who, visibility) != "page":
                continue
            address = ground.address(route, visibility, missing=name)
            says = given(NOT_THERE, who, visibility) if route.startswith("admin/") else "404"
            got = outcome(ground.ask(who, method, address))
            if got != says:
                found.append(f"{method} {address} gives {who} {got}, not {says}")
    return found


def without_a_row(patterns: list[URLPattern | URLResolver]) -> set[str]:
    return set(routes(patterns)) - set(ADDRESSES)


# The table in parts, so that they can be asked side by side.
PARTS = {"pages": PAGES, "the curators' doors": DOORS, "the curators' pages": CURATED}


# --- the tests -----------------------------------------------------------------------------------------------


def test_every_address_has_a_row_and_every_row_an_address():
    patterns = get_resolver().url_patterns
    assert {route: row for part in PARTS.values() for route, row in part.items()} == ADDRESSES
    assert not without_a_row(patterns), "write them into tests/access/table.py"
    assert not set(ADDRESSES) - set(routes(patterns)), "they are gone from urls.py"


def test_an_address_without_a_row_is_noticed():
    added = [*get_resolver().url_patterns, path("n/<slug:negotiation>/secrets/", lambda request: None)]
    assert without_a_row(added) == {"n/<slug:negotiation>/secrets/"}


@pytest.mark.parametrize("part", PARTS)
def test_everybody_gets_at_every_address_what_the_table_says(part, ground):
    found = faults(ground, PARTS[part])
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("part", PARTS)
def test_what_is_missing_is_not_found_by_whoever_is_let_in(part, ground):
    found = faults_of_missing(ground, PARTS[part])
    assert not found, "\n" + "\n".join(found)


def test_what_may_not_be_seen_answers_word_for_word_as_what_is_not_there(ground):
    for route, row in ADDRESSES.items():
        if not route.startswith(NEGOTIATION):
            continue
        hidden = ground.address(route, "members")
        missing = ground.address(route, "members", missing="negotiation")
        for method in row:
            for who in ("nobody", "outsider", "curator elsewhere", "deactivated"):
                one, other = ground.ask(who, method, hidden), ground.ask(who, method, missing)
                assert one.status_code == other.status_code == 404
                assert without_names(one) == without_names(other), f"{method} {hidden} tells {who} that it is there"


def without_names(response: HttpResponse) -> tuple[str, list[str]]:
    """The answer without the negotiation's name, the tokens, and the number of the request."""
    text = response.content.decode().replace("talks-members", "?").replace("nowhere", "?")
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return text, sorted(f"{name}: {value}" for name, value in response.items() if name not in NEVER_THE_SAME)


NEVER_THE_SAME = ("X-Request-ID", "Content-Length")


# --- controls: with a guard taken away, the same walk finds it -------------------------------------------------


def only(*pieces: str) -> dict[str, Row]:
    return {route: row for route, row in ADDRESSES.items() if any(piece in route for piece in pieces)}


def test_a_negotiation_that_is_shown_to_everybody_is_noticed(ground, monkeypatch):
    def everything(user: object) -> Any:
        return Negotiation.objects.extra(select={"role_of_user": "NULL"})

    monkeypatch.setattr("negotiations.domain.negotiations.visible", everything)
    assert [fault for fault in faults(ground, only("parties/")) if "gives nobody page; the table says 404" in fault]


def test_a_reader_who_may_record_is_noticed(ground, monkeypatch):
    from negotiations.domain import permissions

    monkeypatch.setitem(permissions.ACTS_OF_ROLE, Role.READER, permissions.Act.EDIT)
    found = faults(ground, only("/edit"))
    assert {fault.split("/edit gives ")[1] for fault in found} == {"reader page; the table says 403"}


def test_a_view_that_takes_any_method_is_noticed(ground, monkeypatch):
    [pattern] = [each for each in get_resolver().url_patterns if str(each.pattern) == "codebook/"]
    monkeypatch.setattr(pattern, "callback", pattern.callback.__wrapped__)
    found = faults(ground, only("codebook/"))
    assert "DELETE /codebook/ gives nobody page; the table says 405" in found
