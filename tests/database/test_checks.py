"""`check` tells what is weaker where the roles are not apart, and what is too old."""

import pytest
from django.conf import settings as real
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from negotiations.database import checks
from negotiations.database.roles import as_owner

two_roles = pytest.mark.skipif(not real.DATABASE_OWNER, reason="needs two roles")


def _ids(messages):
    return [message.id for message in messages]


@two_roles
@pytest.mark.django_db
def test_with_two_roles_there_is_nothing_to_say():
    assert checks.check_roles(databases=["default"]) == []
    call_command("check", databases=["default"], fail_level="WARNING")


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["none given", "the same given twice"])
def test_one_role_for_all_is_told(settings, how):
    settings.DATABASE_OWNER = {} if how == "none given" else dict(settings.DATABASE_APP)
    assert _ids(checks.check_roles(databases=["default"])) == ["negotiations.W001"]


@two_roles
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("privilege", ["UPDATE", "DELETE", "TRUNCATE", "TRIGGER"])
def test_a_privilege_too_many_is_told(privilege):
    app = real.DATABASE_APP["USER"]
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute(f"GRANT {privilege} ON negotiations_stance TO {app}")
    try:
        [found] = checks.check_roles(databases=["default"])
        assert found.id == "negotiations.W002"
        assert "negotiations_stance" in found.msg
    finally:
        with as_owner() as owner, owner.cursor() as cursor:
            cursor.execute(f"REVOKE {privilege} ON negotiations_stance FROM {app}")
    assert checks.check_roles(databases=["default"]) == []


@two_roles
@pytest.mark.django_db
def test_an_owner_who_serves_is_told(settings):
    settings.DATABASE_APP, settings.DATABASE_OWNER = settings.DATABASE_OWNER, settings.DATABASE_APP
    assert _ids(checks.check_roles(databases=["default"])) == ["negotiations.W002"]


@pytest.mark.django_db
def test_a_server_that_is_too_old_stops_it(monkeypatch):
    assert checks.check_version(databases=["default"]) == []
    monkeypatch.setattr(checks, "OLDEST", 99)
    with pytest.raises(SystemCheckError, match="Parley needs 99 or newer"):
        call_command("check", databases=["default"])


def test_without_a_database_to_look_at_nothing_is_asked():
    assert checks.check_roles(databases=None) == []
    assert checks.check_version(databases=None) == []
