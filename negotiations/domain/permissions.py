"""Who may see and do what. Every page, list, count, export and command asks here; nothing is allowed by default.

| | public | signed_in | members |
|---|---|---|---|
| nobody | view | – | – |
| signed in | view | view | – |
| member | by role | by role | by role |
| administrator | all | all | all |

To view is to see all of the record. Proposals and comments, the working talk of analysts, are for those who may edit.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Q, QuerySet, Value

from ..models import Negotiation, User
from ..models.negotiations import Role, Visibility
from .in_sql import asked

Who = User | AnonymousUser | Any  # whoever asks; a request's lazy user included


class Act(IntEnum):
    """What one may do, each including the ones before."""

    VIEW = 1
    EDIT = 2
    CURATE = 3
    ADMINISTER = 4


ACTS_OF_ROLE = {Role.READER: Act.VIEW, Role.ANALYST: Act.EDIT, Role.CURATOR: Act.CURATE}


class Hidden(Exception):
    """There is no such thing, or it may not be seen: the answer is the same."""


class Forbidden(Exception):
    """It may be seen, but this may not be done to it. The message is a sentence to show."""


def is_signed_in(user: Who) -> bool:
    return bool(user.is_authenticated and user.is_active)


def is_administrator(user: Who) -> bool:
    return is_signed_in(user) and bool(user.is_superuser)


ROLE = """(SELECT m.role FROM negotiations_membership m
WHERE m.user_id = {user} AND m.negotiation_id = %(expressions)s)"""


def visible(user: Who) -> QuerySet[Negotiation]:
    """The negotiations that `user` may see, each with `role_of_user` (None where not a member)."""
    everything = Negotiation.objects.all()
    if not is_signed_in(user):
        return everything.filter(visibility=Visibility.PUBLIC).annotate(
            role_of_user=Value(None, output_field=CharField(null=True))
        )
    role = ROLE.format(user=int(user.pk or 0))
    everything = everything.annotate(role_of_user=asked(role, "pk", kind=CharField()))
    if user.is_superuser:
        return everything
    return everything.filter(
        Q(visibility__in=[Visibility.PUBLIC, Visibility.SIGNED_IN]) | Q(role_of_user__isnull=False)
    )


def highest_act(user: Who, negotiation: Negotiation) -> Act:
    """The most that `user` may do in a negotiation that came from `visible(user)`."""
    if is_administrator(user):
        return Act.ADMINISTER
    role = getattr(negotiation, "role_of_user", None)
    return ACTS_OF_ROLE[Role(role)] if role else Act.VIEW


def allowing(user: Who, act: Act) -> QuerySet[Negotiation]:
    """The negotiations in which `user` may do `act`."""
    if act == Act.VIEW or is_administrator(user):
        return visible(user)
    roles = [role for role, highest in ACTS_OF_ROLE.items() if highest >= act]
    # an annotation of visible(), which the stubs lose on the way
    return visible(user).filter(Q(("role_of_user__in", roles)))


def may_curate_something(user: Who) -> bool:
    """Whether the admin site opens for `user` at all."""
    return is_signed_in(user) and (user.is_superuser or allowing(user, Act.CURATE).exists())


def require_account(user: Who) -> None:
    """Raise Forbidden for whoever has not signed in; what people keep for themselves takes an account."""
    if not is_signed_in(user):
        raise Forbidden("Sign in to keep something of your own here.")


def require_administrator(user: Who) -> None:
    if not is_administrator(user):
        raise Forbidden("Only administrators may do this.")


def require_curator(user: Who, negotiation: int) -> None:
    """`negotiation` is an id."""
    if not allowing(user, Act.CURATE).filter(pk=negotiation).exists():
        raise Forbidden("Only curators of this negotiation may do this.")


def require_analyst(user: Who, negotiation: int) -> None:
    """`negotiation` is an id."""
    if not allowing(user, Act.EDIT).filter(pk=negotiation).exists():
        raise Forbidden("Only analysts of this negotiation may do this.")
