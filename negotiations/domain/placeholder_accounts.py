"""Accounts for people whom a file names and who are not here: nobody can sign in with one until it is opened."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ..models import User
from . import changes
from .permissions import Who


@transaction.atomic
def make_inactive(names: Mapping[str, str], *, by: Who | None, why: str) -> list[User]:
    """Make an account for each user name, with the name shown; inactive and without a usable password."""
    what = f"{'account' if len(names) == 1 else 'accounts'} {', '.join(names)}"
    changes.take_for_accounts(by=by, verb="added", what=what, why=why)
    return User.objects.bulk_create(
        User(username=username, name=name, is_active=False, password=make_password(None))
        for username, name in names.items()
    )
