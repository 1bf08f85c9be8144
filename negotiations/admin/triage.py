"""List actions on sources: accept, reject, retract many at once, each with a reason asked on a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from ..domain import gradings
from ..domain.resting import Resting, on_sources
from ..models import Source
from ..models.sources import SourceStatus
from . import access, acts

MOST = 500  # sources at once


def rests_on(request: HttpRequest, sources: Sequence[Source]) -> list[Resting]:
    """What rests on the sources, for each negotiation that they are of."""
    by_negotiation: dict[int, list[int]] = {}
    for source in sources:
        by_negotiation.setdefault(source.negotiation_id, []).append(source.pk)
    mine = access.curated(request)
    return [on_sources(mine[negotiation], ids) for negotiation, ids in by_negotiation.items()]


def _action(name: str, label: str, status: SourceStatus) -> Callable[..., HttpResponse | None]:
    @admin.action(description=f"{label}…", permissions=["change"])
    def action(model_admin: Any, request: HttpRequest, chosen: QuerySet) -> HttpResponse | None:
        sources = list(chosen.order_by("pk")[: MOST + 1])
        if len(sources) > MOST:
            model_admin.message_user(request, f"Choose at most {MOST} sources at once.", messages.ERROR)
            return None
        form = acts.Why(request.POST if "why" in request.POST else None)
        if form.is_bound and form.is_valid():
            ids = [source.pk for source in sources]
            done = gradings.grade_sources(ids, status, by=request.user, why=form.cleaned_data["why"])
            already = len(ids) - done
            told = f"{done} {'source is' if done == 1 else 'sources are'} {status.label.lower()} now."
            more = f" {already} {'was' if already == 1 else 'were'} so before." if already else ""
            model_admin.message_user(request, told + more)
            return None
        return acts.ask(
            model_admin,
            request,
            form,
            title=f"{label} {'this source' if len(sources) == 1 else f'these {len(sources)} sources'}?",
            button=label,
            back=request.get_full_path(),
            rows=sources,
            resting=[] if status == SourceStatus.ACCEPTED else rests_on(request, sources),
            hidden=[("action", name), *((ACTION_CHECKBOX_NAME, str(source.pk)) for source in sources)],
        )

    action.__name__ = name
    return action


accept = _action("accept", "Accept", SourceStatus.ACCEPTED)
reject = _action("reject", "Reject", SourceStatus.REJECTED)
retract = _action("retract", "Retract", SourceStatus.RETRACTED)
