"""Accounts and roles: each act on them is in the log, without any password, address or name."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from ..models import Draft, Membership, Negotiation, User
from ..models.negotiations import Role
from . import changes
from .permissions import Who
from .records import Refused


@transaction.atomic
def create_user(
    *, username: str, name: str, password: str, email: str = "", is_superuser: bool = False, by: Who | None
) -> User:
    """Make an account. `by` is None where a command does it."""
    changes.take_for_accounts(by=by, verb="added", what=f"account {username}")
    user = User(username=username, name=name, email=email, is_superuser=is_superuser, is_staff=is_superuser)
    user.set_password(password)
    user.save()
    return user


@transaction.atomic
def change_password(user: User, password: str, *, by: Who | None) -> User:
    changes.take_for_accounts(by=by, verb="changed password of", what=f"account {user.username}")
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


@transaction.atomic
def change_account(
    user: User, *, name: str, email: str, is_active: bool, is_superuser: bool, by: Who, why: str = ""
) -> User:
    """Change what an account is and may do. Refused where no active administrator would be left."""
    if not (is_active and is_superuser):
        require_another_administrator(user)
    changes.take_for_accounts(by=by, verb="changed", what=f"account {user.username}", why=why.strip())
    user.name, user.email, user.is_active = name, email, is_active
    user.is_superuser = user.is_staff = is_superuser
    user.save(update_fields=["name", "email", "is_active", "is_superuser", "is_staff"])
    return user


def lock(user: User) -> None:
    """Let nobody else save `user` or any administrator until this transaction ends, and read it again.

    All in order of id: two administrators who demote each other wait, and the second is refused.
    """
    rows = User.objects.filter(Q(pk=user.pk) | Q(is_superuser=True)).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))
    user.refresh_from_db()


def require_another_administrator(user: User) -> None:
    """Refuse to lose the last active administrator."""
    lock(user)
    active = User.objects.filter(is_superuser=True, is_active=True).values_list("pk", flat=True)
    if list(active) == [user.pk]:
        raise Refused(f"{user} is the last active administrator. Make somebody else one first.")


@transaction.atomic
def make_anonymous(user: User, *, by: Who, why: str) -> User:
    """End an account for good: what it recorded stays, its name goes. Users are never deleted."""
    require_another_administrator(user)
    changes.take_for_accounts(by=by, verb="made anonymous", what=f"account {user.pk}", why=why)
    user.username, user.name, user.email = f"gone-{user.pk}", f"Former user {user.pk}", ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()
    Draft.objects.filter(owner=user).delete()  # what was typed and never recorded
    return user


@transaction.atomic
def give_role(negotiation: Negotiation, user: User, role: Role, *, by: Who | None) -> Membership:
    """Let `user` be `role` in `negotiation`, whatever they were before."""
    what = f"{user.username} as {role.label.lower()}"
    changes.take(negotiation.pk, by=by, verb="gave access to", what=what)
    membership, _ = Membership.objects.update_or_create(negotiation=negotiation, user=user, defaults={"role": role})
    return membership
