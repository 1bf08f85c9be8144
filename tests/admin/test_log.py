"""What the log keeps of a curator's acts.

These tests commit, as life does: what comes in the transaction of a negotiation's first act is told as a whole.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry

from negotiations.models import Change, Party, RowEdit
from tests import factories as make

from .pages import adding, list_of, page_of, save, shown

pytestmark = pytest.mark.django_db(transaction=True)


def last_change(negotiation) -> Change:
    return negotiation.changes.latest("revision")


def test_what_is_added_is_told_whole(world, curator_client):
    save(curator_client, adding("party"), name="Poland", slug="poland")
    edit = last_change(world.negotiation).row_edits.get()
    assert edit.before is None
    assert edit.after["name"] == "Poland"


def test_a_change_is_logged_once_with_what_was_before(world, curator, curator_client):
    before = last_change(world.negotiation).revision
    save(curator_client, page_of(world.france), name="French Republic", why="Its full name.")
    change = last_change(world.negotiation)
    assert (change.revision, change.by, change.verb) == (before + 1, curator, "changed")
    assert (change.what, change.why) == ("party French Republic", "Its full name.")
    edit = change.row_edits.get()
    assert (edit.before, edit.after) == ({"name": "France"}, {"name": "French Republic"})
    assert not LogEntry.objects.exists()


def test_an_untouched_text_keeps_its_last_line_end(world, curator_client):
    Party.objects.filter(pk=world.france.pk).update(description="A text.\n")
    save(curator_client, page_of(world.france), name="French Republic", description="A text.\r\n", why="Name.")
    world.france.refresh_from_db()
    assert world.france.description == "A text.\n"
    assert "description" not in last_change(world.negotiation).row_edits.get().after


def test_members_of_a_collective_are_one_act_with_it(world, curator_client):
    europe = make.PartyFactory(negotiation=world.negotiation, name="Europeans", slug="europeans", kind="collective")
    before = last_change(world.negotiation).revision
    sent = {
        "members__0__member": world.france.pk,
        "members__0__since": "2025-03-10",
        "members__0__precision": "month",
        "members__1__member": world.germany.pk,
        "name": "The Europeans",
        "why": "As they call themselves.",
    }
    save(curator_client, page_of(europe), **sent)
    france = europe.members.get(member=world.france)
    assert (france.since, france.negotiation) == (date(2025, 3, 31), world.negotiation)
    change = last_change(world.negotiation)
    assert change.revision == before + 1
    assert sorted(edit.table for edit in change.row_edits.all()) == [
        "negotiations_collectivemember",
        "negotiations_collectivemember",
        "negotiations_party",
    ]
    save(curator_client, page_of(europe), members__0__DELETE="on", why="It left.")
    assert europe.members.count() == 1
    assert RowEdit.objects.filter(change=last_change(world.negotiation)).get().after is None


def test_the_history_tells_what_was_done(world, curator_client):
    save(curator_client, page_of(world.france), name="French Republic", why="Its full name.")
    history = shown(curator_client.get(page_of(world.france, "history")))
    assert "Clara Curator" in history
    assert "changed party French Republic" in history
    assert "Its full name." in history
    assert "“France” → “French Republic”" in history


def test_passwords_and_addresses_stay_out_of_the_log(administrator, administrator_client):
    told = {"username": "nora", "name": "Nora", "email": "nora@example.org"}
    secret = "quite-a-long-secret-1"
    save(administrator_client, adding("user"), **told, password1=secret, password2=secret)
    nora = type(administrator).objects.get(username="nora")
    save(administrator_client, page_of(nora), email="nora@example.com", why="She moved.")
    sent = {"new_password1": secret + "2", "new_password2": secret + "2"}
    administrator_client.post(page_of(nora, "password"), sent)
    acts = Change.objects.filter(what="account nora")
    assert [act.verb for act in acts.order_by("pk")] == ["added", "changed", "changed password of"]
    assert {act.by for act in acts} == {administrator}
    kept = str(list(RowEdit.objects.filter(change__in=acts).values_list("before", "after")))
    for private in ("example.org", "example.com", "md5", "Nora"):
        assert private not in kept
    pages = [administrator_client.get(page_of(act)) for act in acts]
    pages += [administrator_client.get(list_of("change")), administrator_client.get(page_of(nora, "history"))]
    for page in pages:
        assert page.status_code == 200, page.request
        assert "nora@example" not in shown(page)
