"""Rows edited in place: their names in addresses never change, they are not deleted, and every edit is logged."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import transaction

from negotiations.database.roles import as_owner
from negotiations.domain import accounts
from negotiations.models import (
    APPEND_ONLY,
    COPIES,
    DELETABLE,
    IN_HAND,
    Change,
    Contradiction,
    Negotiation,
    RowEdit,
    User,
)
from tests import factories
from tests.sql import ask, refused, run, without_guards

MODELS = list(apps.get_app_config("negotiations").get_models())
EDITED = [model for model in MODELS if model not in (*APPEND_ONLY, *DELETABLE, *IN_HAND, *COPIES)]
SLUGGED = [m for m in EDITED if any(field.name == "slug" for field in m._meta.fields)]


def make(model):
    return getattr(factories, f"{model.__name__}Factory")()


def last_edit():
    return RowEdit.objects.order_by("-pk").select_related("change").first()


@pytest.mark.django_db
@pytest.mark.parametrize("model", SLUGGED, ids=lambda model: model.__name__)
def test_a_slug_is_given_once(model):
    row = make(model)
    with refused("slug is never changed"):
        model.objects.filter(pk=row.pk).update(slug="another")
    if model.__name__ != "Negotiation":
        with refused("negotiation_id is never changed"):
            model.objects.filter(pk=row.pk).update(negotiation=factories.NegotiationFactory())
    with refused("unique constraint"):
        fields = {"negotiation": row.negotiation} if model.__name__ != "Negotiation" else {}
        getattr(factories, f"{model.__name__}Factory")(slug=row.slug, **fields)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "owner"),
    [
        ("CollectiveMember", "collective"),
        ("Attendance", "meeting"),
        ("Signature", "instrument"),
        ("Beneficiary", "commitment"),
    ],
)
def test_a_link_stays_with_what_it_belongs_to(model, owner):
    """It is taken away and added elsewhere; so the past finds those of one meeting by their index."""
    link = getattr(factories, f"{model}Factory")()
    with refused(f"{owner}_id is never changed"):
        type(link).objects.filter(pk=link.pk).update(**{owner: getattr(factories, f"{model}Factory")().pk})


@pytest.mark.django_db
def test_a_priority_keeps_its_number_and_a_cell_its_place(world):
    with refused("number is never changed"):
        run("UPDATE negotiations_priority SET number = 9 WHERE id = %s", world.force.pk)
    with refused("priority_number_is_unique"):
        factories.PriorityFactory(negotiation=world.negotiation, number=1)
    cell = world.cell(world.france, world.force)
    for column, other in [("party_id", world.germany.pk), ("priority_id", world.monitoring.pk)]:
        with refused(f"{column} is never changed"):
            run(f"UPDATE negotiations_position SET {column} = %s WHERE id = %s", other, cell.pk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_what_others_may_name_is_never_deleted(model):
    table = model._meta.db_table
    row = make(model)
    with refused("permission denied"):
        run(f"DELETE FROM {table} WHERE id = %s", row.pk)
    with as_owner(), refused("is never deleted"):
        run(f"DELETE FROM {table} WHERE id = %s", row.pk)
    if model not in (Negotiation, Contradiction):  # those are held by their changes and sides too
        with without_guards(table):  # the control
            assert run(f"DELETE FROM {table} WHERE id = %s", row.pk) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", DELETABLE, ids=lambda model: model.__name__)
def test_a_link_may_be_taken_away_and_the_log_keeps_it(model):
    row = make(model)
    assert run(f"DELETE FROM {model._meta.db_table} WHERE id = %s", row.pk) == 1
    edit = last_edit()
    assert (edit.table, edit.row, edit.after) == (model._meta.db_table, row.pk, None)
    assert edit.before["negotiation_id"] == row.negotiation_id


@pytest.mark.django_db(transaction=True)
def test_an_edit_by_raw_sql_is_logged_as_from_outside():
    party = factories.PartyFactory(name="Frankreich")
    before = Change.objects.get(pk=last_edit().change_id).revision
    run("UPDATE negotiations_party SET name = 'France', aliases = ARRAY['Paris'] WHERE id = %s", party.pk)
    edit = last_edit()
    assert (edit.table, edit.row) == ("negotiations_party", party.pk)
    assert edit.before == {"name": "Frankreich", "aliases": []}
    assert edit.after == {"name": "France", "aliases": ["Paris"]}
    assert (edit.change.verb, edit.change.what) == ("changed", "outside Parley")
    assert edit.change.why == "Written to the database by app."
    assert edit.change.revision == before + 1
    with without_guards("negotiations_party"):  # the control
        run("UPDATE negotiations_party SET name = 'Gallia' WHERE id = %s", party.pk)
        assert last_edit() == edit


@pytest.mark.django_db(transaction=True)
def test_an_edit_under_a_change_is_logged_there():
    party = factories.PartyFactory()
    with transaction.atomic():
        taken = factories.change(party.negotiation, verb="renamed", what="a party")
        run("UPDATE negotiations_party SET name = 'One' WHERE id = %s", party.pk)
        run("UPDATE negotiations_party SET name = 'Two' WHERE id = %s", party.pk)
    assert [e.after for e in RowEdit.objects.filter(change=taken.change_id).order_by("pk")] == [
        {"name": "One"},
        {"name": "Two"},
    ]
    assert not Change.objects.filter(what="outside Parley").exists()


@pytest.mark.django_db(transaction=True)
def test_an_edit_that_changes_nothing_is_not_logged():
    party = factories.PartyFactory()
    before = last_edit()
    run("UPDATE negotiations_party SET name = name WHERE id = %s", party.pk)
    assert last_edit() == before


@pytest.mark.django_db(transaction=True)
def test_copies_are_not_logged(world):
    before = Change.objects.count(), RowEdit.objects.count()
    user = factories.UserFactory()
    run("UPDATE negotiations_outlet SET reliability = 'C'")
    run("UPDATE negotiations_source SET status = 'rejected'")
    run("UPDATE negotiations_position SET code = 'supports', origins = 3, rationale = 'x'")
    run("UPDATE negotiations_user SET last_login = now() WHERE id = %s", user.pk)
    assert (Change.objects.count(), RowEdit.objects.count()) == (before[0] + 1, before[1] + 1)  # the user's birth
    run("UPDATE negotiations_outlet SET reliability = 'D', name = 'The Gazette of Paris'")
    assert last_edit().after == {"name": "The Gazette of Paris"}


@pytest.mark.django_db(transaction=True)
def test_nothing_private_of_an_account_is_kept_in_the_log():
    user = factories.UserFactory(username="mira", name="Mira Secret", email="mira@example.org", password="hush-hush")
    accounts.change_password(user, "another-secret", by=None)
    run("UPDATE negotiations_user SET email = 'm@example.org', name = 'M. Secret', is_staff = true")
    assert last_edit().after == {"email": "(not kept)", "name": "(not kept)", "is_staff": True}
    log = str(ask("SELECT before::text, after::text FROM negotiations_rowedit")) + str(
        ask("SELECT verb, what, why FROM negotiations_change")
    )
    assert "mira" in log  # the control: what is kept would be found
    for private in ["Secret", "example.org", "hush", "md5$", "argon2", user.password]:
        assert private not in log


@pytest.mark.django_db(transaction=True)
def test_an_account_changed_by_raw_sql_is_logged():
    user = factories.UserFactory()
    run("UPDATE negotiations_user SET is_superuser = true WHERE id = %s", user.pk)
    edit = last_edit()
    assert (edit.before, edit.after) == ({"is_superuser": False}, {"is_superuser": True})
    assert (edit.change.what, edit.change.negotiation_id) == ("outside Parley", None)


@pytest.mark.django_db(transaction=True)
def test_a_user_is_made_anonymous_and_what_they_did_stays(administrator):
    change = factories.ChangeFactory(by=factories.UserFactory(username="mira", name="Mira"))
    accounts.make_anonymous(change.by, by=administrator, why="Asked for it.")
    user = User.objects.get(pk=change.by_id)
    assert (user.username, user.name, user.email) == (f"gone-{user.pk}", f"Former user {user.pk}", "")
    assert not user.is_active
    assert not user.has_usable_password()
    assert Change.objects.get(pk=change.pk).by == user


@pytest.mark.django_db(transaction=True)
def test_a_negotiation_made_by_raw_sql_still_has_a_first_change():
    run(
        "INSERT INTO negotiations_negotiation (slug, name, description, visibility, time_zone, revision)"
        " VALUES ('raw', 'Raw', '', 'public', 'UTC', 0)"
    )
    assert ask("SELECT revision, what FROM negotiations_change") == [(1, "outside Parley")]
