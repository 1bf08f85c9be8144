"""Commenting on a cell, answering in a thread, resolving it and opening it again."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from ..models import Change, Comment, CommentMention, CommentResolution, Membership, Position, User
from ..models.negotiations import Role
from ..texts.mentioning import names_in
from .acting import Acting, acting, check_text
from .names import of_cell
from .negotiations import Workspace
from .permissions import Forbidden, Hidden, Who
from .removals import require_present
from .stances import Invalid
from .undone import counting, with_undone

LONGEST = 5_000  # characters
NAMES_SHOWN = 30  # user names that are told below a comment; any may be written
RESOLVED = "This thread is resolved. Open it again to answer."


def comment(
    workspace: Workspace, position: int, text: str, *, by: Who, thread: int | None = None, key: UUID | None = None
) -> bool:
    """Begin a thread on a cell, or answer in one; whoever the text calls by @username is mentioned.

    True where this very form had been sent before. Raises Forbidden, Hidden, Invalid, KeyReused.
    """
    with acting(workspace, by=by, key=key, asked={"comment": [position, thread, text]}) as act:
        if act.before:
            return True
        cell = _cell(workspace, position)
        errors = {} if text.strip() else {"text": "Write what you want to say."}
        errors |= check_text("text", text, LONGEST)
        if thread is not None and _is_resolved(_thread(cell, thread)):
            errors["text"] = RESOLVED
        if errors:
            raise Invalid(errors)
        called = _called(workspace, names_in(text))
        of = {"negotiation_id": workspace.id, "revision": act.take("commented on", _named(cell))}
        row = Comment.objects.create(**of, position=cell, thread_id=thread, text=text.strip())
        CommentMention.objects.bulk_create(CommentMention(**of, comment=row, user=user) for user in called)
    return False


def resolve(workspace: Workspace, position: int, thread: int, *, by: Who, key: UUID | None = None) -> bool:
    """Say that nothing is left to say. True where this very form had been sent before."""
    with acting(workspace, by=by, key=key, asked={"resolve": [position, thread]}) as act:
        return _turn(act, position, thread, resolved=True)


def reopen(workspace: Workspace, position: int, thread: int, *, by: Who, key: UUID | None = None) -> bool:
    """Take a thread up again. True where this very form had been sent before."""
    with acting(workspace, by=by, key=key, asked={"reopen": [position, thread]}) as act:
        return _turn(act, position, thread, resolved=False)


def _turn(act: Acting, position: int, thread: int, *, resolved: bool) -> bool:
    if act.before:
        return True
    cell = _cell(act.workspace, position)
    row = _thread(cell, thread)
    if _is_resolved(row) == resolved:
        raise Invalid({"": "This thread is resolved already." if resolved else "This thread is open already."})
    revision = act.take("resolved" if resolved else "opened again", f"a thread on {_named(cell)}")
    CommentResolution.objects.create(negotiation_id=act.workspace.id, revision=revision, comment=row, resolved=resolved)
    return False


def _cell(workspace: Workspace, position: int) -> Position:
    rows = Position.objects.filter(negotiation_id=workspace.id, pk=position).select_related("party", "priority")
    row = rows.first()
    if row is None:
        raise Hidden("There is no such cell here.")
    require_present(rows)
    return row


def _named(cell: Position) -> str:
    return of_cell(cell.party.name, cell.priority.number)


def _thread(cell: Position, thread: int) -> Comment:
    row = with_undone(Comment.objects.filter(position=cell, pk=thread, thread=None)).first()
    if row is None:
        raise Hidden("There is no such thread on this cell.")
    if row.undone:
        raise Forbidden("What this thread began with was taken back, so nothing can be added to it.")
    return row


def _is_resolved(thread: Comment) -> bool:
    newest = counting(thread.resolutions.all()).order_by("-revision", "-pk").first()
    return newest is not None and newest.resolved


def names_to_call(workspace: Workspace, *, by: Who) -> list[tuple[str, str]]:
    """The user names that are offered to a comment, each with who that is, without `by`. One query; none for readers.

    Administrators who are no members and did nothing here may be called, but their names are told to nobody.
    """
    if not workspace.may_edit:
        return []
    members = Membership.objects.filter(negotiation_id=workspace.id)
    acts = Change.objects.filter(negotiation_id=workspace.id, by=OuterRef("pk"))
    here = _who_may_be_called(workspace).filter(Q(pk__in=members.values("user")) | Q(Exists(acts)))
    others = here.exclude(pk=int(by.pk or 0)).order_by("name", "username")[:NAMES_SHOWN]
    return [(user.username, str(user)) for user in others if names_in(f"@{user.username}") == [user.username]]


def _who_may_be_called(workspace: Workspace) -> QuerySet[User]:
    """Whoever may read comments here."""
    analysts = Membership.objects.filter(negotiation_id=workspace.id, role__in=[Role.ANALYST, Role.CURATOR])
    return User.objects.filter(Q(pk__in=analysts.values("user")) | Q(is_superuser=True), is_active=True)


def _called(workspace: Workspace, names: Sequence[str]) -> list[User]:
    """Those who are called; Invalid where nobody who may read comments has the name, whoever else does."""
    if not names:
        return []
    wanted = {name.lower() for name in names}
    found = list(_who_may_be_called(workspace).annotate(low=Lower("username")).filter(low__in=wanted).order_by("pk"))
    exact = {user.username: user for user in found}
    any_case = {user.username.lower(): user for user in found}
    called = {name: exact.get(name) or any_case.get(name.lower()) for name in names}
    unknown = [f"@{name}" for name, user in called.items() if user is None]
    if unknown:
        told = f"Nobody who may read comments here is called {' or '.join(unknown)}."
        raise Invalid({"text": f"{told} Check the name, or write it without @."})
    return list(dict.fromkeys(user for user in called.values() if user is not None))
