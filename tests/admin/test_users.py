"""Accounts: an administrator makes them, gives them roles, sets passwords, and ends them."""

from __future__ import annotations

import pytest
from django.test import Client

from negotiations.models import Membership, User
from negotiations.models.negotiations import Role
from tests import factories as make
from tests.people import member

from .pages import adding, list_of, page_of, save, shown

SECRET = "quite-a-long-secret-1"


def new(browser, **typed):
    told = {"username": "nora", "name": "Nora New", "password1": SECRET, "password2": SECRET}
    return save(browser, adding("user"), **(told | typed))


def test_a_new_account_can_sign_in(administrator_client):
    new(administrator_client, email="nora@example.org")
    nora = User.objects.get(username="nora")
    assert (nora.name, nora.email, nora.is_superuser) == ("Nora New", "nora@example.org", False)
    browser = Client()
    sent = {"username": "nora", "password": SECRET}
    assert browser.post("/accounts/sign-in/", sent).status_code == 302
    assert browser.get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"password2": "another-long-secret"}, "didn’t match"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"username": "ADA"}, "already exists"),
        ({"username": "no spaces allowed"}, "Enter a valid username."),
        ({"email": "nowhere"}, "Enter a valid email address."),
        ({"name": ""}, "This field is required."),
    ],
)
def test_an_account_that_cannot_be_made_is_told_in_a_sentence(wrong, sentence, administrator_client):
    response = new(administrator_client, **wrong)
    assert response.status_code == 200
    assert sentence in shown(response)
    assert not User.objects.filter(username="nora").exists()


def test_people_are_given_access_on_the_page_of_the_negotiation(negotiation, outsider, administrator_client):
    sent = {"memberships__0__user": outsider.pk, "memberships__0__role": "curator"}
    save(administrator_client, page_of(negotiation), **sent, why="She keeps the sources.")
    assert Membership.objects.get(user=outsider).role == Role.CURATOR
    change = negotiation.changes.latest("revision")
    assert (change.by.username, change.why) == ("ada", "She keeps the sources.")
    save(administrator_client, page_of(negotiation), memberships__0__DELETE="on", why="She left.")
    assert not Membership.objects.filter(user=outsider).exists()


def test_a_negotiation_keeps_days_of_a_zone_that_exists(negotiation, administrator_client):
    for zone in ("Mars/Olympus", "a\x00b", ""):
        response = save(administrator_client, page_of(negotiation), time_zone=zone, why="Try.")
        assert "Please correct the error below." in shown(response)
    save(administrator_client, page_of(negotiation), time_zone="Europe/Paris", visibility="public", why="Open.")
    negotiation.refresh_from_db()
    assert (negotiation.time_zone, negotiation.visibility) == ("Europe/Paris", "public")


def test_a_password_is_set_and_ends_open_sessions(analyst, analyst_client, administrator_client):
    address = page_of(analyst, "password")
    wrong = administrator_client.post(address, {"new_password1": SECRET, "new_password2": "other"})
    assert wrong.status_code == 422
    assert analyst_client.get("/n/paris/").status_code == 200
    administrator_client.post(address, {"new_password1": SECRET, "new_password2": SECRET})
    analyst.refresh_from_db()
    assert analyst.check_password(SECRET)
    assert analyst_client.get("/n/paris/").status_code == 404


def test_the_last_administrator_stays(administrator, administrator_client):
    for change in ({"is_superuser": None}, {"is_active": None}):
        response = save(administrator_client, page_of(administrator), **change, why="Try.")
        assert "Ada Administrator is the last active administrator. Make somebody else one first." in shown(response)
    response = administrator_client.post(page_of(administrator, "anonymous"), {"why": "Try."})
    assert response.status_code == 422
    assert "is the last active administrator" in shown(response)
    administrator.refresh_from_db()
    assert (administrator.is_active, administrator.is_superuser) == (True, True)
    make.UserFactory(username="alan", is_superuser=True, is_active=True)
    save(administrator_client, page_of(administrator), is_superuser=None, why="Alan does it now.")
    administrator.refresh_from_db()
    assert not administrator.is_superuser


def test_a_switched_off_account_is_out_at_once(analyst, analyst_client, administrator_client):
    save(administrator_client, page_of(analyst), is_active=None, why="On leave.")
    assert analyst_client.get("/n/paris/").status_code == 404
    response = administrator_client.get(page_of(analyst))
    assert "Paris talks" in shown(response)


def test_an_account_is_ended_with_a_reason_and_never_deleted(negotiation, administrator_client):
    zoe = member(negotiation, Role.ANALYST, username="zoe", name="Zoe Zorn", email="zoe@example.org")
    address = page_of(zoe, "anonymous")
    assert address in administrator_client.get(page_of(zoe)).content.decode()
    assert administrator_client.post(address, {}).status_code == 422
    administrator_client.post(address, {"why": "She asked for it."})
    zoe.refresh_from_db()
    assert (zoe.name, zoe.email, zoe.is_active) == (f"Former user {zoe.pk}", "", False)
    assert "Zoe" not in shown(administrator_client.get(list_of("user")))
    assert administrator_client.post(page_of(zoe, "delete"), {"post": "yes"}).status_code == 403


def test_two_who_edit_one_account_are_told(analyst, administrator_client):
    response = save(administrator_client, page_of(analyst), version="0", name="Anna A.", why="Short.")
    assert "changed this" in shown(response)
    analyst.refresh_from_db()
    assert analyst.name == "Anna Analyst"


def test_ones_own_password_is_changed_on_the_site(administrator_client):
    assert administrator_client.get("/admin/password_change/").url == "/accounts/password/"
