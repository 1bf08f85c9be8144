"""Documents handed in: read, held for their sender to confirm, then taken in as a source or a source's further text."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import PurePath
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ..models import Change, Intake, Outlet, Snapshot, Source
from ..texts.datelines import dateline
from ..texts.extracting import Extracted, Unreadable, extract
from ..texts.headings import heading
from ..texts.marking import paragraphs
from . import changes
from .documents import Details, take_in
from .names import Named, named, named_or_none
from .negotiations import Workspace
from .permissions import Act, Forbidden, Hidden, Who
from .recognising import Recognised, hash_of, recognise, refuse_same_bytes, refuse_same_text
from .removals import present
from .snapshots import File, ready

HELD = 10  # documents that one person may have waiting; the oldest goes
DAYS = 7  # that they wait
LONGEST_NAME = 150  # characters of a file's name
SHOWN = 6_000  # characters of the text, before it is confirmed


@dataclass(frozen=True)
class Held:
    """A document that waits to be confirmed. `proposed` is what it says of itself, by the names of Details."""

    token: UUID
    name: str
    text: str
    proposed: dict[str, Any]
    notices: tuple[str, ...]
    source: Named | None
    recognised: Recognised

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def beginning(self) -> list[str]:
        """The first paragraphs, to see that it was read well."""
        text = self.text[:SHOWN]
        return [text[start:end] for start, end in paragraphs(text)]

    @property
    def is_cut(self) -> bool:
        return len(self.text) > SHOWN


def hand_in(
    workspace: Workspace, *, by: Who, name: str = "", content: bytes | None = None, text: str = "", source: str = ""
) -> UUID:
    """Read a file (`name` and `content`) or take pasted `text`, and hold it; the token under which it waits.

    `source` is the slug of the source whose further text it is. Nothing is held where it raises: Unreadable (the
    sentence says why), AlreadyHere, Hidden for a source that there isn't.
    """
    require_edit(workspace)
    owner = get_source(workspace, source) if source else None
    if content is not None:
        refuse_same_bytes(workspace.id, content)
    found = read(name, content) if content is not None else read(_kind_of_paste(text), text.encode())
    refuse_same_text(workspace.id, hash_of(found.text), source=owner)
    proposed = {key: value for key, value in asdict(found).items() if key in PROPOSED}
    proposed["published_on"] = found.published_on and found.published_on.isoformat()
    again = _waiting(workspace, by=by).filter(text=found.text, source=owner)
    same = next(
        (row for row in again.defer("content", "text") if row.proposed == {**proposed, "notices": list(found.notices)}),
        None,
    )
    if same is not None:
        return same.token
    now = timezone.now()
    with transaction.atomic():
        again.delete()  # another file with the same words tells more of itself, or less: it is the one that is meant
        _tidy(by)
        held = Intake.objects.create(
            negotiation_id=workspace.id,
            token=uuid4(),
            by_id=int(by.pk or 0),
            at=now,
            source=owner,
            name=file_name(name) if content is not None else "",
            media_type=found.media_type if content is not None else "",
            content=content,
            text=found.text,
            proposed=proposed,
        )
    return held.token


PROPOSED = ("title", "outlet", "url", "language", "notices")


def read(name: str, content: bytes) -> Extracted:
    """The document's text; Unreadable also where there is none, as in a scan.

    Where it names no title or no day, the heading and the dateline at its beginning are proposed.
    """
    found = extract(name, content)
    if not found.text.strip():
        raise Unreadable("empty", found.notices[0] if found.notices else "")
    tomorrow = timezone.now().date() + timedelta(days=1)  # as it is already, somewhere
    borne = dateline(found.text)
    day = found.published_on or (borne if borne and borne <= tomorrow else None)
    return replace(found, title=found.title or heading(found.text), published_on=day)


def _kind_of_paste(text: str) -> str:
    """Some paste the source of a web page."""
    return "pasted.html" if text.lstrip()[:9].lower().startswith(("<!doctype", "<html")) else "pasted.txt"


def waiting(workspace: Workspace, *, by: Who) -> list[Named]:
    """What `by` has handed in and not confirmed: tokens and names, the newest first."""
    rows = _waiting(workspace, by=by).only("token", "name", "proposed")
    return [Named(str(row.token), row.proposed.get("title") or str(row)) for row in rows]


def find_held(workspace: Workspace, token: UUID, *, by: Who) -> Held | None:
    """What waits under `token`, with what is known of its text; None where nothing does, or it is not `by`'s own."""
    require_edit(workspace)
    row = _waiting(workspace, by=by).filter(token=token).select_related("source").defer("content").first()
    if row is None:
        return None
    proposed = dict(row.proposed)
    day = proposed.pop("published_on", None)
    return Held(
        token=row.token,
        name=row.name,
        text=row.text,
        notices=tuple(proposed.pop("notices", ())),
        proposed=proposed | {"published_on": date.fromisoformat(day) if day else None},
        source=named_or_none(row.source),
        recognised=recognise(workspace.id, row.text),
    )


def discard(workspace: Workspace, token: UUID, *, by: Who) -> None:
    """Throw away what waits under `token`; done again, nothing."""
    require_edit(workspace)
    Intake.objects.filter(negotiation_id=workspace.id, by_id=by.pk, token=token).delete()


def confirm(workspace: Workspace, token: UUID, details: Details, *, by: Who) -> Named:
    """Take in what waits under `token`, as one act; the source that has it now.

    Sent twice, it is done once. Raises AlreadyHere where somebody took in the same meanwhile.
    """
    require_edit(workspace)
    asked = changes.hash_of(asdict(details))
    if done := _done(workspace, token, by=by, asked=asked):
        return done
    row = _waiting(workspace, by=by).filter(token=token).first() or _gone()
    file = File(row.name, row.media_type, bytes(row.content)) if row.content is not None else None
    prepared = ready(row.text, file)
    with transaction.atomic():
        # two windows of one person: the second waits here, and then finds nothing
        if not Intake.objects.select_for_update().filter(pk=row.pk).exists():
            return _done(workspace, token, by=by, asked=asked) or _gone()
        source = take_in(workspace.id, prepared, details, by=by, key=token, asked=asked)
        row.delete()
    return named(source)


def outlet_names(workspace: Workspace) -> list[str]:
    rows = present(Outlet.objects.filter(negotiation_id=workspace.id, merged_into=None))
    return list(rows.values_list("name", flat=True))


def require_edit(workspace: Workspace) -> None:
    if workspace.act < Act.EDIT:
        raise Forbidden("Only analysts of this negotiation may take documents in.")


def get_source(workspace: Workspace, slug: str) -> Source:
    """The source `slug`; of one that was merged, the one that is kept. Hidden where there is none."""
    rows = Source.objects.filter(negotiation_id=workspace.id, slug=slug)
    source = rows.select_related("merged_into").first()
    if source is None:
        raise Hidden(f"There is no source {slug!r} here.")
    return source.merged_into or source


def file_name(name: str) -> str:
    """A file's name as it is kept: without folders and without what can't be seen, the suffix kept where it is cut."""
    base = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in base if unicodedata.category(c)[0] != "C").strip(" .") or "document"
    suffix = PurePath(shown).suffix[:10]
    return shown if len(shown) <= LONGEST_NAME else shown[: LONGEST_NAME - len(suffix)] + suffix


def _waiting(workspace: Workspace, *, by: Who) -> QuerySet[Intake]:
    since = timezone.now() - timedelta(days=DAYS)
    return Intake.objects.filter(negotiation_id=workspace.id, by_id=by.pk, at__gte=since)


def _gone() -> Any:
    raise Hidden("Nothing waits here: it was taken in, thrown away, or has waited too long.")


def taken_in(workspace: Workspace, token: UUID, *, by: Who) -> Named | None:
    """The source that came of what waited under `token`; None where it has not been taken in."""
    require_edit(workspace)
    change = Change.objects.filter(negotiation_id=workspace.id, by_id=by.pk, key=token).first()
    return None if change is None else _made_by(workspace, change)


def _done(workspace: Workspace, token: UUID, *, by: Who, asked: str) -> Named | None:
    """The source that this very form made before."""
    change = changes.find_by_key(by=by, key=token, request_hash=asked)
    return None if change is None else _made_by(workspace, change)


def _made_by(workspace: Workspace, change: Change) -> Named:
    rows = Snapshot.objects.filter(negotiation_id=workspace.id, revision=change.revision or 0)
    return named(rows.select_related("source")[0].source)


def _tidy(by: Who) -> None:
    """What has waited too long goes, and of one person's all but the newest."""
    mine = Intake.objects.filter(by_id=by.pk).order_by("-at")
    keep = list(mine.values_list("pk", flat=True)[: HELD - 1])
    mine.exclude(pk__in=keep).delete()
    Intake.objects.filter(at__lt=timezone.now() - timedelta(days=DAYS)).delete()
