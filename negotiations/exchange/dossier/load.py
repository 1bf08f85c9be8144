"""Loading a dossier: read the file, look at everything that could be wrong with it, then write what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.db import DataError, IntegrityError, OperationalError, connection, transaction

from ...domain import as_of, cell_copies, changes, placeholder_accounts
from ...models import Change, Negotiation, Outlet, Position, Source, User
from . import (
    cells,
    counting,
    links,
    log,
    log_checks,
    matching,
    normal,
    parsing,
    reading,
    rules,
    schema,
    stored,
    taken_out,
    texts,
    writing,
)
from .desk import Desk
from .names import Names
from .nodes import Problem, Problems, Refused
from .schema import Dossier

# Days begin here first. A log may tell of a zone that was edited since: a stance that was of its day there might be of
# a later one elsewhere, and the database looks at the zone that it finds.
EARLIEST_ZONE = "Pacific/Kiritimati"


@dataclass(frozen=True)
class Loaded:
    """What a load did: how many of each noun it added, by word, and the accounts that it made."""

    slug: str
    added: Mapping[str, int] = field(default_factory=dict)
    accounts: Sequence[str] = ()
    changes: int = 0

    @property
    def nothing(self) -> bool:
        """Whether everything was there already."""
        return not self.added and not self.changes


def load(path: str | Path, *, by: User | None = None, why: str = "") -> Loaded:
    """Load the dossier at `path`: all of it, or nothing.

    Where its negotiation is absent, it is made; where it is there, what is missing is added under one Change by `by`.
    Raises Refused with all that is wrong or differs. Whoever calls is the administrator: nobody's rights are asked.
    """
    path = Path(path)
    problems = Problems(path.name)
    now = datetime.now(UTC)
    dossier = _read(path, problems)
    try:
        with transaction.atomic():
            negotiation = _lock(dossier)
            loaded = _load(dossier, negotiation, _Act(path.name, by, why.strip(), now), problems)
    except (IntegrityError, DataError, OperationalError) as error:
        if isinstance(error, OperationalError) and not _is_too_large(error):
            raise
        told = " ".join(str(error).split("\n", 1)[0].split())
        raise Refused([Problem(path.name, None, "", f"The database refused it: {told}.")], 1) from error
    return loaded


def _is_too_large(error: OperationalError) -> bool:
    """Whether the content goes past a limit of the database (SQLSTATE class 54), and not the database is at fault."""
    return str(getattr(error.__cause__, "sqlstate", "") or "").startswith("54")


@dataclass(frozen=True)
class _Act:
    """Who loads which file, why and when."""

    file: str
    by: User | None
    why: str
    now: datetime


def _read(path: Path, problems: Problems) -> Dossier:
    root = reading.read(path, problems)
    dossier = parsing.parse_dossier(root, problems) if root is not None else None
    if dossier is None:
        problems.stop()
        raise AssertionError("A file that gives no dossier has a problem.")
    return normal.written_out(dossier, problems)


def _lock(dossier: Dossier) -> Negotiation | None:
    """The negotiation if it is there, with nobody else writing to it.

    In the order of everybody: what curators grade and merge, then the cells, then the negotiation.
    """
    found = Negotiation.objects.filter(slug=dossier.negotiation.slug)
    pk = found.values_list("pk", flat=True).first()
    if pk is None:
        return None
    for model in (Source, Outlet):
        rows = model._default_manager.filter(negotiation_id=pk).order_by("pk").select_for_update(no_key=True)
        list(rows.values_list("pk"))
    cell_copies.lock_cells(pk)
    return found.select_for_update(no_key=True).get()


def _load(dossier: Dossier, negotiation: Negotiation | None, act: _Act, problems: Problems) -> Loaded:
    there, names = None, Names()
    if negotiation is not None:
        there, names = stored.read(negotiation, with_log=dossier.has_a_log)
    links.check(dossier, there, problems)
    rules.check(dossier, there, problems)
    dossier = texts.placed(dossier, there, problems)
    log_checks.check(dossier, act.now, problems)
    if negotiation is None:
        _check_keys(dossier, problems)
    stances = cells.plan(dossier, there, log_checks.days(dossier, act.now), problems)
    missing = matching.compare(dossier, there, problems)
    problems.stop()
    added = counting.count(missing, stances)
    if negotiation is not None and not added:
        return Loaded(slug=negotiation.slug)
    if negotiation is not None and dossier.has_a_log:
        _refuse_additions(missing, stances, problems)
    _plan_for_many_rows()
    made = _name_users(dossier, names, act)
    number = len(dossier.changes) if negotiation is None else 0
    if negotiation is None:
        negotiation = _make(dossier, names)
    revision, told_changes = _open_log(dossier, negotiation, act, stances, added, names)
    writing.write(Desk(dossier, negotiation.pk, revision, names, missing), stances)
    log.write_edits(negotiation.pk, told_changes, names)
    if there is not None:
        taken_out.check(negotiation.pk, revision, problems)
        problems.stop()
    _finish(negotiation, dossier)
    return Loaded(slug=negotiation.slug, added=added, accounts=made, changes=number)


def _plan_for_many_rows() -> None:
    """Let the checks of foreign keys plan without looking at the negotiation's id.

    The statistics know nothing of a new negotiation, so a plan made for its id expects no row and reads all of them,
    for each row that is added: 40,000 stances took nine minutes instead of half a one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")


def _refuse_additions(missing: matching.Missing, stances: Sequence[cells.Next], problems: Problems) -> None:
    """A file that brings its log can add nothing to that log: what it has more would stand under a past change."""
    told = "This is not stored, and nothing is added to a past change. To add it, leave `changes` and `revision` out."
    for item in [*missing.everything(), *(new.stance for new in stances)]:
        problems.add(item.node, told)
    problems.stop()


def _check_keys(dossier: Dossier, problems: Problems) -> None:
    """A user's key names one act, in whichever negotiation."""
    given = {change.key: change for change in dossier.changes if change.key and change.by}
    used = Change.objects.filter(key__in=given).values_list("key", "by__username")
    for key, username in used if given else ():
        change = given[str(key)]
        if change.by == username:
            told = f"{username} has used this key in another negotiation of this installation."
            problems.add(change.node.at("key"), told)


def _name_users(dossier: Dossier, names: Names, act: _Act) -> list[str]:
    """Know everybody whom the file names; who is not there gets an account that nobody can sign in with."""
    wanted = log_checks.user_names(dossier)
    known = dict(User.objects.filter(username__in=wanted).values_list("username", "pk"))
    full_names = {account.username: account.name for account in dossier.users}
    new = {username: full_names.get(username, "") for username in sorted(wanted - known.keys())}
    if new:
        made = placeholder_accounts.make_inactive(new, by=act.by, why=f"Named in {act.file}.")
        known |= {user.username: user.pk for user in made}
    names.put_all("user", known.items())
    return list(new)


def _make(dossier: Dossier, names: Names) -> Negotiation:
    said = dossier.negotiation
    negotiation = Negotiation.objects.create(
        slug=said.slug,
        name=said.name,
        description=said.description,
        visibility=said.visibility,
        time_zone=EARLIEST_ZONE if log_checks.zone_was_edited(dossier) else said.time_zone,
        review=said.review,
        revision=len(dossier.changes),
    )
    names.put("negotiation", said.slug, negotiation.pk)
    return negotiation


def _open_log(
    dossier: Dossier,
    negotiation: Negotiation,
    act: _Act,
    stances: Sequence[cells.Next],
    added: Mapping[str, int],
    names: Names,
) -> tuple[int, list[tuple[int, schema.Change]]]:
    """Bring the file's log along, or take one place for all that is added."""
    if dossier.has_a_log:
        rows = log.write_changes(negotiation.pk, dossier.changes, names)
        return 0, [(row.pk, change) for row, change in zip(rows, dossier.changes, strict=True)]
    why = act.why or f"Loaded from {act.file}: what was not here yet."
    reasons = [f"{new.party} on {new.priority}: {new.stance.why.strip()}" for new in stances if new.stance.why.strip()]
    what = f"{act.file}: {counting.in_words(added) or 'an empty negotiation'}"
    taken = changes.take(negotiation.pk, by=act.by, verb="loaded", what=what, why="\n".join([why, *reasons]))
    return taken.revision, []


def _finish(negotiation: Negotiation, dossier: Dossier) -> None:
    """Let the database look at everything now, then write the copies of what stands."""
    if negotiation.time_zone != dossier.negotiation.time_zone and log_checks.zone_was_edited(dossier):
        Negotiation.objects.filter(pk=negotiation.pk).update(time_zone=dossier.negotiation.time_zone)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    every = Position.objects.filter(negotiation=negotiation).values_list("pk", flat=True)
    as_of.refresh(negotiation.pk, positions=list(every))
