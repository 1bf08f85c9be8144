"""Everybody who may come to a negotiation, from nobody to the administrator, and a browser for each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from negotiations.models import Negotiation, User
from negotiations.models.negotiations import Role

from .factories import MembershipFactory, UserFactory

PEOPLE = ["nobody", "outsider", "reader", "analyst", "curator", "administrator", "deactivated"]


def member(negotiation: Negotiation, role: Role, **fields: object) -> User:
    return MembershipFactory(negotiation=negotiation, user=UserFactory(**fields), role=role).user


@pytest.fixture
def nobody() -> AnonymousUser:
    """Whoever has not signed in."""
    return AnonymousUser()


@pytest.fixture
def outsider(db: None) -> User:
    """Signed in, but no member."""
    return UserFactory(username="olga", name="Olga Outsider")


@pytest.fixture
def reader(negotiation: Negotiation) -> User:
    return member(negotiation, Role.READER, username="rita", name="Rita Reader")


@pytest.fixture
def analyst(negotiation: Negotiation) -> User:
    return member(negotiation, Role.ANALYST, username="anna", name="Anna Analyst")


@pytest.fixture
def second_analyst(negotiation: Negotiation) -> User:
    return member(negotiation, Role.ANALYST, username="anton", name="Anton Analyst")


@pytest.fixture
def curator(negotiation: Negotiation) -> User:
    return member(negotiation, Role.CURATOR, username="clara", name="Clara Curator")


@pytest.fixture
def administrator(db: None) -> User:
    """No member of anything, and needs not be."""
    return UserFactory(username="ada", name="Ada Administrator", is_superuser=True, is_staff=True)


@pytest.fixture
def deactivated(negotiation: Negotiation) -> User:
    """Was a curator once; the account is switched off."""
    return member(negotiation, Role.CURATOR, username="dora", name="Dora Deactivated", is_active=False)


def let_in(browser: Client, user: User) -> None:
    """Give the browser a session of the user's: what signing in leaves, without all that happens on the way."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


@pytest.fixture
def signed_in_as(request: pytest.FixtureRequest) -> Callable[[str], Client]:
    """A new browser, signed in as one of PEOPLE: `signed_in_as("reader").get(...)`."""

    def open_browser(name: str) -> Client:
        browser = Client()
        user = request.getfixturevalue(name)
        if user.is_authenticated:
            let_in(browser, user)
        return browser

    return open_browser


@pytest.fixture
def nobody_client(db: None) -> Client:
    return Client()


@pytest.fixture
def outsider_client(signed_in_as: Callable[[str], Client]) -> Client:
    return signed_in_as("outsider")


@pytest.fixture
def reader_client(signed_in_as: Callable[[str], Client]) -> Client:
    return signed_in_as("reader")


@pytest.fixture
def analyst_client(signed_in_as: Callable[[str], Client]) -> Client:
    return signed_in_as("analyst")


@pytest.fixture
def second_analyst_client(signed_in_as: Callable[[str], Client]) -> Client:
    return signed_in_as("second_analyst")


@pytest.fixture
def curator_client(signed_in_as: Callable[[str], Client]) -> Client:
    return signed_in_as("curator")


@pytest.fixture
def administrator_client(signed_in_as: Callable[[str], Client]) -> Client:
    return signed_in_as("administrator")


@pytest.fixture
def deactivated_client(signed_in_as: Callable[[str], Client]) -> Client:
    return signed_in_as("deactivated")
