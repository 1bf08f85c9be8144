"""The board of a negotiation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from ..domain import filters
from ..domain.boards import Board, get_board
from ..domain.negotiations import get_workspace
from ..domain.points import LAST_BRIEF, LAST_VISIT, starts_for
from ..domain.visits import mark_visit
from ..models.parties import PartyKind
from ..models.stances import SCALE, Code, Confidence
from . import markup
from .http import respond
from .unchanged import unless_seen

WIDE = 7  # more columns than this scroll inside the board


@require_safe
def show(request: HttpRequest, negotiation: str) -> HttpResponse:
    """The whole matrix on one page, at a moment, with what the filters show; 304 to whom has it as it is."""
    workspace = get_workspace(negotiation, by=request.user)

    def answer(tag: str) -> HttpResponse:
        board = get_board(workspace, asked=request.GET.get, filters=filters.read(request.GET.getlist), by=request.user)
        context = page(request, board) | {"tag": tag}
        return respond(request, "boards/show.html", context, workspace=board.workspace, moment=board.moment)

    if is_looked_at(request):
        mark_visit(workspace, by=request.user)
    if request.GET.get("compare") in (LAST_VISIT, LAST_BRIEF):  # a mark of one's own moves without a revision
        return answer("")
    return unless_seen(request, workspace, answer)


def page(request: HttpRequest, board: Board) -> dict[str, Any]:
    """The context of the board's page, also where a cell stands open beside it."""
    picked = _picked(request, board)
    base = reverse("board", args=[board.workspace.slug])
    compared = _keep(request, ("compare",))
    return {
        "board": board,
        "picked": picked,
        "heads": [(column, column.number == picked) for column in board.columns],
        "tallies": [markup.tally(column, picked=column.number == picked) for column in board.columns],
        "groups": [
            (heading, [markup.board_row(row, board.columns, base=base, picked=picked) for row in rows])
            for heading, rows in board.groups
        ],
        "width": len(board.columns) + 2,
        "is_wide": len(board.columns) > WIDE,
        "on_scale": [_chip(code, board) for code in SCALE],
        "off_scale": [_chip(code, board) for code in Code if code not in SCALE],
        "kinds": [(k.value, k.label, k.value in board.filters.kinds) for k in PartyKind],
        "confidences": [(c.value, c.label, c.value in board.filters.confidences) for c in Confidence],
        "keep": _keep(request, ("p",)),
        "keep_filters": _keep(request, ("p", *filters.NAMES)),
        "keep_day": [*board.moment.dials, *compared],
        "compared": board.comparison.start.asked if board.comparison else "",
        "since": starts_for(board.workspace, by=request.user),
        "without_p": urlencode([*board.moment.dials, *compared, *_keep(request, filters.NAMES)]),
        "base": base,
    }


def is_looked_at(request: HttpRequest) -> bool:
    """Whether somebody looks at the page: not where it is fetched ahead, followed live, or only asked about."""
    ahead = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
    return request.method == "GET" and "prefetch" not in ahead and "Parley-Live" not in request.headers


def _chip(code: Code, board: Board) -> dict[str, Any]:
    return {
        "code": code.value,
        "label": code.label,
        "number": board.counts.get(code, 0),
        "checked": code in board.filters.codes,
    }


def _keep(request: HttpRequest, names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(name, value) for name in names for value in request.GET.getlist(name) if value]


def _picked(request: HttpRequest, board: Board) -> int | None:
    """The priority whose column a narrow screen shows; None for all of them, as glyphs."""
    numbers = [column.number for column in board.columns]
    asked = request.GET.get("p", "")
    if asked == "all":
        return None
    if asked.isascii() and asked.isdigit() and len(asked) < 6 and int(asked) in numbers:
        return int(asked)
    chosen = sorted(board.filters.priorities & set(numbers))
    return (chosen or numbers or [None])[0]  # type: ignore[list-item]
